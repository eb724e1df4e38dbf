/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compaction.h - making large blocks out of scattered free frames. mm/frame/compaction.c.
 *
 * Small cousin of Linux's include/linux/compaction.h.
 */
#ifndef LINUX_LITE_COMPACTION_H
#define LINUX_LITE_COMPACTION_H

#include <linux-lite/zone.h>

/* How compaction of a zone ended. */
enum compact_result {
	COMPACT_SKIPPED,	/* no use: too few free pages for it, or it failed lately */
	COMPACT_COMPLETE,	/* the scanners met: what could move has moved */
	COMPACT_CONTENDED,	/* the caller is to die */
	COMPACT_SUCCESS,	/* there is a block of the order that was wanted */
};

#ifdef CONFIG_COMPACTION

/**
 * compact_zone - move pages to the zone's end until there is a large block
 * @zone: the zone
 * @order: that is wanted; -1: as many large blocks as can be had
 *
 * Context: may sleep; no spinlock held.
 * Return: see above; never COMPACT_SKIPPED.
 */
enum compact_result compact_zone(struct zone *zone, int order);

/**
 * try_to_compact_pages - for an allocation that found no block
 * @gfp: of the request
 * @order: of the request, more than 0
 *
 * Context: may sleep; no spinlock held.
 * Return: false: no zone was compacted. Else it is worth another look.
 */
bool try_to_compact_pages(gfp_t gfp, unsigned int order);

/* All zones: /proc/sys/vm/compact_memory. Context: may sleep. */
void compact_nodes(void);

#else

static inline bool try_to_compact_pages(gfp_t gfp, unsigned int order)
{
	return false;
}

#endif

#endif
