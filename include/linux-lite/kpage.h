/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kpage.h - what somebody who does not own a frame may know of it: /proc/kpagecount,
 * /proc/kpageflags. mm/frame/kpage.c.
 */
#ifndef LINUX_LITE_KPAGE_H
#define LINUX_LITE_KPAGE_H

#include <linux-lite/page.h>

enum kpage_what {
	KPAGE_FLAGS,		/* KPF_* bits, as Linux shows them */
	KPAGE_COUNT,		/* how many page-table entries of programs map the frame */
};

/**
 * kpage_read - what is known of some frames
 * @what: which file's entries
 * @pfn: the first frame, any number
 * @nr: how many; none beyond ~0UL
 * @entry: @nr of them, filled in
 *
 * Context: any; takes zone->lock, for 64 frames at a time.
 */
void kpage_read(enum kpage_what what, unsigned long pfn, unsigned int nr, u64 *entry);

#endif
