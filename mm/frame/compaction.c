// SPDX-License-Identifier: GPL-2.0-only
/*
 * compaction.c - large free blocks out of scattered free frames, by moving what lies between.
 *
 *	before   |#..#.#..|.#...#.#|.#.#....|..#.##..|..#..#.#|	# movable, in use   . free
 *	          ^ migrate scanner -->          <-- free scanner ^
 *	          what can move                 where there is room
 *
 *	after    |........|........|....#.#.|##.#.##.|###.##.#|
 *	                            ^ met ^
 *
 * Two scanners walk over the zone's pageblocks towards each other. From the bottom up one collects
 * pages that their owners would move (migrate.c), from the top down the other one collects free
 * frames, and each page goes to such a frame. When they meet, the lower part has become whole
 * pageblocks as far as all in it could move.
 *
 *   I1  only pageblocks of type MOVABLE are touched. In the others there are hardly any pages
 *       that could move, and none of the free frames there should get a movable page
 *   I2  whole pageblocks are neither source nor target: they are what we are here for
 *   I3  a target is behind its page: nothing moves towards the zone's start, and each page moves
 *       once at most
 *   I4  target frames in hand are in use for all others (state FREE_TAIL, no reference), and go
 *       back at the end
 *
 * What cannot be moved now stays, and spoils its pageblock; the scanner goes on. So compaction
 * promises nothing, and an allocation that is in vain for lack of a large block would pay for it
 * again and again: after each failure it is passed over more often, up to 64 times (struct
 * deferral).
 *
 * Who locks what: zone->lock, for a batch of target frames at a time. Two harts may compact one
 * zone at once: a page is isolated for one of them, a frame taken by one of them.
 *
 * The scanners are Mel Gorman's (2010). Small cousin of Linux's mm/compaction.c; left out: the
 * asynchronous modes, kcompactd, skip hints a pageblock, starting where the last run ended,
 * fragmentation scores.
 */
#include <linux-lite/buddy.h>
#include <linux-lite/compaction.h>
#include <linux-lite/frames.h>
#include <linux-lite/kernel.h>
#include <linux-lite/migrate.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>
#include <linux-lite/sched.h>
#include <linux-lite/vmstat.h>

/* One run over one zone. */
struct compact_control {
	struct zone *zone;
	int order;			/* -1: all of it */
	struct pageblock *migrate_pb;	/* pages are moved out of it */
	struct pageblock *free_pb;	/* and to free frames of it */
	struct page *targets;		/* free frames in hand, by pcp_next (I4) */
};

/* ---- free scanner ------------------------------------------------------------------------ */

/* I1, I2. zone->lock held. */
static bool has_room(const struct pageblock *pb)
{
	return pb->type == MIGRATE_MOVABLE && pb->nr_free && pb->nr_free < pageblock_nr_pages;
}

/* Get at least one target in hand. Return: false when the scanners have met (I3). */
static bool isolate_freepages(struct compact_control *cc)
{
	for (; cc->free_pb > cc->migrate_pb; cc->free_pb--) {
		unsigned long flags;
		unsigned int nr = 0;

		spin_lock_irqsave(&cc->zone->lock, flags);
		for (; nr < COMPACT_CLUSTER_MAX && has_room(cc->free_pb); nr++) {
			struct page *page = buddy_take_page(cc->zone, cc->free_pb);

			page->order = 0;
			page->migratetype = MIGRATE_MOVABLE;
			page->pcp_next = cc->targets;
			cc->targets = page;
		}
		spin_unlock_irqrestore(&cc->zone->lock, flags);
		count_vm_events(COMPACTISOLATED, nr);
		if (nr)
			return true;
		count_vm_events(COMPACTFREE_SCANNED, pageblock_nr_pages);
	}
	return false;
}

static void release_freepages(struct compact_control *cc)
{
	unsigned long flags;

	spin_lock_irqsave(&cc->zone->lock, flags);
	while (cc->targets) {
		struct page *page = cc->targets;

		cc->targets = page->pcp_next;
		frames_free(cc->zone, page, 0);
	}
	spin_unlock_irqrestore(&cc->zone->lock, flags);
}

/* ---- migrate scanner --------------------------------------------------------------------- */

static bool is_source(struct compact_control *cc)
{
	const struct pageblock *pb = cc->migrate_pb;
	unsigned long flags;
	bool yes;

	spin_lock_irqsave(&cc->zone->lock, flags);
	yes = pb->type == MIGRATE_MOVABLE && pb->nr_free < pageblock_nr_pages;
	spin_unlock_irqrestore(&cc->zone->lock, flags);
	return yes;
}

/* Return: false when there is no room for one of them. */
static bool migrate_batch(struct compact_control *cc, struct page_batch *batch)
{
	while (batch->nr) {
		struct page *dst;

		if (!cc->targets && !isolate_freepages(cc)) {
			putback_movable_pages(batch);
			return false;
		}
		dst = cc->targets;
		cc->targets = dst->pcp_next;
		prep_new_page(dst, 0, 0);
		if (migrate_page(dst, batch->page[--batch->nr]))
			__free_page(dst);
	}
	return true;
}

/* Empty one pageblock as far as it can be. Return: false when there is no room for its pages. */
static bool compact_pageblock(struct compact_control *cc)
{
	struct page_batch batch = { .nr = 0 };
	unsigned long pfn = max(pageblock_pfn(cc->zone, cc->migrate_pb), cc->zone->start_pfn);
	unsigned long end = pageblock_pfn(cc->zone, cc->migrate_pb) + pageblock_nr_pages;

	while (pfn < end) {
		unsigned long first = pfn;

		pfn = isolate_movable_pages(cc->zone, pfn, end, &batch);
		count_vm_events(COMPACTMIGRATE_SCANNED, pfn - first);
		count_vm_events(COMPACTISOLATED, batch.nr);
		if (!migrate_batch(cc, &batch))
			return false;
	}
	return true;
}

/* ---- a zone ------------------------------------------------------------------------------ */

static enum compact_result run(struct compact_control *cc)
{
	for (; cc->migrate_pb < cc->free_pb; cc->migrate_pb++) {
		bool more;

		if (fatal_signal_pending(current))
			return COMPACT_CONTENDED;
		if (!is_source(cc))
			continue;
		more = compact_pageblock(cc);
		drain_local_pages();	/* the frames that were left are on this hart's list */
		if (cc->order >= 0 && frames_may_have(cc->zone, cc->order))
			return COMPACT_SUCCESS;
		if (!more)
			break;
		cond_resched();
	}
	return COMPACT_COMPLETE;
}

enum compact_result compact_zone(struct zone *zone, int order)
{
	struct compact_control cc = {
		.zone = zone,
		.order = order,
		.migrate_pb = pageblock_of(zone, zone->start_pfn),
		.free_pb = pageblock_of(zone, zone_end_pfn(zone) - 1),
	};
	enum compact_result result = run(&cc);

	release_freepages(&cc);
	return result;
}

void compact_nodes(void)
{
	struct zone *zone;

	drain_all_pages();
	for_each_populated_zone(zone)
		compact_zone(zone, -1);
	drain_all_pages();
}

/* ---- for an allocation ------------------------------------------------------------------- */

#define MAX_DEFER_SHIFT	6

/* No lock: if two harts are at it at once, one run more or less is all that happens. */
static struct deferral {
	unsigned int considered;	/* requests since the last run */
	unsigned int shift;		/* the next run is due after 2^shift */
	unsigned int order;		/* the lowest one that failed; smaller may be luckier */
} deferrals[MAX_NR_ZONES];

static bool is_deferred(struct deferral *d, unsigned int order)
{
	unsigned int considered = READ_ONCE(d->considered) + 1;

	if (!READ_ONCE(d->shift) || order < READ_ONCE(d->order))
		return false;
	WRITE_ONCE(d->considered, considered);
	return considered < 1u << READ_ONCE(d->shift);
}

static void note_result(struct deferral *d, unsigned int order, enum compact_result result)
{
	unsigned int shift = READ_ONCE(d->shift);

	if (result == COMPACT_CONTENDED)
		return;
	WRITE_ONCE(d->considered, 0);
	if (result == COMPACT_SUCCESS) {
		if (order >= READ_ONCE(d->order))
			WRITE_ONCE(d->shift, 0);
		return;
	}
	if (!shift || order < READ_ONCE(d->order))
		WRITE_ONCE(d->order, order);
	WRITE_ONCE(d->shift, min(shift + 1, MAX_DEFER_SHIFT + 0u));
}

/* Room for the pages that move, while they are in two places, besides the block itself. */
static bool is_suitable(const struct zone *zone, unsigned int order)
{
	return READ_ONCE(zone->free_pages) > zone->watermark[WMARK_MIN] + (2UL << order);
}

bool try_to_compact_pages(gfp_t gfp, unsigned int order)
{
	bool tried = false;

	for (int i = gfp_zone(gfp); i >= 0; i--) {
		struct deferral *d = &deferrals[i];
		enum compact_result result;

		if (!is_suitable(&zones[i], order) || is_deferred(d, order))
			continue;
		result = compact_zone(&zones[i], order);
		note_result(d, order, result);
		tried = true;
		if (result != COMPACT_COMPLETE)
			break;
	}
	if (tried)
		count_vm_event(COMPACTSTALL);
	return tried;
}
