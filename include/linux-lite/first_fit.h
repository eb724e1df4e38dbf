/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * first_fit.h - free frames as one bit each, the lowest that fit are taken.
 * mm/frame/first_fit.c; called by the names of frames.h, which says what each one promises.
 */
#ifndef LINUX_LITE_FIRST_FIT_H
#define LINUX_LITE_FIRST_FIT_H

#include <linux-lite/kernel.h>
#include <linux-lite/zone.h>

/* A zone's index. Frames count from @base. Key: (z) zone->lock; /proc peeks at the bits. */
struct first_fit {
	unsigned long base;			/* the zone's first frame, aligned down (c) */
	unsigned long nr_words;			/* of free[] (c) */
	unsigned long from[NR_PAGE_ORDERS];	/* I2: no free block of the order before (z) */
	unsigned long free[];			/* bit i: frame base + i is free (z) */
};

size_t first_fit_index_size(const struct zone *zone);
void first_fit_init(struct zone *zone, void *index);

/* The types of @type are not kept apart: who comes first gets the lowest frame. */
struct page *first_fit_alloc(struct zone *zone, unsigned int order, enum migratetype type);
unsigned int first_fit_alloc_bulk(struct zone *zone, unsigned int order, enum migratetype type,
				  unsigned int nr, struct page **chain);
void first_fit_free(struct zone *zone, struct page *page, unsigned int order);
void first_fit_free_range(struct zone *zone, unsigned long start_pfn, unsigned long end_pfn);
#define first_fit_writes_pages	false

/* Counted anew each time. Context: any; a snapshot. */
unsigned long first_fit_nr_free(const struct zone *zone, unsigned int order);
#define first_fit_count_types	count_untyped
#define first_fit_block_type(zone, pfn)	MIGRATE_MOVABLE
int first_fit_order_at(const struct zone *zone, unsigned long pfn);
int first_fit_check(const struct zone *zone);

/* Whoever looked last knows (I2). Read without the lock: a hint. */
static inline bool first_fit_may_have(const struct zone *zone, unsigned int order)
{
	return READ_ONCE(zone->first_fit->from[order]) < zone->first_fit->nr_words * 64;
}

/*
 * The low end is filled, so the higher a frame the emptier is what lies around it, or should
 * become: nobody counts.
 */
static inline unsigned int first_fit_emptiness(const struct zone *zone, unsigned long pfn)
{
	return 1 + min((pfn - zone->first_fit->base) >> pageblock_order, 65534ul);
}

#endif
