// SPDX-License-Identifier: GPL-2.0-only
/*
 * pcp_test.c - mm/frame/pcp.c on the simulated machine, with one hart and with two.
 */
#include "suite.h"

#include <asm/host.h>
#include <linux-lite/frames.h>
#include <linux-lite/pcp.h>
#include <linux-lite/vmstat.h>

#ifdef CONFIG_PCP		/* without it there is nothing to test */

static struct zone *zone = &zones[ZONE_DMA32];

/* I2, I3 of one list. */
static void check_list(const struct pcp_list *list, unsigned int order, unsigned int kind)
{
	unsigned int nr = 0;

	for (struct page *p = list->head; p; p = p->pcp_next, nr++) {
		ck_assert_int_eq(p->state, PGS_PCP);
		ck_assert_uint_eq(p->order, order);
		if (kind != PCP_HOME)
			ck_assert_uint_eq(p->migratetype, kind);
		ck_assert_int_eq(page_ref_count(p), 0);
	}
	ck_assert_uint_eq(nr, pcp_length(list));
	ck_assert_uint_le(nr, list->limit);
}

static void check_lists(void)
{
	for (unsigned int order = 0; order <= PCP_MAX_ORDER; order++)
		for (unsigned int kind = 0; kind < PCP_NR_KINDS; kind++)
			check_list(&this_cpu(pcp).list[order][ZONE_DMA32][kind], order, kind);
}

START_TEST(last_in_first_out)
{
	struct page *a, *b;

	host_boot(NULL);
	a = alloc_page(GFP_KERNEL);
	b = alloc_page(GFP_KERNEL);
	__free_page(a);
	__free_page(b);
	ck_assert_ptr_eq(alloc_page(GFP_KERNEL), b);
	ck_assert_ptr_eq(alloc_page(GFP_KERNEL), a);
	check_lists();
}
END_TEST

START_TEST(pages_stay_with_their_type)
{
	struct page *page;

	host_boot(NULL);
	page = alloc_page(GFP_HIGHUSER_MOVABLE);
	__free_page(page);
	ck_assert_ptr_ne(alloc_page(GFP_KERNEL), page);
	ck_assert_ptr_ne(alloc_page(GFP_KERNEL | __GFP_RECLAIMABLE), page);
	ck_assert_ptr_eq(alloc_page(GFP_HIGHUSER_MOVABLE), page);
}
END_TEST

START_TEST(long_lists_are_drained_and_counted)
{
	static struct page *pages[4000];
	unsigned int larger = min(1, MAX_ORDER), all = 3000 + (1000 << larger);
	unsigned long before, alloc, free;

	host_boot(NULL);
	drain_local_pages();
	before = zone->free_pages;
	ck_assert_uint_eq(pcp_nr_pages(ZONE_DMA32), 0);
	alloc = sum_vm_event(PGALLOC_DMA32);
	free = sum_vm_event(PGFREE);
	for (int i = 0; i < 4000; i++)
		pages[i] = alloc_pages(GFP_KERNEL, i % 4 == 3 ? larger : 0);
	check_lists();
	for (int i = 0; i < 4000; i++) {
		__free_pages(pages[i], i % 4 == 3 ? larger : 0);
		if (i % 64 == 0)
			check_lists();
	}
	ck_assert_uint_eq(zone->free_pages + pcp_nr_pages(ZONE_DMA32), before);
	ck_assert_uint_le(pcp_nr_pages(ZONE_DMA32), 256);
	ck_assert_uint_eq(sum_vm_event(PGALLOC_DMA32) - alloc, all);
	ck_assert_uint_eq(sum_vm_event(PGFREE) - free, all);
	drain_local_pages();
	ck_assert_uint_eq(zone->free_pages, before);
	ck_assert_int_eq(frames_check(zone), 0);
}
END_TEST

START_TEST(batch_frees_each_page_once)
{
	struct page *pages[100];
	unsigned long before;

	host_boot(NULL);
	before = nr_free_pages();
	for (int i = 0; i < 100; i++) {
		pages[i] = alloc_pages(GFP_KERNEL, i == 50 ? min(2, MAX_ORDER) : 0);
		ck_assert(put_page_testzero(pages[i]));
	}
	free_unref_pages(pages, 100);
	check_lists();
	ck_assert_uint_eq(nr_free_pages(), before);
}
END_TEST

/* Pages that one hart allocates and the other frees. */
#define RING	256
static struct page *ring[RING];
static unsigned long head, tail, rounds = 20000;

static void consumer(void *unused)
{
	for (unsigned long i = 0; i < rounds; i++) {
		while (__atomic_load_n(&head, __ATOMIC_ACQUIRE) == i)
			cpu_relax();
		__free_page(ring[i % RING]);
		__atomic_store_n(&tail, i + 1, __ATOMIC_RELEASE);
	}
}

START_TEST(remote_frees_come_back)
{
	unsigned long before;

	host_boot(&(struct host_config){ .harts = 2 });
	drain_all_pages();
	before = nr_free_pages();
	host_run_on(1, consumer, NULL);
	for (unsigned long i = 0; i < rounds; i++) {
		while (i - __atomic_load_n(&tail, __ATOMIC_ACQUIRE) == RING)
			cpu_relax();
		ring[i % RING] = alloc_page(GFP_KERNEL);
		ck_assert_ptr_nonnull(ring[i % RING]);
		__atomic_store_n(&head, i + 1, __ATOMIC_RELEASE);
		if (i % 1000 == 0)
			drain_all_pages();
	}
	host_join(1);
	ck_assert_uint_eq(nr_free_pages(), before);
	check_lists();
	ck_assert_int_eq(frames_check(zone), 0);
}
END_TEST

/* The zone's counters do not move: nobody was in the buddy allocator, so nobody had its lock. */
START_TEST(huge_pair_takes_no_lock)
{
	struct page *page, *two;

	host_boot(&(struct host_config){ .ram_bytes = 128UL << 20 });
	page = alloc_pages(GFP_HIGHUSER_MOVABLE, pageblock_order);
	two = alloc_pages(GFP_HIGHUSER_MOVABLE, pageblock_order);
	__free_pages(page, pageblock_order);
	ck_assert_uint_ge(pcp_nr_pages(ZONE_DMA32), pageblock_nr_pages);
	for (int i = 0; i < 3; i++) {
		unsigned long free_pages = zone->free_pages;

		ck_assert_ptr_eq(alloc_pages(GFP_HIGHUSER_MOVABLE, pageblock_order), page);
		__free_pages(page, pageblock_order);
		ck_assert_uint_eq(zone->free_pages, free_pages);
	}
	__free_pages(two, pageblock_order);
	check_lists();
	drain_local_pages();
	ck_assert_uint_eq(pcp_nr_pages(ZONE_DMA32), 0);
	ck_assert_int_eq(frames_check(zone), 0);
}
END_TEST

/* Orders 4 to 8 do not stay when seldom used, nor does order 9 where it would be much of the zone. */
START_TEST(large_blocks_pass_through)
{
	host_boot(&(struct host_config){ .ram_bytes = 16UL << 20 });
	drain_local_pages();
	for (unsigned int order = PCP_SMALL_ORDER + 1; order <= pageblock_order; order++) {
		struct page *page = alloc_pages(GFP_KERNEL, order);

		ck_assert_uint_eq(pcp_nr_pages(ZONE_DMA32), 0);
		__free_pages(page, order);
		ck_assert_uint_eq(pcp_nr_pages(ZONE_DMA32), 0);
	}
}
END_TEST

static struct pcp_list *list_of(unsigned int order, unsigned int kind)
{
	return &this_cpu(pcp).list[order][ZONE_DMA32][kind];
}

/* Is what a list may hold at first as the head of pcp.c says, in a zone of so many pages? */
static void expect_limits(unsigned long managed_pages, unsigned int batch, unsigned int huge)
{
	struct pcp_stat stat;

	zone->managed_pages = managed_pages;
	drain_local_pages();			/* begin anew */
	stat = pcp_stat(0, ZONE_DMA32);
	ck_assert_uint_eq(stat.high, 4 * batch);
	ck_assert_uint_eq(stat.batch, batch);
	ck_assert_uint_eq(this_cpu(pcp).room[ZONE_DMA32], managed_pages / 8);
	for (unsigned int order = 0; order <= PCP_MAX_ORDER; order++) {
		unsigned int limit = order == 0 ? 4 * batch : order == pageblock_order ? huge :
				     order > PCP_SMALL_ORDER ? 0 : max(batch >> order, 2u);

		for (unsigned int type = 0; type < MIGRATE_PCPTYPES; type++) {
			ck_assert_uint_eq(list_of(order, type)->limit, limit);
			ck_assert_uint_eq(list_of(order, type)->emptiness, 1);
		}
		ck_assert_uint_eq(list_of(order, PCP_HOME)->limit,
				  order > PCP_SMALL_ORDER ? 1 : 32 >> order);
	}
}

START_TEST(lists_are_as_long_as_the_zone_allows)
{
	unsigned long managed;

	host_boot(NULL);
	managed = zone->managed_pages;
	expect_limits(1024, 4, 0);
	expect_limits(5 * 1024 - 1, 4, 0);
	expect_limits(5 * 1024, 5, 0);
	expect_limits(20 * 1024 - 1, 19, 1);
	expect_limits(20 * 1024, 20, 1);
	expect_limits(2 * 32 * pageblock_nr_pages - 1, 31, 1);
	expect_limits(2 * 32 * pageblock_nr_pages, 32, 2);
	expect_limits(1024 * 1024, 32, 4);
	zone->managed_pages = managed;
}
END_TEST

/* A list that was full and ran dry, with room for @room pages more: its limit after that. */
static unsigned int grown(unsigned int order, unsigned int limit, unsigned int room)
{
	struct pcp_list *list = list_of(order, MIGRATE_UNMOVABLE);
	unsigned int now;

	drain_local_pages();
	list->limit = limit;
	list->emptiness = 0;
	this_cpu(pcp).room[ZONE_DMA32] = room;
	__free_pages(alloc_pages(GFP_KERNEL, order), order);
	now = list->limit;
	ck_assert_uint_eq(this_cpu(pcp).room[ZONE_DMA32], room - ((now - limit) << order));
	return now;
}

START_TEST(a_short_list_doubles_while_there_is_room)
{
	host_boot(&(struct host_config){ .ram_bytes = 128UL << 20 });
	ck_assert_uint_eq(grown(0, 100, 10000), 200);
	ck_assert_uint_eq(grown(4, 0, 10000), 1);
	ck_assert_uint_eq(grown(0, 100, 30), 130);
	ck_assert_uint_eq(grown(2, 10, 11), 12);
	ck_assert_uint_eq(grown(0, 3000, 10000), 4096);
	ck_assert_uint_eq(grown(2, 600, 10000), 1024);
}
END_TEST

/* A quarter of the limit comes at once; of larger blocks no more than 64 pages, but one. */
START_TEST(a_batch_keeps_interrupts_waiting_for_little)
{
	static const struct { unsigned int order, limit, stay; } asks[] = {
		{ 0, 100, 24 }, { 0, 1000, 63 }, { 3, 100, 7 }, { 7, 8, 0 }, { 9, 8, 0 }, { 1, 3, 0 },
	};

	host_boot(&(struct host_config){ .ram_bytes = 128UL << 20 });
	for (unsigned int i = 0; i < ARRAY_SIZE(asks); i++) {
		struct pcp_list *list = list_of(asks[i].order, MIGRATE_UNMOVABLE);
		struct page *page;

		drain_local_pages();
		list->limit = asks[i].limit;
		page = alloc_pages(GFP_KERNEL, asks[i].order);
		ck_assert_uint_eq(pcp_length(list), asks[i].stay);
		/* Never 0, which would say that it was full. */
		ck_assert_uint_eq(list->emptiness,
				  max(1u, frames_emptiness(zone, page_to_pfn(page))));
		__free_pages(page, asks[i].order);
	}
}
END_TEST

/* What is on a list has passed the watermarks already; and is not cleared unless one asks. */
START_TEST(a_list_gives_what_it_has)
{
	static const unsigned int orders[] = { 0, 3, 9 };

	host_boot(&(struct host_config){ .ram_bytes = 128UL << 20 });
	for (unsigned int i = 0; i < ARRAY_SIZE(orders); i++) {
		gfp_t gfp = GFP_NOWAIT | __GFP_NOWARN | (orders[i] ? __GFP_COMP : 0);
		struct page *page = alloc_pages(gfp, orders[i]);
		unsigned long was = zone->free_pages;

		*(char *)page_address(page) = 77;
		__free_pages(page, orders[i]);
		zone->free_pages = 0;
		ck_assert_ptr_eq(alloc_pages(gfp, orders[i]), page);
		zone->free_pages = was;
		ck_assert_int_eq(*(char *)page_address(page), 77);
	}
}
END_TEST

static void alloc_and_free(struct page **pages, unsigned int nr, unsigned int order)
{
	for (unsigned int i = 0; i < nr; i++)
		pages[i] = alloc_pages(GFP_KERNEL, order);
	for (unsigned int i = 0; i < nr; i++)
		__free_pages(pages[i], order);
	check_lists();
}

/* As many as come and go again and again are kept in the end, of whatever order. */
START_TEST(short_lists_grow)
{
	static struct page *pages[1000];
	const struct { unsigned int order, nr; } bursts[] = { { 0, 1000 }, { 3, 20 }, { 5, 4 } };

	host_boot(&(struct host_config){ .ram_bytes = 128UL << 20 });
	for (unsigned int i = 0; i < ARRAY_SIZE(bursts); i++) {
		unsigned long free_pages;

		for (int round = 0; round < 6; round++)
			alloc_and_free(pages, bursts[i].nr, bursts[i].order);
		free_pages = zone->free_pages;
		for (unsigned int j = 0; j < bursts[i].nr; j++)
			pages[j] = alloc_pages(GFP_KERNEL, bursts[i].order);
		ck_assert_uint_eq(zone->free_pages, free_pages);
		for (unsigned int j = 0; j < bursts[i].nr; j++)
			__free_pages(pages[j], bursts[i].order);
		ck_assert_uint_eq(zone->free_pages, free_pages);
	}
	drain_local_pages();		/* and lists are short again */
	alloc_and_free(pages, 4, 5);
	ck_assert_uint_eq(pcp_nr_pages(ZONE_DMA32), 0);
	ck_assert_int_eq(frames_check(zone), 0);
}
END_TEST

/* What all lists of this hart may hold. */
static unsigned long sum_of_limits(void)
{
	unsigned long pages = 0;

	for (unsigned int order = 0; order <= PCP_MAX_ORDER; order++)
		for (unsigned int kind = 0; kind < PCP_NR_KINDS; kind++)
			pages += (unsigned long)this_cpu(pcp).list[order][ZONE_DMA32][kind].limit
				 << order;
	return pages;
}

/* However much comes and goes, all lists of a hart grow by an eighth of the zone together. */
START_TEST(room_for_lists_ends)
{
	static struct page *pages[1500];
	unsigned long first;

	host_boot(&(struct host_config){ .ram_bytes = 64UL << 20 });
	first = sum_of_limits();
	for (int round = 0; round < 10; round++)
		for (unsigned int order = 0; order < 8; order++)
			alloc_and_free(pages, ARRAY_SIZE(pages) >> order, order);
	ck_assert_uint_le(sum_of_limits(), first + zone->managed_pages / 8);
	ck_assert_uint_ge(sum_of_limits(), first + zone->managed_pages / 16);
}
END_TEST

/*
 * Half of memory stays in use, spread over all pageblocks, while its pages come and go one by
 * one. Without frames_emptiness() each is handed out again where it is, and none becomes whole.
 */
START_TEST(emptier_pageblocks_become_whole)
{
	static struct page *pages[8192];
	unsigned int nr = 0, half, whole = 0;
	uint64_t rng = test_seed();

	host_boot(&(struct host_config){ .ram_bytes = 32UL << 20 });
	while (zone->free_pages > zone->watermark[WMARK_LOW] + 64)
		pages[nr++] = alloc_page(GFP_KERNEL);
	for (half = nr / 2; nr > half; nr--) {
		unsigned int i = test_random(&rng) % nr;

		__free_page(pages[i]);
		pages[i] = pages[nr - 1];
	}
	for (unsigned int i = 0; i < 16 * half; i++) {
		unsigned int slot = test_random(&rng) % half;

		__free_page(pages[slot]);
		pages[slot] = alloc_page(GFP_KERNEL);
	}
	drain_local_pages();
	while (alloc_pages(__GFP_MEMALLOC | __GFP_NOWARN, pageblock_order))
		whole++;
	ck_assert_uint_ge(whole, (half >> pageblock_order) * 3 / 4);
}
END_TEST

static Suite *pcp_suite(void)
{
	Suite *s = suite_create("pcp");
	TCase *tc = tcase_create("one_hart");
	TCase *two = tcase_create("two_harts");

	tcase_add_test(tc, last_in_first_out);
	tcase_add_test(tc, pages_stay_with_their_type);
	tcase_add_test(tc, long_lists_are_drained_and_counted);
	tcase_add_test(tc, batch_frees_each_page_once);
	if (PCP_MAX_ORDER == pageblock_order) {
		tcase_add_test(tc, huge_pair_takes_no_lock);
		tcase_add_test(tc, large_blocks_pass_through);
		tcase_add_test(tc, lists_are_as_long_as_the_zone_allows);
		tcase_add_test(tc, a_short_list_doubles_while_there_is_room);
		tcase_add_test(tc, a_batch_keeps_interrupts_waiting_for_little);
		tcase_add_test(tc, a_list_gives_what_it_has);
		tcase_add_test(tc, short_lists_grow);
		tcase_add_test(tc, room_for_lists_ends);
		tcase_add_test(tc, emptier_pageblocks_become_whole);
	}
	suite_add_tcase(s, tc);
	tcase_add_test(two, remote_frees_come_back);
	suite_add_tcase(s, two);
	return s;
}
REGISTER_SUITE(pcp_suite);

#endif
