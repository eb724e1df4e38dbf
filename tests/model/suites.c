// SPDX-License-Identifier: GPL-2.0-only
/*
 * suites.c - the same operations with memory made short, and several harts' at once. For whoever
 * has harts: driver.c on the host, selftest.c in the kernel.
 *
 *	hart 0   begin  run ............ wait  claims, end   let them go   join
 *	hart 1    start  run ......  in, and stays there      |  leave
 *	hart 2     start  run ..........  in, and stays there |  leave
 *
 * A hart that left at once could take with it what it keeps for itself: lists of pages,
 * magazines. So they stay until everything was counted.
 */
#include <linux-lite/atomic.h>
#include <linux-lite/fail_alloc.h>
#include <asm/processor.h>
#include "model.h"

const char *model_shortage(const struct model *m, struct model_world *world, void *memory,
			   const struct model_op *ops, size_t nr, unsigned long *nr_failed)
{
	unsigned long at, max_pages = world->max_pages;
	const char *why = NULL;
	bool hit = true;

	for (*nr_failed = 0; hit && !why; *nr_failed += hit && !why) {
		model_world_init(world, 1);
		world->may_fail = true;
		world->max_pages = max_pages;
		fail_page_alloc(*nr_failed, 1);
		why = model_solo(m, world, memory, ops, nr, &at);
		hit = fail_page_alloc_hits();
		fail_page_alloc(-1, 0);
	}
	return why;
}

static bool race_over;			/* all have come in, and the end was looked at (a) */

static void race(struct model_racer *r)
{
	r->why = model_run(r->h, r->ops, r->nr);
}

static void race_and_stay(void *arg)
{
	struct model_racer *r = arg;

	race(r);
	smp_store_release(&r->in, true);
	while (!smp_load_acquire(&race_over))
		cpu_relax();
}

/* The first hart's claim that failed, if any. */
static const char *lost(const struct model_racer *racers, unsigned int harts)
{
	for (unsigned int i = 0; i < harts; i++)
		if (racers[i].why)
			return racers[i].why;
	return NULL;
}

const char *model_race(struct model_racer *racers, unsigned int harts,
		       void (*start)(unsigned int i, void (*fn)(void *), void *arg),
		       void (*join)(unsigned int i))
{
	struct model_hart *h = racers[0].h;
	const char *why = h->m->begin ? h->m->begin(h) : NULL;

	if (why)
		return why;
	race_over = false;
	for (unsigned int i = 1; i < harts; i++)
		start(i, race_and_stay, &racers[i]);
	race(&racers[0]);
	for (unsigned int i = 1; i < harts; i++)
		while (!smp_load_acquire(&racers[i].in))
			cpu_relax();
	h->world->harts = 1;		/* exact claims again */
	why = lost(racers, harts);
	if (!why)
		why = model_end(h);
	smp_store_release(&race_over, true);
	for (unsigned int i = 1; i < harts; i++)
		join(i);
	return why;
}
