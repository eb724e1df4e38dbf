// SPDX-License-Identifier: GPL-2.0-only
/*
 * os_threads.c - harts as threads of the operating system.
 */
#include "os.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

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
