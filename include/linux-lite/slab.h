/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * slab.h - objects smaller than a page. mm/slab/.
 *
 * Small cousin of Linux's include/linux/slab.h.
 */
#ifndef LINUX_LITE_SLAB_H
#define LINUX_LITE_SLAB_H

#include <linux-lite/gfp.h>

struct kmem_cache;

#define SLAB_HWCACHE_ALIGN	0x1u	/* objects start on a cache line */
#define SLAB_PANIC		0x2u	/* creation at boot: cannot go on without */
#define SLAB_RECLAIM_ACCOUNT	0x4u	/* a shrinker can free the objects: SReclaimable */

#define SLAB_NO_MERGE		0x8u	/* the cache never shares its slabs with another one */
/* How it watches its users: mm/slab/slab_debug.c. Mostly asked for by slab_debug=. */
#define SLAB_CONSISTENCY_CHECKS	0x100u	/* F: check, and report */
#define SLAB_RED_ZONE		0x200u	/* Z: bytes around an object that nobody may write */
#define SLAB_POISON		0x400u	/* P: a pattern in free objects */
#define SLAB_STORE_USER		0x800u	/* U: who allocated and freed it */
#define SLAB_TRACE		0x1000u	/* T: log each call */

/**
 * kmem_cache_create - make a cache of equal objects
 * @name: shown in /proc/slabinfo; a string that outlives the cache
 * @size: bytes of an object
 * @align: bytes, a power of two, or 0
 * @flags: SLAB_*
 * @ctor: run on each object of a new slab once; NULL if none
 *
 * Context: may sleep.
 * Return: the cache, or NULL.
 */
struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,
				     unsigned int flags, void (*ctor)(void *));
/* All objects must have been freed; those that were not are reported. Context: may sleep. */
void kmem_cache_destroy(struct kmem_cache *s);
/* Give empty slabs back to the page allocator. Return: how many. Context: interrupts on. */
unsigned int kmem_cache_shrink(struct kmem_cache *s);
/* As kmem_cache_alloc(): without looking for __GFP_ZERO; and always zeroed. */
void *__kmem_cache_alloc(struct kmem_cache *s, gfp_t gfp);
void *kmem_cache_zalloc(struct kmem_cache *s, gfp_t gfp);
/* Return: an object, or NULL. Context: as alloc_pages. @gfp is a constant nearly everywhere. */
static __always_inline void *kmem_cache_alloc(struct kmem_cache *s, gfp_t gfp)
{
	return gfp & __GFP_ZERO ? kmem_cache_zalloc(s, gfp) : __kmem_cache_alloc(s, gfp);
}
void kmem_cache_free(struct kmem_cache *s, void *obj);
/* @nr objects at once, into @objects. Return: @nr; 0, and none, when memory is short. */
int kmem_cache_alloc_bulk(struct kmem_cache *s, gfp_t gfp, size_t nr, void **objects);
void kmem_cache_free_bulk(struct kmem_cache *s, size_t nr, void **objects);

#define KMEM_CACHE(st, flags) \
	kmem_cache_create(#st, sizeof(struct st), __alignof__(struct st), flags, NULL)

/* kmalloc(0): not NULL, and a fault for who follows it. */
#define ZERO_SIZE_PTR		((void *)16)
#define ZERO_OR_NULL_PTR(p)	((unsigned long)(p) <= (unsigned long)ZERO_SIZE_PTR)

/* Bytes; more is pages. Where a slab can't be more than one page, the larger classes are not. */
#define KMALLOC_MAX_CACHE	(MAX_ORDER ? 8192u : 4096u)
/* The largest block that the page allocator has; never more is given. */
#define KMALLOC_MAX_SIZE	(PAGE_SIZE << MAX_ORDER)

/*
 * The size classes, and what they are called. Up to 256 bytes they are evenly spaced; above, a
 * class is as large as it can be for 13, 11, 9 or 8 objects to fill a slab: kmalloc.c.
 */
#define KMALLOC_CLASSES(X) \
	X(8, "8") X(16, "16") X(24, "24") X(32, "32") X(40, "40") X(48, "48") X(56, "56") \
	X(64, "64") X(80, "80") X(96, "96") X(112, "112") X(128, "128") \
	X(160, "160") X(192, "192") X(224, "224") X(256, "256") \
	X(312, "312") X(368, "368") X(448, "448") X(512, "512") \
	X(624, "624") X(744, "744") X(904, "904") X(1024, "1k") \
	X(1256, "1256") X(1488, "1488") X(1816, "1816") X(2048, "2k") \
	X(2520, "2520") X(2976, "2976") X(3640, "3640") X(4096, "4k") \
	X(5456, "5456") X(6552, "6552") X(8192, "8k")

#define KMALLOC_COUNT(bytes, name)	+ 1
#define KMALLOC_BELOW(bytes, name)	+ (size_bytes > (bytes))

enum { KMALLOC_NR_CLASSES = 0 KMALLOC_CLASSES(KMALLOC_COUNT) };

/* The class of 1 <= @size_bytes <= KMALLOC_MAX_CACHE: so many are too small. For constants. */
static __always_inline unsigned int kmalloc_class(size_t size_bytes)
{
	return 0 KMALLOC_CLASSES(KMALLOC_BELOW);
}

/* In one structure, so that __kmalloc() makes one address for both. */
struct kmalloc_table {
	struct kmem_cache *cache[KMALLOC_NR_CLASSES];
	u8 class_of_8[KMALLOC_MAX_CACHE / 8];	/* [(size_bytes - 1) / 8] */
};

extern struct kmalloc_table kmalloc_table;
/* As kmalloc() of any size: without looking for __GFP_ZERO; and always zeroed, up to ksize(). */
void *__kmalloc(size_t size_bytes, gfp_t gfp);
void *__kzalloc(size_t size_bytes, gfp_t gfp);

/**
 * kmalloc - memory by the byte
 * @size_bytes: how much; where the compiler knows it, it picks the class, too
 * @gfp: what may be done for it
 *
 * Context: as alloc_pages.
 * Return: at least @size_bytes, or NULL. Aligned to 8; a size that is a power of two is
 * aligned to itself (up to PAGE_SIZE). kmalloc(0) is a valid pointer to no bytes.
 */
static __always_inline void *kmalloc(size_t size_bytes, gfp_t gfp)
{
	if (!IS_ENABLED(CONFIG_SLOB) && __builtin_constant_p(size_bytes) && size_bytes &&
	    size_bytes <= KMALLOC_MAX_CACHE)
		return kmem_cache_alloc(kmalloc_table.cache[kmalloc_class(size_bytes)], gfp);
	return gfp & __GFP_ZERO ? __kzalloc(size_bytes, gfp) : __kmalloc(size_bytes, gfp);
}

/* Zeroed. */
static __always_inline void *kzalloc(size_t size_bytes, gfp_t gfp)
{
	return kmalloc(size_bytes, gfp | __GFP_ZERO);
}


/* n * size, NULL when that overflows. */
void *kmalloc_array(size_t n, size_t size_bytes, gfp_t gfp);
void *kcalloc(size_t n, size_t size_bytes, gfp_t gfp);
void *krealloc(const void *p, size_t size_bytes, gfp_t gfp);
void kfree(const void *p);
size_t ksize(const void *p);
char *kstrdup(const char *s, gfp_t gfp);

/* For reclaim: empty slabs and full magazines in depots, of all caches. Context: any. */
unsigned long slab_count_spare(void);
/*
 * Give up all depots of magazines, and empty slabs until @nr have gone, or a cache more.
 * Return: how many pages that freed. Context: any.
 */
unsigned long slab_reclaim(unsigned long nr);

/* The harts' own stocks, too, and then all empty slabs. Return: likewise. Interrupts on. */
unsigned long slab_drain_all(void);

struct seq_file;
/* /proc/slabinfo */
int slabinfo_show(struct seq_file *m);

/* Boot: after the page allocator. */
void kmem_cache_init(void);

#endif
