/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/bitops.h - single bits, and the ends of a word
 *
 * The small cousin of Linux's include/linux/bitops.h.  Left out: 32-bit and big-endian variants.
 *
 * A bit number may exceed 63: bit n of a bitmap is bit n % 64 of word n / 64.
 *
 *   name			atomic	orders memory
 *   set_bit clear_bit change_bit	yes	no
 *   test_and_{set,clear}_bit	yes	fully
 *   test_and_set_bit_lock	yes	acquire: what follows stays behind it
 *   clear_bit_unlock		yes	release: what precedes stays before it
 *   test_bit			load	no
 *   test_bit_acquire		load	acquire
 *   __set_bit __clear_bit ...	no	no: the owner's lock does
 *
 * Finding the end of a word: the base RISC-V ISA has no instruction for it (Zbb has), and the
 * compiler's __builtin_ctzl() would call libgcc, which the kernel is not linked with.  lib/bitops.c
 * explains the multiplication used here instead.
 */
#ifndef _LINUX_LITE_BITOPS_H
#define _LINUX_LITE_BITOPS_H

#include <linux-lite/kernel.h>
#include <linux-lite/types.h>

#define BITS_PER_LONG		64
#define BIT_MASK(nr)		(1UL << ((nr) % BITS_PER_LONG))
#define BIT_WORD(nr)		((nr) / BITS_PER_LONG)
#define BITS_TO_LONGS(nr)	DIV_ROUND_UP(nr, BITS_PER_LONG)

#define __DEBRUIJN64		0x03f79d71b4cb0a89UL
extern const u8 __debruijn64_index[64];		/* lib/bitops.c */

/* The number of the only bit set in @bit. */
static inline unsigned int __bit_number(unsigned long bit)
{
	return __debruijn64_index[(bit * __DEBRUIJN64) >> 58];
}

/* The lowest bit set, 0 to 63; undefined for 0. */
static inline unsigned long __ffs(unsigned long word)
{
	return __bit_number(word & -word);
}

/* The lowest bit clear, 0 to 63; undefined for ~0. */
static inline unsigned long ffz(unsigned long word)
{
	return __ffs(~word);
}

/* The highest bit set, 0 to 63; undefined for 0. */
static inline unsigned long __fls(unsigned long word)
{
	word |= word >> 1;
	word |= word >> 2;
	word |= word >> 4;
	word |= word >> 8;
	word |= word >> 16;
	word |= word >> 32;
	return __bit_number(word ^ (word >> 1));
}

/* The highest bit set, 1 to 64; 0 for 0. */
static inline int fls64(u64 x)
{
	return x ? __fls(x) + 1 : 0;
}

/* The highest bit set, 1 to 32; 0 for 0. */
static inline int fls(unsigned int x)
{
	return fls64(x);
}

/* The lowest bit set, 1 to 32; 0 for 0.  libc's name: see lib/ffs.c. */
int (ffs)(int x);

/* How many bits are set. */
static inline unsigned int hweight64(u64 w)
{
	w -= (w >> 1) & 0x5555555555555555UL;			/* counts of 2 bits each */
	w = (w & 0x3333333333333333UL) + ((w >> 2) & 0x3333333333333333UL);
	w = (w + (w >> 4)) & 0x0f0f0f0f0f0f0f0fUL;		/* of 8 bits each */
	return (w * 0x0101010101010101UL) >> 56;		/* their sum in the top byte */
}

static inline unsigned int hweight_long(unsigned long w)
{
	return hweight64(w);
}

static inline unsigned int hweight32(u32 w)
{
	return hweight64(w);
}

static inline void set_bit(unsigned long nr, volatile unsigned long *addr)
{
	__atomic_fetch_or(addr + BIT_WORD(nr), BIT_MASK(nr), __ATOMIC_RELAXED);
}

static inline void clear_bit(unsigned long nr, volatile unsigned long *addr)
{
	__atomic_fetch_and(addr + BIT_WORD(nr), ~BIT_MASK(nr), __ATOMIC_RELAXED);
}

static inline void change_bit(unsigned long nr, volatile unsigned long *addr)
{
	__atomic_fetch_xor(addr + BIT_WORD(nr), BIT_MASK(nr), __ATOMIC_RELAXED);
}

static inline bool test_and_set_bit(unsigned long nr, volatile unsigned long *addr)
{
	return __atomic_fetch_or(addr + BIT_WORD(nr), BIT_MASK(nr), __ATOMIC_SEQ_CST) &
		BIT_MASK(nr);
}

static inline bool test_and_clear_bit(unsigned long nr, volatile unsigned long *addr)
{
	return __atomic_fetch_and(addr + BIT_WORD(nr), ~BIT_MASK(nr), __ATOMIC_SEQ_CST) &
		BIT_MASK(nr);
}

static inline bool test_and_set_bit_lock(unsigned long nr, volatile unsigned long *addr)
{
	return __atomic_fetch_or(addr + BIT_WORD(nr), BIT_MASK(nr), __ATOMIC_ACQUIRE) &
		BIT_MASK(nr);
}

static inline void clear_bit_unlock(unsigned long nr, volatile unsigned long *addr)
{
	__atomic_fetch_and(addr + BIT_WORD(nr), ~BIT_MASK(nr), __ATOMIC_RELEASE);
}

static inline bool test_bit(unsigned long nr, const volatile unsigned long *addr)
{
	return __atomic_load_n(addr + BIT_WORD(nr), __ATOMIC_RELAXED) & BIT_MASK(nr);
}

static inline bool test_bit_acquire(unsigned long nr, const volatile unsigned long *addr)
{
	return __atomic_load_n(addr + BIT_WORD(nr), __ATOMIC_ACQUIRE) & BIT_MASK(nr);
}

static inline void __set_bit(unsigned long nr, unsigned long *addr)
{
	addr[BIT_WORD(nr)] |= BIT_MASK(nr);
}

static inline void __clear_bit(unsigned long nr, unsigned long *addr)
{
	addr[BIT_WORD(nr)] &= ~BIT_MASK(nr);
}

static inline void __change_bit(unsigned long nr, unsigned long *addr)
{
	addr[BIT_WORD(nr)] ^= BIT_MASK(nr);
}

static inline void __assign_bit(unsigned long nr, unsigned long *addr, bool value)
{
	if (value)
		__set_bit(nr, addr);
	else
		__clear_bit(nr, addr);
}

static inline bool __test_and_set_bit(unsigned long nr, unsigned long *addr)
{
	bool old = addr[BIT_WORD(nr)] & BIT_MASK(nr);

	__set_bit(nr, addr);
	return old;
}

static inline bool __test_and_clear_bit(unsigned long nr, unsigned long *addr)
{
	bool old = addr[BIT_WORD(nr)] & BIT_MASK(nr);

	__clear_bit(nr, addr);
	return old;
}

#endif /* _LINUX_LITE_BITOPS_H */
