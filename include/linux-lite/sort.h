/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/sort.h - sorting arrays, and searching sorted ones
 *
 * The small cousin of Linux's include/linux/sort.h and bsearch.h.  Left out: sort_r() and custom
 * swap functions.
 *
 * A comparison answers <0, 0 or >0.  bsearch() has libc's name: on the host libc supplies it, and
 * lib/bsearch.c stays out of the link.
 */
#ifndef _LINUX_LITE_SORT_H
#define _LINUX_LITE_SORT_H

#include <linux-lite/types.h>

void sort(void *base, size_t nr, size_t size, int (*cmp)(const void *a, const void *b));
void *bsearch(const void *key, const void *base, size_t nr, size_t size,
	      int (*cmp)(const void *key, const void *elem));

#endif /* _LINUX_LITE_SORT_H */
