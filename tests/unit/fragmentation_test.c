// SPDX-License-Identifier: GPL-2.0-only
/*
 * fragmentation_test.c - the exercises of Documentation/fragmentation.md (exercise.h).
 */
#include "exercise.h"

#include <asm/host.h>

#if defined(CONFIG_COMPACTION) && defined(CONFIG_PCP)

#include "movable.h"

#include <linux-lite/buddy.h>
#include <linux-lite/compaction.h>
#include <linux-lite/isolation.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pcp.h>
#include <linux-lite/vmstat.h>

static struct zone *zone = &zones[ZONE_DMA32];

/* Movable pages in nearly all of RAM, of which every @nth stays. */
static void keep_every(unsigned int nth)
{
	unsigned int nr = 0;

	host_boot(NULL);
	owner_start();
	while (nr < OWNER_SLOTS && zone->free_pages > 700)
		test_assert(owner_alloc(nr++, GFP_NOWAIT));
	for (unsigned int i = 0; i < nr; i++)
		if (page_to_pfn(owner_slot[i].page) % nth)
			owner_free(i);
	drain_all_pages();
}

/* The largest free block where one frame of eight is in use. */
START_TEST(fragmentation_1)
{
	long largest = -1;

	keep_every(8);
	for (unsigned long pfn = zone->start_pfn; pfn < zone_end_pfn(zone); pfn++) {
		struct pageblock *pb = pageblock_of(zone, pfn);

		if (pb->type == MIGRATE_MOVABLE && pb->nr_free == pageblock_nr_pages / 8 * 7 &&
		    buddy_order_at(zone, pfn) > largest)
			largest = buddy_order_at(zone, pfn);
	}
	check_answer(largest, 2);
}
END_TEST

/* Pages moved for one huge leaf, where every second frame is in use. */
START_TEST(fragmentation_2)
{
	keep_every(2);
	while (alloc_pages(GFP_NOWAIT | __GFP_NOWARN, pageblock_order))
		;
	while (alloc_pages(GFP_NOWAIT | __GFP_NOWARN, pageblock_order - 1))
		;
	compact_zone(zone, pageblock_order);	/* the first one has to do with what boot has left */
	ck_assert_ptr_nonnull(alloc_pages(GFP_KERNEL, pageblock_order));
	owner_moves = 0;
	ck_assert_ptr_nonnull(alloc_pages(GFP_KERNEL, pageblock_order));
	check_answer((long)owner_moves, 256);
}
END_TEST

/* Pageblocks that 1000 unmovable pages spoil, in a machine half full of movable ones. */
START_TEST(fragmentation_3)
{
	long before = 0, after = 0;

	host_boot(NULL);
	for (int i = 0; i < 6000; i++)
		ck_assert_ptr_nonnull(alloc_page(GFP_HIGHUSER_MOVABLE));
	drain_all_pages();
	for (unsigned long pfn = zone->start_pfn; pfn < zone_end_pfn(zone); pfn += 512)
		before += pageblock_type(zone, pfn) == MIGRATE_UNMOVABLE;
	/* They would go first to what is left of pageblocks that are unmovable already. */
	for (unsigned long pfn = zone->start_pfn; pfn < zone_end_pfn(zone); pfn += 512)
		for (struct pageblock *pb = pageblock_of(zone, pfn);
		     pb->type == MIGRATE_UNMOVABLE && pb->nr_free; )
			buddy_take_page(zone, pb);
	for (int i = 0; i < 1000; i++)
		ck_assert_ptr_nonnull(alloc_page(GFP_KERNEL));
	for (unsigned long pfn = zone->start_pfn; pfn < zone_end_pfn(zone); pfn += 512)
		after += pageblock_type(zone, pfn) == MIGRATE_UNMOVABLE;
	check_answer(after - before, 2);
}
END_TEST

/* Frames that alloc_contig_range() keeps from everybody while it takes 1000 from the 100th on. */
START_TEST(fragmentation_4)
{
	unsigned long start, before;

	host_boot(NULL);
	start = ALIGN(zone->start_pfn + zone->spanned_pages / 2, MAX_ORDER_NR_PAGES) + 100;
	before = zone->free_pages;
	ck_assert_int_eq(start_isolate_page_range(zone, start, start + 1000), 0);
	check_answer((long)(before - zone->free_pages), 1536);
}
END_TEST

static Suite *fragmentation_suite(void)
{
	Suite *s = suite_create("exercises");
	TCase *tc = tcase_create("fragmentation");

	tcase_add_test(tc, fragmentation_1);
	tcase_add_test(tc, fragmentation_2);
	tcase_add_test(tc, fragmentation_3);
	tcase_add_test(tc, fragmentation_4);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(fragmentation_suite);

#endif
