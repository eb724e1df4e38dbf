// SPDX-License-Identifier: GPL-2.0-only
/*
 * cache.c - caches come and go: what is common to all designs. /proc/slabinfo.
 *
 *   I1  slab_caches has every cache from its creation to its destruction, under slab_lock
 *
 * Small cousin of Linux's mm/slab_common.c.
 */
#include <linux-lite/bug.h>
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/slab_debug.h>
#include <linux-lite/slab_design.h>
#include <linux-lite/slab_merge.h>
#include <linux-lite/smp.h>
#include <linux-lite/string.h>

LIST_HEAD(slab_caches);
static DEFINE_SPINLOCK(slab_lock, RANK_SLAB_DEPOT);
static struct kmem_cache cache_cache;		/* of struct kmem_cache */

/* What @align and SLAB_HWCACHE_ALIGN come down to: a power of two, a word at least. */
static unsigned int calculate_alignment(unsigned int flags, unsigned int align, unsigned int size)
{
	align = max(align, (unsigned int)sizeof(void *));
	if (flags & SLAB_HWCACHE_ALIGN && size > SMP_CACHE_BYTES / 2)
		align = max(align, SMP_CACHE_BYTES + 0u);
	return align;
}

void kmem_cache_setup(struct kmem_cache *s, const char *name, unsigned int size,
		      unsigned int align, unsigned int flags, void (*ctor)(void *))
{
	unsigned long irqflags;

	s->name = name;
	s->refcount = 1;
	s->object_size = size;
	s->align = calculate_alignment(flags, align, size);
	s->flags = flags;
	s->debug = slab_debug_flags(name, flags);
	s->ctor = ctor;
	s->gfp = flags & SLAB_RECLAIM_ACCOUNT ? __GFP_RECLAIMABLE : 0;
	spin_lock_init(&s->lock, RANK_SLAB);
	__kmem_cache_create(s);

	spin_lock_irqsave(&slab_lock, irqflags);
	list_add_tail(&s->list, &slab_caches);
	spin_unlock_irqrestore(&slab_lock, irqflags);
}

/* A cache that is there and does as well, or NULL. */
static struct kmem_cache *share_cache(const char *name, unsigned int size, unsigned int align,
				      unsigned int flags, void (*ctor)(void *))
{
	struct kmem_cache *s;
	unsigned long irqflags;

	spin_lock_irqsave(&slab_lock, irqflags);
	s = find_mergeable(size, calculate_alignment(flags, align, size), flags, name, ctor);
	if (s) {
		s->refcount++;
		s->object_size = max(s->object_size, size);	/* what __GFP_ZERO clears */
	}
	spin_unlock_irqrestore(&slab_lock, irqflags);
	return s;
}

/* One user of a cache less. Return: was it the last one? */
static bool unshare_cache(struct kmem_cache *s)
{
	unsigned long flags;
	bool last;

	spin_lock_irqsave(&slab_lock, flags);
	if (s->refcount)		/* 0: it had leaks the last time */
		s->refcount--;
	last = !s->refcount;		/* and from now on nobody is given it */
	spin_unlock_irqrestore(&slab_lock, flags);
	return last;
}

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,
				     unsigned int flags, void (*ctor)(void *))
{
	struct kmem_cache *s = NULL;

	if (!WARN_ON(size == 0 || size > PAGE_SIZE << SLAB_MAX_ORDER || align & (align - 1) ||
		     align > PAGE_SIZE)) {
		s = share_cache(name, size, align, flags, ctor);
		if (s)
			return s;
		s = kmem_cache_zalloc(&cache_cache, GFP_KERNEL);
	}
	if (s)
		kmem_cache_setup(s, name, size, align, flags, ctor);
	else if (flags & SLAB_PANIC)
		panic("kmem_cache_create: failed to create slab '%s'\n", name);
	return s;
}

void *kmem_cache_zalloc(struct kmem_cache *s, gfp_t gfp)
{
	void *object = __kmem_cache_alloc(s, gfp & ~__GFP_ZERO);

	return object ? memset(object, 0, s->object_size) : NULL;
}

void kmem_cache_destroy(struct kmem_cache *s)
{
	unsigned long flags;

	if (!s || !unshare_cache(s))
		return;
	if (__kmem_cache_shutdown(s))	/* somebody may still use them: the cache stays */
		return;
	spin_lock_irqsave(&slab_lock, flags);
	list_del(&s->list);
	spin_unlock_irqrestore(&slab_lock, flags);
	kmem_cache_free(&cache_cache, s);
}

/**
 * kmem_cache_init - bring up the cache of caches, and kmalloc's
 *
 * Context: boot, after mem_init.
 */
void kmem_cache_init(void)
{
	kmem_cache_setup(&cache_cache, "kmem_cache", sizeof(struct kmem_cache), 0,
			 SLAB_HWCACHE_ALIGN | SLAB_NO_MERGE, NULL);
	kmalloc_init();
}

unsigned long slab_count_spare(void)
{
	unsigned long flags, nr = 0;
	struct kmem_cache *s;

	spin_lock_irqsave(&slab_lock, flags);
	list_for_each_entry(s, &slab_caches, list)
		nr += slab_count_spare_of(s);
	spin_unlock_irqrestore(&slab_lock, flags);
	return nr;
}

/* The harts' own magazines stay: getting at them would mean interrupting each hart. */
unsigned long slab_reclaim(unsigned long nr)
{
	unsigned long flags, slabs = 0, pages = 0;
	struct kmem_cache *s;

	spin_lock_irqsave(&slab_lock, flags);
	list_for_each_entry(s, &slab_caches, list)	/* first: their memory is objects, too */
		slab_drain_depot(s);
	list_for_each_entry(s, &slab_caches, list) {
		unsigned long gone = slabs < nr ? slab_discard_empty(s, 0) : 0;

		slabs += gone;
		pages += gone << s->min_order;		/* at least */
	}
	spin_unlock_irqrestore(&slab_lock, flags);
	return pages;
}

static void drain_stocks(void *unused)
{
	struct kmem_cache *s;

	spin_lock(&slab_lock);
	list_for_each_entry(s, &slab_caches, list)
		slab_drain_cpu(s);
	spin_unlock(&slab_lock);
}

unsigned long slab_drain_all(void)
{
	on_each_cpu(drain_stocks, NULL);
	return slab_reclaim(~0UL);
}

/* This hart counts what it stocks, so that nobody else has to look into that. */
static void count_cached(void *unused)
{
	struct kmem_cache *s;

	spin_lock(&slab_lock);
	list_for_each_entry(s, &slab_caches, list)
		WRITE_ONCE(s->counted[smp_processor_id()], slab_count_cpu(s));
	spin_unlock(&slab_lock);
}

unsigned long slab_counted(const struct kmem_cache *s)
{
	unsigned long sum = 0;

	for (unsigned int cpu = 0; cpu < CONFIG_NR_CPUS; cpu++)
		sum += READ_ONCE(s->counted[cpu]);
	return sum;
}

int slabinfo_show(struct seq_file *m)
{
	struct kmem_cache *s;
	unsigned long flags;

	seq_puts(m, "slabinfo - version: 2.1\n"
		 "# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab>"
		 " : tunables <limit> <batchcount> <sharedfactor>"
		 " : slabdata <active_slabs> <num_slabs> <sharedavail>\n");
	on_each_cpu(count_cached, NULL);
	spin_lock_irqsave(&slab_lock, flags);
	list_for_each_entry(s, &slab_caches, list) {
		struct slabinfo info = { 0 };

		get_slabinfo(s, &info);
		seq_printf(m, "%-17s %6lu %6lu %6u %4u %4d : tunables %4u %4u %4u"
			   " : slabdata %6lu %6lu %6lu\n", s->name, info.active_objs,
			   info.num_objs, s->size, s->objects_per_slab, 1 << s->order, info.limit,
			   info.batchcount, 0, info.active_slabs, info.num_slabs, 0UL);
	}
	spin_unlock_irqrestore(&slab_lock, flags);
	return 0;
}
