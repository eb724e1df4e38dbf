// SPDX-License-Identifier: GPL-2.0-only
/*
 * futex.c - the futex call itself: wait, wake, requeue, timeouts, and words shared between processes
 */
#include "tap.h"
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/mman.h>

static uint32_t word, other;
static volatile int woken;

static long futex(uint32_t *addr, int op, uint32_t val, void *timeout, uint32_t *addr2, uint32_t val3)
{
	return syscall(SYS_futex, addr, op, val, timeout, addr2, val3);
}

static void *waiter(unused void *arg)
{
	futex(&word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
	__atomic_add_fetch(&woken, 1, __ATOMIC_SEQ_CST);
	return NULL;
}

static void start(pthread_t *thread, int nr)
{
	woken = 0;
	for (int i = 0; i < nr; i++)
		need(pthread_create(&thread[i], NULL, waiter, NULL) == 0);
	sleep_ms(100);		/* let them go to sleep */
}

static void settle(int want)
{
	for (int i = 0; i < 200 && woken < want; i++)
		sleep_ms(5);
	sleep_ms(20);		/* one too many would show now */
}

static void test_errors(void)
{
	struct timespec bad = { 0, 2000000000 }, ts = { 0, 20000000 };
	long start_ns;

	fails(futex(&word, FUTEX_WAIT, 1, NULL, NULL, 0), EAGAIN, "wait: the word has another value");
	fails(futex((uint32_t *)((char *)&word + 1), FUTEX_WAIT, 0, NULL, NULL, 0), EINVAL, "unaligned");
	fails(futex((uint32_t *)8, FUTEX_WAIT, 0, NULL, NULL, 0), EFAULT, "not mapped");
	fails(futex(&word, 99, 0, NULL, NULL, 0), ENOSYS, "unknown operation");
	fails(futex(&word, FUTEX_WAIT, 0, &bad, NULL, 0), EINVAL, "timeout not normal");
	fails(futex(&word, FUTEX_WAIT_BITSET, 0, NULL, NULL, 0), EINVAL, "an empty bit set");
	start_ns = now_ns();
	fails(futex(&word, FUTEX_WAIT, 0, &ts, NULL, 0), ETIMEDOUT, "wait: 20 ms, nobody wakes");
	ok(now_ns() - start_ns >= 20000000, "not before its time");
	clock_gettime(CLOCK_MONOTONIC, &ts);
	ts.tv_nsec += 20000000;
	if (ts.tv_nsec >= 1000000000)
		ts.tv_sec++, ts.tv_nsec -= 1000000000;
	fails(futex(&word, FUTEX_WAIT_BITSET, 0, &ts, NULL, FUTEX_BITSET_MATCH_ANY), ETIMEDOUT,
	      "wait bitset: an absolute time");
	fails(futex(&word, FUTEX_WAIT_BITSET, 0, &ts, NULL, FUTEX_BITSET_MATCH_ANY), ETIMEDOUT,
	      "which has passed");
	is(futex(&word, FUTEX_WAKE, 10, NULL, NULL, 0), 0, "wake: nobody there");
}

static void test_wake(void)
{
	pthread_t thread[5];

	start(thread, 5);
	is(futex(&word, FUTEX_WAKE_PRIVATE, 2, NULL, NULL, 0), 2, "wake two of five");
	settle(2);
	is(woken, 2, "two woke up");
	is(futex(&word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0), 3, "wake the rest");
	settle(5);
	is(woken, 5, "all woke up");
	for (int i = 0; i < 5; i++)
		pthread_join(thread[i], NULL);
}

static void test_requeue(void)
{
	pthread_t thread[5];

	start(thread, 5);
	fails(futex(&word, FUTEX_CMP_REQUEUE_PRIVATE, 1, (void *)10, &other, 77), EAGAIN,
	      "requeue: the word has another value");
	is(futex(&word, FUTEX_CMP_REQUEUE_PRIVATE, 1, (void *)10, &other, 0), 5,
	   "requeue: one woken, four moved");
	settle(1);
	is(woken, 1, "one woke up");
	is(futex(&word, FUTEX_WAKE_PRIVATE, 10, NULL, NULL, 0), 0, "nobody waits at the old word");
	is(futex(&other, FUTEX_WAKE_PRIVATE, 10, NULL, NULL, 0), 4, "four at the new one");
	for (int i = 0; i < 5; i++)
		pthread_join(thread[i], NULL);
	start(thread, 3);
	is(futex(&word, FUTEX_REQUEUE_PRIVATE, 0, (void *)2, &other, 0), 2, "plain requeue moves two");
	is(futex(&other, FUTEX_WAKE_PRIVATE, 10, NULL, NULL, 0), 2, "wake those");
	is(futex(&word, FUTEX_WAKE_PRIVATE, 10, NULL, NULL, 0), 1, "wake the third");
	for (int i = 0; i < 3; i++)
		pthread_join(thread[i], NULL);
}

/* wake_op: add 1 to @other, wake at @word, and at @other if it was 0 before. */
static void test_wake_op(void)
{
	pthread_t thread[2];

	other = 0;
	start(thread, 2);
	is(futex(&word, FUTEX_WAKE_OP_PRIVATE, 2, (void *)1, &other,
		 FUTEX_OP(FUTEX_OP_ADD, 1, FUTEX_OP_CMP_EQ, 0)), 2, "wake_op wakes");
	is(other, 1, "and does its operation");
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	other = 0;
}

/* In shared memory the word is the same futex at whatever address it is mapped. */
static void test_processes(void)
{
	uint32_t *a = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), *b;
	int status, n = 0;
	pid_t pid;

	need(a != MAP_FAILED);
	pid = fork();
	if (pid == 0) {
		b = mremap(a, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, (char *)a - 100 * PAGE);
		_exit(b == MAP_FAILED ? 1 : futex(b, FUTEX_WAIT, 0, NULL, NULL, 0) ? 2 : 0);
	}
	for (int i = 0; i < 200 && !n; i++) {
		sleep_ms(10);
		n = futex(a, FUTEX_WAKE, 1, NULL, NULL, 0);
	}
	is(n, 1, "a waiter in another process, at another address, is found");
	is(waitpid(pid, &status, 0), pid, "it wakes");
	is(status, 0, "from a proper wake-up");
	pid = fork();
	if (pid == 0)
		_exit(futex(&word, FUTEX_WAIT, 0, &(struct timespec){ 0, 150000000 }, NULL, 0) == -1 &&
		      errno == ETIMEDOUT ? 0 : 1);
	sleep_ms(50);
	is(futex(&word, FUTEX_WAKE, 1, NULL, NULL, 0), 0, "private memory is a futex of each process");
	waitpid(pid, &status, 0);
	is(status, 0, "the other sleeps on");
}

/* Two threads hand a word to and fro: a lost wake-up hangs here. */
static uint32_t ball;

static void *player(void *arg)
{
	uint32_t mine = (uint32_t)(long)arg;

	for (int i = 0; i < 3000; i++) {
		while (__atomic_load_n(&ball, __ATOMIC_SEQ_CST) != mine)
			futex(&ball, FUTEX_WAIT_PRIVATE, !mine, NULL, NULL, 0);
		__atomic_store_n(&ball, !mine, __ATOMIC_SEQ_CST);
		futex(&ball, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
	}
	return NULL;
}

static void test_ping_pong(void)
{
	pthread_t thread[2];

	for (long i = 0; i < 2; i++)
		need(pthread_create(&thread[i], NULL, player, (void *)i) == 0);
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	is(ball, 0, "6000 hand-overs between two threads");
}

int main(void)
{
	test_errors();
	test_wake();
	test_requeue();
	test_wake_op();
	test_processes();
	test_ping_pong();
	return done_testing();
}
