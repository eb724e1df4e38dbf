// SPDX-License-Identifier: GPL-2.0-only
/*
 * slab_debug.c - caches that watch their users: who writes beyond an object, to one that is
 * free, or frees it twice, is told on.
 *
 *	slab_debug=FZPU,dentry		on the kernel command line: slab_param.c
 *
 *	F  checks, whenever an object is allocated or freed, and before a slab goes
 *	Z  red zones on both sides	  P  poison in what is free	U  who allocated and freed
 *
 * An object of such a cache, s->size bytes from the left red zone to the end of the padding:
 *
 *	                   object              link_offset
 *	                     v                      v
 *	      | left red zone | object_size | right | link | allocated, freed | padding |
 *	used  | cc cc cc cc cc| the user's  | cc cc |      |   struct track   | 5a 5a 5a|
 *	free  | bb bb bb bb bb| 6b 6b .. a5 | bb bb |      |                  | 5a 5a 5a|
 *	       Z               P             Z               U                  P
 *
 * The left red zone is as wide as the cache's alignment, so that the object keeps it. There is
 * a right one even if the object fills its words: a word more. With Z or P the link to the
 * next free object lies outside, for the object is to keep its pattern. A free object's red
 * zones differ from a used one's, so that one byte of them tells who should write there: a
 * second kfree() finds bb where cc should be, even if nobody kept a list.
 *
 *   D1  between two calls a free object has the bytes of the line "free", a used one those of
 *       "used", unless somebody wrote where he must not
 *   D2  what has been reported is made good (D1 holds again), and is not handed out again:
 *       an object that was found damaged when it was freed stays out; if one was found damaged
 *       when it was to be allocated, it stays out with all free ones of its slab
 *   D3  a debugged cache has no magazines (magazine_limit is 0): each object passes by here.
 *       Caches without debugging pay nothing: their fast path doesn't know of any of this
 *   D4  bytes and lists are looked at and changed under s->lock, and so are reports made
 *
 * What is never seen: a read; a write inside another object in use; a write that happens to
 * put the same byte. KASAN, which asks at each access of compiled code, sees reads and sees
 * them at once; it costs an eighth of memory and a check for each access, where this costs
 * nothing until somebody says slab_debug=, and needs no other compiler. Guard pages (KFENCE,
 * Electric Fence) see one object in thousands, but at once, too, and in production.
 *
 * Small cousin of the debugging half of Linux's mm/slub.c, whose layout, bytes and words
 * these are; left out: a check of the bytes between what kmalloc() was asked for and its size
 * class, the depot that stores equal backtraces once, and validation through /sys.
 */
#include <linux-lite/kernel.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab_debug.h>
#include <linux-lite/slab_design.h>
#include <linux-lite/stacktrace.h>
#include <linux-lite/string.h>
#include <linux-lite/time.h>

/* ---- layout ---------------------------------------------------------------------------- */

/**
 * slab_debug_layout - room around the objects of a cache
 * @s: its size, link_offset and red_left, as they are without debugging, are changed
 *
 * Context: creation of the cache.
 */
void slab_debug_layout(struct kmem_cache *s)
{
	u32 size = ALIGN(s->object_size, sizeof(void *)), red_left = 0, link_offset = 0;

	if (!(s->debug & (SLAB_RED_ZONE | SLAB_POISON | SLAB_STORE_USER)))
		return;
	if (s->debug & SLAB_RED_ZONE && size == s->object_size)
		size += sizeof(void *);
	if (s->ctor || s->debug & (SLAB_RED_ZONE | SLAB_POISON)) {
		link_offset = size;
		size += sizeof(void *);
	}
	if (s->debug & SLAB_STORE_USER)
		size += NR_TRACKS * sizeof(struct track);
	if (s->debug & SLAB_RED_ZONE) {
		red_left = ALIGN(sizeof(void *), s->align);
		size += red_left + sizeof(void *);	/* and a word of padding */
	}
	size = ALIGN(size, s->align);
	if (get_order(size) > (slab_debug_keeps_order() ? get_order(s->size) : SLAB_MAX_ORDER)) {
		s->debug &= ~(SLAB_RED_ZONE | SLAB_POISON | SLAB_STORE_USER);
		return;
	}
	s->size = size;
	s->link_offset = link_offset;
	s->red_left = red_left;
}

/* A constructor's work must survive: its objects are not poisoned. */
static bool poisons_objects(const struct kmem_cache *s)
{
	return s->debug & SLAB_POISON && !s->ctor;
}

/* D1. @red: SLUB_RED_ACTIVE or _INACTIVE. Who allocates gets poison, too: it is not zero. */
static void init_object(const struct kmem_cache *s, u8 *object, u8 red)
{
	if (s->debug & SLAB_RED_ZONE) {
		memset(object - s->red_left, red, s->red_left);
		memset(object + s->object_size, red, slab_red_end(s) - s->object_size);
	}
	if (poisons_objects(s)) {
		memset(object, POISON_FREE, s->object_size - 1);
		object[s->object_size - 1] = POISON_END;
	}
}

static u8 *first_object(const struct kmem_cache *s, const struct page *page)
{
	return (u8 *)page_address(page) + s->red_left;
}

/**
 * slab_debug_new_slab - fill pages that are about to be cut into free objects
 * @s: the cache
 * @page: the slab; objects is set
 *
 * Context: any; before constructors run.
 */
void slab_debug_new_slab(const struct kmem_cache *s, struct page *page)
{
	if (s->debug & SLAB_POISON)
		memset(page_address(page), POISON_INUSE, PAGE_SIZE << page->order);
	for (u32 i = 0; i < page->objects; i++) {
		u8 *object = first_object(s, page) + (size_t)i * s->size;

		init_object(s, object, SLUB_RED_INACTIVE);
		if (s->debug & SLAB_STORE_USER)
			memset(slab_track(s, object, TRACK_ALLOC), 0,
			       NR_TRACKS * sizeof(struct track));
	}
}

/* ---- checks: all report what is wrong, and mend it; true: nothing was ------------------- */

static bool bytes_are(struct kmem_cache *s, struct page *page, u8 *object, const char *what,
		      u8 *start, u8 value, u32 nr)
{
	u8 *fault = memchr_inv(start, value, nr), *end = start + nr;

	if (likely(!fault))
		return true;
	while (end[-1] == value)
		end--;
	slab_report_bytes(s, page, object, what, fault, end, value);
	memset(fault, value, end - fault);
	return false;
}

/* What is left over at the end of the slab. */
static void check_slab_padding(struct kmem_cache *s, struct page *page)
{
	u8 *end = (u8 *)page_address(page) + (PAGE_SIZE << page->order);
	u8 *pad = first_object(s, page) - s->red_left + (size_t)page->objects * s->size;
	u8 *fault;

	if (!(s->debug & SLAB_POISON))
		return;
	fault = memchr_inv(pad, POISON_INUSE, end - pad);
	if (likely(!fault))
		return;
	while (end[-1] == POISON_INUSE)
		end--;
	slab_report_padding(s, page, fault, end);
	memset(fault, POISON_INUSE, end - fault);
}

/* NULL, or where an object of the slab begins? */
static bool is_object(const struct kmem_cache *s, const struct page *page, const void *p)
{
	size_t offset = (const u8 *)p - first_object(s, page);

	return !p || (offset % s->size == 0 && offset / s->size < page->objects);
}

static bool check_poison(struct kmem_cache *s, struct page *page, u8 *object)
{
	return bytes_are(s, page, object, "Poison", object, POISON_FREE, s->object_size - 1) &&
	       bytes_are(s, page, object, "End Poison", object + s->object_size - 1, POISON_END, 1);
}

/* D1 of one object. */
static bool check_object(struct kmem_cache *s, struct page *page, u8 *object, u8 red)
{
	u32 right = slab_red_end(s) - s->object_size, pad = slab_padding_offset(s);
	bool fine = true;

	if (s->debug & SLAB_RED_ZONE) {
		fine &= bytes_are(s, page, object, "Left Redzone", object - s->red_left, red,
				  s->red_left);
		fine &= bytes_are(s, page, object, "Right Redzone", object + s->object_size, red,
				  right);
	} else if (s->debug & SLAB_POISON) {
		fine &= bytes_are(s, page, object, "Alignment padding", object + s->object_size,
				  POISON_INUSE, right);
	}
	if (poisons_objects(s) && red == SLUB_RED_INACTIVE)
		fine &= check_poison(s, page, object);
	if (s->debug & SLAB_POISON)
		fine &= bytes_are(s, page, object, "Object padding", object + pad, POISON_INUSE,
				  s->size - s->red_left - pad);
	/* A used object keeps the link that it had when it was free, if nobody wrote there. */
	if ((s->link_offset || red == SLUB_RED_INACTIVE) &&
	    !is_object(s, page, slab_link(s, object))) {
		object_err(s, page, object, "Freepointer corrupt");
		*(void **)(object + s->link_offset) = NULL;
		fine = false;
	}
	return fine;
}

/* ---- the free list --------------------------------------------------------------------- */

static u32 freelist_length(const struct kmem_cache *s, const struct page *page)
{
	u32 nr = 0;

	for (const void *free = page->freelist; free; free = slab_link(s, free))
		nr++;
	return nr;
}

/* The link of @last leads nowhere, or back: what was behind it is lost. */
static void cut_freelist(struct kmem_cache *s, struct page *page, u8 *last)
{
	object_err(s, page, last, "Freechain corrupt");
	*(void **)(last + s->link_offset) = NULL;
	slab_lose_free(s, page, freelist_length(s, page));
	slab_fix(s, "Freelist cut after %u objects", page->objects - page->inuse);
}

static bool on_freelist(struct kmem_cache *s, struct page *page, const void *object)
{
	u32 nr_free = page->objects - page->inuse, nr = 0;
	void *last = NULL;

	for (void *free = page->freelist; free; free = slab_link(s, free), nr++) {
		if (free == object)
			return true;
		if (last && (nr == nr_free || !is_object(s, page, free))) {
			cut_freelist(s, page, last);
			break;
		}
		last = free;
	}
	return false;
}

/* ---- allocation ------------------------------------------------------------------------ */

/* The calls that led to kmem_cache_alloc() or _free(), which are two calls above. */
static __always_inline void take_track(const struct kmem_cache *s, struct track *t)
{
	if (!(s->debug & SLAB_STORE_USER))
		return;
	t->when_ns = arch_counter_ns();
	t->pid = current->pid;
	t->cpu = smp_processor_id();
	t->nr = stack_trace_save(t->entries, TRACK_DEPTH, 2);
}

static void keep_track(const struct kmem_cache *s, u8 *object, enum track_item item,
		       const struct track *t)
{
	if (s->debug & SLAB_STORE_USER)
		*slab_track(s, object, item) = *t;
}

/* May the object that was just taken from its slab be handed out? D2 if not. s->lock held. */
static bool alloc_ok(struct kmem_cache *s, struct page *page, u8 *object)
{
	if (!(s->debug & SLAB_CONSISTENCY_CHECKS))
		return true;
	check_slab_padding(s, page);
	if (likely(check_object(s, page, object, SLUB_RED_INACTIVE) &&
		   is_object(s, page, page->freelist)))
		return true;
	slab_fix(s, "Marking all objects used");
	slab_lose_free(s, page, 0);
	return false;
}

/* An object of a listed slab, or NULL. s->lock held. */
static void *take_checked(struct kmem_cache *s, const struct track *t)
{
	void *object;

	while ((object = slab_take_one(s))) {
		struct page *page = compound_head(virt_to_page(object));

		if (!alloc_ok(s, page, object))
			continue;
		keep_track(s, object, TRACK_ALLOC, t);
		if (s->debug & SLAB_TRACE)
			slab_trace(s, page, object, true);
		init_object(s, object, SLUB_RED_ACTIVE);
		return object;
	}
	return NULL;
}

/**
 * slab_debug_alloc - an object of a debugged cache
 * @s: the cache
 * @gfp: for a new slab
 *
 * Context: as alloc_pages.
 * Return: the object, full of poison; or NULL.
 */
noinline void *slab_debug_alloc(struct kmem_cache *s, gfp_t gfp)
{
	unsigned long flags;
	struct track t;
	void *object;

	take_track(s, &t);
	do {
		spin_lock_irqsave(&s->lock, flags);
		object = take_checked(s, &t);
		spin_unlock_irqrestore(&s->lock, flags);
	} while (!object && slab_grow(s, gfp));
	return object;
}

/* ---- freeing --------------------------------------------------------------------------- */

/* s->lock held; @page is a slab of @s. */
static bool free_ok(struct kmem_cache *s, struct page *page, u8 *object)
{
	if (!(s->debug & SLAB_CONSISTENCY_CHECKS))
		return true;
	check_slab_padding(s, page);
	if (unlikely(!is_object(s, page, object))) {
		slab_err(s, page, "Invalid object pointer 0x%016lx",
			 (unsigned long)object);
		return false;
	}
	if (unlikely(on_freelist(s, page, object))) {
		object_err(s, page, object, "Object already free");
		return false;
	}
	return check_object(s, page, object, SLUB_RED_ACTIVE);
}

/* The slab that @object is in; NULL: in none. */
static struct page *slab_of(const void *object)
{
	unsigned long pfn = __pa(object) >> PAGE_SHIFT;
	struct page *page = pfn_valid(pfn) ? compound_head(pfn_to_page(pfn)) : NULL;

	return page && page->state == PGS_SLAB ? page : NULL;
}

/**
 * slab_debug_free - an object of a debugged cache comes back, or what its user takes for one
 * @s: the cache that it is said to be of
 * @object: it
 *
 * Context: any.
 */
noinline void slab_debug_free(struct kmem_cache *s, void *object)
{
	struct page *page = slab_of(object);
	unsigned long flags;
	struct track t;

	if (unlikely(!page || page->slab_cache != s)) {
		slab_report_wrong_cache(s, page ? page->slab_cache : NULL, object);
		if (page)
			kmem_cache_free(page->slab_cache, object);
		return;
	}
	take_track(s, &t);
	spin_lock_irqsave(&s->lock, flags);
	if (free_ok(s, page, object)) {
		keep_track(s, object, TRACK_FREE, &t);
		if (s->debug & SLAB_TRACE)
			slab_trace(s, page, object, false);
		init_object(s, object, SLUB_RED_INACTIVE);
		slab_put_one(s, object);
	} else {
		slab_fix(s, "Object at 0x%016lx not freed", (unsigned long)object);
	}
	spin_unlock_irqrestore(&s->lock, flags);
	slab_discard_empty(s, MAX_EMPTY_SLABS);
}

/**
 * slab_debug_free_slab - a last look at free objects before their pages go
 * @s: the cache
 * @page: the slab, on no list any more
 *
 * Context: any.
 */
void slab_debug_free_slab(struct kmem_cache *s, struct page *page)
{
	if (!(s->debug & SLAB_CONSISTENCY_CHECKS))
		return;
	check_slab_padding(s, page);
	for (u32 i = 0; i < page->objects; i++)
		check_object(s, page, first_object(s, page) + (size_t)i * s->size,
			     SLUB_RED_INACTIVE);
}
