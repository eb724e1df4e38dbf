/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * magazine_def.h - what slab.c and magazine.c have of their own: see slab_def.h.
 *
 * Small cousin of struct array_cache in Linux's mm/slab.c (until 6.7).
 */
#ifndef LINUX_LITE_MAGAZINE_DEF_H
#define LINUX_LITE_MAGAZINE_DEF_H

#include <linux-lite/gfp.h>

struct kmem_cache;

/* An array of free objects. slot[0] is NULL for good; the objects are slot[1..]. */
struct magazine {
	struct magazine *next;	/* in the depot (s) */
	void *slot[];
};

/*
 * One hart's stock of one cache's objects. Key: all (o) the hart, interrupts off. It is as
 * large as a line: no other hart's stores take it away, and a shift finds it.
 */
struct cpu_cache {
	void **top;		/* the last object of the loaded magazine; NULL is there: empty */
	void **end;		/* its last slot: full */
	struct magazine *loaded;	/* NULL at first */
	struct magazine *spare;	/* full or empty, or NULL */
	bool spare_full;
	unsigned long padding[3];
};

static_assert(sizeof(struct cpu_cache) == SMP_CACHE_BYTES, "a line a hart");

/* Empty slabs that a cache keeps for the next burst. */
#define MAX_EMPTY_SLABS	2
/* The largest magazine: its memory is 512 bytes. */
#define MAGAZINE_MAX	62

extern void *no_room[1];

/* slab.c: to and from slabs, passing over magazines. */
unsigned int slab_alloc_batch(struct kmem_cache *s, gfp_t gfp, unsigned int nr, void **objects);
void slab_free_batch(struct kmem_cache *s, unsigned int nr, void **objects);
/* magazine.c */
void slab_drain(struct kmem_cache *s);
void free_magazine(const struct kmem_cache *s, struct magazine *mag);

#endif
