// SPDX-License-Identifier: GPL-2.0-only
/*
 * The box: linux-lite's user programs in one static file.
 *
 * A static program carries its own copy of the C library, some 700 KiB. Fifty tools as fifty files
 * would carry it fifty times, so they are one program under many names (busybox's idea): the
 * initramfs has /bin/ll, and /bin/ls, /init and so on are symbolic links to it. The kernel runs the
 * link's target, but argv[0] still says which name was called:
 *
 *	/bin/ls -> ll      execve("/bin/ls", {"ls", "-l"})  ->  main() finds "ls" in the table
 *	                   execve("/bin/ll", {"ll", "ls"})  ->  the same, name taken from argv[1]
 *
 * The processes also share every page of the text in the page cache, however many names run.
 *
 * Each applet is `int name_main(int argc, char **argv)` in a file of its own, listed in applets.h.
 * All of it is ordinary Linux C: it compiles and runs unchanged on any Linux machine.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "box.h"

static const struct {
	const char *name;
	applet_fn fn;
} applets[] = {
#define APPLET(name, fn, in_shell) { name, fn##_main },
#include "applets.h"
#undef APPLET
};

#define NR_APPLETS (sizeof(applets) / sizeof(applets[0]))

/* The last component of @path; a login shell's leading '-' does not count. */
const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

/* Prints how to call the applet; returns the exit status for a wrong call. */
int usage(const char *synopsis)
{
	fprintf(stderr, "usage: %s %s\n", program_invocation_short_name, synopsis);
	return 2;
}

void *xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		err(1, "malloc of %zu bytes", size);
	return p;
}

void *xrealloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);

	if (!p)
		err(1, "realloc to %zu bytes", size);
	return p;
}

char *xstrdup(const char *s)
{
	return strcpy(xmalloc(strlen(s) + 1), s);
}

char *xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) < 0)
		err(1, "out of memory");
	va_end(ap);
	return s;
}

/* write(2) may take less than it was given (pipes, signals): this one does not stop half way. */
bool write_all(int fd, const void *buf, size_t len)
{
	const char *p = buf;

	while (len) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= n;
	}
	return true;
}

/* Copies @from to @to until its end. False with errno set when either side failed. */
bool copy_fd(int from, int to)
{
	static char buf[COPY_SIZE];

	for (;;) {
		ssize_t n = read(from, buf, sizeof(buf));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		if (!write_all(to, buf, n))
			return false;
	}
}

/* Where cp, mv and ln put @from: into @to when that is a directory, else at @to. malloced. */
char *target_path(const char *from, const char *to)
{
	struct stat st;

	if (stat(to, &st) == 0 && S_ISDIR(st.st_mode))
		return xasprintf("%s/%s", to, base_name(from));
	return xstrdup(to);
}

/* "TERM", "SIGTERM" or "15" to 15; -1 when it is none. "0" (does it exist?) is 0. */
int parse_signal(const char *name)
{
	char *end;
	long n = strtol(name, &end, 10);

	if (end != name && !*end)
		return n >= 0 && n < NSIG ? (int)n : -1;
	if (strncasecmp(name, "SIG", 3) == 0)
		name += 3;
	for (int sig = 1; sig < NSIG; sig++) {
		if (sigabbrev_np(sig) && strcasecmp(sigabbrev_np(sig), name) == 0)
			return sig;
	}
	return -1;
}

/* The short name ("TERM"), or NULL where the signal has none (real-time signals). */
const char *signal_name(int sig)
{
	return sigabbrev_np(sig);
}

/* A count of seconds, fractions allowed. */
bool parse_delay(const char *text, double *seconds)
{
	char *end;

	*seconds = strtod(text, &end);
	return end != text && !*end && *seconds >= 0 && *seconds < 1e9;
}

void sleep_seconds(double seconds)
{
	struct timespec ts = { .tv_sec = (time_t)seconds };

	ts.tv_nsec = (long)((seconds - (double)ts.tv_sec) * 1e9);
	while (nanosleep(&ts, &ts) < 0 && errno == EINTR)
		;
}

static applet_fn find_applet(const char *name)
{
	for (size_t i = 0; i < NR_APPLETS; i++) {
		if (strcmp(applets[i].name, name) == 0)
			return applets[i].fn;
	}
	return NULL;
}

int main(int argc, char **argv)
{
	const char *name = base_name(argc ? argv[0] : "ll");
	applet_fn fn;
	int status;

	if (*name == '-')
		name++;
	fn = find_applet(name);
	if (!fn && argc > 1) {
		argc--;
		argv++;
		name = base_name(argv[0]);
		fn = find_applet(name);
	}
	if (!fn) {
		printf("linux-lite's box of tools. Call one of:\n");
		for (size_t i = 0; i < NR_APPLETS; i++)
			printf("%s%c", applets[i].name, i % 10 == 9 ? '\n' : ' ');
		printf("\n");
		return argc > 1 ? 127 : 0;
	}
	program_invocation_short_name = (char *)name;
	status = fn(argc, argv);
	if (fflush(stdout) && !status) {
		warn("write");
		status = 1;
	}
	return status;
}
