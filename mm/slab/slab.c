// SPDX-License-Identifier: GPL-2.0-only
/*
 * slab.c - equal objects cut from pages; in front of them, in magazine.c, each hart's
 * magazines.
 *
 *	kmem_cache_alloc(s)             kmem_cache_free(s, o)
 *	  hart: loaded  0|o|o|o|o| | | |	take and put at the end: no lock, no atomic
 *	                        ^ top   ^ end
 *	        spare   0|o|o|o|o|o|o|o|	full or empty: swapped with loaded
 *	     | both empty             | both full
 *	     v                        v         under s->lock, one magazine for another
 *	  depot   full -> [ooooooo] -> [ooooooo]	at most depot_limit
 *	          empty -> [       ]
 *	     | no full one: half one  | too many: all of one
 *	     v      under s->lock     v
 *	  slabs    partial -> |X.XX..X.|  |XX.XXXXX|	some objects used
 *	           full    -> |XXXXXXXX|
 *	           empty   -> |........|		at most MAX_EMPTY_SLABS
 *	     | alloc_pages             | __free_pages
 *	     v                         v
 *	  pages
 *
 * A slab is one compound page of state PGS_SLAB. struct page holds what is to be known of
 * it: its cache, the number of objects cut (objects) and handed out (inuse), and a list
 * through the free ones (freelist): a word inside each free object at link_offset. In a
 * cache with a constructor that word lies behind the object, whose contents must survive.
 *
 *   I1  inuse + length of freelist = objects; freelist's members lie at multiples of size
 *   I2  a slab is on partial, full or empty, as inuse says
 *   I3  an object is in one place: its slab's freelist, one magazine, or with a user
 *   I4  nr_inuse is the sum of inuse; nr_objects the sum of objects; nr_empty, nr_slabs count
 *   I5  a hart's magazines are touched by it only, with interrupts off: interrupt handlers
 *       may allocate with GFP_ATOMIC and free. slot <= top <= end = slot + magazine_limit;
 *       slot[0] is NULL, and so *top is NULL when the magazine is empty: one load tells, and
 *       it is the load that was needed anyhow
 *   I6  no slab page is allocated or freed with s->lock held
 *
 *   I7  a spare magazine is full or empty, as spare_full says; the depot's are as their list
 *       says; there are nr_depot_full <= depot_limit full ones
 *
 * Magazines are arrays: pushing and popping never touches the objects themselves, so that
 * freeing in random order misses no cache. Two of them a hart, so that a burst around either
 * end doesn't go to the depot each time; the depot, so that a thousand frees and a thousand
 * allocations cost one lock for each magazine, and no object is looked at one by one. What
 * another hart has allocated goes the same way: in its freer's magazine, and home in a batch.
 *
 * A hart starts without a magazine (top = end = no_room) and gets it the first time that it
 * allocates the slow way; the memory of magazines comes from slabs directly, so that there
 * is no recursion.
 *
 * Sources: Bonwick, The Slab Allocator (USENIX Summer 1994); Bonwick and Adams, Magazines
 * and Vmem (USENIX 2001). Small cousin of Linux's mm/slab.c (until 6.7).
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/bug.h>
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/slab_debug.h>
#include <linux-lite/slab_design.h>

static void **link_of(const struct kmem_cache *s, void *object)
{
	return (void **)((char *)object + s->link_offset);
}

/* Cut a new slab, the lowest object first on its freelist. Not on a list yet. */
static struct page *new_slab(struct kmem_cache *s, gfp_t gfp)
{
	struct page *page = alloc_slab_pages(s, gfp);
	char *start;

	if (!page)
		return NULL;
	start = (char *)page_address(page) + s->red_left;
	page->freelist = NULL;
	if (slab_debugged(s))
		slab_debug_new_slab(s, page);
	for (char *object = start + (size_t)(page->objects - 1) * s->size; object >= start;
	     object -= s->size) {
		if (s->ctor)
			s->ctor(object);
		*link_of(s, object) = page->freelist;
		page->freelist = object;
	}
	return page;
}

/* Up to @nr objects of one slab. s->lock held. Return: how many. */
static unsigned int take_from_slab(struct kmem_cache *s, struct page *page, unsigned int nr,
				   void **objects)
{
	unsigned int n = min(nr, page->objects - page->inuse);
	void *object = page->freelist;

	for (unsigned int i = 0; i < n; i++) {
		objects[i] = object;
		object = *link_of(s, object);
	}
	page->freelist = object;
	page->inuse += n;
	return n;
}

/* Partial slabs before empty ones: fill what cannot be given back anyhow. s->lock held. */
static unsigned int take_listed(struct kmem_cache *s, unsigned int nr, void **objects)
{
	unsigned int got = 0;

	while (got < nr) {
		struct page *page;

		if (!list_empty(&s->partial)) {
			page = list_first_entry(&s->partial, struct page, slab_list);
		} else if (!list_empty(&s->empty)) {
			page = list_first_entry(&s->empty, struct page, slab_list);
			s->nr_empty--;
			list_move(&page->slab_list, &s->partial);
		} else {
			break;
		}
		got += take_from_slab(s, page, nr - got, objects + got);
		if (page->inuse == page->objects)
			list_move(&page->slab_list, &s->full);
	}
	s->nr_inuse += got;
	return got;
}

bool slab_grow(struct kmem_cache *s, gfp_t gfp)
{
	struct page *page = new_slab(s, gfp);
	unsigned long flags;

	if (!page)
		return false;
	spin_lock_irqsave(&s->lock, flags);
	list_add(&page->slab_list, &s->empty);
	s->nr_empty++;
	s->nr_slabs++;
	s->nr_objects += page->objects;
	spin_unlock_irqrestore(&s->lock, flags);
	return true;
}

/**
 * slab_alloc_batch - take objects from slabs, making a new slab if there are none
 * @s: the cache
 * @gfp: for the new slab
 * @nr: how many are wanted, at least 1
 * @objects: where they go
 *
 * Context: as alloc_pages.
 * Return: how many; 0 when memory is short.
 */
unsigned int slab_alloc_batch(struct kmem_cache *s, gfp_t gfp, unsigned int nr, void **objects)
{
	unsigned long flags;
	unsigned int got;

	do {
		spin_lock_irqsave(&s->lock, flags);
		got = take_listed(s, nr, objects);
		spin_unlock_irqrestore(&s->lock, flags);
	} while (!got && slab_grow(s, gfp));
	return got;
}

/* One object home. s->lock held. */
static void put_to_slab(struct kmem_cache *s, void *object)
{
	struct page *page = compound_head(virt_to_page(object));

	BUG_ON(page->state != PGS_SLAB || page->slab_cache != s || page->inuse == 0);
	VM_BUG_ON(((char *)object - (char *)page_address(page) - s->red_left) % s->size);
	*link_of(s, object) = page->freelist;
	page->freelist = object;
	if (page->inuse-- == page->objects)
		list_move(&page->slab_list, &s->partial);
	if (page->inuse == 0) {
		list_move(&page->slab_list, &s->empty);
		s->nr_empty++;
	}
}

/**
 * slab_free_batch - give objects back to their slabs
 * @s: their cache
 * @nr: how many
 * @objects: they
 *
 * Context: any.
 */
void slab_free_batch(struct kmem_cache *s, unsigned int nr, void **objects)
{
	unsigned long flags;
	bool too_many;

	spin_lock_irqsave(&s->lock, flags);
	for (unsigned int i = 0; i < nr; i++)
		put_to_slab(s, objects[i]);
	s->nr_inuse -= nr;
	too_many = s->nr_empty > MAX_EMPTY_SLABS;
	spin_unlock_irqrestore(&s->lock, flags);
	if (too_many)
		slab_discard_empty(s, MAX_EMPTY_SLABS);
}

/* ---- one by one, for slab_debug.c ------------------------------------------------------ */

void *slab_take_one(struct kmem_cache *s)
{
	void *object;

	return take_listed(s, 1, &object) ? object : NULL;
}

void slab_put_one(struct kmem_cache *s, void *object)
{
	put_to_slab(s, object);
	s->nr_inuse--;
}

void slab_lose_free(struct kmem_cache *s, struct page *page, unsigned int nr_free)
{
	s->nr_inuse += page->objects - nr_free - page->inuse;
	page->inuse = page->objects - nr_free;
	if (nr_free == 0) {
		page->freelist = NULL;
		list_move(&page->slab_list, &s->full);
	}
}

/**
 * slab_discard_empty - give empty slabs back to the page allocator
 * @s: the cache
 * @keep: all but so many
 *
 * Context: any.
 * Return: how many slabs went.
 */
unsigned int slab_discard_empty(struct kmem_cache *s, unsigned long keep)
{
	struct page *page, *next;
	unsigned int nr = 0;
	unsigned long flags;
	LIST_HEAD(gone);

	spin_lock_irqsave(&s->lock, flags);
	for (; s->nr_empty > keep; s->nr_empty--, nr++) {
		page = list_last_entry(&s->empty, struct page, slab_list);
		list_move(&page->slab_list, &gone);
		s->nr_slabs--;
		s->nr_objects -= page->objects;
	}
	spin_unlock_irqrestore(&s->lock, flags);
	list_for_each_entry_safe(page, next, &gone, slab_list)
		free_slab_pages(s, page);
	return nr;
}

int __kmem_cache_shutdown(struct kmem_cache *s)
{
	kmem_cache_shrink(s);
	if (!s->nr_slabs)
		return 0;
	slab_report_leaks(s);
	pr_err("kmem_cache_destroy %s: Slab cache still has objects\n", s->name);
	return -EBUSY;
}

void get_slabinfo(struct kmem_cache *s, struct slabinfo *info)
{
	unsigned long flags, cached;

	spin_lock_irqsave(&s->lock, flags);
	cached = s->nr_depot_full * s->magazine_limit + slab_counted(s);
	*info = (struct slabinfo){
		.active_objs = s->nr_inuse - min(cached, s->nr_inuse), .num_objs = s->nr_objects,
		.active_slabs = s->nr_slabs - s->nr_empty, .num_slabs = s->nr_slabs,
		.limit = s->magazine_limit, .batchcount = s->magazine_limit / 2,
	};
	spin_unlock_irqrestore(&s->lock, flags);
}

unsigned long slab_count_spare_of(struct kmem_cache *s)
{
	unsigned long flags, nr;

	spin_lock_irqsave(&s->lock, flags);
	nr = s->nr_empty + s->nr_depot_full;
	spin_unlock_irqrestore(&s->lock, flags);
	return nr;
}
