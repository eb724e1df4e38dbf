/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * slab_design.h - what every design of the object allocator does.
 *
 *	cache.c		creates, lists and destroys caches; /proc/slabinfo; for reclaim
 *	kmalloc.c	size classes, each a cache (SLOB has none, and a kmalloc() of its own)
 *	util.c		what is made of kmalloc(): kcalloc, krealloc, kstrdup...
 *	-------------------------------------------------------------------- this seam
 *	a design	alloc and free, from pages that it takes and gives back
 *
 * One design is linked, and it defines the functions themselves: there is no table of pointers
 * between a caller and his object. Of slab.h
 *
 *   __kmem_cache_alloc(s, gfp), kmem_cache_free(s, object), __kmalloc(size, gfp), kfree(p)
 *   kmem_cache_alloc_bulk(s, gfp, nr, objects), kmem_cache_free_bulk(s, nr, objects)
 *   kmem_cache_shrink(s)
 *
 * and what is below. Its part of struct kmem_cache is in slab_def.h.
 *
 * Small cousin of Linux's mm/slab.h, where SLAB, SLUB and SLOB stood side by side until 6.3;
 * the names are those there.
 */
#ifndef LINUX_LITE_SLAB_DESIGN_H
#define LINUX_LITE_SLAB_DESIGN_H

#include <linux-lite/slab_def.h>

/*
 * __kmalloc() and kfree() are a design's, so that they need not call its fast paths. Has
 * @size_bytes a class? kmalloc_cache_of() names the cache.
 */
static __always_inline bool is_slab_size(size_t size_bytes)
{
	return likely(size_bytes - 1 < KMALLOC_MAX_CACHE);	/* one test for both ends */
}

/* Is @p an object of some cache? Then virt_to_page(p)->slab_cache names that. */
static __always_inline bool is_slab_object(const void *p)
{
	return likely(!ZERO_OR_NULL_PTR(p)) && likely(virt_to_page(p)->state == PGS_SLAB);
}

/* util.c: kmalloc() of no bytes, or of pages; kfree() of what came from there. */
void *kmalloc_odd(size_t size_bytes, gfp_t gfp);
void kfree_odd(const void *p);

/* kmalloc.c: what the design's fast path in __kmalloc() or kfree() could not do. */
void *kmalloc_slow(size_t size_bytes, gfp_t gfp);
void kfree_slow(const void *p);

/* A line of /proc/slabinfo. */
struct slabinfo {
	unsigned long active_objs, num_objs;	/* with users; and all there are */
	unsigned long active_slabs, num_slabs;	/* with objects in use; and all */
	unsigned int limit, batchcount;		/* objects a hart may stock, and moves at once */
};

/**
 * __kmem_cache_create - the design's part of a new cache
 * @s: the fields that are common to all designs are set, but size; the rest is zero
 *
 * Sets s->size, the bytes that an object takes (in a slab: from one to the next, and so a
 * multiple of s->align); allocates nothing.
 *
 * Context: any; also before there is a kmalloc().
 */
void __kmem_cache_create(struct kmem_cache *s);

/**
 * __kmem_cache_shutdown - all pages of a cache go back, and what the design allocated for it
 * @s: the cache, which nobody uses
 *
 * Reports the objects that remain, as far as the design knows them.
 *
 * Context: interrupts on.
 * Return: 0; or -EBUSY: there are such objects, and the cache must stay.
 */
int __kmem_cache_shutdown(struct kmem_cache *s);


/*
 * For get_slabinfo(), interrupts off, on each hart: how many free objects of @s does this one
 * stock? The others must not look.
 */
unsigned int slab_count_cpu(struct kmem_cache *s);
/* This hart's stock goes back to slabs. Interrupts off. */
void slab_drain_cpu(struct kmem_cache *s);
/* Context: any; the numbers are of one moment, but for the harts' stocks. */
void get_slabinfo(struct kmem_cache *s, struct slabinfo *info);

/*
 * For reclaim, any context: how much that could go is there (a measure, for comparison);
 * first the stocks that belong to no hart go back to slabs, then empty slabs to the page
 * allocator, all but @keep, and it says how many.
 */
unsigned long slab_count_spare_of(struct kmem_cache *s);
void slab_drain_depot(struct kmem_cache *s);
unsigned int slab_discard_empty(struct kmem_cache *s, unsigned long keep);

/*
 * For slab_debug.c, whose objects pass over the harts' stocks. With s->lock held: one object
 * that is there, or NULL; one back; all free objects of a slab but @nr_free are lost, their
 * links are damaged (0: all, and freelist need not be valid).
 */
void *slab_take_one(struct kmem_cache *s);
void slab_put_one(struct kmem_cache *s, void *object);
void slab_lose_free(struct kmem_cache *s, struct page *page, unsigned int nr_free);
/* Without it: one slab more. Context: as alloc_pages. Return: false: memory is short. */
bool slab_grow(struct kmem_cache *s, gfp_t gfp);

/* Walk the design's invariants; nobody uses @s. Return: 0, or the number of the broken one. */
int slab_check(struct kmem_cache *s);

#endif
