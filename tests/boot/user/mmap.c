// SPDX-License-Identifier: GPL-2.0-only
/*
 * mmap.c - mmap and munmap: what is refused, where a mapping goes, how neighbours merge and split
 */
#include "fault.h"
#include "maps.h"
#include <sys/mman.h>

#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)
#define RW	(PROT_READ | PROT_WRITE)

static char *map(size_t len)
{
	char *p = mmap(NULL, len, RW, ANON, -1, 0);

	need(p != MAP_FAILED);
	return p;
}

/* mmap by its number: the C library would refuse an unaligned offset itself. */
static long sys_mmap(void *addr, size_t len, int prot, int flags, int fd, unsigned long offset)
{
	return syscall(SYS_mmap, addr, len, prot, flags, fd, offset);
}

static void test_errors(void)
{
	int rd, wr, dir = open("/tmp", O_RDONLY), fds[2];

	wr = open("/tmp/mmap", O_CREAT | O_WRONLY | O_TRUNC, 0600);
	rd = open("/tmp/mmap", O_RDONLY);
	need(wr >= 0 && rd >= 0 && dir >= 0 && pipe(fds) == 0);
	fails(sys_mmap(NULL, 0, RW, ANON, -1, 0), EINVAL, "length 0");
	fails(sys_mmap(NULL, PAGE, RW, MAP_ANONYMOUS, -1, 0), EINVAL, "neither shared nor private");
	fails(sys_mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, rd, 1), EINVAL, "offset not a multiple of a page");
	fails(sys_mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, -1, 0), EBADF, "no such descriptor");
	fails(sys_mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, 999, 0), EBADF, "descriptor out of range");
	fails(sys_mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, wr, 0), EACCES, "file opened for writing only");
	fails(sys_mmap(NULL, PAGE, RW, MAP_SHARED, rd, 0), EACCES, "shared and writable, file read-only");
	fails(sys_mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, dir, 0), ENODEV, "a directory");
	fails(sys_mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fds[0], 0), ENODEV, "a pipe");
	fails(sys_mmap(NULL, 1UL << 62, RW, ANON, -1, 0), ENOMEM, "2^62 bytes");
	fails(sys_mmap(NULL, ~0UL, RW, ANON, -1, 0), ENOMEM, "2^64 - 1 bytes");
	fails(sys_mmap((void *)1, PAGE, RW, ANON | MAP_FIXED, -1, 0), EINVAL, "MAP_FIXED, unaligned");
	fails(sys_mmap((void *)(-2 * PAGE), PAGE, RW, ANON | MAP_FIXED, -1, 0), ENOMEM,
	      "MAP_FIXED in the kernel's half");
	fails(sys_mmap(NULL, 2 * PAGE, PROT_READ, MAP_PRIVATE, rd, -PAGE), EOVERFLOW,
	      "offset + length beyond what an offset can say");
	ok(sys_mmap(NULL, PAGE, RW, MAP_PRIVATE, rd, 0) > 0,
	   "private and writable of a read-only file is fine");
	close(rd);
	close(wr);
	close(dir);
	close(fds[0]);
	close(fds[1]);
}

static void test_munmap_errors(void)
{
	char *p = map(3 * PAGE);

	fails(munmap(p + 1, PAGE), EINVAL, "munmap: unaligned address");
	fails(munmap(p, 0), EINVAL, "munmap: length 0");
	fails(munmap((void *)-PAGE, PAGE), EINVAL, "munmap: beyond user space");
	fails(munmap(p, 1UL << 62), EINVAL, "munmap: longer than user space");
	is(munmap(p + PAGE, 1), 0, "munmap: the length is rounded up");
	is(fault_on_read(p + PAGE), SIGSEGV, "the page is gone");
	is(fault_code, SEGV_MAPERR, "with SEGV_MAPERR");
	is(fault_on_read(p) | fault_on_read(p + 2 * PAGE), 0, "its neighbours are not");
	is(munmap(p + PAGE, PAGE), 0, "munmap of a hole succeeds");
	is(munmap(p, 3 * PAGE), 0, "munmap over a hole succeeds");
	is(munmap(p, 3 * PAGE), 0, "munmap of nothing succeeds");
}

static void test_zero(void)
{
	unsigned long *p = (unsigned long *)map(16 * PAGE);
	unsigned long sum = 0;

	for (unsigned int i = 0; i < 16 * PAGE / 8; i++)
		sum |= p[i];
	is(sum, 0, "fresh memory reads as zero");
	memset(p, 0xff, 16 * PAGE);
	munmap(p, 16 * PAGE);
	p = (unsigned long *)map(16 * PAGE);
	for (unsigned int i = 0; i < 16 * PAGE / 8; i++)
		sum |= p[i]++;
	is(sum, 0, "and so it does when it was used before");
	munmap(p, 16 * PAGE);
}

static void test_place(void)
{
	char *p = map(4 * PAGE), *q;

	munmap(p, 4 * PAGE);
	q = mmap(p, PAGE, RW, ANON, -1, 0);
	ok(q == p, "a free hint is taken");
	q = mmap(p, PAGE, RW, ANON, -1, 0);
	ok(q != p && q != MAP_FAILED, "a taken hint is passed over");
	munmap(q, PAGE);
	q = mmap(p + PAGE + 100, PAGE, RW, ANON, -1, 0);
	ok(q == p + 2 * PAGE || q == p + PAGE, "an unaligned hint is rounded");
	munmap(q, PAGE);
	*p = 1;
	q = mmap(p, PAGE, RW, ANON | MAP_FIXED, -1, 0);
	ok(q == p && *q == 0, "MAP_FIXED replaces what was there");
	fails(mmap(p, PAGE, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0), EEXIST, "MAP_FIXED_NOREPLACE does not");
	fails(mmap(p - PAGE, 2 * PAGE, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0), EEXIST,
	      "MAP_FIXED_NOREPLACE sees the last page of its range");
	munmap(p, PAGE);
	q = mmap(p, PAGE, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0);
	ok(q == p, "MAP_FIXED_NOREPLACE of a free range");
	munmap(p, PAGE);
}

/* One line of /proc/self/maps is one vm_area_struct: alike neighbours are one. */
static void test_merge(void)
{
	char *p = mmap(NULL, 9 * PAGE, PROT_NONE, ANON, -1, 0) + PAGE;
	struct map m;

	need(p != (char *)MAP_FAILED + PAGE);
	for (int i = 0; i < 7; i += 2)
		need(mmap(p + i * PAGE, PAGE, RW, ANON | MAP_FIXED, -1, 0) != MAP_FAILED);
	is(map_count(p, 7 * PAGE), 7, "alternating protections are seven areas");
	for (int i = 1; i < 7; i += 2)
		need(mmap(p + i * PAGE, PAGE, RW, ANON | MAP_FIXED, -1, 0) != MAP_FAILED);
	is(map_count(p, 7 * PAGE), 1, "alike neighbours become one");
	ok(map_find(p, &m) && m.start == (unsigned long)p && m.end == (unsigned long)p + 7 * PAGE,
	   "of the right extent");
	ok(!strcmp(m.perms, "rw-p"), "and protection");
	munmap(p + 3 * PAGE, PAGE);
	is(map_count(p, 7 * PAGE), 2, "a hole in the middle splits it");
	munmap(p - PAGE, 9 * PAGE);
	is(map_count(p - PAGE, 9 * PAGE), 0, "one munmap takes all of it");
}

/* Many areas: the tree of areas has to stay a tree. */
static void test_many(void)
{
	enum { NR = 600 };
	char *p = mmap(NULL, 2 * NR * PAGE, PROT_NONE, ANON, -1, 0);
	int bad = 0;

	need(p != MAP_FAILED);
	for (int i = 0; i < NR; i++) {
		int j = i * 7 % NR;	/* 7 and 600 have no common divisor: every page once, out of order */

		need(mprotect(p + 2 * j * PAGE, PAGE, RW) == 0);
		p[2 * j * PAGE] = j;
	}
	is(map_count(p, 2 * NR * PAGE), 2 * NR, "%d areas", 2 * NR);
	for (int i = 0; i < NR; i++)
		bad += p[2 * i * PAGE] != (char)i;
	is(bad, 0, "every one holds what was written");
	for (int i = 0; i < NR; i++)
		munmap(p + (2 * (i * 11 % NR) + 1) * PAGE, PAGE);
	is(map_count(p, 2 * NR * PAGE), NR, "every other one unmapped");
	munmap(p, 2 * NR * PAGE);
	is(map_count(p, 2 * NR * PAGE), 0, "all unmapped at once");
}

static int low_mapping(unused void *arg)
{
	if (setuid(1000))
		return 1;
	errno = 0;
	if (mmap((void *)0, PAGE, RW, ANON | MAP_FIXED, -1, 0) != MAP_FAILED || errno != EPERM)
		return 2;
	return 0;
}

int main(void)
{
	fault_catch();
	test_errors();
	test_munmap_errors();
	test_zero();
	test_place();
	test_merge();
	test_many();
	is(how_it_ended(in_child(low_mapping, NULL)), 0, "page 0 can't be mapped by an ordinary user: EPERM");
	return done_testing();
}
