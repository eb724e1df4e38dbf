// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/prng.c - xoshiro256**: pseudo-random numbers that can be repeated
 *
 * The state is 256 bits that xor, shift and rotate move through all values but 0 before one comes
 * back; the output is scrambled by two multiplications, because the raw state is linear in GF(2)
 * and would show it.  A seed of 64 bits is stretched to the state by splitmix64, so that the
 * sequences of neighbouring seeds have nothing in common.
 *
 * CONTEXT: any; whoever owns the state locks it.
 *
 * Source: D. Blackman, S. Vigna, "Scrambled Linear Pseudorandom Number Generators", 2018; G. Steele
 * et al., "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
 */
#include <linux-lite/prng.h>

static inline u64 rotl(u64 x, int n)
{
	return x << n | x >> (64 - n);
}

static u64 splitmix64(u64 *state)
{
	u64 z = *state += 0x9e3779b97f4a7c15UL;		/* 2^64 / golden ratio, odd */

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9UL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebUL;
	return z ^ z >> 31;
}

/**
 * prng_seed - start a sequence
 * @prng: filled in
 * @seed: the same seed gives the same sequence
 */
void prng_seed(struct prng *prng, u64 seed)
{
	for (int i = 0; i < 4; i++)
		prng->s[i] = splitmix64(&seed);
}

/**
 * prng_next - the next number
 * @prng: state
 *
 * Return: 64 bits.
 */
u64 prng_next(struct prng *prng)
{
	u64 *s = prng->s;
	u64 result = rotl(s[1] * 5, 7) * 9;
	u64 t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotl(s[3], 45);
	return result;
}

/**
 * prng_below - the next number, below a bound
 * @prng: state
 * @bound: at least 1
 *
 * The highest partial multiple of @bound is rejected: all results are equally likely.
 *
 * Return: 0 to @bound - 1.
 */
u64 prng_below(struct prng *prng, u64 bound)
{
	u64 reject = -bound % bound;	/* = 2^64 mod bound */
	u64 x;

	do {
		x = prng_next(prng);
	} while (x < reject);
	return x % bound;
}
