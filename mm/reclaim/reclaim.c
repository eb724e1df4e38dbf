// SPDX-License-Identifier: GPL-2.0-only
/*
 * reclaim.c - what this floor does for the page allocator, which is five floors below: the
 * one place where it is told whom to call. See struct reclaim_hooks.
 *
 *	page_alloc.c --- reclaim_hooks ---> try_to_free_pages  first: what nobody uses, shrinker.c
 *	                               ---> out_of_memory      then: oom.c
 *
 * What is kept on the floors below is given up by shrinkers that are made here, because a floor
 * below cannot call register_shrinker(). Their order is that in which one finds what another has
 * let go: a kernel stack's addresses wait for a flush; what describes them are objects; and
 * objects that are gone leave empty slabs.
 */
#include <linux-lite/init.h>
#include <linux-lite/oom.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/reclaim.h>
#include <linux-lite/shrinker.h>
#include <linux-lite/slab.h>
#include <linux-lite/smp.h>
#include <linux-lite/table_page.h>
#include <linux-lite/vmalloc.h>
#include <linux-lite/vmap_area.h>

/* Each hart's page tables and kernel stacks for the next fork. */
static unsigned long count_kept(struct shrinker *s, struct shrink_control *sc)
{
	unsigned long nr = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		nr += table_page_kept(cpu) + kernel_stack_kept(cpu);
	return nr;
}

static void drain_kept(void *unused)
{
	table_page_drain();
	kernel_stack_drain();
}

static unsigned long give_up_kept(struct shrinker *s, struct shrink_control *sc)
{
	on_each_cpu(drain_kept, NULL);
	return sc->nr_to_scan;
}

static struct shrinker kept_shrinker = {
	.count_objects = count_kept,
	.scan_objects = give_up_kept,
};

static unsigned long count_lazy_areas(struct shrinker *s, struct shrink_control *sc)
{
	return vmap_area_lazy_bytes() >> PAGE_SHIFT;
}

static unsigned long flush_lazy_areas(struct shrinker *s, struct shrink_control *sc)
{
	vmap_area_shrink();
	return 0;			/* addresses, and objects: no page as yet */
}

static struct shrinker vmap_shrinker = {
	.count_objects = count_lazy_areas,
	.scan_objects = flush_lazy_areas,
};

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
 * drop_slab - let go what is kept only because there is memory enough: drop_caches
 *
 * Context: may sleep.
 */
void drop_slab(void)
{
	unsigned long enough = 0;		/* more each time: others may be filling it up */

	while (shrink_slab(GFP_KERNEL) + slab_drain_all() > enough)
		enough = enough * 2 + 1;
}

/**
 * reclaim_init - from now on a lack of memory is dealt with
 *
 * Context: boot.
 */
void __init reclaim_init(void)
{
	register_shrinker(&kept_shrinker);
	register_shrinker(&vmap_shrinker);
	register_shrinker(&slab_shrinker);
	reclaim_hooks = &hooks;
}
