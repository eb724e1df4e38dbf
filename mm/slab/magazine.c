// SPDX-License-Identifier: GPL-2.0-only
/*
 * magazine.c - the fast path of objects: each hart's two magazines, and the depot.
 *
 * The picture and the invariants (I3, I5, I7 are of this file) stand in slab.c. To read it
 * begin at the end, with alloc_fast() and free_fast(); then alloc_slow() and
 * free_slow(), which run once for some dozens of those.
 *
 * Small cousin of struct array_cache in Linux's mm/slab.c (until 6.7), and of the sheaves and
 * barns of mm/slub.c since 6.18; left out: magazines that grow when the depot is contended.
 */
#include <linux-lite/kernel.h>
#include <linux-lite/slab_debug.h>
#include <linux-lite/slab_design.h>
#include <linux-lite/smp.h>
#include <linux-lite/string.h>

/*
 * How much a depot may hold (in full magazines; at least one). At first DEPOT_BYTES. When objects
 * that were sent home for lack of room have to be fetched again, that was too little, and it
 * becomes twice as much: bursts that come again and again end in the depot. Never more than a
 * burst of DEPOT_OBJECTS, nor than a 256th of RAM. When memory is short reclaim empties depots,
 * and they begin anew.
 */
#define DEPOT_BYTES		KiB(64)
#define DEPOT_OBJECTS		1024u
#define DEPOT_RAM_SHIFT		8

void *no_room[1];		/* where a hart without a magazine points: empty and full */

static struct cpu_cache *this_cpu_cache(struct kmem_cache *s)
{
	return &s->cpu[smp_processor_id()];
}

/* next, slot[0], and the objects: a power of two, so that no magazine wastes memory. */
static size_t magazine_bytes(const struct kmem_cache *s)
{
	return sizeof(struct magazine) + (s->magazine_limit + 1) * sizeof(void *);
}

/* An empty magazine, straight from a slab: magazines never need magazines. NULL: shortage. */
static struct magazine *new_magazine(const struct kmem_cache *s, gfp_t gfp)
{
	struct kmem_cache *from = kmalloc_cache_of(magazine_bytes(s));
	void *memory;

	gfp = (gfp & ~__GFP_ZERO) | __GFP_NOWARN;
	if (slab_debugged(from))
		memory = slab_debug_alloc(from, gfp);
	else if (!slab_alloc_batch(from, gfp, 1, &memory))
		memory = NULL;
	if (!memory)
		return NULL;
	*(struct magazine *)memory = (struct magazine){ 0 };
	((struct magazine *)memory)->slot[0] = NULL;
	return memory;
}

void free_magazine(const struct kmem_cache *s, struct magazine *mag)
{
	struct kmem_cache *from = kmalloc_cache_of(magazine_bytes(s));
	void *memory = mag;

	if (mag && slab_debugged(from))
		slab_debug_free(from, memory);
	else if (mag)
		slab_free_batch(from, 1, &memory);
}

static void load(const struct kmem_cache *s, struct cpu_cache *c, struct magazine *mag,
		 unsigned int avail)
{
	c->loaded = mag;
	c->top = &mag->slot[avail];
	c->end = &mag->slot[s->magazine_limit];
}

static u32 depot_for_bytes(const struct kmem_cache *s, unsigned long bytes)
{
	u32 objects = min(bytes / s->size, DEPOT_OBJECTS + 0ul);

	return s->magazine_limit ? max(objects / s->magazine_limit, 1u) : 0;
}

/* s->lock held, or nobody knows the cache yet. */
static void reset_depot(struct kmem_cache *s)
{
	s->depot_limit = depot_for_bytes(s, DEPOT_BYTES);
	s->depot_overflowed = false;
}

/* What went home is wanted again. s->lock held. */
static void grow_depot(struct kmem_cache *s)
{
	unsigned long ram_part = totalram_pages() << (PAGE_SHIFT - DEPOT_RAM_SHIFT);
	u32 most = depot_for_bytes(s, max(ram_part, DEPOT_BYTES));

	s->depot_limit = min(2 * s->depot_limit, most);
	s->depot_overflowed = false;
}

/* The magazine is empty: is there a full one, here or in the depot? Interrupts off. */
static void load_full(struct kmem_cache *s, struct cpu_cache *c)
{
	struct magazine *full, *empty = c->loaded;

	if (!empty)
		return;
	if (c->spare_full) {
		full = c->spare;
		c->spare_full = false;
		c->spare = empty;
	} else {
		spin_lock(&s->lock);
		full = s->depot_full;
		if (full) {
			s->depot_full = full->next;
			s->nr_depot_full--;
			empty->next = s->depot_empty;
			s->depot_empty = empty;
		} else if (s->depot_overflowed) {
			grow_depot(s);
		}
		spin_unlock(&s->lock);
		if (!full)
			return;
	}
	load(s, c, full, s->magazine_limit);
}

/* Full ones both: the spare goes to the depot, or its objects to their slabs. */
static void empty_spare(struct kmem_cache *s, struct cpu_cache *c)
{
	spin_lock(&s->lock);
	if (c->spare_full && s->nr_depot_full >= s->depot_limit) {
		s->depot_overflowed = true;
	} else if (c->spare_full) {
		c->spare->next = s->depot_full;
		s->depot_full = c->spare;
		s->nr_depot_full++;
		c->spare = NULL;
		c->spare_full = false;
	}
	if (!c->spare && s->depot_empty) {
		c->spare = s->depot_empty;
		s->depot_empty = c->spare->next;
	}
	spin_unlock(&s->lock);
	if (c->spare_full)
		slab_free_batch(s, s->magazine_limit, &c->spare->slot[1]);
	c->spare_full = false;
	if (!c->spare)
		c->spare = new_magazine(s, 0);
}

/* This hart has no magazine yet: give it one, if memory allows. */
static void first_magazine(struct kmem_cache *s, gfp_t gfp)
{
	struct magazine *mag = new_magazine(s, gfp);
	unsigned long flags = local_irq_save();
	struct cpu_cache *c = this_cpu_cache(s);

	if (mag && !c->loaded) {
		load(s, c, mag, 0);
		mag = NULL;
	}
	local_irq_restore(flags);	/* an interrupt, or a sleep, may have been faster */
	free_magazine(s, mag);
}

static void *alloc_from_depot(struct kmem_cache *s)
{
	unsigned long flags = local_irq_save();
	struct cpu_cache *c = this_cpu_cache(s);
	void *object;

	if (!*c->top)			/* still: an interrupt may have freed here */
		load_full(s, c);
	object = *c->top;
	if (object)
		c->top--;
	local_irq_restore(flags);
	return object;
}

/* Half a magazine from the slabs. The one place where kmem_cache_alloc may sleep. */
static void *alloc_from_slabs(struct kmem_cache *s, gfp_t gfp)
{
	void *objects[MAGAZINE_MAX / 2];
	unsigned int got, kept;
	struct cpu_cache *c;
	unsigned long flags;

	if (!READ_ONCE(this_cpu_cache(s)->loaded))
		first_magazine(s, gfp);
	got = slab_alloc_batch(s, gfp, s->magazine_limit / 2, objects);
	if (!got)
		return NULL;

	flags = local_irq_save();
	c = this_cpu_cache(s);
	kept = min((unsigned int)(c->end - c->top), got - 1);
	for (unsigned int i = kept; i > 0; i--)		/* the first one taken is used first */
		*++c->top = objects[i];
	local_irq_restore(flags);
	/* LCOV_EXCL_START: an interrupt's frees took the room; the host has no interrupts. */
	if (unlikely(got - 1 > kept))
		slab_free_batch(s, got - 1 - kept, objects + 1 + kept);
	/* LCOV_EXCL_STOP */
	return objects[0];
}

static noinline void *alloc_slow(struct kmem_cache *s, gfp_t gfp)
{
	void *object;

	if (slab_debugged(s))
		return slab_debug_alloc(s, gfp);
	object = alloc_from_depot(s);
	return object ? object : alloc_from_slabs(s, gfp);
}

/* The full magazine makes way for an empty one, if one is to be had. Interrupts off. */
static void load_empty(struct kmem_cache *s, struct cpu_cache *c)
{
	struct magazine *full = c->loaded;

	if (!full)
		return;
	if (c->spare_full || !c->spare)
		empty_spare(s, c);
	if (!c->spare)
		return;
	load(s, c, c->spare, 0);
	c->spare = full;
	c->spare_full = true;
}

static noinline void free_slow(struct kmem_cache *s, void *object)
{
	struct cpu_cache *c;
	unsigned long flags;

	if (slab_debugged(s)) {
		slab_debug_free(s, object);
		return;
	}
	flags = local_irq_save();
	c = this_cpu_cache(s);
	if (c->top == c->end)		/* still: an interrupt may have allocated here */
		load_empty(s, c);
	if (c->top != c->end)
		*++c->top = object;
	else				/* no magazine: one by one, then */
		slab_free_batch(s, 1, &object);
	local_irq_restore(flags);
}

/* Return: NULL if this hart has none at hand. */
static __always_inline void *alloc_fast(struct kmem_cache *s)
{
	unsigned long flags = local_irq_save_leaf();
	struct cpu_cache *c = this_cpu_cache(s);
	void *object = *c->top;

	if (likely(object && !local_irq_waits()))
		c->top--;
	else
		object = NULL;
	local_irq_restore_leaf(flags);
	return object;
}

void *__kmem_cache_alloc(struct kmem_cache *s, gfp_t gfp)
{
	void *object = alloc_fast(s);

	return likely(object) ? object : alloc_slow(s, gfp);
}

void *__kmalloc(size_t size_bytes, gfp_t gfp)
{
	void *object = is_slab_size(size_bytes) ? alloc_fast(kmalloc_cache_of(size_bytes)) : NULL;

	if (unlikely(!object))
		return kmalloc_slow(size_bytes, gfp);	/* one call, at the end: see kfree() */
	return object;
}

/* Return: false if the magazine is full. */
static __always_inline bool free_fast(struct kmem_cache *s, void *object)
{
	unsigned long flags = local_irq_save_leaf();
	struct cpu_cache *c = this_cpu_cache(s);
	bool room = c->top != c->end;

	if (likely(room))
		*++c->top = object;
	local_irq_restore_leaf(flags);
	return room;
}

void kmem_cache_free(struct kmem_cache *s, void *object)
{
	VM_BUG_ON(!slab_debugged(s) && virt_to_page(object)->slab_cache != s);
	if (unlikely(!free_fast(s, object)))
		free_slow(s, object);
}

void kfree(const void *p)
{
	if (unlikely(!is_slab_object(p) || !free_fast(virt_to_page(p)->slab_cache, (void *)p)))
		kfree_slow(p);		/* one call, at the end: so the frame is made there, too */
}

/* Move up to @nr objects out of the loaded magazine. Return: how many. */
static unsigned int take_loaded(struct kmem_cache *s, size_t nr, void **objects)
{
	unsigned long flags = local_irq_save();
	struct cpu_cache *c = this_cpu_cache(s);
	unsigned int n = 0;

	while (n < nr && *c->top)
		objects[n++] = *c->top--;
	local_irq_restore(flags);
	return n;
}

/* And up to @nr into it. */
static unsigned int put_loaded(struct kmem_cache *s, size_t nr, void **objects)
{
	unsigned long flags = local_irq_save();
	struct cpu_cache *c = this_cpu_cache(s);
	unsigned int n = 0;

	while (n < nr && c->top != c->end) {
		VM_BUG_ON(virt_to_page(objects[n])->slab_cache != s);
		*++c->top = objects[n++];
	}
	local_irq_restore(flags);
	return n;
}

/* A magazine at a time; between two of them the one-object path does what is slow. */
void kmem_cache_free_bulk(struct kmem_cache *s, size_t nr, void **objects)
{
	size_t done = 0;

	while (done < nr) {
		done += put_loaded(s, nr - done, objects + done);
		if (done < nr)
			kmem_cache_free(s, objects[done++]);
	}
}

int kmem_cache_alloc_bulk(struct kmem_cache *s, gfp_t gfp, size_t nr, void **objects)
{
	size_t got = 0;

	while (got < nr) {
		got += take_loaded(s, nr - got, objects + got);
		if (got == nr)
			break;
		objects[got] = __kmem_cache_alloc(s, gfp & ~__GFP_ZERO);
		if (!objects[got]) {
			kmem_cache_free_bulk(s, got, objects);
			return 0;
		}
		got++;
	}
	for (size_t i = 0; gfp & __GFP_ZERO && i < nr; i++)
		memset(objects[i], 0, s->object_size);
	return nr;
}

/* Its magazines go, too: so nothing is left that depends on what the hart did before. */
void slab_drain_cpu(struct kmem_cache *s)
{
	struct cpu_cache *c = this_cpu_cache(s), old = *c;

	*c = (struct cpu_cache){ .top = no_room, .end = no_room };
	if (*old.top)
		slab_free_batch(s, old.top - old.loaded->slot, &old.loaded->slot[1]);
	if (old.spare_full)
		slab_free_batch(s, s->magazine_limit, &old.spare->slot[1]);
	free_magazine(s, old.loaded);
	free_magazine(s, old.spare);
}

static void drain_cpu(void *cache)
{
	slab_drain_cpu(cache);
}

/**
 * slab_drain_depot - all objects of the depot go back to their slabs
 * @s: the cache
 *
 * Context: any.
 */
void slab_drain_depot(struct kmem_cache *s)
{
	struct magazine *full, *empty, *next;
	unsigned long flags;

	spin_lock_irqsave(&s->lock, flags);
	full = s->depot_full;
	empty = s->depot_empty;
	s->depot_full = s->depot_empty = NULL;
	s->nr_depot_full = 0;
	reset_depot(s);
	spin_unlock_irqrestore(&s->lock, flags);
	for (; full; full = next) {
		next = full->next;
		slab_free_batch(s, s->magazine_limit, &full->slot[1]);
		free_magazine(s, full);
	}
	for (; empty; empty = next) {
		next = empty->next;
		free_magazine(s, empty);
	}
}

/**
 * slab_drain - all objects of all magazines go back to their slabs
 * @s: the cache
 *
 * Context: interrupts on.
 */
void slab_drain(struct kmem_cache *s)
{
	on_each_cpu(drain_cpu, s);
	slab_drain_depot(s);
}

unsigned int kmem_cache_shrink(struct kmem_cache *s)
{
	slab_drain(s);
	return slab_discard_empty(s, 0);
}

/* Powers of two less a head of 16 bytes, so that no magazine wastes memory. */
static u32 pick_magazine(u32 size)
{
	return size <= 256 ? MAGAZINE_MAX : size <= 1024 ? 30 : size <= 4096 ? 14 : 6;
}

void __kmem_cache_create(struct kmem_cache *s)
{
	slab_layout(s);
	s->magazine_limit = slab_debugged(s) ? 0 : pick_magazine(s->size);
	reset_depot(s);
	for (unsigned int cpu = 0; cpu < CONFIG_NR_CPUS; cpu++)
		s->cpu[cpu] = (struct cpu_cache){ .top = no_room, .end = no_room };
	INIT_LIST_HEAD(&s->partial);
	INIT_LIST_HEAD(&s->full);
	INIT_LIST_HEAD(&s->empty);
}

unsigned int slab_count_cpu(struct kmem_cache *s)
{
	const struct cpu_cache *c = this_cpu_cache(s);

	return (c->loaded ? c->top - c->loaded->slot : 0) + (c->spare_full ? s->magazine_limit : 0);
}
