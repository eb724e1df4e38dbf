// SPDX-License-Identifier: GPL-2.0-only
/*
 * cow.c - copy-on-write: after fork() parent and child see the same bytes until one of them writes,
 * and then only the writer sees the difference
 *
 *	before		parent --> [frame A, read-only] <-- child
 *	child writes	parent --> [A]      child --> [copy of A]
 *	parent writes	parent --> [A, now its own: reused, not copied]
 */
#include "tap.h"
#include <pthread.h>
#include <sys/mman.h>

#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)
#define RW	(PROT_READ | PROT_WRITE)
#define PAGES	64
#define RACE_PAGES	4	/* few: Linux on four emulated harts needs 50 ms a page for this */

static unsigned char *mem;

static void fill(unsigned char seed)
{
	for (int i = 0; i < PAGES; i++)
		memset(mem + i * PAGE, seed + i, PAGE);
}

/* Return: 1 when every byte of every page is as fill(@seed) left it. */
static int holds(unsigned char seed)
{
	for (int i = 0; i < PAGES; i++)
		for (unsigned int j = 0; j < PAGE; j++)
			if (mem[i * PAGE + j] != (unsigned char)(seed + i))
				return 0;
	return 1;
}

static int child_writes(unused void *arg)
{
	if (!holds(1))
		return 1;
	fill(50);
	return holds(50) ? 0 : 2;
}

static int grandchildren(void *arg)
{
	long depth = (long)arg;
	int status;

	if (!holds(100 + depth))
		return 1;
	fill(101 + depth);
	if (depth < 5) {
		status = in_child(grandchildren, (void *)(depth + 1));
		if (status)
			return 2;
	}
	return holds(101 + depth) ? 0 : 3;
}

/* The kernel writes, too: read(2) into a shared page must copy it first. */
static int kernel_writes(unused void *arg)
{
	int fds[2];

	if (pipe(fds) || write(fds[1], "kernel", 6) != 6)
		return 1;
	if (read(fds[0], mem + 10, 6) != 6)
		return 2;
	return memcmp(mem + 10, "kernel", 6) ? 3 : 0;
}

static void test_basic(void)
{
	unsigned char *zero;

	fill(1);
	is(how_it_ended(in_child(child_writes, NULL)), 0, "a child reads, writes and reads again");
	ok(holds(1), "the parent still has its bytes");
	fill(2);
	ok(holds(2), "and can write them");
	fill(100);
	is(how_it_ended(in_child(grandchildren, NULL)), 0, "six generations, each with bytes of its own");
	ok(holds(100), "the oldest still has its own");
	is(how_it_ended(in_child(kernel_writes, NULL)), 0, "a read(2) into a shared page");
	ok(holds(100), "is not seen by the parent");
	zero = mmap(NULL, PAGES * PAGE, RW, ANON, -1, 0);
	for (int i = 0; i < PAGES; i++)
		need(zero[i * PAGE] == 0);		/* every page the zero page now */
	for (int i = 0; i < PAGES; i += 2)
		zero[i * PAGE] = 1;
	for (int i = 0; i < PAGES; i++)
		need(zero[i * PAGE] == !(i % 2) && zero[i * PAGE + 1] == 0);
	ok(1, "the zero page stays zero for those that did not write");
	munmap(zero, PAGES * PAGE);
}

/* 100 children at once, all sharing, all writing: who copies first must not matter. */
static void test_hundred(void)
{
	pid_t pid[100];
	int bad = 0, status;

	fill(7);
	for (int i = 0; i < 100; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			for (int j = 0; j < PAGES; j++)
				mem[j * PAGE + i] = 200;
			for (int j = 0; j < PAGES; j++)
				for (int k = 0; k < 100; k++)
					if (mem[j * PAGE + k] != (k == i ? 200 : (unsigned char)(7 + j)))
						_exit(1);
			_exit(0);
		}
		need(pid[i] > 0);
	}
	for (int i = 0; i < PAGES; i++)		/* the parent writes while they do */
		mem[i * PAGE + 4000] = 99;
	for (int i = 0; i < 100; i++)
		bad += waitpid(pid[i], &status, 0) != pid[i] || status;
	is(bad, 0, "100 children each see exactly their own writes");
	for (int i = 0; i < PAGES; i++)
		bad += mem[i * PAGE + 4000] != 99 || mem[i * PAGE + 50] != 7 + i;
	is(bad, 0, "and the parent its own");
}

/*
 * Threads that write while another thread forks: a store must land either before the fork (both see
 * it) or after (only the parent does), and never be lost to the parent. Losing one is what a missing
 * TLB flush in fork() looks like.
 */
static volatile int stop;

static void *writer(void *arg)
{
	volatile unsigned long *word = (unsigned long *)(mem + (long)arg * PAGE);
	unsigned long n = 0;

	while (!stop) {
		if (*word != n)
			return (void *)1;
		*word = ++n;
	}
	return NULL;
}

static void test_threads(void)
{
	pthread_t thread[4];
	int bad = 0, status;

	memset(mem, 0, PAGES * PAGE);
	for (long i = 0; i < 4; i++)
		need(pthread_create(&thread[i], NULL, writer, (void *)i) == 0);
	for (int i = 0; i < 60; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			unsigned long *word = (unsigned long *)mem, seen = *word;

			for (int j = 0; j < 1000; j++)
				if (*(volatile unsigned long *)word != seen)
					_exit(1);	/* the parent's threads write into our page */
			_exit(0);
		}
		need(pid > 0);
		need(waitpid(pid, &status, 0) == pid);
		bad += status != 0;
	}
	stop = 1;
	is(bad, 0, "60 children: none sees the parent's threads go on writing");
	for (int i = 0; i < 4; i++) {
		void *lost;

		pthread_join(thread[i], &lost);
		bad += lost != NULL;
	}
	is(bad, 0, "four threads lose no store to the forks");
}

/* Four threads write the four quarters of the same shared page at once: one copy, no write lost. */
static pthread_barrier_t barrier;

static void *quarter(void *arg)
{
	long nr = (long)arg;

	pthread_barrier_wait(&barrier);
	for (int i = 0; i < RACE_PAGES; i++)
		memset(mem + i * PAGE + nr * PAGE / 4, 10 + nr, PAGE / 4);
	return NULL;
}

static int race_child(unused void *arg)
{
	pthread_t thread[4];

	pthread_barrier_init(&barrier, NULL, 4);
	for (long i = 0; i < 4; i++)
		if (pthread_create(&thread[i], NULL, quarter, (void *)i))
			return 1;
	for (int i = 0; i < 4; i++)
		pthread_join(thread[i], NULL);
	for (unsigned long i = 0; i < RACE_PAGES * PAGE; i++)
		if (mem[i] != 10 + i % PAGE / (PAGE / 4))
			return 2;
	return 0;
}

int main(void)
{
	int bad = 0;

	mem = mmap(NULL, PAGES * PAGE, RW, ANON, -1, 0);
	need(mem != MAP_FAILED);
	test_basic();
	test_hundred();
	test_threads();
	fill(3);
	for (int i = 0; i < 8; i++)
		bad += in_child(race_child, NULL) != 0;
	is(bad, 0, "four threads break the same pages at once: 8 rounds, no write lost");
	ok(holds(3), "and the parent's pages stay");
	return done_testing();
}
