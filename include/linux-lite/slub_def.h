/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * slub_def.h - a hart's part of a cache when slub.c is the design: see slab_def.h.
 *
 * Small cousin of Linux's include/linux/slub_def.h (until 6.7).
 */
#ifndef LINUX_LITE_SLUB_DEF_H
#define LINUX_LITE_SLUB_DEF_H

#include <linux-lite/list.h>

/*
 * One hart's slabs of one cache. Key: all (o) the hart, interrupts off. As long as a cache line,
 * or the neighbour's allocations would take it away.
 */
struct cpu_cache {
	void *freelist;			/* free objects of page */
	struct page *page;		/* the active slab, or NULL */
	struct list_head partial;	/* the next ones */
	unsigned int nr_partial;
	unsigned int unused[7];
};

static_assert(sizeof(struct cpu_cache) == SMP_CACHE_BYTES, "one line a hart");

#endif
