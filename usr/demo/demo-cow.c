// SPDX-License-Identifier: GPL-2.0-only
/*
 * demo-cow: fork() copies no memory; writing does.
 *
 * After fork() parent and child have the same pages at the same addresses, all marked read-only in
 * both page tables. Reading goes on as before. The first write to a page faults, and the kernel
 * copies it for the writer (copy on write). When the other has its copy already, or is gone, the
 * page has one user left and the fault merely makes it writable again: no copy.
 *
 *	       fork             child writes B        parent writes A, B
 *	parent [A][B]  ro       [A][B]   ro           [A'][B']  rw   (A: copy, B: reused)
 *	         |  |            |
 *	child  [A][B]  ro       [A][B"]  B": rw       [A][B"]
 */
#include <sys/wait.h>

#include "demo.h"

#define PAGES 64

static size_t page;
static volatile char *base;

static long write_pages(size_t from, size_t to, char value)
{
	long before = minor_faults();

	for (size_t i = from; i < to; i++)
		base[i * page] = value;
	return minor_faults() - before;
}

static long read_pages(char value, size_t *equal)
{
	long before = minor_faults();

	*equal = 0;
	for (size_t i = 0; i < PAGES; i++)
		*equal += base[i * page] == value;
	return minor_faults() - before;
}

static void wait_for(int fd)
{
	char c;

	if (read(fd, &c, 1) != 1)
		errx(1, "the other process is gone");
}

static void tell(int fd)
{
	if (write(fd, "x", 1) != 1)
		err(1, "write");
}

static int child(int from_parent, int to_parent)
{
	size_t equal;
	long faults = read_pages('P', &equal);

	printf("child, at the same address %p:\n", (void *)base);
	check(equal == PAGES, "all %d pages read 'P' as the parent wrote them", PAGES);
	check(faults == 0, "reading them took %ld faults: they are shared", faults);
	faults = write_pages(0, PAGES / 2, 'C');
	check(faults == PAGES / 2, "writing 'C' to half: %ld faults, one copy each", faults);
	faults = write_pages(0, PAGES / 2, 'C');
	check(faults == 0, "writing there again: %ld faults, they are the child's own", faults);
	fflush(stdout);
	tell(to_parent);
	wait_for(from_parent);
	read_pages('C', &equal);
	check(equal == PAGES / 2, "what the parent wrote meanwhile is not seen here");
	fflush(stdout);
	return failures != 0;
}

int main(int argc, char **argv)
{
	int down[2], up[2], status;
	size_t equal;
	long faults;
	pid_t pid;

	page = (size_t)sysconf(_SC_PAGESIZE);
	base = map_pages(PAGES);
	printf("parent, %d pages at %p:\n", PAGES, (void *)base);
	faults = write_pages(0, PAGES, 'P');
	check(faults == PAGES, "first writing 'P' to them: %ld faults, one frame each", faults);
	fflush(stdout);
	if (pipe(down) < 0 || pipe(up) < 0)
		err(1, "pipe");
	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (!pid)
		_exit(child(down[0], up[1]));
	wait_for(up[0]);
	printf("parent again:\n");
	read_pages('P', &equal);
	check(equal == PAGES, "all %d pages still read 'P': same addresses, other content", PAGES);
	faults = write_pages(0, PAGES, 'Q');
	check(faults == PAGES, "writing 'Q' to all: %ld faults, of which half need not copy",
	      faults);
	fflush(stdout);
	tell(down[1]);
	waitpid(pid, &status, 0);
	check(WIFEXITED(status) && WEXITSTATUS(status) == 0, "the child was content");
	return finish();
}
