// SPDX-License-Identifier: GPL-2.0-only
/*
 * lockdep.c - CONFIG_DEBUG_LOCKS: are locks taken in the order of lockrank.h?
 *
 *	current->held         lock[0] mmap_lock        rank 9
 *	(or, in an interrupt, lock[1] page_table_lock  rank 20   ranks rise
 *	 the hart's own)      lock[2] ptl              rank 21
 *
 * Each acquisition is compared with what its task holds. The rule is about ranks,
 * not about what happens to deadlock today: two harts need never meet for the
 * mistake to be found, one test that passes by is enough.
 *
 * I1  Ranks in held.lock[] rise, except where the caller said nested (equal rank,
 *     or trylock: who does not wait cannot deadlock).
 * I2  An interrupt handler has a list of its own: what it interrupted may hold
 *     anything that is only ever taken with interrupts on.
 * I3  RANK_UNCHECKED takes no part, nor does anything once a panic has begun.
 *
 * A release need not be of the youngest lock. A release of a lock that is not
 * held (a double unlock) is reported.
 *
 * Only the task (or the hart, in an interrupt) touches its list: no lock needed.
 */
#include <linux-lite/bug.h>
#include <linux-lite/hardirq.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>

static DEFINE_PER_CPU(struct held_locks, irq_held);

static struct held_locks *held_now(void)
{
	return in_irq() ? this_cpu_ptr(&irq_held) : &current->held;
}

static void show_held(const struct held_locks *h)
{
	for (unsigned int i = 0; i < h->nr; i++)
		pr_err("  held: %s (rank %d) at %p\n", h->lock[i].name, h->lock[i].rank,
		       h->lock[i].lock);
}

/**
 * lock_rank_acquire - check and note that a lock is about to be taken
 * @rank: its rank
 * @name: for the report
 * @lock: its address
 * @nested: an equal rank is meant, or the lock has been taken without waiting
 *
 * Context: any.
 */
void lock_rank_acquire(enum lock_rank rank, const char *name, const void *lock, bool nested)
{
	struct held_locks *h = held_now();

	if (rank == RANK_UNCHECKED || oops_in_progress)
		return;
	for (unsigned int i = 0; i < h->nr; i++) {
		bool same = h->lock[i].lock == lock;

		if (same || (!nested && h->lock[i].rank >= (int)rank)) {
			oops_in_progress = true;	/* the report must not come here again */
			pr_err("lock order: taking %s (rank %d) at %p%s\n", name, rank, lock,
			       same ? ", which is held" : "");
			show_held(h);
			oops_in_progress = false;
			WARN_ON(true);
			break;
		}
	}
	if (h->nr == MAX_HELD_LOCKS)
		panic("lock order: more than %d locks held", MAX_HELD_LOCKS);
	h->lock[h->nr].lock = lock;
	h->lock[h->nr].name = name;
	h->lock[h->nr].rank = rank;
	barrier();	/* an interrupt here sees a whole entry, or none */
	h->nr++;
}

/**
 * lock_rank_release - note that a lock is being released
 *
 * Parameters as for lock_rank_acquire. Context: any.
 */
void lock_rank_release(enum lock_rank rank, const char *name, const void *lock)
{
	struct held_locks *h = held_now();
	unsigned int i = h->nr;

	if (rank == RANK_UNCHECKED || oops_in_progress)
		return;
	while (i > 0 && h->lock[i - 1].lock != lock)
		i--;
	if (i == 0) {
		pr_err("lock order: releasing %s (rank %d) at %p, which is not held\n",
		       name, rank, lock);
		WARN_ON(true);
		return;
	}
	for (; i < h->nr; i++)
		h->lock[i - 1] = h->lock[i];
	h->nr--;
}

/**
 * __might_sleep - complain unless current may sleep here
 * @file: of the caller
 * @line: of the caller
 *
 * Called by everything that may sleep, whether or not it does this time.
 * Context: any.
 */
void __might_sleep(const char *file, int line)
{
	const struct held_locks *h = held_now();
	bool spinlock = h->nr && h->lock[h->nr - 1].rank > RANK_LAST_SLEEPING;

	if (oops_in_progress || (!in_irq() && !irqs_disabled() && !spinlock))
		return;
	if (current->flags & PF_IDLE)	/* boot, before there is a scheduler */
		return;
	pr_err("sleeping at %s:%d with%s%s%s\n", file, line, in_irq() ? " an interrupt" : "",
	       irqs_disabled() ? " interrupts off" : "", spinlock ? " a spinlock held" : "");
	show_held(h);
	WARN_ON(true);
}
