// SPDX-License-Identifier: GPL-2.0-only
/*
 * demo-zero: reading fresh memory costs a fault but no frame.
 *
 * Untouched anonymous memory reads as zero. The kernel need not take a frame to show zeroes: it
 * maps the one zero page that the whole system has, read-only, wherever somebody reads first. The
 * first write faults a second time and gets a frame of its own.
 *
 *	read:  page 0 --+
 *	       page 1 --+--> the zero page (not counted in VmRSS)
 *	       page 2 --+
 *	write: page 1 -----> a frame, cleared, private
 */
#include "demo.h"

#define PAGES	1024
/* Linux counts frames per CPU and adds them up in batches: VmRSS may lag this much behind. */
#define LAG_KB	(PAGES * 4 / 4)

static size_t page;

int main(int argc, char **argv)
{
	long size_kb, faults, rss, grown;
	volatile char *base;
	size_t sum = 0;

	page = (size_t)sysconf(_SC_PAGESIZE);
	size_kb = (long)(PAGES * page / 1024);
	base = map_pages(PAGES);
	printf("%d pages at %p, read first, then written:\n", PAGES, (void *)base);

	rss = status_kb("VmRSS");
	faults = minor_faults();
	for (size_t i = 0; i < PAGES; i++)
		sum += base[i * page] != 0;
	faults = minor_faults() - faults;
	grown = status_kb("VmRSS") - rss;
	check(sum == 0, "all read as zero");
	check(faults == PAGES, "reading took %ld faults, one a page", faults);
	check(grown < LAG_KB, "VmRSS grew by %ld kB: no frame was taken", grown);

	faults = minor_faults();
	for (size_t i = 0; i < PAGES; i++)
		base[i * page] = 1;
	faults = minor_faults() - faults;
	grown = status_kb("VmRSS") - rss;
	check(faults == PAGES, "writing took %ld faults again", faults);
	check(grown > size_kb - LAG_KB, "VmRSS grew by %ld kB of %ld", grown, size_kb);
	return finish();
}
