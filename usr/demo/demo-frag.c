// SPDX-License-Identifier: GPL-2.0-only
/*
 * demo-frag [MIB]: much memory is free, and none of it in one piece; then it is compacted.
 *
 * A file in memory is written, and every second page of it punched out. What was punched is free,
 * but between any two of these frames lies a page of the file:
 *
 *	[#.#.#.#.#.#.#.#.]	half of it is free, in blocks of one page
 *
 * Then 1 is written to /proc/sys/vm/compact_memory, and the kernel moves the pages together:
 *
 *	[........########]	the same pages are free, in large blocks
 *
 * The bars tell from /proc/buddyinfo how much of the free memory is in blocks of which size.
 */
#include "demo.h"
#include <fcntl.h>

#define ORDERS	11

/* Free pages in blocks of each order, of all zones. Returns those in blocks of 2 MiB and more. */
static long read_buddyinfo(long pages[ORDERS])
{
	FILE *f = fopen("/proc/buddyinfo", "r");
	char line[256];

	memset(pages, 0, ORDERS * sizeof(*pages));
	if (!f)
		err(1, "/proc/buddyinfo");
	while (fgets(line, sizeof(line), f)) {
		char *at = strstr(line, "zone ");

		at += strlen("zone ");
		at += strspn(at, " ");
		at += strcspn(at, " ");
		for (int o = 0; o < ORDERS; o++)
			pages[o] += strtol(at, &at, 10) << o;
	}
	fclose(f);
	return pages[9] + pages[10];
}

static long show(void)
{
	long pages[ORDERS], whole = read_buddyinfo(pages), sum = 0;

	for (int o = 0; o < ORDERS; o++)
		sum += pages[o];
	for (int o = 0; o < ORDERS; o++) {
		int width = (int)(pages[o] * 50 / sum);

		printf("  %5d kB %7ld kB free ", 4 << o, pages[o] * 4);
		for (int i = 0; i < width + !!pages[o]; i++)
			putchar('#');
		putchar('\n');
	}
	return whole;
}

/* Every second page of the file holds its number, the others nothing. */
static bool is_intact(int fd, size_t pages, size_t page)
{
	unsigned long number;
	bool good = true;

	for (size_t i = 0; i < pages; i++)
		good &= pread(fd, &number, sizeof(number), i * page) == sizeof(number) &&
			number == (i % 2 ? i : 0);
	return good;
}

int main(int argc, char **argv)
{
	size_t mib = argc > 1 ? strtoul(argv[1], NULL, 10) : 32;
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t pages = (mib << 20) / page;
	int fd = memfd_create("demo-frag", 0), knob = open("/proc/sys/vm/compact_memory", O_WRONLY);
	long before, after;
	char *data = calloc(1, page);

	if (!pages || !data || fd < 0) {
		fprintf(stderr, "usage: demo-frag [MIB]	(32 unless given)\n");
		return 2;
	}
	if (knob < 0) {
		printf("This kernel cannot compact memory (CONFIG_COMPACTION), or you are not root.\n");
		return 0;
	}
	for (size_t i = 0; i < pages; i++) {
		memcpy(data, &i, sizeof(i));
		if (write(fd, data, page) != (ssize_t)page)
			err(1, "write");
	}
	printf("A file of %zu MiB is in memory:\n", mib);
	show();
	for (size_t i = 0; i < pages; i += 2)
		if (fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, i * page, page))
			err(1, "fallocate");
	printf("Every second page of it was punched out:\n");
	before = show();
	if (write(knob, "1\n", 2) != 2)
		err(1, "compact_memory");
	printf("Memory was compacted:\n");
	after = show();
	/* No check: on a busy machine others allocate and free meanwhile. */
	printf("In blocks of 2 MiB and more were %ld pages before, and are %ld now.\n", before, after);
	check(is_intact(fd, pages, page), "the file is what it was");
	return finish();
}
