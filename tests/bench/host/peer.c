// SPDX-License-Identifier: GPL-2.0-only
/*
 * peer.c - bench.c's machine when it measures a malloc library: this process as it is.
 */
#include "ops.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

struct thread {
	pthread_t id;
	pthread_barrier_t *start;
	void (*fn)(void *);
	void *arg;
};

void machine_boot(void)
{
}

/* Private resident pages: what malloc has touched, and little else. */
unsigned long machine_footprint(void)
{
	unsigned long total, resident = 0, shared = 0;
	FILE *f = fopen("/proc/self/statm", "r");

	if (f) {
		if (fscanf(f, "%lu %lu %lu", &total, &resident, &shared) != 3)
			resident = shared = 0;
		fclose(f);
	}
	return (resident - shared) * (unsigned long)sysconf(_SC_PAGESIZE);
}

static void *thread_main(void *arg)
{
	struct thread *thread = arg;

	pthread_barrier_wait(thread->start);
	thread->fn(thread->arg);
	return NULL;
}

unsigned long machine_run_twice(void (*fn)(void *), void *arg0, void *arg1)
{
	struct thread thread[2] = { { .fn = fn, .arg = arg0 }, { .fn = fn, .arg = arg1 } };
	struct timespec begin, end;
	pthread_barrier_t start;

	pthread_barrier_init(&start, NULL, 3);
	for (int i = 0; i < 2; i++) {
		thread[i].start = &start;
		pthread_create(&thread[i].id, NULL, thread_main, &thread[i]);
	}
	clock_gettime(CLOCK_MONOTONIC, &begin);
	pthread_barrier_wait(&start);
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i].id, NULL);
	clock_gettime(CLOCK_MONOTONIC, &end);
	pthread_barrier_destroy(&start);
	return (end.tv_sec - begin.tv_sec) * 1000000000UL + end.tv_nsec - begin.tv_nsec;
}

long machine_take_all(unsigned int order)
{
	(void)order;
	return -1;
}
