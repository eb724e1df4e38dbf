// SPDX-License-Identifier: GPL-2.0-only
/*
 * bulk.c - many single pages by one call.
 *
 *	array    p0  .  .  p3  .  .  .  .	slots that are NULL (.) are to be filled
 *	            |  |      |  |  |  |
 *	            this hart's list, while it has any
 *	                      chains from frames_alloc_bulk(): one lock for each 32
 *	                              alloc_page(): may wait, reclaim, kill - for one page
 *
 * A page that comes alone has been through a hart's list; a chain is cut from the largest blocks
 * that fit and never is on a list. Bulk takers would only empty the list for the others.
 *
 * The last step is for a single page only: who asks for many can use fewer, so nobody is killed
 * for the rest. One page means that a caller who asks again and again gets somewhere.
 *
 * Small cousin of Linux's alloc_pages_bulk_noprof() (mm/page_alloc.c), which goes through the
 * per-CPU list only and so allocates in its batches; left out: NUMA, a list instead of an array.
 */
#include <linux-lite/frames.h>
#include <linux-lite/fail_alloc.h>
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>
#include <linux-lite/vmstat.h>

#define BATCH	32u		/* pages taken under one lock: it keeps interrupts waiting */

/* A batch does not matter to the watermarks (page_alloc.c), so each is checked by itself. */
static struct page *take_chain(gfp_t gfp, unsigned int nr)
{
	struct page *chain = NULL;

	for (int i = gfp_zone(gfp); i >= 0 && !chain; i--) {
		struct zone *zone = &zones[i];
		unsigned long flags;

		if (!zone_watermark_ok(zone, 0, WMARK_LOW, gfp))
			continue;
		spin_lock_irqsave(&zone->lock, flags);
		nr = frames_alloc_bulk(zone, 0, gfp_migratetype(gfp), nr, &chain);
		spin_unlock_irqrestore(&zone->lock, flags);
		count_vm_events(PGALLOC_DMA32 + i, nr);
	}
	return chain;
}

static unsigned int count_empty(struct page **pages, unsigned long nr)
{
	unsigned int empty = 0;

	for (unsigned long i = 0; i < nr; i++)
		empty += !pages[i];
	return empty;
}

/* For the first of @nr slots. A chain is never longer than what is empty, so it is used up. */
static struct page *next_page(gfp_t gfp, struct page **chain, struct page **slots,
			      unsigned long nr)
{
	struct page *page = *chain;

	if (!page) {
		page = pcp_alloc(gfp_zone(gfp), 0, gfp_migratetype(gfp));
		if (page)
			return page;
		page = take_chain(gfp, min(count_empty(slots, nr), BATCH));
	}
	if (page)
		*chain = page->pcp_next;
	return page;
}

unsigned long alloc_pages_bulk(gfp_t gfp, unsigned long nr_pages, struct page **pages)
{
	struct page *chain = NULL;
	bool more = !should_fail_alloc_page(gfp, 0);
	unsigned long i;

	for (i = 0; i < nr_pages; i++) {
		struct page *page;

		if (pages[i])
			continue;
		page = more ? next_page(gfp, &chain, pages + i, nr_pages - i) : NULL;
		if (page) {
			prep_new_page(page, 0, gfp);
		} else if (more) {
			page = alloc_page(gfp);
			more = false;
		}
		if (!page)
			break;
		pages[i] = page;
	}
	return i;
}
