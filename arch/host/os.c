// SPDX-License-Identifier: GPL-2.0-only
/*
 * os.c - memory and text from the operating system below: with os_threads.c, or
 * os_solo.c, the only place of this port that knows the C library.
 */
#include "os.h"

#include <execinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static int ram_fd = -1;

static void die(const char *what)
{
	perror(what);
	abort();
}

static void *map_or_die(void *at, size_t size, int prot, int flags, int fd, off_t offset)
{
	void *p = mmap(at, size, prot, flags, fd, offset);

	if (p == MAP_FAILED)
		die("host port: mmap");
	return p;
}

void *os_ram_create(size_t size_bytes)
{
	ram_fd = memfd_create("linux-lite RAM", MFD_CLOEXEC);
	if (ram_fd < 0 || ftruncate(ram_fd, size_bytes))
		die("host port: memfd");
	return map_or_die(NULL, size_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, ram_fd, 0);
}

void *os_reserve(size_t size_bytes)
{
	return map_or_die(NULL, size_bytes, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

void *os_lazy_memory(size_t size_bytes)
{
	return map_or_die(NULL, size_bytes, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

void os_map_ram(void *at, size_t ram_offset, size_t size_bytes)
{
	map_or_die(at, size_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, ram_fd,
		   ram_offset);
}

void os_unmap(void *at, size_t size_bytes)
{
	map_or_die(at, size_bytes, PROT_NONE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
}

void os_write(const char *text, size_t len)
{
	while (len) {
		ssize_t n = write(STDERR_FILENO, text, len);

		if (n <= 0)
			return;
		text += n;
		len -= n;
	}
}

/* Of a host port that was built to see what runs (SAN=coverage): a panic counts, too. */
extern void __gcov_dump(void) __attribute__((weak));

void os_abort(void)
{
	if (__gcov_dump)
		__gcov_dump();
	abort();
}

unsigned int os_backtrace(unsigned long *store, unsigned int size)
{
	return backtrace((void **)store, size);
}

int os_verbose(void)
{
	return getenv("LINUX_LITE_LOG") != NULL;
}
