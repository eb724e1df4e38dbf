// SPDX-License-Identifier: GPL-2.0-only
/*
 * mapfile.c - a file seen through read, write and mappings at once: there is one page, not three copies
 *
 *	write(fd) ---> page cache page <--- MAP_SHARED
 *	                     |  until the first store
 *	                     +------------- MAP_PRIVATE, afterwards a page of its own
 */
#include "fault.h"
#include <sys/mman.h>
#include <sys/stat.h>

#define RW	(PROT_READ | PROT_WRITE)

static int fd;

static int file_byte(off_t at)
{
	unsigned char c;

	return pread(fd, &c, 1, at) == 1 ? c : -1;
}

static char *map(int prot, int flags, int pages, off_t offset)
{
	char *p = mmap(NULL, pages * PAGE, prot, flags, fd, offset);

	need(p != MAP_FAILED);
	return p;
}

static void fresh(size_t size)
{
	if (fd > 0)
		close(fd);
	fd = open("/tmp/mapfile", O_CREAT | O_RDWR | O_TRUNC, 0600);
	need(fd >= 0 && ftruncate(fd, size) == 0);
}

static void test_coherence(void)
{
	char *shared, *other, *private;

	fresh(4 * PAGE);
	shared = map(RW, MAP_SHARED, 4, 0);
	other = map(RW, MAP_SHARED, 2, PAGE);
	private = map(RW, MAP_PRIVATE, 4, 0);
	is(shared[0] | other[0] | private[0], 0, "holes read as zero");
	need(pwrite(fd, "w", 1, PAGE) == 1);
	is(shared[PAGE], 'w', "a write shows in a shared mapping");
	is(other[0], 'w', "and in one with another offset");
	is(private[PAGE], 'w', "and in a private one not yet written");
	shared[PAGE + 1] = 's';
	is(file_byte(PAGE + 1), 's', "a store to shared memory shows in read");
	is(private[PAGE + 1], 's', "and in the private mapping");
	private[PAGE + 2] = 'p';
	is(file_byte(PAGE + 2), 0, "a store to private memory does not show in read");
	is(shared[PAGE + 2], 0, "nor in shared memory");
	is(private[PAGE + 1], 's', "the private copy starts as the file was");
	shared[PAGE] = 'S';
	is(private[PAGE], 'w', "and from then on lives for itself");
	is(private[0], 0, "page by page");
	shared[0] = '0';
	is(private[0], '0', "the untouched page still follows the file");
	munmap(shared, 4 * PAGE);
	is(file_byte(PAGE), 'S', "what was stored outlives the mapping");
	close(fd);
	fd = open("/tmp/mapfile", O_RDWR);
	is(file_byte(PAGE + 1), 's', "and the descriptor");
	is(other[1], 's', "a mapping outlives the descriptor it was made from");
	munmap(other, 2 * PAGE);
	munmap(private, 4 * PAGE);
}

static void test_end(void)
{
	char *p, *q;

	fresh(PAGE + 100);
	p = map(RW, MAP_SHARED, 4, 0);
	is(p[PAGE + 99], 0, "the last byte of the file");
	is(fault_on_write(p + PAGE + 200, 'x'), 0, "behind the end but in the same page: no fault");
	is(fault_on_read(p + 2 * PAGE), SIGBUS, "the next page: SIGBUS");
	is(fault_code, BUS_ADRERR, "BUS_ADRERR");
	ok(fault_addr == p + 2 * PAGE, "si_addr");
	is(fault_on_write(p + 3 * PAGE, 1), SIGBUS, "a store there too");
	need(ftruncate(fd, 3 * PAGE) == 0);
	is(fault_on_write(p + 2 * PAGE, 'y'), 0, "a longer file has the page");
	is(fault_on_read(p + 3 * PAGE), SIGBUS, "but no more than its length");
	q = map(RW, MAP_PRIVATE, 3, 0);
	q[2 * PAGE] = 'q';
	need(ftruncate(fd, PAGE) == 0);
	is(fault_on_read(p + 2 * PAGE), SIGBUS, "a shorter file takes mapped pages away");
	is(fault_on_read(q + 2 * PAGE), SIGBUS, "private copies too");
	need(ftruncate(fd, 3 * PAGE) == 0);
	is(p[2 * PAGE], 0, "made longer again it is zero");
	need(pwrite(fd, "abcdefgh", 8, 0) == 8 && ftruncate(fd, 3) == 0 && ftruncate(fd, PAGE) == 0);
	is(p[3], 0, "a cut inside a page clears its tail");
	is(p[2], 'c', "and keeps its head");
	munmap(p, 4 * PAGE);
	munmap(q, 3 * PAGE);
}

static int write_shared(void *arg)
{
	((char *)arg)[5] = 'c';
	return 0;
}

static void test_fork(void)
{
	char *file, *anon = mmap(NULL, PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	need(anon != MAP_FAILED);
	fresh(PAGE);
	file = map(RW, MAP_SHARED, 1, 0);
	in_child(write_shared, file);
	is(file[5], 'c', "a child's store to a shared file page");
	is(file_byte(5), 'c', "reaches the file");
	in_child(write_shared, anon);
	is(anon[5], 'c', "a child's store to shared anonymous memory, page untouched at fork");
	munmap(file, PAGE);
	munmap(anon, PAGE);
}

/* Read and write whose buffer is a mapping of the same file: the copy faults on the page it works on. */
static void test_self_copy(void)
{
	char *p;

	fresh(2 * PAGE);
	p = map(RW, MAP_SHARED, 2, 0);
	strcpy(p, "from the mapping");
	is(pwrite(fd, p, 17, PAGE), 17, "write from the file's own mapping");
	ok(!strcmp(p + PAGE, "from the mapping"), "the bytes are there");
	is(pread(fd, p + PAGE + 100, 17, 0), 17, "read into the file's own mapping");
	ok(!strcmp(p + PAGE + 100, "from the mapping"), "the bytes are there too");
	munmap(p, 2 * PAGE);
	unlink("/tmp/mapfile");
}

static void test_unlinked(void)
{
	char *p;

	fresh(PAGE);
	p = map(RW, MAP_SHARED, 1, 0);
	unlink("/tmp/mapfile");
	close(fd);
	*p = 'u';
	is(*p, 'u', "a mapping keeps an unlinked, closed file alive");
	munmap(p, PAGE);
	fd = 0;
}

static void test_exec_private(void)
{
	char *p;

	fresh(PAGE);
	need(pwrite(fd, "\x82\x80", 2, 0) == 2);
	p = map(PROT_READ | PROT_EXEC, MAP_PRIVATE, 1, 0);
	__builtin___clear_cache(p, p + 2);
	is(fault_on_call(p), 0, "code written to a file runs from its mapping");
	munmap(p, PAGE);
}

int main(void)
{
	fault_catch();
	test_coherence();
	test_end();
	test_fork();
	test_self_copy();
	test_unlinked();
	test_exec_private();
	return done_testing();
}
