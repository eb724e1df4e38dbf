/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/chacha20.h - the ChaCha20 block function
 *
 * The small cousin of Linux's include/crypto/chacha.h.  Left out: encryption (an xor away), other
 * numbers of rounds, vector code.
 */
#ifndef _LINUX_LITE_CHACHA20_H
#define _LINUX_LITE_CHACHA20_H

#include <linux-lite/types.h>

#define CHACHA20_KEY_SIZE	32
#define CHACHA20_NONCE_SIZE	12
#define CHACHA20_BLOCK_SIZE	64

/* Locked by its user. */
struct chacha20 {
	u32 x[16];
};

void chacha20_init(struct chacha20 *state, const u8 key[CHACHA20_KEY_SIZE], u32 counter,
		   const u8 nonce[CHACHA20_NONCE_SIZE]);
void chacha20_block(struct chacha20 *state, u8 out[CHACHA20_BLOCK_SIZE]);

#endif /* _LINUX_LITE_CHACHA20_H */
