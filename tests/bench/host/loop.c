// SPDX-License-Identifier: GPL-2.0-only
/*
 * loop.c - an allocator that does nothing, in a file of its own so that it is really called.
 */
#include <stddef.h>

void *null_alloc(size_t size_bytes);
void *null_alloc_aligned(size_t align, size_t size_bytes);
void null_free(void *p);

static char nothing[8192];

void *null_alloc(size_t size_bytes)
{
	(void)size_bytes;
	return nothing;
}

void *null_alloc_aligned(size_t align, size_t size_bytes)
{
	(void)align;
	(void)size_bytes;
	return nothing;
}

void null_free(void *p)
{
	(void)p;
}
