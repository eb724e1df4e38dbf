// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/bitops.c - the number of a bit, by multiplication
 *
 * A de Bruijn sequence of order 6 is a cyclic word of 64 bits in which every one of the 64 patterns
 * of 6 bits occurs exactly once.  Multiplying it by 1 << n shifts it left by n, so the top 6 bits
 * of the product are the pattern that starts at place n: different for each n.  A table takes the
 * pattern back to n:
 *
 *	n = table[((1UL << n) * sequence) >> 58]
 *
 * One multiplication and one load, on any machine; x & -x isolates the lowest bit of x, and
 * smearing the highest bit downward and x ^ x >> 1 the highest (bitops.h).
 *
 * Source: C. Leiserson, H. Prokop, K. Randall, "Using de Bruijn Sequences to Index a 1 in a
 * Computer Word", MIT, 1998.  tests/unit/bitops_test.c checks all 64 entries.
 */
#include <linux-lite/bitops.h>

const u8 __debruijn64_index[64] = {
	 0,  1, 48,  2, 57, 49, 28,  3, 61, 58, 50, 42, 38, 29, 17,  4,
	62, 55, 59, 36, 53, 51, 43, 22, 45, 39, 33, 30, 24, 18, 12,  5,
	63, 47, 56, 27, 60, 41, 37, 16, 54, 35, 52, 21, 44, 32, 23, 11,
	46, 26, 40, 15, 34, 20, 31, 10, 25, 14, 19,  9, 13,  8,  7,  6,
};
