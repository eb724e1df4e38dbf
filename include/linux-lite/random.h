/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * random.h - random bytes: a ChaCha20 generator with fast key erasure.
 * drivers/random.c is fs/random.c's source of seed through add_hwrng_randomness.
 *
 * Small cousin of Linux's include/linux/random.h.
 */
#ifndef LINUX_LITE_RANDOM_H
#define LINUX_LITE_RANDOM_H

#include <linux-lite/types.h>

/* Context: any. */
void get_random_bytes(void *buf, size_t size_bytes);
unsigned long get_random_long(void);
/* Stir in seed; @trusted: it makes the generator ready (device tree seed, virtio-rng). */
void add_random_seed(const void *buf, size_t size_bytes, bool trusted);
bool random_ready(void);

#endif
