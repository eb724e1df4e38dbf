// SPDX-License-Identifier: GPL-2.0-only
/*
 * compaction.c - /proc/sys/vm/compact_memory: a file full of holes lies between the free frames,
 * and is moved together.
 */
#include "tap.h"
#include <sys/mman.h>
#include <sys/stat.h>

#define KNOB	"/proc/sys/vm/compact_memory"
#define PAGES	8192		/* 32 MiB */
#define HUGE	9		/* order of 2 MiB */

/* Return: free pages in blocks of at least 2^@order, of all zones; -1: no such file. */
static long free_in_blocks(int order)
{
	char text[4096], *line = text;
	long sum = 0;

	if (slurp("/proc/buddyinfo", text, sizeof(text)) < 0)
		return -1;
	for (; (line = strstr(line, "zone ")); ) {
		char *at = line + strlen("zone ");

		at += strspn(at, " ");
		at += strcspn(at, " ");
		for (int o = 0; o <= 10; o++) {
			long nr = strtol(at, &at, 10);

			sum += o >= order ? nr << o : 0;
		}
		line = at;
	}
	return sum;
}

static long vmstat(const char *key)
{
	static char text[16384];
	char *at = text;
	size_t len = strlen(key);

	slurp("/proc/vmstat", text, sizeof(text));
	for (; at; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (!strncmp(at, key, len) && at[len] == ' ')
			return strtol(at + len, NULL, 10);
	}
	return -1;
}

static long write_knob(const char *what)
{
	int fd = open(KNOB, O_WRONLY), saved;
	long ret = write(fd, what, strlen(what));

	saved = errno;
	close(fd);
	errno = saved;
	return ret;
}

static void test_knob(void)
{
	struct stat st;

	ok(!stat(KNOB, &st) && st.st_mode == (S_IFREG | 0200), "compact_memory may be written by root");
	fails(open(KNOB, O_RDONLY), EACCES, "and not be read, even by root");
	fails(write_knob("0\n"), EINVAL, "0 is EINVAL");
	fails(write_knob("2\n"), EINVAL, "2 is EINVAL");
	fails(write_knob("-1\n"), EINVAL, "-1 is EINVAL");
	fails(write_knob("x"), EINVAL, "x is EINVAL");
	is(write_knob("1\n"), 2, "1 is accepted");
	is(write_knob("1"), 1, "without a newline, too");
}

static unsigned long word(long page)
{
	return (page + 1) * 0x9e3779b97f4a7c15;
}

/* A file of which every second page is a hole. */
static int make_file(void)
{
	static unsigned long page[PAGE / sizeof(long)];
	int fd = memfd_create("holes", 0);

	need(fd >= 0);
	for (long i = 0; i < PAGES; i++) {
		for (size_t w = 0; w < PAGE / sizeof(long); w += 8)
			page[w] = word(i) + w;
		need(write(fd, page, PAGE) == (ssize_t)PAGE);
	}
	for (long i = 0; i < PAGES; i += 2)
		need(!fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, i * PAGE, PAGE));
	return fd;
}

static long wrong_pages(int fd)
{
	static unsigned long page[PAGE / sizeof(long)];
	long wrong = 0;

	for (long i = 0; i < PAGES; i++) {
		int good = pread(fd, page, PAGE, i * PAGE) == (ssize_t)PAGE;

		for (size_t w = 0; w < PAGE / sizeof(long); w += 8)
			good &= page[w] == (i % 2 ? word(i) + w : 0);
		wrong += !good;
	}
	return wrong;
}

int main(void)
{
	long before, after, moved, scanned, isolated;
	int fd;

	if (access(KNOB, F_OK)) {
		tap_skip("compact_memory", "a kernel without compaction");
		return done_testing();
	}
	test_knob();
	fd = make_file();
	before = free_in_blocks(HUGE);
	moved = vmstat("pgmigrate_success");
	scanned = vmstat("compact_migrate_scanned");
	isolated = vmstat("compact_isolated");
	is(write_knob("1\n"), 2, "memory is compacted");
	after = free_in_blocks(HUGE);
	diag("free pages in blocks of 2 MiB and more: %ld before, %ld after", before, after);
	moved = vmstat("pgmigrate_success") - moved;
	scanned = vmstat("compact_migrate_scanned") - scanned;
	isolated = vmstat("compact_isolated") - isolated;
	diag("scanned %ld, isolated %ld, moved %ld", scanned, isolated, moved);
	/* 16 MiB of holes. What cannot move (mapped pages, and anonymous ones) spoils some of it. */
	ok(after - before >= PAGES / 2 / 4, "buddyinfo: %ld pages are in large blocks again", after - before);
	ok(moved >= PAGES / 8, "vmstat: pages moved");
	ok(scanned >= moved && isolated >= moved, "after they had been scanned and isolated");
	is(wrong_pages(fd), 0, "and the file is what it was");
	close(fd);
	return done_testing();
}
