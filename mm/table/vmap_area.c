// SPDX-License-Identifier: GPL-2.0-only
/*
 * vmap_area.c - who has which addresses of the vmalloc area.
 *
 *	VMALLOC_START                                             VMALLOC_END
 *	| busy |g| busy |g|    free     | lazy |    busy    |g|      free      |
 *
 *	busy tree   by address: vfree() finds its area, an oops the stack it overflowed
 *	free tree   by address, each node with the largest free area of its subtree, so that
 *	            "the lowest that is large enough" takes O(log n) steps
 *	lazy list   unmapped, but some TLB may remember it
 *
 * A flush of all harts costs more than all the rest, so areas are not flushed one by one:
 * they wait on the lazy list until there are many, then one flush serves for all, and only
 * then their addresses are used again. The frames need not wait: nobody who follows the
 * rules touches memory that he has freed.
 *
 *   I1  busy, free and lazy areas do not overlap and fill [start, end) without holes
 *   I2  no two free areas touch: they would be one
 *   I3  subtree_max is the largest size in the subtree
 *   I4  of a busy area's addresses no TLB has a translation from before it was busy
 *   I5  an area is claimed once: freeing twice finds nothing the second time
 *
 * The flush comes when LAZY_MAX_BYTES wait for each doubling of the harts, as on Linux, and
 * when addresses or descriptions of areas run out.
 *
 * Locks: vmap_lock (RANK_VMALLOC, interrupts off) for both trees and the list; it is never
 * held over a flush or an allocation: nodes are made ready before. purge_mutex (RANK_VMAP_PURGE)
 * for a purge from beginning to end: who finds no room waits for the one under way, whose
 * areas are in nobody's reach meanwhile, before it says that there is none.
 *
 * Small cousin of Linux's mm/vmalloc.c (since 5.2).
 */
#include <linux-lite/bug.h>
#include <linux-lite/bitops.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mutex.h>
#include <linux-lite/rbtree_augmented.h>
#include <linux-lite/slab.h>
#include <linux-lite/smp.h>
#include <linux-lite/spinlock.h>
#include <linux-lite/vmap_area.h>
#include <asm/tlbflush.h>

#define LAZY_MAX_BYTES	MiB(32)

static DEFINE_MUTEX(purge_mutex, RANK_VMAP_PURGE);
static DEFINE_SPINLOCK(vmap_lock, RANK_VMALLOC);
static struct rb_root free_root, busy_root;	/* (v) */
static LIST_HEAD(lazy_list);			/* (v) */
static unsigned long lazy_bytes, used_bytes;	/* (v); lazy: being flushed, too */
static unsigned long area_start, area_end;	/* (c) */
static struct kmem_cache *vmap_area_cachep;

static unsigned long area_size(const struct vmap_area *va)
{
	return va->end - va->start;
}

static struct vmap_area *to_area(struct rb_node *node)
{
	return rb_entry_safe(node, struct vmap_area, node);
}

RB_DECLARE_CALLBACKS_MAX(static, free_cb, struct vmap_area, node, unsigned long, subtree_max,
			 area_size);

/* ---- free tree; vmap_lock held -------------------------------------------------------- */

static void free_insert(struct vmap_area *va)
{
	struct rb_node **link = &free_root.rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = va->start < to_area(parent)->start ? &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(&va->node, parent, link);
	va->subtree_max = area_size(va);
	free_cb_propagate(parent, NULL);
	rb_insert_augmented(&va->node, &free_root, &free_cb);
}

static void free_erase(struct vmap_area *va)
{
	rb_erase_augmented(&va->node, &free_root, &free_cb);
}

/* The lowest free area of @size bytes or more. */
static struct vmap_area *free_find(unsigned long size)
{
	struct rb_node *node = free_root.rb_node;

	if (!node || to_area(node)->subtree_max < size)
		return NULL;
	for (;;) {		/* the subtree of node has one */
		struct vmap_area *va = to_area(node), *left = to_area(node->rb_left);

		if (left && left->subtree_max >= size)
			node = node->rb_left;
		else if (area_size(va) >= size)
			return va;
		else
			node = node->rb_right;
	}
}

/* The last free area that starts below @addr. */
static struct vmap_area *free_before(unsigned long addr)
{
	struct rb_node *node = free_root.rb_node;
	struct vmap_area *found = NULL;

	while (node) {
		struct vmap_area *va = to_area(node);

		if (va->start < addr) {
			found = va;
			node = node->rb_right;
		} else {
			node = node->rb_left;
		}
	}
	return found;
}

/* Make [start, end) free, joined with its neighbours (I2); @va is the node for it. */
static void free_add(struct vmap_area *va, struct list_head *unused)
{
	struct vmap_area *prev = free_before(va->start);
	struct vmap_area *next = to_area(prev ? rb_next(&prev->node) : rb_first(&free_root));

	if (prev && prev->end == va->start) {
		va->start = prev->start;
		free_erase(prev);
		list_add(&prev->list, unused);
	}
	if (next && next->start == va->end) {
		va->end = next->end;
		free_erase(next);
		list_add(&next->list, unused);
	}
	free_insert(va);
}

/* Cut [start, end) out of a free area that contains it; @spare is used for a second rest. */
static void free_cut(struct vmap_area *va, unsigned long start, unsigned long end,
		     struct vmap_area *spare, struct list_head *unused)
{
	unsigned long rest_start = end, rest_end = va->end;

	free_erase(va);
	va->end = start;
	spare->start = rest_start;
	spare->end = rest_end;
	if (va->end > va->start)
		free_insert(va);
	else
		list_add(&va->list, unused);
	if (rest_end > rest_start)
		free_insert(spare);
	else
		list_add(&spare->list, unused);
}

/* ---- busy tree; vmap_lock held -------------------------------------------------------- */

static bool starts_before(struct rb_node *a, const struct rb_node *b)
{
	return to_area(a)->start < rb_entry(b, struct vmap_area, node)->start;
}

static struct vmap_area *busy_find(unsigned long addr)
{
	struct rb_node *node = busy_root.rb_node;

	while (node) {
		struct vmap_area *va = to_area(node);

		if (addr >= va->start && addr < va->end)
			return va;
		node = addr < va->start ? node->rb_left : node->rb_right;
	}
	return NULL;
}

/* ---- the interface -------------------------------------------------------------------- */

static void discard(struct list_head *unused)
{
	struct vmap_area *va, *next;

	list_for_each_entry_safe(va, next, unused, list)
		kmem_cache_free(vmap_area_cachep, va);
}

/* Move [start, end) from free to busy. false: no room. */
static bool take(struct vmap_area *va, struct vmap_area *spare, unsigned long size,
		 unsigned long align)
{
	/* An area so large contains an aligned one of the size, wherever it starts. */
	unsigned long search = size + align - PAGE_SIZE;
	struct vmap_area *from;
	unsigned long flags;
	LIST_HEAD(unused);

	spin_lock_irqsave(&vmap_lock, flags);
	from = free_find(search);
	if (from) {
		va->start = ALIGN(from->start, align);
		va->end = va->start + size;
		free_cut(from, va->start, va->end, spare, &unused);
		rb_add(&va->node, &busy_root, starts_before);
		WRITE_ONCE(used_bytes, used_bytes + size);
	}
	spin_unlock_irqrestore(&vmap_lock, flags);
	discard(&unused);
	return from;
}

/* What waits is freed. Under purge_mutex. */
static void purge(void)
{
	unsigned long flags, start = ~0UL, end = 0, bytes = 0;
	struct vmap_area *va, *next;
	LIST_HEAD(purged);
	LIST_HEAD(unused);

	spin_lock_irqsave(&vmap_lock, flags);
	list_splice_init(&lazy_list, &purged);
	spin_unlock_irqrestore(&vmap_lock, flags);
	list_for_each_entry(va, &purged, list) {
		start = min(start, va->start);
		end = max(end, va->end);
		bytes += area_size(va);
	}
	if (!bytes)
		return;

	flush_tlb_kernel_range(start, end);		/* I4 */

	spin_lock_irqsave(&vmap_lock, flags);
	list_for_each_entry_safe(va, next, &purged, list)
		free_add(va, &unused);
	WRITE_ONCE(lazy_bytes, lazy_bytes - bytes);
	spin_unlock_irqrestore(&vmap_lock, flags);
	discard(&unused);
}

void vm_unmap_aliases(void)
{
	mutex_lock(&purge_mutex);
	purge();
	mutex_unlock(&purge_mutex);
}

void vmap_area_shrink(void)
{
	if (!mutex_trylock(&purge_mutex))
		return;
	purge();
	mutex_unlock(&purge_mutex);
}

unsigned long vmap_area_lazy_bytes(void)
{
	return READ_ONCE(lazy_bytes);
}

/* Not more than this waits; unless somebody is at it. */
static void purge_if_many(void)
{
	if (vmap_area_lazy_bytes() > fls(num_online_cpus()) * LAZY_MAX_BYTES)
		vmap_area_shrink();
}

/* Two descriptions: the area's, and one for what is left of where it came from. */
static bool get_nodes(struct vmap_area **va, struct vmap_area **spare)
{
	*va = kmem_cache_zalloc(vmap_area_cachep, GFP_KERNEL);
	*spare = *va ? kmem_cache_alloc(vmap_area_cachep, GFP_KERNEL) : NULL;
	if (*spare)
		return true;
	if (*va)
		kmem_cache_free(vmap_area_cachep, *va);
	return false;
}

struct vmap_area *vmap_area_alloc(unsigned long size_bytes, unsigned long align,
				  enum vmap_kind kind)
{
	struct vmap_area *va, *spare;

	if (size_bytes > area_end - area_start)
		return NULL;
	purge_if_many();
	if (!get_nodes(&va, &spare)) {
		vm_unmap_aliases();		/* some of them wait, too */
		if (!get_nodes(&va, &spare))
			return NULL;
	}
	va->kind = kind;
	if (take(va, spare, size_bytes, align))
		return va;
	vm_unmap_aliases();
	if (take(va, spare, size_bytes, align))
		return va;
	kmem_cache_free(vmap_area_cachep, va);
	kmem_cache_free(vmap_area_cachep, spare);
	return NULL;
}

struct vmap_area *vmap_area_find(unsigned long addr)
{
	struct vmap_area *va;
	unsigned long flags;

	spin_lock_irqsave(&vmap_lock, flags);
	va = busy_find(addr);
	spin_unlock_irqrestore(&vmap_lock, flags);
	return va;
}

struct vmap_area *vmap_area_claim(unsigned long addr, enum vmap_kind kind)
{
	struct vmap_area *va;
	unsigned long flags;

	spin_lock_irqsave(&vmap_lock, flags);
	va = busy_find(addr);
	if (va && va->kind == kind && va->mapped == addr)
		va->kind = VMAP_DYING;		/* I5 */
	else
		va = NULL;
	spin_unlock_irqrestore(&vmap_lock, flags);
	return va;
}

void vmap_area_free(struct vmap_area *va)
{
	unsigned long flags;

	spin_lock_irqsave(&vmap_lock, flags);
	rb_erase(&va->node, &busy_root);
	WRITE_ONCE(used_bytes, used_bytes - area_size(va));
	WRITE_ONCE(lazy_bytes, lazy_bytes + area_size(va));
	list_add(&va->list, &lazy_list);
	spin_unlock_irqrestore(&vmap_lock, flags);
}

bool vmap_area_next(unsigned long addr, struct vmap_area *copy)
{
	struct vmap_area *found = NULL;
	struct rb_node *node;
	unsigned long flags;

	spin_lock_irqsave(&vmap_lock, flags);
	node = busy_root.rb_node;
	while (node) {
		if (to_area(node)->start >= addr) {
			found = to_area(node);
			node = node->rb_left;
		} else {
			node = node->rb_right;
		}
	}
	if (found)
		*copy = *found;
	spin_unlock_irqrestore(&vmap_lock, flags);
	return found;
}

void vmap_area_for_each_lazy(void (*fn)(const struct vmap_area *va, void *arg), void *arg)
{
	struct vmap_area *va;
	unsigned long flags;

	spin_lock_irqsave(&vmap_lock, flags);
	list_for_each_entry(va, &lazy_list, list)
		fn(va, arg);
	spin_unlock_irqrestore(&vmap_lock, flags);
}

unsigned long vmap_area_used_bytes(void)
{
	return READ_ONCE(used_bytes);
}

/**
 * vmap_area_init - all addresses free
 * @start: first byte, page aligned
 * @end: first byte behind
 *
 * Context: boot, after kmem_cache_init.
 */
void vmap_area_init(unsigned long start, unsigned long end)
{
	struct vmap_area *va;

	vmap_area_cachep = KMEM_CACHE(vmap_area, SLAB_PANIC);
	va = kmem_cache_zalloc(vmap_area_cachep, GFP_KERNEL | __GFP_NOFAIL);
	va->start = area_start = start;
	va->end = area_end = end;
	free_insert(va);
}

int vmap_area_check(void)
{
	unsigned long sum = lazy_bytes, used = 0, last_end = 0, max_size;
	struct rb_node *node;

	if (rb_check(&free_root) < 0 || rb_check(&busy_root) < 0)
		return 1;
	for (node = rb_first(&free_root); node; node = rb_next(node)) {
		struct vmap_area *va = to_area(node);

		if (last_end && va->start <= last_end)
			return va->start == last_end ? 2 : 1;
		last_end = va->end;
		sum += area_size(va);
		max_size = area_size(va);
		for (unsigned int side = 0; side < 2; side++)
			if (node->rb_child[side])
				max_size = max(max_size,
					       to_area(node->rb_child[side])->subtree_max);
		if (va->subtree_max != max_size)
			return 3;
	}
	last_end = 0;
	for (node = rb_first(&busy_root); node; node = rb_next(node)) {
		if (to_area(node)->start < last_end)
			return 1;
		last_end = to_area(node)->end;
		used += area_size(to_area(node));
	}
	return used == used_bytes && sum + used == area_end - area_start ? 0 : 1;
}
