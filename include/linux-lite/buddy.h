/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * buddy.h - free blocks of 2^order frames, split and merged. mm/frame/buddy.c.
 *
 * The pure algorithm: it knows zones and pageblocks and nothing of watermarks, per-CPU lists,
 * clearing or reports; page_alloc.c and pcp.c put those on top, and call it by the names of
 * frames.h.
 *
 * Context of all: zone->lock held, interrupts off (or boot, one hart).
 */
#ifndef LINUX_LITE_BUDDY_H
#define LINUX_LITE_BUDDY_H

#include <linux-lite/pageblock.h>

/* Nothing is free; every pageblock MOVABLE. @index: buddy_index_size() bytes, the zone keeps it. */
void buddy_init(struct zone *zone, void *index);
/* Bytes for a zone's pageblocks. */
size_t buddy_index_size(const struct zone *zone);

/* Return: the first page of a block, state PGS_FREE_TAIL; NULL: no such block. */
struct page *buddy_alloc(struct zone *zone, unsigned int order, enum migratetype type);
/* Take up to @nr blocks of 2^order; chained by pcp_next in front of *@chain. Return: how many. */
unsigned int buddy_alloc_bulk(struct zone *zone, unsigned int order, enum migratetype type,
			      unsigned int nr, struct page **chain);
/* The block's pages are in no list and not in use; it is merged with its free buddies. */
void buddy_free(struct zone *zone, struct page *page, unsigned int order);
/*
 * Boot: free [start_pfn, end_pfn), all inside the zone, in the largest blocks. The struct pages
 * of whole pageblocks in it need not be written: that is done when one of them is first used.
 */
void buddy_free_range(struct zone *zone, unsigned long start_pfn, unsigned long end_pfn);
#define buddy_writes_pages	true
/* Walk the invariants. Return: 0, or the number of the first one broken. */
int buddy_check(const struct zone *zone);

/* Return: the order of the free block that holds frame @pfn; -1: it is not free. */
int buddy_order_at(const struct zone *zone, unsigned long pfn);

/* Free blocks of one order: a snapshot. */
static inline unsigned long buddy_nr_free(const struct zone *zone, unsigned int order)
{
	return READ_ONCE(zone->nr_free[order]);
}

/* The same for each migrate type. No lock. mm/frame/buddy_types.c */
void buddy_count_types(const struct zone *zone, struct type_sums *sums);

/* Read without the lock: a hint. */
static inline bool buddy_may_have(const struct zone *zone, unsigned int order)
{
	for (unsigned int o = order; o <= MAX_ORDER; o++)
		if (buddy_nr_free(zone, o))
			return true;
	return false;
}

/*
 * How empty is the pageblock of a frame? As many frames of it are free; more than there are:
 * its free pages are wanted here at once. Read without the lock: a hint.
 */
static inline unsigned int buddy_emptiness(const struct zone *zone, unsigned long pfn)
{
	return READ_ONCE(zone->emptiness[pfn >> pageblock_order]);
}

/* Read without the lock: a hint. */
static inline enum migratetype buddy_block_type(const struct zone *zone, unsigned long pfn)
{
	return READ_ONCE(pageblock_of(zone, pfn)->type);
}

/* For the files that work on single pageblocks: the one changed, so it may have to move. */
void buddy_shelve(struct zone *zone, struct pageblock *pb);
/* An order-10 block is two pageblocks: make them stand for themselves. */
void buddy_split_pair(struct zone *zone, struct pageblock *pb);
void buddy_join_pair(struct zone *zone, struct pageblock *pb);
/* One frame of a pageblock that has a free one, as buddy_alloc() gives it. */
struct page *buddy_take_page(struct zone *zone, struct pageblock *pb);
/* Frames of a fresh pageblock are to be used: write its struct pages. */
void buddy_write_fresh(struct zone *zone, struct pageblock *pb);

#endif
