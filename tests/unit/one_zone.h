/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * one_zone.h - a zone for tests of a page allocator design alone: struct pages without memory
 * behind them, and an array of who has which frame as the oracle.
 *
 * Everything goes by the names of frames.h, so it serves whichever design was picked.
 */
#ifndef TESTS_UNIT_ONE_ZONE_H
#define TESTS_UNIT_ONE_ZONE_H

#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include <linux-lite/frames.h>

#define MAX_PAGES	16384UL
#define START_PFN	0x80000UL

static struct zone *zone = &zones[ZONE_DMA32];
static bool owned[MAX_PAGES];

/* A zone of frames [START_PFN + @skip, START_PFN + @end), all free. */
static inline void make_zone(unsigned long skip, unsigned long end)
{
	static struct page *pages;	/* static: reachable, so not a leak */
	size_t index_bytes;

	pages = aligned_alloc(64, MAX_PAGES * sizeof(struct page));
	ck_assert_ptr_nonnull(pages);
	memset(pages, 0, MAX_PAGES * sizeof(struct page));
	host_vmemmap = pages - START_PFN;
	zone->start_pfn = START_PFN + skip;
	zone->spanned_pages = zone->present_pages = end - skip;
	spin_lock_init(&zone->lock, RANK_ZONE);
	index_bytes = frames_index_size(zone);
	frames_init(zone, index_bytes ? malloc(index_bytes) : NULL);
	for (unsigned long i = skip; i < end; i++)
		pages[i].state = PGS_FREE_TAIL;
	frames_free_range(zone, START_PFN + skip, START_PFN + end);
	ck_assert_int_eq(frames_check(zone), 0);
}

static inline unsigned long index_of(const struct page *page)
{
	return page_to_pfn(page) - START_PFN;
}

static inline void take(const struct page *page, unsigned int order)
{
	unsigned long first = index_of(page);

	ck_assert(zone_spans_pfn(zone, page_to_pfn(page)));
	ck_assert_uint_eq(page_to_pfn(page) % (1UL << order), 0);
	for (unsigned long i = first; i < first + (1UL << order); i++) {
		test_assert(!owned[i]);
		test_assert(pfn_to_page(START_PFN + i)->state == PGS_FREE_TAIL);
		owned[i] = true;
	}
}

static inline void give(struct page *page, unsigned int order)
{
	memset(owned + index_of(page), false, 1UL << order);
	frames_free(zone, page, order);
}

/* All is free again: no block is smaller than the zone's edges make it. */
static inline void check_whole(unsigned long skip, unsigned long end)
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
		ck_assert_uint_eq(frames_nr_free(zone, order), expect[order]);
	ck_assert_int_eq(frames_check(zone), 0);
}

#endif
