/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pageblock.h - what is free in one 2 MiB block of frames: a tree, as bits. mm/frame/buddy.c.
 *
 * The blocks that 2 MiB can be cut into form a binary tree: each half of a block is its child.
 * Number the root 1 and the children of n 2n and 2n + 1, as in a heap:
 *
 *	order 9                    1                     all 512 frames
 *	order 8          2                   3
 *	order 7     4         5         6         7
 *	 ...
 *	order 0   512  513  ...                1023      one frame each
 *
 * Then the block of order k with frame i is node (512 + i) >> k; its buddy is node ^ 1, and the
 * block that both make is node >> 1. One bit a node says that just this block is free: 128
 * bytes, in which everything that merging needs to know is found, without touching a struct
 * page of a frame that nobody has.
 *
 * Small cousin of Linux's include/linux/pageblock-flags.h, where a pageblock has only its type.
 */
#ifndef LINUX_LITE_PAGEBLOCK_H
#define LINUX_LITE_PAGEBLOCK_H

#include <linux-lite/bitops.h>
#include <linux-lite/zone.h>

#define EMPTINESS_ISOLATED	0xffff

/* Key: all (z) zone->lock */
struct pageblock {
	struct list_head on_shelf;	/* of its zone: zone->shelf[rank - 1][type], if rank */
	unsigned long free[2 * pageblock_nr_pages / BITS_PER_LONG];	/* bit n: node n is free */
	u16 nr[NR_PAGE_ORDERS];		/* free blocks of each order */
	u16 orders;			/* bit k: nr[k] is not 0 */
	u16 nr_free;			/* free frames */
	u8 rank;			/* 1 + order of the largest free block; 0: none */
	u8 type;			/* enum migratetype */
	u8 type_before;			/* while it is isolated: what it was */
	bool fresh;			/* free since boot: its struct pages are not written yet */
};

/* The pageblock of a frame inside @zone. */
static inline struct pageblock *pageblock_of(const struct zone *zone, unsigned long pfn)
{
	return &zone->pageblocks[(pfn >> pageblock_order) - (zone->start_pfn >> pageblock_order)];
}

/* The number of its first frame, which may be before the zone's first. */
static inline unsigned long pageblock_pfn(const struct zone *zone, const struct pageblock *pb)
{
	return ((zone->start_pfn >> pageblock_order) + (pb - zone->pageblocks)) << pageblock_order;
}

/* The 2 MiB of the first and of the last frame may reach beyond the zone. */
static inline unsigned long nr_pageblocks(const struct zone *zone)
{
	return DIV_ROUND_UP(zone_end_pfn(zone), pageblock_nr_pages) -
	       (zone->start_pfn >> pageblock_order);
}

static inline enum migratetype pageblock_type(const struct zone *zone, unsigned long pfn)
{
	return pageblock_of(zone, pfn)->type;
}

/* The block of 2^@order frames that holds frame @pfn. */
static inline unsigned int pageblock_node(unsigned long pfn, unsigned int order)
{
	return (pageblock_nr_pages + pfn % pageblock_nr_pages) >> order;
}

/* The first frame of a node, counted from its pageblock's. */
static inline unsigned int node_offset(unsigned int node, unsigned int order)
{
	return (node << order) - pageblock_nr_pages;
}

static inline bool node_is_free(const struct pageblock *pb, unsigned int node)
{
	return (pb->free[node / BITS_PER_LONG] >> (node % BITS_PER_LONG)) & 1;
}

static inline void count_add(struct zone *zone, struct pageblock *pb, unsigned int order)
{
	pb->nr[order]++;
	pb->orders |= BIT(order);
	WRITE_ONCE(zone->nr_free[order], zone->nr_free[order] + 1);
}

static inline void count_del(struct zone *zone, struct pageblock *pb, unsigned int order)
{
	if (--pb->nr[order] == 0)
		pb->orders &= ~BIT(order);
	WRITE_ONCE(zone->nr_free[order], zone->nr_free[order] - 1);
}

static inline void node_add(struct zone *zone, struct pageblock *pb, unsigned int node,
			    unsigned int order)
{
	pb->free[node / BITS_PER_LONG] |= 1UL << node % BITS_PER_LONG;
	count_add(zone, pb, order);
}

static inline void node_del(struct zone *zone, struct pageblock *pb, unsigned int node,
			    unsigned int order)
{
	pb->free[node / BITS_PER_LONG] &= ~(1UL << node % BITS_PER_LONG);
	count_del(zone, pb, order);
}

/* The lowest free block of @order. There is one: the next bit set from the level's first. */
static inline unsigned int first_node(const struct pageblock *pb, unsigned int order)
{
	unsigned int node = pageblock_nr_pages >> order, i = node / BITS_PER_LONG;
	unsigned long word = pb->free[i] & (~0UL << node % BITS_PER_LONG);

	while (!word)
		word = pb->free[++i];
	return i * BITS_PER_LONG + __ffs(word);
}

#endif
