// SPDX-License-Identifier: GPL-2.0-only
/*
 * util.c - what is made of kmalloc(), kfree() and ksize(), whoever defines those; and what is
 * too large for them.
 *
 * Small cousin of Linux's mm/util.c and of parts of mm/slab_common.c.
 */
#include <linux-lite/bug.h>
#include <linux-lite/kernel.h>
#include <linux-lite/slab_design.h>
#include <linux-lite/string.h>

noinline void *kmalloc_odd(size_t size_bytes, gfp_t gfp)
{
	if (!size_bytes)
		return ZERO_SIZE_PTR;
	/* A size that nothing can hold is a shortage, too; the caller's check was elsewhere. */
	if (size_bytes > KMALLOC_MAX_SIZE)
		return NULL;
	return __get_free_pages(gfp | __GFP_COMP, get_order(size_bytes));
}

void kfree_odd(const void *p)
{
	struct page *page = virt_to_page(p);

	if (ZERO_OR_NULL_PTR(p))
		return;
	BUG_ON(page->state != PGS_KERNEL || p != page_address(page));
	__free_pages(page, page->order);
}

void *__kzalloc(size_t size_bytes, gfp_t gfp)
{
	void *p = __kmalloc(size_bytes, gfp & ~__GFP_ZERO);

	return ZERO_OR_NULL_PTR(p) ? p : memset(p, 0, ksize(p));
}

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
