/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * movable.h - an owner of pages that can be moved: what a driver with movable_operations looks
 * like, for the tests of migration. Its pages hold a pattern of their slot's.
 *
 *	slot[3].page ---> page, private = 3 + 1, every word = pattern of slot 3
 *
 * owner_lock guards the slots and the way from a page to its slot.
 */
#ifndef TESTS_UNIT_MOVABLE_H
#define TESTS_UNIT_MOVABLE_H

#include "suite.h"

#include <string.h>

#include <linux-lite/err.h>
#include <linux-lite/gfp.h>
#include <linux-lite/migrate.h>
#include <linux-lite/pcp.h>
#include <linux-lite/zone.h>

#define OWNER_SLOTS	20000u

struct owner_slot {
	struct page *page;
	bool pinned;			/* says no to isolate_page */
	bool stubborn;			/* says yes, and then won't move */
	bool isolated;
};

static struct owner_slot owner_slot[OWNER_SLOTS];
static spinlock_t owner_lock;
static unsigned long owner_moves;

/* The slot of a page, if the page is in it still; owner_lock held. */
static struct owner_slot *owner_slot_of(const struct page *page)
{
	unsigned long i = page->private - 1;

	return i < OWNER_SLOTS && owner_slot[i].page == page ? &owner_slot[i] : NULL;
}

static bool owner_isolate(struct page *page)
{
	struct owner_slot *s;
	bool ours;

	spin_lock(&owner_lock);
	s = owner_slot_of(page);
	ours = s && !s->pinned && !s->isolated;
	if (ours)
		s->isolated = true;
	spin_unlock(&owner_lock);
	return ours;
}

static int owner_migrate(struct page *dst, struct page *src)
{
	struct owner_slot *s;
	int err = -EAGAIN;

	spin_lock(&owner_lock);
	s = owner_slot_of(src);
	if (s && !s->stubborn) {
		memcpy(page_address(dst), page_address(src), PAGE_SIZE);
		get_page(dst);
		dst->private = src->private;
		__SetPageMovable(dst);
		s->page = dst;
		s->isolated = false;
		owner_moves++;
		err = 0;
	}
	spin_unlock(&owner_lock);
	if (!err)
		put_page(src);
	return err;
}

static void owner_putback(struct page *page)
{
	struct owner_slot *s;

	spin_lock(&owner_lock);
	s = owner_slot_of(page);
	if (s)
		s->isolated = false;
	spin_unlock(&owner_lock);
}

static const struct movable_operations owner_ops = {
	.isolate_page = owner_isolate,
	.migrate_page = owner_migrate,
	.putback_page = owner_putback,
};

/* After host_boot(). */
static inline void owner_start(void)
{
	spin_lock_init(&owner_lock, RANK_PTE);
	ck_assert_int_eq(set_movable_ops(&owner_ops, PGS_MOVABLE), 0);
}

static inline u64 owner_word(unsigned int i, unsigned int word)
{
	return (i + 1ull) * 0x9e3779b97f4a7c15 + word;
}

/* Fill an empty slot. */
static inline bool owner_alloc(unsigned int i, gfp_t gfp)
{
	struct page *page = alloc_page(gfp | __GFP_MOVABLE | __GFP_NOWARN);

	if (!page)
		return false;
	for (unsigned int w = 0; w < PAGE_SIZE / 8; w += 37)
		((u64 *)page_address(page))[w] = owner_word(i, w);
	spin_lock(&owner_lock);
	page->private = i + 1;
	__SetPageMovable(page);
	owner_slot[i] = (struct owner_slot){ .page = page };
	spin_unlock(&owner_lock);
	return true;
}

/* Is what was written to the slot's page there still? */
static inline void owner_check(unsigned int i)
{
	spin_lock(&owner_lock);
	for (unsigned int w = 0; owner_slot[i].page && w < PAGE_SIZE / 8; w += 37)
		test_assert(((u64 *)page_address(owner_slot[i].page))[w] == owner_word(i, w));
	spin_unlock(&owner_lock);
}

/* Whether it is isolated or not: then its isolator frees it. */
static inline void owner_free(unsigned int i)
{
	struct page *page;

	owner_check(i);
	spin_lock(&owner_lock);
	page = owner_slot[i].page;
	owner_slot[i].page = NULL;
	spin_unlock(&owner_lock);
	if (page)
		__free_page(page);
}

/* A hart's share of the slots: filled and emptied at random, with drains. */
static inline void owner_churn(void *arg)
{
	unsigned int hart = (unsigned long)arg, share = 1500, first = hart * share;
	uint64_t rng = test_seed() + hart;

	for (int i = 0; i < 12000; i++) {
		unsigned int s = first + test_random(&rng) % share;
		bool full;

		spin_lock(&owner_lock);
		full = owner_slot[s].page;
		spin_unlock(&owner_lock);
		if (full)
			owner_free(s);
		else
			owner_alloc(s, GFP_KERNEL);
		if (i % 512 == 0)
			drain_all_pages();
	}
}

static inline void owner_end(void)
{
	for (unsigned int i = 0; i < OWNER_SLOTS; i++)
		owner_free(i);
	ck_assert_int_eq(set_movable_ops(NULL, PGS_MOVABLE), 0);
}

#endif
