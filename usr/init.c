// SPDX-License-Identifier: GPL-2.0-only
/*
 * init: the first process, and the ancestor of all others.
 *
 * The kernel starts it by execve with the words of its command line that it did not know itself:
 * `key=value` as environment, what follows `--` as arguments. It owes the system four things:
 *
 *	1. the file systems that programs expect: /proc, /dev
 *	2. the boot script, /etc/rc, and then a shell on the console, started again when it ends
 *	3. wait(): a process whose parent died is given to pid 1, and stays a zombie (its task
 *	   and its pid are not freed) until someone reads its exit status
 *	4. the way out: SIGUSR2 powers off, SIGTERM reboots, SIGUSR1 halts (the `poweroff` and
 *	   `reboot` tools send them). Pid 1 must never end: the kernel panics when it does.
 *
 *	kernel -- execve --> init(1) --+-- fork, wait --> sh /etc/rc
 *	                               +-- fork, setsid, TIOCSCTTY --> -sh   (respawned)
 *	                               '-- reaps all
 *
 * With an absolute path as first argument (`-append "-- /bin/sh /tests/all"`) init runs that
 * command once on the console in the shell's place and powers off after it: the way tests run.
 *
 * Signals are blocked all the time and taken by sigwaitinfo() in one place, so nothing here runs
 * in a handler and no signal can slip in between a check and a sleep.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "box.h"

#define CONSOLE		"/dev/console"
#define RC		"/etc/rc"
#define GRACE_SECONDS	1	/* between SIGTERM and SIGKILL when the system goes down */

static sigset_t watched;	/* the signals that sigwaitinfo() takes */

static void nothing(int sig)
{
}

/*
 * Pid 1 gets no signal whose action is the default one: the kernel drops it. So each has a handler,
 * though it is always blocked and the handler never runs.
 */
static void take_signals(void)
{
	static const int signals[] = { SIGCHLD, SIGTERM, SIGUSR1, SIGUSR2, SIGINT };
	struct sigaction sa = { .sa_handler = nothing };

	sigemptyset(&watched);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		sigaddset(&watched, signals[i]);
		sigaction(signals[i], &sa, NULL);
	}
	sigprocmask(SIG_BLOCK, &watched, NULL);
}

static void mount_one(const char *type, const char *dir)
{
	mkdir(dir, 0755);
	/* EBUSY: the kernel or an earlier init has mounted it already. */
	if (mount(type, dir, type, 0, NULL) < 0 && errno != EBUSY)
		warn("mount %s on %s", type, dir);
}

/* The kernel opens the console for us if the initramfs has a /dev/console; else it is for us. */
static void open_console(void)
{
	int fd = open(CONSOLE, O_RDWR | O_NOCTTY);

	if (fd < 0)
		return;
	for (int i = 0; i < 3; i++) {
		if (fcntl(i, F_GETFD) < 0)
			dup2(fd, i);
	}
	if (fd > 2)
		close(fd);
}

/*
 * Starts a program as leader of its own session. With @terminal the console becomes the session's
 * controlling terminal: only then do ^C and ^Z reach its jobs, and only then can a shell move jobs
 * between foreground and background. But when such a leader ends, the kernel hangs the terminal
 * up, and what was not printed yet is lost, so scripts whose output counts do without.
 */
static pid_t spawn(const char *path, char *const argv[], bool terminal)
{
	pid_t pid = fork();

	if (pid < 0)
		warn("fork");
	if (pid)
		return pid;
	sigprocmask(SIG_UNBLOCK, &watched, NULL);
	setsid();
	if (terminal)
		ioctl(0, TIOCSCTTY, 1);
	execv(path, argv);
	warn("%s", path);
	_exit(127);
}

/* Ends the system. SIGTERM lets programs save their work; SIGKILL ends those that would not. */
static void shut_down(int how)
{
	struct timespec grace = { .tv_sec = GRACE_SECONDS };
	sigset_t child;

	kill(-1, SIGTERM);
	kill(-1, SIGHUP);	/* interactive shells ignore SIGTERM */
	kill(-1, SIGCONT);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	for (;;) {
		pid_t pid = waitpid(-1, NULL, WNOHANG);

		if (pid > 0)
			continue;
		if (pid < 0 || sigtimedwait(&child, NULL, &grace) < 0)
			break;	/* no child left, or they had their time */
	}
	kill(-1, SIGKILL);
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
	sync();
	fflush(NULL);
	reboot(how);
	warn("reboot");	/* without the privilege: stay alive, pid 1 must */
	for (;;)
		pause();
}

static void take_request(int sig)
{
	if (sig == SIGUSR2)
		shut_down(RB_POWER_OFF);
	else if (sig == SIGTERM || sig == SIGINT)
		shut_down(RB_AUTOBOOT);
	else if (sig == SIGUSR1)
		shut_down(RB_HALT_SYSTEM);
}

/* Reaps, and obeys requests, until @pid has ended. Returns its wait status. */
static int wait_for(pid_t pid)
{
	for (;;) {
		int status, sig;
		pid_t dead;

		while ((dead = waitpid(-1, &status, WNOHANG)) > 0) {
			if (dead == pid)
				return status;
		}
		sig = sigwaitinfo(&watched, NULL);
		if (sig > 0)
			take_request(sig);
	}
}

/* The last resort when nothing can be run: stay, reaping, so that the kernel does not panic. */
static void idle(void)
{
	warnx("nothing to run; waiting for SIGUSR2 (power off)");
	for (;;)
		wait_for(-2);
}

int init_main(int argc, char **argv)
{
	char *shell[] = { "-sh", NULL };
	char *rc[] = { "sh", RC, NULL };

	if (getpid() != 1)
		errx(1, "only process 1 can be init; use poweroff or reboot to end the system");
	take_signals();
	mount_one("devtmpfs", "/dev");
	open_console();
	mount_one("proc", "/proc");
	mkdir("/tmp", 01777);
	setenv("PATH", "/bin:/sbin:/usr/bin:/usr/sbin", 0);
	setenv("HOME", "/", 0);
	setenv("TERM", "vt100", 0);

	if (access(RC, R_OK) == 0) {
		pid_t pid = spawn("/bin/sh", rc, false);

		if (pid > 0)
			wait_for(pid);
	}
	if (argc > 1 && argv[1][0] == '/') {
		pid_t pid = spawn(argv[1], argv + 1, false);

		if (pid > 0)
			wait_for(pid);
		shut_down(RB_POWER_OFF);
	}
	for (;;) {
		time_t start = time(NULL);
		pid_t pid = spawn("/bin/sh", shell, true);
		int status = pid > 0 ? wait_for(pid) : -1;

		if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
			idle();
		if (time(NULL) - start < 1)	/* a shell that dies at once must not spin */
			sleep_seconds(1);
	}
}
