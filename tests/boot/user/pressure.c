// SPDX-License-Identifier: GPL-2.0-only
/*
 * pressure.c - all memory used up: the one who asks gets ENOMEM or is killed, everybody else lives on
 */
#include "tap.h"
#include <sys/mman.h>
#include <sys/prctl.h>

#define RW	(PROT_READ | PROT_WRITE)
#define CHUNK	(1UL << 20)

/* Touch memory until there is none. Return: 0 by ENOMEM; or dies of SIGKILL by the OOM killer. */
static int eat(unused void *arg)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY);

	if (fd >= 0 && write(fd, "1000", 4) != 4)
		return 9;
	for (;;) {
		char *p = mmap(NULL, CHUNK, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (p == MAP_FAILED)
			return errno == ENOMEM ? 0 : 1;
		for (unsigned long i = 0; i < CHUNK; i += PAGE)
			p[i] = 1;
	}
}

/*
 * As much again by processes that each take a little, until one is killed or fork fails. Which of
 * them, and whether it comes to that, is the kernel's choice.
 */
static int eat_by_fork(unused void *arg)
{
	long nr = proc_number("/proc/meminfo", "MemTotal") * 1024 / (8 * CHUNK) * 3 / 2;
	char *p = mmap(NULL, 8 * CHUNK, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fd = open("/proc/self/oom_score_adj", O_WRONLY);
	pid_t parent = getpid();

	if (fd >= 0 && write(fd, "1000", 4) != 4)
		return 9;
	setpgid(0, 0);
	for (long i = 0; i < nr && waitpid(-1, NULL, WNOHANG) <= 0; i++) {
		pid_t pid = fork();

		if (pid < 0)
			break;
		if (pid == 0) {
			/* Should the parent be the one that is killed: its children must not stay. */
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			if (getppid() != parent)
				_exit(0);
			memset(p, i, 8 * CHUNK);
			for (;;)
				pause();
		}
		sleep_ms(5);
	}
	kill(0, SIGKILL);
	return 1;
}

static int ended_well(int how)
{
	return how == 0 || how == -SIGKILL;
}

int main(void)
{
	long total = proc_number("/proc/meminfo", "MemTotal"), before, after = 0, leeway;
	char *big;
	int how;

	before = proc_number("/proc/meminfo", "MemAvailable");
	for (int round = 0; round < 2; round++) {
		how = how_it_ended(in_child(eat, NULL));
		ok(ended_well(how), "round %d: a process that takes all memory ends (%d)", round, how);
	}
	how = how_it_ended(in_child(eat_by_fork, NULL));
	ok(ended_well(how), "many processes of 8 MiB each (%d)", how);
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
	leeway = on_linux_lite() ? total / 100 : total / 10;	/* Linux lets the page cache go, too */
	for (int i = 0; i < 100; i++) {		/* the dead give their memory back, in their own time */
		after = proc_number("/proc/meminfo", "MemAvailable");
		if (before - after < leeway)
			break;
		sleep_ms(50);
	}
	if (!ok(before - after < leeway, "the memory has come back"))
		diag("MemAvailable was %ld kB, is %ld kB", before, after);
	big = mmap(NULL, 1UL << 36, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ok(big == MAP_FAILED && errno == ENOMEM, "64 GiB at once are refused: no overcommit without bounds");
	big = mmap(NULL, total * 512, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ok(big != MAP_FAILED, "half of the memory is not");
	return done_testing();
}
