// SPDX-License-Identifier: GPL-2.0-only
/*
 * slab_merge.c - alike caches are one: who creates a cache may be given one that is there.
 *
 *	kmem_cache_create("a", 190, ...)	size 192	a new cache, refcount 1
 *	kmem_cache_create("b", 192, ...)	size 192	the same one, refcount 2
 *	kmem_cache_destroy(b)					refcount 1: it stays
 *
 * Half-filled slabs are what caches cost. Two that share theirs fill them better, and the
 * harts' magazines, too. What is lost is the name, in /proc/slabinfo and in reports, and a
 * wall: an overrun, or a use after free, of one kind of object can reach another kind, which
 * is what attackers of kernels hope for. So there is a choice: slab_merge and slab_nomerge.
 *
 * Alike are two caches when the new one's objects, aligned, are as large as the other's, and
 * so lie as aligned there, and when the pages are accounted in the same way. Never merged are
 *
 *   - caches with a constructor: a free object keeps what it made
 *   - caches that are watched, or would be: their layout is their own, and their name is asked
 *     for by slab_debug=
 *   - caches created with SLAB_NO_MERGE, and the cache of caches
 *
 * Small cousin of find_mergeable() in Linux's mm/slab_common.c; left out: the aliases in
 * /sys/kernel/slab, so that of a cache that was merged only the first name is ever seen.
 */
#include <linux-lite/kernel.h>
#include <linux-lite/params.h>
#include <linux-lite/slab_debug.h>
#include <linux-lite/slab_merge.h>

#define SLAB_NEVER_MERGE	(SLAB_NO_MERGE | SLAB_DEBUG_FLAGS)
#define SLAB_MERGE_SAME		SLAB_RECLAIM_ACCOUNT

bool slab_nomerge = !IS_ENABLED(CONFIG_SLAB_MERGE_DEFAULT);

static int set_slab_nomerge(char *value)
{
	slab_nomerge = true;
	return 0;
}
early_param("slab_nomerge", set_slab_nomerge);

static int set_slab_merge(char *value)
{
	slab_nomerge = false;
	return 0;
}
early_param("slab_merge", set_slab_merge);

static bool unmergeable(const struct kmem_cache *s)
{
	return s->ctor || s->flags & SLAB_NEVER_MERGE || s->debug || !s->refcount;
}

struct kmem_cache *find_mergeable(unsigned int size, unsigned int align, unsigned int flags,
				  const char *name, void (*ctor)(void *))
{
	struct kmem_cache *s;

	if (slab_nomerge || ctor || flags & SLAB_NEVER_MERGE || slab_debug_flags(name, flags))
		return NULL;
	size = ALIGN(size, align);	/* of caches, too, sizes are multiples of alignments */
	list_for_each_entry(s, &slab_caches, list) {
		if (unmergeable(s) || (flags ^ s->flags) & SLAB_MERGE_SAME)
			continue;
		if (size == s->size)
			return s;
	}
	return NULL;
}
