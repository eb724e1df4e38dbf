// SPDX-License-Identifier: GPL-2.0-only
/*
 * clocks.c - clocks, sleeping, interval timers and POSIX timers
 */
#include "tap.h"
#include <pthread.h>
#include <sys/time.h>
#include <sys/times.h>

#define MS	1000000L

static volatile int ticks;
static volatile siginfo_t seen;

static void tick(unused int sig, siginfo_t *info, unused void *context)
{
	ticks++;
	memcpy((void *)&seen, info, sizeof(seen));
}

static void on(int sig)
{
	struct sigaction sa = { .sa_sigaction = tick, .sa_flags = SA_SIGINFO };

	ticks = 0;
	sigaction(sig, &sa, NULL);
}

static void test_clocks(void)
{
	static const struct {
		clockid_t id;
		const char *name;
	} clock[] = {
		{ CLOCK_REALTIME, "CLOCK_REALTIME" }, { CLOCK_MONOTONIC, "CLOCK_MONOTONIC" },
		{ CLOCK_BOOTTIME, "CLOCK_BOOTTIME" }, { CLOCK_MONOTONIC_RAW, "CLOCK_MONOTONIC_RAW" },
		{ CLOCK_REALTIME_COARSE, "CLOCK_REALTIME_COARSE" },
		{ CLOCK_MONOTONIC_COARSE, "CLOCK_MONOTONIC_COARSE" },
		{ CLOCK_PROCESS_CPUTIME_ID, "CLOCK_PROCESS_CPUTIME_ID" },
		{ CLOCK_THREAD_CPUTIME_ID, "CLOCK_THREAD_CPUTIME_ID" },
	};
	struct timespec a, b;
	struct timeval tv;
	long last = 0, now;
	int back = 0;

	for (unsigned int i = 0; i < sizeof(clock) / sizeof(*clock); i++) {
		is(clock_gettime(clock[i].id, &a), 0, "%s", clock[i].name);
		for (volatile int spin = 0; spin < 2000000; spin++)
			;
		clock_gettime(clock[i].id, &b);
		ok(b.tv_sec * 1000000000L + b.tv_nsec > a.tv_sec * 1000000000L + a.tv_nsec,
		   "%s goes on", clock[i].name);
	}
	is(syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &a), 0, "clock_gettime by the system call");
	for (int i = 0; i < 20000; i++) {
		now = now_ns();
		back += now < last;
		last = now;
	}
	is(back, 0, "the monotonic clock never goes back");
	fails(clock_gettime(77, &a), EINVAL, "no such clock");
	fails(syscall(SYS_clock_gettime, CLOCK_MONOTONIC, 8), EFAULT, "bad pointer");
	is(clock_getres(CLOCK_MONOTONIC, &a), 0, "clock_getres");
	ok(a.tv_sec == 0 && a.tv_nsec >= 1 && a.tv_nsec <= 10 * MS, "its grain is fine");
	gettimeofday(&tv, NULL);
	clock_gettime(CLOCK_REALTIME, &a);
	ok(tv.tv_sec == a.tv_sec || tv.tv_sec + 1 == a.tv_sec, "gettimeofday agrees with CLOCK_REALTIME");
	ok(a.tv_sec > 1600000000, "and it is after 2020");
}

/* CPU time is not wall time: a sleeper uses none, a spinner all. */
static void test_cpu_time(void)
{
	struct timespec a, b;
	struct tms tms;
	long start;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
	sleep_ms(100);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
	ok((b.tv_sec - a.tv_sec) * 1000000000L + b.tv_nsec - a.tv_nsec < 60 * MS,
	   "sleeping costs no CPU time");
	start = now_ns();
	do {
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
	} while ((a.tv_sec - b.tv_sec) * 1000000000L + a.tv_nsec - b.tv_nsec < 50 * MS &&
		 now_ns() - start < 5000 * MS);
	ok(now_ns() - start < 5000 * MS, "spinning does");
	ok(times(&tms) != -1 && tms.tms_utime + tms.tms_stime > 0, "times() shows it");
}

static void test_sleep(void)
{
	struct timespec ts = { 0, 20 * MS }, bad = { 0, 1000000000 };
	long start = now_ns(), took;

	is(nanosleep(&ts, NULL), 0, "nanosleep 20 ms");
	took = now_ns() - start;
	ok(took >= 20 * MS && took < 500 * MS, "takes that long (%ld us)", took / 1000);
	ts.tv_nsec = 0;
	is(nanosleep(&ts, NULL), 0, "nanosleep of nothing");
	fails(nanosleep(&bad, NULL), EINVAL, "nanoseconds out of range");
	bad = (struct timespec){ -1, 0 };
	fails(nanosleep(&bad, NULL), EINVAL, "negative");
	fails(syscall(SYS_nanosleep, 8, NULL), EFAULT, "bad pointer");
	clock_gettime(CLOCK_MONOTONIC, &ts);
	start = now_ns();
	ts.tv_nsec += 30 * MS;
	if (ts.tv_nsec >= 1000000000)
		ts.tv_sec++, ts.tv_nsec -= 1000000000;
	is(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL), 0, "clock_nanosleep to a time");
	took = now_ns() - start;
	ok(took >= 29 * MS && took < 500 * MS, "ends then (%ld us)", took / 1000);
	is(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL), 0, "a time that has passed: at once");
	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_sec -= 5;
	is(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &ts, NULL), 0, "by the real time clock, too");
	is(clock_nanosleep(77, 0, &ts, NULL), EINVAL, "no such clock");
}

static void test_itimer(void)
{
	struct itimerval set = { { 0, 10000 }, { 0, 20000 } }, got, off = { { 0, 0 }, { 0, 0 } };
	long start;

	on(SIGALRM);
	is(setitimer(ITIMER_REAL, &set, NULL), 0, "setitimer");
	getitimer(ITIMER_REAL, &got);
	ok(got.it_value.tv_usec > 0 && got.it_value.tv_usec <= 20000 && got.it_interval.tv_usec == 10000,
	   "getitimer shows what is left");
	start = now_ns();
	while (ticks < 5 && now_ns() - start < 5000 * MS)
		;
	is(setitimer(ITIMER_REAL, &off, &got), 0, "switched off");
	ok(ticks >= 5, "it came again and again");
	is(seen.si_code, SI_KERNEL, "si_code: the kernel");
	on(SIGVTALRM);
	set.it_interval = (struct timeval){ 0, 0 };
	is(setitimer(ITIMER_VIRTUAL, &set, NULL), 0, "ITIMER_VIRTUAL");
	sleep_ms(60);
	is(ticks, 0, "does not run while asleep");
	start = now_ns();
	while (!ticks && now_ns() - start < 5000 * MS)
		;
	is(ticks, 1, "but while working");
	is(alarm(100), 0, "alarm");
	is(alarm(0), 100, "alarm tells what was left");
	fails(setitimer(77, &set, NULL), EINVAL, "no such timer");
}

static void test_timer(void)
{
	struct itimerspec set = { { 0, 10 * MS }, { 0, 10 * MS } }, got;
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
	sigset_t usr1, none;
	timer_t timer;

	on(SIGUSR1);
	ev.sigev_value.sival_int = 99;
	is(timer_create(CLOCK_MONOTONIC, &ev, &timer), 0, "timer_create");
	is(timer_settime(timer, 0, &set, NULL), 0, "timer_settime");
	for (int i = 0; i < 100 && ticks < 3; i++)
		sleep_ms(10);
	ok(ticks >= 3, "it ticks");
	is(seen.si_code, SI_TIMER, "si_code SI_TIMER");
	is(seen.si_int, 99, "with its value");
	is(timer_gettime(timer, &got), 0, "timer_gettime");
	is(got.it_interval.tv_nsec, 10 * MS, "the interval");
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	sigprocmask(SIG_BLOCK, &usr1, NULL);
	sleep_ms(100);
	ticks = 0;
	sigemptyset(&none);
	sigsuspend(&none);		/* one signal comes in, and the next are blocked again */
	is(ticks, 1, "blocked, its signals are one");
	ok(timer_getoverrun(timer) >= 1, "and the others are counted as overrun (%d)",
	   timer_getoverrun(timer));
	set.it_value.tv_nsec = set.it_interval.tv_nsec = 0;
	is(timer_settime(timer, 0, &set, NULL), 0, "disarmed");
	sigprocmask(SIG_UNBLOCK, &usr1, NULL);
	is(timer_delete(timer), 0, "timer_delete");
	fails(timer_delete(timer), EINVAL, "once only");
	ev.sigev_signo = 99;
	fails(timer_create(CLOCK_MONOTONIC, &ev, &timer), EINVAL, "no such signal");
}

/* SIGEV_THREAD_ID: one thread, not just any, gets the signal. */
static void *gets_signal(void *arg)
{
	struct sigevent ev = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGUSR2 };
	struct itimerspec set = { { 0, 0 }, { 0, 10 * MS } };
	struct timespec limit = { 5, 0 };
	sigset_t usr2;
	timer_t timer;

	ev._sigev_un._tid = syscall(SYS_gettid);
	sigemptyset(&usr2);
	sigaddset(&usr2, SIGUSR2);
	if (timer_create(CLOCK_MONOTONIC, &ev, &timer) || timer_settime(timer, 0, &set, NULL))
		return (void *)1;
	if (sigtimedwait(&usr2, NULL, &limit) != SIGUSR2)
		return (void *)2;
	timer_delete(timer);
	return arg;
}

static void test_thread_timer(void)
{
	pthread_t thread;
	sigset_t usr2;
	void *result;

	sigemptyset(&usr2);
	sigaddset(&usr2, SIGUSR2);
	sigprocmask(SIG_BLOCK, &usr2, NULL);
	need(pthread_create(&thread, NULL, gets_signal, NULL) == 0);
	pthread_join(thread, &result);
	is((long)result, 0, "SIGEV_THREAD_ID");
}

int main(void)
{
	test_clocks();
	test_cpu_time();
	test_sleep();
	if (have_timers()) {
		test_itimer();
		test_timer();
		test_thread_timer();
	} else {
		tap_skip("interval timers and POSIX timers", NO_TIMERS);
	}
	return done_testing();
}
