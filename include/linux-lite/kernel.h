/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel.h - arithmetic and pointer helpers. Pure macros, no state, no calls.
 *
 * Small cousin of Linux's kernel.h, minmax.h, align.h, bits.h, container_of.h.
 */
#ifndef LINUX_LITE_KERNEL_H
#define LINUX_LITE_KERNEL_H

#include <linux-lite/compiler.h>
#include <linux-lite/types.h>

#define ARRAY_SIZE(a)		(sizeof(a) / sizeof((a)[0]))
#define container_of(ptr, type, member) \
	((type *)((char *)(ptr) - offsetof(type, member)))

/* a must be a power of two; works on integers. */
#define ALIGN(x, a)		(((x) + ((__typeof__(x))(a) - 1)) & ~((__typeof__(x))(a) - 1))
#define ALIGN_DOWN(x, a)	((x) & ~((__typeof__(x))(a) - 1))
#define IS_ALIGNED(x, a)	(((x) & ((__typeof__(x))(a) - 1)) == 0)
#define DIV_ROUND_UP(n, d)	(((n) + (d) - 1) / (d))

#define BIT(n)			(1UL << (n))

#define min(a, b) ({ __typeof__(a) _min1 = (a); __typeof__(b) _min2 = (b); \
		     (void)(&_min1 == &_min2); _min1 < _min2 ? _min1 : _min2; })
#define max(a, b) ({ __typeof__(a) _max1 = (a); __typeof__(b) _max2 = (b); \
		     (void)(&_max1 == &_max2); _max1 > _max2 ? _max1 : _max2; })
#define min_t(t, a, b) ({ t _min1 = (a); t _min2 = (b); _min1 < _min2 ? _min1 : _min2; })
#define max_t(t, a, b) ({ t _max1 = (a); t _max2 = (b); _max1 > _max2 ? _max1 : _max2; })
#define clamp_t(t, v, lo, hi)	min_t(t, max_t(t, v, lo), hi)
#define swap(a, b) do { __typeof__(a) _swap = (a); (a) = (b); (b) = _swap; } while (0)

#define KiB(n)	((unsigned long)(n) << 10)
#define MiB(n)	((unsigned long)(n) << 20)
#define GiB(n)	((unsigned long)(n) << 30)

#define NSEC_PER_SEC	1000000000UL
#define NSEC_PER_MSEC	1000000UL
#define NSEC_PER_USEC	1000UL
#define USEC_PER_SEC	1000000UL

#endif
