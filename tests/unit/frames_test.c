// SPDX-License-Identifier: GPL-2.0-only
/*
 * frames_test.c - what every page allocator design promises (frames.h), against an array of who
 * has which frame. It is to pass with each.
 */
#include "one_zone.h"

struct block {
	struct page *page;
	unsigned int order;
};

static const struct { unsigned long skip, end; } shapes[] = {
	{ 0, 4096 }, { 0, 1 }, { 1, 2 }, { 3, 4099 }, { 511, 1537 }, { 777, 7777 },
};

/* Are the 2^@order frames from @first on free? Frames outside the zone are not. */
static bool oracle_has(unsigned long first, unsigned int order)
{
	for (unsigned long i = first; i < first + (1UL << order); i++)
		if (!zone_spans_pfn(zone, START_PFN + i) || owned[i])
			return false;
	return true;
}

/* A refusal must be right, and a design may not say no while it has one. */
static void check_refusal(unsigned int order)
{
	for (unsigned long i = 0; i < MAX_PAGES; i += 1UL << order)
		test_assert(!oracle_has(i, order));
}

static void check_order_at(unsigned long i)
{
	int order = -1;

	while (order < MAX_ORDER && oracle_has(i & -(1UL << (order + 1)), order + 1))
		order++;
	ck_assert_int_eq(frames_order_at(zone, START_PFN + i), order);
}

static void check_counts(void)
{
	unsigned long sum = 0;

	for (unsigned int order = 0; order <= MAX_ORDER; order++) {
		sum += frames_nr_free(zone, order) << order;
		if (frames_nr_free(zone, order))
			ck_assert(frames_may_have(zone, order));
		if (!frames_may_have(zone, order))
			check_refusal(order);
	}
	ck_assert_uint_eq(sum, zone->free_pages);
	ck_assert_int_eq(frames_check(zone), 0);
}

static struct page *alloc(unsigned int order, enum migratetype type)
{
	struct page *page = frames_alloc(zone, order, type);

	if (!page) {
		check_refusal(order);
		return NULL;
	}
	ck_assert_uint_eq(page->order, order);
	take(page, order);
	page->state = PGS_KERNEL;	/* it may come back with any */
	return page;
}

START_TEST(random_blocks_against_the_oracle)
{
	static struct block live[MAX_PAGES];
	uint64_t rng = test_seed() + _i;
	unsigned long nr = 0, used = 0, skip = shapes[_i].skip, end = shapes[_i].end;

	make_zone(skip, end);
	for (int step = 0; step < 20000; step++) {
		/* Phases of filling and of emptying, so that both ends are met. */
		bool grow = test_random(&rng) % 100 < (step / 2000 % 2 ? 30 : 70);

		if (grow) {
			unsigned int order = test_random(&rng) % 4 ? test_random(&rng) % 4 :
					     test_random(&rng) % NR_PAGE_ORDERS;
			struct page *page;

			order %= NR_PAGE_ORDERS;
			page = alloc(order, test_random(&rng) % MIGRATE_PCPTYPES);
			if (page) {
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
		test_assert(zone->free_pages == zone->spanned_pages - used);
		if (step % 256 == 0)
			check_counts();
		check_order_at(skip + test_random(&rng) % (end - skip));
	}
	while (nr--)
		give(live[nr].page, live[nr].order);
	check_whole(skip, end);
}
END_TEST

START_TEST(every_single_page_is_found)
{
	unsigned long nr = 0;

	make_zone(0, 2048);
	while (alloc(0, nr % MIGRATE_PCPTYPES))
		nr++;
	ck_assert_uint_eq(nr, 2048);
	ck_assert_uint_eq(zone->free_pages, 0);
	for (unsigned int order = 0; order <= MAX_ORDER; order++) {
		ck_assert_ptr_null(alloc(order, MIGRATE_MOVABLE));
		ck_assert(!frames_may_have(zone, order));	/* it has just seen that */
	}
}
END_TEST

START_TEST(an_order_fails_only_if_no_block_is_there)
{
	unsigned long nr = 0;

	make_zone(0, 2048);
	while (alloc(0, nr++ % MIGRATE_PCPTYPES))
		;
	for (unsigned long i = 0; i < 2048; i += 2)
		give(pfn_to_page(START_PFN + i), 0);
	if (MAX_ORDER == 0)
		return;
	ck_assert_ptr_null(alloc(1, MIGRATE_MOVABLE));
	give(pfn_to_page(START_PFN + 101), 0);
	ck_assert_ptr_eq(alloc(1, MIGRATE_UNMOVABLE), pfn_to_page(START_PFN + 100));
	/* The upper half of the largest block comes free: a block of the largest order. */
	for (unsigned long i = 1024; i < 2048; i++)
		if (owned[i])
			give(pfn_to_page(START_PFN + i), 0);
	ck_assert_ptr_eq(alloc(MAX_ORDER, MIGRATE_MOVABLE), pfn_to_page(START_PFN + 1024));
}
END_TEST

START_TEST(bulk_is_a_chain_of_single_blocks)
{
	unsigned int order = _i, nr, seen = 0;
	struct page *last = NULL, *chain, *page;

	make_zone(3, 4099);
	last = alloc(0, MIGRATE_MOVABLE);
	last->pcp_next = NULL;
	chain = last;
	nr = frames_alloc_bulk(zone, order, MIGRATE_RECLAIMABLE, 45, &chain);
	ck_assert_uint_eq(nr, 45);
	ck_assert_uint_eq(zone->free_pages, 4095 - (45UL << order));
	for (page = chain; page != last; page = page->pcp_next, seen++) {
		ck_assert_uint_eq(page->order, order);
		ck_assert_uint_eq(page->migratetype, MIGRATE_RECLAIMABLE);
		take(page, order);
	}
	ck_assert_uint_eq(seen, 45);
	ck_assert_ptr_null(last->pcp_next);	/* what was on the chain is behind */
	ck_assert_int_eq(frames_check(zone), 0);
	while (chain != last) {
		page = chain;
		chain = page->pcp_next;
		give(page, order);
	}
	give(last, 0);
	check_whole(3, 4099);
	/* More than there is: what there is. */
	chain = NULL;
	nr = frames_alloc_bulk(zone, order, MIGRATE_MOVABLE, 5000, &chain);
	ck_assert_uint_le((unsigned long)nr << order, 4096);
	ck_assert_uint_gt((unsigned long)nr << order, 4096 - (2UL << order));
}
END_TEST

static Suite *frames_suite(void)
{
	Suite *s = suite_create("frames");
	TCase *tc = tcase_create("core");

	tcase_add_loop_test(tc, random_blocks_against_the_oracle, 0,
			    (int)(sizeof(shapes) / sizeof(shapes[0])));
	tcase_add_test(tc, every_single_page_is_found);
	tcase_add_test(tc, an_order_fails_only_if_no_block_is_there);
	tcase_add_loop_test(tc, bulk_is_a_chain_of_single_blocks, 0, MAX_ORDER > 3 ? 4 : 1);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(frames_suite);
