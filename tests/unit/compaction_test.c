// SPDX-License-Identifier: GPL-2.0-only
/*
 * compaction_test.c - mm/frame/compaction.c: a zone is full of holes, and then has large blocks.
 */
#include "suite.h"

#define sigset_t kernel_sigset_t		/* libc has one of its own */
#include <linux-lite/sched.h>
#undef sigset_t
#include <asm/host.h>

#ifdef CONFIG_COMPACTION	/* without it there is nothing to test */

#include "movable.h"

#include <linux-lite/buddy.h>
#include <linux-lite/compaction.h>
#include <linux-lite/contig.h>
#include <linux-lite/fail_alloc.h>
#include <linux-lite/frames.h>
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/vmstat.h>

#define ORDER	pageblock_order

static struct zone *zone = &zones[ZONE_DMA32];
static unsigned long was_at[OWNER_SLOTS];	/* frame number before, by slot */
static unsigned int filled;

static void settle(void)
{
	drain_all_pages();
	ck_assert_int_eq(frames_check(zone), 0);
}

static unsigned long whole_pageblocks(void)
{
	return buddy_nr_free(zone, ORDER) + 2 * buddy_nr_free(zone, MAX_ORDER);
}

/* Movable pages in nearly all of RAM, of which every @nth stays. */
static void fragment(unsigned int nth)
{
	host_boot(NULL);
	owner_start();
	for (filled = 0; filled < OWNER_SLOTS && zone->free_pages > 700; filled++)
		test_assert(owner_alloc(filled, GFP_NOWAIT));
	for (unsigned int i = 0; i < filled; i++)
		if (i % nth)
			owner_free(i);
	settle();
	for (unsigned int i = 0; i < filled; i++)
		was_at[i] = owner_slot[i].page ? page_to_pfn(owner_slot[i].page) : 0;
}

static void check_contents(void)
{
	for (unsigned int i = 0; i < filled; i++) {
		owner_check(i);
		test_assert(!owner_slot[i].isolated);
		test_assert(!owner_slot[i].page || page_ref_count(owner_slot[i].page) == 1);
	}
}

START_TEST(whole_pageblocks_reappear)
{
	unsigned long whole, free, before;

	fragment(_i);
	whole = whole_pageblocks();
	ck_assert_uint_le(whole, 1);
	free = zone->free_pages;
	compact_nodes();
	settle();
	ck_assert_uint_eq(zone->free_pages, free);
	/* Two are lost at most: where the scanners met, and what boot has left of the first. */
	ck_assert_uint_ge(whole_pageblocks(), free / pageblock_nr_pages - 2);
	ck_assert_uint_gt(buddy_nr_free(zone, MAX_ORDER), 4);
	check_contents();
	/* Each page moved once at most, and towards the end. */
	for (unsigned int i = 0; i < filled; i++)
		test_assert(!was_at[i] || page_to_pfn(owner_slot[i].page) >= was_at[i]);
	ck_assert_uint_eq(sum_vm_event(PGMIGRATE_SUCCESS), owner_moves);
	ck_assert_uint_eq(sum_vm_event(PGMIGRATE_FAIL), 0);
	ck_assert_uint_gt(sum_vm_event(COMPACTMIGRATE_SCANNED), owner_moves);
	ck_assert_uint_gt(sum_vm_event(COMPACTFREE_SCANNED), owner_moves);
	ck_assert_uint_ge(sum_vm_event(COMPACTISOLATED), 2 * owner_moves);
	/* There is nothing left to do. */
	before = owner_moves;
	compact_nodes();
	settle();
	ck_assert_uint_le(owner_moves - before, pageblock_nr_pages);
	owner_end();
}
END_TEST

START_TEST(nothing_is_allocated)
{
	unsigned long free;

	fragment(3);
	free = zone->free_pages;
	fail_page_alloc(0, 1L << 30);
	compact_nodes();
	ck_assert_int_eq(fail_page_alloc_hits(), 0);
	fail_page_alloc(-1, 0);
	settle();
	ck_assert_uint_gt(whole_pageblocks(), 10);
	ck_assert_uint_eq(zone->free_pages, free);
	check_contents();
	owner_end();
}
END_TEST

/* One pinned page in each of some pageblocks: these are spoilt, and no others. */
START_TEST(pinned_pages_are_passed_over)
{
	unsigned int pinned = 0;
	unsigned long free;

	fragment(3);
	free = zone->free_pages;
	for (unsigned int i = 0; i < filled; i += 3000, pinned++) {
		owner_slot[i].pinned = !(pinned & 1);
		owner_slot[i].stubborn = pinned & 1;
	}
	compact_nodes();
	settle();
	ck_assert_uint_eq(zone->free_pages, free);
	ck_assert_uint_ge(whole_pageblocks(), free / pageblock_nr_pages - 2 - pinned);
	ck_assert_uint_gt(owner_moves, 1000);
	check_contents();
	for (unsigned int i = 0; i < filled; i += 3000)
		ck_assert_uint_eq(page_to_pfn(owner_slot[i].page), was_at[i]);
	owner_end();
}
END_TEST

/* What is free in pageblocks of other types, and who is there, stays. */
START_TEST(other_pageblocks_are_left_alone)
{
	static struct pageblock before[64];
	unsigned long nr, strangers = 0;

	fragment(3);
	nr = zone_end_pfn(zone) / pageblock_nr_pages - zone->start_pfn / pageblock_nr_pages;
	ck_assert_uint_lt(nr, 64);
	/* As if movable pages had been put there for want of anything better. */
	for (unsigned long i = 0; i < nr; i += 3) {
		struct pageblock *pb = &zone->pageblocks[i];

		if (pb->type == MIGRATE_MOVABLE && pb->nr_free < pageblock_nr_pages) {
			pb->type = i % 2 ? MIGRATE_UNMOVABLE : MIGRATE_RECLAIMABLE;
			buddy_shelve(zone, pb);
		}
	}
	settle();
	memcpy(before, zone->pageblocks, nr * sizeof(before[0]));
	compact_nodes();
	settle();
	ck_assert_uint_gt(owner_moves, 1000);
	for (unsigned long i = 0; i < nr; i++) {
		ck_assert_uint_eq(zone->pageblocks[i].type, before[i].type);
		if (before[i].type != MIGRATE_MOVABLE)
			ck_assert_mem_eq(zone->pageblocks[i].free, before[i].free,
					 sizeof(before[i].free));
	}
	for (unsigned int i = 0; i < filled; i++) {
		if (!was_at[i] || pageblock_type(zone, was_at[i]) == MIGRATE_MOVABLE)
			continue;
		test_assert(page_to_pfn(owner_slot[i].page) == was_at[i]);
		strangers++;
	}
	ck_assert_uint_gt(strangers, 1000);
	check_contents();
	owner_end();
}
END_TEST

/* Who reads the struct pages of unused pageblocks reads rubbish, and jumps there. */
START_TEST(fresh_pageblocks_are_not_looked_at)
{
	unsigned int fresh = 0;

	host_boot(NULL);
	owner_start();
	for (filled = 0; filled < 4000; filled++)
		test_assert(owner_alloc(filled, GFP_KERNEL));
	for (unsigned int i = 0; i < filled; i++)
		if (i % 4)
			owner_free(i);
	for (unsigned long pfn = zone->start_pfn; pfn < zone_end_pfn(zone); pfn += 512) {
		if (!pageblock_of(zone, pfn)->fresh)
			continue;
		memset(pfn_to_page(pfn), 0xff, pageblock_nr_pages * sizeof(struct page));
		fresh++;
	}
	compact_nodes();
	settle();
	ck_assert_uint_gt(fresh, 10);
	ck_assert_uint_gt(owner_moves, 100);
	check_contents();
	owner_end();
}
END_TEST

START_TEST(a_large_request_compacts_as_far_as_it_needs)
{
	unsigned int order = _i;
	struct page *page;

	fragment(2);
	ck_assert_uint_le(whole_pageblocks(), 1);
	while (alloc_pages(GFP_NOWAIT | __GFP_NOWARN, order))
		;
	ck_assert_uint_eq(sum_vm_event(COMPACTSTALL), 0);
	ck_assert_ptr_null(alloc_pages(GFP_ATOMIC | __GFP_NOWARN, order));
	ck_assert_uint_eq(owner_moves, 0);		/* it may not sleep */
	page = alloc_pages(GFP_KERNEL | __GFP_NORETRY, order);
	ck_assert_ptr_nonnull(page);
	ck_assert_uint_eq(sum_vm_event(COMPACTSTALL), 1);
	ck_assert_uint_eq(sum_vm_event(COMPACTSUCCESS), 1);
	ck_assert_uint_eq(sum_vm_event(COMPACTFAIL), 0);
	ck_assert_uint_gt(owner_moves, 0);
	/* Half of one pageblock, or of three until two of them are a pair. */
	ck_assert_uint_le(owner_moves, (order == MAX_ORDER ? 3 : 1) * pageblock_nr_pages / 2);
	__free_pages(page, order);
	settle();
	check_contents();
	owner_end();
}
END_TEST

/* In vain: tried after 1, 2, 4 ... requests; once it helps, each time again. */
START_TEST(failures_put_it_off)
{
	unsigned int tries = 0, last = 0;
	struct page *page;

	fragment(2);
	for (unsigned int i = 0; i < filled; i++)
		owner_slot[i].pinned = true;
	while ((page = alloc_pages(GFP_NOWAIT | __GFP_NOWARN, ORDER)))
		;
	for (unsigned int i = 0; i < 300; i++) {
		ck_assert_ptr_null(alloc_pages(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN, ORDER));
		if (sum_vm_event(COMPACTSTALL) == tries)
			continue;
		ck_assert_uint_eq(sum_vm_event(COMPACTSTALL), ++tries);
		ck_assert_uint_eq(sum_vm_event(COMPACTFAIL), tries);
		ck_assert_uint_eq(i, tries == 1 ? 0 : last + (1u << min(tries - 1, 6u)));
		last = i;
	}
	ck_assert_uint_eq(tries, 9);
	for (unsigned int i = 0; i < filled; i++)
		owner_slot[i].pinned = false;
	for (unsigned int i = 0; i < 64 && !page; i++)
		page = alloc_pages(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN, ORDER);
	ck_assert_ptr_nonnull(page);
	ck_assert_uint_eq(sum_vm_event(COMPACTSUCCESS), 1);
	/* And the next one does not have to wait. */
	ck_assert_ptr_nonnull(alloc_pages(GFP_KERNEL | __GFP_NORETRY, ORDER));
	owner_end();
}
END_TEST

START_TEST(without_free_pages_it_is_no_use)
{
	fragment(2);
	while (zone->free_pages > zone->watermark[WMARK_MIN] + pageblock_nr_pages)
		ck_assert_ptr_nonnull(alloc_page(GFP_ATOMIC));
	ck_assert(!try_to_compact_pages(GFP_KERNEL, ORDER));
	ck_assert_uint_eq(sum_vm_event(COMPACTSTALL), 0);
	ck_assert_uint_eq(owner_moves, 0);
	owner_end();
}
END_TEST

START_TEST(who_is_to_die_stops)
{
	fragment(2);
	((struct task_struct *)current)->pending.signal.sig = sigmask(SIGKILL);
	ck_assert_int_eq(compact_zone(zone, -1), COMPACT_CONTENDED);
	ck_assert_uint_eq(owner_moves, 0);
	((struct task_struct *)current)->pending.signal.sig = 0;
	ck_assert_int_eq(compact_zone(zone, -1), COMPACT_COMPLETE);
	ck_assert_uint_gt(owner_moves, 0);
	settle();
	owner_end();
}
END_TEST

/* ---- races ------------------------------------------------------------------------------- */

static void compact(void *unused)
{
	for (int i = 0; i < 40; i++) {
		struct page *page;

		compact_nodes();
		page = alloc_pages(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN, ORDER + i % 2);
		if (page)
			__free_pages(page, ORDER + i % 2);
	}
}

static void take_ranges(void *unused)
{
	uint64_t rng = test_seed();

	for (int i = 0; i < 100; i++) {
		unsigned long start = min_pfn + test_random(&rng) % 12000;
		unsigned long nr = 1 + test_random(&rng) % 700;

		if (!alloc_contig_range(start, start + nr, GFP_KERNEL))
			free_contig_range(start, nr);
	}
}

START_TEST(harts_work_meanwhile)
{
	unsigned long before;

	host_boot(&(struct host_config){ .harts = 4 });
	drain_all_pages();
	before = nr_free_pages();
	owner_start();
	for (unsigned int i = 0; i < 8000; i++)
		test_assert(owner_alloc(i, GFP_KERNEL));
	for (unsigned int i = 0; i < 8000; i++)
		if (i % 3)
			owner_free(i);
	host_run_on(1, owner_churn, (void *)1);
	host_run_on(2, compact, NULL);
	host_run_on(3, _i ? take_ranges : compact, NULL);
	owner_churn((void *)0);
	host_join(1);
	host_join(2);
	host_join(3);
	ck_assert_uint_gt(owner_moves, 1000);
	owner_end();
	ck_assert_int_eq(frames_check(zone), 0);
	ck_assert_uint_eq(nr_free_pages(), before);	/* harts that are gone keep their lists */
}
END_TEST

static Suite *compaction_suite(void)
{
	Suite *s = suite_create("compaction");
	TCase *tc = tcase_create("core"), *race = tcase_create("four_harts");

	tcase_add_loop_test(tc, whole_pageblocks_reappear, 2, 6);
	tcase_add_test(tc, nothing_is_allocated);
	tcase_add_test(tc, pinned_pages_are_passed_over);
	tcase_add_test(tc, other_pageblocks_are_left_alone);
	tcase_add_test(tc, fresh_pageblocks_are_not_looked_at);
	tcase_add_loop_test(tc, a_large_request_compacts_as_far_as_it_needs, 3, MAX_ORDER + 1);
	tcase_add_test(tc, failures_put_it_off);
	tcase_add_test(tc, without_free_pages_it_is_no_use);
	tcase_add_test(tc, who_is_to_die_stops);
	suite_add_tcase(s, tc);
	tcase_add_loop_test(race, harts_work_meanwhile, 0, 2);
	suite_add_tcase(s, race);
	return s;
}
REGISTER_SUITE(compaction_suite);

#endif
