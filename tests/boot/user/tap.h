/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tap.h - the smallest TAP (Test Anything Protocol) producer the boot tests need
 *
 * A boot test is an ordinary static Linux/riscv64 program. It says what it found, a line a claim:
 *
 *	ok 1 - munmap of a hole succeeds
 *	not ok 2 - mmap of length 0
 *	# mmap.c:31: got 0, want -1 (EINVAL)
 *	1..2
 *
 * and exits with 0 when every claim held. `runner.c` starts the programs, tests/boot/run on the host
 * reads the lines. Because the programs use only the Linux ABI, the same binaries run on a real Linux:
 * it is the oracle, and a claim that fails only on linux-lite is a bug of linux-lite.
 *
 *  T1  One line is one write(2): lines of processes that run at the same time never mix.
 *  T2  No stdio buffer: a forked child can't print its parent's lines again, and a program that is
 *      killed has shown all it found.
 *  T3  The count is private to a process. A child therefore makes no claims of its own: it tells its
 *      parent by its exit status (in_child()), and the parent makes the claim.
 *
 * Include this header first: it asks for the GNU and Linux parts of the C library.
 * Everything is `static` in this header so that a test stays one file and one compiler command.
 */
#ifndef TESTS_BOOT_TAP_H
#define TESTS_BOOT_TAP_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define unused	__attribute__((unused))
#define PAGE	4096UL

static int tap_nr;		/* claims made so far */
static int tap_nr_failed;	/* of which false */

/* Write a line as one (T1, T2); a signal may cut a write to a terminal short, so go on with the rest. */
static void tap_write(const char *line, int len)
{
	while (len > 0) {
		ssize_t n = write(1, line, len);

		if (n < 0 && errno != EINTR)
			_exit(120);
		if (n > 0)
			line += n, len -= n;
	}
}

/* Say something that is no claim. */
static unused __attribute__((format(printf, 1, 2))) void diag(const char *fmt, ...)
{
	char line[512] = "# ";
	va_list args;
	int len;

	va_start(args, fmt);
	len = 2 + vsnprintf(line + 2, sizeof(line) - 3, fmt, args);
	va_end(args);
	if (len > (int)sizeof(line) - 2)
		len = sizeof(line) - 2;
	line[len++] = '\n';
	tap_write(line, len);
}

static __attribute__((format(printf, 2, 0))) void tap_line(int good, const char *fmt, va_list args)
{
	char line[512];
	int len = snprintf(line, sizeof(line), "%s %d - ", good ? "ok" : "not ok", ++tap_nr);

	len += vsnprintf(line + len, sizeof(line) - len - 1, fmt, args);
	if (len > (int)sizeof(line) - 2)
		len = sizeof(line) - 2;
	line[len++] = '\n';
	tap_write(line, len);
	tap_nr_failed += !good;
}

static unused __attribute__((format(printf, 4, 5)))
int tap_ok(int good, const char *file, int line, const char *fmt, ...)
{
	int saved = errno;
	va_list args;

	va_start(args, fmt);
	tap_line(good, fmt, args);
	va_end(args);
	if (!good)
		diag("%s:%d: false (errno %d %s)", file, line, saved, strerror(saved));
	return good;
}

static unused __attribute__((format(printf, 5, 6)))
int tap_is(long got, long want, const char *file, int line, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	tap_line(got == want, fmt, args);
	va_end(args);
	if (got != want)
		diag("%s:%d: got %ld (0x%lx), want %ld (0x%lx)", file, line, got, got, want, want);
	return got == want;
}

static unused __attribute__((format(printf, 6, 7)))
int tap_fails(long ret, int err, int want, const char *file, int line, const char *fmt, ...)
{
	int good = ret == -1 && err == want;
	va_list args;

	va_start(args, fmt);
	tap_line(good, fmt, args);
	va_end(args);
	if (!good)
		diag("%s:%d: returned %ld, errno %d %s; want -1, errno %d %s", file, line, ret,
		     ret == -1 ? err : 0, ret == -1 ? strerrorname_np(err) : "",
		     want, strerrorname_np(want));
	return good;
}

/* The claim that @cond holds; what follows is printf's format and arguments that name the claim. */
#define ok(cond, ...)		tap_ok(!!(cond), __FILE__, __LINE__, __VA_ARGS__)

/* The claim that two integers are the same. */
#define is(got, want, ...)	tap_is((long)(got), (long)(want), __FILE__, __LINE__, __VA_ARGS__)

/* The claim that a call returns -1 (or MAP_FAILED, which is -1 too) with errno @want. */
#define fails(call, want, ...)	({							\
	errno = 0;									\
	long fails_ret = (long)(call);							\
	tap_fails(fails_ret, errno, want, __FILE__, __LINE__, __VA_ARGS__);		\
})

/* The claims of @what are not made: the kernel was built without what they are about. */
static unused void tap_skip(const char *what, const char *why)
{
	char line[256];
	int len = snprintf(line, sizeof(line), "ok %d - %s # SKIP %s\n", ++tap_nr, what, why);

	tap_write(line, len);
}

/* Return: 0 on a kernel without CONFIG_POSIX_TIMERS; the kernel itself is asked. */
static unused int have_timers(void)
{
	return syscall(SYS_getitimer, 0, NULL) != -1 || errno != ENOSYS;
}

#define NO_TIMERS	"a kernel without POSIX timers"

/* For what a test needs before it can claim anything: say why and give up. */
#define need(cond)	do {								\
	if (!(cond)) {									\
		diag("%s:%d: can't go on without %s: %s", __FILE__, __LINE__, #cond,	\
		     strerror(errno));							\
		exit(99);								\
	}										\
} while (0)

/* Prints the plan. Return: what main() returns. */
static unused int done_testing(void)
{
	char line[32];
	int len = snprintf(line, sizeof(line), "1..%d\n", tap_nr);

	tap_write(line, len);
	return tap_nr_failed != 0;
}

/* Run @fn(@arg) in a forked child. Return: the child's wait status. */
static unused int in_child(int (*fn)(void *), void *arg)
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(fn(arg));
	need(pid > 0);
	need(waitpid(pid, &status, 0) == pid);
	return status;
}

/* Return: the exit status when a child exited, minus the signal when it was killed. */
static unused int how_it_ended(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* Read a whole (small) file into @buf as a string. Return: its length or -1. */
static unused ssize_t slurp(const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t len = 0;
	ssize_t n;

	if (fd < 0)
		return -1;
	while (len < size - 1 && (n = read(fd, buf + len, size - 1 - len)) > 0)
		len += n;
	close(fd);
	buf[len] = 0;
	return len;
}

/* Return: the number after "@key:" in a file like /proc/meminfo, or -1. */
static unused long proc_number(const char *path, const char *key)
{
	static char text[16384];
	char *at = text;
	size_t len = strlen(key);

	if (slurp(path, text, sizeof(text)) < 0)
		return -1;
	for (; at; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (!strncmp(at, key, len) && at[len] == ':')
			return strtol(at + len + 1, NULL, 10);
	}
	return -1;
}

/* Return: how many orders of free blocks the kernel has: 11 as Linux, 1 if it has single pages only. */
static unused int proc_orders(void)
{
	char text[4096], *end;
	int nr = 0;

	if (slurp("/proc/buddyinfo", text, sizeof(text)) < 0 || !(end = strchr(text, '\n')))
		return 11;
	*end = 0;
	for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
		nr++;
	return nr - 4 == 1 ? 1 : 11;		/* "Node 0, zone DMA32" comes first */
}

/* Return: @address as a pointer of which the compiler knows nothing, so that it lets us misuse it. */
static unused void *wild(unsigned long address)
{
	__asm__("" : "+r"(address));
	return (void *)address;
}

/* Return: the monotonic clock in nanoseconds. */
static unused long now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000L + ts.tv_nsec;
}

static unused void sleep_ms(long ms)
{
	struct timespec ts = { ms / 1000, ms % 1000 * 1000000L };

	while (nanosleep(&ts, &ts) && errno == EINTR)
		;
}

/* Return: 1 on linux-lite, 0 on the Linux it is compared with. */
static unused int on_linux_lite(void)
{
	struct utsname u;

	return !uname(&u) && (strstr(u.release, "lite") || strstr(u.version, "lite"));
}

#endif
