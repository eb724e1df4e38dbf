// SPDX-License-Identifier: GPL-2.0-only
/*
 * demo-mmap: what mmap, mprotect and munmap do to the list of areas.
 *
 * The kernel keeps a process's addresses as a sorted set of areas, each with one protection.
 * Changing a part splits an area; when neighbours become alike again, they are merged:
 *
 *	mmap 16 pages       [rw rw rw rw]              1 area
 *	mprotect the middle [rw][r- r-][rw]            3 areas; writing there: SEGV_ACCERR
 *	mprotect it back    [rw rw rw rw]              1
 *	munmap the middle   [rw]       [rw]            2; touching the hole: SEGV_MAPERR
 */
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>

#include "demo.h"

#define PAGES	16

static size_t page;
static volatile char *base;
static sigjmp_buf back;
static volatile int fault_code;
static volatile uintptr_t fault_addr;

static void on_segv(int sig, siginfo_t *info, void *context)
{
	fault_code = info->si_code;
	fault_addr = (uintptr_t)info->si_addr;
	siglongjmp(back, 1);
}

/* Writes to page @n; 0 if that went well, else the si_code of the SIGSEGV. */
static int poke(size_t n)
{
	fault_code = 0;
	fault_addr = 0;
	if (sigsetjmp(back, 1) == 0)
		base[n * page] = 1;
	return fault_code;
}

/* Shows the areas in /proc/self/maps that lie in our pages; returns how many. */
static int show(const char *what)
{
	uintptr_t first = (uintptr_t)base, last = first + PAGES * page;
	FILE *f = fopen("/proc/self/maps", "r");
	unsigned long start, end;
	char line[512], prot[8];
	int count = 0;

	printf("%s:\n", what);
	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%lx-%lx %7s", &start, &end, prot) != 3 || start >= last ||
		    end <= first)
			continue;
		printf("  %lx-%lx %s\n", start, end, prot);
		count++;
	}
	if (f)
		fclose(f);
	return count;
}

int main(int argc, char **argv)
{
	struct sigaction sa = { .sa_sigaction = on_segv, .sa_flags = SA_SIGINFO };
	size_t middle = PAGES / 4, half;
	void *addr;
	int code;

	page = (size_t)sysconf(_SC_PAGESIZE);
	half = PAGES / 2 * page;
	sigaction(SIGSEGV, &sa, NULL);
	base = map_pages(PAGES);
	addr = (void *)(base + middle * page);

	check(show("mmap, readable and writable") == 1, "one area");
	check(poke(middle) == 0, "page %zu can be written", middle);

	mprotect(addr, half, PROT_READ);
	check(show("mprotect of the middle, read only") == 3, "three areas");
	check(base[middle * page] == 1, "page %zu can be read, its content is there", middle);
	code = poke(middle);
	check(code == SEGV_ACCERR, "writing there: SIGSEGV, si_code %d is SEGV_ACCERR", code);
	check(fault_addr == (uintptr_t)addr, "si_addr is %#lx", (unsigned long)fault_addr);

	mprotect(addr, half, PROT_READ | PROT_WRITE);
	check(show("mprotect back") == 1, "one area again: alike neighbours are merged");
	check(poke(middle) == 0, "page %zu can be written", middle);

	munmap(addr, half);
	check(show("munmap of the middle") == 2, "two areas and a hole");
	code = poke(middle);
	check(code == SEGV_MAPERR, "writing into it: SIGSEGV, si_code %d is SEGV_MAPERR", code);
	check(poke(0) == 0 && poke(PAGES - 1) == 0, "the pages on both sides still work");
	return finish();
}
