// SPDX-License-Identifier: GPL-2.0-only
/*
 * os_solo.c - one hart and no threads: make HARTS=1.
 *
 * Takes the place of os_threads.c. Nothing here or above it depends on when something happens, so
 * a run with the same seed is the same run. Time is a number that grows when it is looked at: who
 * waits for a time waits as many rounds on each machine.
 */
#include "os.h"

#include <stdio.h>
#include <stdlib.h>

#define NS_A_LOOK	1000

void *os_thread_start(void (*fn)(void *), void *arg)
{
	(void)fn;
	(void)arg;
	fputs("host port: another hart is a thread, and a build with HARTS=1 has none\n", stderr);
	abort();
}

/* Never called: there is no thread to wait for. */
void os_thread_join(void *thread)
{
	(void)thread;
	abort();
}

void os_yield(void)
{
}

unsigned long os_now_ns(void)
{
	static unsigned long now;

	return now += NS_A_LOOK;
}
