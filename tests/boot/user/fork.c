// SPDX-License-Identifier: GPL-2.0-only
/*
 * fork.c - what a child inherits, and as many children as a limit allows
 */
#include "tap.h"
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

static int inherits(void *arg)
{
	int *fds = arg;
	char c, cwd[64];

	if (lseek(fds[0], 0, SEEK_CUR) != 3)
		return 1;
	if (read(fds[0], &c, 1) != 1 || c != 'd')
		return 2;		/* moves the parent's offset, too */
	if (!getcwd(cwd, sizeof(cwd)) || strcmp(cwd, "/tmp/fork.d"))
		return 3;
	if (umask(0) != 0123)
		return 4;
	if (getppid() != fds[1])
		return 5;
	close(fds[0]);
	if (chdir("/"))
		return 6;
	return 0;
}

static void test_inherit(void)
{
	int fds[2];
	char cwd[64];

	fds[0] = open("/tmp/fork", O_CREAT | O_RDWR | O_TRUNC, 0600);
	fds[1] = getpid();
	need(write(fds[0], "abcdef", 6) == 6 && lseek(fds[0], 3, SEEK_SET) == 3);
	mkdir("/tmp/fork.d", 0700);
	need(chdir("/tmp/fork.d") == 0);
	umask(0123);
	is(how_it_ended(in_child(inherits, fds)), 0, "a child has files, directory, umask");
	is(lseek(fds[0], 0, SEEK_CUR), 4, "the file offset is one for both");
	ok(getcwd(cwd, sizeof(cwd)) && !strcmp(cwd, "/tmp/fork.d"), "the directory is each one's own");
	is(umask(022), 0123, "so is the umask");
	close(fds[0]);
}

static int empty(unused void *arg)
{
	return 0;
}

/* As an ordinary user with a limit of 20 processes: fork fails with EAGAIN, nothing else happens. */
static int bomb(unused void *arg)
{
	struct rlimit rl = { 20, 20 };
	pid_t pid[64];
	int n = 0, err;

	if (setrlimit(RLIMIT_NPROC, &rl) || setuid(4321))
		return 100;
	while (n < 64 && (pid[n] = fork()) > 0)
		n++;
	if (n < 64 && pid[n] == 0)
		for (;;)
			pause();
	err = errno;
	for (int i = 0; i < n; i++)
		kill(pid[i], SIGKILL);
	for (int i = 0; i < n; i++)
		waitpid(pid[i], NULL, 0);
	if (err != EAGAIN)
		return 101;
	return n;
}

/* A real bomb: every process forks as fast as it can. The limit holds it, SIGKILL to all ends it. */
static int real_bomb(unused void *arg)
{
	struct rlimit rl = { 50, 50 };
	pid_t leader;
	long end;

	prctl(PR_SET_CHILD_SUBREAPER, 1);	/* orphans of the bomb come to us to be waited for */
	leader = fork();
	if (leader == 0) {
		setpgid(0, 0);
		if (setrlimit(RLIMIT_NPROC, &rl) || setuid(4322))
			_exit(1);
		for (;;)
			fork();
	}
	setpgid(leader, leader);
	sleep_ms(300);
	end = now_ns() + 10000000000L;
	do {
		kill(-leader, SIGKILL);
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		sleep_ms(10);
	} while (kill(-leader, 0) == 0 && now_ns() < end);
	return now_ns() < end ? 0 : 1;
}

static int vfork_child(unused void *arg)
{
	static volatile int shared;
	pid_t pid = vfork();
	int status;

	if (pid == 0) {
		shared = 5;
		_exit(3);
	}
	if (shared != 5)
		return 1;		/* a vfork'ed child runs in the parent's memory, before it */
	waitpid(pid, &status, 0);
	return WEXITSTATUS(status) == 3 ? 0 : 2;
}

static int names(unused void *arg)
{
	char name[16];

	prctl(PR_SET_NAME, "a-name-that-is-too-long");
	prctl(PR_GET_NAME, name);
	return strcmp(name, "a-name-that-is-") ? 1 : 0;
}

int main(void)
{
	int got;

	test_inherit();
	is(how_it_ended(in_child(names, NULL)), 0, "a name of 15 characters");
	is(how_it_ended(in_child(vfork_child, NULL)), 0, "vfork");
	got = how_it_ended(in_child(bomb, NULL));
	is(got, 19, "RLIMIT_NPROC 20: EAGAIN after 19 children");
	is(how_it_ended(in_child(real_bomb, NULL)), 0,
	   "a fork bomb is held by RLIMIT_NPROC, and can be killed");
	is(how_it_ended(in_child(empty, NULL)), 0, "and afterwards fork works as ever");
	return done_testing();
}
