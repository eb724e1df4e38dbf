// SPDX-License-Identifier: GPL-2.0-only
/*
 * slob.c - simple list of blocks: objects of all sizes side by side in the same pages. The
 * smallest rival of slab.c and slub.c.
 *
 *	lists    < 256 bytes -> page -> page		where a request of such a size begins
 *	         < 1024      -> page
 *	         larger      -> page -> page
 *
 *	a page   |used  |free 3|used |used    |free 5      |used|
 *	         freelist -^ units 3, next ---^ units 5, next: none
 *
 *	kmalloc  |bytes|the user's...|		a word in front says how much: kfree() has no cache
 *
 * The idea. Memory is a list of free blocks, sorted by address. Allocating takes the first block
 * that is large enough and leaves the rest of it; freeing puts the block in its place and merges
 * it with its neighbours. That is Knuth's first fit (1968) and the malloc() of Kernighan and
 * Ritchie (1978). Three refinements, all Linux's: the list is kept a page at a time, so that a
 * page that is all free can go; small, middle and large requests have pages of their own, so
 * that small ones don't riddle the others; and each search begins at the page where the last
 * one ended (next fit), so that the first pages don't fill with splinters.
 *
 * What it costs. Nothing but the used bytes, rounded to 8, and a word for kmalloc(): no size
 * classes, no slabs half full, nothing kept in stock; a kernel of few objects takes the fewest
 * pages so. In exchange each call searches, under one lock for all harts and caches: time grows
 * with the number of pages and holes, and objects of one kind lie anywhere.
 *
 * Who used it: Linux for machines of a few MiB, from 2.6.16 (2006) to 6.3. It went because
 * nobody had them any more, and because kfree() of a kmem_cache's object, which others allow,
 * cannot work when only kmalloc() writes the word.
 *
 *   I1  the free blocks of a page are sorted by address, disjoint, and never touch each other
 *   I2  page->inuse units are used, the others are free, of page->objects in all
 *   I3  a page with free blocks and used ones is in one of the lists; a full one in none; one
 *       that is all free goes back at once
 *   I4  no page is allocated or freed with slob_lock held
 *
 * Requests that no page can hold get pages of their own. slob_lock protects all of it; a
 * cache's nr_objects, too.
 *
 * Small cousin of Linux's mm/slob.c (until 6.3); left out: RCU, memory of other nodes.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/slab_design.h>
#include <linux-lite/string.h>
#include <linux-lite/vmstat.h>

#define UNIT		8u			/* bytes; a free block's head fits into one */
#define PAGE_UNITS	(PAGE_SIZE / UNIT)
#define NO_BLOCK	(~0u)
#define HEAD		sizeof(size_t)		/* before what kmalloc() hands out */
/* kmalloc() of more, and objects of PAGE_SIZE or more, are pages. */
#define KMALLOC_MAX_BLOCK	(PAGE_SIZE - HEAD)

struct block {			/* a free one */
	u32 units;
	u32 next;		/* in units from the page's beginning, or NO_BLOCK */
};

static DEFINE_SPINLOCK(slob_lock, RANK_SLAB);	/* interrupts off */
static struct list_head lists[3] = {		/* pages with free blocks (slob_lock) */
	LIST_HEAD_INIT(lists[0]), LIST_HEAD_INIT(lists[1]), LIST_HEAD_INIT(lists[2]),
};

static struct list_head *list_for(u32 units)
{
	return &lists[units * UNIT < 256 ? 0 : units * UNIT < 1024 ? 1 : 2];
}

/* ---- a page: slob_lock held ------------------------------------------------------------ */

static u32 index_of(const struct page *page, const void *p)
{
	return ((const char *)p - (const char *)page_address(page)) / UNIT;
}

static struct block *next_block(const struct page *page, const struct block *b)
{
	return b->next == NO_BLOCK ? NULL : (struct block *)page_address(page) + b->next;
}

/* @next follows @prev, or is the first one if that is NULL. */
static void link_block(struct page *page, struct block *prev, struct block *next)
{
	if (prev)
		prev->next = next ? index_of(page, next) : NO_BLOCK;
	else
		page->freelist = next;
}

/* @units out of the free block @b behind @prev, from its @skip'th on. What is left stays free. */
static void *carve(struct page *page, struct block *prev, struct block *b, u32 skip, u32 units)
{
	struct block *start = b + skip, *next = next_block(page, b);
	u32 rest = b->units - skip - units;

	if (rest) {
		struct block *tail = start + units;

		tail->units = rest;
		link_block(page, tail, next);
		next = tail;
	}
	if (skip) {
		b->units = skip;
		prev = b;
	}
	link_block(page, prev, next);
	page->inuse += units;
	return start;
}

/*
 * The first block that fits, so that what lies @lead bytes behind its beginning is aligned.
 * NULL: none in this page.
 */
static void *alloc_in_page(struct page *page, u32 units, u32 align, u32 lead)
{
	struct block *prev = NULL;

	if (page->objects - page->inuse < units)
		return NULL;
	for (struct block *b = page->freelist; b; prev = b, b = next_block(page, b)) {
		unsigned long begin = (unsigned long)b + lead;
		u32 skip = (ALIGN(begin, align) - begin) / UNIT;

		if (b->units >= skip + units)
			return carve(page, prev, b, skip, units);
	}
	return NULL;
}

/* Home, and one with the neighbours. */
static void free_in_page(struct page *page, struct block *b, u32 units)
{
	struct block *prev = NULL, *next = page->freelist;

	while (next && next < b) {
		prev = next;
		next = next_block(page, next);
	}
	/* Freed twice, or more than was allocated. */
	BUG_ON((prev && prev + prev->units > b) || (next && b + units > next));
	b->units = units;
	if (next && b + units == next) {
		b->units += next->units;
		next = next_block(page, next);
	}
	link_block(page, b, next);
	if (prev && prev + prev->units == b) {
		prev->units += b->units;
		link_block(page, prev, next);
	} else {
		link_block(page, prev, b);
	}
	page->inuse -= units;
}

/* ---- all pages ------------------------------------------------------------------------- */

/* All one free block, and in no list. */
static struct page *new_page(gfp_t gfp)
{
	struct page *page = alloc_page(gfp & ~(__GFP_ZERO | __GFP_MOVABLE));

	if (!page)
		return NULL;
	page->state = PGS_SLAB;
	page->slab_cache = NULL;
	page->compound_head = page;
	page->inuse = 0;
	page->objects = PAGE_UNITS;
	page->freelist = page_address(page);
	*(struct block *)page->freelist = (struct block){ PAGE_UNITS, NO_BLOCK };
	mod_node_page_state(NR_SLAB_UNRECLAIMABLE, 1);
	return page;
}

static void free_page_of_blocks(struct page *page)
{
	mod_node_page_state(NR_SLAB_UNRECLAIMABLE, -1);
	page->state = PGS_KERNEL;
	__free_pages(page, 0);
}

/* slob_lock held. */
static void *alloc_listed(u32 units, u32 align, u32 lead)
{
	struct list_head *list = list_for(units);
	struct page *page;

	list_for_each_entry(page, list, slab_list) {
		void *p = alloc_in_page(page, units, align, lead);

		if (!p)
			continue;
		list_move_tail(list, &page->slab_list);		/* the next search begins here */
		if (page->inuse == page->objects)
			list_del(&page->slab_list);
		return p;
	}
	return NULL;
}

/* @units that begin anywhere, but what lies @lead bytes behind that is aligned. */
static void *slob_alloc(u32 units, u32 align, u32 lead, gfp_t gfp)
{
	struct page *page;
	unsigned long flags;
	void *p;

	spin_lock_irqsave(&slob_lock, flags);
	p = alloc_listed(units, align, lead);
	spin_unlock_irqrestore(&slob_lock, flags);
	if (p)
		return p;

	page = new_page(gfp);
	if (!page)
		return NULL;
	spin_lock_irqsave(&slob_lock, flags);
	p = alloc_in_page(page, units, align, lead);
	if (page->inuse < page->objects)
		list_add(&page->slab_list, list_for(units));
	spin_unlock_irqrestore(&slob_lock, flags);
	return p;
}

static void slob_free(void *p, u32 units)
{
	struct page *page = virt_to_page(p);
	unsigned long flags;
	bool was_full, gone;

	spin_lock_irqsave(&slob_lock, flags);
	BUG_ON(page->inuse < units);
	was_full = page->inuse == page->objects;
	free_in_page(page, p, units);
	gone = page->inuse == 0;
	if (was_full && !gone)
		list_add(&page->slab_list, list_for(units));
	else if (gone && !was_full)
		list_del(&page->slab_list);
	spin_unlock_irqrestore(&slob_lock, flags);
	if (gone)
		free_page_of_blocks(page);
}

/* ---- kmalloc: there are no classes ------------------------------------------------------ */

void kmalloc_init(void)
{
}

void *__kmalloc(size_t size_bytes, gfp_t gfp)
{
	size_t bytes = ALIGN(size_bytes, UNIT);
	u32 align = size_bytes & (size_bytes - 1) ? UNIT : max(bytes, (size_t)UNIT);
	size_t *head;

	if (!size_bytes || size_bytes > KMALLOC_MAX_BLOCK)
		return kmalloc_odd(size_bytes, gfp);
	head = slob_alloc((HEAD + bytes) / UNIT, align, HEAD, gfp);
	if (!head)
		return NULL;
	*head = bytes;
	return head + 1;
}

void kfree(const void *p)
{
	size_t *head;

	if (!is_slab_object(p)) {
		kfree_odd(p);
		return;
	}
	head = (size_t *)p - 1;
	BUG_ON(!*head || *head % UNIT || *head > KMALLOC_MAX_BLOCK);
	slob_free(head, (HEAD + *head) / UNIT);
}

size_t ksize(const void *p)
{
	if (ZERO_OR_NULL_PTR(p))
		return 0;
	return is_slab_object(p) ? ((const size_t *)p)[-1] : PAGE_SIZE << virt_to_page(p)->order;
}

/* ---- caches: an object's size, and a count ---------------------------------------------- */

void __kmem_cache_create(struct kmem_cache *s)
{
	s->size = ALIGN(s->object_size, UNIT);
	s->min_order = s->order = s->size >= PAGE_SIZE ? get_order(s->size) : 0;
}

static void count_object(struct kmem_cache *s, long nr)
{
	unsigned long flags;

	spin_lock_irqsave(&slob_lock, flags);
	s->nr_objects += nr;
	spin_unlock_irqrestore(&slob_lock, flags);
}

/* The constructor's work doesn't survive in free memory: it runs each time. */
void *__kmem_cache_alloc(struct kmem_cache *s, gfp_t gfp)
{
	void *object;

	gfp &= ~__GFP_ZERO;
	if (s->size >= PAGE_SIZE)
		object = __get_free_pages((gfp & ~__GFP_MOVABLE) | __GFP_COMP, s->order);
	else
		object = slob_alloc(s->size / UNIT, s->align, 0, gfp);
	if (!object)
		return NULL;
	count_object(s, 1);
	if (s->ctor)
		s->ctor(object);
	return object;
}

void kmem_cache_free(struct kmem_cache *s, void *object)
{
	count_object(s, -1);
	if (s->size >= PAGE_SIZE)
		__free_pages(virt_to_page(object), s->order);
	else
		slob_free(object, s->size / UNIT);
}

int kmem_cache_alloc_bulk(struct kmem_cache *s, gfp_t gfp, size_t nr, void **objects)
{
	for (size_t got = 0; got < nr; got++) {
		objects[got] = kmem_cache_alloc(s, gfp);
		if (!objects[got]) {
			kmem_cache_free_bulk(s, got, objects);
			return 0;
		}
	}
	return nr;
}

void kmem_cache_free_bulk(struct kmem_cache *s, size_t nr, void **objects)
{
	for (size_t i = 0; i < nr; i++)
		kmem_cache_free(s, objects[i]);
}

int __kmem_cache_shutdown(struct kmem_cache *s)
{
	if (!s->nr_objects)
		return 0;
	pr_err("BUG %s: %lu objects remaining on __kmem_cache_shutdown()\n", s->name,
	       s->nr_objects);
	return -EBUSY;
}

/* Nobody's objects lie alone: there are no slabs to tell of. */
void get_slabinfo(struct kmem_cache *s, struct slabinfo *info)
{
	unsigned long flags;

	spin_lock_irqsave(&slob_lock, flags);
	info->active_objs = info->num_objs = s->nr_objects;
	spin_unlock_irqrestore(&slob_lock, flags);
}

/* ---- what nothing has to be done for: nothing is in stock -------------------------------- */

unsigned int kmem_cache_shrink(struct kmem_cache *s)
{
	return 0;
}

unsigned int slab_count_cpu(struct kmem_cache *s)
{
	return 0;
}

void slab_drain_cpu(struct kmem_cache *s)
{
}

unsigned long slab_count_spare_of(struct kmem_cache *s)
{
	return 0;
}

void slab_drain_depot(struct kmem_cache *s)
{
}

unsigned int slab_discard_empty(struct kmem_cache *s, unsigned long keep)
{
	return 0;
}

/* ---- invariants -------------------------------------------------------------------------- */

/* I1, I2 of a listed page. */
static int check_page(const struct page *page)
{
	const struct block *b = page->freelist, *end = page_address(page), *base = end;
	u32 nr_free = 0;

	for (; b; b = next_block(page, b)) {
		if (b < end || (b == end && b != base) || !b->units ||
		    b + b->units > base + page->objects)
			return 1;
		end = b + b->units;
		nr_free += b->units;
	}
	return page->inuse + nr_free == page->objects ? 0 : 2;
}

/* Of all memory, whatever the cache. */
int slab_check(struct kmem_cache *s)
{
	unsigned long flags;
	struct page *page;
	int broken = 0;

	spin_lock_irqsave(&slob_lock, flags);
	for (unsigned int i = 0; i < ARRAY_SIZE(lists); i++) {
		list_for_each_entry(page, &lists[i], slab_list) {
			if (!broken && (page->state != PGS_SLAB || !page->freelist || !page->inuse))
				broken = 3;
			if (!broken)
				broken = check_page(page);
		}
	}
	spin_unlock_irqrestore(&slob_lock, flags);
	return broken;
}
