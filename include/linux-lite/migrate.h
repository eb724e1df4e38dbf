/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * migrate.h - moving what a page holds to another frame. mm/frame/migrate.c.
 *
 * Small cousin of Linux's include/linux/migrate.h.
 */
#ifndef LINUX_LITE_MIGRATE_H
#define LINUX_LITE_MIGRATE_H

#include <linux-lite/page.h>

struct zone;

/**
 * struct movable_operations - how the owner of pages moves one
 * @isolate_page: is @page yours, not isolated yet, and could it be moved now? Then see to it that
 *	it stays so (or that @migrate_page notices) until one of the other two is called. The caller
 *	holds a reference, and you may have lost the page before it got that.
 * @migrate_page: copy @src, which is isolated, to @dst, a new page with state PGS_KERNEL, and have
 *	everything that led to @src lead to @dst. References follow: take as many on @dst as you
 *	drop on @src; one on each stays the caller's. 0, or -EAGAIN: @src is in use right now
 * @putback_page: @page is not moved, and not isolated any more
 *
 * Context: interrupts on, no spinlock held, perhaps in the middle of an allocation: they neither
 * sleep nor allocate.
 */
struct movable_operations {
	bool (*isolate_page)(struct page *page);
	int (*migrate_page)(struct page *dst, struct page *src);
	void (*putback_page)(struct page *page);
};

/* Pages that are isolated together (Linux: SWAP_CLUSTER_MAX). */
#define COMPACT_CLUSTER_MAX	32u

/* Isolated pages, each with a reference. */
struct page_batch {
	unsigned int nr;
	struct page *page[COMPACT_CLUSTER_MAX];
};

#ifdef CONFIG_COMPACTION

/**
 * set_movable_ops - say who moves the pages of one state
 * @ops: constant; NULL: nobody any more, once all those pages are gone
 * @state: PGS_MOVABLE for a driver that is the only one to use it, or the state of a part of mm
 *
 * Context: any.
 * Return: 0; -EBUSY: somebody else does.
 */
int set_movable_ops(const struct movable_operations *ops, enum page_state state);

/* May pages of @state move at all? */
bool state_is_movable(enum page_state state);

/* May the struct pages of @pfn's pageblock be looked at? Once true, it stays true. */
bool pageblock_is_written(struct zone *zone, unsigned long pfn);

/**
 * isolate_movable_pages - isolate pages of a range that their owners would move
 * @zone: of the range
 * @pfn: the first frame
 * @end: the first that is not meant; both in one pageblock
 * @batch: has room for one page at least
 *
 * Context: no spinlock held.
 * Return: the first frame that was not looked at: @end, or the batch is full.
 */
unsigned long isolate_movable_pages(struct zone *zone, unsigned long pfn, unsigned long end,
				    struct page_batch *batch);

/**
 * migrate_page - move one isolated page; the old frame becomes free
 * @dst: a new page of order 0, and the caller's only reference to it
 * @src: isolated
 *
 * Context: no spinlock held.
 * Return: 0: both are the owner's business now; -EAGAIN: @src was put back, @dst is as before.
 */
int migrate_page(struct page *dst, struct page *src);
/* Isolated pages stay where they are; the batch is empty then. */
void putback_movable_pages(struct page_batch *batch);

#else

static inline int set_movable_ops(const struct movable_operations *ops, enum page_state state)
{
	return 0;
}

#endif

/*
 * A page that one has no reference to may be anybody's at any moment: what this says is a hint,
 * to be asked again with a reference, and no data race that ThreadSanitizer should report.
 */
static inline __no_sanitize_thread enum page_state peek_page_state(const struct page *page)
{
	return *(const volatile u8 *)&page->state;
}

/* A page of alloc_page() becomes one that its driver can move, or stops being one. */
static inline void __SetPageMovable(struct page *page)
{
	VM_BUG_ON(page->state != PGS_KERNEL || page->order);
	WRITE_ONCE(page->state, PGS_MOVABLE);
}

static inline void __ClearPageMovable(struct page *page)
{
	VM_BUG_ON(page->state != PGS_MOVABLE);
	WRITE_ONCE(page->state, PGS_KERNEL);
}

#endif
