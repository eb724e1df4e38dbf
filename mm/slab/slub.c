// SPDX-License-Identifier: GPL-2.0-only
/*
 * slub.c - equal objects cut from pages, whose free lists are all there is: a rival of slab.c
 * and magazine.c. Here is how objects are allocated and freed; slub_partial.c keeps the slabs.
 *
 *	kmem_cache_alloc(s): pop            kmem_cache_free(s, o): push on the list of o's slab
 *
 *	hart      freelist --------------+
 *	          page ---> |X X o>o>X o>o|		the active slab: no lock, no atomic
 *	                    freelist: o>o		what others have freed to it meanwhile
 *	          partial -> |X o>o>X X| -> |o>o>o|	the next ones: at most cpu_partial
 *	     | none left        ^ | more, and all of them go
 *	     v        s->lock   | v
 *	  cache   partial -> |X o X X| -> |o o o o|	all harts'
 *	     | none             | empty, and more than min_partial are there
 *	     v                  v
 *	  pages
 *	                    |X X X X|			a full slab is on no list: an object
 *							that is freed finds it by its address
 *
 * The idea. Bonwick's design keeps free objects in two forms, slabs and queues in front of them,
 * and the queues of each hart and cache grow into megabytes on large machines. Here slabs are the
 * queues: each hart has one that it allocates from, by the list inside its free objects.
 * struct page holds what is to be known of a slab, and there is nothing else: no magazine, no
 * list of full slabs, no memory that management takes.
 *
 * What it costs. Allocating reads the object (the link is in it), so an object that is not in
 * the processor's cache is waited for. Freeing is fast where the object is of the active slab;
 * any other one needs its slab's lock, an atomic instruction. Who frees in the order in which he
 * has allocated, or in random order, does that nearly each time, where magazines push to an
 * array. The other side of it: an object goes home at once, so slabs become empty earlier.
 *
 * Who used it: Linux, since 2.6.22 (2007) as a choice, since 2.6.23 by default, and from 6.8 on
 * as the only one. Since 6.18 it may have magazines in front after all ("sheaves").
 *
 *   I1  length of page->freelist + inuse = objects; its members lie at multiples of size
 *   I2  a slab is frozen, that is a hart's, active or in its partial list; or in the cache's
 *       partial list, and has free objects; or in no list, and has none (full)
 *   I3  an object is in one place: its slab's freelist, the freelist of the hart whose active
 *       slab it is in (which counts it as in use), or with a user
 *   I4  nr_partial are in the cache's list; nr_slabs and nr_objects count all
 *   I5  a hart's structure is touched by it only, interrupts off: handlers may allocate and free
 *   I6  no slab page is allocated or freed with s->lock or a slab's lock held
 *
 * Locks. s->lock for the cache's list; then a slab's own (slab_lock), for freelist, inuse and
 * frozen. Only who has frozen a slab may put it anywhere, so that the list it is in, slab_list,
 * needs no lock as long as it is frozen.
 *
 * How Linux differs: the active list and a counter are exchanged by one double-word
 * compare-and-exchange on per-CPU data, so that interrupts stay on and a preempted thread
 * notices that somebody was faster; freelist and counters of a slab likewise (it falls back to
 * a bit lock as ours where the processor can't). Lists are per NUMA node.
 *
 * Source: Christoph Lameter, "SLUB: The unqueued slab allocator" (linux-kernel, 2007). Small
 * cousin of Linux's mm/slub.c; left out: sheaves, memory cgroups, NUMA.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/kernel.h>
#include <linux-lite/random.h>
#include <linux-lite/slub.h>
#include <linux-lite/smp.h>
#include <linux-lite/string.h>

/* Slabs in the cache's list before an empty one is given back. */
#define MIN_PARTIAL	5u

static struct cpu_cache *this_cpu_cache(struct kmem_cache *s)
{
	return &s->cpu[smp_processor_id()];
}

/* ---- the active slab: all with interrupts off ------------------------------------------ */

/*
 * All free objects of the active slab, as this hart's. If there are none it is full, and
 * nobody's any more.
 */
static void *take_freelist(struct page *page)
{
	void *list;

	slab_lock(page);
	list = page->freelist;
	page->freelist = NULL;
	if (list)
		page->inuse = page->objects;
	else
		page->frozen = false;
	slab_unlock(page);
	return list;
}

/* The hart's list is empty: what others have freed to its slab, or another slab, or NULL. */
static void *refill(struct kmem_cache *s, struct cpu_cache *c)
{
	void *list = c->page ? take_freelist(c->page) : NULL;

	while (!list) {
		c->page = NULL;
		if (!c->nr_partial)
			slub_freeze_partials(s, c);
		if (!c->nr_partial)
			return NULL;
		c->page = list_first_entry(&c->partial, struct page, slab_list);
		list_del(&c->page->slab_list);
		c->nr_partial--;
		list = take_freelist(c->page);
	}
	return list;
}

/* The active slab becomes one of the next ones, with what is left of its objects. */
static void deactivate_slab(struct kmem_cache *s, struct cpu_cache *c)
{
	struct page *page = c->page;
	void *object, *next;
	bool full;

	slab_lock(page);
	for (object = c->freelist; object; object = next) {
		next = get_freepointer(s, object);
		set_freepointer(s, object, page->freelist);
		page->freelist = object;
		page->inuse--;
	}
	full = !page->freelist;
	page->frozen = !full;
	slab_unlock(page);
	if (!full)
		slub_add_partial(c, page);
	c->page = NULL;
	c->freelist = NULL;
}

/* ---- allocation ----------------------------------------------------------------------- */

/* Without a new slab. Interrupts off. */
static void *take_object(struct kmem_cache *s)
{
	struct cpu_cache *c = this_cpu_cache(s);
	void *object = c->freelist ? c->freelist : refill(s, c);

	c->freelist = object ? get_freepointer(s, object) : NULL;
	return object;
}

/* The one place that may sleep. */
static bool add_slab(struct kmem_cache *s, gfp_t gfp)
{
	struct page *page = slub_new_slab(s, gfp);
	unsigned long flags;

	if (!page)
		return false;
	flags = local_irq_save();
	slub_add_partial(this_cpu_cache(s), page);
	local_irq_restore(flags);
	return true;
}

static noinline void *alloc_slow(struct kmem_cache *s, gfp_t gfp)
{
	unsigned long flags;
	void *object;

	do {	/* again: after a sleep this may be another hart, or an interrupt was faster */
		flags = local_irq_save();
		object = take_object(s);
		local_irq_restore(flags);
	} while (!object && add_slab(s, gfp));
	return object;
}

/* Return: NULL if this hart has none at hand. */
static __always_inline void *alloc_fast(struct kmem_cache *s)
{
	unsigned long flags = local_irq_save_leaf();
	struct cpu_cache *c = this_cpu_cache(s);
	void *object = local_irq_waits() ? NULL : c->freelist;

	if (likely(object))
		c->freelist = get_freepointer(s, object);
	local_irq_restore_leaf(flags);
	return object;
}

void *__kmem_cache_alloc(struct kmem_cache *s, gfp_t gfp)
{
	void *object = alloc_fast(s);

	return likely(object) ? object : alloc_slow(s, gfp);
}

void *__kmalloc(size_t size_bytes, gfp_t gfp)
{
	void *object = is_slab_size(size_bytes) ? alloc_fast(kmalloc_cache_of(size_bytes)) : NULL;

	if (unlikely(!object))
		return kmalloc_slow(size_bytes, gfp);	/* one call, at the end: see kfree() */
	return object;
}

int kmem_cache_alloc_bulk(struct kmem_cache *s, gfp_t gfp, size_t nr, void **objects)
{
	unsigned long flags = local_irq_save();
	size_t got = 0;

	while (got < nr) {
		objects[got] = take_object(s);
		if (likely(objects[got])) {
			got++;
			continue;
		}
		local_irq_restore(flags);
		if (!add_slab(s, gfp)) {
			kmem_cache_free_bulk(s, got, objects);
			return 0;
		}
		flags = local_irq_save();
	}
	local_irq_restore(flags);
	for (size_t i = 0; gfp & __GFP_ZERO && i < nr; i++)
		memset(objects[i], 0, s->object_size);
	return nr;
}

/* ---- freeing -------------------------------------------------------------------------- */

/* Would the slab be in the cache's list, and empty, without these? Then s->lock comes first. */
static bool empties_listed(const struct page *page, unsigned int nr)
{
	return !page->frozen && page->freelist && page->inuse == nr;
}

/* @nr objects of another slab, linked from @head to @tail, home. Interrupts off. */
static void free_foreign(struct kmem_cache *s, struct page *page, void *head, void *tail,
			 unsigned int nr)
{
	struct cpu_cache *c = this_cpu_cache(s);
	bool listed, was_full;
	LIST_HEAD(gone);

	/* The slab cannot vanish, locked or not, while it counts these as in use. */
	slab_lock(page);
	listed = empties_listed(page, nr);
	if (listed) {
		slab_unlock(page);
		spin_lock(&s->lock);
		slab_lock(page);
	}
	BUG_ON(page->state != PGS_SLAB || page->slab_cache != s || page->inuse < nr);
	was_full = !page->freelist && !page->frozen;
	if (listed && empties_listed(page, nr) && s->nr_partial > s->min_partial)
		slub_remove_slab(s, page, &gone);
	set_freepointer(s, tail, page->freelist);
	page->freelist = head;
	page->inuse -= nr;
	if (was_full)
		page->frozen = true;	/* this hart's now: its memory is warm here */
	slab_unlock(page);
	if (listed)
		spin_unlock(&s->lock);

	slub_free_slabs(s, &gone);
	if (was_full) {
		slub_add_partial(c, page);
		if (c->nr_partial > s->cpu_partial)
			slub_unfreeze_partials(s, c);
	}
}

static noinline void free_slow(struct kmem_cache *s, struct page *page, void *head, void *tail,
			       unsigned int nr)
{
	unsigned long flags = local_irq_save();
	struct cpu_cache *c = this_cpu_cache(s);

	if (page == c->page) {
		set_freepointer(s, tail, c->freelist);
		c->freelist = head;
	} else {
		free_foreign(s, page, head, tail, nr);
	}
	local_irq_restore(flags);
}

/* The slab that a used object lies in. */
static struct page *slab_of(const void *object)
{
	return virt_to_page(object)->compound_head;
}

/* Return: false if the object is not of the active slab. */
static __always_inline bool free_fast(struct kmem_cache *s, struct page *page, void *object)
{
	unsigned long flags = local_irq_save_leaf();
	struct cpu_cache *c = this_cpu_cache(s);
	bool active = page == c->page && !local_irq_waits();

	VM_BUG_ON(page->slab_cache != s);
	if (likely(active)) {
		set_freepointer(s, object, c->freelist);
		c->freelist = object;
	}
	local_irq_restore_leaf(flags);
	return active;
}

void kmem_cache_free(struct kmem_cache *s, void *object)
{
	struct page *page = slab_of(object);

	if (unlikely(!free_fast(s, page, object)))
		free_slow(s, page, object, object, 1);
}

void kfree(const void *p)
{
	if (unlikely(!is_slab_object(p) ||
		     !free_fast(virt_to_page(p)->slab_cache, slab_of(p), (void *)p)))
		kfree_slow(p);		/* one call, at the end: so the frame is made there, too */
}

/* Neighbours in @objects that are of one slab go home together. */
void kmem_cache_free_bulk(struct kmem_cache *s, size_t nr, void **objects)
{
	size_t done = 0;

	while (done < nr) {
		struct page *page = slab_of(objects[done]);
		void *tail = objects[done], *head = tail;
		unsigned int n = 1;

		for (; done + n < nr && slab_of(objects[done + n]) == page; n++) {
			set_freepointer(s, objects[done + n], head);
			head = objects[done + n];
		}
		free_slow(s, page, head, tail, n);
		done += n;
	}
}

/* ---- caches --------------------------------------------------------------------------- */

/* As Linux has it: so many objects should a hart find in its slabs, if those are half full. */
static u32 pick_cpu_partial(const struct kmem_cache *s)
{
	u32 nr = s->size >= PAGE_SIZE ? 6 : s->size >= 1024 ? 24 : s->size >= 256 ? 52 : 120;

	return (nr * 2 + s->objects_per_slab - 1) / s->objects_per_slab;
}

void __kmem_cache_create(struct kmem_cache *s)
{
	slab_layout(s);
	s->min_partial = MIN_PARTIAL;
	s->cpu_partial = pick_cpu_partial(s);
	INIT_LIST_HEAD(&s->partial);
	for (unsigned int cpu = 0; cpu < CONFIG_NR_CPUS; cpu++)
		INIT_LIST_HEAD(&s->cpu[cpu].partial);
	if (IS_ENABLED(CONFIG_SLAB_FREELIST_HARDENED)) {
		s->random = get_random_long();
		/* In the middle, where who writes a little too far on either side doesn't reach. */
		if (!s->ctor)
			s->link_offset = ALIGN_DOWN(s->object_size / 2, sizeof(void *));
	}
}

void slab_drain_cpu(struct kmem_cache *s)
{
	struct cpu_cache *c = this_cpu_cache(s);

	if (c->page)
		deactivate_slab(s, c);
	slub_unfreeze_partials(s, c);
}

static void drain_cpu(void *cache)
{
	slab_drain_cpu(cache);
}

unsigned int kmem_cache_shrink(struct kmem_cache *s)
{
	on_each_cpu(drain_cpu, s);
	return slab_discard_empty(s, 0);
}

int __kmem_cache_shutdown(struct kmem_cache *s)
{
	kmem_cache_shrink(s);
	if (!s->nr_slabs)
		return 0;
	slub_report_leaks(s);
	return -EBUSY;
}

/* What this design has not: stocks that belong to no hart, memory of a cache's own. */
void slab_drain_depot(struct kmem_cache *s)
{
}

