/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * gunzip_mem.h - unpacking gzip from memory to memory. fs/gunzip_mem.c.
 */
#ifndef LINUX_LITE_GUNZIP_MEM_H
#define LINUX_LITE_GUNZIP_MEM_H

#include <linux-lite/types.h>

/**
 * gunzip_to_memory - unpack one gzip member
 * @in: @size bytes; there may be more behind it
 * @unpacked: set to the result, to be given to gunzip_free
 * @unpacked_size: bytes of it
 * @used: bytes of @in that belonged to it
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM, or what gunzip() says: -EINVAL for what is not gzip.
 */
int gunzip_to_memory(const void *in, size_t size, void **unpacked, size_t *unpacked_size,
		     size_t *used);
void gunzip_free(void *unpacked);

#endif
