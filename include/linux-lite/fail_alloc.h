/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fail_alloc.h - let a chosen page allocation fail. mm/debug/fail_alloc.c.
 *
 * Small cousin of Linux's include/linux/fault-inject.h.
 */
#ifndef LINUX_LITE_FAIL_ALLOC_H
#define LINUX_LITE_FAIL_ALLOC_H

#include <linux-lite/types.h>

#ifdef CONFIG_FAIL_PAGE_ALLOC

bool should_fail_alloc_page(gfp_t gfp, unsigned int order);
/**
 * fail_page_alloc - choose what fails
 * @skip: allocations that still succeed, from now on; negative: none fails any more
 * @times: how many fail after those
 *
 * __GFP_NOFAIL requests neither fail nor count. Context: any.
 */
void fail_page_alloc(long skip, long times);
/* Return: allocations that were made to fail since the last fail_page_alloc(). */
long fail_page_alloc_hits(void);

#else

static inline bool should_fail_alloc_page(gfp_t gfp, unsigned int order)
{
	return false;
}

static inline void fail_page_alloc(long skip, long times) { }
static inline long fail_page_alloc_hits(void) { return 0; }

#endif

#endif
