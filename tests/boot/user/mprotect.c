// SPDX-License-Identifier: GPL-2.0-only
/*
 * mprotect.c - protections: each access against each protection, changes that split areas, and errors
 */
#include "fault.h"
#include "maps.h"
#include <sys/mman.h>

#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)
#define RW	(PROT_READ | PROT_WRITE)

static char *map(size_t len, int prot)
{
	char *p = mmap(NULL, len, prot, ANON, -1, 0);

	need(p != MAP_FAILED);
	return p;
}

/* 0x8082 is the compressed `ret`. */
static void put_ret(char *p)
{
	*(unsigned short *)p = 0x8082;
	__builtin___clear_cache(p, p + 2);
}

static void test_matrix(void)
{
	/* rwx as the hardware has it: W without R is reserved, so PROT_WRITE alone can read too */
	static const struct {
		int prot, read, write, exec;
		const char *name;
	} row[] = {
		{ PROT_NONE, SIGSEGV, SIGSEGV, SIGSEGV, "PROT_NONE" },
		{ PROT_READ, 0, SIGSEGV, SIGSEGV, "PROT_READ" },
		{ PROT_WRITE, 0, 0, SIGSEGV, "PROT_WRITE" },
		{ RW, 0, 0, SIGSEGV, "PROT_READ|PROT_WRITE" },
		{ PROT_READ | PROT_EXEC, 0, SIGSEGV, 0, "PROT_READ|PROT_EXEC" },
		{ RW | PROT_EXEC, 0, 0, 0, "PROT_READ|PROT_WRITE|PROT_EXEC" },
	};

	for (int touched = 0; touched < 2; touched++) {
		for (unsigned int i = 0; i < sizeof(row) / sizeof(*row); i++) {
			char *p = map(PAGE, touched || row[i].exec == 0 ? RW : row[i].prot);
			const char *how = touched ? "touched" : "untouched";

			if (touched || row[i].exec == 0)
				put_ret(p);
			need(mprotect(p, PAGE, row[i].prot) == 0);
			is(fault_on_read(p), row[i].read, "%s, %s: read", row[i].name, how);
			if (row[i].read)
				is(fault_code, SEGV_ACCERR, "SEGV_ACCERR");
			is(fault_on_call(p), row[i].exec, "%s, %s: execute", row[i].name, how);
			if (row[i].exec) {
				is(fault_code, SEGV_ACCERR, "SEGV_ACCERR");
				ok(fault_addr == p, "si_addr is the jump's target");
			}
			is(fault_on_write(p + 8, 1), row[i].write, "%s, %s: write", row[i].name, how);
			if (row[i].write) {
				is(fault_code, SEGV_ACCERR, "SEGV_ACCERR");
				ok(fault_addr == p + 8, "si_addr is the byte's address");
			}
			munmap(p, PAGE);
		}
	}
}

static void test_change(void)
{
	char *p = map(5 * PAGE, RW);
	struct map m;

	memset(p, 7, 5 * PAGE);
	is(mprotect(p + 2 * PAGE, PAGE, PROT_READ), 0, "mprotect of the middle page");
	is(map_count(p, 5 * PAGE), 3, "is three areas");
	ok(map_find(p + 2 * PAGE, &m) && !strcmp(m.perms, "r--p"), "the middle is read-only");
	is(fault_on_write(p + 2 * PAGE, 1), SIGSEGV, "and can't be written");
	is(fault_on_write(p + PAGE, 1) | fault_on_write(p + 3 * PAGE, 1), 0, "the neighbours can");
	is(p[2 * PAGE], 7, "its contents stay");
	is(mprotect(p + 2 * PAGE, PAGE, RW), 0, "mprotect it back");
	is(map_count(p, 5 * PAGE), 1, "merges the three");
	is(fault_on_write(p + 2 * PAGE, 9), 0, "and it can be written again");
	is(mprotect(p, 5 * PAGE, PROT_NONE), 0, "PROT_NONE on all");
	is(fault_on_read(p + 2 * PAGE), SIGSEGV, "nothing can be read");
	is(mprotect(p, 5 * PAGE, PROT_READ), 0, "PROT_READ on all");
	is(p[2 * PAGE], 9, "the contents lived through PROT_NONE");
	munmap(p, 5 * PAGE);
}

static void test_errors(void)
{
	char *p = map(4 * PAGE, RW);
	int fd = open("/tmp/mprotect", O_CREAT | O_RDWR | O_TRUNC, 0600), rd;

	need(fd >= 0 && ftruncate(fd, PAGE) == 0);
	fails(mprotect(p + 1, PAGE, PROT_READ), EINVAL, "unaligned address");
	fails(syscall(SYS_mprotect, p, PAGE, 0x80), EINVAL, "an unknown protection bit");
	is(mprotect(p, 0, PROT_NONE), 0, "length 0 is nothing to do");
	is(fault_on_write(p, 1), 0, "and does nothing");
	munmap(p + 2 * PAGE, PAGE);
	fails(mprotect(p, 4 * PAGE, PROT_READ), ENOMEM, "a hole in the range");
	is(fault_on_write(p + PAGE, 1), SIGSEGV, "what came before the hole is changed");
	is(fault_on_write(p + 3 * PAGE, 1), 0, "what comes after it is not");
	fails(mprotect((void *)-PAGE, PAGE, PROT_READ), ENOMEM, "an address in the kernel");
	munmap(p, 4 * PAGE);
	rd = open("/tmp/mprotect", O_RDONLY);
	p = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, rd, 0);
	need(p != MAP_FAILED);
	fails(mprotect(p, PAGE, RW), EACCES, "making a shared mapping of a read-only file writable");
	munmap(p, PAGE);
	p = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, rd, 0);
	is(mprotect(p, PAGE, RW), 0, "a private one is no matter");
	is(fault_on_write(p, 1), 0, "and can be written");
	munmap(p, PAGE);
	close(fd);
	close(rd);
}

/* A page the child shares copy-on-write must not become writable in place by mprotect. */
static int write_after_mprotect(void *arg)
{
	char *p = arg;

	if (mprotect(p, PAGE, PROT_READ) || mprotect(p, PAGE, RW))
		return 1;
	*p = 2;
	return *p != 2;
}

int main(void)
{
	char *p;

	fault_catch();
	test_matrix();
	test_change();
	test_errors();
	p = map(PAGE, RW);
	*p = 1;
	is(how_it_ended(in_child(write_after_mprotect, p)), 0, "a child changes protections and writes");
	is(*p, 1, "the parent keeps its own page");
	return done_testing();
}
