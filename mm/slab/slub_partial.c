// SPDX-License-Identifier: GPL-2.0-only
/*
 * slub_partial.c - where slabs with free objects wait: a hart's list and the cache's.
 *
 *	new slab --> hart's partial list  <---- freeze some ----  cache's partial list
 *	             frozen               ---- unfreeze all --->  not frozen
 *	                                                           | empty, too many
 *	                                                           v pages
 *
 * The picture of the whole and the invariants stand in slub.c. A slab moves between the two
 * lists in groups, so that s->lock is taken once for several.
 */
#include <linux-lite/kernel.h>
#include <linux-lite/slub.h>

/* The lowest object first. */
static void link_freelist(const struct kmem_cache *s, struct page *page)
{
	page->freelist = NULL;
	for (u32 i = page->objects; i > 0; i--) {
		void *object = slab_object(s, page, i - 1);

		set_freepointer(s, object, page->freelist);
		page->freelist = object;
	}
}

struct page *slub_new_slab(struct kmem_cache *s, gfp_t gfp)
{
	struct page *page = alloc_slab_pages(s, gfp);
	unsigned long flags;

	if (!page)
		return NULL;
	page->frozen = true;
	for (u32 i = 0; s->ctor && i < page->objects; i++)
		s->ctor(slab_object(s, page, i));
	if (IS_ENABLED(CONFIG_SLAB_FREELIST_RANDOM))
		shuffle_freelist(s, page);
	else
		link_freelist(s, page);

	spin_lock_irqsave(&s->lock, flags);
	s->nr_slabs++;
	s->nr_objects += page->objects;
	spin_unlock_irqrestore(&s->lock, flags);
	return page;
}

void slub_free_slabs(struct kmem_cache *s, struct list_head *gone)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, gone, slab_list)
		free_slab_pages(s, page);
}

void slub_remove_slab(struct kmem_cache *s, struct page *page, struct list_head *gone)
{
	list_move(&page->slab_list, gone);
	s->nr_partial--;
	s->nr_slabs--;
	s->nr_objects -= page->objects;
}

void slub_add_partial(struct cpu_cache *c, struct page *page)
{
	list_add(&page->slab_list, &c->partial);
	c->nr_partial++;
}

/* All of this hart's next slabs become everybody's; those that are empty need not stay. */
void slub_unfreeze_partials(struct kmem_cache *s, struct cpu_cache *c)
{
	struct page *page, *next;
	LIST_HEAD(gone);

	spin_lock(&s->lock);
	list_for_each_entry_safe(page, next, &c->partial, slab_list) {
		bool empty;

		list_move_tail(&page->slab_list, &s->partial);
		s->nr_partial++;
		slab_lock(page);
		page->frozen = false;
		empty = page->inuse == 0;
		slab_unlock(page);
		if (empty && s->nr_partial > s->min_partial)
			slub_remove_slab(s, page, &gone);
	}
	c->nr_partial = 0;
	spin_unlock(&s->lock);
	slub_free_slabs(s, &gone);
}

/* Some of everybody's, so that s->lock is not needed for each. */
void slub_freeze_partials(struct kmem_cache *s, struct cpu_cache *c)
{
	spin_lock(&s->lock);
	while (s->nr_partial && c->nr_partial <= s->cpu_partial / 2) {
		struct page *page = list_first_entry(&s->partial, struct page, slab_list);

		list_del(&page->slab_list);
		s->nr_partial--;
		slab_lock(page);
		page->frozen = true;
		slab_unlock(page);
		slub_add_partial(c, page);
	}
	spin_unlock(&s->lock);
}

/* Slabs of the cache's list only: a hart's could not be looked at from here. */
unsigned int slab_discard_empty(struct kmem_cache *s, unsigned long keep)
{
	struct page *page, *next;
	unsigned long flags;
	unsigned int nr = 0;
	LIST_HEAD(gone);

	spin_lock_irqsave(&s->lock, flags);
	list_for_each_entry_safe(page, next, &s->partial, slab_list) {
		bool empty;

		slab_lock(page);
		empty = page->inuse == 0;
		slab_unlock(page);
		if (!empty || (keep && keep--))
			continue;
		slub_remove_slab(s, page, &gone);
		nr++;
	}
	spin_unlock_irqrestore(&s->lock, flags);
	slub_free_slabs(s, &gone);
	return nr;
}
