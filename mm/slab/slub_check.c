// SPDX-License-Identifier: GPL-2.0-only
/*
 * slub_check.c - slub.c's books: its invariants, for tests; what /proc/slabinfo shows; what has
 * leaked.
 */
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/slub.h>
#include <linux-lite/smp.h>

/* I1 of one slab. slab_lock held. */
static bool check_freelist(const struct kmem_cache *s, const struct page *page)
{
	const char *start = page_address(page);
	u32 nr = 0;

	for (char *o = page->freelist; o; o = get_freepointer(s, o)) {
		size_t offset = o - start;

		if (offset % s->size || offset / s->size >= page->objects ||
		    ++nr > page->objects)
			return false;
	}
	return nr + page->inuse == page->objects;
}

/* I1, I2 of a list's slabs. */
static int check_list(const struct kmem_cache *s, const struct list_head *list, bool frozen,
		      unsigned long *nr)
{
	struct page *page;
	int broken = 0;

	*nr = 0;
	list_for_each_entry(page, list, slab_list) {
		if (page->state != PGS_SLAB || page->slab_cache != s)
			return 2;
		slab_lock(page);
		if (!check_freelist(s, page))
			broken = 1;
		else if (page->frozen != frozen || !page->freelist)
			broken = 2;
		slab_unlock(page);
		if (broken)
			return broken;
		(*nr)++;
	}
	return 0;
}

/* I1..I4 of a hart. */
static int check_cpu(const struct kmem_cache *s, const struct cpu_cache *c)
{
	unsigned long nr;
	int broken = check_list(s, &c->partial, true, &nr);
	struct page *page = c->page;

	if (!broken && (nr != c->nr_partial || (page && !page->frozen)))
		broken = 2;
	for (void *o = c->freelist; o && !broken; o = get_freepointer(s, o)) {
		size_t offset = (char *)o - (char *)page_address(page);

		if (offset % s->size || offset / s->size >= page->objects)
			broken = 3;
	}
	if (!broken && page && (!check_freelist(s, page) ||
				freelist_length(s, c->freelist) > page->inuse))
		broken = 1;
	return broken;
}

/**
 * slab_check - walk a cache's invariants
 * @s: the cache, which nobody else uses meanwhile
 *
 * Return: 0, or the number of the first one broken (slub.c).
 */
int slab_check(struct kmem_cache *s)
{
	unsigned long flags, nr = 0;
	int broken;

	spin_lock_irqsave(&s->lock, flags);
	broken = check_list(s, &s->partial, false, &nr);
	if (!broken && (nr != s->nr_partial || nr > s->nr_slabs))
		broken = 4;
	for (unsigned int cpu = 0; cpu < CONFIG_NR_CPUS && !broken; cpu++)
		broken = check_cpu(s, &s->cpu[cpu]);
	spin_unlock_irqrestore(&s->lock, flags);
	return broken;
}

/* Free objects in a list of slabs. Who may walk it does. */
static unsigned int count_free(const struct list_head *list)
{
	struct page *page;
	unsigned int nr = 0;

	list_for_each_entry(page, list, slab_list) {
		slab_lock(page);
		nr += page->objects - page->inuse;
		slab_unlock(page);
	}
	return nr;
}

unsigned int slab_count_cpu(struct kmem_cache *s)
{
	const struct cpu_cache *c = &s->cpu[smp_processor_id()];
	unsigned int nr = freelist_length(s, c->freelist) + count_free(&c->partial);

	if (c->page) {
		slab_lock(c->page);
		nr += c->page->objects - c->page->inuse;
		slab_unlock(c->page);
	}
	return nr;
}

/* Linux calls all objects of harts' slabs active, and all slabs; limit and batchcount are 0. */
void get_slabinfo(struct kmem_cache *s, struct slabinfo *info)
{
	unsigned long flags, nr_free;

	spin_lock_irqsave(&s->lock, flags);
	nr_free = count_free(&s->partial) + slab_counted(s);
	info->num_objs = s->nr_objects;
	info->active_objs = s->nr_objects - min(nr_free, s->nr_objects);
	info->num_slabs = info->active_slabs = s->nr_slabs;
	spin_unlock_irqrestore(&s->lock, flags);
}

unsigned long slab_count_spare_of(struct kmem_cache *s)
{
	unsigned long flags, nr = 0;
	struct page *page;

	spin_lock_irqsave(&s->lock, flags);
	list_for_each_entry(page, &s->partial, slab_list) {
		slab_lock(page);
		nr += page->inuse == 0;
		slab_unlock(page);
	}
	spin_unlock_irqrestore(&s->lock, flags);
	return nr;
}

/* Say which objects of a slab are not on its freelist. */
static void report_slab(const struct kmem_cache *s, const struct page *page)
{
	for (u32 i = 0; i < page->objects; i++) {
		void *object = slab_object(s, page, i), *free = page->freelist;

		while (free && free != object)
			free = get_freepointer(s, free);
		if (!free)
			pr_err("Object %p @offset=%u\n", object, i * s->size);
	}
}

/* The harts' slabs have been given up: what is left is partial, or full and in no list. */
void slub_report_leaks(struct kmem_cache *s)
{
	struct page *page;

	pr_err("=============================================================\n");
	pr_err("BUG %s: Objects remaining in %s on __kmem_cache_shutdown()\n", s->name, s->name);
	pr_err("-------------------------------------------------------------\n");
	list_for_each_entry(page, &s->partial, slab_list)
		report_slab(s, page);
	if (s->nr_slabs != s->nr_partial)
		pr_err("And all of %lu full slabs\n", s->nr_slabs - s->nr_partial);
}
