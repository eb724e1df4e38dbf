// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/chacha20.c - the ChaCha20 block function: the heart of /dev/urandom
 *
 * Sixteen words, as a square:
 *
 *	+----+----+----+----+
 *	| "expand 32-byte k"|	constants
 *	+----+----+----+----+
 *	| key               |
 *	+                   +
 *	|                   |
 *	+----+--------------+
 *	| ctr| nonce        |
 *	+----+--------------+
 *
 * Ten double rounds mix them: first the four columns, then the four diagonals, each by the same
 * quarter round of additions, rotations and xors (all of constant time, so there is no timing to
 * watch).  Adding the words from before the rounds makes the function one-way; the counter makes
 * the next block.
 *
 * Who knows the output learns neither the key nor other blocks.  A random generator that must also
 * keep *past* output secret after a break-in replaces its key by output at each use ("fast key
 * erasure"): its user's task.
 *
 * CONTEXT: any; whoever owns the state locks it.
 *
 * Source: RFC 8439, sections 2.1 to 2.3; D. J. Bernstein, 2008.
 */
#include <linux-lite/chacha20.h>

static inline u32 rotl(u32 x, int n)
{
	return x << n | x >> (32 - n);
}

static inline void quarter_round(u32 *x, int a, int b, int c, int d)
{
	x[a] += x[b];
	x[d] = rotl(x[d] ^ x[a], 16);
	x[c] += x[d];
	x[b] = rotl(x[b] ^ x[c], 12);
	x[a] += x[b];
	x[d] = rotl(x[d] ^ x[a], 8);
	x[c] += x[d];
	x[b] = rotl(x[b] ^ x[c], 7);
}

static inline u32 read_le32(const u8 *p)
{
	return p[0] | (u32)p[1] << 8 | (u32)p[2] << 16 | (u32)p[3] << 24;
}

/**
 * chacha20_init - set up a state
 * @state: filled in
 * @key: 32 bytes, secret
 * @counter: number of the first block
 * @nonce: 12 bytes, never twice the same with one key
 */
void chacha20_init(struct chacha20 *state, const u8 key[CHACHA20_KEY_SIZE], u32 counter,
		   const u8 nonce[CHACHA20_NONCE_SIZE])
{
	static const u8 constants[16] = {
		'e', 'x', 'p', 'a', 'n', 'd', ' ', '3', '2', '-', 'b', 'y', 't', 'e', ' ', 'k',
	};

	for (int i = 0; i < 4; i++)
		state->x[i] = read_le32(constants + 4 * i);
	for (int i = 0; i < 8; i++)
		state->x[4 + i] = read_le32(key + 4 * i);
	state->x[12] = counter;
	for (int i = 0; i < 3; i++)
		state->x[13 + i] = read_le32(nonce + 4 * i);
}

/**
 * chacha20_block - the next 64 bytes
 * @state: its counter moves on; wraps after 256 GiB, before which the key must change
 * @out: the bytes
 */
void chacha20_block(struct chacha20 *state, u8 out[CHACHA20_BLOCK_SIZE])
{
	u32 x[16];

	for (int i = 0; i < 16; i++)
		x[i] = state->x[i];
	for (int i = 0; i < 10; i++) {
		quarter_round(x, 0, 4, 8, 12);
		quarter_round(x, 1, 5, 9, 13);
		quarter_round(x, 2, 6, 10, 14);
		quarter_round(x, 3, 7, 11, 15);
		quarter_round(x, 0, 5, 10, 15);
		quarter_round(x, 1, 6, 11, 12);
		quarter_round(x, 2, 7, 8, 13);
		quarter_round(x, 3, 4, 9, 14);
	}
	for (int i = 0; i < 16; i++) {
		u32 word = x[i] + state->x[i];

		out[4 * i] = word;
		out[4 * i + 1] = word >> 8;
		out[4 * i + 2] = word >> 16;
		out[4 * i + 3] = word >> 24;
	}
	state->x[12]++;
}
