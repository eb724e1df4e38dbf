// SPDX-License-Identifier: GPL-2.0-only
/*
 * bulk_test.c - mm/frame/bulk.c: which slots are filled, with what, and how it ends.
 */
#include "suite.h"

#include <asm/host.h>
#include <linux-lite/fail_alloc.h>
#include <linux-lite/frames.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>
#include <linux-lite/vmstat.h>

#define NR	20000ul		/* more than the machine has */

static struct zone *zone = &zones[ZONE_DMA32];
static struct page *array[NR];

static void free_all(unsigned long nr)
{
	for (unsigned long i = 0; i < nr; i++) {
		if (array[i])
			__free_page(array[i]);
		array[i] = NULL;
	}
}

static bool is_new(const struct page *page)
{
	return page->state == PGS_KERNEL && page_ref_count(page) == 1 && !page->order &&
	       !page->flags && !page->mapping && !page->private;
}

/* What the caller got is out of the free pages, and nothing else is. */
START_TEST(empty_slots_are_filled_and_counted)
{
	unsigned long nr = _i, before, events;

	host_boot(NULL);
	before = nr_free_pages();
	events = sum_vm_event(PGALLOC_DMA32);
	ck_assert_uint_eq(alloc_pages_bulk(GFP_KERNEL, nr, array), nr);
	ck_assert_uint_eq(nr_free_pages(), before - nr);
	ck_assert_uint_eq(sum_vm_event(PGALLOC_DMA32) - events, nr);
	for (unsigned long i = 0; i < nr; i++) {
		test_assert(is_new(array[i]));
		array[i]->private = i + 1;	/* twice the same one would not be new */
	}
	free_all(nr);
	drain_all_pages();
	ck_assert_uint_eq(nr_free_pages(), before);
	ck_assert_int_eq(frames_check(zone), 0);
}
END_TEST

START_TEST(full_slots_stay)
{
	static char mark[NR];
	struct page *stranger = (struct page *)mark;
	unsigned long before;

	host_boot(NULL);
	before = nr_free_pages();
	for (unsigned long i = 0; i < 300; i++)
		array[i] = i < 3 || i % 7 == 0 || i > 297 ? stranger : NULL;
	ck_assert_uint_eq(alloc_pages_bulk(GFP_KERNEL, 300, array), 300);
	for (unsigned long i = 0; i < 300; i++) {
		bool was_full = i < 3 || i % 7 == 0 || i > 297;

		ck_assert(was_full ? array[i] == stranger : is_new(array[i]));
		if (was_full)
			array[i] = NULL;
	}
	free_all(300);
	ck_assert_uint_eq(nr_free_pages(), before);
	for (unsigned long i = 0; i < 300; i++)
		array[i] = stranger;
	ck_assert_uint_eq(alloc_pages_bulk(GFP_KERNEL, 300, array), 300);
	ck_assert_uint_eq(nr_free_pages(), before);
}
END_TEST

START_TEST(zeroes_if_asked)
{
	host_boot(NULL);
	ck_assert_uint_eq(alloc_pages_bulk(GFP_KERNEL, 100, array), 100);
	for (int i = 0; i < 100; i++)
		*(long *)page_address(array[i]) = -1;
	free_all(100);
	drain_all_pages();
	ck_assert_uint_eq(alloc_pages_bulk(GFP_KERNEL | __GFP_ZERO, 100, array), 100);
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(*(long *)page_address(array[i]), 0);
}
END_TEST

/* Down to the min mark and no further; all slots before the end are full, none behind is. */
START_TEST(shortage_fills_what_it_can)
{
	unsigned long nr, more;

	host_boot(NULL);
	nr = alloc_pages_bulk(GFP_NOWAIT | __GFP_NOWARN, NR, array);
	ck_assert_uint_lt(nr, NR);
	for (unsigned long i = 0; i < NR; i++)
		test_assert(!array[i] == (i >= nr));
	/* A batch may cross the low mark, and one page came by the slow path, with a refill. */
	ck_assert_uint_le(zone->free_pages, zone->watermark[WMARK_LOW]);
	ck_assert_uint_ge(zone->free_pages, zone->watermark[WMARK_LOW] - 48);
	/* Who asks again gets page after page, until there is none. */
	while ((more = alloc_pages_bulk(GFP_NOWAIT | __GFP_NOWARN, NR, array)) > nr)
		nr = more;
	ck_assert_uint_eq(more, nr);
	ck_assert_uint_le(zone->free_pages, zone->watermark[WMARK_MIN] + 1);
	free_all(nr);
	drain_all_pages();
	ck_assert_int_eq(frames_check(zone), 0);
}
END_TEST

START_TEST(a_failing_allocation_ends_it)
{
	unsigned long before, nr;
	long nth = 0;

	host_boot(NULL);
	before = nr_free_pages();
	do {
		fail_page_alloc(nth++, 1);
		nr = alloc_pages_bulk(GFP_KERNEL, 200, array);
		ck_assert_uint_eq(nr, fail_page_alloc_hits() ? 0 : 200);
		fail_page_alloc(-1, 0);
		free_all(nr);
		ck_assert_uint_eq(nr_free_pages(), before);
	} while (!nr);
	ck_assert_int_eq(nth, 2);
}
END_TEST

/* Two harts, one of which drains: no page goes to both. */
static struct page *theirs[512];

static void other_hart(void *unused)
{
	for (int round = 0; round < 200; round++) {
		unsigned long nr = alloc_pages_bulk(GFP_KERNEL, 512, theirs);

		for (unsigned long i = 0; i < nr; i++)
			theirs[i]->private = ~i;
		if (round % 16 == 0)
			drain_all_pages();
		for (unsigned long i = 0; i < nr; i++) {
			test_assert(theirs[i]->private == ~i);
			__free_page(theirs[i]);
			theirs[i] = NULL;
		}
	}
}

START_TEST(harts_get_different_pages)
{
	unsigned long before;

	host_boot(&(struct host_config){ .harts = 2 });
	before = nr_free_pages();
	host_run_on(1, other_hart, NULL);
	for (int round = 0; round < 200; round++) {
		unsigned long nr = alloc_pages_bulk(GFP_KERNEL, 300, array);

		for (unsigned long i = 0; i < nr; i++)
			array[i]->private = i;
		for (unsigned long i = 0; i < nr; i++)
			test_assert(array[i]->private == i);
		free_all(nr);
	}
	host_join(1);
	drain_all_pages();
	ck_assert_uint_eq(nr_free_pages(), before);
	ck_assert_int_eq(frames_check(zone), 0);
}
END_TEST

static Suite *bulk_suite(void)
{
	static const int sizes[] = { 0, 1, 31, 32, 33, 1000 };
	Suite *s = suite_create("bulk");
	TCase *tc = tcase_create("core");

	for (unsigned int i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		tcase_add_loop_test(tc, empty_slots_are_filled_and_counted, sizes[i], sizes[i] + 1);
	tcase_add_test(tc, full_slots_stay);
	tcase_add_test(tc, zeroes_if_asked);
	tcase_add_test(tc, shortage_fills_what_it_can);
	tcase_add_test(tc, a_failing_allocation_ends_it);
	suite_add_tcase(s, tc);
	tc = tcase_create("two_harts");
	tcase_add_test(tc, harts_get_different_pages);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(bulk_suite);
