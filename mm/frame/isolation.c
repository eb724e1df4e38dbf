// SPDX-License-Identifier: GPL-2.0-only
/*
 * isolation.c - a pageblock is taken out of business, so that it can become empty.
 *
 * To have certain frames, rather than any, one has to keep others from taking them meanwhile:
 *
 *	UNMOVABLE    MOVABLE     RECLAIMABLE    ISOLATE
 *	    .        31 . 30         12           37	shelves: nobody is served from the last
 *
 *	before     |.##.#...|	free_pages counts the five free frames
 *	isolated   |.##.#...|	and now it does not; requests go elsewhere
 *	a free     |..#.#...|	stays here: buddy.c merges it, pcp.c sends it home at once
 *	undone     |..#.#...|	free_pages counts six
 *
 * A free pair of pageblocks (order 10) is two again while one of them is isolated: each pageblock
 * is isolated by itself. What it was before is remembered in the pageblock, and comes back.
 *
 *   I1  a pageblock has type MIGRATE_ISOLATE for one isolator at most, who alone ends it
 *   I2  while it has, none of its frames goes from free to used but by take_isolated_range()
 *
 * Who locks what: zone->lock, a pageblock at a time; a range becomes isolated piece by piece.
 *
 * Small cousin of Linux's mm/page_isolation.c. There a pageblock forgot its type until Linux 6.17
 * gave isolation a bit of its own.
 */
#include <linux-lite/bug.h>
#include <linux-lite/buddy.h>
#include <linux-lite/err.h>
#include <linux-lite/isolation.h>
#include <linux-lite/kernel.h>

/* zone->lock held; it is not half of a pair. */
static void change_type(struct zone *zone, struct pageblock *pb, enum migratetype type)
{
	long allocatable = type == MIGRATE_ISOLATE ? -(long)pb->nr_free : pb->nr_free;

	WRITE_ONCE(zone->free_pages, zone->free_pages + allocatable);
	pb->type = type;
	buddy_shelve(zone, pb);
}

static int isolate_pageblock(struct zone *zone, struct pageblock *pb)
{
	if (pb->type == MIGRATE_ISOLATE)
		return -EBUSY;
	if (pb->nr_free == pageblock_nr_pages && !pb->nr[pageblock_order])
		buddy_split_pair(zone, pb);
	pb->type_before = pb->type;
	change_type(zone, pb, MIGRATE_ISOLATE);
	return 0;
}

static void unisolate_pageblock(struct zone *zone, struct pageblock *pb)
{
	VM_BUG_ON(pb->type != MIGRATE_ISOLATE);
	change_type(zone, pb, pb->type_before);
	buddy_join_pair(zone, pb);
}

int start_isolate_page_range(struct zone *zone, unsigned long start, unsigned long end)
{
	unsigned long first = ALIGN_DOWN(start, pageblock_nr_pages);

	for (unsigned long pfn = first; pfn < end; pfn += pageblock_nr_pages) {
		unsigned long flags;
		int err;

		spin_lock_irqsave(&zone->lock, flags);
		err = isolate_pageblock(zone, pageblock_of(zone, pfn));
		spin_unlock_irqrestore(&zone->lock, flags);
		if (err) {
			undo_isolate_page_range(zone, start, pfn);
			return err;
		}
	}
	return 0;
}

void undo_isolate_page_range(struct zone *zone, unsigned long start, unsigned long end)
{
	unsigned long first = ALIGN_DOWN(start, pageblock_nr_pages);

	for (unsigned long pfn = first; pfn < end; pfn += pageblock_nr_pages) {
		unsigned long flags;

		spin_lock_irqsave(&zone->lock, flags);
		unisolate_pageblock(zone, pageblock_of(zone, pfn));
		spin_unlock_irqrestore(&zone->lock, flags);
	}
}

/* ---- taking ---------------------------------------------------------------------------- */

/* The first frame behind the free block that holds @pfn; 0: it is not free. */
static unsigned long end_of_free_block(const struct zone *zone, unsigned long pfn)
{
	int order = buddy_order_at(zone, pfn);

	return order < 0 ? 0 : ALIGN(pfn + 1, 1UL << order);
}

static bool all_free(const struct zone *zone, unsigned long start, unsigned long end)
{
	for (unsigned long pfn = start; pfn < end; ) {
		pfn = end_of_free_block(zone, pfn);
		if (!pfn)
			return false;
	}
	return true;
}

/*
 * Take the part [@pfn, @end) of the free block that holds @pfn; what sticks out stays free.
 *
 *	free block      |0 . . . . . . .|
 *	wanted [3, 9)          3 . . . . :		taken: 3..7
 *	free again      |0 .|2|
 *
 * Return: the first frame that was not taken.
 */
static unsigned long take_part(struct zone *zone, unsigned long pfn, unsigned long end)
{
	struct pageblock *pb = pageblock_of(zone, pfn);
	unsigned int order = buddy_order_at(zone, pfn);
	unsigned long first = ALIGN_DOWN(pfn, 1UL << order), last = first + (1UL << order);

	if (pb->fresh)
		buddy_write_fresh(zone, pb);
	node_del(zone, pb, pageblock_node(pfn, order), order);
	pb->nr_free -= 1U << order;
	buddy_shelve(zone, pb);
	buddy_free_range(zone, first, pfn);
	buddy_free_range(zone, min(end, last), last);
	return min(end, last);
}

bool take_isolated_range(struct zone *zone, unsigned long start, unsigned long end)
{
	unsigned long flags;
	bool free;

	spin_lock_irqsave(&zone->lock, flags);
	free = all_free(zone, start, end);
	for (unsigned long pfn = start; free && pfn < end; )
		pfn = take_part(zone, pfn, end);
	spin_unlock_irqrestore(&zone->lock, flags);
	return free;
}
