// SPDX-License-Identifier: GPL-2.0-only
/*
 * sigdefault.c - the default action of every signal, stop and continue, and what exec and fork keep
 */
#include "tap.h"
#include <sched.h>
#include <sys/resource.h>

static int raise_default(void *arg)
{
	signal((int)(long)arg, SIG_DFL);
	raise((int)(long)arg);
	return 77;
}

static void test_actions(void)
{
	for (long sig = 1; sig < 65; sig++) {
		int want = -sig;

		if (sig == 32 || sig == 33)	/* the C library keeps them for itself */
			continue;
		if (sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU)
			continue;		/* in test_stop() */
		if (sig == SIGCHLD || sig == SIGCONT || sig == SIGURG || sig == SIGWINCH)
			want = 77;		/* ignored: the child lives on */
		is(how_it_ended(in_child(raise_default, (void *)sig)), want,
		   "default action of signal %ld", sig);
	}
}

static int spin(unused void *arg)
{
	for (;;)
		sched_yield();
	return 0;
}

static int spin_no_calls(unused void *arg)
{
	for (;;)
		;
	return 0;
}

static void test_stop(int sig, int (*fn)(void *), const char *name)
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(fn(NULL));
	setpgid(pid, pid);	/* job control signals don't stop orphaned groups; this one is not */
	kill(pid, sig);
	is(waitpid(pid, &status, WUNTRACED), pid, "%s: waitpid WUNTRACED returns", name);
	ok(WIFSTOPPED(status) && WSTOPSIG(status) == sig, "%s: stopped by the signal", name);
	is(waitpid(pid, &status, WUNTRACED | WNOHANG), 0, "%s: told once only", name);
	kill(pid, SIGCONT);
	is(waitpid(pid, &status, WCONTINUED), pid, "%s: waitpid WCONTINUED returns", name);
	ok(WIFCONTINUED(status), "%s: continued", name);
	kill(pid, sig);
	is(waitpid(pid, &status, WUNTRACED), pid, "%s: stopped again", name);
	kill(pid, SIGKILL);
	is(waitpid(pid, &status, 0), pid, "%s: SIGKILL reaches a stopped process", name);
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "%s: and kills it", name);
}

static volatile int hits;

static void hit(unused int sig)
{
	hits++;
}

/* exec resets handlers, keeps ignored signals ignored, keeps the mask; fork keeps everything. */
static void test_exec_keeps(const char *self)
{
	sigset_t set;
	int status;
	pid_t pid;

	signal(SIGUSR1, SIG_IGN);
	signal(SIGUSR2, hit);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	pid = fork();
	if (pid == 0) {
		struct sigaction sa;

		raise(SIGUSR2);
		sigaction(SIGUSR1, NULL, &sa);
		if (hits != 1 || sa.sa_handler != SIG_IGN)
			_exit(9);
		execl(self, self, "look", NULL);
		_exit(10);
	}
	waitpid(pid, &status, 0);
	is(how_it_ended(status), 0, "fork keeps handlers; exec resets them, keeps SIG_IGN and the mask");
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static int look(void)
{
	struct sigaction sa;
	sigset_t set;

	sigaction(SIGUSR1, NULL, &sa);
	if (sa.sa_handler != SIG_IGN)
		return 1;
	sigaction(SIGUSR2, NULL, &sa);
	if (sa.sa_handler != SIG_DFL)
		return 2;
	sigprocmask(SIG_BLOCK, NULL, &set);
	return sigismember(&set, SIGTERM) ? 0 : 3;
}

/* SIGCHLD comes to the parent; with SIG_IGN children vanish without a wait. */
static void test_sigchld(void)
{
	pid_t pid;

	hits = 0;
	signal(SIGCHLD, hit);
	in_child(raise_default, (void *)SIGWINCH);
	is(hits, 1, "a child's end is a SIGCHLD");
	signal(SIGCHLD, SIG_IGN);
	pid = fork();
	if (pid == 0)
		_exit(0);
	fails(waitpid(pid, NULL, 0), ECHILD, "SIGCHLD ignored: nothing to wait for");
	signal(SIGCHLD, SIG_DFL);
}

static int broadcast(unused void *arg)
{
	pid_t pid[3];
	int bad = 0, status;

	if (setpgid(0, 0))
		return 1;
	signal(SIGTERM, SIG_IGN);
	for (int i = 0; i < 3; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			signal(SIGTERM, SIG_DFL);
			for (;;)
				pause();
		}
	}
	sleep_ms(50);
	kill(0, SIGTERM);
	for (int i = 0; i < 3; i++)
		bad += waitpid(pid[i], &status, 0) != pid[i] || WTERMSIG(status) != SIGTERM;
	return bad;
}

int main(int argc, char **argv)
{
	struct rlimit none = { 0, 0 };

	if (argc > 1)
		return look();
	setrlimit(RLIMIT_CORE, &none);
	test_actions();
	test_stop(SIGSTOP, spin, "SIGSTOP");
	test_stop(SIGTSTP, spin_no_calls, "SIGTSTP");
	test_exec_keeps(argv[0]);
	test_sigchld();
	is(how_it_ended(in_child(broadcast, NULL)), 0, "kill(0) reaches the whole process group");
	return done_testing();
}
