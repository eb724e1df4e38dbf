// SPDX-License-Identifier: GPL-2.0-only
/*
 * reclaim.c - what this floor does for the page allocator, which is five floors below: the
 * one place where it is told whom to call. See struct reclaim_hooks.
 *
 *	page_alloc.c --- reclaim_hooks ---> try_to_free_pages  first: what nobody uses, shrinker.c
 *	                               ---> out_of_memory      then: oom.c
 *
 * The slab allocator is a floor below, too, and cannot call register_shrinker(): its shrinker
 * is made here, of its two functions.
 */
#include <linux-lite/init.h>
#include <linux-lite/oom.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/reclaim.h>
#include <linux-lite/shrinker.h>
#include <linux-lite/slab.h>

static unsigned long count_slabs(struct shrinker *s, struct shrink_control *sc)
{
	return slab_count_spare();
}

static unsigned long scan_slabs(struct shrinker *s, struct shrink_control *sc)
{
	return slab_reclaim(sc->nr_to_scan);
}

static struct shrinker slab_shrinker = {
	.count_objects = count_slabs,
	.scan_objects = scan_slabs,
};

static unsigned long try_to_free_pages(gfp_t gfp, unsigned int order)
{
	return shrink_slab(gfp);
}

static const struct reclaim_hooks hooks = {
	.try_to_free_pages = try_to_free_pages,
	.out_of_memory = out_of_memory,
};

/**
 * reclaim_init - from now on a lack of memory is dealt with
 *
 * Context: boot.
 */
void __init reclaim_init(void)
{
	register_shrinker(&slab_shrinker);
	reclaim_hooks = &hooks;
}
