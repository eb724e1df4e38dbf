/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * slab_merge.h - alike caches are one. mm/slab/slab_merge.c, for cache.c and tests.
 */
#ifndef LINUX_LITE_SLAB_MERGE_H
#define LINUX_LITE_SLAB_MERGE_H

#include <linux-lite/slab_def.h>

/* slab_nomerge, slab_merge, CONFIG_SLAB_MERGE_DEFAULT; constant after boot. */
extern bool slab_nomerge;

/**
 * find_mergeable - is there a cache whose objects would do?
 * @size: bytes asked for
 * @align: bytes, as calculate_alignment() has it
 * @flags: SLAB_*
 * @name: of the cache that is to be created
 * @ctor: its constructor
 *
 * Context: slab_lock held.
 * Return: the cache; or NULL: make one.
 */
struct kmem_cache *find_mergeable(unsigned int size, unsigned int align, unsigned int flags,
				  const char *name, void (*ctor)(void *));

#endif
