// SPDX-License-Identifier: GPL-2.0-only
/*
 * madvise.c - advice that changes what is read: MADV_DONTNEED and its relatives
 */
#include "fault.h"
#include <sys/mman.h>

#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)
#define RW	(PROT_READ | PROT_WRITE)

static char *p;		/* four pages, anonymous private */

static int read_byte(void *at)
{
	return *(volatile unsigned char *)at;
}

static int faults(void *at)
{
	fault_catch();
	return fault_on_read(at) == SIGSEGV ? 0 : 1;
}

static void test_dontneed(void)
{
	char *shared = mmap(NULL, PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0), *file;
	int fd = open("/tmp/madvise", O_CREAT | O_RDWR | O_TRUNC, 0600);

	need(fd >= 0 && write(fd, "file", 4) == 4);
	memset(p, 1, 4 * PAGE);
	is(madvise(p + PAGE, 2 * PAGE, MADV_DONTNEED), 0, "MADV_DONTNEED of two pages");
	is(p[PAGE] | p[3 * PAGE - 1], 0, "they read as zero");
	is(p[0] & p[3 * PAGE], 1, "their neighbours are as before");
	p[PAGE] = 3;
	is(p[PAGE], 3, "and they can be written again");
	*shared = 7;
	is(madvise(shared, PAGE, MADV_DONTNEED), 0, "MADV_DONTNEED of shared memory");
	is(*shared, 7, "forgets nothing");
	file = mmap(NULL, PAGE, RW, MAP_PRIVATE, fd, 0);
	need(file != MAP_FAILED);
	*file = 'F';
	is(madvise(file, PAGE, MADV_DONTNEED), 0, "MADV_DONTNEED of a private file page");
	is(*file, 'f', "shows the file again");
	munmap(file, PAGE);
	munmap(shared, PAGE);
	close(fd);
}

static void test_errors(void)
{
	char *q = mmap(NULL, 4 * PAGE, RW, ANON, -1, 0);

	fails(madvise(q, PAGE, 12345), EINVAL, "unknown advice");
	fails(madvise(q + 1, PAGE, MADV_DONTNEED), EINVAL, "unaligned address");
	fails(madvise(q, -PAGE, MADV_DONTNEED), EINVAL, "a negative length");
	is(madvise(q, 0, MADV_DONTNEED), 0, "length 0 is nothing to do");
	memset(q, 1, 4 * PAGE);
	munmap(q + PAGE, PAGE);
	fails(madvise(q, 4 * PAGE, MADV_DONTNEED), ENOMEM, "a hole in the range");
	is(q[0] | q[2 * PAGE] | q[3 * PAGE], 0, "the advice is followed on both sides of it");
	munmap(q, 4 * PAGE);
}

/* Advice that may do nothing, but must be taken. */
static void test_hints(void)
{
	static const struct {
		int advice;
		const char *name;
	} hint[] = {
		{ MADV_NORMAL, "MADV_NORMAL" }, { MADV_RANDOM, "MADV_RANDOM" },
		{ MADV_SEQUENTIAL, "MADV_SEQUENTIAL" }, { MADV_WILLNEED, "MADV_WILLNEED" },
	};

	memset(p, 4, 4 * PAGE);
	for (unsigned int i = 0; i < sizeof(hint) / sizeof(*hint); i++) {
		is(madvise(p + PAGE, PAGE, hint[i].advice), 0, "%s", hint[i].name);
		is(p[PAGE], 4, "%s changes nothing", hint[i].name);
	}
	madvise(p, 4 * PAGE, MADV_NORMAL);
	is(madvise(p, PAGE, MADV_FREE), 0, "MADV_FREE");
	ok(p[0] == 4 || p[0] == 0, "a freed page is as before or zero");
	p[0] = 9;
	is(p[0], 9, "written after MADV_FREE it stays");
}

static void test_fork_advice(void)
{
	char *q = mmap(NULL, PAGE, RW, ANON, -1, 0);

	memset(q, 5, PAGE);
	is(madvise(q, PAGE, MADV_DONTFORK), 0, "MADV_DONTFORK");
	is(how_it_ended(in_child(faults, q)), 0, "a child has no such page");
	is(madvise(q, PAGE, MADV_DOFORK), 0, "MADV_DOFORK");
	is(how_it_ended(in_child(read_byte, q)), 5, "a child has it again");
	is(madvise(q, PAGE, MADV_WIPEONFORK), 0, "MADV_WIPEONFORK");
	is(how_it_ended(in_child(read_byte, q)), 0, "a child finds zeros");
	is(q[0], 5, "the parent its own bytes");
	is(madvise(q, PAGE, MADV_KEEPONFORK), 0, "MADV_KEEPONFORK");
	is(how_it_ended(in_child(read_byte, q)), 5, "a child has the bytes again");
	munmap(q, PAGE);
}

static void test_populate(void)
{
	char *q = mmap(NULL, 2 * PAGE, RW, ANON, -1, 0);

	need(q != MAP_FAILED);
	is(madvise(q, PAGE, MADV_POPULATE_WRITE), 0, "MADV_POPULATE_WRITE");
	is(madvise(q, 2 * PAGE, MADV_POPULATE_READ), 0, "MADV_POPULATE_READ");
	need(mprotect(q + PAGE, PAGE, PROT_READ) == 0);
	is(madvise(q + PAGE, PAGE, MADV_POPULATE_READ), 0, "of a read-only page");
	fails(madvise(q, 2 * PAGE, MADV_POPULATE_WRITE), EINVAL, "for writing it has no right");
	need(mprotect(q + PAGE, PAGE, PROT_NONE) == 0);
	fails(madvise(q, 2 * PAGE, MADV_POPULATE_READ), EINVAL, "nor PROT_NONE for reading");
	munmap(q + PAGE, PAGE);
	fails(madvise(q, 2 * PAGE, MADV_POPULATE_WRITE), ENOMEM, "a hole");
	munmap(q, PAGE);
}

int main(void)
{
	fault_catch();
	p = mmap(NULL, 4 * PAGE, RW, ANON, -1, 0);
	need(p != MAP_FAILED);
	test_dontneed();
	test_errors();
	test_hints();
	test_fork_advice();
	test_populate();
	return done_testing();
}
