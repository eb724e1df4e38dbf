/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * zone.h - ranges of frames with one set of free lists each. mm/frame/.
 *
 *	zones[]         DMA32: below 4 GiB         NORMAL: the rest
 *	  pageblocks[]  what is free in each 2 MiB, on shelf[largest free order][migratetype]
 *	  watermark[]   min | low | high           pages that should stay free
 *
 * An allocation starts in the highest zone it may use and falls back downward. What
 * only DMA32 can do should not be eaten up by those who could go elsewhere, so DMA32
 * keeps lowmem_reserve[] pages from them.
 *
 * Small cousin of Linux's include/linux/mmzone.h; left out: NUMA nodes, ZONE_DMA
 * (riscv has no 16 MiB devices), ZONE_MOVABLE, zone lists (two zones need none).
 */
#ifndef LINUX_LITE_ZONE_H
#define LINUX_LITE_ZONE_H

#include <linux-lite/gfp.h>
#include <linux-lite/list.h>
#include <linux-lite/spinlock.h>

enum zone_type { ZONE_DMA32, ZONE_NORMAL, MAX_NR_ZONES };

/* Values as gfp_migratetype() computes them from __GFP_MOVABLE and __GFP_RECLAIMABLE. */
enum migratetype {
	MIGRATE_UNMOVABLE,
	MIGRATE_MOVABLE,
	MIGRATE_RECLAIMABLE,
	MIGRATE_PCPTYPES,			/* those that can be asked for */
	MIGRATE_ISOLATE = MIGRATE_PCPTYPES,	/* of a pageblock: hands nothing out */
	MIGRATE_TYPES
};

enum zone_watermarks { WMARK_MIN, WMARK_LOW, WMARK_HIGH, NR_WMARK };

#define NR_PAGE_ORDERS		(MAX_ORDER + 1)
#define MAX_ORDER_NR_PAGES	(1UL << MAX_ORDER)

/* Pages are grouped by mobility in blocks of a 2 MiB leaf, so that whole ones come free. */
#define pageblock_order		9u
#define pageblock_nr_pages	(1UL << pageblock_order)

struct pageblock;
struct first_fit;

/* Key: (z) zone->lock, interrupts off  (c) constant after mem_init */
struct zone {
	const char *name;			/* (c) */
	unsigned long start_pfn;		/* first frame (c) */
	unsigned long spanned_pages;		/* frames up to the end, holes too (c) */
	unsigned long present_pages;		/* of them RAM (c) */
	unsigned long managed_pages;		/* of them ever given to the buddy (z) */
	unsigned long watermark[NR_WMARK];	/* pages (c) */
	unsigned long lowmem_reserve[MAX_NR_ZONES];	/* pages kept from this kind (c) */
	u16 *emptiness;				/* by pfn >> pageblock_order (c) */

	spinlock_t lock ____cacheline_aligned;	/* RANK_ZONE */
	unsigned long free_pages;		/* that may be allocated: not isolated (z) */
	unsigned long nr_free[NR_PAGE_ORDERS];	/* blocks of each order (z) */
	struct list_head shelf[NR_PAGE_ORDERS][MIGRATE_TYPES];	/* struct pageblock (z) */
	union {					/* the design's index, as frames.h has it (c) */
		struct pageblock *pageblocks;	/* buddy: one each 2 MiB */
		struct first_fit *first_fit;	/* first fit: a bit each frame */
		struct page *free_list;		/* free list: the frame freed last (z) */
	};
};

/* What frames_count_types() finds out about a zone. */
struct type_sums {
	unsigned long free[MIGRATE_TYPES][NR_PAGE_ORDERS];	/* free blocks */
	unsigned long pageblocks[MIGRATE_TYPES];
};

/* The one of a design that has no types: all is Movable. mm/frame/pagetypeinfo.c */
void count_untyped(const struct zone *zone, struct type_sums *sums);

extern const char *const migratetype_names[MIGRATE_TYPES];	/* as /proc spells them */
extern struct zone zones[MAX_NR_ZONES];
/* Where an allocation starts: [0] anything goes, [1] __GFP_DMA32. */
extern u8 gfp_first_zone[2];

#define for_each_populated_zone(z) \
	for ((z) = zones; (z) < zones + MAX_NR_ZONES; (z)++) if ((z)->present_pages)

static inline enum zone_type gfp_zone(gfp_t gfp)
{
	static_assert(__GFP_DMA32 == 1, "an index");
	return gfp_first_zone[gfp & __GFP_DMA32];
}

static inline enum migratetype gfp_migratetype(gfp_t gfp)
{
	static_assert(__GFP_MOVABLE == MIGRATE_MOVABLE << 1, "a field of two bits");
	static_assert(__GFP_RECLAIMABLE == MIGRATE_RECLAIMABLE << 1, "a field of two bits");
	return (gfp >> 1) & 3;
}

static inline struct zone *page_zone(const struct page *page)
{
	return &zones[page->zone];
}

static inline enum zone_type zone_idx(const struct zone *zone)
{
	return zone - zones;
}

static inline unsigned long zone_end_pfn(const struct zone *zone)
{
	return zone->start_pfn + zone->spanned_pages;
}

static inline bool zone_spans_pfn(const struct zone *zone, unsigned long pfn)
{
	return pfn - zone->start_pfn < zone->spanned_pages;
}

#endif
