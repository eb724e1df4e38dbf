// SPDX-License-Identifier: GPL-2.0-only
/*
 * buddy_types.c - how the free blocks of a zone are spread over migrate types. For /proc.
 *
 * A pageblock's free blocks are of its type, and it has them counted by order, so this is a
 * walk over pageblocks, not over lists: no lock, each number is right by itself. (Linux counts
 * the entries of each free list under zone->lock, and stops at 100,000.)
 */
#include <linux-lite/buddy.h>

void buddy_count_types(const struct zone *zone, struct type_sums *sums)
{
	const struct pageblock *end = zone->pageblocks + nr_pageblocks(zone);

	*sums = (struct type_sums){ 0 };
	for (const struct pageblock *pb = zone->pageblocks; pb < end; pb++) {
		unsigned int type = READ_ONCE(pb->type);

		sums->pageblocks[type]++;
		for (unsigned int order = 0; order <= MAX_ORDER; order++)
			sums->free[type][order] += READ_ONCE(pb->nr[order]);
	}
}
