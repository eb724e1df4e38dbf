// SPDX-License-Identifier: GPL-2.0-only
/*
 * demo-touch [PAGES]: memory comes when it is touched.
 *
 * mmap() only writes down that a range of addresses is valid (a vm_area_struct); it takes no page
 * frame and fills in no page table. The first access to each page finds no entry, the MMU raises a
 * page fault, and only then does the kernel take a frame, clear it and map it:
 *
 *	mmap:	 [....................]	16 pages of addresses, 0 frames
 *	touch 4: [####................]	4 faults, 4 frames
 *	again:	 [####................]	0 faults: the entries are there
 *
 * The picture is what mincore(2) says of each page. VmSize counts addresses, VmRSS frames.
 */
#include "demo.h"

static size_t page;

/* Writes one byte into each of the pages [from, to); returns how many faults that took. */
static long touch(volatile char *base, size_t from, size_t to)
{
	long before = minor_faults();

	for (size_t i = from; i < to; i++)
		base[i * page] = 1;
	return minor_faults() - before;
}

static size_t show(volatile char *base, size_t pages)
{
	unsigned char *present = malloc(pages);
	size_t count = 0, per_char = (pages + 63) / 64;

	if (!present || mincore((void *)base, pages * page, present) < 0)
		err(1, "mincore");
	printf("  [");
	for (size_t i = 0; i < pages; i++) {
		count += present[i] & 1;
		if (i % per_char == 0)
			putchar(present[i] & 1 ? '#' : '.');
	}
	printf("] %zu of %zu pages present, VmSize %ld kB, VmRSS %ld kB\n", count, pages,
	       status_kb("VmSize"), status_kb("VmRSS"));
	free(present);
	return count;
}

int main(int argc, char **argv)
{
	size_t pages = argc > 1 ? strtoul(argv[1], NULL, 10) : 1024, step = pages / 4;
	volatile char *base;
	long faults;

	page = (size_t)sysconf(_SC_PAGESIZE);
	if (pages < 4 || pages > (1ul << 24)) {
		fprintf(stderr, "usage: demo-touch [PAGES]	(4 or more; 1024 unless given)\n");
		return 2;
	}
	base = map_pages(pages);
	printf("%zu pages mapped at %p. Nothing is present yet:\n", pages, (void *)base);
	check(show(base, pages) == 0, "mmap took no frame");
	for (size_t done = 0; done + step <= pages; done += step) {
		faults = touch(base, done, done + step);
		check(show(base, pages) == done + step, "touching %zu pages more brought them in",
		      step);
		check(faults == (long)step, "it took %ld faults, one a page", faults);
	}
	faults = touch(base, 0, step);
	check(faults == 0, "touching the first %zu again took %ld faults", step, faults);
	madvise((void *)base, step * page, MADV_DONTNEED);
	check(show(base, pages) == pages / step * step - step,
	      "MADV_DONTNEED gave the first %zu back", step);
	check(base[0] == 0, "and they read as zero again");
	return finish();
}
