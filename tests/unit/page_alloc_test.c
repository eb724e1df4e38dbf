// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_alloc_test.c - mm/frame/page_alloc.c and page_util.c on the simulated machine.
 */
#include "suite.h"
#include "log.h"

#include <stdlib.h>
#include <string.h>

#include <asm/host.h>
#include <linux-lite/frames.h>
#include <linux-lite/memblock.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>
#include <linux-lite/vmstat.h>

static struct zone *zone = &zones[ZONE_DMA32];

static void boot(void)
{
	host_boot(NULL);
}

/* Free pages, and nothing hidden on a hart's list. */
static unsigned long settled_free(void)
{
	drain_all_pages();
	ck_assert_int_eq(frames_check(zone), 0);
	return nr_free_pages();
}

START_TEST(boot_accounts_for_all_ram)
{
	ck_assert_uint_eq(memblock_phys_mem_size() >> PAGE_SHIFT, zone->present_pages);
	ck_assert_uint_le(totalram_pages(), zone->present_pages);
	/* 64 MiB: sqrt(64 Ki * 16) KiB = 1 MiB, a little less for what boot took. */
	ck_assert_uint_le(zone->watermark[WMARK_MIN], 256);
	ck_assert_uint_ge(zone->watermark[WMARK_MIN], 245);
	ck_assert_uint_eq(zone->watermark[WMARK_LOW], zone->watermark[WMARK_MIN] +
			  zone->watermark[WMARK_MIN] / 4);
	ck_assert_uint_eq(zone->watermark[WMARK_HIGH] - zone->watermark[WMARK_LOW],
			  zone->watermark[WMARK_LOW] - zone->watermark[WMARK_MIN]);
	ck_assert_int_eq(frames_check(zone), 0);
	ck_assert_uint_eq(zero_page->state, PGS_RESERVED);
	ck_assert_int_eq(*(int *)page_address(zero_page), 0);
}
END_TEST

START_TEST(new_page_is_as_promised)
{
	unsigned int order = _i;
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_ZERO, order);
	unsigned char *va;
	unsigned long before;

	ck_assert_ptr_nonnull(page);
	before = settled_free();
	va = page_address(page);
	for (unsigned long i = 0; i < PAGE_SIZE << order; i++)
		test_assert(va[i] == 0);
	ck_assert_int_eq(page->state, PGS_KERNEL);
	ck_assert_int_eq(page_ref_count(page), 1);
	ck_assert_int_eq(page_mapcount(page), 0);
	ck_assert_uint_eq(page->flags, 0);
	ck_assert_uint_eq(page->order, order);
	ck_assert_ptr_null(page->mapping);
	ck_assert_ptr_eq(virt_to_page(va), page);
	/* A second reference keeps it. */
	get_page(page);
	memset(va, 0xff, PAGE_SIZE << order);
	__free_pages(page, order);
	ck_assert_int_eq(page->state, PGS_KERNEL);
	ck_assert_uint_eq(settled_free(), before);
	put_page(page);
	ck_assert_uint_eq(settled_free(), before + (1UL << order));
}
END_TEST

START_TEST(pages_are_counted_and_know_their_type)
{
	unsigned int order = _i;
	unsigned long alloc = sum_vm_event(PGALLOC_DMA32), free = sum_vm_event(PGFREE);
	struct page *page = alloc_pages(GFP_HIGHUSER_MOVABLE, order);

	ck_assert_ptr_nonnull(page);
	ck_assert_int_eq(page->migratetype, MIGRATE_MOVABLE);
	ck_assert_uint_eq(sum_vm_event(PGALLOC_DMA32), alloc + (1UL << order));
	__free_pages(page, order);
	ck_assert_uint_eq(sum_vm_event(PGFREE), free + (1UL << order));
}
END_TEST

/* A block is given if the mark and what is reserved for others stay behind it. */
START_TEST(watermarks_count_the_whole_block)
{
	unsigned long was = zone->free_pages, min = zone->watermark[WMARK_MIN];
	static const struct { gfp_t gfp; unsigned int order, halves; } asks[] = {
		{ GFP_KERNEL, 0, 2 }, { GFP_KERNEL, 3, 2 }, { GFP_ATOMIC, 0, 1 },
		{ GFP_KERNEL | __GFP_MEMALLOC, 0, 0 }, { GFP_KERNEL | __GFP_MEMALLOC, 2, 0 },
	};

	for (unsigned int reserved = 0; reserved <= 100; reserved += 100) {
		zone->lowmem_reserve[gfp_zone(GFP_KERNEL)] = reserved;
		for (unsigned int i = 0; i < ARRAY_SIZE(asks); i++) {
			unsigned int order = min(asks[i].order, MAX_ORDER + 0u);
			unsigned long stays = reserved + (asks[i].halves == 2 ? min :
							  asks[i].halves ? min - min / 2 : 0);

			zone->free_pages = stays + (1UL << order);
			ck_assert(zone_watermark_ok(zone, order, WMARK_MIN, asks[i].gfp));
			zone->free_pages--;
			ck_assert(!zone_watermark_ok(zone, order, WMARK_MIN, asks[i].gfp));
		}
	}
	zone->free_pages = was;
}
END_TEST

/* Many free pages, and no two side by side. */
START_TEST(no_mark_lets_a_block_through_that_is_not_there)
{
	unsigned long was;

	while (alloc_page(GFP_NOWAIT | __GFP_MEMALLOC | __GFP_NOWARN))
		;
	was = zone->free_pages;
	zone->free_pages = zone->managed_pages;
	ck_assert(zone_watermark_ok(zone, 0, WMARK_MIN, GFP_KERNEL));
	for (unsigned int order = 1; order <= MAX_ORDER; order++)
		ck_assert_int_eq(zone_watermark_ok(zone, order, WMARK_MIN, GFP_KERNEL),
				 frames_may_have(zone, order));
	zone->free_pages = was;
}
END_TEST

static bool told_of_failure(gfp_t gfp)
{
	struct page *page;
	const char *log;

	listen();
	page = alloc_page(gfp);
	log = heard();
	ck_assert_int_eq(!page, !(gfp & __GFP_MEMALLOC));
	return strstr(log, "page allocation failure: order:0, mode:");
}

START_TEST(failure_is_told_unless_nobody_wants_to_know)
{
	while (alloc_page(GFP_NOWAIT | __GFP_NOWARN))
		;
	ck_assert(told_of_failure(GFP_NOWAIT));
	ck_assert(!told_of_failure(GFP_NOWAIT | __GFP_NOWARN));
	ck_assert(!told_of_failure(GFP_NOWAIT | __GFP_MEMALLOC));	/* it has one */
}
END_TEST

START_TEST(compound_tails_find_their_head)
{
	unsigned long before = settled_free();
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_COMP, 3);

	for (int i = 0; i < 8; i++)
		ck_assert_ptr_eq(compound_head(page + i), page);
	get_page(compound_head(page + 5));
	put_page(page + 5);
	put_page(page + 7);			/* the last reference, by a tail */
	ck_assert_uint_eq(settled_free(), before);
}
END_TEST

/* Is it refused, for this reason? */
static bool reported(void (*bad)(struct page *), struct page *page, const char *reason)
{
	unsigned long before = settled_free();
	char line[100];

	listen();
	bad(page);
	snprintf(line, sizeof(line), "page dumped because: %s\n", reason);
	return strstr(heard(), line) && settled_free() == before;
}

static void free_again(struct page *page) { __free_page(page); }
static void free_unref(struct page *page) { free_unref_page(page); }
static void free_as_order_1(struct page *page) { __free_pages(page, 1); }

START_TEST(bad_frees_are_refused)
{
	static const char not_first[] = "page is free already, or not the first of its block";
	struct page *page = alloc_page(GFP_KERNEL), *block;
	struct page *mapped = alloc_page(GFP_KERNEL), *locked = alloc_page(GFP_KERNEL);
	unsigned int order = min(2, MAX_ORDER);

	block = alloc_pages(GFP_KERNEL, order);
	ck_assert(reported(free_unref, page, "nonzero _refcount"));
	ck_assert(reported(free_as_order_1, block, "freed with another order than allocated"));
	if (order)
		ck_assert(reported(free_unref, block + 1, not_first));
	atomic_set(&mapped->_mapcount, 1);
	ck_assert(reported(free_again, mapped, "nonzero mapcount"));
	set_page_flag(locked, PG_locked);
	ck_assert(reported(free_again, locked, "PAGE_FLAGS_CHECK_AT_FREE flag(s) set"));
	ck_assert(reported(free_again, zero_page, "reserved page freed"));
	__free_page(page);
	ck_assert(reported(free_again, page, "freed with no reference"));
	ck_assert_int_eq(page_ref_count(page), 0);
	ck_assert(reported(free_unref, page, not_first));
}
END_TEST

static void free_in_a_batch(struct page *page)
{
	free_unref_pages(&page, 1);
}

START_TEST(batches_are_looked_at_page_by_page)
{
	struct page *locked = alloc_page(GFP_KERNEL), *dirty = alloc_page(GFP_KERNEL);

	set_page_flag(locked, PG_locked);
	ck_assert(put_page_testzero(locked));
	ck_assert(reported(free_in_a_batch, locked, "PAGE_FLAGS_CHECK_AT_FREE flag(s) set"));
	set_page_flag(dirty, PG_dirty);
	ck_assert(put_page_testzero(dirty));
	free_unref_pages(&dirty, 1);
	ck_assert_uint_eq(dirty->flags, 0);
}
END_TEST

START_TEST(only_a_reservation_nobody_uses_becomes_memory)
{
	struct page *page = alloc_page(GFP_KERNEL);

	ck_assert(reported(free_reserved_page, page, "not a reserved page"));
	get_page(zero_page);
	ck_assert(reported(free_reserved_page, zero_page, "not a reserved page"));
}
END_TEST

START_TEST(wild_addresses_are_refused)
{
	char *va = __get_free_page(GFP_KERNEL), local;
	unsigned long before = settled_free();

	free_pages(va + 8, 0);
	free_pages(&local, 0);
	free_pages((void *)PAGE_SIZE, 0);
	free_pages(__va(max_pfn << PAGE_SHIFT), 0);
	free_pages(__va((min_pfn - 1) << PAGE_SHIFT), 0);
	free_pages(NULL, 0);
	ck_assert_uint_eq(settled_free(), before);
	free_pages(va, 0);
	ck_assert_uint_eq(settled_free(), before + 1);
}
END_TEST

START_TEST(double_free_on_a_list_is_refused)
{
	struct page *page = alloc_page(GFP_KERNEL), *first, *second;

	__free_page(page);			/* now on this hart's list */
	free_unref_page(page);
	first = alloc_page(GFP_KERNEL);
	second = alloc_page(GFP_KERNEL);
	ck_assert_ptr_ne(first, second);
}
END_TEST

/* Take all that @gfp can get, chained through the pages; *@nr: how many. */
static void **exhaust(gfp_t gfp, unsigned long *nr)
{
	void **chain = NULL, **page;

	for (*nr = 0; (page = __get_free_page(gfp | __GFP_NOWARN)); ++*nr) {
		*page = chain;
		chain = page;
	}
	return chain;
}

static void release(void **chain)
{
	while (chain) {
		void **next = *chain;

		free_page(chain);
		chain = next;
	}
}

START_TEST(reserves_are_for_those_who_may)
{
	unsigned long before = settled_free(), kernel, atomic, memalloc;
	unsigned long min = zone->watermark[WMARK_MIN];
	void **a = exhaust(GFP_KERNEL, &kernel);
	void **b, **c;

	/* A batch may cross the line, for it is looked at once a batch. */
	ck_assert_uint_le(before - kernel, min + 1);
	ck_assert_uint_ge(before - kernel, min - 64);
	b = exhaust(GFP_ATOMIC, &atomic);
	ck_assert_uint_ge(atomic, 32);
	c = exhaust(GFP_NOWAIT | __GFP_MEMALLOC, &memalloc);
	ck_assert_uint_eq(before - kernel - atomic - memalloc, nr_free_pages());
	ck_assert_uint_eq(nr_free_pages(), 0);
	ck_assert_ptr_null(alloc_pages(GFP_KERNEL | __GFP_NOWARN | __GFP_NORETRY, 4));
	release(a);
	release(b);
	release(c);
	ck_assert_uint_eq(settled_free(), before);
}
END_TEST

static void **to_reclaim;

static unsigned long reclaim_some(gfp_t gfp, unsigned int order)
{
	unsigned long nr;

	for (nr = 0; nr < 32 && to_reclaim; nr++) {
		void **next = *to_reclaim;

		free_page(to_reclaim);
		to_reclaim = next;
	}
	return nr;
}

START_TEST(shortage_calls_reclaim)
{
	static const struct reclaim_hooks hooks = { .try_to_free_pages = reclaim_some };
	unsigned long nr, stalls = sum_vm_event(ALLOCSTALL_DMA32);

	to_reclaim = exhaust(GFP_KERNEL, &nr);
	ck_assert_ptr_null(alloc_page(GFP_KERNEL | __GFP_NOWARN));
	reclaim_hooks = &hooks;
	ck_assert_ptr_null(alloc_page(GFP_NOWAIT | __GFP_NOWARN));
	for (unsigned long i = 0; i < nr / 2; i++)
		ck_assert_ptr_nonnull(alloc_page(GFP_KERNEL));
	ck_assert_uint_gt(sum_vm_event(ALLOCSTALL_DMA32), stalls);
	ck_assert_ptr_nonnull(alloc_page(GFP_KERNEL | __GFP_NOFAIL));
}
END_TEST

static unsigned int nr_woken, nr_reclaims, nr_kills;
static unsigned long reclaim_claims;		/* pages it says it has freed */
static unsigned int kills_until_release;

static void count_wakeup(struct zone *z, unsigned int order)
{
	nr_woken++;
}

static unsigned long count_reclaim(gfp_t gfp, unsigned int order)
{
	nr_reclaims++;
	return reclaim_claims;
}

/* It never says that it helped; but after some calls it did. */
static bool count_kill(gfp_t gfp, unsigned int order)
{
	if (++nr_kills == kills_until_release)
		release(to_reclaim);
	return false;
}

START_TEST(kswapd_is_woken_below_the_low_watermark)
{
	static const struct reclaim_hooks hooks = { .wakeup_kswapd = count_wakeup };

	reclaim_hooks = &hooks;
	while (nr_free_pages() > zone->watermark[WMARK_LOW] + 64) {
		ck_assert_ptr_nonnull(alloc_page(GFP_KERNEL));
		ck_assert_uint_eq(nr_woken, 0);
	}
	while (!nr_woken)
		ck_assert_ptr_nonnull(alloc_page(GFP_KERNEL));
	ck_assert_uint_ge(nr_free_pages(), zone->watermark[WMARK_MIN]);
	nr_woken = 0;
	while (alloc_page(__GFP_HIGH | __GFP_NOWARN))
		ck_assert_uint_eq(nr_woken, 0);		/* it didn't ask */
}
END_TEST

START_TEST(the_killer_is_asked_last)
{
	static const struct reclaim_hooks hooks = {
		.try_to_free_pages = count_reclaim, .out_of_memory = count_kill,
	};
	unsigned long nr, flags;

	to_reclaim = exhaust(GFP_KERNEL, &nr);
	reclaim_hooks = &hooks;
	ck_assert_ptr_null(alloc_page(GFP_KERNEL | __GFP_NOWARN));
	ck_assert_uint_eq(nr_reclaims, 1);
	ck_assert_uint_eq(nr_kills, 1);
	ck_assert_ptr_null(alloc_page(GFP_KERNEL | __GFP_NOWARN | __GFP_NORETRY));
	ck_assert_uint_eq(nr_reclaims, 2);
	ck_assert_uint_eq(nr_kills, 1);
	/* Who may not sleep asks nobody. */
	flags = local_irq_save();
	ck_assert_ptr_null(alloc_page(GFP_KERNEL | __GFP_NOWARN));
	local_irq_restore(flags);
	ck_assert_uint_eq(nr_reclaims, 2);
	/* Reclaim that frees what others take: sixteen rounds, then somebody must go. */
	reclaim_claims = 1;
	nr_reclaims = 0;
	ck_assert_ptr_null(alloc_page(GFP_KERNEL | __GFP_NOWARN));
	ck_assert_uint_eq(nr_reclaims, 16);
	ck_assert_uint_eq(nr_kills, 2);
	/* NOFAIL goes on when nobody has an idea any more. */
	reclaim_claims = 0;
	kills_until_release = 5;
	ck_assert_ptr_nonnull(alloc_page(GFP_KERNEL | __GFP_NOFAIL));
	ck_assert_uint_eq(nr_kills, 5);
}
END_TEST

START_TEST(exact_allocations_keep_no_more)
{
	unsigned long before = settled_free();
	char *p = alloc_pages_exact(5 * PAGE_SIZE - 1, GFP_KERNEL);

	ck_assert_ptr_nonnull(p);
	memset(p, 1, 5 * PAGE_SIZE);
	ck_assert_uint_eq(settled_free(), before - 5);
	free_pages_exact(p, 5 * PAGE_SIZE - 1);
	ck_assert_uint_eq(settled_free(), before);
}
END_TEST

START_TEST(orders_beyond_the_largest_fail)
{
	ck_assert_ptr_null(alloc_pages(GFP_KERNEL | __GFP_NOWARN, MAX_ORDER + 1));
	free_pages(NULL, 0);
	ck_assert_uint_eq(get_order(1), 0);
	ck_assert_uint_eq(get_order(PAGE_SIZE), 0);
	ck_assert_uint_eq(get_order(PAGE_SIZE + 1), 1);
}
END_TEST

START_TEST(random_mix_with_contents)
{
	struct { unsigned long *va; unsigned int order; unsigned long tag; } live[512];
	uint64_t rng = test_seed();
	unsigned long before = settled_free();
	unsigned int nr = 0;

	for (int step = 0; step < 20000; step++) {
		unsigned int i = test_random(&rng) % 512;

		if (i < nr) {
			unsigned long last = (PAGE_SIZE << live[i].order) / sizeof(long) - 1;

			ck_assert_uint_eq(live[i].va[0], live[i].tag);
			ck_assert_uint_eq(live[i].va[last], live[i].tag);
			free_pages(live[i].va, live[i].order);
			live[i] = live[--nr];
		} else if (nr < 512) {
			unsigned int order = test_random(&rng) % min(6, NR_PAGE_ORDERS);
			gfp_t gfp = test_random(&rng) % 2 ? GFP_KERNEL : GFP_HIGHUSER_MOVABLE;
			unsigned long *va = __get_free_pages(gfp, order);

			ck_assert_ptr_nonnull(va);
			live[nr].va = va;
			live[nr].order = order;
			live[nr].tag = va[0] = test_random(&rng);
			va[(PAGE_SIZE << order) / sizeof(long) - 1] = va[0];
			nr++;
		}
	}
	while (nr--)
		free_pages(live[nr].va, live[nr].order);
	ck_assert_uint_eq(settled_free(), before);
}
END_TEST

START_TEST(freed_reservation_becomes_memory)
{
	unsigned long free = settled_free(), total = totalram_pages();

	/* The zero page is as good a reservation as any: nobody uses it here. */
	ck_assert_int_eq(memblock_phys_free(page_to_phys(zero_page), PAGE_SIZE), 0);
	ck_assert_int_eq(page_ref_count(zero_page), 0);
	ck_assert_uint_eq(settled_free(), free + 1);
	ck_assert_uint_eq(totalram_pages(), total + 1);
}
END_TEST

static Suite *page_alloc_suite(void)
{
	Suite *s = suite_create("page_alloc");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, boot, NULL);
	tcase_add_test(tc, boot_accounts_for_all_ram);
	tcase_add_loop_test(tc, new_page_is_as_promised, 0, NR_PAGE_ORDERS);
	tcase_add_loop_test(tc, pages_are_counted_and_know_their_type, 0, NR_PAGE_ORDERS);
	if (MAX_ORDER >= 3)
		tcase_add_test(tc, compound_tails_find_their_head);
	tcase_add_test(tc, bad_frees_are_refused);
	tcase_add_test(tc, watermarks_count_the_whole_block);
	tcase_add_test(tc, no_mark_lets_a_block_through_that_is_not_there);
	tcase_add_test(tc, failure_is_told_unless_nobody_wants_to_know);
	tcase_add_test(tc, batches_are_looked_at_page_by_page);
	tcase_add_test(tc, wild_addresses_are_refused);
	tcase_add_test(tc, double_free_on_a_list_is_refused);
	tcase_add_test(tc, reserves_are_for_those_who_may);
	tcase_add_test(tc, only_a_reservation_nobody_uses_becomes_memory);
	tcase_add_test(tc, shortage_calls_reclaim);
	tcase_add_test(tc, kswapd_is_woken_below_the_low_watermark);
	tcase_add_test(tc, the_killer_is_asked_last);
	if (MAX_ORDER >= 3)
		tcase_add_test(tc, exact_allocations_keep_no_more);
	tcase_add_test(tc, orders_beyond_the_largest_fail);
	tcase_add_test(tc, random_mix_with_contents);
	tcase_add_test(tc, freed_reservation_becomes_memory);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(page_alloc_suite);
