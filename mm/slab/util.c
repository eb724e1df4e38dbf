// SPDX-License-Identifier: GPL-2.0-only
/*
 * util.c - what is made of kmalloc(), kfree() and ksize(), whoever defines those.
 *
 * Small cousin of Linux's mm/util.c and of parts of mm/slab_common.c.
 */
#include <linux-lite/slab.h>
#include <linux-lite/string.h>

void *kmalloc_array(size_t n, size_t size_bytes, gfp_t gfp)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size_bytes, &bytes))
		return NULL;
	return kmalloc(bytes, gfp);
}

void *kcalloc(size_t n, size_t size_bytes, gfp_t gfp)
{
	return kmalloc_array(n, size_bytes, gfp | __GFP_ZERO);
}

void *krealloc(const void *p, size_t size_bytes, gfp_t gfp)
{
	size_t old = ksize(p);
	void *new;

	if (!size_bytes) {
		kfree(p);
		return ZERO_SIZE_PTR;
	}
	if (!ZERO_OR_NULL_PTR(p) && size_bytes <= old)
		return (void *)p;
	new = kmalloc(size_bytes, gfp);
	if (new && old) {
		memcpy(new, p, old);
		kfree(p);
	}
	return new;
}

char *kstrdup(const char *s, gfp_t gfp)
{
	size_t bytes = s ? strlen(s) + 1 : 0;
	char *copy = s ? kmalloc(bytes, gfp) : NULL;

	return copy ? memcpy(copy, s, bytes) : NULL;
}
