/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * contig.h - frames by number. mm/frame/contig.c.
 *
 * Small cousin of the same part of Linux's include/linux/gfp.h.
 */
#ifndef LINUX_LITE_CONTIG_H
#define LINUX_LITE_CONTIG_H

#include <linux-lite/gfp.h>

/**
 * alloc_contig_range - allocate the frames of a range as single pages
 * @start: the first; needs no alignment
 * @end: the first that is not meant; in @start's zone
 * @gfp: GFP_KERNEL, with __GFP_ZERO if they are to be cleared: how hard to try for frames
 *	elsewhere, to which pages of the range move
 *
 * Each page is as alloc_page() gives it, and may be freed by itself.
 *
 * Context: may sleep.
 * Return: 0; -EBUSY: a page cannot be moved, or somebody else isolates a pageblock of the range;
 * -ENOMEM: no frame to move a page to; -EINTR: the caller is to die; -EINVAL: not frames of one
 * zone. (Linux's third parameter says what to do about CMA.)
 */
int __must_check alloc_contig_range(unsigned long start, unsigned long end, gfp_t gfp);
/* Free single pages in a row; each should have one reference, and loses one. */
void free_contig_range(unsigned long pfn, unsigned long nr_pages);

#endif
