// SPDX-License-Identifier: GPL-2.0-only
/*
 * walk_order_test.c - the functions that a page fault really goes through, in their order.
 *
 * Documentation/fault-walk.md tells a walk; this asserts that the code takes it. The runner of
 * `make check SAN=trace` has mm/ and the port's fault.c compiled with -finstrument-functions:
 * each function, inlined or not, reports when it is entered and left.
 *
 *	enter do_page_fault               stack of files
 *	  enter find_vma                  arch/riscv/mm/fault.c, mm/space/vma_tree.c
 *	  leave
 *	  enter handle_mm_fault           arch/riscv/mm/fault.c, mm/fault/fault.c
 *	    enter pt_walk                 arch/riscv/mm/fault.c, mm/fault/fault.c, mm/table/walk.c
 *	    ...
 *
 *   W1  the files of a walk are entered for the first time in the order of the chapter
 *   W2  a file that has called into another one is entered again by return only: nothing
 *       further down calls back up. (It may be called once more after it has returned, as
 *       page_alloc.c asks pcp.c twice when a list is empty.)
 *
 * What is not compiled so does not show: locks and other services below everything, lib/, the
 * simulated hardware, and inline functions of headers, which are left out by their file name.
 * An address becomes a name and a file through addr2line, which reads the runner's own debug
 * information.
 *
 * WALK=1 in the environment prints each walk as a tree (make walk).
 */
#include "suite.h"

#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <asm/host.h>
#include <linux-lite/frames.h>
#include <linux-lite/mman.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/pcp.h>
#include <linux-lite/table_page.h>
#include <linux-lite/vma_ops.h>

#define MAX_EVENTS	4096
#define MAX_DEPTH	64
#define BASE		0x10000000UL

struct event {
	void *function;
	bool enter;
	char name[64];
	char file[64];		/* from the top of the sources; "" if it does not count */
	char line[8];
};

static struct event events[MAX_EVENTS];
static int nr_events;
static bool recording;

void __cyg_profile_func_enter(void *function, void *call_site);
void __cyg_profile_func_exit(void *function, void *call_site);

static void record(void *function, bool enter)
{
	if (!recording)
		return;
	if (nr_events == MAX_EVENTS)
		abort();
	events[nr_events++] = (struct event){ .function = function, .enter = enter };
}

void __cyg_profile_func_enter(void *function, void *call_site)
{
	record(function, true);
}

void __cyg_profile_func_exit(void *function, void *call_site)
{
	record(function, false);
}

/* ---- names ------------------------------------------------------------------------------ */

/* Where this program was loaded, less where it was linked. */
static int note_base(struct dl_phdr_info *info, size_t size, void *base)
{
	*(unsigned long *)base = info->dlpi_addr;
	return 1;			/* the first one is the program itself */
}

/* "/any/where/mm/frame/buddy.c:12" becomes "mm/frame/buddy.c" and "12"; headers "". */
static void split_place(struct event *e, char *place)
{
	static const char *const tops[] = { "/mm/", "/arch/riscv/mm/" };
	char *colon = strrchr(place, ':'), *top = NULL;

	if (!colon)
		return;
	*colon = '\0';
	for (unsigned int i = 0; i < 2; i++)
		top = strstr(place, tops[i]) ? strstr(place, tops[i]) : top;
	if (top && !strstr(place, "/include/"))
		snprintf(e->file, sizeof(e->file), "%s", top + 1);
	snprintf(e->line, sizeof(e->line), "%.*s", (int)strspn(colon + 1, "0123456789"), colon + 1);
}

static void name_events(void)
{
	char command[MAX_EVENTS], exe[1024] = "", place[1024], name[1024];
	unsigned long base = 0;
	FILE *pipe;

	ck_assert_int_gt(readlink("/proc/self/exe", exe, sizeof(exe) - 1), 0);
	dl_iterate_phdr(note_base, &base);
	for (int i = 0; i < nr_events; i++) {
		struct event *e = &events[i];
		int seen = 0;

		while (events[seen].function != e->function)
			seen++;
		if (seen < i) {		/* the same function as an earlier event: the same name */
			bool enter = e->enter;

			*e = events[seen];
			e->enter = enter;
			continue;
		}
		snprintf(command, sizeof(command), "addr2line -f -e '%s' 0x%lx", exe,
			 (unsigned long)e->function - base);
		pipe = popen(command, "r");
		ck_assert_ptr_nonnull(pipe);
		ck_assert_msg(fgets(name, sizeof(name), pipe) && fgets(place, sizeof(place), pipe),
			      "addr2line says nothing: is it installed (binutils)?");
		pclose(pipe);
		snprintf(e->name, sizeof(e->name), "%.*s", (int)strcspn(name, ".\n"), name);
		split_place(e, place);
	}
}

/* ---- recorded walks --------------------------------------------------------------------- */

static void print_walk(const char *what)
{
	int depth = 0;

	if (!what || pgtable_levels != 3 || !getenv("WALK"))
		return;
	printf("%s\n", what);
	for (int i = 0; i < nr_events; i++) {
		const struct event *e = &events[i];

		if (!e->file[0])
			continue;
		if (e->enter)
			printf("    %*s%-*s %s:%s\n", 2 * depth, "", 40 - 2 * depth, e->name,
			       e->file, e->line);
		depth += e->enter ? 1 : -1;
	}
	fflush(stdout);
}

/* W2. The one place where it is broken, or NULL. */
static const char *called_back(void)
{
	static char text[256];
	const struct event *stack[MAX_DEPTH];
	int depth = 0;

	for (int i = 0; i < nr_events; i++) {
		const struct event *e = &events[i], *caller;

		if (!e->file[0])
			continue;
		if (!e->enter) {
			depth--;
			continue;
		}
		caller = depth ? stack[depth - 1] : e;
		for (int d = 0; d < depth; d++) {
			if (strcmp(stack[d]->file, e->file) || !strcmp(caller->file, e->file))
				continue;
			snprintf(text, sizeof(text), "%s (%s) calls %s back up in %s",
				 caller->name, caller->file, e->name, e->file);
			return text;
		}
		ck_assert_int_lt(depth, MAX_DEPTH);
		stack[depth++] = e;
	}
	ck_assert_int_eq(depth, 0);
	return NULL;
}

/* Each file when it is entered for the first time, in words: "a.c b.c". */
static const char *files_in_order(void)
{
	static char text[1024];
	char word[80];

	strcpy(text, " ");
	for (int i = 0; i < nr_events; i++) {
		snprintf(word, sizeof(word), " %s ", events[i].file);
		if (!events[i].file[0] || strstr(text, word))
			continue;
		ck_assert_uint_lt(strlen(text) + strlen(word), sizeof(text));
		strcat(text, word + 1);
	}
	text[strlen(text) - 1] = '\0';
	return text + 1;
}

/* The functions @want, NULL at the end, are entered one after the other (others in between). */
static void assert_order(const char *const *want)
{
	for (int i = 0; i < nr_events && *want; i++)
		if (events[i].enter && !strcmp(events[i].name, *want))
			want++;
	ck_assert_msg(!*want, "%s was not entered, or not in its turn", *want);
}

/* ---- the machine ------------------------------------------------------------------------ */

static struct mm_struct *mm;

static void map_pages(unsigned long addr, unsigned long nr_pages, unsigned long flags)
{
	struct mmap_request req = {
		.addr = addr, .len_bytes = nr_pages * PAGE_SIZE, .prot = PROT_READ | PROT_WRITE,
		.flags = MAP_ANONYMOUS | MAP_FIXED | flags,
		.rlimit_as = ~0UL, .rlimit_data = ~0UL, .rlimit_memlock = ~0UL,
	};

	ck_assert_uint_eq(do_mmap(mm, &req), addr);
}

static void boot(int levels)
{
	host_boot(&(struct host_config){ .levels = levels });
	mm = mm_alloc();
	ck_assert_ptr_nonnull(mm);
	host_use_mm(mm);
	map_pages(BASE, 64, MAP_PRIVATE);
}

/* One user access to page @nr of the area, recorded, named, and checked for W2. */
static void walk(const char *what, int nr, bool store)
{
	unsigned long before = host_fault_count();
	uint64_t value;

	nr_events = 0;
	recording = true;
	if (store)
		ck_assert_int_eq(host_store(BASE + nr * PAGE_SIZE, 8, 1), 0);
	else
		ck_assert_int_eq(host_load(BASE + nr * PAGE_SIZE, 8, &value), 0);
	recording = false;
	ck_assert_uint_eq(host_fault_count(), before + 1);
	name_events();
	print_walk(what);
	ck_assert_msg(!called_back(), "%s", called_back());
}

/* What the page allocator's design adds to it: a step of its own, its file. */
#if defined(CONFIG_FRAMES_FIRST_FIT)
#define DESIGN_STEP	"first_fit_alloc"
#define DESIGN_FILE	" mm/frame/first_fit.c"
#elif defined(CONFIG_FRAMES_FREE_LIST)
#define DESIGN_STEP	"free_list_alloc"
#define DESIGN_FILE	" mm/frame/free_list.c"
#else
#define DESIGN_STEP	"take_block"
#define DESIGN_FILE	" mm/frame/buddy.c"
#endif
#define NAME_OF(function)	NAME_OF_(function)	/* frames_alloc is a macro */
#define NAME_OF_(function)	#function

/*
 * How a frame is found: CONFIG_PCP decides whether a list comes before the zone's design. What
 * is inline in pcp.h is not seen.
 */
#ifdef CONFIG_PCP
#define SLOW_FRAME	"alloc_pages", "get_page_from_zones", "pcp_refill", \
			NAME_OF(frames_alloc_bulk), DESIGN_STEP
#define FAST_FRAME	"alloc_pages"
#define SLOW_FILES	" mm/frame/page_alloc.c mm/frame/pcp.c" DESIGN_FILE
#define FAST_FILES	" mm/frame/page_alloc.c"
#else
#define SLOW_FRAME	"alloc_pages", "get_page_from_zones", "rmqueue_buddy", NAME_OF(frames_alloc)
#define FAST_FRAME	SLOW_FRAME
#define SLOW_FILES	" mm/frame/page_alloc.c" DESIGN_FILE
#define FAST_FILES	SLOW_FILES
#endif

#define TO_THE_ENTRY	"arch/riscv/mm/fault.c mm/space/vma_tree.c mm/fault/fault.c mm/table/walk.c"

START_TEST(first_touch)
{
	static const char *const want[] = {
		"do_page_fault", "find_vma", "handle_mm_fault", "pt_walk", "do_anonymous_page",
		SLOW_FRAME, "prep_new_page", "fill_entry", NULL
	};

	boot(_i);
	walk(NULL, 0, true);
	drain_local_pages();
	walk("first touch, this hart's list is empty", 1, true);
	assert_order(want);
	ck_assert_str_eq(files_in_order(), TO_THE_ENTRY " mm/fault/anon.c" SLOW_FILES);
}
END_TEST

START_TEST(first_touch_with_a_page_at_hand)
{
	static const char *const want[] = {
		"do_page_fault", "find_vma", "handle_mm_fault", "pt_walk", "do_anonymous_page",
		FAST_FRAME, "prep_new_page", "fill_entry", NULL
	};

	boot(_i);
	walk(NULL, 0, true);
	walk("first touch, a page at hand", 1, true);
	assert_order(want);
	ck_assert_str_eq(files_in_order(), TO_THE_ENTRY " mm/fault/anon.c" FAST_FILES);
}
END_TEST

START_TEST(missing_tables)
{
	static const char *const want[] = {
		"find_vma", "handle_mm_fault", "pt_walk", "pte_alloc_map_lock", "add_table",
		"table_page_alloc", "alloc_pages", "add_table", "table_page_alloc",
		"do_anonymous_page", "alloc_pages", NULL
	};

	boot(_i);
	table_page_drain();
	walk("first touch in a new 2 MiB: tables are missing", 0, true);
	assert_order(want);
}
END_TEST

START_TEST(read_then_write)
{
	static const char *const copy[] = {
		"do_page_fault", "find_vma", "handle_mm_fault", "pt_walk", "do_wp_page", "wp_copy",
		"alloc_pages", "wp_install", NULL
	};

	boot(_i);
	walk(NULL, 0, true);
	walk("read of an untouched page: the zero page", 1, false);
	ck_assert_str_eq(files_in_order(), TO_THE_ENTRY " mm/fault/anon.c");
	walk("write to it: a copy", 1, true);
	assert_order(copy);
	ck_assert_str_eq(files_in_order(), TO_THE_ENTRY " mm/fault/cow.c" FAST_FILES);
}
END_TEST

START_TEST(write_after_fork)
{
	static const char *const reuse[] = {
		"do_page_fault", "find_vma", "handle_mm_fault", "pt_walk", "do_wp_page",
		"wp_reuse", NULL
	};
	struct mm_struct *child;

	boot(_i);
	walk(NULL, 0, true);
	child = dup_mm(mm);
	ck_assert_ptr_nonnull(child);
	walk("write to a page shared after fork: a copy", 0, true);
	mmput(child);
	child = dup_mm(mm);
	mmput(child);
	walk("write to a page that only looks shared: reuse", 0, true);
	assert_order(reuse);
	ck_assert_str_eq(files_in_order(), TO_THE_ENTRY " mm/fault/cow.c");
}
END_TEST

START_TEST(shared_memory)
{
	static const char *const want[] = {
		"do_page_fault", "find_vma", "handle_mm_fault", "pt_walk", "do_fault",
		"filemap_fault", "map_shared_or_read", "map_object_page", NULL
	};

	boot(_i);
	map_pages(BASE, 64, MAP_SHARED);
	walk("first touch of shared memory", 0, true);
	assert_order(want);
}
END_TEST

static Suite *walk_order_suite(void)
{
	Suite *s = suite_create("walk_order");
	TCase *tc = tcase_create("walks");

	tcase_add_loop_test(tc, first_touch, 3, 6);
	tcase_add_loop_test(tc, first_touch_with_a_page_at_hand, 3, 6);
	tcase_add_loop_test(tc, missing_tables, 3, 6);
	tcase_add_loop_test(tc, read_then_write, 3, 6);
	tcase_add_loop_test(tc, write_after_fork, 3, 6);
	tcase_add_loop_test(tc, shared_memory, 3, 6);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(walk_order_suite);
