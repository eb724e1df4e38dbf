/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fuzz.h - what can be fuzzed. tests/fuzz/fuzz.c.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <linux-lite/types.h>

/* Read a damaged file of this kind, and abort() if the reader leaves it. */
void fuzz_fdt(const u8 *data, size_t size);
void fuzz_cpio(const u8 *data, size_t size);
void fuzz_inflate(const u8 *data, size_t size);

#endif
