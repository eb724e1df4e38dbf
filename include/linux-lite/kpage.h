/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kpage.h - what somebody who does not own a frame may know of it: /proc/kpagecount,
 * /proc/kpageflags. mm/frame/kpage.c.
 */
#ifndef LINUX_LITE_KPAGE_H
#define LINUX_LITE_KPAGE_H

#include <linux-lite/page.h>

/**
 * pfn_to_used_page - look up a frame that somebody has
 * @pfn: any number
 * @page: where to store its struct page, or NULL when the frame is free or not RAM
 *
 * Only of a frame in use the struct page is known to be written (see frames.h). What is in it
 * may be another owner's by now: read it once, and follow no pointer in it without a check.
 *
 * Context: any; takes zone->lock.
 * Return: false if there is no RAM with this number, nor a hole between two pieces of it.
 */
bool pfn_to_used_page(unsigned long pfn, struct page **page);

/* KPF_* bits, as Linux shows them. Context: any; takes zone->lock. */
u64 kpage_flags(unsigned long pfn);
/* How many page-table entries of programs map the frame. Context: the same. */
u64 kpage_count(unsigned long pfn);

#endif
