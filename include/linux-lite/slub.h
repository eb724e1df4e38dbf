/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * slub.h - free lists inside slabs, and their locks: for slub.c and what belongs to it.
 *
 * A free object links to the next one by a word of its own, at link_offset. With
 * CONFIG_SLAB_FREELIST_HARDENED the word holds
 *
 *	next ^ cache->random ^ (address of the word, its halves swapped)
 *
 * so that who overruns an object cannot point the list to memory of his choice without knowing
 * the cache's secret, and who can read one link cannot copy it to another place. The halves are
 * swapped because link and address begin alike: unswapped they would cancel, and the secret's
 * upper half could be read from any link. (Linux swaps bytes; riscv has no instruction for that
 * in its base.) It costs six instructions for an allocation and for a free.
 *
 * Small cousin of freelist_ptr_encode() and slab_lock() in Linux's mm/slub.c.
 */
#ifndef LINUX_LITE_SLUB_H
#define LINUX_LITE_SLUB_H

#include <linux-lite/slab_design.h>

static inline void *mix_link(const struct kmem_cache *s, const void *next, const void *place)
{
	unsigned long address = (unsigned long)place;

	if (!IS_ENABLED(CONFIG_SLAB_FREELIST_HARDENED))
		return (void *)next;
	return (void *)((unsigned long)next ^ s->random ^ (address << 32 | address >> 32));
}

static inline void *get_freepointer(const struct kmem_cache *s, const void *object)
{
	void *const *place = (void *const *)((const char *)object + s->link_offset);

	return mix_link(s, *place, place);
}

static inline void set_freepointer(const struct kmem_cache *s, void *object, const void *next)
{
	void **place = (void **)((char *)object + s->link_offset);

	/* Freed twice in a row. Later ones take a list walk: CONFIG_DEBUG_VM. */
	if (IS_ENABLED(CONFIG_SLAB_FREELIST_HARDENED))
		BUG_ON(object == next);
	*place = mix_link(s, next, place);
}

/* A bit of struct page, which has no room for a spinlock with a rank. Interrupts off. */
static inline void slab_lock(struct page *page)
{
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_acquire(RANK_SLAB_FREELIST, "slab_lock", page, false);
	while (IS_ENABLED(CONFIG_SMP) && test_and_set_page_flag(page, PG_locked))
		cpu_relax();
	barrier();
}

static inline void slab_unlock(struct page *page)
{
	barrier();
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_release(RANK_SLAB_FREELIST, "slab_lock", page);
	if (IS_ENABLED(CONFIG_SMP))
		clear_page_flag(page, PG_locked);
}

static inline void *slab_object(const struct kmem_cache *s, const struct page *page, u32 n)
{
	return (char *)page_address(page) + (size_t)n * s->size;
}

/* Objects from @object on. */
static inline unsigned int freelist_length(const struct kmem_cache *s, const void *object)
{
	unsigned int nr = 0;

	for (; object; object = get_freepointer(s, object))
		nr++;
	return nr;
}

/*
 * slub_partial.c. A new slab is this hart's: frozen, all objects on its freelist; counted, but in
 * no list yet. NULL: shortage. Context: as alloc_pages.
 */
struct page *slub_new_slab(struct kmem_cache *s, gfp_t gfp);
/* Empty slabs that are in no list of the cache's. No lock held. */
void slub_free_slabs(struct kmem_cache *s, struct list_head *gone);
/* An empty slab of the cache's list goes to @gone, and is counted no more. s->lock held. */
void slub_remove_slab(struct kmem_cache *s, struct page *page, struct list_head *gone);
/* This hart's: one more; all of them, to the cache's list; some, from there. Interrupts off. */
void slub_add_partial(struct cpu_cache *c, struct page *page);
void slub_unfreeze_partials(struct kmem_cache *s, struct cpu_cache *c);
void slub_freeze_partials(struct kmem_cache *s, struct cpu_cache *c);

/* freelist_random.c: CONFIG_SLAB_FREELIST_RANDOM. */
void shuffle_freelist(const struct kmem_cache *s, struct page *page);
/* slub_check.c: say which objects have not come back. */
void slub_report_leaks(struct kmem_cache *s);

#endif
