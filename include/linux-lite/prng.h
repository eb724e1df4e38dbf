/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/prng.h - pseudo-random numbers that can be repeated
 *
 * The small cousin of Linux's include/linux/prandom.h.  For simulations, tests and placement: from
 * a few outputs the rest can be computed, so nothing that an attacker must not guess comes from
 * here (that is chacha20.h's task).
 */
#ifndef _LINUX_LITE_PRNG_H
#define _LINUX_LITE_PRNG_H

#include <linux-lite/types.h>

/* Locked by its user; one per thread is the usual way. */
struct prng {
	u64 s[4];		/* not all 0 */
};

void prng_seed(struct prng *prng, u64 seed);
u64 prng_next(struct prng *prng);
u64 prng_below(struct prng *prng, u64 bound);

#endif /* _LINUX_LITE_PRNG_H */
