/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * gfp.h - asking for page frames. mm/frame/page_alloc.c.
 *
 *   flag            allows or asks
 *   __GFP_DMA32     only frames below 4 GiB
 *   __GFP_MOVABLE   the page can migrate: grouped with its like
 *   __GFP_RECLAIMABLE  a shrinker can free it: grouped with its like
 *   __GFP_HIGH      may dip below the min watermark
 *   __GFP_DIRECT_RECLAIM  may sleep and reclaim
 *   __GFP_KSWAPD_RECLAIM  wakes kswapd when low
 *   __GFP_NORETRY   one try at reclaim, then failure
 *   __GFP_NOFAIL    never fails, the caller has no way to; only with __GFP_DIRECT_RECLAIM
 *   __GFP_NOWARN    no failure report
 *   __GFP_ZERO      cleared
 *   __GFP_COMP      one compound page
 *   __GFP_MEMALLOC  the caller frees memory: may use the last reserve
 *
 *   set             may sleep  dips below min  for
 *   GFP_KERNEL      yes        no              the kernel's own needs, from a task
 *   GFP_ATOMIC      no         to min/2        interrupt handlers, and under a spinlock
 *   GFP_NOWAIT      no         no              who can do without, or later
 *   GFP_USER        yes        no              a program, in pages that the kernel also uses
 *   GFP_HIGHUSER_MOVABLE  yes  no              a program's memory: reached by tables only
 *
 * and to any of them: __GFP_ZERO, __GFP_NOWARN, __GFP_NORETRY (there is a cheaper way),
 * __GFP_MEMALLOC (to the last page).
 *
 * Small cousin of Linux's include/linux/gfp.h, gfp_types.h; left out: NUMA,
 * __GFP_IO/FS (reclaim never re-enters a file system here), accounting.
 */
#ifndef LINUX_LITE_GFP_H
#define LINUX_LITE_GFP_H

#include <linux-lite/page.h>

#define __GFP_DMA32		0x0001u
#define __GFP_MOVABLE		0x0002u
#define __GFP_RECLAIMABLE	0x0004u
#define __GFP_HIGH		0x0008u
#define __GFP_DIRECT_RECLAIM	0x0010u
#define __GFP_KSWAPD_RECLAIM	0x0020u
#define __GFP_NORETRY		0x0040u
#define __GFP_NOFAIL		0x0080u
#define __GFP_NOWARN		0x0100u
#define __GFP_ZERO		0x0200u
#define __GFP_COMP		0x0400u
#define __GFP_MEMALLOC		0x0800u

#define GFP_KERNEL	(__GFP_DIRECT_RECLAIM | __GFP_KSWAPD_RECLAIM)
#define GFP_ATOMIC	(__GFP_HIGH | __GFP_KSWAPD_RECLAIM)
#define GFP_NOWAIT	(__GFP_KSWAPD_RECLAIM)
#define GFP_USER	GFP_KERNEL
#define GFP_HIGHUSER_MOVABLE (GFP_USER | __GFP_MOVABLE)

/* The largest block: 2^10 pages, 4 MiB; or 1 page, if the page allocator has no others. */
#define MAX_ORDER	CONFIG_ARCH_FORCE_MAX_ORDER

/**
 * alloc_pages - take a block of 2^order contiguous frames
 * @gfp: see above
 * @order: 0..MAX_ORDER
 *
 * Context: any; may sleep if @gfp has __GFP_DIRECT_RECLAIM.
 * Return: the first page, state PGS_KERNEL, refcount 1; NULL on shortage.
 */
struct page *alloc_pages(gfp_t gfp, unsigned int order);
/* Give back what alloc_pages gave, when the refcount says so (last put). */
void __free_pages(struct page *page, unsigned int order);
/*
 * A new page's flags are 0, mapping NULL, private 0, mapcount 0; a freed one's must be so
 * again (mapping and private are not looked at), or it is reported and lost.
 */
/* Free one order-0 page that nobody else can reach: its refcount is already 0. */
void free_unref_page(struct page *page);
/* The same for a batch (munmap, exit): nr pages, each with refcount 0. */
void free_unref_pages(struct page **pages, unsigned int nr);

#define alloc_page(gfp)		alloc_pages(gfp, 0)
#define __free_page(page)	__free_pages(page, 0)

/**
 * alloc_pages_bulk - fill the slots of an array that are NULL with single pages
 * @gfp: as for alloc_page()
 * @nr_pages: slots
 * @pages: what is not NULL stays
 *
 * Cheaper than as many alloc_page(); on shortage it makes an effort for one page at most.
 * Context: any; may sleep if @gfp has __GFP_DIRECT_RECLAIM. mm/frame/bulk.c.
 * Return: how many slots from the first on are full now; less than @nr_pages on shortage.
 */
unsigned long alloc_pages_bulk(gfp_t gfp, unsigned long nr_pages, struct page **pages);

/*
 * By address in the direct map; NULL on shortage; free_pages(NULL) does nothing, and with an
 * address that cannot be a page's it says so in the log.
 */
void *__get_free_pages(gfp_t gfp, unsigned int order);
void free_pages(void *addr, unsigned int order);
#define __get_free_page(gfp)	__get_free_pages(gfp, 0)
#define get_zeroed_page(gfp)	__get_free_pages((gfp) | __GFP_ZERO, 0)
#define free_page(addr)		free_pages(addr, 0)

/* Whole pages for @size_bytes, no more: the rest of the block goes back. NULL on shortage. */
void *alloc_pages_exact(size_t size_bytes, gfp_t gfp);
void free_pages_exact(void *addr, size_t size_bytes);
/* A block of alloc_pages(order), not compound, becomes 2^order pages of their own. */
void split_page(struct page *page, unsigned int order);

/* Smallest order whose block holds @size_bytes (at least 1). */
static inline unsigned int get_order(size_t size_bytes)
{
	unsigned int order = 0;

	while ((PAGE_SIZE << order) < size_bytes)
		order++;
	return order;
}

/* Counts for /proc and sysinfo(2), in pages. */
unsigned long nr_free_pages(void);
unsigned long totalram_pages(void);

#endif
