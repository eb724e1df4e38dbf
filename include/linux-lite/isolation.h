/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * isolation.h - pageblocks that hand nothing out. mm/frame/isolation.c.
 *
 * Small cousin of Linux's include/linux/page-isolation.h.
 */
#ifndef LINUX_LITE_ISOLATION_H
#define LINUX_LITE_ISOLATION_H

#include <linux-lite/zone.h>

/**
 * start_isolate_page_range - from now on the pageblocks of a range hand nothing out
 * @zone: that spans it
 * @start: its first frame
 * @end: the first that is not meant
 *
 * Its free blocks do not count as free any more, and what is freed in it stays free. What harts
 * have on their lists is not touched: drain_all_pages() afterwards, then none of it is there.
 *
 * Context: any.
 * Return: 0; -EBUSY: one of the pageblocks is isolated already; none of the others is then.
 */
int start_isolate_page_range(struct zone *zone, unsigned long start, unsigned long end);
/* The inverse. Context: any. */
void undo_isolate_page_range(struct zone *zone, unsigned long start, unsigned long end);

/**
 * take_isolated_range - allocate exactly the frames of an isolated range, if all are free
 * @zone: that spans it
 * @start: its first frame
 * @end: the first that is not meant
 *
 * The frames are as frames_alloc() gives them: their struct pages are written, with state
 * PGS_FREE_TAIL.
 *
 * Context: any.
 * Return: false: one of them is not free; nothing has changed.
 */
bool take_isolated_range(struct zone *zone, unsigned long start, unsigned long end);

#endif
