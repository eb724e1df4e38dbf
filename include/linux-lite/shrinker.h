/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * shrinker.h - who keeps memory only because there was enough of it. mm/reclaim/shrinker.c.
 *
 * Small cousin of Linux's include/linux/shrinker.h.
 */
#ifndef LINUX_LITE_SHRINKER_H
#define LINUX_LITE_SHRINKER_H

#include <linux-lite/gfp.h>
#include <linux-lite/list.h>

struct shrink_control {
	gfp_t gfp_mask;			/* of who is short: what a shrinker may do */
	unsigned long nr_to_scan;	/* objects, for scan_objects */
};

/**
 * struct shrinker - one holder of spare memory
 * @count_objects: how many objects it could give up, roughly; 0: don't ask further
 * @scan_objects: give up nr_to_scan of them. Return: how many pages that freed
 * @list: all of them
 *
 * Both are called by a task that needs memory, interrupts on, and must not ask for any.
 */
struct shrinker {
	unsigned long (*count_objects)(struct shrinker *s, struct shrink_control *sc);
	unsigned long (*scan_objects)(struct shrinker *s, struct shrink_control *sc);
	struct list_head list;
};

/* Context: boot. */
void register_shrinker(struct shrinker *s);
/* Ask all of them, in the order of their registration. Return: pages freed. May sleep. */
unsigned long shrink_slab(gfp_t gfp);

#endif
