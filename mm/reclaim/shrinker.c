// SPDX-License-Identifier: GPL-2.0-only
/*
 * shrinker.c - those who keep spare memory, asked for it when there is a shortage.
 *
 *	shrinkers -> [harts' tables and stacks] -> [areas not flushed] -> [empty slabs] -> ...
 *	             count_objects: 12      what could go
 *	             scan_objects(12)       let it go; pages freed
 *
 *   I1  the list grows at boot only: it is walked without a lock
 *
 * Small cousin of Linux's mm/shrinker.c (mm/vmscan.c until 6.7). Left out: priorities, which
 * take a part of what there is and more of it each round (what is kept here costs little to
 * make anew); memory cgroups; unregister_shrinker, as nothing here comes after boot.
 */
#include <linux-lite/shrinker.h>

static LIST_HEAD(shrinkers);

void register_shrinker(struct shrinker *s)
{
	list_add_tail(&s->list, &shrinkers);
}

unsigned long shrink_slab(gfp_t gfp)
{
	unsigned long freed = 0;
	struct shrinker *s;

	list_for_each_entry(s, &shrinkers, list) {
		struct shrink_control sc = { .gfp_mask = gfp };

		sc.nr_to_scan = s->count_objects(s, &sc);
		if (sc.nr_to_scan)
			freed += s->scan_objects(s, &sc);
	}
	return freed;
}
