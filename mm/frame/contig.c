// SPDX-License-Identifier: GPL-2.0-only
/*
 * contig.c - exactly these frames: alloc_contig_range().
 *
 * Some want more than the largest block of the buddy allocator in a row, or frames at a certain
 * place: a device without an MMU, a gigantic leaf, memory that is to be switched off.
 *
 *	        start                        end
 *	          v                            v
 *	  |..#....##.#.#......|...#.....##......|......#....|	. free   # in use
 *	  |===== isolated ====|==== isolated ===|		1. nobody gets new frames here
 *	  |..#....            |                 |		2. harts' lists: come home
 *	  |.......  --------------> elsewhere   |		3. who can be moved is moved
 *	  |..#....[############################]|		4. all free? then they are ours
 *	  |..#....############|#################|......#....|	5. the rest is as before
 *
 * Pages that cannot move make it fail, at once where that can be seen. Others are in use for the
 * moment (someone has a reference): so it tries a few times, as Linux does.
 *
 * Context: may sleep, because of 2 and 3. No locks; isolation keeps rivals for the same range out.
 *
 * Small cousin of alloc_contig_range() in Linux's mm/page_alloc.c; left out: CMA, compound pages
 * (__GFP_COMP), frames of several zones, alloc_contig_pages() which looks for a range itself.
 */
#include <linux-lite/contig.h>
#include <linux-lite/err.h>
#include <linux-lite/isolation.h>
#include <linux-lite/kernel.h>
#include <linux-lite/migrate.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>
#include <linux-lite/sched.h>
#include <linux-lite/vmstat.h>

#define MAX_TRIES	5

static struct zone *zone_of_range(unsigned long start, unsigned long end)
{
	struct zone *zone;

	for_each_populated_zone(zone)
		if (start < end && zone_spans_pfn(zone, start) && zone_spans_pfn(zone, end - 1))
			return zone;
	return NULL;
}

/* The end of @pfn's pageblock, or of the range. */
static unsigned long pageblock_end(unsigned long pfn, unsigned long end)
{
	return min(ALIGN(pfn + 1, pageblock_nr_pages), end);
}

/* Somebody has the frame, and nobody knows how to move what is in it. A hint: no reference. */
static bool is_unmovable(struct page *page)
{
	return page_ref_count(page) && !state_is_movable(peek_page_state(page));
}

/* Is it hopeless? Isolated pageblocks only: a fresh one stays fresh, the others stay written. */
static bool has_unmovable_pages(struct zone *zone, unsigned long start, unsigned long end)
{
	for (unsigned long pfn = start, next; pfn < end; pfn = next) {
		next = pageblock_end(pfn, end);
		if (!pageblock_is_written(zone, pfn))
			continue;
		for (; pfn < next; pfn++)
			if (is_unmovable(pfn_to_page(pfn)))
				return true;
	}
	return false;
}

/* Each page to a new frame anywhere else. 0, -ENOMEM; those that would not move are left. */
static int migrate_batch(struct page_batch *batch, gfp_t gfp)
{
	struct page *dst = NULL;

	while (batch->nr) {
		if (!dst)
			dst = alloc_page(gfp);
		if (!dst) {
			putback_movable_pages(batch);
			return -ENOMEM;
		}
		if (!migrate_page(dst, batch->page[--batch->nr]))
			dst = NULL;
	}
	if (dst)
		__free_page(dst);
	return 0;
}

static int migrate_range(struct zone *zone, unsigned long start, unsigned long end, gfp_t gfp)
{
	struct page_batch batch = { .nr = 0 };

	for (unsigned long pfn = start; pfn < end; ) {
		int err;

		if (fatal_signal_pending(current))
			return -EINTR;
		pfn = isolate_movable_pages(zone, pfn, pageblock_end(pfn, end), &batch);
		err = migrate_batch(&batch, gfp);
		if (err)
			return err;
	}
	return 0;
}

/* The pageblocks of the range are isolated. */
static int empty_and_take(struct zone *zone, unsigned long start, unsigned long end, gfp_t gfp)
{
	gfp_t dst_gfp = (gfp & ~(__GFP_COMP | __GFP_ZERO | __GFP_RECLAIMABLE)) | __GFP_MOVABLE |
			__GFP_NORETRY | __GFP_NOWARN;

	drain_all_pages();
	if (has_unmovable_pages(zone, start, end))
		return -EBUSY;
	for (int tries = 0; tries < MAX_TRIES; tries++) {
		int err;

		if (take_isolated_range(zone, start, end))
			return 0;
		err = migrate_range(zone, start, end, dst_gfp);
		if (err)
			return err;
		drain_all_pages();
	}
	return take_isolated_range(zone, start, end) ? 0 : -EBUSY;
}

int alloc_contig_range(unsigned long start, unsigned long end, gfp_t gfp)
{
	struct zone *zone = zone_of_range(start, end);
	int err;

	if (!zone)
		return -EINVAL;
	err = start_isolate_page_range(zone, start, end);
	if (err)
		return err;
	err = empty_and_take(zone, start, end, gfp);
	undo_isolate_page_range(zone, start, end);
	if (err)
		return err;
	for (struct page *page = pfn_to_page(start); page < pfn_to_page(end); page++) {
		page->order = 0;
		page->migratetype = gfp_migratetype(gfp);
		prep_new_page(page, 0, gfp);
	}
	count_vm_events(PGALLOC_DMA32 + zone_idx(zone), end - start);
	return 0;
}

void free_contig_range(unsigned long pfn, unsigned long nr_pages)
{
	unsigned long in_use = 0;

	for (struct page *page = pfn_to_page(pfn); nr_pages--; page++) {
		in_use += page_ref_count(page) != 1;
		__free_page(page);
	}
	WARN_ON(in_use);
}
