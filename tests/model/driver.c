// SPDX-License-Identifier: GPL-2.0-only
/*
 * driver.c - models under Check.
 *
 * Each try of a sequence of operations is a process of its own, with a machine that has just
 * been booted: so an abort, a sanitizer's report or a hang is a failure like any other, and the
 * same operations always do the same. What it found comes back through a shared page.
 *
 *	model_check --fork--> boot, begin, operations, end --> ok, or why not
 *	     | failed
 *	     v
 *	cut behind the failing operation, model_shrink (a fork for each try),
 *	then once more, telling each operation in words
 */
#include "suite.h"
#include "driver.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <unistd.h>

/* A try that takes longer hangs. Sanitizers are slow, machines busy. */
#define TRY_SECONDS	60
/* Tries while shrinking: enough for hundreds of operations. */
#define MAX_TRIES	3000

/* Filled in by a try. */
struct outcome {
	unsigned long at;		/* the operation that it came to */
	bool done, failed;
	char why[MODEL_WHY];
};

struct attempt {
	const struct model *m;
	const struct model_setup *setup;
	struct outcome *outcome;	/* shared with the child */
	bool tell;			/* each operation, on stdout */
	unsigned int tries;
};

static void tell(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	fflush(stdout);			/* a crash may be next */
}

static void *zeroed(size_t bytes)
{
	void *p = calloc(1, bytes);

	ck_assert_ptr_nonnull(p);
	return p;
}

/* make coverage: what has run is written down by exit(), which isn't for children of Check's. */
extern void __gcov_dump(void) __attribute__((weak));

/* In the child. */
static void run_once(struct attempt *a, const struct model_op *ops, size_t nr)
{
	struct model_world *world = zeroed(sizeof(*world));
	const char *why;

	signal(SIGALRM, SIG_DFL);
	alarm(TRY_SECONDS);
	if (!a->tell && !getenv("LINUX_LITE_LOG")) {
		int null = open("/dev/null", O_WRONLY);

		dup2(null, STDERR_FILENO);
	}
	if (a->setup->machine)
		host_boot(a->setup->machine);
	model_world_init(world, 1);
	world->may_fail = a->setup->may_fail;
	world->tell = a->tell ? tell : NULL;
	why = model_solo(a->m, world, zeroed(a->m->hart_bytes), ops, nr, &a->outcome->at);
	if (why) {
		a->outcome->failed = true;
		strcpy(a->outcome->why, why);
	}
	a->outcome->done = true;
	if (__gcov_dump)
		__gcov_dump();
	_exit(0);
}

static bool fails(const struct model_op *ops, size_t nr, void *arg)
{
	struct attempt *a = arg;
	struct outcome *o = a->outcome;
	int status;
	pid_t child;

	if (a->tries++ > MAX_TRIES)
		return false;
	memset(o, 0, sizeof(*o));
	fflush(stdout);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0)
		run_once(a, ops, nr);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	if (!o->done) {
		o->failed = true;
		if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
			strcpy(o->why, "no end after a minute");
		else if (WIFSIGNALED(status))
			snprintf(o->why, sizeof(o->why), "killed by signal %d (%s)",
				 WTERMSIG(status), strsignal(WTERMSIG(status)));
		else
			snprintf(o->why, sizeof(o->why), "ended with status %d (a sanitizer?)",
				 WEXITSTATUS(status));
	}
	return o->failed;
}

static void report(struct attempt *a, struct model_op *ops, size_t nr)
{
	printf("shrunk to %zu, in %u tries:\n", nr, a->tries);
	a->tell = true;
	a->tries = 0;
	fails(ops, nr, a);
	printf("  violated: %s\n  as bytes:", a->outcome->why);
	for (size_t i = 0; i < nr; i++)
		printf(" %02x%02x%02x%02x", ops[i].what, ops[i].a, ops[i].b, ops[i].c);
	printf("\n");
	fflush(stdout);
}

void model_check(const struct model *m, const struct model_setup *setup, size_t nr, uint64_t seed)
{
	struct model_op *ops = zeroed(nr * sizeof(*ops));
	struct attempt a = { .m = m, .setup = setup };
	char why[MODEL_WHY];

	a.outcome = mmap(NULL, sizeof(*a.outcome), PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(a.outcome, MAP_FAILED);
	model_random(ops, nr, seed);
	if (!fails(ops, nr, &a)) {
		free(ops);
		return;
	}
	strcpy(why, a.outcome->why);
	printf("model %s, SEED=%lu, %zu operations: %s at operation %lu\n", m->name,
	       (unsigned long)seed, nr, why, a.outcome->at);
	if (a.outcome->at + 1 < nr) {
		/* What came later is not needed; if it is (a check found it), it stays. */
		size_t shorter = a.outcome->at + 1;

		if (fails(ops, shorter, &a))
			nr = shorter;
	}
	nr = model_shrink(ops, nr, fails, &a);
	report(&a, ops, nr);
	ck_abort_msg("model %s: %s", m->name, a.outcome->why);
}

unsigned long model_check_shortage(const struct model *m, const struct model_setup *setup,
				   size_t nr, uint64_t seed)
{
	struct model_world *world = zeroed(sizeof(*world));
	struct model_op *ops = zeroed(nr * sizeof(*ops));
	void *memory = zeroed(m->hart_bytes);
	unsigned long failed;
	const char *why;

	host_boot(setup->machine);
	model_random(ops, nr, seed);
	model_world_init(world, 1);
	why = model_shortage(m, world, memory, ops, nr, &failed);
	ck_assert_msg(!why, "model %s: allocation %lu fails: %s", m->name, failed, why);
	free(memory);
	free(ops);
	free(world);
	return failed;
}

/* ---- a race --------------------------------------------------------------------------- */

#define MAX_HARTS	8

void model_check_race(const struct model *m, const struct host_config *machine, size_t nr,
		      uint64_t seed, unsigned long max_pages)
{
	unsigned int harts = machine->harts;
	struct model_world *world = zeroed(sizeof(*world));
	struct model_racer racers[MAX_HARTS] = { 0 };
	const char *why;

	ck_assert_uint_le(harts, MAX_HARTS);
	host_boot(machine);
	model_world_init(world, harts);
	world->max_pages = max_pages;
	for (unsigned int i = 0; i < harts; i++) {
		struct model_op *ops = zeroed(nr * sizeof(*ops));

		model_random(ops, nr, seed + i);
		racers[i].h = model_hart_init(m, world, i, zeroed(m->hart_bytes));
		racers[i].ops = ops;
		racers[i].nr = nr;
	}
	why = model_race(racers, harts, host_run_on, host_join);
	ck_assert_msg(!why, "model %s: %s", m->name, why);
	for (unsigned int i = 0; i < harts; i++) {
		free((void *)racers[i].ops);
		free(racers[i].h);
	}
	free(world);
}
