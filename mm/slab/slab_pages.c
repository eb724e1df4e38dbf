// SPDX-License-Identifier: GPL-2.0-only
/*
 * slab_pages.c - slabs as blocks of pages: how large, and where they come from.
 *
 * For the designs that cut pages into equal objects. An object takes its size rounded up to its
 * alignment, and never less than a word, which links it while it is free. A slab is the smallest
 * block of pages that wastes at most 1/16 of itself and holds at least four objects, of order 3
 * at most. (Small slabs come back sooner: all their objects must be free for that.)
 *
 * Small cousin of parts of Linux's mm/slub.c: calculate_sizes() and allocate_slab().
 */
#include <linux-lite/kernel.h>
#include <linux-lite/slab_debug.h>
#include <linux-lite/vmstat.h>

#define SLAB_MIN_OBJECTS	4u

static unsigned int pick_order(u32 size)
{
	unsigned int order = get_order(size);

	for (; order + 1 <= SLAB_MAX_ORDER; order++) {
		u32 slab = PAGE_SIZE << order;

		if (slab / size >= SLAB_MIN_OBJECTS && slab % size <= slab / 16)
			break;
	}
	return order;
}

void slab_layout(struct kmem_cache *s)
{
	unsigned int link_end;

	s->link_offset = s->ctor ? ALIGN(s->object_size, sizeof(void *)) : 0;
	link_end = s->link_offset + sizeof(void *);
	s->size = ALIGN(max(s->object_size, link_end), s->align);
	if (slab_debugged(s))
		slab_debug_layout(s);
	s->order = pick_order(s->size);
	s->min_order = get_order(s->size);
	s->objects_per_slab = (PAGE_SIZE << s->order) / s->size;
}

static void account_slab(const struct kmem_cache *s, long nr_pages)
{
	mod_node_page_state(s->flags & SLAB_RECLAIM_ACCOUNT ? NR_SLAB_RECLAIMABLE :
			    NR_SLAB_UNRECLAIMABLE, nr_pages);
}

/**
 * alloc_slab_pages - the pages of a new slab
 * @s: its cache
 * @gfp: what may be done for them
 *
 * They are not cut yet: freelist is not set.
 *
 * Context: as alloc_pages.
 * Return: the first one's struct page, or NULL.
 */
struct page *alloc_slab_pages(struct kmem_cache *s, gfp_t gfp)
{
	gfp_t rest = (gfp & ~(__GFP_ZERO | __GFP_MOVABLE)) | __GFP_COMP | s->gfp;
	unsigned int order = s->order;
	struct page *page = NULL;

	if (order > s->min_order)	/* large slabs are nice to have */
		page = alloc_pages((rest & ~__GFP_DIRECT_RECLAIM) | __GFP_NOWARN, order);
	if (!page) {
		order = s->min_order;
		page = alloc_pages(rest, order);
	}
	if (!page)
		return NULL;
	/* The way back from an object is one load from the page that it lies in. */
	for (struct page *p = page; p < page + (1UL << order); p++) {
		p->state = PGS_SLAB;
		p->slab_cache = s;
		p->compound_head = page;
	}
	page->inuse = 0;
	page->objects = (PAGE_SIZE << order) / s->size;
	account_slab(s, 1L << order);
	return page;
}

/**
 * free_slab_pages - and back
 * @s: its cache
 * @page: a slab without users, on no list
 *
 * Context: any; no lock of the cache held.
 */
void free_slab_pages(struct kmem_cache *s, struct page *page)
{
	unsigned int order = page->order;

	if (slab_debugged(s))
		slab_debug_free_slab(s, page);
	account_slab(s, -(1L << order));
	page->state = PGS_KERNEL;
	__free_pages(page, order);
}
