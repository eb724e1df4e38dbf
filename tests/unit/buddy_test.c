// SPDX-License-Identifier: GPL-2.0-only
/*
 * buddy_test.c - mm/frame/buddy.c on a zone of its own: struct pages without memory behind
 * them, a bitmap of who has which page as the oracle.
 */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include <linux-lite/buddy.h>

#define MAX_PAGES	16384UL
#define START_PFN	0x80000UL

static struct zone *zone = &zones[ZONE_DMA32];
static bool owned[MAX_PAGES];

/* A zone of frames [START_PFN + @skip, START_PFN + @end), all free. */
static void make_zone(unsigned long skip, unsigned long end)
{
	static struct page *pages;	/* static: reachable, so not a leak */

	pages = aligned_alloc(64, MAX_PAGES * sizeof(struct page));
	ck_assert_ptr_nonnull(pages);
	memset(pages, 0, MAX_PAGES * sizeof(struct page));
	host_vmemmap = pages - START_PFN;
	zone->start_pfn = START_PFN + skip;
	zone->spanned_pages = zone->present_pages = end - skip;
	spin_lock_init(&zone->lock, RANK_ZONE);
	buddy_init(zone, malloc(buddy_index_size(zone)));
	for (unsigned long i = skip; i < end; i++)
		pages[i].state = PGS_FREE_TAIL;
	buddy_free_range(zone, START_PFN + skip, START_PFN + end);
	ck_assert_int_eq(buddy_check(zone), 0);
}

static unsigned long index_of(const struct page *page)
{
	return page_to_pfn(page) - START_PFN;
}

static void take(const struct page *page, unsigned int order)
{
	unsigned long first = index_of(page);

	ck_assert(zone_spans_pfn(zone, page_to_pfn(page)));
	ck_assert_uint_eq(page_to_pfn(page) % (1UL << order), 0);
	for (unsigned long i = first; i < first + (1UL << order); i++) {
		ck_assert(!owned[i]);
		owned[i] = true;
	}
}

static void give(struct page *page, unsigned int order)
{
	memset(owned + index_of(page), false, 1UL << order);
	buddy_free(zone, page, order);
}

/* All is free again: no block is smaller than the zone's edges make it. */
static void check_whole(unsigned long skip, unsigned long end)
{
	unsigned long expect[NR_PAGE_ORDERS] = { 0 };

	ck_assert_uint_eq(zone->free_pages, end - skip);
	for (unsigned long pfn = START_PFN + skip; pfn < START_PFN + end; ) {
		unsigned int order = MAX_ORDER;

		while (pfn % (1UL << order) || pfn + (1UL << order) > START_PFN + end)
			order--;
		expect[order]++;
		pfn += 1UL << order;
	}
	for (unsigned int order = 0; order <= MAX_ORDER; order++)
		ck_assert_uint_eq(buddy_nr_free(zone, order), expect[order]);
	ck_assert_int_eq(buddy_check(zone), 0);
}

struct block {
	struct page *page;
	unsigned int order;
};

static const struct { unsigned long skip, end; } shapes[] = {
	{ 0, 4096 }, { 0, 1 }, { 1, 2 }, { 3, 4099 }, { 511, 1537 }, { 777, 7777 },
};

START_TEST(random_blocks_against_the_bitmap)
{
	static struct block live[MAX_PAGES];
	uint64_t rng = test_seed() + _i;
	unsigned long nr = 0, used = 0;

	make_zone(shapes[_i].skip, shapes[_i].end);
	for (int step = 0; step < 20000; step++) {
		/* Phases of filling and of emptying, so that both ends are met. */
		bool grow = test_random(&rng) % 100 < (step / 2000 % 2 ? 30 : 70);

		if (grow) {
			unsigned int order = test_random(&rng) % 4 ? test_random(&rng) % 4 :
					     test_random(&rng) % NR_PAGE_ORDERS;
			struct page *page = buddy_alloc(zone, order,
							test_random(&rng) % MIGRATE_PCPTYPES);

			if (page) {
				take(page, order);
				live[nr++] = (struct block){ page, order };
				used += 1UL << order;
			}
		} else if (nr) {
			unsigned long i = test_random(&rng) % nr;
			struct block b = live[i];

			live[i] = live[--nr];
			give(b.page, b.order);
			used -= 1UL << b.order;
		}
		ck_assert_uint_eq(zone->free_pages, zone->spanned_pages - used);
		if (step % 256 == 0)
			ck_assert_int_eq(buddy_check(zone), 0);
	}
	while (nr--)
		give(live[nr].page, live[nr].order);
	check_whole(shapes[_i].skip, shapes[_i].end);
}
END_TEST

START_TEST(an_order_fails_only_if_no_block_is_there)
{
	struct page *page;
	unsigned long nr = 0;

	make_zone(0, 2048);
	while ((page = buddy_alloc(zone, 0, nr++ % MIGRATE_PCPTYPES)))
		take(page, 0);
	ck_assert_uint_eq(nr, 2049);		/* every single page was found */
	for (unsigned long i = 0; i < 2048; i += 2)
		give(pfn_to_page(START_PFN + i), 0);
	ck_assert_ptr_null(buddy_alloc(zone, 1, MIGRATE_MOVABLE));
	give(pfn_to_page(START_PFN + 101), 0);
	ck_assert_ptr_eq(buddy_alloc(zone, 1, MIGRATE_UNMOVABLE), pfn_to_page(START_PFN + 100));
}
END_TEST

START_TEST(split_keeps_the_lower_half)
{
	make_zone(0, 1024);
	ck_assert_uint_eq(index_of(buddy_alloc(zone, 0, MIGRATE_MOVABLE)), 0);
	for (unsigned int order = 0; order < MAX_ORDER; order++)
		ck_assert_uint_eq(buddy_nr_free(zone, order), 1);
	ck_assert_uint_eq(index_of(buddy_alloc(zone, 0, MIGRATE_MOVABLE)), 1);
	ck_assert_uint_eq(index_of(buddy_alloc(zone, 3, MIGRATE_MOVABLE)), 8);
	give(pfn_to_page(START_PFN), 0);
	give(pfn_to_page(START_PFN + 8), 3);
	give(pfn_to_page(START_PFN + 1), 0);
	check_whole(0, 1024);
}
END_TEST

START_TEST(unmovable_pages_share_pageblocks)
{
	unsigned long spoiled = 0;

	/* Movable pages nearly everywhere, then unmovable ones among them. */
	make_zone(0, 8192);
	for (int i = 0; i < 4096; i++)
		take(buddy_alloc(zone, 0, MIGRATE_MOVABLE), 0);
	for (int i = 0; i < 600; i++)
		take(buddy_alloc(zone, 0, MIGRATE_UNMOVABLE), 0);
	for (unsigned long i = 0; i < 8192; i += pageblock_nr_pages)
		spoiled += pageblock_type(zone, START_PFN + i) == MIGRATE_UNMOVABLE;
	ck_assert_uint_le(spoiled, 2);
	ck_assert_int_eq(buddy_check(zone), 0);
}
END_TEST

START_TEST(half_free_pageblock_changes_its_type)
{
	unsigned int used = _i ? 300 : 200;

	make_zone(0, 512);
	for (unsigned int i = 0; i < used; i++)
		take(buddy_alloc(zone, 0, MIGRATE_MOVABLE), 0);
	take(buddy_alloc(zone, 0, MIGRATE_UNMOVABLE), 0);
	ck_assert_uint_eq(pageblock_type(zone, START_PFN), _i ? MIGRATE_MOVABLE :
			  MIGRATE_UNMOVABLE);
	ck_assert_int_eq(buddy_check(zone), 0);
}
END_TEST

START_TEST(bulk_is_a_chain_of_single_blocks)
{
	unsigned int order = _i, nr, seen = 0;
	struct page *chain = NULL, *page;

	make_zone(3, 4099);
	nr = buddy_alloc_bulk(zone, order, MIGRATE_RECLAIMABLE, 45, &chain);
	ck_assert_uint_eq(nr, 45);
	ck_assert_uint_eq(zone->free_pages, 4096 - (45UL << order));
	for (page = chain; page; page = page->pcp_next, seen++) {
		ck_assert_uint_eq(page->order, order);
		ck_assert_uint_eq(page->migratetype, MIGRATE_RECLAIMABLE);
		take(page, order);
	}
	ck_assert_uint_eq(seen, 45);
	ck_assert_int_eq(buddy_check(zone), 0);
	while (chain) {
		page = chain;
		chain = page->pcp_next;
		give(page, order);
	}
	check_whole(3, 4099);
	/* More than there is: what there is. */
	nr = buddy_alloc_bulk(zone, order, MIGRATE_MOVABLE, 5000, &chain);
	ck_assert_uint_le((unsigned long)nr << order, 4096);
	ck_assert_uint_gt((unsigned long)nr << order, 4096 - (2UL << order));
}
END_TEST

START_TEST(check_finds_what_is_broken)
{
	struct pageblock *pb, *full;
	struct page *page;

	make_zone(0, 4096);
	page = buddy_alloc(zone, 4, MIGRATE_MOVABLE);
	pb = pageblock_of(zone, page_to_pfn(page));
	full = pb + 3;
	ck_assert_int_eq(buddy_check(zone), 0);
	page[16].state = PGS_KERNEL;		/* I1: the upper half is free, and yet somebody's */
	ck_assert_int_eq(buddy_check(zone), 1);
	page[16].state = PGS_FREE_TAIL;
	__set_bit(pageblock_node(16, 4) * 2, pb->free);	/* I1: half of a free block */
	ck_assert_int_eq(buddy_check(zone), 1);
	__clear_bit(pageblock_node(16, 4) * 2, pb->free);
	__set_bit(pageblock_node(0, 4), pb->free);	/* I2: two free buddies */
	ck_assert_int_eq(buddy_check(zone), 2);
	__clear_bit(pageblock_node(0, 4), pb->free);
	zone->free_pages++;
	ck_assert_int_eq(buddy_check(zone), 3);
	zone->free_pages--;
	zone->nr_free[4]++;
	ck_assert_int_eq(buddy_check(zone), 3);
	zone->nr_free[4]--;
	pb->nr[4]++;
	ck_assert_int_eq(buddy_check(zone), 3);
	pb->nr[4]--;
	pb->orders ^= BIT(2);
	ck_assert_int_eq(buddy_check(zone), 3);
	pb->orders ^= BIT(2);
	pb->type = MIGRATE_UNMOVABLE;		/* I4: on the shelf of another type */
	ck_assert_int_eq(buddy_check(zone), 4);
	pb->type = MIGRATE_MOVABLE;
	full->type = MIGRATE_UNMOVABLE;		/* I5: a pair of two types */
	ck_assert_int_eq(buddy_check(zone), 5);
	full->type = MIGRATE_MOVABLE;
	zone->emptiness[zone->start_pfn >> pageblock_order]++;
	ck_assert_int_eq(buddy_check(zone), 7);
	zone->emptiness[zone->start_pfn >> pageblock_order]--;
	pb->fresh = true;
	ck_assert_int_eq(buddy_check(zone), 6);
	pb->fresh = false;
	ck_assert_int_eq(buddy_check(zone), 0);
}
END_TEST

START_TEST(check_finds_a_missed_pair_and_a_stranger_on_a_shelf)
{
	struct pageblock *pb;

	make_zone(0, 4096);
	pb = zone->pageblocks;
	buddy_split_pair(zone, pb + 1);
	ck_assert_int_eq(buddy_check(zone), 2);
	buddy_join_pair(zone, pb + 1);
	ck_assert_int_eq(buddy_check(zone), 0);
	list_add(&pb[3].on_shelf, &zone->shelf[0][MIGRATE_RECLAIMABLE]);
	ck_assert_int_eq(buddy_check(zone), 4);
}
END_TEST

static Suite *buddy_suite(void)
{
	Suite *s = suite_create("buddy");
	TCase *tc = tcase_create("core");

	tcase_add_loop_test(tc, random_blocks_against_the_bitmap, 0,
			    (int)(sizeof(shapes) / sizeof(shapes[0])));
	tcase_add_test(tc, an_order_fails_only_if_no_block_is_there);
	tcase_add_test(tc, split_keeps_the_lower_half);
	tcase_add_test(tc, unmovable_pages_share_pageblocks);
	tcase_add_loop_test(tc, half_free_pageblock_changes_its_type, 0, 2);
	tcase_add_loop_test(tc, bulk_is_a_chain_of_single_blocks, 0, 4);
	tcase_add_test(tc, check_finds_what_is_broken);
	tcase_add_test(tc, check_finds_a_missed_pair_and_a_stranger_on_a_shelf);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(buddy_suite);
