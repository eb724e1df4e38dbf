// SPDX-License-Identifier: GPL-2.0-only
/*
 * tty.c - the console as a terminal: settings, window size, controlling terminal, job control
 *
 * Nobody types here; what a person sees at the prompt is tried by tests/boot/run with a real
 * pseudo-terminal. This program asks only what can be asked without input.
 */
#include "tap.h"
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>

static int console;

static void test_settings(void)
{
	struct termios t, changed, back;
	struct winsize ws = { 0 }, set = { 33, 111, 0, 0 };
	int fd, n;

	is(isatty(console), 1, "the console is a terminal");
	need(tcgetattr(console, &t) == 0);
	is(t.c_lflag & (ICANON | ECHO | ISIG), ICANON | ECHO | ISIG, "canonical, echo, signals");
	is(t.c_oflag & (OPOST | ONLCR), OPOST | ONLCR, "newline becomes CR NL");
	is(t.c_iflag & ICRNL, ICRNL, "CR becomes newline");
	is(t.c_cc[VINTR], 3, "VINTR is ^C");
	is(t.c_cc[VEOF], 4, "VEOF is ^D");
	is(t.c_cc[VSUSP], 26, "VSUSP is ^Z");
	is(t.c_cc[VERASE], 127, "VERASE is DEL");
	is(t.c_cc[VKILL], 21, "VKILL is ^U");
	changed = t;
	changed.c_lflag &= ~(ICANON | ECHO);
	changed.c_cc[VMIN] = 0;
	changed.c_cc[VTIME] = 0;
	is(tcsetattr(console, TCSANOW, &changed), 0, "tcsetattr: raw");
	need(tcgetattr(console, &back) == 0);
	is(back.c_lflag & (ICANON | ECHO), 0, "tcgetattr shows it");
	is(read(console, &n, 1), 0, "VMIN 0, VTIME 0: read returns at once");
	changed.c_cc[VTIME] = 1;
	need(tcsetattr(console, TCSADRAIN, &changed) == 0);
	is(read(console, &n, 1), 0, "VTIME 1: read returns after a tenth of a second");
	is(tcsetattr(console, TCSAFLUSH, &t), 0, "and back");
	is(ioctl(console, TIOCSWINSZ, &set), 0, "TIOCSWINSZ");
	is(ioctl(console, TIOCGWINSZ, &ws), 0, "TIOCGWINSZ");
	ok(ws.ws_row == 33 && ws.ws_col == 111, "33 rows, 111 columns");
	is(ioctl(console, FIONREAD, &n), 0, "FIONREAD");
	is(n, 0, "nothing typed");
	fails(ioctl(console, 0x54ff, &n), ENOTTY, "an unknown ioctl is ENOTTY");
	fails(syscall(SYS_ioctl, console, TCGETS, 8), EFAULT, "bad pointer");
	fd = open("/tmp/tty", O_CREAT | O_RDWR, 0600);
	fails(tcgetattr(fd, &t), ENOTTY, "a file is no terminal");
	fails(lseek(console, 0, SEEK_SET), ESPIPE, "a terminal can't seek");
	close(fd);
}

static volatile int got_sig;

static void note(int sig)
{
	got_sig = sig;
}

/* A session of its own, the console its terminal. */
static int session(unused void *arg)
{
	struct pollfd p;
	int fd, status, pgrp;
	char c;
	pid_t kid;

	if (open("/dev/tty", O_RDWR) != -1 || errno != ENXIO)
		return 1;		/* no controlling terminal yet */
	if (setsid() < 0)
		return 2;
	if (ioctl(console, TIOCSCTTY, 1))
		return 3;
	fd = open("/dev/tty", O_RDWR);
	if (fd < 0 || !isatty(fd))
		return 4;
	if (tcgetsid(fd) != getpid() || tcgetpgrp(fd) != getpgrp())
		return 5;
	kid = fork();
	if (kid == 0) {
		setpgid(0, 0);
		pause();
		_exit(0);
	}
	setpgid(kid, kid);
	if (tcsetpgrp(fd, kid) || tcgetpgrp(fd) != kid)
		return 6;		/* the foreground is the child's group now, we are background */
	signal(SIGTTOU, SIG_IGN);
	if (tcsetpgrp(fd, getpgrp()))
		return 7;		/* allowed with SIGTTOU ignored */
	if (tcsetpgrp(fd, 99999) != -1 || errno != ESRCH)
		return 8;
	if (ioctl(fd, TIOCGPGRP, &pgrp) || pgrp != getpgrp())
		return 9;
	p = (struct pollfd){ .fd = fd, .events = POLLIN | POLLOUT };
	if (poll(&p, 1, 0) != 1 || p.revents != POLLOUT)
		return 10;
	kill(kid, SIGKILL);
	waitpid(kid, &status, 0);
	kid = fork();
	if (kid == 0) {			/* a background read stops its reader */
		setpgid(0, 0);
		_exit(read(fd, &c, 1));
	}
	setpgid(kid, kid);
	if (waitpid(kid, &status, WUNTRACED) != kid || !WIFSTOPPED(status) || WSTOPSIG(status) != SIGTTIN)
		return 11;
	kill(kid, SIGKILL);
	waitpid(kid, &status, 0);
	kid = fork();
	if (kid == 0) {			/* changing settings from the background does, too */
		struct termios t;

		signal(SIGTTOU, SIG_DFL);
		setpgid(0, 0);
		tcgetattr(fd, &t);
		_exit(tcsetattr(fd, TCSANOW, &t) ? 1 : 0);
	}
	setpgid(kid, kid);
	if (waitpid(kid, &status, WUNTRACED) != kid || !WIFSTOPPED(status) || WSTOPSIG(status) != SIGTTOU)
		return 12;
	kill(kid, SIGKILL);
	waitpid(kid, &status, 0);
	kid = fork();
	if (kid == 0) {			/* an orphaned background group gets EIO instead */
		if (fork())
			_exit(0);
		setpgid(0, 0);
		sleep_ms(100);
		_exit(0);
	}
	waitpid(kid, &status, 0);
	signal(SIGHUP, note);
	if (ioctl(fd, TIOCNOTTY, 0) || open("/dev/tty", O_RDWR) != -1 || got_sig != SIGHUP)
		return 13;		/* given up: the foreground group is told by SIGHUP */
	return 0;
}

static int set_pid_max(int max)
{
	char text[16];
	int fd = open("/proc/sys/kernel/pid_max", O_WRONLY);
	int n = snprintf(text, sizeof(text), "%d", max);
	int ok = fd >= 0 && write(fd, text, n) == n;

	close(fd);
	return ok;
}

/* In a child that has the number @nr: a group of its own, which says what signal it gets. */
static void stranger(int out)
{
	signal(SIGWINCH, note);
	setpgid(0, 0);
	if (write(out, "1", 1) != 1)
		_exit(1);
	sleep_ms(200);
	_exit(got_sig == SIGWINCH);
}

/* A process that only waits, with a number that is given again after a wrap (not below 300). */
static pid_t waiting_child(void)
{
	for (;;) {
		pid_t kid = fork();

		if (kid == 0) {
			if (getpid() > 300)
				pause();
			_exit(0);
		}
		if (kid > 300)
			return kid;
		waitpid(kid, NULL, 0);
	}
}

/* The last of the foreground group goes; who gets its number later is not the foreground. */
static int number_again(unused void *arg)
{
	struct winsize ws = { 20, 70, 0, 0 };
	int fds[2], status, old_max = 32768, bad = 0;
	pid_t kid, front;
	char c;

	if (setsid() < 0 || ioctl(console, TIOCSCTTY, 1) || pipe(fds))
		return 1;
	signal(SIGTTOU, SIG_IGN);
	front = waiting_child();
	if (setpgid(front, front) || tcsetpgrp(console, front))
		return 2;
	kill(front, SIGKILL);
	waitpid(front, &status, 0);
	if (!set_pid_max(front + 10))
		return 3;
	for (int left = front; left && !bad; left--) {	/* once around */
		kid = fork();
		if (kid == 0) {
			if (getpid() == front)
				stranger(fds[1]);
			_exit(0);
		}
		if (kid == front) {
			if (read(fds[0], &c, 1) != 1)
				bad = 4;
			ws.ws_row++;
			ioctl(console, TIOCSWINSZ, &ws);
		}
		waitpid(kid, &status, 0);
		if (status)
			bad = 5;		/* the stranger was signalled */
		if (kid == front)
			break;
	}
	if (!set_pid_max(old_max))
		return 6;
	return bad;
}

/* The death of a session's leader sends SIGHUP to the foreground and frees the terminal. */
static int hangup(unused void *arg)
{
	int fds[2];
	char c;

	if (pipe(fds))
		return 1;
	if (fork() == 0) {
		if (setsid() < 0 || ioctl(console, TIOCSCTTY, 1))
			_exit(1);
		signal(SIGHUP, SIG_IGN);
		if (fork() == 0) {
			signal(SIGHUP, SIG_DFL);
			if (write(fds[1], "1", 1) != 1)
				_exit(1);
			sleep_ms(10000);
			if (write(fds[1], "2", 1) != 1)
				_exit(1);
		}
		sleep_ms(100);
		_exit(0);
	}
	close(fds[1]);
	if (read(fds[0], &c, 1) != 1 || read(fds[0], &c, 1) != 0)
		return 2;		/* the second child must have died of SIGHUP: no "2" */
	return 0;
}

int main(void)
{
	int got;

	console = open("/dev/console", O_RDWR | O_NOCTTY);
	need(console >= 0);
	test_settings();
	got = how_it_ended(in_child(session, NULL));
	is(got, 0, "a session with the console as its terminal");
	is(how_it_ended(in_child(number_again, NULL)), 0,
	   "who gets the number of a group that is gone does not get its signals");
	is(how_it_ended(in_child(hangup, NULL)), 0, "the session leader's end hangs up");
	return done_testing();
}
