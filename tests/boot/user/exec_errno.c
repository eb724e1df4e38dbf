// SPDX-License-Identifier: GPL-2.0-only
/*
 * exec_errno.c - everything execve refuses, and with which errno
 *
 * Up to the "point of no return" a bad file is an errno and the caller lives on; behind it (the old
 * address space is gone) the only answer left is SIGSEGV. Both halves are tested.
 */
#include "minielf.h"
#include <sys/resource.h>
#include <sys/stat.h>

__asm__(
"	.section .rodata\n"
"	.balign	4\n"
"leave:	li	a0, 42\n"
"	li	a7, 93\n"
"	ecall\n"
"leave_end:\n"
"	.text\n");
extern const char leave[], leave_end[];

static struct mini m;

static void fresh(void)
{
	mini_build(&m, leave, leave_end);
}

static int exec_path(const char *path)
{
	char *argv[] = { (char *)"x", NULL }, *envp[] = { NULL };

	return try_exec(path, argv, envp).err;
}

static void test_paths(void)
{
	static char longname[PAGE + 2];

	fresh();
	is(mini_run(&m), 1042, "the good image runs");
	write_file("/tmp/noexec", m.bytes, m.len, 0644);
	is(exec_path("/tmp/noexec"), EACCES, "no x bit, even for root");
	is(exec_path("/tmp"), EACCES, "a directory");
	is(exec_path("/dev/null"), EACCES, "a device");
	is(exec_path("/tmp/nothing-here"), ENOENT, "no such file");
	is(exec_path(""), ENOENT, "an empty path");
	is(exec_path("/tmp/noexec/x"), ENOTDIR, "a file where a directory must be");
	memset(longname, 'a', PAGE + 1);
	is(exec_path(longname), ENAMETOOLONG, "a path of more than 4095 bytes");
	longname[300] = 0;
	is(exec_path(longname), ENAMETOOLONG, "a name of more than 255 bytes");
	unlink("/tmp/loop");
	need(symlink("/tmp/loop", "/tmp/loop") == 0);
	is(exec_path("/tmp/loop"), ELOOP, "a symbolic link to itself");
	unlink("/tmp/link");
	need(symlink(MINI_PATH, "/tmp/link") == 0);
	is(exec_path("/tmp/link"), 0, "a symbolic link to a program");
	is(exec_path((char *)8), EFAULT, "a bad pointer as path");
}

static void test_not_elf(void)
{
	static const char *const junk[] = { "", "\177", "\177EL", "MZ", "hello, world\n", "#!\n", "#!  \n" };

	for (unsigned int i = 0; i < sizeof(junk) / sizeof(*junk); i++) {
		write_file("/tmp/junk", junk[i], strlen(junk[i]), 0755);
		is(exec_path("/tmp/junk"), ENOEXEC, "not a program: junk %u", i);
	}
	fresh();
	m.len = 63;
	is(mini_run(&m), ENOEXEC, "half an ELF header");
	for (int i = 0; i < 4; i++) {
		fresh();
		m.ehdr.e_ident[i] ^= 1;
		is(mini_run(&m), ENOEXEC, "bad magic byte %d", i);
	}
}

static void test_header(void)
{
#define REFUSES(field, value) do {							\
	fresh();									\
	m.ehdr.field = value;								\
	is(mini_run(&m), ENOEXEC, #field " = " #value);					\
} while (0)
	REFUSES(e_ident[EI_CLASS], ELFCLASS32);
	REFUSES(e_machine, EM_X86_64);
	REFUSES(e_type, ET_REL);
	REFUSES(e_type, ET_CORE);
	REFUSES(e_type, 0);
	REFUSES(e_phentsize, 32);
	REFUSES(e_phentsize, 0);
	REFUSES(e_phnum, 0);
	REFUSES(e_phnum, 65535);
	REFUSES(e_phoff, 1UL << 40);
	REFUSES(e_phoff, ~0UL);
	REFUSES(e_phoff, 2 * PAGE);
#undef REFUSES
}

/* These are found out behind the point of no return. */
static void test_segments(void)
{
	fresh();
	m.phdr[0].p_type = PT_NULL;
	is(mini_run(&m), -SIGSEGV, "no segment at all");
	fresh();
	m.phdr[0].p_filesz = m.phdr[0].p_memsz + 1;
	is(mini_run(&m), -SIGSEGV, "p_filesz > p_memsz");
	fresh();
	m.phdr[0].p_vaddr = 0xffffffff80000000UL;
	is(mini_run(&m), -SIGSEGV, "p_vaddr in the kernel");
	fresh();
	m.phdr[0].p_memsz = 1UL << 62;
	is(mini_run(&m), -SIGSEGV, "p_memsz larger than the address space");
	fresh();
	m.phdr[0].p_vaddr += 8;
	is(mini_run(&m), -SIGSEGV, "p_vaddr and p_offset not congruent");
	fresh();
	m.phdr[0].p_flags = PF_R;
	is(mini_run(&m), -SIGSEGV, "the entry is not executable");
	fresh();
	m.ehdr.e_entry = 0x7654000;
	is(mini_run(&m), -SIGSEGV, "the entry is not mapped");
	fresh();
	m.ehdr.e_entry = 0xffffffff80000000UL;
	is(mini_run(&m), -SIGSEGV, "the entry is in the kernel");
}

/* A file that ends before its segment does maps, and gives SIGBUS where there is no file. */
static void test_truncated(void)
{
	fresh();
	m.phdr[0].p_filesz = m.phdr[0].p_memsz = 4 * PAGE;
	m.ehdr.e_entry = MINI_BASE + 2 * PAGE;
	is(mini_run(&m), -SIGBUS, "the entry lies behind the end of the file");
	fresh();
	m.phdr[0].p_filesz = m.phdr[0].p_memsz = 4 * PAGE;
	is(mini_run(&m), 1042, "a short file runs as long as nothing behind its end is touched");
}

static void test_interpreter(void)
{
	fresh();
	m.phdr[1] = (Elf64_Phdr){ .p_type = PT_INTERP, .p_offset = 0x300, .p_filesz = 13, .p_memsz = 13 };
	strcpy((char *)m.bytes + 0x300, "/tmp/no-ld.so");
	m.phdr[1].p_filesz = 14;
	is(mini_run(&m), ENOENT, "the interpreter does not exist");
	m.phdr[1].p_filesz = 13;
	is(mini_run(&m), ENOEXEC, "the interpreter's path has no end");
	m.phdr[1].p_filesz = 1;
	is(mini_run(&m), ENOEXEC, "the interpreter's path is empty");
}

static void test_too_big(void)
{
	size_t size = 128 * 1024;		/* MAX_ARG_STRLEN, with the NUL */
	char *big = malloc(size + 1), *envp[] = { NULL };
	static char *argv[80];
	struct outcome o;

	memset(big, 'a', size);
	big[size] = 0;
	argv[0] = big;
	o = try_exec(MINI_PATH, argv, envp);
	is(o.err, E2BIG, "an argument of 128 KiB");
	big[size - 1] = 0;
	fresh();
	mini_run(&m);
	o = try_exec(MINI_PATH, argv, envp);
	is(o.err, 0, "an argument one byte shorter");
	for (int i = 0; i < 79; i++)		/* 79 * 128 KiB is above a quarter of the 8 MiB stack */
		argv[i] = big;
	o = try_exec(MINI_PATH, argv, envp);
	is(o.err, E2BIG, "all arguments together above a quarter of RLIMIT_STACK");
	free(big);
}

/* No errno came: the child was killed, or its program ran. Which of the two is worth a line. */
static void is_efault(struct outcome o, const char *what)
{
	if (!is(o.err, EFAULT, "%s", what))
		diag("the child's status is %#x, it wrote %d bytes", o.status, (int)o.out_len);
}

static void test_pointers(void)
{
	char *envp[] = { NULL }, *bad[] = { (char *)8, NULL };
	struct outcome o;

	o = try_exec(MINI_PATH, (char **)8, envp);
	is_efault(o, "argv is a bad pointer");
	o = try_exec(MINI_PATH, bad, envp);
	is_efault(o, "argv[0] is a bad pointer");
	o = try_exec(MINI_PATH, envp, (char **)8);
	is_efault(o, "envp is a bad pointer");
	o = try_exec(MINI_PATH, NULL, NULL);
	is(o.err, 0, "argv and envp may be NULL");
	is(how_it_ended(o.status), 42, "and the program runs");
}

int main(void)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	test_paths();
	test_not_elf();
	test_header();
	test_segments();
	test_truncated();
	test_interpreter();
	test_too_big();
	test_pointers();
	return done_testing();
}
