/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * buddy.h - free blocks of 2^order frames, split and merged. mm/frame/buddy.c.
 *
 * The pure algorithm: it knows zones and struct page and nothing of watermarks,
 * per-CPU lists, clearing or reports; page_alloc.c and pcp.c put those on top, and call it
 * by the names of frames.h.
 *
 * Context of all: zone->lock held, interrupts off (or boot, one hart).
 */
#ifndef LINUX_LITE_BUDDY_H
#define LINUX_LITE_BUDDY_H

#include <linux-lite/zone.h>

/* Empty lists; every pageblock MOVABLE. @pageblock_type: one byte each, the zone keeps it. */
void buddy_init(struct zone *zone, u8 *pageblock_type);
/* Bytes of pageblock_type that a zone needs. */
size_t buddy_index_size(const struct zone *zone);

/* Return: the first page of a block, state PGS_FREE_TAIL; NULL: no such block. */
struct page *buddy_alloc(struct zone *zone, unsigned int order, enum migratetype type);
/* Take up to @nr blocks of 2^order; chained by pcp_next in front of *@chain. Return: how many. */
unsigned int buddy_alloc_bulk(struct zone *zone, unsigned int order, enum migratetype type,
			      unsigned int nr, struct page **chain);
/* The block's pages are in no list and not in use; it is merged with its free buddies. */
void buddy_free(struct zone *zone, struct page *page, unsigned int order);
/* Free [start_pfn, end_pfn), all inside the zone, in the largest blocks. */
void buddy_free_range(struct zone *zone, unsigned long start_pfn, unsigned long end_pfn);
/* Walk the invariants. Return: 0, or the number of the first one broken. */
int buddy_check(const struct zone *zone);

/* Free blocks of one order: a snapshot. */
static inline unsigned long buddy_nr_free(const struct zone *zone, unsigned int order)
{
	return READ_ONCE(zone->free_area[order].nr_free);
}

/* Read without the lock: a hint. */
static inline bool buddy_may_have(const struct zone *zone, unsigned int order)
{
	for (unsigned int o = order; o <= MAX_ORDER; o++)
		if (buddy_nr_free(zone, o))
			return true;
	return false;
}

static inline enum migratetype pageblock_type(const struct zone *zone, unsigned long pfn)
{
	return zone->pageblock_type[(pfn >> pageblock_order) -
				    (zone->start_pfn >> pageblock_order)];
}

#endif
