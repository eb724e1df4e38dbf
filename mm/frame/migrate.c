// SPDX-License-Identifier: GPL-2.0-only
/*
 * migrate.c - a page moves to another frame, and its owner does not mind.
 *
 * The page allocator knows which frames are in use and not who points at them. Owners that can
 * follow all their pointers say so (set_movable_ops), and are asked for one page at a time:
 *
 *	                    page allocator              owner
 *	  try_get_page      the page cannot be freed
 *	  isolate_page      ------------------------>   mine? then it stays mine
 *	                    (a batch of them)
 *	  migrate_page      ------------------------>   copies, redirects pointers, and references
 *	       or putback   ------------------------>   as if nothing had been
 *	  put_page          the old frame is free
 *
 *	frame 5  [ data ]<---- owner                frame 5  [ stale ]   -> free
 *	frame 99 [  new ]                           frame 99 [ data  ]<---- owner
 *
 * Which owner, the page's state says. It is read twice: first without a reference, when the frame
 * may be on its way from anybody to anybody, to leave alone what is not movable anyway; then, with
 * a reference, so that the frame can't get another owner. The owner itself is the third to check:
 * it may have let go of the page since (I2).
 *
 *   I1  struct pages are read only where the pageblock is not fresh (buddy.c, I6); it never
 *       becomes fresh again
 *   I2  isolate_page() is called with a reference that is ours and may find that the page is no
 *       longer its owner's
 *   I3  whoever takes references like this can delay a free, never prevent one: the last
 *       put_page() frees, and here it is called with no lock held
 *
 * Locks: none; owners have theirs.
 *
 * Small cousin of Linux's mm/migrate.c, whose movable_operations these are. There each page of a
 * driver had its operations in page->mapping, guarded by PG_locked, until Linux 6.17 made them
 * belong to a type of page, as here to a state. Left out: mapped pages (they come with the reverse
 * mapping of anonymous memory), huge pages, writeback, migration between nodes.
 */
#include <linux-lite/buddy.h>
#include <linux-lite/err.h>
#include <linux-lite/kernel.h>
#include <linux-lite/migrate.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/page_owner.h>
#include <linux-lite/vmstat.h>

static const struct movable_operations *movable_ops[PGS_NR_STATES];

int set_movable_ops(const struct movable_operations *ops, enum page_state state)
{
	const struct movable_operations *was = NULL;

	if (!ops) {
		WRITE_ONCE(movable_ops[state], NULL);
		return 0;
	}
	return __atomic_compare_exchange_n(&movable_ops[state], &was, ops, false,
					   __ATOMIC_RELEASE, __ATOMIC_RELAXED) ? 0 : -EBUSY;
}

static const struct movable_operations *ops_of(enum page_state state)
{
	return __atomic_load_n(&movable_ops[state], __ATOMIC_ACQUIRE);
}

bool state_is_movable(enum page_state state)
{
	return ops_of(state);
}

/*
 * put_page() would ask first whether it is a tail. It is none, since tails have no references; and
 * what else it is now, its owner may be about to change.
 */
static void drop_page(struct page *page)
{
	if (put_page_testzero(page))
		free_unref_page(page);
}

static bool isolate_movable_page(struct page *page)
{
	const struct movable_operations *ops = ops_of(peek_page_state(page));

	if (!ops || !try_get_page(page))
		return false;
	if (ops_of(peek_page_state(page)) == ops && ops->isolate_page(page))
		return true;
	drop_page(page);
	return false;
}

/* I1 */
bool pageblock_is_written(struct zone *zone, unsigned long pfn)
{
	unsigned long flags;
	bool written;

	spin_lock_irqsave(&zone->lock, flags);
	written = !pageblock_of(zone, pfn)->fresh;
	spin_unlock_irqrestore(&zone->lock, flags);
	return written;
}

unsigned long isolate_movable_pages(struct zone *zone, unsigned long pfn, unsigned long end,
				    struct page_batch *batch)
{
	if (!pageblock_is_written(zone, pfn))
		return end;
	for (; pfn < end && batch->nr < ARRAY_SIZE(batch->page); pfn++) {
		struct page *page = pfn_to_page(pfn);

		if (isolate_movable_page(page))
			batch->page[batch->nr++] = page;
	}
	return pfn;
}

int migrate_page(struct page *dst, struct page *src)
{
	const struct movable_operations *ops = ops_of(peek_page_state(src));
	int err = ops->migrate_page(dst, src);

	if (err) {
		ops->putback_page(src);
	} else {
		copy_page_owner(dst, src);
		put_page(dst);
	}
	drop_page(src);
	count_vm_event(err ? PGMIGRATE_FAIL : PGMIGRATE_SUCCESS);
	return err;
}

void putback_movable_pages(struct page_batch *batch)
{
	while (batch->nr) {
		struct page *page = batch->page[--batch->nr];

		ops_of(peek_page_state(page))->putback_page(page);
		drop_page(page);
	}
}
