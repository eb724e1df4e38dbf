// SPDX-License-Identifier: GPL-2.0-only
/*
 * residency.c - mincore, mlock and msync: what is in memory, what must stay, what must be written
 */
#include "fault.h"
#include <sys/mman.h>
#include <sys/resource.h>

#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)
#define RW	(PROT_READ | PROT_WRITE)

/* Return: one bit a page, page 0 lowest. */
static int resident(char *p, int pages)
{
	unsigned char vec[16];
	int bits = 0;

	need(mincore(p, pages * PAGE, vec) == 0);
	for (int i = 0; i < pages; i++)
		bits |= (vec[i] & 1) << i;
	return bits;
}

static void test_mincore(void)
{
	char *p = mmap(NULL, 4 * PAGE, RW, ANON, -1, 0);
	unsigned char vec[4];
	int fd = open("/tmp/mincore", O_CREAT | O_RDWR | O_TRUNC, 0600);

	need(p != MAP_FAILED && fd >= 0);
	is(resident(p, 4), 0, "untouched memory is not resident");
	p[PAGE] = 1;
	p[3 * PAGE] = 1;
	is(resident(p, 4), 0xa, "pages written are");
	madvise(p + PAGE, PAGE, MADV_DONTNEED);
	is(resident(p, 4), 8, "MADV_DONTNEED takes one away");
	fails(mincore(p + 1, PAGE, vec), EINVAL, "mincore: unaligned");
	fails(mincore(p, PAGE, (void *)8), EFAULT, "mincore: bad vector");
	munmap(p + 2 * PAGE, PAGE);
	fails(mincore(p, 4 * PAGE, vec), ENOMEM, "mincore: a hole");
	munmap(p, 4 * PAGE);
	need(pwrite(fd, "x", 1, PAGE) == 1 && ftruncate(fd, 3 * PAGE) == 0);
	p = mmap(NULL, 3 * PAGE, RW, MAP_SHARED, fd, 0);
	need(p != MAP_FAILED);
	is(resident(p, 3), 2, "of a file: the pages of the page cache, mapped or not");
	munmap(p, 3 * PAGE);
	close(fd);
}

static void test_mlock(void)
{
	char *p = mmap(NULL, 4 * PAGE, RW, ANON, -1, 0);
	long before = proc_number("/proc/self/status", "VmLck");

	need(p != MAP_FAILED);
	is(mlock(p + PAGE, 2 * PAGE), 0, "mlock");
	is(resident(p, 4), 6, "brings the pages in");
	is(proc_number("/proc/self/status", "VmLck") - before, 8, "VmLck counts them, in kB");
	is(munlock(p, 4 * PAGE), 0, "munlock");
	is(proc_number("/proc/self/status", "VmLck") - before, 0, "VmLck is back");
	is(resident(p, 4), 6, "munlock leaves them in memory");
	is(mlock(p + 100, 1), 0, "mlock rounds the address down");
	is(resident(p, 4), 7, "to its page");
	munlock(p, PAGE);
	munmap(p + 2 * PAGE, PAGE);
	fails(mlock(p, 4 * PAGE), ENOMEM, "mlock: a hole");
	fails(munlock(p, 4 * PAGE), ENOMEM, "munlock: a hole");
	munmap(p, 4 * PAGE);
}

static int mlockall_child(unused void *arg)
{
	char *p = mmap(NULL, 2 * PAGE, RW, ANON, -1, 0), *q;

	if (mlockall(0) != -1 || errno != EINVAL)
		return 1;
	if (mlockall(MCL_CURRENT | MCL_FUTURE))
		return 2;
	q = mmap(NULL, 2 * PAGE, RW, ANON, -1, 0);
	if (resident(p, 2) != 3)
		return 3;		/* MCL_CURRENT */
	if (resident(q, 2) != 3)
		return 4;		/* MCL_FUTURE */
	if (munlockall())
		return 5;
	return 0;
}

static int locks_too_much(unused void *arg)
{
	struct rlimit rl = { 4 * PAGE, 4 * PAGE };
	char *p = mmap(NULL, 16 * PAGE, RW, ANON, -1, 0);

	if (setrlimit(RLIMIT_MEMLOCK, &rl) || setuid(1000))
		return 1;
	if (mlock(p, 2 * PAGE))
		return 2;
	if (mlock(p, 8 * PAGE) != -1 || errno != ENOMEM)
		return 3;
	return 0;
}

static void test_msync(void)
{
	int fd = open("/tmp/msync", O_CREAT | O_RDWR | O_TRUNC, 0600);
	char *p, c;

	need(fd >= 0 && ftruncate(fd, 4 * PAGE) == 0);
	p = mmap(NULL, 4 * PAGE, RW, MAP_SHARED, fd, 0);
	need(p != MAP_FAILED);
	p[PAGE] = 'm';
	is(msync(p, 4 * PAGE, MS_SYNC), 0, "msync MS_SYNC");
	ok(pread(fd, &c, 1, PAGE) == 1 && c == 'm', "the file has the byte");
	is(msync(p, 4 * PAGE, MS_ASYNC), 0, "msync MS_ASYNC");
	is(msync(p, 4 * PAGE, MS_SYNC | MS_INVALIDATE), 0, "msync MS_INVALIDATE");
	is(msync(p, 0, MS_SYNC), 0, "msync of nothing");
	fails(msync(p + 1, PAGE, MS_SYNC), EINVAL, "msync: unaligned");
	fails(msync(p, PAGE, MS_SYNC | MS_ASYNC), EINVAL, "msync: both flags");
	fails(msync(p, PAGE, 64), EINVAL, "msync: unknown flag");
	munmap(p + PAGE, PAGE);
	fails(msync(p, 4 * PAGE, MS_SYNC), ENOMEM, "msync: a hole");
	munmap(p, 4 * PAGE);
	close(fd);
}

int main(void)
{
	test_mincore();
	test_mlock();
	is(how_it_ended(in_child(mlockall_child, NULL)), 0, "mlockall, now and in future");
	is(how_it_ended(in_child(locks_too_much, NULL)), 0, "RLIMIT_MEMLOCK holds for ordinary users");
	test_msync();
	return done_testing();
}
