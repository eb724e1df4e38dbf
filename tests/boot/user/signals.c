// SPDX-License-Identifier: GPL-2.0-only
/*
 * signals.c - sigaction's flags, masks, pending signals, interrupted calls, and the alternate stack
 */
#include "tap.h"
#include <sys/mman.h>
#include <sys/time.h>
#include <ucontext.h>

static volatile int count, depth, max_depth, order[8], nr_order;
static volatile siginfo_t seen;

static void handler(int sig)
{
	count++;
	if (nr_order < 8)
		order[nr_order++] = sig;
}

static void info_handler(unused int sig, siginfo_t *info, unused void *context)
{
	count++;
	memcpy((void *)&seen, info, sizeof(seen));
}

static void install(int sig, void (*fn)(int), int flags)
{
	struct sigaction sa = { .sa_handler = fn, .sa_flags = flags };

	count = nr_order = 0;
	need(sigaction(sig, &sa, NULL) == 0);
}

static void mask(int how, int sig)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	need(sigprocmask(how, &set, NULL) == 0);
}

static void test_errors(void)
{
	struct sigaction sa = { .sa_handler = handler };

	fails(sigaction(SIGKILL, &sa, NULL), EINVAL, "SIGKILL can't be handled");
	fails(sigaction(SIGSTOP, &sa, NULL), EINVAL, "SIGSTOP can't be handled");
	fails(syscall(SYS_rt_sigaction, 65, NULL, NULL, 8), EINVAL, "there is no signal 65");
	fails(syscall(SYS_rt_sigaction, 0, NULL, NULL, 8), EINVAL, "nor a signal 0");
	fails(syscall(SYS_rt_sigaction, SIGUSR1, NULL, NULL, 16), EINVAL, "a set has 8 bytes");
	fails(syscall(SYS_rt_sigaction, SIGUSR1, (void *)8, NULL, 8), EFAULT, "bad pointer");
	fails(syscall(SYS_rt_sigprocmask, 77, &sa, NULL, 8), EINVAL, "rt_sigprocmask: how");
	fails(kill(getpid(), 65), EINVAL, "kill with signal 65");
	fails(kill(99999, 0), ESRCH, "kill of nobody");
	is(kill(getpid(), 0), 0, "signal 0 only asks");
	fails(syscall(SYS_tgkill, getpid(), 99999, 0), ESRCH, "tgkill of no thread");
	fails(syscall(SYS_tgkill, -1, 1, 0), EINVAL, "tgkill with a negative group");
}

static void test_mask(void)
{
	sigset_t set;

	install(SIGUSR1, handler, 0);
	install(SIGUSR2, handler, 0);
	mask(SIG_BLOCK, SIGUSR1);
	raise(SIGUSR1);
	raise(SIGUSR1);
	is(count, 0, "a blocked signal waits");
	sigpending(&set);
	ok(sigismember(&set, SIGUSR1) && !sigismember(&set, SIGUSR2), "sigpending shows it");
	mask(SIG_UNBLOCK, SIGUSR1);
	is(count, 1, "it comes once, however often it was sent");
	mask(SIG_BLOCK, SIGRTMIN);
	install(SIGRTMIN, handler, 0);
	raise(SIGRTMIN);
	raise(SIGRTMIN);
	mask(SIG_UNBLOCK, SIGRTMIN);
	is(count, 2, "real-time signals are counted");
	install(SIGUSR1, handler, 0);
	mask(SIG_BLOCK, SIGUSR1);
	raise(SIGUSR1);
	signal(SIGUSR1, SIG_IGN);
	signal(SIGUSR1, handler);
	mask(SIG_UNBLOCK, SIGUSR1);
	is(count, 0, "ignoring a signal drops the pending one");
	sigfillset(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigprocmask(SIG_BLOCK, NULL, &set);
	ok(!sigismember(&set, SIGKILL) && !sigismember(&set, SIGSTOP),
	   "SIGKILL and SIGSTOP can't be blocked");
	sigemptyset(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
}

static void nesting(int sig)
{
	if (++depth > max_depth)
		max_depth = depth;
	if (++count < 4)
		raise(sig);
	depth--;
}

static void test_flags(void)
{
	struct sigaction sa;

	install(SIGUSR1, nesting, 0);
	depth = max_depth = 0;
	raise(SIGUSR1);
	is(max_depth, 1, "a handler's own signal waits until it is done");
	is(count, 4, "and then comes again");
	install(SIGUSR1, nesting, SA_NODEFER);
	depth = max_depth = 0;
	raise(SIGUSR1);
	is(max_depth, 4, "SA_NODEFER lets it in at once");
	install(SIGUSR1, handler, SA_RESETHAND);
	raise(SIGUSR1);
	sigaction(SIGUSR1, NULL, &sa);
	ok(sa.sa_handler == SIG_DFL, "SA_RESETHAND: the default action afterwards");
	memset(&sa, 0, sizeof(sa));
	sa.sa_sigaction = info_handler;
	sa.sa_flags = SA_SIGINFO;
	sigaction(SIGUSR1, &sa, NULL);
	kill(getpid(), SIGUSR1);
	is(seen.si_signo, SIGUSR1, "SA_SIGINFO: si_signo");
	is(seen.si_code, SI_USER, "kill: si_code is SI_USER");
	is(seen.si_pid, getpid(), "si_pid is the sender");
	is(seen.si_uid, 0, "si_uid is its user");
	syscall(SYS_tgkill, getpid(), getpid(), SIGUSR1);
	is(seen.si_code, SI_TKILL, "tgkill: si_code is SI_TKILL");
	sigqueue(getpid(), SIGUSR1, (union sigval){ .sival_int = 4711 });
	is(seen.si_code, SI_QUEUE, "sigqueue: si_code is SI_QUEUE");
	is(seen.si_int, 4711, "and the value came with it");
	install(SIGUSR1, handler, 0);
	install(SIGUSR2, handler, 0);
	sa.sa_handler = handler;
	sa.sa_flags = 0;
	sigaddset(&sa.sa_mask, SIGUSR2);
	sigaction(SIGUSR1, NULL, &sa);
	ok(sa.sa_handler == handler && sa.sa_flags == 0, "sigaction gives back what was set");
}

/* Two signals at once: the lower number is delivered first, so its handler runs last... on top of both. */
static void test_order(void)
{
	sigset_t both, none;

	install(SIGUSR1, handler, 0);
	install(SIGUSR2, handler, 0);
	sigemptyset(&none);
	sigemptyset(&both);
	sigaddset(&both, SIGUSR1);
	sigaddset(&both, SIGUSR2);
	sigprocmask(SIG_BLOCK, &both, NULL);
	raise(SIGUSR2);
	raise(SIGUSR1);
	count = nr_order = 0;
	fails(sigsuspend(&none), EINTR, "sigsuspend ends with EINTR");
	is(count, 2, "both signals were delivered");
	sigprocmask(SIG_BLOCK, NULL, &none);
	ok(sigismember(&none, SIGUSR1) && sigismember(&none, SIGUSR2),
	   "and the mask is as before sigsuspend");
	sigprocmask(SIG_UNBLOCK, &both, NULL);
}

static void alarm_in(long us)
{
	struct itimerval t = { { 0, 0 }, { us / 1000000, us % 1000000 } };

	setitimer(ITIMER_REAL, &t, NULL);
}

static void test_interrupt(void)
{
	struct timespec ts = { 5, 0 }, left = { 0, 0 };
	int fds[2], status;
	char c;
	pid_t pid;

	need(pipe(fds) == 0);
	install(SIGALRM, handler, 0);
	alarm_in(30000);
	fails(read(fds[0], &c, 1), EINTR, "a read is interrupted");
	alarm_in(30000);
	fails(pause(), EINTR, "pause is interrupted");
	alarm_in(30000);
	fails(nanosleep(&ts, &left), EINTR, "nanosleep is interrupted");
	ok(left.tv_sec == 4 && left.tv_nsec > 500000000, "and tells what was left");
	pid = fork();
	if (pid == 0) {
		sleep_ms(200);
		_exit(write(fds[1], "x", 1) != 1);
	}
	alarm_in(30000);
	fails(waitpid(pid, &status, 0), EINTR, "waitpid is interrupted");
	install(SIGALRM, handler, SA_RESTART);
	alarm_in(30000);
	is(read(fds[0], &c, 1), 1, "SA_RESTART: the read goes on");
	is(count, 1, "after the handler ran");
	alarm_in(1000);
	is(waitpid(pid, &status, 0), pid, "SA_RESTART: waitpid goes on");
	ts = (struct timespec){ 5, 0 };
	alarm_in(30000);
	fails(nanosleep(&ts, NULL), EINTR, "nanosleep is not restarted all the same");
	signal(SIGALRM, SIG_IGN);
	alarm_in(20000);
	ts = (struct timespec){ 0, 60000000 };
	is(nanosleep(&ts, NULL), 0, "an ignored signal interrupts nothing");
	close(fds[0]);
	close(fds[1]);
}

static void test_timedwait(void)
{
	struct timespec ts = { 0, 20000000 };
	siginfo_t info;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fails(sigtimedwait(&set, &info, &ts), EAGAIN, "sigtimedwait: nothing came in time");
	raise(SIGUSR1);
	is(sigtimedwait(&set, &info, &ts), SIGUSR1, "sigtimedwait takes a pending signal");
	is(info.si_pid, getpid(), "with its siginfo");
	install(SIGUSR1, handler, 0);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	is(count, 0, "and no handler runs for it");
}

static char stack[32768] __attribute__((aligned(16)));
static volatile int on_stack, flags_inside, change_errno;

static void stack_handler(unused int sig)
{
	stack_t ss;
	char here;

	on_stack = &here >= stack && &here < stack + sizeof(stack);
	sigaltstack(NULL, &ss);
	flags_inside = ss.ss_flags;
	ss.ss_flags = 0;
	change_errno = sigaltstack(&ss, NULL) ? errno : 0;
}

/* Each handler is interrupted by the next until the alternate stack is full. No byte below it may change. */
static char *below;

static void nest(unused int sig)
{
	if (below[0] != 'b' || below[PAGE - 1] != 'b')
		_exit(1);
	raise(SIGUSR1);
}

static int fill_altstack(unused void *arg)
{
	struct sigaction sa = { .sa_handler = nest, .sa_flags = SA_ONSTACK | SA_NODEFER };
	char *p = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	stack_t ss = { .ss_sp = p + PAGE, .ss_size = 3 * PAGE };

	if (p == MAP_FAILED || sigaltstack(&ss, NULL))
		return 3;
	below = p;
	memset(below, 'b', PAGE);
	sigaction(SIGUSR1, &sa, NULL);
	raise(SIGUSR1);
	return 4;
}

static void test_altstack(void)
{
	stack_t ss = { .ss_sp = stack, .ss_size = sizeof(stack) }, old;

	is(sigaltstack(&ss, &old), 0, "sigaltstack");
	is(old.ss_flags, SS_DISABLE, "there was none before");
	install(SIGUSR1, stack_handler, SA_ONSTACK);
	raise(SIGUSR1);
	is(on_stack, 1, "SA_ONSTACK runs on it");
	is(flags_inside, SS_ONSTACK, "and says so");
	is(change_errno, EPERM, "it can't be changed while in use");
	install(SIGUSR1, stack_handler, 0);
	raise(SIGUSR1);
	is(on_stack, 0, "without SA_ONSTACK the handler runs on the normal stack");
	ss.ss_size = 100;
	fails(sigaltstack(&ss, NULL), ENOMEM, "too small a stack");
	ss.ss_size = sizeof(stack);
	ss.ss_flags = 0x40;
	fails(sigaltstack(&ss, NULL), EINVAL, "unknown flags");
	ss.ss_flags = SS_DISABLE;
	is(sigaltstack(&ss, NULL), 0, "SS_DISABLE");
	is(how_it_ended(in_child(fill_altstack, NULL)), -SIGSEGV, "a full alternate stack: death by SIGSEGV");
}

int main(void)
{
	test_errors();
	test_mask();
	test_flags();
	test_order();
	if (have_timers())
		test_interrupt();
	else
		tap_skip("calls interrupted by a timer's signal", NO_TIMERS);
	test_timedwait();
	test_altstack();
	return done_testing();
}
