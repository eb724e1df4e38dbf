// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_alloc.c - the policy of page frames: who may have one, from where, and what happens
 * when there is none.
 *
 *	alloc_pages
 *	  pcp_alloc (inline)    this hart's list                  nearly always the end of it
 *	  alloc_pages_slow
 *	    get_page_from_zones   low watermark: highest zone first, pcp_refill -> buddy
 *	    wakeup_kswapd, get_page_from_zones   min watermark
 *	    reclaim_and_retry     drain the harts' lists, compact, free memory, kill: if we may
 *	                          sleep
 *	    warn_alloc, NULL
 *	  prep_new_page         refcount 1, cleared if asked
 *
 * Watermarks are looked at only when a hart's list is empty: what is on the lists has passed
 * already, and one batch does not matter.
 *
 *	free ------ high ------- low ----- min ----- min/2 ---- 0
 *	  everybody      kswapd works   reclaim    HIGH    MEMALLOC
 *	                 meanwhile      yourself
 *
 *   I1  a page that is handed out has refcount 1, mapcount 0, flags 0 (PG_head of a compound
 *       one), state PGS_KERNEL, mapping NULL, private 0, and its block's order
 *   I2  a page that comes back has refcount 0 and mapcount 0, is in a state that somebody
 *       owns, and on no list. One that has not is reported and never used again: to lose a
 *       frame is better than to have two owners for it. This is always checked; it is cheap.
 *   I3  frames of one block stay together until split_page(); the order that is freed is the
 *       order that was allocated
 *
 * Locks: none here; pcp.c turns interrupts off, zone->lock is taken by the two functions that
 * go to the buddy allocator directly (pairs of pageblocks: orders above PCP_MAX_ORDER).
 *
 * Small cousin of Linux's mm/page_alloc.c; left out: NUMA, highatomic reserves, watermark boosting.
 */
#include <linux-lite/frames.h>
#include <linux-lite/compaction.h>
#include <linux-lite/fail_alloc.h>
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/page_owner.h>
#include <linux-lite/pcp.h>
#include <linux-lite/sched.h>
#include <linux-lite/vmstat.h>

struct zone zones[MAX_NR_ZONES];
u8 gfp_first_zone[2];
const struct reclaim_hooks *reclaim_hooks;

/* Rounds of reclaim that free something, but not enough: then somebody must go. */
#define MAX_RECLAIM_TRIES	16

/* Flags that mean that somebody still works with the page. */
#define FLAGS_IN_USE	(BIT(PG_locked) | BIT(PG_lru))

/* ---- from and to the buddy lists ----------------------------------------------------- */

struct page *rmqueue_buddy(struct zone *zone, unsigned int order, enum migratetype type)
{
	unsigned long flags;
	struct page *page;

	spin_lock_irqsave(&zone->lock, flags);
	page = frames_alloc(zone, order, type);
	spin_unlock_irqrestore(&zone->lock, flags);
	if (page) {			/* unless another hart was faster */
		page->migratetype = type;
		count_vm_events(PGALLOC_DMA32 + zone_idx(zone), 1UL << order);
	}
	return page;
}

void free_to_buddy(struct page *page, unsigned int order)
{
	struct zone *zone = page_zone(page);
	unsigned long flags;

	spin_lock_irqsave(&zone->lock, flags);
	frames_free(zone, page, order);
	spin_unlock_irqrestore(&zone->lock, flags);
	count_vm_events(PGFREE, 1UL << order);
}

/* ---- allocation ---------------------------------------------------------------------- */

bool zone_watermark_ok(const struct zone *zone, unsigned int order, enum zone_watermarks mark,
		       gfp_t gfp)
{
	unsigned long need = zone->watermark[mark];

	if (gfp & __GFP_MEMALLOC)
		need = 0;
	else if (gfp & __GFP_HIGH)
		need -= need / 2;
	need += zone->lowmem_reserve[gfp_zone(gfp)] + (1UL << order) - 1;
	/* Read without the lock: a hint. */
	if (READ_ONCE(zone->free_pages) <= need)
		return false;
	return order == 0 || frames_may_have(zone, order);
}

static struct page *get_page_from_zones(gfp_t gfp, unsigned int order,
					enum zone_watermarks mark)
{
	for (int zone = gfp_zone(gfp); zone >= 0; zone--) {
		struct page *page;

		if (!zone_watermark_ok(&zones[zone], order, mark, gfp))
			continue;
		if (order <= PCP_MAX_ORDER)
			page = pcp_refill(zone, order, gfp_migratetype(gfp));
		else
			page = rmqueue_buddy(&zones[zone], order, gfp_migratetype(gfp));
		if (page)			/* unless another hart was faster */
			return page;
	}
	return NULL;
}

/* Free pages there are, perhaps, but none in a row: move what lies between them. */
static struct page *direct_compact(gfp_t gfp, unsigned int order)
{
	struct page *page;

	if (!order || !try_to_compact_pages(gfp, order))
		return NULL;
	page = get_page_from_zones(gfp, order, WMARK_MIN);
	count_vm_event(page ? COMPACTSUCCESS : COMPACTFAIL);
	return page;
}

/* One round of making memory. Return: whether it is worth another look. */
static bool make_memory(gfp_t gfp, unsigned int order, unsigned int tries)
{
	count_vm_event(ALLOCSTALL_DMA32 + gfp_zone(gfp));
	if (!reclaim_hooks)
		return false;
	if (tries < MAX_RECLAIM_TRIES && reclaim_hooks->try_to_free_pages &&
	    reclaim_hooks->try_to_free_pages(gfp, order))
		return true;
	return !(gfp & __GFP_NORETRY) && reclaim_hooks->out_of_memory &&
	       reclaim_hooks->out_of_memory(gfp, order);
}

/*
 * The caller may sleep. There is no end to it for as long as reclaim or the killer has
 * an idea: a small request by somebody who may live is met, sooner or later.
 */
static struct page *reclaim_and_retry(gfp_t gfp, unsigned int order)
{
	unsigned int tries = 0;
	struct page *page;
	bool again;

	do {
		drain_all_pages();
		page = get_page_from_zones(gfp, order, WMARK_MIN);
		if (!page)
			page = direct_compact(gfp, order);
		if (page)
			return page;
		again = make_memory(gfp, order, tries++);
		/* Who is to die for lack of memory may have some of the reserve. */
		if (test_tsk_flag(current, _TIF_MEMDIE))
			gfp |= __GFP_HIGH;
		if (gfp & __GFP_NORETRY)
			break;
	} while (again || gfp & __GFP_NOFAIL);
	return get_page_from_zones(gfp, order, WMARK_MIN);
}

static noinline struct page *alloc_pages_slow(gfp_t gfp, unsigned int order)
{
	struct page *page;

	if (order > MAX_ORDER) {
		WARN_ON_ONCE(!(gfp & __GFP_NOWARN));
		return NULL;
	}
	page = get_page_from_zones(gfp, order, WMARK_LOW);
	if (page)
		return page;

	if (gfp & __GFP_KSWAPD_RECLAIM && reclaim_hooks && reclaim_hooks->wakeup_kswapd)
		reclaim_hooks->wakeup_kswapd(&zones[gfp_zone(gfp)], order);
	page = get_page_from_zones(gfp, order, WMARK_MIN);
	if (page)
		return page;

	if (gfp & __GFP_DIRECT_RECLAIM && !irqs_disabled()) {
		page = reclaim_and_retry(gfp, order);
	} else {
		/* Free pages may be here on the list of another order or type. */
		drain_local_pages();
		page = get_page_from_zones(gfp, order, WMARK_MIN);
	}
	if (!page && !(gfp & __GFP_NOWARN))
		warn_alloc(gfp, order);
	return page;
}

static void prep_compound_page(struct page *head, unsigned int order)
{
	head->flags = BIT(PG_head);
	for (struct page *page = head + 1; page < head + (1UL << order); page++) {
		page->state = PGS_TAIL;
		page->compound_head = head;
	}
}

/* I1. What only some callers ask for. */
static noinline struct page *prep_more(struct page *page, unsigned int order, gfp_t gfp)
{
	if (order && gfp & __GFP_COMP)
		prep_compound_page(page, order);
	if (gfp & __GFP_ZERO) {
		char *va = page_address(page);

		for (unsigned int i = 0; i < 1u << order; i++)
			clear_page(va + i * PAGE_SIZE);
	}
	return page;
}

struct page *prep_new_page(struct page *page, unsigned int order, gfp_t gfp)
{
	page->state = PGS_KERNEL;
	atomic_set(&page->_refcount, 1);
	page->mapping = NULL;
	page->private = 0;
	set_page_owner(page, order, gfp);
	if (gfp & (__GFP_COMP | __GFP_ZERO))
		return prep_more(page, order, gfp);
	return page;
}

/* This hart's list is empty. */
static noinline struct page *alloc_pages_no_list(gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_pages_slow(gfp, order);

	return page ? prep_new_page(page, order, gfp) : NULL;
}

struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	struct page *page = NULL;

	if (should_fail_alloc_page(gfp, order))
		return NULL;
	if (likely(order <= PCP_MAX_ORDER))
		page = pcp_alloc(gfp_zone(gfp), order, gfp_migratetype(gfp));
	if (unlikely(!page))
		return alloc_pages_no_list(gfp, order);
	return prep_new_page(page, order, gfp);
}

/* ---- freeing ------------------------------------------------------------------------- */

static void report_bad_free(struct page *page, unsigned int order)
{
	if (page->state < PGS_KERNEL)
		bad_page(page, page->state == PGS_RESERVED ? "reserved page freed" :
			 "page is free already, or not the first of its block");
	else if (page->order != order)
		bad_page(page, "freed with another order than allocated");
	else if (page_ref_count(page))
		bad_page(page, "nonzero _refcount");
	else if (page_mapcount(page))
		bad_page(page, "nonzero mapcount");
	else
		bad_page(page, "PAGE_FLAGS_CHECK_AT_FREE flag(s) set");
}

/* I2. Also with one of @flags it is not what it should be. */
static inline bool is_bad(const struct page *page, unsigned int order, u32 flags)
{
	return page->state < PGS_KERNEL || page->order != order || READ_ONCE(page->users) ||
	       page->flags & flags;
}

static inline void give_back(struct page *page, unsigned int order)
{
	page->flags = 0;
	reset_page_owner(page, order);
	if (likely(order <= PCP_MAX_ORDER))
		pcp_free(page, order);
	else
		free_to_buddy(page, order);
}

/* It is bad, and never used again; or it is compound. */
static noinline void free_special_block(struct page *page, unsigned int order)
{
	if (is_bad(page, order, FLAGS_IN_USE)) {
		report_bad_free(page, order);
		return;
	}
	for (unsigned int i = 1; i < 1u << order; i++)
		page[i].state = PGS_FREE_TAIL;
	give_back(page, order);
}

/* The last reference to a block of 2^@order is gone. */
static inline void free_block(struct page *page, unsigned int order)
{
	if (unlikely(is_bad(page, order, FLAGS_IN_USE | BIT(PG_head))))
		free_special_block(page, order);
	else
		give_back(page, order);
}

void free_unref_page(struct page *page)
{
	free_block(page, page->order);
}

void free_unref_pages(struct page **pages, unsigned int nr)
{
	unsigned int kept = 0;

	/* Single pages go as one batch, in place at the front of the array. */
	for (unsigned int i = 0; i < nr; i++) {
		struct page *page = pages[i];

		if (unlikely(is_bad(page, 0, FLAGS_IN_USE | BIT(PG_head)))) {
			free_special_block(page, page->order);
		} else {
			page->flags = 0;
			reset_page_owner(page, 0);
			pages[kept++] = page;
		}
	}
	pcp_free_batch(pages, kept);
}

void put_page(struct page *page)
{
	page = compound_head(page);
	if (put_page_testzero(page))
		free_block(page, page->order);
}

/* Others have references: fine; or nobody had one. */
static noinline void not_the_last(struct page *page)
{
	if (page_ref_count(page) >= 0)
		return;
	atomic_inc(&page->_refcount);
	bad_page(page, "freed with no reference");
}

void __free_pages(struct page *page, unsigned int order)
{
	if (!atomic_dec_and_test(&page->_refcount)) {
		not_the_last(page);
		return;
	}
	free_block(page, order);
}

void free_reserved_page(struct page *page)
{
	struct zone *zone = page_zone(page);
	unsigned long flags;

	if (page->state != PGS_RESERVED || page_ref_count(page) != 1) {
		bad_page(page, "not a reserved page");
		return;
	}
	atomic_set(&page->_refcount, 0);
	spin_lock_irqsave(&zone->lock, flags);
	WRITE_ONCE(zone->managed_pages, zone->managed_pages + 1);
	frames_free(zone, page, 0);
	spin_unlock_irqrestore(&zone->lock, flags);
}
