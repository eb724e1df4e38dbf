// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_lock.c - PG_locked: one bit of struct page as a sleeping lock.
 *
 * Held while a page is filled from, or written to, its store. A wait queue in
 * each of millions of pages would be waste, as hardly one is ever waited for; so
 * waiters share a few queues, chosen by the page's address, and each looks at its
 * own page again when woken. PG_waiters spares unlock_page() the queue when
 * nobody waits.
 *
 *	waiter: set PG_waiters, on the queue, test PG_locked, sleep
 *	owner:  clear PG_locked, and if PG_waiters was set: wake the queue
 *
 * Linux: folio_wait_bit_common in mm/filemap.c.
 */
#include <linux-lite/bug.h>
#include <linux-lite/err.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/sched.h>

#define PAGE_WAIT_BITS	6

static wait_queue_head_t page_wait_table[1 << PAGE_WAIT_BITS];

void page_lock_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(page_wait_table); i++)
		init_waitqueue_head(&page_wait_table[i]);
}

static wait_queue_head_t *page_waitqueue(struct page *page)
{
	/* Fibonacci hashing: the golden ratio spreads neighbours apart (Knuth, vol. 3, 6.4). */
	unsigned long hash = page_to_pfn(page) * 0x9e3779b97f4a7c15UL;

	return &page_wait_table[hash >> (64 - PAGE_WAIT_BITS)];
}

bool trylock_page(struct page *page)
{
	return !test_and_set_page_flag(page, PG_locked);
}

static bool free_or_mark_waiting(struct page *page, bool take)
{
	if (take ? trylock_page(page) : !test_page_flag(page, PG_locked))
		return true;
	set_page_flag(page, PG_waiters);
	smp_mb();		/* PG_waiters before the second look; pairs with unlock_page */
	return take ? trylock_page(page) : !test_page_flag(page, PG_locked);
}

void lock_page(struct page *page)
{
	might_sleep();
	if (!trylock_page(page))
		wait_event(*page_waitqueue(page), free_or_mark_waiting(page, true));
}

void wait_on_page_locked(struct page *page)
{
	if (test_page_flag(page, PG_locked))
		wait_event(*page_waitqueue(page), free_or_mark_waiting(page, false));
}

void unlock_page(struct page *page)
{
	u32 was = __atomic_fetch_and(&page->flags, ~(u32)(BIT(PG_locked) | BIT(PG_waiters)),
				     __ATOMIC_SEQ_CST);

	VM_BUG_ON(!(was & BIT(PG_locked)));
	if (was & BIT(PG_waiters))
		wake_up_all(page_waitqueue(page));
}

void set_page_dirty(struct page *page)
{
	if (!test_page_flag(page, PG_dirty))
		set_page_flag(page, PG_dirty);
}
