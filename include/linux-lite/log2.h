/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/log2.h - powers of two
 *
 * The small cousin of Linux's include/linux/log2.h.  With a constant argument each of these is a
 * constant (usable in a static initializer); otherwise a few instructions of __fls().
 */
#ifndef _LINUX_LITE_LOG2_H
#define _LINUX_LITE_LOG2_H

#include <linux-lite/bitops.h>

static inline bool is_power_of_2(unsigned long n)
{
	return n && !(n & (n - 1));
}

/* Rounded down; @n > 0. */
#define ilog2(n) \
	(__builtin_constant_p(n) ? 63 - __builtin_clzll((unsigned long)(n) | 1) : (int)__fls(n))

/* log2 rounded up; 0 for @n of 0 or 1: the order of a block that holds @n pages. */
#define order_base_2(n) \
	((unsigned long)(n) <= 1 ? 0 : ilog2((unsigned long)(n) - 1) + 1)

/* @n > 0; the result must fit in 64 bits. */
#define roundup_pow_of_two(n)	(1UL << order_base_2(n))
#define rounddown_pow_of_two(n)	(1UL << ilog2(n))

#endif /* _LINUX_LITE_LOG2_H */
