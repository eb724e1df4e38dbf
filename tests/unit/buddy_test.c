// SPDX-License-Identifier: GPL-2.0-only
/*
 * buddy_test.c - mm/frame/buddy.c: what it does beyond frames_test.c.
 */
#include "one_zone.h"

#ifdef CONFIG_FRAMES_BUDDY

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

	tcase_add_test(tc, split_keeps_the_lower_half);
	tcase_add_test(tc, unmovable_pages_share_pageblocks);
	tcase_add_loop_test(tc, half_free_pageblock_changes_its_type, 0, 2);
	tcase_add_test(tc, check_finds_what_is_broken);
	tcase_add_test(tc, check_finds_a_missed_pair_and_a_stranger_on_a_shelf);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(buddy_suite);

#endif
