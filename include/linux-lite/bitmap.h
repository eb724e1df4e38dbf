/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/bitmap.h - arrays of bits
 *
 * The small cousin of Linux's include/linux/bitmap.h and find.h.  Left out: parsing and printing,
 * regions, and the set algebra nobody here uses.
 *
 * The size of a bitmap is in bits; what lies behind them in the last word is don't-care: no
 * function's answer depends on it.  No locking: use the atomic operations of bitops.h, or a lock
 * that the bitmap's owner names.
 */
#ifndef _LINUX_LITE_BITMAP_H
#define _LINUX_LITE_BITMAP_H

#include <linux-lite/bitops.h>

#define DECLARE_BITMAP(name, bits) unsigned long name[BITS_TO_LONGS(bits)]

unsigned long find_next_bit(const unsigned long *map, unsigned long size, unsigned long start);
unsigned long find_next_zero_bit(const unsigned long *map, unsigned long size,
				 unsigned long start);
unsigned long find_next_and_bit(const unsigned long *a, const unsigned long *b,
				unsigned long size, unsigned long start);
unsigned long find_last_bit(const unsigned long *map, unsigned long size);
unsigned long bitmap_find_next_zero_area(const unsigned long *map, unsigned long size,
					 unsigned long start, unsigned long nr,
					 unsigned long align_mask);
void bitmap_set(unsigned long *map, unsigned long start, unsigned long nr);
void bitmap_clear(unsigned long *map, unsigned long start, unsigned long nr);
unsigned long bitmap_weight(const unsigned long *map, unsigned long size);
bool bitmap_equal(const unsigned long *a, const unsigned long *b, unsigned long size);
void bitmap_and(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		unsigned long size);
void bitmap_or(unsigned long *dst, const unsigned long *a, const unsigned long *b,
	       unsigned long size);
void bitmap_andnot(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		   unsigned long size);

static inline unsigned long find_first_bit(const unsigned long *map, unsigned long size)
{
	return find_next_bit(map, size, 0);
}

static inline unsigned long find_first_zero_bit(const unsigned long *map, unsigned long size)
{
	return find_next_zero_bit(map, size, 0);
}

static inline void bitmap_zero(unsigned long *map, unsigned long size)
{
	for (unsigned long i = 0; i < BITS_TO_LONGS(size); i++)
		map[i] = 0;
}

static inline void bitmap_fill(unsigned long *map, unsigned long size)
{
	for (unsigned long i = 0; i < BITS_TO_LONGS(size); i++)
		map[i] = ~0UL;
}

static inline void bitmap_copy(unsigned long *dst, const unsigned long *src, unsigned long size)
{
	for (unsigned long i = 0; i < BITS_TO_LONGS(size); i++)
		dst[i] = src[i];
}

static inline bool bitmap_empty(const unsigned long *map, unsigned long size)
{
	return find_first_bit(map, size) >= size;
}

static inline bool bitmap_full(const unsigned long *map, unsigned long size)
{
	return find_first_zero_bit(map, size) >= size;
}

static inline bool bitmap_intersects(const unsigned long *a, const unsigned long *b,
				     unsigned long size)
{
	return find_next_and_bit(a, b, size, 0) < size;
}

#define for_each_set_bit(bit, map, size)			\
	for ((bit) = find_first_bit((map), (size));		\
	     (bit) < (size);					\
	     (bit) = find_next_bit((map), (size), (bit) + 1))

#define for_each_clear_bit(bit, map, size)			\
	for ((bit) = find_first_zero_bit((map), (size));	\
	     (bit) < (size);					\
	     (bit) = find_next_zero_bit((map), (size), (bit) + 1))

#endif /* _LINUX_LITE_BITMAP_H */
