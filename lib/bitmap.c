// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/bitmap.c - arrays of bits
 *
 *	bit   0 ............. 63 64 .......... 127 128 ... size-1 (don't care)
 *	     [    map[0]        |     map[1]      |     map[2]               ]
 *
 * A range is worked on as: the part of the first word, whole words, the part of the last one.
 * Two masks describe the parts; when the range lies in one word, both apply:
 *
 *	first_word_mask(start)	bits start % 64 .. 63		1111 1000
 *	last_word_mask(end)	bits 0 .. (end - 1) % 64	0011 1111
 *
 * The finders share one loop, which is inlined with a constant `invert`, so that looking for a
 * clear bit is looking for a set one in the complement.  An answer at or beyond `size` is always
 * given as `size`: "none".
 *
 * CONTEXT: any; no locks: see bitmap.h.
 */
#include <linux-lite/bitmap.h>

static inline unsigned long first_word_mask(unsigned long start)
{
	return ~0UL << (start % BITS_PER_LONG);
}

static inline unsigned long last_word_mask(unsigned long end)
{
	return ~0UL >> (-end % BITS_PER_LONG);
}

/* The first bit at or behind @start that is set in (a & b) ^ invert. */
static __always_inline unsigned long find(const unsigned long *a, const unsigned long *b,
					  unsigned long invert, unsigned long size,
					  unsigned long start)
{
	unsigned long i = BIT_WORD(start);
	unsigned long word;

	if (start >= size)
		return size;
	word = ((b ? a[i] & b[i] : a[i]) ^ invert) & first_word_mask(start);
	while (!word) {
		if (++i >= BITS_TO_LONGS(size))
			return size;
		word = (b ? a[i] & b[i] : a[i]) ^ invert;
	}
	return min(i * BITS_PER_LONG + __ffs(word), size);
}

/**
 * find_next_bit - the first set bit from a place on
 * @map: bitmap
 * @size: of it, in bits
 * @start: first bit to look at
 *
 * Return: its number, or @size if there is none.
 */
unsigned long find_next_bit(const unsigned long *map, unsigned long size, unsigned long start)
{
	return find(map, NULL, 0, size, start);
}

/**
 * find_next_zero_bit - the first clear bit from a place on
 * @map: bitmap
 * @size: of it, in bits
 * @start: first bit to look at
 *
 * Return: its number, or @size if there is none.
 */
unsigned long find_next_zero_bit(const unsigned long *map, unsigned long size,
				 unsigned long start)
{
	return find(map, NULL, ~0UL, size, start);
}

/**
 * find_next_and_bit - the first bit from a place on that is set in both bitmaps
 * @a: bitmap
 * @b: bitmap
 * @size: of both, in bits
 * @start: first bit to look at
 *
 * Return: its number, or @size if there is none.
 */
unsigned long find_next_and_bit(const unsigned long *a, const unsigned long *b,
				unsigned long size, unsigned long start)
{
	return find(a, b, 0, size, start);
}

/**
 * find_last_bit - the last set bit
 * @map: bitmap
 * @size: of it, in bits
 *
 * Return: its number, or @size if there is none.
 */
unsigned long find_last_bit(const unsigned long *map, unsigned long size)
{
	unsigned long i = BITS_TO_LONGS(size);
	unsigned long mask = last_word_mask(size);

	while (i--) {
		unsigned long word = map[i] & mask;

		if (word)
			return i * BITS_PER_LONG + __fls(word);
		mask = ~0UL;
	}
	return size;
}

/**
 * bitmap_find_next_zero_area - the first run of clear bits, first fit
 * @map: bitmap
 * @size: of it, in bits
 * @start: first bit to look at
 * @nr: length of the run, in bits
 * @align_mask: the run's first bit has none of these bits: a power of two less one, or 0
 *
 * Return: the run's first bit, or @size if there is none.
 */
unsigned long bitmap_find_next_zero_area(const unsigned long *map, unsigned long size,
					 unsigned long start, unsigned long nr,
					 unsigned long align_mask)
{
	unsigned long first, end, obstacle;

	for (;;) {
		first = find_next_zero_bit(map, size, start);
		first = (first + align_mask) & ~align_mask;
		if (first >= size || nr > size - first)
			return size;
		end = first + nr;
		obstacle = find_next_bit(map, end, first);
		if (obstacle >= end)
			return first;
		start = obstacle + 1;
	}
}

/**
 * bitmap_set - set a range of bits
 * @map: bitmap
 * @start: first bit
 * @nr: how many
 *
 * Context: not atomic.
 */
void bitmap_set(unsigned long *map, unsigned long start, unsigned long nr)
{
	unsigned long end = start + nr;
	unsigned long i = BIT_WORD(start);
	unsigned long mask = first_word_mask(start);

	if (!nr)
		return;
	for (; i < BIT_WORD(end - 1); i++) {
		map[i] |= mask;
		mask = ~0UL;
	}
	map[i] |= mask & last_word_mask(end);
}

/**
 * bitmap_clear - clear a range of bits
 * @map: bitmap
 * @start: first bit
 * @nr: how many
 *
 * Context: not atomic.
 */
void bitmap_clear(unsigned long *map, unsigned long start, unsigned long nr)
{
	unsigned long end = start + nr;
	unsigned long i = BIT_WORD(start);
	unsigned long mask = first_word_mask(start);

	if (!nr)
		return;
	for (; i < BIT_WORD(end - 1); i++) {
		map[i] &= ~mask;
		mask = ~0UL;
	}
	map[i] &= ~(mask & last_word_mask(end));
}

/**
 * bitmap_weight - how many bits are set
 * @map: bitmap
 * @size: of it, in bits
 *
 * Return: the number.
 */
unsigned long bitmap_weight(const unsigned long *map, unsigned long size)
{
	unsigned long i, weight = 0;

	for (i = 0; i < size / BITS_PER_LONG; i++)
		weight += hweight_long(map[i]);
	if (size % BITS_PER_LONG)
		weight += hweight_long(map[i] & last_word_mask(size));
	return weight;
}

/**
 * bitmap_equal - have two bitmaps the same bits?
 * @a: bitmap
 * @b: bitmap
 * @size: of both, in bits
 *
 * Return: true if so.
 */
bool bitmap_equal(const unsigned long *a, const unsigned long *b, unsigned long size)
{
	unsigned long i;

	for (i = 0; i < size / BITS_PER_LONG; i++) {
		if (a[i] != b[i])
			return false;
	}
	return !(size % BITS_PER_LONG) || !((a[i] ^ b[i]) & last_word_mask(size));
}

/**
 * bitmap_and - intersection
 * @dst: result; may be one of the others
 * @a: bitmap
 * @b: bitmap
 * @size: of all, in bits
 */
void bitmap_and(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		unsigned long size)
{
	for (unsigned long i = 0; i < BITS_TO_LONGS(size); i++)
		dst[i] = a[i] & b[i];
}

/**
 * bitmap_or - union
 * @dst: result; may be one of the others
 * @a: bitmap
 * @b: bitmap
 * @size: of all, in bits
 */
void bitmap_or(unsigned long *dst, const unsigned long *a, const unsigned long *b,
	       unsigned long size)
{
	for (unsigned long i = 0; i < BITS_TO_LONGS(size); i++)
		dst[i] = a[i] | b[i];
}

/**
 * bitmap_andnot - difference
 * @dst: what is in @a and not in @b; may be one of them
 * @a: bitmap
 * @b: bitmap
 * @size: of all, in bits
 */
void bitmap_andnot(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		   unsigned long size)
{
	for (unsigned long i = 0; i < BITS_TO_LONGS(size); i++)
		dst[i] = a[i] & ~b[i];
}
