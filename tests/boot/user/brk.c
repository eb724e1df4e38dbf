// SPDX-License-Identifier: GPL-2.0-only
/*
 * brk.c - the heap's end, moved by the bare system call: it returns the end, new or unchanged
 */
#include "fault.h"
#include "maps.h"
#include <sys/mman.h>
#include <sys/resource.h>

#define FIXED	(MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED)

static char *sys_brk(void *end)
{
	return (char *)syscall(SYS_brk, end);
}

/* In a child, so that the C library's own heap in the parent is left alone. */
static int grow_and_shrink(unused void *arg)
{
	char *start = sys_brk(NULL), *page = (char *)(((long)start + PAGE - 1) & -PAGE);
	struct rlimit rl;
	struct map m;

	fault_catch();
	if (sys_brk(page + 4 * PAGE) != page + 4 * PAGE)
		return 1;
	for (int i = 0; i < 4; i++)
		if (page[i * PAGE] != 0)
			return 2;
	memset(page, 5, 4 * PAGE);
	if (!map_find(page, &m) || strcmp(m.name, "[heap]") || strcmp(m.perms, "rw-p"))
		return 3;
	if (sys_brk(page + PAGE) != page + PAGE)
		return 4;
	if (page[PAGE - 1] != 5 || fault_on_read(page + PAGE) != SIGSEGV)
		return 5;
	if (sys_brk(page + 2 * PAGE) != page + 2 * PAGE || page[PAGE] != 0)
		return 6;	/* grown again, the page must be zero again */
	if (sys_brk(page + 2 * PAGE + 100) != page + 2 * PAGE + 100 || fault_on_write(page + 3 * PAGE - 1, 1))
		return 7;	/* an end in the middle of a page: the whole page is there */
	if (sys_brk((char *)PAGE) != page + 2 * PAGE + 100)
		return 8;	/* below the start: refused, the end as it was */
	if (sys_brk((char *)(1UL << 62)) != page + 2 * PAGE + 100)
		return 9;
	if (mmap(page + 8 * PAGE, PAGE, PROT_READ, FIXED, -1, 0) == MAP_FAILED)
		return 10;
	if (sys_brk(page + 9 * PAGE) != page + 2 * PAGE + 100)
		return 11;	/* another mapping in the way */
	getrlimit(RLIMIT_DATA, &rl);
	rl.rlim_cur = PAGE;
	if (setrlimit(RLIMIT_DATA, &rl) || sys_brk(page + 4 * PAGE) != page + 2 * PAGE + 100)
		return 12;
	return 0;
}

int main(void)
{
	static const char *const step[] = {
		"all steps pass", "grow by four pages", "the new pages are zero",
		"maps calls it [heap], rw-p",
		"shrink", "what is left keeps its bytes, the rest is gone", "grown again it is zero again",
		"an end inside a page", "an end below the start is refused",
		"an end beyond user space is refused",
		"a mapping above the heap", "growing into it is refused", "RLIMIT_DATA is kept to",
	};
	int got = how_it_ended(in_child(grow_and_shrink, NULL));

	if (!is(got, 0, "the heap grows and shrinks") && got > 0 && got < 13)
		diag("failed: %s", step[got]);
	ok(sbrk(1 << 20) != (void *)-1, "sbrk of 1 MiB");
	memset((char *)sbrk(0) - (1 << 20), 1, 1 << 20);
	ok(sbrk(-(1 << 20)) != (void *)-1, "and back");
	return done_testing();
}
