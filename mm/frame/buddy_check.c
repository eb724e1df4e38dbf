// SPDX-License-Identifier: GPL-2.0-only
/*
 * buddy_check.c - does a zone keep the invariants that buddy.c promises? For tests and for
 * the debugger; slow: it looks at every bit of every pageblock.
 */
#include <linux-lite/buddy.h>

/* What the bits of one pageblock add up to. */
struct sums {
	unsigned long nr_free, nr[NR_PAGE_ORDERS];
};

/* I1 of a free block. */
static int check_block(const struct zone *zone, const struct pageblock *pb, unsigned int node,
		       unsigned int order)
{
	unsigned long pfn = pageblock_pfn(zone, pb) + node_offset(node, order);
	unsigned long nr = 1UL << order;

	if (!zone_spans_pfn(zone, pfn) || !zone_spans_pfn(zone, pfn + nr - 1))
		return 1;
	for (unsigned int above = node >> 1; above; above >>= 1)
		if (node_is_free(pb, above))
			return 1;
	for (unsigned long i = 0; i < nr && !pb->fresh; i++)
		if (pfn_to_page(pfn + i)->state != PGS_FREE_TAIL)
			return 1;
	return order < pageblock_order && node_is_free(pb, node ^ 1) ? 2 : 0;
}

static int sum_tree(const struct zone *zone, const struct pageblock *pb, struct sums *sums)
{
	for (unsigned int order = 0; order <= pageblock_order; order++) {
		unsigned int first = pageblock_nr_pages >> order;

		for (unsigned int node = first; node < 2 * first; node++) {
			int broken;

			if (!node_is_free(pb, node))
				continue;
			broken = check_block(zone, pb, node, order);
			if (broken)
				return broken;
			sums->nr[order]++;
		}
		sums->nr_free += sums->nr[order] << order;
	}
	return pb->free[0] & 1;			/* there is no node 0 */
}

static bool is_on(const struct list_head *shelf, const struct pageblock *pb)
{
	const struct list_head *pos;

	list_for_each(pos, shelf)
		if (pos == &pb->on_shelf)
			return true;
	return false;
}

/* I5 of both halves: one bit of their counts stands for the pair. */
static int check_pair(const struct zone *zone, const struct pageblock *pb, struct sums *sums)
{
	unsigned long pfn = pageblock_pfn(zone, pb);
	const struct pageblock *other = pageblock_of(zone, pfn ^ pageblock_nr_pages);
	const struct pageblock *first = pb < other ? pb : other;

	if (sums->nr_free || other->nr_free != pageblock_nr_pages || other->type != pb->type ||
	    first->nr[MAX_ORDER] != 1 || (pb != first && pb->rank))
		return 5;
	sums->nr_free = pageblock_nr_pages;
	sums->nr[MAX_ORDER] = pb == first;
	return 0;
}

/* I2: two whole neighbours that are not one block. */
static bool missed_pair(const struct zone *zone, const struct pageblock *pb)
{
	unsigned long pfn = pageblock_pfn(zone, pb) ^ pageblock_nr_pages;
	const struct pageblock *other;

	if (!pb->nr[pageblock_order] || !zone_spans_pfn(zone, pfn))
		return false;
	other = pageblock_of(zone, pfn);
	return other->nr[pageblock_order] && pb->type != MIGRATE_ISOLATE &&
	       other->type != MIGRATE_ISOLATE;
}

/* I2 to I7 of one pageblock. */
static int check_pageblock(const struct zone *zone, const struct pageblock *pb, struct sums *sums)
{
	bool paired = pb->nr_free == pageblock_nr_pages && !pb->nr[pageblock_order];
	int broken = sum_tree(zone, pb, sums);

	if (!broken && paired)
		broken = check_pair(zone, pb, sums);
	if (broken)
		return broken;
	if (missed_pair(zone, pb))
		return 2;
	for (unsigned int order = 0; order <= MAX_ORDER; order++)
		if (pb->nr[order] != sums->nr[order] ||
		    !(pb->orders & BIT(order)) != !sums->nr[order])
			return 3;
	if (pb->nr_free != sums->nr_free || pb->rank != fls(pb->orders))
		return 3;
	if (pb->rank && !is_on(&zone->shelf[pb->rank - 1][pb->type], pb))
		return 4;
	if (pb->fresh && pb->nr_free != pageblock_nr_pages)
		return 6;
	return buddy_emptiness(zone, pageblock_pfn(zone, pb)) !=
	       (pb->type == MIGRATE_ISOLATE ? EMPTINESS_ISOLATED : pb->nr_free) ? 7 : 0;
}

/* Nobody is on a shelf who should not be: as many are there as have a rank (I4). */
static bool shelves_hold(const struct zone *zone, unsigned long nr)
{
	unsigned long listed = 0;

	for (unsigned int order = 0; order <= MAX_ORDER; order++)
		for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
			listed += list_check(&zone->shelf[order][type]);
	return listed == nr;
}

int buddy_check(const struct zone *zone)
{
	unsigned long nr[NR_PAGE_ORDERS] = { 0 }, allocatable = 0, ranked = 0;

	for (unsigned long i = 0; i < nr_pageblocks(zone); i++) {
		const struct pageblock *pb = &zone->pageblocks[i];
		struct sums sums = { 0 };
		int broken = check_pageblock(zone, pb, &sums);

		if (broken)
			return broken;
		for (unsigned int order = 0; order <= MAX_ORDER; order++)
			nr[order] += sums.nr[order];
		allocatable += pb->type == MIGRATE_ISOLATE ? 0 : sums.nr_free;
		ranked += pb->rank != 0;
	}
	for (unsigned int order = 0; order <= MAX_ORDER; order++)
		if (nr[order] != zone->nr_free[order])
			return 3;
	if (allocatable != zone->free_pages)
		return 3;
	return shelves_hold(zone, ranked) ? 0 : 4;
}
