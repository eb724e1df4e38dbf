// SPDX-License-Identifier: GPL-2.0-only
/*
 * madvise.c - advice that changes what is read: MADV_DONTNEED and its relatives
 */
#include "fault.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/mman.h>

#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)
#define RW	(PROT_READ | PROT_WRITE)
#define RACE_PAGES	64u

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

static pthread_barrier_t barrier;
static int race_fd;
static char *race_map;
static atomic_bool written;
static char race_buf[RACE_PAGES * PAGE];

static void *writes(void *rounds)
{
	for (long i = 0; i < (long)rounds; i++) {
		pthread_barrier_wait(&barrier);
		need(pwrite(race_fd, race_buf, sizeof(race_buf), 0) == sizeof(race_buf));
		written = true;
		pthread_barrier_wait(&barrier);
	}
	return NULL;
}

/* A write() and any MADV_REMOVE of the same bytes come one after the other. */
static void test_remove_race(void)
{
	long mixed = 0, rounds = 100;
	pthread_t writer;

	memset(race_buf, 1, sizeof(race_buf));
	race_fd = open("/tmp/madvise", O_CREAT | O_RDWR | O_TRUNC, 0600);
	need(race_fd >= 0 && ftruncate(race_fd, sizeof(race_buf)) == 0);
	race_map = mmap(NULL, sizeof(race_buf), RW, MAP_SHARED, race_fd, 0);
	need(race_map != MAP_FAILED);
	need(pthread_barrier_init(&barrier, NULL, 2) == 0);
	need(pthread_create(&writer, NULL, writes, (void *)rounds) == 0);
	for (long i = 0; i < rounds; i++) {
		bool differ = false;

		written = false;
		pthread_barrier_wait(&barrier);
		do
			need(madvise(race_map, sizeof(race_buf), MADV_REMOVE) == 0);
		while (!written);
		pthread_barrier_wait(&barrier);
		for (unsigned int n = 1; n < RACE_PAGES; n++)
			differ |= race_map[n * PAGE] != race_map[0];
		mixed += differ;
	}
	pthread_join(writer, NULL);
	is(mixed, 0, "MADV_REMOVE does not come between the pages of a write()");
	munmap(race_map, sizeof(race_buf));
	close(race_fd);
}

static void test_remove(void)
{
	int fd = open("/tmp/madvise", O_CREAT | O_RDWR | O_TRUNC, 0600);
	char *file, *shared = mmap(NULL, 2 * PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	need(fd >= 0 && ftruncate(fd, 3 * PAGE) == 0);
	file = mmap(NULL, 3 * PAGE, RW, MAP_SHARED, fd, 0);
	need(file != MAP_FAILED);
	memset(file, 6, 3 * PAGE);
	is(madvise(file + PAGE, PAGE, MADV_REMOVE), 0, "MADV_REMOVE of a page of a file");
	is(file[0] & file[2 * PAGE], 6, "its neighbours are as before");
	is(lseek(fd, 0, SEEK_HOLE), PAGE, "the file has a hole there");
	is(lseek(fd, PAGE, SEEK_DATA), 2 * PAGE, "of one page");
	is(file[PAGE], 0, "that reads as zero");
	memset(shared, 7, 2 * PAGE);
	is(madvise(shared, PAGE, MADV_REMOVE), 0, "of shared anonymous memory");
	is(shared[0], 0, "which is zero then");
	is(shared[PAGE], 7, "and its neighbour as before");
	fails(madvise(p, PAGE, MADV_REMOVE), EINVAL, "of private anonymous memory");
	need(mprotect(file, PAGE, PROT_READ) == 0);
	fails(madvise(file, PAGE, MADV_REMOVE), EACCES, "without the right to write");
	munmap(file, 3 * PAGE);
	munmap(shared, 2 * PAGE);
	close(fd);
	test_remove_race();
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
	test_remove();
	test_errors();
	test_hints();
	test_fork_advice();
	test_populate();
	return done_testing();
}
