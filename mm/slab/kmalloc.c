// SPDX-License-Identifier: GPL-2.0-only
/*
 * kmalloc.c - memory by the byte: one cache for each size class.
 *
 *	class   8 16 24 32 40 48 56 64 80 96 112 128 160 ... 8192 | larger: pages, compound
 *
 *	cache[class_of_8[(size - 1) / 8]]	one byte load, whatever the size
 *
 * and none where the compiler knows the size: kmalloc_class(), slab.h. __kmalloc() itself is
 * the design's, whose fast path it holds.
 *
 * kfree() finds the way back from the address alone: virt_to_page() -> the slab's cache, or a
 * compound page of its own.
 *
 * Four classes a doubling. Sizes that lie evenly between two powers of two waste 1/3 of
 * themselves when they are rounded up to the next power (2 / 1.5 = 1.33), and 1/12 with four
 * steps ((1.25 + 1.5 + 1.75 + 2) / 4 / 1.5 = 1.08); eight would save 4 % more and keep twice
 * as many slabs half full. Linux has powers of two, 96 and 192.
 *
 * Even steps, though, do not fill slabs. 12.8 objects of 2560 bytes go into the eight pages of
 * theirs, and 10.7 of 3072: 12 and 10, and 6 % is left over. So the classes above 256 bytes are
 * what 13, 11, 9 and 8 objects leave for each, in steps of 8 bytes:
 *
 *	32768 / 13 = 2520   / 11 = 2976 (2978)   / 9 = 3640   / 8 = 4096
 *
 * and their halves, quarters and eighths. What sizes of each doubling cost together with the
 * slabs' ends falls from 1.117 to 1.088 times the bytes asked for.
 *
 * kmalloc(0) is ZERO_SIZE_PTR: not NULL, and a fault for who follows it.
 *
 * Small cousin of Linux's mm/slab_common.c and include/linux/slab.h.
 */
#include <linux-lite/bug.h>
#include <linux-lite/kernel.h>
#include <linux-lite/slab_design.h>

#define CLASS(bytes, name)	{ bytes, "kmalloc-" name },

static const struct {
	u32 size;
	const char *name;
} classes[] = { KMALLOC_CLASSES(CLASS) };

static struct kmem_cache caches[KMALLOC_NR_CLASSES] ____cacheline_aligned;
struct kmalloc_table kmalloc_table;

void kmalloc_init(void)
{
	u8 class = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(kmalloc_table.class_of_8); i++) {
		if (8 * i + 8 > classes[class].size)	/* all are multiples of 8 */
			class++;
		kmalloc_table.class_of_8[i] = class;
	}
	for (unsigned int i = 0; i <= kmalloc_class(KMALLOC_MAX_CACHE); i++) {
		u32 size = classes[i].size;
		bool power = !(size & (size - 1));

		kmalloc_table.cache[i] = &caches[i];
		kmem_cache_setup(&caches[i], classes[i].name, size,
				 power ? min(size, (u32)PAGE_SIZE) : 0, 0, NULL);
	}
}

/* The design asks its fast path once more, and in vain: once in a magazine or slab. */
noinline void *kmalloc_slow(size_t size_bytes, gfp_t gfp)
{
	if (!is_slab_size(size_bytes))
		return kmalloc_odd(size_bytes, gfp);
	return __kmem_cache_alloc(kmalloc_cache_of(size_bytes), gfp);
}

noinline void kfree_slow(const void *p)
{
	if (is_slab_object(p))
		kmem_cache_free(virt_to_page(p)->slab_cache, (void *)p);
	else
		kfree_odd(p);
}

size_t ksize(const void *p)
{
	struct page *page;

	if (ZERO_OR_NULL_PTR(p))
		return 0;
	page = virt_to_page(p);
	return page->state == PGS_SLAB ? page->slab_cache->object_size : PAGE_SIZE << page->order;
}
