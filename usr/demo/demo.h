/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the memory demos share: how a program learns what the kernel did for it, and the checks.
 *
 * Each demo is an ordinary Linux program and shows the same on Linux and on linux-lite. It prints
 * what is to be expected, what happened, and ends with status 1 if the two differ.
 */
#ifndef USR_DEMO_H
#define USR_DEMO_H

#include <err.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

static int failures;

/* Says whether what the text states is so. */
__attribute__((format(printf, 2, 3), unused))
static void check(bool ok, const char *fmt, ...)
{
	va_list ap;

	printf(ok ? "  ok    " : "  WRONG ");
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	failures += !ok;
}

__attribute__((unused))
static int finish(void)
{
	printf(failures ? "%d of these were not as expected.\n" : "All as expected.\n", failures);
	return failures != 0;
}

/* Faults of this process that were served without waiting for a device. */
__attribute__((unused))
static long minor_faults(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_minflt;
}

/* A line such as "VmRSS:  1234 kB" of /proc/self/status; -1 if the kernel has none. */
__attribute__((unused))
static long status_kb(const char *name)
{
	FILE *f = fopen("/proc/self/status", "r");
	size_t len = strlen(name);
	char line[256];
	long kb = -1;

	while (f && fgets(line, sizeof(line), f)) {
		if (strncmp(line, name, len) == 0 && line[len] == ':')
			kb = atol(line + len + 1);
	}
	if (f)
		fclose(f);
	return kb;
}

/* Fresh anonymous memory, in pages of the smallest size: Linux may otherwise use 2 MiB ones. */
__attribute__((unused))
static volatile char *map_pages(size_t count)
{
	size_t size = count * (size_t)sysconf(_SC_PAGESIZE);
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		err(1, "mmap of %zu bytes", size);
	madvise(p, size, MADV_NOHUGEPAGE);	/* fails where there are none: as well */
	return p;
}

#endif
