// SPDX-License-Identifier: GPL-2.0-only
/*
 * limits.c - RLIMIT_MEMLOCK, RLIMIT_DATA and RLIMIT_AS hold however an area grows, RLIMIT_SIGPENDING counts
 * timers; errors of mmap and futex
 */
#include "tap.h"
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/resource.h>

#ifndef MAP_SHARED_VALIDATE
#define MAP_SHARED_VALIDATE	3
#endif
#define RW	(PROT_READ | PROT_WRITE)
#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)

static void set_limit(int which, unsigned long bytes)
{
	struct rlimit rl = { bytes, bytes };

	if (setrlimit(which, &rl))
		_exit(100);
}

/* Four locked pages, and RLIMIT_MEMLOCK is five. */
static int mremap_locked(unused void *arg)
{
	char *p = mmap(NULL, 16 * PAGE, RW, ANON, -1, 0);
	unsigned char in_core;

	if (p == MAP_FAILED || munmap(p + 4 * PAGE, 12 * PAGE))
		return 1;
	set_limit(RLIMIT_MEMLOCK, 5 * PAGE);
	if (setuid(1000) || mlock(p, 4 * PAGE))
		return 2;
	if (mremap(p, 4 * PAGE, 6 * PAGE, MREMAP_MAYMOVE) != MAP_FAILED || errno != EAGAIN)
		return 3;
	p = mremap(p, 4 * PAGE, 5 * PAGE, MREMAP_MAYMOVE);
	if (p == MAP_FAILED)
		return 4;
	return !mincore(p + 4 * PAGE, PAGE, &in_core) && in_core & 1 ? 0 : 5;
}

/* MCL_FUTURE: the heap and the stack grow locked, and no further than the limit. */
static int grow_locked(unused void *arg)
{
	char *end = (char *)syscall(SYS_brk, 0);
	unsigned char in_core;

	end = (char *)(((long)end + PAGE - 1) & -PAGE);
	if ((char *)syscall(SYS_brk, end) != end || setuid(1000))
		return 1;
	if (mlockall(MCL_FUTURE))
		return 2;
	if ((char *)syscall(SYS_brk, end + 2 * PAGE) != end + 2 * PAGE)
		return 3;
	if (mincore(end + PAGE, PAGE, &in_core) || !(in_core & 1))
		return 4;
	set_limit(RLIMIT_MEMLOCK, 4 * PAGE);
	if ((char *)syscall(SYS_brk, end + 16 * PAGE) != end + 2 * PAGE)
		return 5;
	return (char *)syscall(SYS_brk, end + 3 * PAGE) == end + 3 * PAGE ? 0 : 6;
}

static int lock_nothing(unused void *arg)
{
	set_limit(RLIMIT_MEMLOCK, 0);
	if (setuid(1000))
		return 1;
	return mmap(NULL, PAGE, RW, ANON | MAP_LOCKED, -1, 0) == MAP_FAILED && errno == EPERM ? 0 : 2;
}

static int data_limit(unused void *arg)
{
	char *p = mmap(NULL, 16 * PAGE, RW, ANON, -1, 0), *end = (char *)syscall(SYS_brk, 0);

	set_limit(RLIMIT_DATA, 4 * PAGE);
	if (mremap(p, 16 * PAGE, 17 * PAGE, MREMAP_MAYMOVE) != MAP_FAILED || errno != ENOMEM)
		return 1;
	return (char *)syscall(SYS_brk, end + 64 * PAGE) == end ? 0 : 2;
}

static int use_stack(int depth)
{
	volatile char frame[PAGE];

	frame[0] = depth;
	return depth ? use_stack(depth - 1) + frame[0] : 0;
}

/* No address space for more stack: SIGSEGV. */
static int stack_as(unused void *arg)
{
	set_limit(RLIMIT_AS, PAGE);
	return use_stack(200) != -1;
}

static void errors(void)
{
	int fd = open("/tmp/limits", O_CREAT | O_RDWR | O_TRUNC, 0600), word = 0;
	char *p;

	need(fd >= 0 && !ftruncate(fd, 4 * PAGE));
	fails(mmap(NULL, PAGE, RW, MAP_SHARED_VALIDATE | 0x8000000, fd, 0), EOPNOTSUPP,
	      "MAP_SHARED_VALIDATE with an unknown flag");
	p = mmap(NULL, PAGE, RW, MAP_SHARED_VALIDATE | MAP_POPULATE, fd, 0);
	ok(p != MAP_FAILED, "and with a known one");
	p = mmap(NULL, PAGE, RW, MAP_SHARED | 0x8000000, fd, 0);
	ok(p != MAP_FAILED, "MAP_SHARED takes any");
	unlink("/tmp/limits");
	close(fd);
	is(syscall(SYS_futex, &word, FUTEX_WAKE, -1, NULL, NULL, 0), 0, "FUTEX_WAKE of -1 when nobody waits");
}

/* The child waits; the parent wakes "-1" waiters, which is one. */
static void negative_wake(void)
{
	int *word = mmap(NULL, PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0), status;
	struct timespec second = { 5, 0 };
	long woken = 0;
	pid_t pid;

	need(word != MAP_FAILED);
	pid = fork();
	if (pid == 0)
		_exit(syscall(SYS_futex, word, FUTEX_WAIT, 0, &second, NULL, 0) ? errno : 0);
	for (int i = 0; i < 300 && !woken; i++) {
		sleep_ms(5);
		woken = syscall(SYS_futex, word, FUTEX_WAKE, -1, NULL, NULL, 0);
	}
	is(woken, 1, "FUTEX_WAKE of -1 wakes one");
	need(waitpid(pid, &status, 0) == pid);
	is(how_it_ended(status), 0, "who waited");
}

/* Each timer has room for its signal, so that it need not ask for it when it fires. */
static int timers(unused void *arg)
{
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM };
	int id[10], n = 0;

	set_limit(RLIMIT_SIGPENDING, 8);
	if (setuid(1234))			/* nobody else is this user */
		return 1;
	while (n < 10 && syscall(SYS_timer_create, CLOCK_MONOTONIC, &ev, &id[n]) == 0)
		n++;
	if (n != 8 || errno != EAGAIN)
		return 2;
	if (syscall(SYS_timer_delete, id[3]) || syscall(SYS_timer_create, CLOCK_MONOTONIC, &ev, &id[3]))
		return 3;
	return 0;
}

/* /proc/sys/kernel/threads-max bounds the tasks of all users, root's too. */
static int threads_max(unused void *arg)
{
	char old[16] = "";
	int fd = open("/proc/sys/kernel/threads-max", O_RDWR), n, why = 0;
	pid_t kids[21];

	if (fd < 0 || read(fd, old, sizeof(old) - 1) <= 0 || pwrite(fd, "20", 2, 0) != 2)
		return 1;
	for (n = 0; n < 21; n++) {
		kids[n] = fork();
		if (kids[n] == 0) {
			pause();
			_exit(0);
		}
		if (kids[n] < 0) {
			why = errno;
			break;
		}
	}
	if (pwrite(fd, old, strlen(old), 0) < 0)
		return 2;
	while (n--) {
		kill(kids[n], SIGKILL);
		waitpid(kids[n], NULL, 0);
	}
	return why == EAGAIN ? 0 : 3;
}

int main(void)
{
	is(how_it_ended(in_child(mremap_locked, NULL)), 0, "mremap of locked memory: RLIMIT_MEMLOCK, and it is brought in");
	is(how_it_ended(in_child(grow_locked, NULL)), 0, "brk after mlockall(MCL_FUTURE) likewise");
	is(how_it_ended(in_child(lock_nothing, NULL)), 0, "MAP_LOCKED with RLIMIT_MEMLOCK 0: EPERM");
	is(how_it_ended(in_child(data_limit, NULL)), 0, "mremap and brk keep to RLIMIT_DATA");
	is(how_it_ended(in_child(stack_as, NULL)), -SIGSEGV, "the stack keeps to RLIMIT_AS");
	if (have_timers())
		is(how_it_ended(in_child(timers, NULL)), 0, "RLIMIT_SIGPENDING bounds timers, and a deleted one counts no more");
	is(how_it_ended(in_child(threads_max, NULL)), 0, "threads-max bounds the tasks of all: EAGAIN");
	errors();
	negative_wake();
	return done_testing();
}
