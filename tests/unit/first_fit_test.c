// SPDX-License-Identifier: GPL-2.0-only
/*
 * first_fit_test.c - mm/frame/first_fit.c: what it does beyond frames_test.c.
 */
#include "one_zone.h"

#ifdef CONFIG_FRAMES_FIRST_FIT

static unsigned long lowest(unsigned int order)
{
	struct page *page = frames_alloc(zone, order, MIGRATE_MOVABLE);

	ck_assert_ptr_nonnull(page);
	return index_of(page);
}

START_TEST(the_lowest_block_that_fits_is_taken)
{
	make_zone(3, 4096);
	ck_assert_uint_eq(lowest(3), 8);
	ck_assert_uint_eq(lowest(0), 3);
	ck_assert_uint_eq(lowest(1), 4);
	ck_assert_uint_eq(lowest(6), 64);
	ck_assert_uint_eq(lowest(7), 128);
	ck_assert_uint_eq(lowest(0), 6);
	ck_assert_uint_eq(lowest(0), 7);
	ck_assert_uint_eq(lowest(0), 16);	/* 8 to 15 are a block's */
	ck_assert_uint_eq(lowest(10), 1024);
	/* What comes free low is taken first, alone or with its neighbours. */
	give(pfn_to_page(START_PFN + 8), 3);
	ck_assert_uint_eq(lowest(1), 8);
	give(pfn_to_page(START_PFN + 64), 6);
	give(pfn_to_page(START_PFN + 128), 7);
	ck_assert_uint_eq(lowest(6), 64);
	ck_assert_uint_eq(lowest(7), 128);
	ck_assert_int_eq(frames_check(zone), 0);
}
END_TEST

/* A search that failed is not repeated until it may succeed. */
START_TEST(a_failed_search_is_remembered)
{
	make_zone(0, 1024);
	ck_assert_uint_eq(lowest(0), 0);
	ck_assert(frames_may_have(zone, 10));	/* nobody has looked yet */
	ck_assert_ptr_null(frames_alloc(zone, 10, MIGRATE_MOVABLE));
	ck_assert(!frames_may_have(zone, 10));
	ck_assert(frames_may_have(zone, 9));
	give(pfn_to_page(START_PFN), 0);
	ck_assert(frames_may_have(zone, 10));
	ck_assert_uint_eq(lowest(10), 0);
}
END_TEST

START_TEST(check_finds_what_is_broken)
{
	struct first_fit *ff;

	make_zone(0, 4096);
	ff = zone->first_fit;
	ck_assert_uint_eq(lowest(4), 0);
	ck_assert_int_eq(frames_check(zone), 0);
	pfn_to_page(START_PFN + 16)->state = PGS_KERNEL;	/* I1 */
	ck_assert_int_eq(frames_check(zone), 1);
	pfn_to_page(START_PFN + 16)->state = PGS_FREE_TAIL;
	zone->spanned_pages--;			/* I1: the last bit is outside */
	ck_assert_int_eq(frames_check(zone), 1);
	zone->spanned_pages++;
	ff->from[4] = 17;			/* I2: the block at 16 is not found */
	ck_assert_int_eq(frames_check(zone), 2);
	ff->from[4] = 16;
	ck_assert_int_eq(frames_check(zone), 0);
	ff->from[10] = 4097;			/* I2: beyond the last word */
	ck_assert_int_eq(frames_check(zone), 2);
	ff->from[10] = 0;
	zone->free_pages++;			/* I3 */
	ck_assert_int_eq(frames_check(zone), 3);
	zone->free_pages--;
	ck_assert_int_eq(frames_check(zone), 0);
}
END_TEST

static Suite *first_fit_suite(void)
{
	Suite *s = suite_create("first_fit");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, the_lowest_block_that_fits_is_taken);
	tcase_add_test(tc, a_failed_search_is_remembered);
	tcase_add_test(tc, check_finds_what_is_broken);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(first_fit_suite);

#endif
