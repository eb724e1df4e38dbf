// SPDX-License-Identifier: GPL-2.0-only
/*
 * freelist_random.c - CONFIG_SLAB_FREELIST_RANDOM: the objects of a new slab, in random order.
 *
 *	0 -> 1 -> 2 -> 3 -> 4		who overruns object 2 hits what was allocated next
 *	3 -> 0 -> 4 -> 2 -> 1		who knows?
 *
 * Sattolo's shuffle makes one cycle through all objects, each possible one with the same
 * probability, in place: at first each object is its own successor; then, from the last one
 * down, each swaps successors with any one below it. Cut open anywhere it is a list, and since
 * the place of the cut is random, too, each order of the objects is equally likely. It needs no
 * memory, where Linux keeps a shuffled table for each cache, and begins somewhere in it.
 *
 * The numbers come from a generator of this slab's own (lib/prng.c: fast, and computable from a
 * few outputs), whose seed is secret and whose outputs nobody sees.
 *
 * Source: S. Sattolo, "An algorithm to generate a random cyclic permutation", Information
 * Processing Letters 22 (1986). Small cousin of shuffle_freelist() in Linux's mm/slub.c.
 */
#include <linux-lite/prng.h>
#include <linux-lite/random.h>
#include <linux-lite/slub.h>

/* Where object n's successor is noted until the links are made. */
static void **slot(const struct kmem_cache *s, const struct page *page, u32 n)
{
	return (void **)((char *)slab_object(s, page, n) + s->link_offset);
}

/**
 * shuffle_freelist - link all objects of a new slab
 * @s: its cache
 * @page: the slab; its freelist is set
 *
 * Context: any.
 */
void shuffle_freelist(const struct kmem_cache *s, struct page *page)
{
	void *object, *next;
	struct prng prng;

	prng_seed(&prng, get_random_long());
	for (u32 i = 0; i < page->objects; i++)
		*slot(s, page, i) = slab_object(s, page, i);
	for (u32 i = page->objects - 1; i > 0; i--) {
		void **other = slot(s, page, prng_below(&prng, i));

		next = *other;
		*other = *slot(s, page, i);
		*slot(s, page, i) = next;
	}

	page->freelist = slab_object(s, page, prng_below(&prng, page->objects));
	for (object = page->freelist;; object = next) {
		next = *(void **)((char *)object + s->link_offset);
		if (next == page->freelist)
			break;
		set_freepointer(s, object, next);
	}
	set_freepointer(s, object, NULL);
}
