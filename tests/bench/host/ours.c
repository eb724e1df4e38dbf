// SPDX-License-Identifier: GPL-2.0-only
/*
 * ours.c - bench.c's machine when it measures linux-lite: the host port with two harts.
 */
#include "ops.h"

#include <time.h>

#include <asm/host.h>
#include <asm/processor.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>

struct hart_work {
	void (*fn)(void *);
	void *arg;
	int *waiting;		/* harts that have not arrived yet (atomic) */
};

void machine_boot(void)
{
	host_boot(&(struct host_config){ .ram_bytes = RAM_BYTES, .harts = 2 });
}

/* Pages that are not free, and their struct pages: a malloc's bookkeeping is resident, too. */
unsigned long machine_footprint(void)
{
	unsigned long used = RAM_BYTES / FRAME - nr_free_pages();

	return used * (FRAME + sizeof(struct page));
}

static void hart_main(void *arg)
{
	struct hart_work *work = arg;

	__atomic_fetch_sub(work->waiting, 1, __ATOMIC_SEQ_CST);
	while (__atomic_load_n(work->waiting, __ATOMIC_SEQ_CST))
		cpu_relax();
	work->fn(work->arg);
}

unsigned long machine_run_twice(void (*fn)(void *), void *arg0, void *arg1)
{
	int waiting = 2;
	struct hart_work work[2] = { { fn, arg0, &waiting }, { fn, arg1, &waiting } };
	struct timespec begin, end;

	host_run_on(1, hart_main, &work[1]);
	while (__atomic_load_n(&waiting, __ATOMIC_SEQ_CST) > 1)
		cpu_relax();
	clock_gettime(CLOCK_MONOTONIC, &begin);
	hart_main(&work[0]);
	host_join(1);
	clock_gettime(CLOCK_MONOTONIC, &end);
	return (end.tv_sec - begin.tv_sec) * 1000000000UL + end.tv_nsec - begin.tv_nsec;
}

/* Reserves, too: the question is what is whole, not who may have it. */
long machine_take_all(unsigned int order)
{
	long taken = 0;

	drain_all_pages();
	while (alloc_pages(__GFP_MEMALLOC | __GFP_MOVABLE | __GFP_NOWARN, order))
		taken++;
	return taken;
}
