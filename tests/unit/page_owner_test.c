// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_owner_test.c - mm/debug/page_owner.c, stack_depot.c and flag_names.c: is what was done to
 * a page remembered, and told in Linux's words?
 */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <asm/host.h>
#include <linux-lite/flag_names.h>
#include <linux-lite/frames.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/page_owner.h>
#include <linux-lite/pcp.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/stack_depot.h>
#include <linux-lite/vmstat.h>

static char text[8192];

static void boot(void)
{
	page_owner_wanted = true;
	host_boot(NULL);
	ck_assert(page_owner_on);
}

/* The paragraph of the block that begins at @page; "" if there is none. */
static const char *owner_text(const struct page *page)
{
	struct seq_file m = { .buf = text, .size_bytes = sizeof(text) - 1 };
	unsigned long pfn = page_to_pfn(page), next = pfn;

	text[0] = 0;
	if (!page_owner_show(&m, &next) || next != pfn + 1)
		return "";
	ck_assert(!seq_overflow(&m));
	text[m.count] = 0;
	return text;
}

/* The backtrace in a paragraph. */
static const char *stack_of(const char *paragraph)
{
	const char *line = strchr(paragraph, '\n');

	return line ? strchr(line + 1, '\n') : "";
}

START_TEST(a_page_says_how_it_was_allocated)
{
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_ZERO, 2);
	char want[200];
	int len;

	len = snprintf(want, sizeof(want), "Page allocated via order 2, mask %#x(GFP_KERNEL|__GFP_ZERO), "
		       "pid 1, tgid 0 (", GFP_KERNEL | __GFP_ZERO);
	ck_assert_msg(!strncmp(owner_text(page), want, len), "%s", text);
	snprintf(want, sizeof(want), "\nPFN 0x%lx type Unmovable Block %lu type ", page_to_pfn(page),
		 page_to_pfn(page) >> pageblock_order);
	ck_assert_msg(strstr(text, want) != NULL, "%s", text);
	ck_assert_ptr_nonnull(strstr(text, " Flags 0x0(zone=0)\n 0x"));
	ck_assert_str_eq(text + strlen(text) - 2, "\n\n");
	ck_assert_str_eq(owner_text(page + 1), "");	/* a block is told once */
	ck_assert_int_eq(page_owner_type(page_to_pfn(page)), MIGRATE_UNMOVABLE);
	ck_assert_int_eq(page_owner_type(page_to_pfn(page + 3)), MIGRATE_UNMOVABLE);
	__free_pages(page, 2);
	ck_assert_str_eq(owner_text(page), "");
	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(page_owner_type(page_to_pfn(page + i)), -1);
}
END_TEST

static noinline struct page *one_place(gfp_t gfp)
{
	struct page *page = alloc_page(gfp);

	ck_assert_ptr_nonnull(page);
	return page;
}

START_TEST(the_backtrace_tells_places_apart)
{
	static volatile int two = 2;		/* a loop that stays one: one place */
	struct page *page[3];
	char *first, *second;

	one_place(GFP_HIGHUSER_MOVABLE);	/* it may be the one that fetches a batch */
	for (int i = 0; i < two; i++)
		page[i] = one_place(GFP_HIGHUSER_MOVABLE);
	page[2] = one_place(GFP_KERNEL);
	first = strdup(stack_of(owner_text(page[0])));
	second = strdup(stack_of(owner_text(page[1])));
	ck_assert_uint_gt(strlen(first), 20);
	ck_assert_str_eq(first, second);
	ck_assert_str_ne(first, stack_of(owner_text(page[2])));
	free(first);
	free(second);
}
END_TEST

START_TEST(split_pages_are_told_each)
{
	struct page *page = alloc_pages(GFP_KERNEL, 3);

	split_page(page, 3);
	for (int i = 0; i < 8; i++)
		ck_assert_int_eq(strncmp(owner_text(page + i), "Page allocated via order 0,", 27), 0);
	__free_page(page + 5);
	ck_assert_str_eq(owner_text(page + 5), "");
	ck_assert_str_ne(owner_text(page + 6), "");
}
END_TEST

START_TEST(pages_in_use_and_no_others_are_listed)
{
	unsigned long nr = 0, used, pfn = 0;
	struct page *pages[64] = { NULL };
	struct seq_file m = { .buf = text, .size_bytes = sizeof(text) - 1 };

	used = totalram_pages() - nr_free_pages();
	while (page_owner_show(&m, &pfn)) {
		unsigned int order;

		text[m.count] = 0;
		ck_assert_int_eq(sscanf(text, "Page allocated via order %u", &order), 1);
		nr += 1UL << order;
		m.count = 0;
	}
	ck_assert_uint_eq(nr, used);
	ck_assert_uint_eq(alloc_pages_bulk(GFP_KERNEL, 64, pages), 64);
	for (int i = 0; i < 64; i++)
		ck_assert_str_ne(owner_text(pages[i]), "");
	for (int i = 0; i < 64; i++)
		atomic_set(&pages[i]->_refcount, 0);
	free_unref_pages(pages, 64);
	for (int i = 0; i < 64; i++)
		ck_assert_str_eq(owner_text(pages[i]), "");
}
END_TEST

START_TEST(mixed_pageblocks_are_counted)
{
	struct page *page = alloc_pages(GFP_KERNEL, pageblock_order);
	struct seq_file m = { .buf = text, .size_bytes = sizeof(text) - 1 };
	unsigned long unmovable, movable;
	const char *line;

	if (!IS_ENABLED(CONFIG_FRAMES_BUDDY))
		return;
	/* One that was asked for as movable, in a pageblock of the others. */
	set_page_owner(page, 0, GFP_HIGHUSER_MOVABLE);
	ck_assert_int_eq(frames_block_type(&zones[0], page_to_pfn(page)), MIGRATE_UNMOVABLE);
	pagetypeinfo_show(&m);
	text[m.count] = 0;
	line = strstr(text, "\nNumber of mixed blocks    Unmovable      Movable  Reclaimable");
	ck_assert_msg(line != NULL, "%s", text);
	line = strstr(line + 1, "Node 0, zone    DMA32 ");
	ck_assert_int_eq(sscanf(line + 21, "%lu %lu", &unmovable, &movable), 2);
	ck_assert_uint_ge(unmovable, 1);
}
END_TEST

#ifdef CONFIG_COMPACTION
#include "movable.h"

START_TEST(a_moved_page_keeps_its_record)
{
	struct page *src, *dst;
	char *before;

	owner_start();
	ck_assert(owner_alloc(0, GFP_KERNEL));
	src = owner_slot[0].page;
	dst = one_place(GFP_ATOMIC);
	before = strdup(owner_text(src));
	ck_assert_ptr_nonnull(strstr(before, " type Movable Block "));
	ck_assert_str_ne(stack_of(before), stack_of(owner_text(dst)));
	ck_assert(try_get_page(src) && owner_isolate(src));
	ck_assert_int_eq(migrate_page(dst, src), 0);
	ck_assert_str_eq(owner_text(src), "");
	ck_assert_msg(!strncmp(owner_text(dst), before, strchr(before, '\n') - before),
		      "%s", text);
	ck_assert_str_eq(stack_of(text), stack_of(before));
	free(before);
	owner_end();
	ck_assert_str_eq(owner_text(dst), "");
}
END_TEST
#endif

/* The depot leaves its caller out: that is the hook. */
static noinline u32 hook(void)
{
	u32 handle = stack_depot_save_here();

	__asm__ __volatile__("" : "+r"(handle));
	return handle;
}

static noinline u32 deeper(int levels)
{
	u32 handle = levels ? deeper(levels - 1) : hook();

	__asm__ __volatile__("" : "+r"(handle));
	return handle;
}

START_TEST(a_full_depot_says_none)
{
	static u64 memory[512 + 40];		/* buckets, and room for two to ten */
	const unsigned long *entries = NULL;
	u32 first, other, again = 0;

	stack_depot_init(memory, sizeof(memory));
	first = hook();
	for (int i = 0; i < 20; i++) {
		u32 handle = hook();

		again = i ? again : handle;
		ck_assert_uint_eq(handle, again);	/* one place, one number */
	}
	other = again;
	for (int levels = 1; levels < 12 && other; levels++)
		other = deeper(levels);
	ck_assert_uint_eq(other, 0);
	ck_assert_uint_ne(first, 0);
	ck_assert_uint_ne(first, again);
	ck_assert_uint_ge(stack_depot_fetch(again, &entries), 2);	/* what is in it stays */
	ck_assert_uint_ge(stack_depot_fetch(first, &entries), 2);
	ck_assert_uint_eq(stack_depot_fetch(0, &entries), 0);
	ck_assert_ptr_null(entries);
	ck_assert_uint_eq(stack_depot_fetch(1000000, &entries), 0);
}
END_TEST

START_TEST(flags_have_linux_names)
{
	struct page page = { .state = PGS_SLAB, .flags = BIT(PG_head) | BIT(PG_dirty), .zone = 1 };
	char names[FLAG_NAMES_LEN];

	ck_assert_str_eq(gfp_names(0, names), "");
	ck_assert_str_eq(gfp_names(GFP_ATOMIC, names), "GFP_ATOMIC");
	ck_assert_str_eq(gfp_names(GFP_NOWAIT | __GFP_NOWARN, names), "GFP_NOWAIT|__GFP_NOWARN");
	ck_assert_str_eq(gfp_names(GFP_HIGHUSER_MOVABLE | __GFP_ZERO, names),
			 "GFP_HIGHUSER_MOVABLE|__GFP_ZERO");
	ck_assert_str_eq(gfp_names(GFP_KERNEL | __GFP_COMP | __GFP_NORETRY | 0x80000000u, names),
			 "GFP_KERNEL|__GFP_NORETRY|__GFP_COMP|0x80000000");
	ck_assert_uint_lt(strlen(gfp_names(~0u, names)), FLAG_NAMES_LEN - 1);
	ck_assert_str_eq(page_flag_names(&page, names), "0x84(dirty|head|slab|zone=1)");
	page.flags = 0;
	page.state = PGS_RESERVED;
	ck_assert_str_eq(page_flag_names(&page, names), "0x0(reserved|zone=1)");
	page.flags = ~0u;
	ck_assert_uint_lt(strlen(page_flag_names(&page, names)), FLAG_NAMES_LEN - 1);
	ck_assert_str_eq(page_state_name(PGS_ANON), "anon");
	ck_assert_str_eq(page_state_name(PGS_NR_STATES), "?");
}
END_TEST

static Suite *page_owner_suite(void)
{
	Suite *s = suite_create("page_owner");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, boot, NULL);
	if (MAX_ORDER > 0)
		tcase_add_test(tc, a_page_says_how_it_was_allocated);
	tcase_add_test(tc, the_backtrace_tells_places_apart);
	if (MAX_ORDER > 0)
		tcase_add_test(tc, split_pages_are_told_each);
	tcase_add_test(tc, pages_in_use_and_no_others_are_listed);
	if (MAX_ORDER > 0)
		tcase_add_test(tc, mixed_pageblocks_are_counted);
#ifdef CONFIG_COMPACTION
	tcase_add_test(tc, a_moved_page_keeps_its_record);
#endif
	tcase_add_test(tc, a_full_depot_says_none);
	tcase_add_test(tc, flags_have_linux_names);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(page_owner_suite);
