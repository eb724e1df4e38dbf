// SPDX-License-Identifier: GPL-2.0-only
/*
 * oom_test.c - mm/reclaim/oom.c: who is the worst, and that those who need memory wait for it.
 *
 * The processes are made up: an array of task and memory structs, and what killing one of them
 * does is up to the test.
 */
#include "suite.h"
#define sigset_t kernel_sigset_t		/* libc has one of its own */
#include <linux-lite/mman.h>
#include <linux-lite/oom.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/reclaim.h>
#include <linux-lite/rmap.h>
#include <linux-lite/vmstat.h>
#include <asm/host.h>
#include <asm/uaccess.h>
#undef sigset_t

#define NR	4
#define TOTAL	100000UL

static struct task_struct task[NR];
static struct signal_struct sig[NR];
static struct mm_struct mm[NR];
static struct task_struct *killed[8];
static unsigned int nr_killed;
static struct page *hoard;		/* what the victim holds, a list by ->private */

static void for_each(void (*visit)(struct task_struct *t, void *arg), void *arg)
{
	for (int i = 0; i < NR; i++)
		if (task[i].mm)
			visit(&task[i], arg);
}

static void free_hoard(void)
{
	while (hoard) {
		struct page *next = (struct page *)hoard->private;

		__free_page(hoard);
		hoard = next;
	}
}

/* The victim ends at once and its memory comes back. */
static void kill_at_once(struct task_struct *victim)
{
	killed[nr_killed++] = victim;
	atomic_set(&victim->mm->mm_users, 0);
	atomic_long_set(&victim->mm->rss[MM_ANONPAGES], 0);
	victim->mm = NULL;
	free_hoard();
}

/* The victim does not react. */
static void kill_in_vain(struct task_struct *victim)
{
	killed[nr_killed++] = victim;
	atomic_dec(&victim->usage);
}

/* All memory goes to the hoard. */
static void exhaust(void)
{
	struct page *page;

	while ((page = alloc_page(GFP_NOWAIT | __GFP_NOWARN)) != NULL) {
		page->private = (unsigned long)hoard;
		hoard = page;
	}
}

/* Four processes of 10, 20, 30 and 40 pages, pids 100..103. */
static void setup(const struct oom_task_ops *ops)
{
	host_boot(NULL);
	for (int i = 0; i < NR; i++) {
		task[i] = (struct task_struct){ .pid = 100 + i, .tgid = 100 + i, .mm = &mm[i],
						.signal = &sig[i], .usage = ATOMIC_INIT(2) };
		atomic_set(&mm[i].mm_users, 1);
		atomic_set(&mm[i].mm_count, 2);
		atomic_long_set(&mm[i].rss[MM_ANONPAGES], 10 * (i + 1));
	}
	oom_task_ops = ops;
	reclaim_init();
}

static const struct oom_task_ops at_once = { .for_each = for_each, .kill = kill_at_once };
static const struct oom_task_ops in_vain = { .for_each = for_each, .kill = kill_in_vain };

START_TEST(badness_is_pages_and_adjustment)
{
	struct task_struct *t = &task[0];

	setup(&at_once);
	ck_assert_int_eq(oom_badness(t, TOTAL), 10);
	atomic_long_set(&mm[0].rss[MM_SWAPENTS], 5);
	atomic_long_set(&mm[0].rss[MM_FILEPAGES], 3);
	atomic_long_set(&mm[0].rss[MM_SHMEMPAGES], 2);
	atomic_long_set(&mm[0].pgtables_bytes, 4 * PAGE_SIZE);
	ck_assert_int_eq(oom_badness(t, TOTAL), 24);
	sig[0].oom_score_adj = 300;
	ck_assert_int_eq(oom_badness(t, TOTAL), 24 + 30000);
	sig[0].oom_score_adj = -999;
	ck_assert_int_eq(oom_badness(t, TOTAL), 24 - 99900);
}
END_TEST

START_TEST(some_are_never_killed)
{
	struct task_struct *t = &task[0];

	setup(&at_once);
	sig[0].oom_score_adj = OOM_SCORE_ADJ_MIN;
	ck_assert(oom_badness(t, TOTAL) == OOM_NEVER);
	sig[0].oom_score_adj = 0;
	mm[0].oom_skip = true;
	ck_assert(oom_badness(t, TOTAL) == OOM_NEVER);
	mm[0].oom_skip = false;
	t->flags = PF_KTHREAD;
	ck_assert(oom_badness(t, TOTAL) == OOM_NEVER);
	t->flags = 0;
	t->tgid = 1;
	ck_assert(oom_badness(t, TOTAL) == OOM_NEVER);
	t->tgid = 100;
	t->vfork_active = true;
	t->real_parent = &task[1];
	ck_assert_int_eq(oom_badness(t, TOTAL), 10);
	task[1].mm = t->mm;
	ck_assert(oom_badness(t, TOTAL) == OOM_NEVER);
	t->mm = NULL;
	ck_assert(oom_badness(t, TOTAL) == OOM_NEVER);
}
END_TEST

START_TEST(the_worst_goes_and_the_asker_gets_its_page)
{
	unsigned long kills;

	setup(&at_once);
	kills = sum_vm_event(OOM_KILL);
	exhaust();
	ck_assert_ptr_nonnull(alloc_page(GFP_KERNEL));
	ck_assert_uint_eq(nr_killed, 1);
	ck_assert_ptr_eq(killed[0], &task[3]);
	ck_assert_uint_eq(sum_vm_event(OOM_KILL), kills + 1);
	/* What was pinned for the choice is let go, and nothing of the others. */
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(atomic_read(&task[i].usage), 2);
		ck_assert_int_eq(atomic_read(&mm[i].mm_count), 2);
	}
}
END_TEST

START_TEST(who_may_not_wait_kills_nobody)
{
	setup(&at_once);
	exhaust();
	ck_assert_ptr_null(alloc_page(GFP_NOWAIT | __GFP_NOWARN));
	ck_assert_ptr_null(alloc_page(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN));
	ck_assert_ptr_null(alloc_pages(GFP_KERNEL | __GFP_NOWARN, 4));
	ck_assert_uint_eq(nr_killed, 0);
}
END_TEST

START_TEST(a_victim_that_does_not_end_is_passed_over)
{
	setup(&in_vain);
	exhaust();
	for (int i = 0; i < 500 && nr_killed < 2; i++)
		ck_assert(out_of_memory(GFP_KERNEL, 0));
	ck_assert_uint_eq(nr_killed, 2);
	ck_assert_ptr_eq(killed[0], &task[3]);
	ck_assert(mm[3].oom_skip);
	ck_assert_int_eq(atomic_read(&mm[3].mm_count), 2);
	ck_assert_ptr_eq(killed[1], &task[2]);
	ck_assert(!mm[2].oom_skip);
}
END_TEST

START_TEST(nobody_is_killed_when_memory_came_back)
{
	setup(&at_once);
	ck_assert(out_of_memory(GFP_KERNEL, 0));
	ck_assert_uint_eq(nr_killed, 0);
}
END_TEST

START_TEST(who_dies_already_may_use_half_of_the_reserve)
{
	unsigned long min, left;

	setup(&at_once);
	exhaust();
	min = zones[ZONE_DMA32].watermark[WMARK_MIN];
	current->flags |= PF_EXITING;
	while (alloc_page(GFP_KERNEL | __GFP_NOWARN))
		;
	left = zones[ZONE_DMA32].free_pages;
	ck_assert_uint_le(left, min - min / 2);
	ck_assert_uint_ge(left + 64, min - min / 2);
	ck_assert_uint_eq(nr_killed, 0);
}
END_TEST

static int nr_asked;

/* No page the first time; the second time there is memory. */
static bool give_up_once(gfp_t gfp, unsigned int order)
{
	if (nr_asked++ == 0)
		return false;
	free_hoard();
	return true;
}

START_TEST(a_fault_without_memory_is_repeated)
{
	static const struct reclaim_hooks hooks = { .out_of_memory = give_up_once };
	struct mmap_request req = {
		.len_bytes = PAGE_SIZE, .prot = PROT_READ | PROT_WRITE,
		.flags = MAP_ANONYMOUS | MAP_PRIVATE,
		.rlimit_as = ~0UL, .rlimit_data = ~0UL, .rlimit_memlock = ~0UL,
	};
	struct mm_struct *space;
	unsigned long addr;
	uint64_t one = 1;

	setup(&at_once);
	space = mm_alloc();
	host_use_mm(space);
	addr = do_mmap(space, &req);
	reclaim_hooks = &hooks;
	exhaust();
	ck_assert_uint_eq(copy_to_user((void *)addr, &one, sizeof(one)), 0);
	ck_assert_int_eq(nr_asked, 2);
	/* Nobody to choose from: then it is the asker. */
	oom_task_ops = NULL;
	nr_asked = 0;
	zap_page_range(vma_lookup(space, addr), addr, addr + PAGE_SIZE);
	exhaust();
	ck_assert_int_eq(host_store(addr, 8, 1), 9);
}
END_TEST

static Suite *oom_suite(void)
{
	Suite *s = suite_create("oom");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, badness_is_pages_and_adjustment);
	tcase_add_test(tc, some_are_never_killed);
	tcase_add_test(tc, the_worst_goes_and_the_asker_gets_its_page);
	tcase_add_test(tc, who_may_not_wait_kills_nobody);
	tcase_add_test(tc, a_victim_that_does_not_end_is_passed_over);
	tcase_add_test(tc, nobody_is_killed_when_memory_came_back);
	tcase_add_test(tc, who_dies_already_may_use_half_of_the_reserve);
	tcase_add_test(tc, a_fault_without_memory_is_repeated);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(oom_suite);
