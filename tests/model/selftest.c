// SPDX-License-Identifier: GPL-2.0-only
/*
 * selftest.c - CONFIG_SELFTEST: the models inside the kernel, before init is started.
 *
 *	pid 1, hart 0       alone | short of memory | race of 2 | race of all |  next model ...
 *	selftest/1, hart 1                            race        race
 *	selftest/2, hart 2                                        race
 *	...                 one thread a hart, kept for all races: a thread that ends gives memory
 *	                    back later, and the models count every page
 *
 * Nothing else runs yet, so a model that is alone is so. What they may hold is far below the
 * watermarks: with no process to kill, being out of memory is a panic. memblock's model is not
 * here: memblock's work is done, and its memory is in use.
 *
 * A result is a line of TAP. What fails panics: a kernel whose allocator is broken should not go
 * on to run programs. The seed of the line repeats it.
 */
#include <linux-lite/err.h>
#include <linux-lite/fail_alloc.h>
#include <linux-lite/kernel.h>
#include <linux-lite/kstrtox.h>
#include <linux-lite/params.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/selftest.h>
#include <linux-lite/slab.h>
#include <linux-lite/smp.h>
#include <linux-lite/string.h>
#include <linux-lite/time.h>
#include <linux-lite/vsprintf.h>
#include <linux-lite/wait.h>
#include <asm/processor.h>
#include "model.h"

#define MAX_HARTS	8u
#define NR_OPS		2000
#define RACE_PAGES	1024
#define ALONE_PAGES	4096

/* Words of the command line: each of them asks for the test. */
static bool wanted;
static unsigned long seed;		/* 0: from the clock */
static unsigned long rounds = 1, seconds;	/* whichever is more */

static int set_number(char *value, unsigned long *number)
{
	wanted = true;
	return value ? kstrtoul(value, 0, number) : -EINVAL;
}

static int set_selftest(char *value)
{
	wanted = true;
	return 0;
}
__setup("selftest", set_selftest);

static int set_seed(char *value) { return set_number(value, &seed); }
__setup("selftest.seed", set_seed);

static int set_rounds(char *value) { return set_number(value, &rounds); }
__setup("selftest.rounds", set_rounds);

static int set_seconds(char *value) { return set_number(value, &seconds); }
__setup("selftest.seconds", set_seconds);

/* ---- a thread on each hart ------------------------------------------------------------ */

/* Key: (c) constant  (a) atomic */
static struct worker {
	wait_queue_head_t wq;
	unsigned int cpu;		/* (c) */
	void (*fn)(void *);		/* what it is to do; NULL: it waits (a) */
	void *arg;			/* before fn, constant until it is done */
	bool stop;			/* (a) */
} workers[MAX_HARTS];
static unsigned int nr_harts;		/* workers[0] is process 1 */

static void run_on(unsigned int cpu)
{
	set_cpus_allowed(current, (cpumask_t){ 1UL << cpu });
}

static int worker_main(void *arg)
{
	struct worker *w = arg;

	run_on(w->cpu);
	while (!smp_load_acquire(&w->stop)) {
		void (*fn)(void *) = smp_load_acquire(&w->fn);

		if (fn) {
			fn(w->arg);
			smp_store_release(&w->fn, NULL);
		}
		wait_event(w->wq, smp_load_acquire(&w->fn) || smp_load_acquire(&w->stop));
	}
	return 0;
}

static void start(unsigned int i, void (*fn)(void *), void *arg)
{
	workers[i].arg = arg;
	smp_store_release(&workers[i].fn, fn);
	wake_up(&workers[i].wq);
}

static void join(unsigned int i)
{
	while (smp_load_acquire(&workers[i].fn))
		cpu_relax();
}

static void start_workers(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct worker *w = &workers[nr_harts];
		char name[16];

		if (nr_harts == MAX_HARTS)
			break;
		w->cpu = cpu;
		init_waitqueue_head(&w->wq);
		snprintf(name, sizeof(name), "selftest/%u", cpu);
		if (nr_harts > 0 && IS_ERR(kthread_run(worker_main, w, name)))
			panic("selftest: no memory for threads");
		nr_harts++;
	}
	run_on(workers[0].cpu);
}

static void stop_workers(void)
{
	for (unsigned int i = 1; i < nr_harts; i++) {
		smp_store_release(&workers[i].stop, true);
		wake_up(&workers[i].wq);
	}
	set_cpus_allowed(current, cpu_online_mask);
}

/* ---- the tests ------------------------------------------------------------------------ */

static const struct {
	const struct model *m;
	size_t short_ops;	/* few: they are repeated for each page that they allocate */
} tests[] = {
	{ &frames_model, 30 }, { &objects_model, 300 }, { &vmalloc_model, 12 },
};

static struct model_world world;
static unsigned int nr_tests;

static void *memory_for(size_t bytes)
{
	return kzalloc(bytes, GFP_KERNEL | __GFP_NOFAIL);
}

/* Far from the watermarks, where reclaim would join in. */
static void new_world(unsigned int harts, unsigned long max_pages)
{
	model_world_init(&world, harts);
	world.max_pages = min(nr_free_pages() / 4 / harts, max_pages);
}

static struct model_op *random_ops(size_t nr, unsigned long from_seed)
{
	struct model_op *ops = memory_for(nr * sizeof(*ops));

	model_random(ops, nr, from_seed);
	return ops;
}

static void result(const struct model *m, const char *how, u64 began, const char *why)
{
	u64 ms = (ktime_get_ns() - began) / NSEC_PER_MSEC;

	nr_tests++;
	if (!why) {
		pr_notice("selftest: ok %u - %s %s, seed %lu (%lu ms)\n", nr_tests, m->name, how,
			  seed, (unsigned long)ms);
		return;
	}
	pr_emerg("selftest: not ok %u - %s %s, seed %lu: %s\n", nr_tests, m->name, how, seed, why);
	panic("selftest: %s %s, seed %lu: %s", m->name, how, seed, why);
}

static void test_alone(const struct model *m)
{
	struct model_op *ops = random_ops(NR_OPS, seed);
	void *memory = memory_for(m->hart_bytes);
	u64 began = ktime_get_ns();
	unsigned long at;

	new_world(1, ALONE_PAGES);
	result(m, "alone", began, model_solo(m, &world, memory, ops, NR_OPS, &at));
	kfree(memory);
	kfree(ops);
}

static void test_shortage(const struct model *m, size_t nr)
{
	struct model_op *ops = random_ops(nr, seed);
	void *memory = memory_for(m->hart_bytes);
	u64 began = ktime_get_ns();
	unsigned long nr_failed;

	new_world(1, ALONE_PAGES);
	result(m, "short of memory", began,
	       model_shortage(m, &world, memory, ops, nr, &nr_failed));
	kfree(memory);
	kfree(ops);
}

static void test_race(const struct model *m, unsigned int harts)
{
	struct model_racer racers[MAX_HARTS] = { 0 };
	u64 began = ktime_get_ns();
	char how[20];

	new_world(harts, RACE_PAGES);
	for (unsigned int i = 0; i < harts; i++) {
		racers[i].h = model_hart_init(m, &world, i, memory_for(m->hart_bytes));
		racers[i].ops = random_ops(NR_OPS, seed + i);
		racers[i].nr = NR_OPS;
	}
	snprintf(how, sizeof(how), "race of %u", harts);
	result(m, how, began, model_race(racers, harts, start, join));
	for (unsigned int i = 0; i < harts; i++) {
		kfree(racers[i].h);
		kfree(racers[i].ops);
	}
}

static void one_round(void)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(tests); i++) {
		test_alone(tests[i].m);
		if (IS_ENABLED(CONFIG_FAIL_PAGE_ALLOC))
			test_shortage(tests[i].m, tests[i].short_ops);
		if (nr_harts > 1)
			test_race(tests[i].m, 2);
		if (nr_harts > 2)
			test_race(tests[i].m, nr_harts);
	}
}

/**
 * selftest_run - run the models, if the command line asks for it; panic if one fails
 *
 * Context: process 1, before it is a program; nothing else allocates memory.
 */
void selftest_run(void)
{
	u64 began = ktime_get_ns();
	unsigned int round = 0;

	if (!wanted)
		return;
	start_workers();
	if (!seed)
		seed = began % 1000000000;
	pr_notice("selftest: selftest.seed=%lu, %u harts\n", seed, nr_harts);
	while (round < rounds || ktime_get_ns() - began < seconds * NSEC_PER_SEC) {
		one_round();
		round++;
		seed++;
	}
	stop_workers();
	pr_notice("selftest: 1..%u\n", nr_tests);
	pr_notice("selftest: passed, %u rounds\n", round);
}
