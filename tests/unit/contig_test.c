// SPDX-License-Identifier: GPL-2.0-only
/*
 * contig_test.c - mm/frame/contig.c, and isolation.c and migrate.c through it: ranges of frames
 * that are free, on harts' lists, in use by somebody who can move, and by somebody who can't.
 */
#include "suite.h"

#define sigset_t kernel_sigset_t		/* libc has one of its own */
#include <linux-lite/sched.h>
#undef sigset_t
#include <asm/host.h>

#ifdef CONFIG_COMPACTION	/* without it there is nothing to test */

#include "movable.h"

#include <linux-lite/buddy.h>
#include <linux-lite/contig.h>
#include <linux-lite/fail_alloc.h>
#include <linux-lite/frames.h>
#include <linux-lite/isolation.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pcp.h>
#include <linux-lite/vmstat.h>

static struct zone *zone = &zones[ZONE_DMA32];

/* The first frame of a pageblock in the middle of RAM, with free ones behind it. */
static unsigned long middle(void)
{
	return ALIGN(min_pfn + (max_pfn - min_pfn) / 4, MAX_ORDER_NR_PAGES);
}

static unsigned long settled_free(void)
{
	drain_all_pages();
	ck_assert_int_eq(frames_check(zone), 0);
	return zone->free_pages;
}

/* As alloc_page() gives them, and not free. */
static void check_range(unsigned long start, unsigned long end)
{
	unsigned long flags;

	spin_lock_irqsave(&zone->lock, flags);
	for (unsigned long pfn = start; pfn < end; pfn++) {
		struct page *page = pfn_to_page(pfn);

		test_assert(page->state == PGS_KERNEL && !page->order && !page->flags);
		test_assert(page_ref_count(page) == 1 && !page_mapcount(page));
		test_assert(!page->mapping && !page->private && page_zone(page) == zone);
		test_assert(buddy_order_at(zone, pfn) < 0);
	}
	spin_unlock_irqrestore(&zone->lock, flags);
}

static const struct { unsigned long skip, nr; } ranges[] = {
	{ 0, 1 }, { 0, 512 }, { 0, 1024 }, { 100, 1 }, { 100, 300 }, { 511, 2 }, { 100, 1000 },
	{ 1, 4000 }, { 1023, 3073 },
};

/* The struct pages of pageblocks that nobody has used: who reads them is seen (ASan, I6). */
static void spoil_fresh_pages(void)
{
	for (unsigned long pfn = min_pfn; pfn < max_pfn; pfn += pageblock_nr_pages)
		if (pageblock_of(zone, pfn)->fresh)
			memset(pfn_to_page(pfn), 0xff, pageblock_nr_pages * sizeof(struct page));
}

START_TEST(free_frames_are_taken)
{
	unsigned long start, end, before;

	host_boot(NULL);
	spoil_fresh_pages();
	before = settled_free();
	start = middle() + ranges[_i].skip;
	end = start + ranges[_i].nr;
	for (int round = 0; round < 2; round++) {	/* fresh ones, and used ones */
		unsigned long events = sum_vm_event(PGALLOC_DMA32);

		ck_assert_int_eq(alloc_contig_range(start, end, GFP_KERNEL | __GFP_ZERO), 0);
		ck_assert_uint_eq(settled_free(), before - (end - start));
		ck_assert_uint_eq(sum_vm_event(PGALLOC_DMA32) - events, end - start);
		check_range(start, end);
		for (unsigned long pfn = start; pfn < end; pfn++)
			*(u64 *)page_address(pfn_to_page(pfn)) += ~pfn;
		for (unsigned long pfn = start; pfn < end; pfn++)
			test_assert(*(u64 *)page_address(pfn_to_page(pfn)) == ~pfn);
		free_contig_range(start, end - start);
		ck_assert_uint_eq(settled_free(), before);
	}
	ck_assert_uint_ge(buddy_nr_free(zone, MAX_ORDER), 12);	/* all grew together again */
}
END_TEST

START_TEST(a_range_must_be_frames_of_one_zone)
{
	unsigned long start, before;

	host_boot(NULL);
	before = settled_free();
	start = middle();
	ck_assert_int_eq(alloc_contig_range(start, start, GFP_KERNEL), -EINVAL);
	ck_assert_int_eq(alloc_contig_range(start + 1, start, GFP_KERNEL), -EINVAL);
	ck_assert_int_eq(alloc_contig_range(max_pfn - 1, max_pfn + 1, GFP_KERNEL), -EINVAL);
	ck_assert_int_eq(alloc_contig_range(min_pfn - 1, min_pfn + 1, GFP_KERNEL), -EINVAL);
	ck_assert_int_eq(alloc_contig_range(1, 2, GFP_KERNEL), -EINVAL);
	ck_assert_uint_eq(settled_free(), before);
}
END_TEST

/* Nothing was taken, and every pageblock is what it was. */
static void check_refused(unsigned long start, unsigned long end, int err)
{
	u8 type[64];
	unsigned long first = ALIGN_DOWN(start, pageblock_nr_pages), before = settled_free();

	for (unsigned long pfn = first; pfn < end; pfn += pageblock_nr_pages)
		type[(pfn - first) / pageblock_nr_pages] = pageblock_type(zone, pfn);
	ck_assert_int_eq(alloc_contig_range(start, end, GFP_KERNEL), err);
	ck_assert_uint_eq(settled_free(), before);
	for (unsigned long pfn = first; pfn < end; pfn += pageblock_nr_pages)
		ck_assert_uint_eq(type[(pfn - first) / pageblock_nr_pages],
				  pageblock_type(zone, pfn));
}

START_TEST(what_cannot_move_is_in_the_way)
{
	struct page *page, *block;
	unsigned long pfn;

	host_boot(NULL);
	page = alloc_page(GFP_KERNEL);
	block = alloc_pages(GFP_KERNEL, 5);
	pfn = page_to_pfn(page);
	ck_assert_uint_eq(pageblock_type(zone, pfn), MIGRATE_UNMOVABLE);
	check_refused(pfn, pfn + 1, -EBUSY);
	check_refused(ALIGN_DOWN(pfn, 512), ALIGN_DOWN(pfn, 512) + 512, -EBUSY);
	/* The second half of a block: its pages say nothing of their head. */
	pfn = page_to_pfn(block);
	check_refused(pfn + 16, pfn + 24, -EBUSY);
	pfn = page_to_pfn(zero_page);
	check_refused(pfn, pfn + 1, -EBUSY);
	__free_page(page);
	__free_pages(block, 5);
}
END_TEST

START_TEST(pages_on_a_list_come_home)
{
	struct page *page;
	unsigned long pfn, before;

	host_boot(NULL);
	page = alloc_page(GFP_KERNEL);
	pfn = page_to_pfn(page);
	__free_page(page);
	before = zone->free_pages + pcp_nr_pages(ZONE_DMA32);
	ck_assert_int_eq(alloc_contig_range(pfn, pfn + 1, GFP_KERNEL), 0);
	check_range(pfn, pfn + 1);
	free_contig_range(pfn, 1);
	ck_assert_uint_eq(settled_free(), before);
}
END_TEST

/* Fill @nr slots; the pages lie in a row more or less. */
static void fill(unsigned int nr)
{
	owner_start();
	for (unsigned int i = 0; i < nr; i++)
		test_assert(owner_alloc(i, GFP_KERNEL));
}

/* Pages of the owner in a range of frames. */
static unsigned long count_in(unsigned long start, unsigned long end)
{
	unsigned long nr = 0;

	for (unsigned int i = 0; i < OWNER_SLOTS; i++)
		nr += owner_slot[i].page && page_to_pfn(owner_slot[i].page) - start < end - start;
	return nr;
}

START_TEST(movable_pages_move_away)
{
	unsigned long start, before, in_range, referenced = 0;

	host_boot(NULL);
	before = settled_free();
	fill(6000);
	start = page_to_pfn(owner_slot[3000].page);
	for (unsigned int i = 0; i < 6000; i += 3)
		owner_free(i);
	ck_assert_uint_eq(settled_free(), before - 4000);
	for (unsigned int i = 3010; i < 3020; i++) {
		owner_free(i);			/* on this hart's list, and not to be used */
		test_assert(owner_alloc(i + 3000, GFP_KERNEL));
		owner_free(i + 3000);
	}
	in_range = count_in(start, start + 700);
	ck_assert_int_eq(alloc_contig_range(start, start + 700, GFP_KERNEL), 0);
	check_range(start, start + 700);
	for (unsigned long pfn = start; pfn < start + 700; pfn++)
		memset(page_address(pfn_to_page(pfn)), 0xee, PAGE_SIZE);
	for (unsigned int i = 0; i < 6000; i++) {
		owner_check(i);
		referenced += owner_slot[i].page && page_ref_count(owner_slot[i].page) != 1;
	}
	ck_assert_uint_eq(referenced, 0);	/* by nobody but the owner */
	ck_assert_uint_gt(in_range, 400);
	ck_assert_uint_eq(owner_moves, in_range);	/* none twice, and no others */
	ck_assert_uint_eq(sum_vm_event(PGMIGRATE_SUCCESS), owner_moves);
	ck_assert_uint_eq(settled_free(), before - 4000 + 7 - 700);
	free_contig_range(start, 700);
	owner_end();
	ck_assert_uint_eq(settled_free(), before);
}
END_TEST

/* Pages in use in some pageblocks, none ever used in the others. */
START_TEST(a_range_has_fresh_pageblocks)
{
	unsigned long start = ~0UL, before, in_range;

	host_boot(NULL);
	before = settled_free();
	fill(1000);
	spoil_fresh_pages();
	for (unsigned int i = 0; i < 1000; i++)
		start = min(start, page_to_pfn(owner_slot[i].page));
	start -= start - 2500 > min_pfn + 512 ? 2500 : 0;
	ck_assert(pageblock_of(zone, start)->fresh || pageblock_of(zone, start + 2999)->fresh);
	in_range = count_in(start, start + 3000);
	ck_assert_int_eq(alloc_contig_range(start, start + 3000, GFP_KERNEL), 0);
	ck_assert_uint_gt(in_range, 0);
	ck_assert_uint_eq(owner_moves, in_range);
	check_range(start, start + 3000);
	free_contig_range(start, 3000);
	owner_end();
	ck_assert_uint_eq(settled_free(), before);
}
END_TEST

START_TEST(a_pinned_page_stays)
{
	unsigned long start, before;
	struct page *page;

	host_boot(NULL);
	fill(2000);
	page = owner_slot[1000].page;
	owner_slot[1000].pinned = _i == 0;
	owner_slot[1000].stubborn = _i == 1;
	if (_i == 2)
		__ClearPageMovable(page);
	start = page_to_pfn(page) - 50;
	before = settled_free();
	ck_assert_int_eq(alloc_contig_range(start, start + 100, GFP_KERNEL), -EBUSY);
	ck_assert_uint_eq(settled_free(), before);
	ck_assert_ptr_eq(owner_slot[1000].page, page);
	ck_assert(!owner_slot[1000].isolated);
	ck_assert_int_eq(page_ref_count(page), 1);
	ck_assert_uint_eq(sum_vm_event(PGMIGRATE_FAIL) > 0, _i == 1);
	if (_i == 2) {
		ck_assert_uint_eq(owner_moves, 0);	/* that was seen at once */
		__SetPageMovable(page);
	}
	owner_slot[1000].pinned = owner_slot[1000].stubborn = false;
	ck_assert_int_eq(alloc_contig_range(start, start + 100, GFP_KERNEL), 0);
	free_contig_range(start, 100);
	owner_end();
}
END_TEST

START_TEST(each_failing_allocation_leaves_all_as_it_was)
{
	unsigned long start, before;
	long nth = 0;
	int err;

	host_boot(NULL);
	fill(1500);
	start = page_to_pfn(owner_slot[700].page);
	before = settled_free();
	do {
		fail_page_alloc(nth++, 1);
		err = alloc_contig_range(start, start + 20, GFP_KERNEL);
		fail_page_alloc(-1, 0);
		if (err) {
			ck_assert_int_eq(err, -ENOMEM);
			ck_assert_uint_eq(settled_free(), before);
		}
		for (unsigned int i = 0; i < 1500; i++)
			test_assert(!owner_slot[i].isolated);
	} while (err);
	ck_assert_int_ge(nth, 3);
	free_contig_range(start, 20);
	owner_end();
}
END_TEST

START_TEST(who_is_to_die_gives_up)
{
	unsigned long start;

	host_boot(NULL);
	fill(1500);
	start = page_to_pfn(owner_slot[700].page);
	((struct task_struct *)current)->pending.signal.sig = sigmask(SIGKILL);
	check_refused(start, start + 20, -EINTR);
	owner_end();
}
END_TEST

START_TEST(an_isolated_pageblock_hands_nothing_out)
{
	unsigned long start, before, free;
	struct page *page, *in;

	host_boot(NULL);
	start = middle();
	before = settled_free();
	in = alloc_page(GFP_HIGHUSER_MOVABLE);
	ck_assert_int_eq(start_isolate_page_range(zone, start + 3, start + 513), 0);
	ck_assert_int_eq(frames_check(zone), 0);
	ck_assert_uint_eq(zone->free_pages + pcp_nr_pages(ZONE_DMA32), before - 1 - 1024);
	/* Somebody else has it: nothing changes, the pageblock before it neither. */
	ck_assert_int_eq(start_isolate_page_range(zone, start - 1, start + 1), -EBUSY);
	ck_assert_uint_eq(pageblock_type(zone, start - 1), MIGRATE_MOVABLE);
	ck_assert_int_eq(alloc_contig_range(start + 512, start + 513, GFP_KERNEL), -EBUSY);
	/* All that there is, and none from there. */
	free = zone->free_pages + pcp_nr_pages(ZONE_DMA32);
	while ((page = alloc_page(GFP_KERNEL | __GFP_MEMALLOC | __GFP_NORETRY | __GFP_NOWARN))) {
		ck_assert(page_to_pfn(page) < start || page_to_pfn(page) >= start + 1024);
		free--;
	}
	ck_assert_uint_le(free, 1);
	undo_isolate_page_range(zone, start + 3, start + 513);
	ck_assert_int_eq(frames_check(zone), 0);
	ck_assert_uint_ge(zone->free_pages, 1024);
	__free_page(in);
}
END_TEST

/* What is freed into it is there at the end, and not on a list. */
START_TEST(frees_into_an_isolated_pageblock_stay)
{
	static struct page *pages[400];
	unsigned long first, nr = 0;

	host_boot(NULL);
	for (int i = 0; i < 400; i++)
		pages[i] = alloc_page(GFP_KERNEL);
	first = ALIGN_DOWN(page_to_pfn(pages[200]), pageblock_nr_pages);
	ck_assert_int_eq(start_isolate_page_range(zone, first, first + 1), 0);
	drain_all_pages();
	for (int i = 0; i < 400; i++)
		__free_page(pages[i]);
	drain_all_pages();
	for (int i = 0; i < 400; i++)
		nr += page_to_pfn(pages[i]) - first < pageblock_nr_pages &&
		      buddy_order_at(zone, page_to_pfn(pages[i])) >= 0;
	ck_assert_uint_gt(nr, 100);
	ck_assert_uint_eq(pageblock_type(zone, first), MIGRATE_ISOLATE);
	undo_isolate_page_range(zone, first, first + 1);
	ck_assert_uint_eq(pageblock_type(zone, first), MIGRATE_UNMOVABLE);
	ck_assert_int_eq(frames_check(zone), 0);
}
END_TEST

/* ---- races ----------------------------------------------------------------------------- */

#define ROUNDS	3000

static void take_ranges(void *arg)
{
	uint64_t rng = test_seed() + (unsigned long)arg;
	unsigned int got = 0;

	for (int i = 0; i < ROUNDS / 20; i++) {
		unsigned long start = min_pfn + test_random(&rng) % 8192;
		unsigned long end = start + 1 + test_random(&rng) % 700;
		int err = alloc_contig_range(start, end, GFP_KERNEL);

		test_assert(err == 0 || err == -EBUSY || err == -ENOMEM);
		if (err)
			continue;
		got++;
		check_range(start, end);
		for (unsigned long pfn = start; pfn < end; pfn++)
			*(u64 *)page_address(pfn_to_page(pfn)) = ~pfn;
		for (unsigned long pfn = start; pfn < end; pfn++)
			test_assert(*(u64 *)page_address(pfn_to_page(pfn)) == ~pfn);
		free_contig_range(start, end - start);
	}
	ck_assert_uint_gt(got, ROUNDS / 200);
}

START_TEST(ranges_are_emptied_while_harts_work_there)
{
	unsigned long before;

	host_boot(&(struct host_config){ .harts = 4 });
	before = settled_free();
	owner_start();
	host_run_on(1, owner_churn, (void *)1);
	host_run_on(2, owner_churn, (void *)2);
	host_run_on(3, take_ranges, (void *)3);
	take_ranges((void *)0);
	host_join(1);
	host_join(2);
	host_join(3);
	ck_assert_uint_gt(owner_moves, 100);
	owner_end();
	ck_assert_int_eq(frames_check(zone), 0);
	ck_assert_uint_eq(nr_free_pages(), before);	/* harts that are gone keep their lists */
	for (unsigned long pfn = min_pfn; pfn < max_pfn; pfn += pageblock_nr_pages)
		ck_assert_uint_ne(pageblock_type(zone, pfn), MIGRATE_ISOLATE);
}
END_TEST

static Suite *contig_suite(void)
{
	Suite *s = suite_create("contig");
	TCase *tc = tcase_create("core"), *race = tcase_create("four_harts");

	tcase_add_loop_test(tc, free_frames_are_taken, 0,
			    (int)(sizeof(ranges) / sizeof(ranges[0])));
	tcase_add_test(tc, a_range_must_be_frames_of_one_zone);
	tcase_add_test(tc, what_cannot_move_is_in_the_way);
	tcase_add_test(tc, pages_on_a_list_come_home);
	tcase_add_test(tc, movable_pages_move_away);
	tcase_add_test(tc, a_range_has_fresh_pageblocks);
	tcase_add_loop_test(tc, a_pinned_page_stays, 0, 3);
	tcase_add_test(tc, each_failing_allocation_leaves_all_as_it_was);
	tcase_add_test(tc, who_is_to_die_gives_up);
	tcase_add_test(tc, an_isolated_pageblock_hands_nothing_out);
	tcase_add_test(tc, frees_into_an_isolated_pageblock_stay);
	suite_add_tcase(s, tc);
	tcase_add_test(race, ranges_are_emptied_while_harts_work_there);
	suite_add_tcase(s, race);
	return s;
}
REGISTER_SUITE(contig_suite);

#endif
