/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * free_list.h - free frames as a chain. mm/frame/free_list.c; called by the names of frames.h,
 * which says what each one promises. MAX_ORDER is 0: nobody asks for anything but one frame.
 */
#ifndef LINUX_LITE_FREE_LIST_H
#define LINUX_LITE_FREE_LIST_H

#include <linux-lite/zone.h>

/* The chain runs through the struct pages: there is no index. */
static inline size_t free_list_index_size(const struct zone *zone)
{
	return 0;
}

void free_list_init(struct zone *zone, void *index);

struct page *free_list_alloc(struct zone *zone, unsigned int order, enum migratetype type);
unsigned int free_list_alloc_bulk(struct zone *zone, unsigned int order, enum migratetype type,
				  unsigned int nr, struct page **chain);
void free_list_free(struct zone *zone, struct page *page, unsigned int order);
void free_list_free_range(struct zone *zone, unsigned long start_pfn, unsigned long end_pfn);
#define free_list_writes_pages	false
#define free_list_count_types	count_untyped
#define free_list_block_type(zone, pfn)	MIGRATE_MOVABLE
int free_list_check(const struct zone *zone);

static inline unsigned long free_list_nr_free(const struct zone *zone, unsigned int order)
{
	return READ_ONCE(zone->free_pages);
}

static inline bool free_list_may_have(const struct zone *zone, unsigned int order)
{
	return READ_ONCE(zone->free_pages) != 0;
}

/* I1 */
static inline int free_list_order_at(const struct zone *zone, unsigned long pfn)
{
	return pfn_to_page(pfn)->state == PGS_FREE ? 0 : -1;
}

/* What lies around a frame is nothing to this design. */
static inline unsigned int free_list_emptiness(const struct zone *zone, unsigned long pfn)
{
	return 0;
}

#endif
