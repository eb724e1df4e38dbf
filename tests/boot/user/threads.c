// SPDX-License-Identifier: GPL-2.0-only
/*
 * threads.c - clone with the flags of a thread, by way of pthreads: memory, files and pid are one,
 * stack, TLS and signal mask are each thread's own
 */
#include "tap.h"
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>

static __thread int tls = 42;
static volatile int shared;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

static void *basics(void *arg)
{
	static int tid;

	if (tls != 42)
		return (void *)1;
	tls = 7;
	if (getpid() != (long)arg || (tid = syscall(SYS_gettid)) == getpid())
		return (void *)2;
	shared = tid;
	return (void *)0x1234;
}

static void test_basics(void)
{
	pthread_t thread;
	void *result;

	need(pthread_create(&thread, NULL, basics, (void *)(long)getpid()) == 0);
	is(pthread_join(thread, &result), 0, "pthread_join");
	is((long)result, 0x1234, "the thread's result");
	is(tls, 42, "thread-local variables are");
	ok(shared > 1, "globals are shared");
	/* the join is woken while the thread is still on its way out: give it a moment */
	for (int i = 0; i < 200 && !syscall(SYS_tgkill, getpid(), shared, 0); i++)
		sleep_ms(5);
	fails(syscall(SYS_tgkill, getpid(), shared, 0), ESRCH, "the thread is gone after its join");
}

/* Mutex and counter: the classic lost update. */
#define THREADS	6
#define ROUNDS	5000
static long counter;

static void *add(unused void *arg)
{
	for (int i = 0; i < ROUNDS; i++) {
		pthread_mutex_lock(&mutex);
		counter++;
		pthread_mutex_unlock(&mutex);
		if (i % 64 == 0)
			sched_yield();
	}
	return NULL;
}

static void test_mutex(void)
{
	pthread_t thread[THREADS];

	for (int i = 0; i < THREADS; i++)
		need(pthread_create(&thread[i], NULL, add, NULL) == 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	is(counter, THREADS * ROUNDS, "%d threads, one mutex: no update lost", THREADS);
}

/* A token goes round: every hand-over is a condition variable's wake-up, none may be lost. */
static int turn;

static void *pass(void *arg)
{
	long me = (long)arg;

	for (int i = 0; i < 300; i++) {
		pthread_mutex_lock(&mutex);
		while (turn % 4 != me)
			pthread_cond_wait(&cond, &mutex);
		turn++;
		pthread_cond_broadcast(&cond);
		pthread_mutex_unlock(&mutex);
	}
	return NULL;
}

static void test_cond(void)
{
	pthread_t thread[4];

	for (long i = 0; i < 4; i++)
		need(pthread_create(&thread[i], NULL, pass, (void *)i) == 0);
	for (int i = 0; i < 4; i++)
		pthread_join(thread[i], NULL);
	is(turn, 1200, "a token passed 1200 times among four threads");
}

static void *nothing(unused void *arg)
{
	return NULL;
}

static void *count_down(unused void *arg)
{
	__atomic_sub_fetch(&shared, 1, __ATOMIC_SEQ_CST);
	return NULL;
}

static void test_many(void)
{
	pthread_attr_t attr;
	pthread_t thread;
	int bad = 0;
	long end;

	for (int i = 0; i < 1000; i++)
		bad += pthread_create(&thread, NULL, nothing, NULL) || pthread_join(thread, NULL);
	is(bad, 0, "1000 threads, one after the other");
	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attr, PTHREAD_STACK_MIN + 8192);
	shared = 200;
	for (int i = 0; i < 200; i++)
		if (pthread_create(&thread, &attr, count_down, NULL))
			bad++, __atomic_sub_fetch(&shared, 1, __ATOMIC_SEQ_CST);
	end = now_ns() + 10000000000L;
	while (shared && now_ns() < end)
		sched_yield();
	is(bad + shared, 0, "200 detached threads all ran");
}

/* The address space is one: what a thread maps the others see, also unmapped and in their TLBs. */
static void *toucher(void *arg)
{
	volatile char *p = arg;

	while (!shared)
		(void)*p;
	for (int i = 0; i < 1000; i++)
		(void)*p;
	return NULL;
}

static int unmap_race(unused void *arg)
{
	char *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	pthread_t thread;

	*p = 1;
	shared = 0;
	if (pthread_create(&thread, NULL, toucher, p))
		return 1;
	sleep_ms(20);
	munmap(p, PAGE);	/* the toucher's hart must forget the page: it dies of SIGSEGV */
	shared = 1;
	pthread_join(thread, NULL);
	return 2;
}

static void *sleeper(unused void *arg)
{
	pause();
	return NULL;
}

static int exit_group_child(unused void *arg)
{
	pthread_t thread;

	shared = 0;
	for (int i = 0; i < 4; i++)
		if (pthread_create(&thread, NULL, sleeper, NULL))
			return 1;
	return 55;		/* exit_group takes the sleeping threads along */
}

static void *exec_me(unused void *arg)
{
	execl("/tests/threads", "threads", "execed", NULL);
	return NULL;
}

static int exec_from_thread(unused void *arg)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, exec_me, NULL))
		return 1;
	for (;;)
		pause();
}

static void *leave(unused void *arg)
{
	sleep_ms(50);
	_exit(66);
}

static int main_thread_ends(unused void *arg)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, leave, NULL))
		return 1;
	pthread_exit(NULL);	/* the process lives on without its first thread */
}

/* A mutex whose owner dies is handed on with EOWNERDEAD: the kernel walks the robust list at exit. */
static pthread_mutex_t *robust;

static void *lock_and_die(unused void *arg)
{
	pthread_mutex_lock(robust);
	return NULL;
}

static int lock_and_exit(unused void *arg)
{
	return pthread_mutex_lock(robust);
}

static void test_robust(void)
{
	pthread_mutexattr_t attr;
	pthread_t thread;

	robust = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_mutexattr_init(&attr);
	pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
	pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
	need(pthread_mutex_init(robust, &attr) == 0);
	need(pthread_create(&thread, NULL, lock_and_die, NULL) == 0);
	pthread_join(thread, NULL);
	is(pthread_mutex_lock(robust), EOWNERDEAD, "robust mutex: its owner, a thread, has died");
	is(pthread_mutex_consistent(robust), 0, "it can be repaired");
	pthread_mutex_unlock(robust);
	in_child(lock_and_exit, NULL);
	is(pthread_mutex_lock(robust), EOWNERDEAD, "robust mutex: its owner, a process, has died");
	pthread_mutex_consistent(robust);
	pthread_mutex_unlock(robust);
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return getpid() == (pid_t)syscall(SYS_gettid) ? 44 : 1;
	test_basics();
	test_mutex();
	test_cond();
	test_many();
	test_robust();
	is(how_it_ended(in_child(unmap_race, NULL)), -SIGSEGV, "munmap reaches the other threads' TLBs");
	is(how_it_ended(in_child(exit_group_child, NULL)), 55, "exit_group ends sleeping threads");
	is(how_it_ended(in_child(exec_from_thread, NULL)), 44, "execve in a thread: it takes over the pid");
	is(how_it_ended(in_child(main_thread_ends, NULL)), 66, "the first thread may end before the others");
	return done_testing();
}
