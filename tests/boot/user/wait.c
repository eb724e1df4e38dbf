// SPDX-License-Identifier: GPL-2.0-only
/*
 * wait.c - wait4 and waitid, zombies, orphans, process groups and sessions
 */
#include "tap.h"
#include <sys/prctl.h>
#include <sys/resource.h>

static int exits_with(void *arg)
{
	return (int)(long)arg;
}

static pid_t child(int code, int delay_ms)
{
	pid_t pid = fork();

	if (pid == 0) {
		sleep_ms(delay_ms);
		_exit(code);
	}
	need(pid > 0);
	return pid;
}

static void test_wait(void)
{
	struct rusage ru;
	int status;
	pid_t a, b;

	fails(waitpid(-1, NULL, 0), ECHILD, "no children: ECHILD");
	fails(waitpid(1, NULL, 0), ECHILD, "somebody else's process: ECHILD");
	fails(waitpid(-1, NULL, 0x100), EINVAL, "unknown options: EINVAL");
	is(how_it_ended(in_child(exits_with, (void *)255)), 255, "exit status 255");
	is(how_it_ended(in_child(exits_with, (void *)256)), 0, "only the low byte counts");
	a = child(1, 100);
	is(waitpid(a, &status, WNOHANG), 0, "WNOHANG: still running");
	is(waitpid(a, &status, 0), a, "waitpid of one");
	fails(waitpid(a, &status, 0), ECHILD, "once only");
	a = child(1, 60);
	b = child(2, 0);
	is(waitpid(-1, &status, 0), b, "-1: whoever ends first");
	is(WEXITSTATUS(status), 2, "with its status");
	is(waitpid(0, &status, 0), a, "0: any of my group");
	a = child(3, 0);
	setpgid(a, a);
	fails(waitpid(0, &status, WNOHANG), ECHILD, "0: nobody of my group any more");
	is(waitpid(-a, &status, 0), a, "-pgid: one of that group");
	a = child(4, 0);
	is(wait4(a, &status, 0, &ru), a, "wait4");
	ok(ru.ru_maxrss > 0 && ru.ru_minflt > 0, "tells what the child used");
	a = child(5, 0);
	fails(syscall(SYS_wait4, a, (void *)8, 0, NULL), EFAULT, "wait4 with a bad pointer");
}

static void test_waitid(void)
{
	siginfo_t info;
	pid_t a = child(9, 0);

	memset(&info, 0, sizeof(info));
	is(waitid(P_PID, a, &info, WEXITED | WNOWAIT), 0, "waitid WNOWAIT");
	is(info.si_pid, a, "si_pid");
	is(info.si_code, CLD_EXITED, "si_code");
	is(info.si_status, 9, "si_status");
	is(info.si_signo, SIGCHLD, "si_signo");
	is(waitid(P_ALL, 0, &info, WEXITED), 0, "the child is still there to be waited for");
	fails(waitid(P_PID, a, &info, WEXITED), ECHILD, "and then not any more");
	a = child(0, 10000);
	kill(a, SIGKILL);
	is(waitid(P_PID, a, &info, WEXITED), 0, "waitid of a killed child");
	ok(info.si_code == CLD_KILLED && info.si_status == SIGKILL, "CLD_KILLED, SIGKILL");
	fails(waitid(P_ALL, 0, &info, 0), EINVAL, "no event asked for");
}

static void test_zombie(void)
{
	char path[64], text[512], *state;
	pid_t a = child(0, 0);

	sleep_ms(50);
	snprintf(path, sizeof(path), "/proc/%d/stat", a);
	slurp(path, text, sizeof(text));
	state = strrchr(text, ')');
	ok(state && state[2] == 'Z', "a child nobody has waited for is a zombie");
	is(kill(a, SIGTERM), 0, "that can be sent signals");
	is(waitpid(a, NULL, 0), a, "and be waited for");
	fails(kill(a, 0), ESRCH, "then it is gone");
}

/* A child whose parent has gone belongs to init, or to the nearest that asked for it. */
static int reaper(unused void *arg)
{
	int status, fds[2];
	pid_t orphan = 0, got, parent;

	if (prctl(PR_SET_CHILD_SUBREAPER, 1) || pipe(fds))
		return 1;
	parent = fork();
	if (parent == 0) {
		orphan = fork();
		if (orphan == 0) {
			sleep_ms(100);
			_exit(getppid() == (pid_t)syscall(SYS_getppid) ? 33 : 1);
		}
		_exit(write(fds[1], &orphan, sizeof(orphan)) != sizeof(orphan));
	}
	waitpid(parent, &status, 0);
	if (read(fds[0], &orphan, sizeof(orphan)) != sizeof(orphan))
		return 2;
	got = waitpid(orphan, &status, 0);
	if (got != orphan || WEXITSTATUS(status) != 33)
		return 3;
	return 0;
}

static int orphan_of_init(unused void *arg)
{
	int fds[2];
	pid_t ppid = 0;

	if (pipe(fds))
		return 1;
	if (fork() == 0) {
		if (fork() == 0) {
			for (int i = 0; i < 100 && getppid() != 1; i++)
				sleep_ms(10);
			ppid = getppid();
			_exit(write(fds[1], &ppid, sizeof(ppid)) < 0);
		}
		_exit(0);
	}
	wait(NULL);
	if (read(fds[0], &ppid, sizeof(ppid)) != sizeof(ppid))
		return 2;
	return ppid == 1 ? 0 : 3;
}

static int groups(unused void *arg)
{
	pid_t me = getpid(), kid;
	int status;

	if (getpgrp() == me || setpgid(0, 0) || getpgrp() != me || getpgid(0) != me)
		return 1;
	if (setpgid(99999, 0) != -1 || errno != ESRCH)
		return 2;
	if (setpgid(0, -1) != -1 || errno != EINVAL)
		return 3;
	if (setsid() != -1 || errno != EPERM)
		return 4;			/* a group leader can't start a session */
	kid = fork();
	if (kid == 0) {
		if (getpgrp() != me || getsid(0) != getsid(me))
			_exit(1);
		if (setsid() != getpid() || getpgrp() != getpid() || getsid(0) != getpid())
			_exit(2);
		if (setpgid(0, me) != -1 || errno != EPERM)
			_exit(3);		/* a session leader stays where it is */
		_exit(0);
	}
	if (waitpid(kid, &status, 0) != kid || status)
		return 10 + WEXITSTATUS(status);
	kid = fork();
	if (kid == 0) {
		execl("/tests/wait", "wait", "pause", NULL);
		_exit(1);
	}
	sleep_ms(100);
	if (setpgid(kid, kid) != -1 || errno != EACCES)
		return 5;			/* a child that has called exec is left alone */
	kill(kid, SIGKILL);
	waitpid(kid, NULL, 0);
	if (kill(-99999, 0) != -1 || errno != ESRCH)
		return 6;
	return 0;
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return pause();
	test_wait();
	while (wait(NULL) > 0)
		;
	test_waitid();
	test_zombie();
	is(how_it_ended(in_child(reaper, NULL)), 0, "orphans go to the subreaper");
	is(how_it_ended(in_child(orphan_of_init, NULL)), 0, "orphans go to init");
	is(how_it_ended(in_child(groups, NULL)), 0, "process groups and sessions");
	return done_testing();
}
