/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * page_alloc.h - between the files of mm/frame, and the hooks that higher floors set.
 * Users of pages want gfp.h.
 */
#ifndef LINUX_LITE_PAGE_ALLOC_H
#define LINUX_LITE_PAGE_ALLOC_H

#include <linux-lite/zone.h>

/**
 * struct reclaim_hooks - what mm/reclaim does for the page allocator when it is there
 * @wakeup_kswapd: the low watermark was crossed. Context: any.
 * @try_to_free_pages: may sleep; returns how many pages it freed
 * @out_of_memory: nothing could be freed; true: somebody was killed, try again
 *
 * The permitted upcall of mm/LAYERS: a pointer, so that floor 1 links without floor 7.
 */
struct reclaim_hooks {
	void (*wakeup_kswapd)(struct zone *zone, unsigned int order);
	unsigned long (*try_to_free_pages)(gfp_t gfp, unsigned int order);
	bool (*out_of_memory)(gfp_t gfp, unsigned int order);
};

/* NULL until mm/reclaim sets it at boot. */
extern const struct reclaim_hooks *reclaim_hooks;

/* Would @zone still have @mark pages free, and a block of 2^order, for requests of @gfp? */
bool zone_watermark_ok(const struct zone *zone, unsigned int order, enum zone_watermarks mark,
		       gfp_t gfp);

/*
 * A block that was free gets its first reference, and is cleared if @gfp asks.
 * Context: any. Return: @page.
 */
struct page *prep_new_page(struct page *page, unsigned int order, gfp_t gfp);

/* One block from or to the buddy lists, under the zone's lock. */
struct page *rmqueue_buddy(struct zone *zone, unsigned int order, enum migratetype type);
void free_to_buddy(struct page *page, unsigned int order);

/**
 * memmap_init_range - write the struct pages of frames [@pfn, @end)
 * @pfn: the first
 * @end: the first that is not meant
 * @zone: which zone they are in
 * @state: PGS_FREE_TAIL, or PGS_RESERVED: those have a reference
 *
 * Context: boot; or the page allocator, when frames are handed out for the first time.
 */
void memmap_init_range(unsigned long pfn, unsigned long end, enum zone_type zone,
		       enum page_state state);
/* A frame that boot had reserved becomes usable; it is counted in totalram_pages(). */
void free_reserved_page(struct page *page);
/* min, low and high of each zone, from managed_pages; the lowmem reserve. */
void setup_per_zone_wmarks(void);
extern unsigned long totalreserve_pages;

/* Reports in the log. Context: any. mm/frame/dump_page.c, show_mem.c */
void dump_page(struct page *page, const char *reason);
void bad_page(struct page *page, const char *reason);
void bad_address(const void *addr);
void warn_alloc(gfp_t gfp, unsigned int order);
void show_mem(void);
void dump_caller(void);		/* who runs here, and the calls that led here */

#endif
