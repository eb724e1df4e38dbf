/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * slab_def.h - struct kmem_cache, for the files of mm/slab and their tests only.
 *
 * What only one design has is in the header named after it, and at the end of the structure.
 *
 * Small cousin of Linux's include/linux/slab_def.h and slub_def.h (until 6.7).
 */
#ifndef LINUX_LITE_SLAB_DEF_H
#define LINUX_LITE_SLAB_DEF_H

#include <linux-lite/list.h>
#include <linux-lite/slab.h>
#include <linux-lite/spinlock.h>

#ifdef CONFIG_SLAB
#include <linux-lite/magazine_def.h>
#endif
#ifdef CONFIG_SLUB
#include <linux-lite/slub_def.h>
#endif

/* Key: (c) constant after creation  (s) cache->lock  (o) the hart  (m) slab_mutex */
struct kmem_cache {
#ifndef CONFIG_SLOB
	struct cpu_cache cpu[CONFIG_NR_CPUS];	/* (o) */
#endif
	u32 size;		/* from one object to the next, bytes (c) */
	u32 object_size;	/* what the user asked for, bytes (c); of merged ones the most */
	u32 link_offset;	/* where a free object links to the next, bytes (c) */
	u32 red_left;		/* before each object: a red zone of so many bytes (c) */
	u16 objects_per_slab;	/* (c) */
	u8 order, min_order;	/* of a slab; when memory is short (c) */
	u8 flags;		/* SLAB_* (c) */
	u16 debug;		/* SLAB_CONSISTENCY_CHECKS ... SLAB_TRACE; 0: no debugging (c) */
	gfp_t gfp;		/* added to every request: __GFP_RECLAIMABLE (c) */
	u32 align;		/* bytes (c) */
	void (*ctor)(void *);	/* (c) */
	const char *name;	/* (c) */
	u32 refcount;		/* kmem_cache_create() calls that it serves: slab_merge.c (m) */
	unsigned int counted[CONFIG_NR_CPUS];	/* (o) objects a hart stocks, when last asked */
	struct list_head list;	/* all caches (m) */

	spinlock_t lock;		/* RANK_SLAB, interrupts off */
#ifdef CONFIG_SLOB
	unsigned long nr_objects;	/* with users (slob_lock) */
#endif
#ifdef CONFIG_SLUB
	struct list_head partial;	/* slabs with free objects (s) */
	unsigned long nr_partial;	/* of them; some may be empty (s) */
	unsigned long nr_slabs, nr_objects;	/* all, wherever they are (s) */
	u32 min_partial;	/* slabs on the list before an empty one goes back (c) */
	u32 cpu_partial;	/* slabs that a hart keeps (c) */
	unsigned long random;	/* what links are mixed with (c) */
#endif
#ifdef CONFIG_SLAB
	struct list_head partial;	/* slabs with free objects and used ones (s) */
	struct list_head full;		/* without free ones (s) */
	struct list_head empty;		/* all free (s) */
	unsigned long nr_slabs, nr_empty, nr_objects;	/* (s) */
	struct magazine *depot_full, *depot_empty;	/* (s) */
	unsigned long nr_depot_full;	/* (s) */
	unsigned long nr_inuse;		/* objects out of their slabs, magazines' too (s) */
	u32 magazine_limit;	/* objects of a full magazine (c) */
	u32 depot_limit;	/* full magazines in the depot (s) */
	bool depot_overflowed;	/* since it was last empty (s) */
#endif
};

#define SLAB_MAX_ORDER	(MAX_ORDER < 3 ? MAX_ORDER + 0u : 3u)	/* of a slab */

extern struct list_head slab_caches;

/* kmalloc.c: the cache that kmalloc(size_bytes) takes from; 1 to KMALLOC_MAX_CACHE. */
static inline struct kmem_cache *kmalloc_cache_of(size_t size_bytes)
{
	return kmalloc_table.cache[kmalloc_table.class_of_8[(size_bytes - 1) / 8]];
}
void kmalloc_init(void);

/* cache.c: everything of a new cache; @s is zeroed. */
void kmem_cache_setup(struct kmem_cache *s, const char *name, unsigned int size,
		      unsigned int align, unsigned int flags, void (*ctor)(void *));
/* The harts' stocks, as slabinfo_show() had them counted. */
unsigned long slab_counted(const struct kmem_cache *s);

/* slab_pages.c. Sets size, link_offset, order, min_order and objects_per_slab. */
void slab_layout(struct kmem_cache *s);
struct page *alloc_slab_pages(struct kmem_cache *s, gfp_t gfp);
void free_slab_pages(struct kmem_cache *s, struct page *page);

#endif
