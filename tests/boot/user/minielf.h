/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * minielf.h - the smallest ELF program: one page, one segment, made at run time
 *
 *	0x10000  +-------------+
 *	         | Elf64_Ehdr  |
 *	         | Elf64_Phdr  | x MINI_PHDRS, the first is PT_LOAD of all of this, R+X
 *	         | ...         | the others PT_NULL, for a test to fill in
 *	0x10400  | code        | <- e_entry
 *	         +-------------+
 *
 * A test takes the good image, breaks one field and looks at what execve says. The code is position
 * independent machine code between two labels of the test itself, so no second compiler run and no
 * C library stand between the kernel and the first instruction.
 */
#ifndef TESTS_BOOT_MINIELF_H
#define TESTS_BOOT_MINIELF_H

#include "tap.h"
#include <elf.h>
#include <sys/stat.h>

#define MINI_BASE	0x10000UL
#define MINI_CODE	0x400UL		/* offset of the code in the file */
#define MINI_PHDRS	4
#define MINI_PATH	"/tmp/mini"

struct mini {
	union {
		struct {
			Elf64_Ehdr ehdr;
			Elf64_Phdr phdr[MINI_PHDRS];
		};
		unsigned char bytes[2 * PAGE];
	};
	size_t len;			/* bytes of the file */
};

/* What came of an execve: errno when it returned, else how the new program ended. */
struct outcome {
	int err;
	int status;
	size_t out_len;			/* bytes it wrote to fd 1 */
	unsigned char out[8192];
};

static unused void mini_build(struct mini *m, const void *code, const void *code_end)
{
	size_t len = (const char *)code_end - (const char *)code;

	memset(m, 0, sizeof(*m));
	memcpy(m->ehdr.e_ident, ELFMAG, SELFMAG);
	m->ehdr.e_ident[EI_CLASS] = ELFCLASS64;
	m->ehdr.e_ident[EI_DATA] = ELFDATA2LSB;
	m->ehdr.e_ident[EI_VERSION] = EV_CURRENT;
	m->ehdr.e_type = ET_EXEC;
	m->ehdr.e_machine = EM_RISCV;
	m->ehdr.e_version = EV_CURRENT;
	m->ehdr.e_entry = MINI_BASE + MINI_CODE;
	m->ehdr.e_phoff = sizeof(Elf64_Ehdr);
	m->ehdr.e_flags = 5;		/* RVC, double-float ABI */
	m->ehdr.e_ehsize = sizeof(Elf64_Ehdr);
	m->ehdr.e_phentsize = sizeof(Elf64_Phdr);
	m->ehdr.e_phnum = MINI_PHDRS;
	memcpy(m->bytes + MINI_CODE, code, len);
	m->len = MINI_CODE + len;
	m->phdr[0] = (Elf64_Phdr){
		.p_type = PT_LOAD, .p_flags = PF_R | PF_X, .p_offset = 0, .p_vaddr = MINI_BASE,
		.p_paddr = MINI_BASE, .p_filesz = m->len, .p_memsz = m->len, .p_align = PAGE,
	};
}

static unused void write_file(const char *path, const void *bytes, size_t len, mode_t mode)
{
	int fd;

	unlink(path);
	fd = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0700);
	need(fd >= 0);
	need(write(fd, bytes, len) == (ssize_t)len);
	need(fchmod(fd, mode) == 0);
	close(fd);
}

/* fork + execve(@path, @argv, @envp), its fd 1 collected. Return: what came of it. */
static unused struct outcome try_exec(const char *path, char **argv, char **envp)
{
	struct outcome o = { 0 };
	int out[2], err[2];
	ssize_t n;
	pid_t pid;

	need(pipe2(out, O_CLOEXEC) == 0 && pipe2(err, O_CLOEXEC) == 0);
	pid = fork();
	need(pid >= 0);
	if (pid == 0) {
		dup2(out[1], 1);
		execve(path, argv, envp);
		o.err = errno;
		n = write(err[1], &o.err, sizeof(o.err));
		_exit(n < 0);
	}
	close(out[1]);
	close(err[1]);
	while ((n = read(out[0], o.out + o.out_len, sizeof(o.out) - o.out_len)) > 0)
		o.out_len += n;
	if (read(err[0], &o.err, sizeof(o.err)) != sizeof(o.err))
		o.err = 0;
	close(out[0]);
	close(err[0]);
	need(waitpid(pid, &o.status, 0) == pid);
	return o;
}

/* Write the image and run it. Return: errno of execve, else 0 - the signal, else 1000 + exit status. */
static unused int mini_run(const struct mini *m)
{
	char *argv[] = { (char *)MINI_PATH, NULL };
	char *envp[] = { NULL };
	struct outcome o;

	write_file(MINI_PATH, m->bytes, m->len, 0755);
	o = try_exec(MINI_PATH, argv, envp);
	if (o.err)
		return o.err;
	return WIFSIGNALED(o.status) ? -WTERMSIG(o.status) : 1000 + WEXITSTATUS(o.status);
}

#endif
