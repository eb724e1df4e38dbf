// SPDX-License-Identifier: GPL-2.0-only
/*
 * os_threads.c - harts as threads of the operating system, and its clock.
 */
#include "os.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <time.h>

struct start {
	pthread_t thread;
	void (*fn)(void *);
	void *arg;
};

static void *thread_main(void *arg)
{
	struct start *start = arg;

	start->fn(start->arg);
	return NULL;
}

void *os_thread_start(void (*fn)(void *), void *arg)
{
	struct start *start = malloc(sizeof(*start));

	if (!start)
		abort();
	start->fn = fn;
	start->arg = arg;
	if (pthread_create(&start->thread, NULL, thread_main, start))
		abort();
	return start;
}

void os_thread_join(void *thread)
{
	struct start *start = thread;

	pthread_join(start->thread, NULL);
	free(start);
}

void os_yield(void)
{
	sched_yield();
}

unsigned long os_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000UL + now.tv_nsec;
}
