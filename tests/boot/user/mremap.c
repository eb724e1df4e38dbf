// SPDX-License-Identifier: GPL-2.0-only
/*
 * mremap.c - growing, shrinking and moving a mapping without touching its bytes
 */
#include "fault.h"
#include "maps.h"
#include <sys/mman.h>

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP	4
#endif
#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)
#define RW	(PROT_READ | PROT_WRITE)

/* A region with room around it that nobody else takes: @len bytes inside a PROT_NONE reservation. */
static char *reserve(size_t len)
{
	char *p = mmap(NULL, len, PROT_NONE, ANON, -1, 0);

	need(p != MAP_FAILED);
	munmap(p, len);
	return p;
}

static char *fixed(char *at, size_t len)
{
	char *p = mmap(at, len, RW, ANON | MAP_FIXED, -1, 0);

	need(p == at);
	for (size_t i = 0; i < len; i += PAGE)
		p[i] = 'a' + i / PAGE;
	return p;
}

static int intact(const char *p, int first, int pages)
{
	for (int i = 0; i < pages; i++)
		if (p[i * PAGE] != 'a' + first + i)
			return 0;
	return 1;
}

static void test_resize(void)
{
	char *hole = reserve(16 * PAGE), *p, *q;

	p = fixed(hole, 2 * PAGE);
	q = mremap(p, 2 * PAGE, 6 * PAGE, 0);
	ok(q == p, "grows in place into free space");
	ok(intact(p, 0, 2) && p[5 * PAGE] == 0, "old bytes kept, new ones zero");
	q = mremap(p, 6 * PAGE, PAGE, 0);
	ok(q == p && intact(p, 0, 1), "shrinks in place");
	is(fault_on_read(p + PAGE), SIGSEGV, "what was cut off is gone");
	ok(mremap(p, PAGE, PAGE, 0) == p, "the same size is nothing to do");
	fixed(hole + PAGE, PAGE);
	mprotect(hole + PAGE, PAGE, PROT_NONE);
	fails(mremap(p, PAGE, 4 * PAGE, 0), ENOMEM, "no room to grow and not allowed to move");
	q = mremap(p, PAGE, 4 * PAGE, MREMAP_MAYMOVE);
	ok(q != MAP_FAILED && q != p && *q == 'a', "MREMAP_MAYMOVE moves it");
	is(fault_on_read(p), SIGSEGV, "and leaves nothing behind");
	is(q[3 * PAGE], 0, "the new part is zero");
	munmap(q, 4 * PAGE);
	munmap(hole, 16 * PAGE);
}

static void test_fixed(void)
{
	char *hole = reserve(16 * PAGE), *p = fixed(hole, 4 * PAGE), *to = hole + 8 * PAGE;

	fixed(to, 4 * PAGE);
	ok(mremap(p + PAGE, 2 * PAGE, 3 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, to) == to,
	   "MREMAP_FIXED moves the middle of an area");
	ok(intact(to, 1, 2) && to[2 * PAGE] == 0, "its bytes, then zeros");
	ok(p[0] == 'a' && p[3 * PAGE] == 'd', "the rest of the area stays");
	is(fault_on_read(p + PAGE), SIGSEGV, "the middle is a hole now");
	ok(to[3 * PAGE] == 'd', "the target was replaced only as far as the new length");
	fails(mremap(p, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, p), EINVAL, "onto itself");
	fails(mremap(p, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, to + 1), EINVAL, "target unaligned");
	fails(mremap(p, PAGE, PAGE, MREMAP_FIXED, to), EINVAL, "MREMAP_FIXED without MREMAP_MAYMOVE");
	munmap(hole, 16 * PAGE);
}

static void test_errors(void)
{
	char *hole = reserve(8 * PAGE), *p = fixed(hole, 2 * PAGE);

	fails(mremap(p + 1, PAGE, PAGE, 0), EINVAL, "unaligned address");
	fails(mremap(p, PAGE, 0, 0), EINVAL, "new length 0");
	fails(mremap(p, PAGE, PAGE, 0x80), EINVAL, "unknown flag");
	fails(mremap(p + 4 * PAGE, PAGE, 2 * PAGE, MREMAP_MAYMOVE), EFAULT, "nothing mapped there");
	fails(mremap(p, 4 * PAGE, 8 * PAGE, MREMAP_MAYMOVE), EFAULT, "old length beyond the area");
	fails(mremap(p, 0, PAGE, MREMAP_MAYMOVE), EINVAL, "old length 0 of a private mapping");
	fails(mremap(p, PAGE, 1UL << 62, MREMAP_MAYMOVE), ENOMEM, "2^62 bytes");
	ok(intact(p, 0, 2), "none of this changed a byte");
	munmap(hole, 8 * PAGE);
}

/* A moved page keeps its frame: what a child shares copy-on-write stays shared and is copied once. */
static int moved_in_child(void *arg)
{
	char *q = mremap(arg, 4 * PAGE, 8 * PAGE, MREMAP_MAYMOVE);

	if (q == MAP_FAILED || !intact(q, 0, 4))
		return 1;
	memset(q, 'z', 8 * PAGE);
	return 0;
}

static void test_shared(void)
{
	char *p = mmap(NULL, 4 * PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0), *q;

	need(p != MAP_FAILED);
	p[PAGE] = 'x';
	q = mremap(p, 0, 4 * PAGE, MREMAP_MAYMOVE);
	ok(q != MAP_FAILED && q != p && q[PAGE] == 'x', "old length 0 of a shared mapping maps it twice");
	q[2 * PAGE] = 'y';
	is(p[2 * PAGE], 'y', "both see each other's writes");
	munmap(p, 4 * PAGE);
	is(q[2 * PAGE], 'y', "the second outlives the first");
	munmap(q, 4 * PAGE);
}

static void test_dontunmap(void)
{
	char *hole = reserve(8 * PAGE), *p = fixed(hole, 2 * PAGE), *q;

	q = mremap(p, 2 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_DONTUNMAP);
	ok(q != MAP_FAILED && q != p && intact(q, 0, 2), "MREMAP_DONTUNMAP moves the pages");
	is(fault_on_read(p), 0, "and leaves the old area mapped");
	is(p[0] | p[PAGE], 0, "but empty");
	munmap(hole, 8 * PAGE);
	munmap(q, 2 * PAGE);
}

/* Across a 2 MiB boundary of the page table, at an odd offset: every page table walk has its edges. */
static void test_large(void)
{
	size_t len = (5 << 20) + PAGE;
	char *hole = reserve(32 << 20), *p = fixed(hole + PAGE, len), *q;
	int bad = 0;

	q = mremap(p, len, len, MREMAP_MAYMOVE | MREMAP_FIXED, hole + (11 << 20) + 3 * PAGE);
	ok(q != MAP_FAILED, "5 MiB move to another alignment");
	for (size_t i = 0; i < len; i += PAGE)
		bad += q[i] != (char)('a' + i / PAGE);
	is(bad, 0, "with every page");
	munmap(hole, 32 << 20);
}

int main(void)
{
	char *p;

	fault_catch();
	test_resize();
	test_fixed();
	test_errors();
	test_shared();
	test_dontunmap();
	test_large();
	p = fixed(reserve(16 * PAGE), 4 * PAGE);
	is(how_it_ended(in_child(moved_in_child, p)), 0, "a child moves and writes what it shares");
	ok(intact(p, 0, 4), "the parent's bytes stay");
	return done_testing();
}
