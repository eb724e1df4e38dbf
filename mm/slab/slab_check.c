// SPDX-License-Identifier: GPL-2.0-only
/*
 * slab_check.c - does a cache keep the invariants that slab.c promises? For tests.
 */
#include <linux-lite/bug.h>
#include <linux-lite/kernel.h>
#include <linux-lite/slab_design.h>

struct sums {
	unsigned long slabs, objects, inuse;
};

/* I1 of one slab. */
static bool check_freelist(const struct kmem_cache *s, const struct page *page)
{
	const char *start = (char *)page_address(page) + s->red_left;
	u32 nr = 0;

	for (char *o = page->freelist; o; o = *(char **)(o + s->link_offset)) {
		size_t offset = o - start;

		if (offset % s->size || offset / s->size >= page->objects ||
		    ++nr > page->objects)
			return false;
	}
	return nr + page->inuse == page->objects;
}

/* I1, I2 of a list: do its slabs have used objects, and free ones, as it says? */
static int check_list(const struct kmem_cache *s, const struct list_head *list, bool used,
		      bool free, struct sums *sums)
{
	struct page *page;

	list_for_each_entry(page, list, slab_list) {
		if (page->state != PGS_SLAB || page->slab_cache != s || !check_freelist(s, page))
			return 1;
		if ((page->inuse > 0) != used ||
		    (page->inuse < page->objects) != free)
			return 2;
		sums->slabs++;
		sums->objects += page->objects;
		sums->inuse += page->inuse;
	}
	return 0;
}

/* I5 and I7. */
static int check_magazines(const struct kmem_cache *s)
{
	unsigned long nr = 0;

	for (unsigned int cpu = 0; cpu < CONFIG_NR_CPUS; cpu++) {
		const struct cpu_cache *c = &s->cpu[cpu];

		if (!c->loaded && (c->top != no_room || c->end != no_room || c->spare))
			return 5;
		if (c->loaded && (c->loaded->slot[0] || c->top < c->loaded->slot ||
				  c->top > c->end || c->end != &c->loaded->slot[s->magazine_limit]))
			return 5;
		if (c->spare_full && !c->spare)
			return 7;
	}
	for (const struct magazine *mag = s->depot_full; mag; mag = mag->next)
		nr++;
	return nr == s->nr_depot_full && nr <= s->depot_limit ? 0 : 7;
}

/**
 * slab_check - walk a cache's invariants
 * @s: the cache, which nobody else uses meanwhile
 *
 * Return: 0, or the number of the first one broken (slab.c).
 */
int slab_check(struct kmem_cache *s)
{
	struct sums sums = { 0 }, empty = { 0 };
	unsigned long flags;
	int broken;

	spin_lock_irqsave(&s->lock, flags);
	broken = check_list(s, &s->partial, true, true, &sums);
	if (!broken)
		broken = check_list(s, &s->full, true, false, &sums);
	if (!broken)
		broken = check_list(s, &s->empty, false, true, &empty);
	if (!broken && (sums.slabs + empty.slabs != s->nr_slabs || empty.slabs != s->nr_empty ||
			sums.objects + empty.objects != s->nr_objects ||
			sums.inuse != s->nr_inuse))
		broken = 4;
	spin_unlock_irqrestore(&s->lock, flags);
	return broken ? broken : check_magazines(s);
}
