/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * exec.h - replacing a process's program. fs/exec.c, binfmt_elf.c,
 * binfmt_script.c.
 *
 * Small cousin of Linux's include/linux/binfmts.h.
 */
#ifndef LINUX_LITE_EXEC_H
#define LINUX_LITE_EXEC_H

#include <linux-lite/file.h>
#include <linux-lite/mm_struct.h>

#define BINPRM_BUF_SIZE	256
#define MAX_ARG_STRLEN	(PAGE_SIZE * 32)
#define MAX_ARG_STRINGS	0x7FFFFFFF

/* One execve, from the file's name to the first user instruction. */
struct linux_binprm {
	struct file *file;		/* what is to be loaded; changes with #! */
	const char *filename;		/* as given: AT_EXECFN */
	const char *interp;		/* the file really loaded */
	char *interp_buf;		/* owned; holds interp after #!, or NULL */
	char *fd_path;			/* owned; "/dev/fd/N" for execveat, or NULL */
	char buf[BINPRM_BUF_SIZE];	/* the file's first bytes */
	unsigned int depth;		/* scripts that led here */

	/* the new address space and its stack, which grows down as strings are put */
	struct mm_struct *mm;
	unsigned long p;		/* lowest byte in use */
	unsigned long stack_top;
	unsigned long arg_limit;	/* p may not go below */
	struct page *page;		/* the page being filled, pinned; or NULL */
	unsigned long page_addr;
	int argc, envc;
	unsigned long exec_fn;		/* user address of the file name */

	uid_t euid;
	gid_t egid;
	bool secure;			/* set-id: AT_SECURE */
	bool past_return;		/* the old program is gone: errors kill */
};

/* 0: loaded; -ENOEXEC: not my format; else -errno. */
int load_script(struct linux_binprm *bprm);
int load_elf_binary(struct linux_binprm *bprm);

#define MAX_SCRIPTS	5		/* one after the other: Linux's limit */

struct file *open_exec(int dfd, const char *name, int flags);
/* The point of no return: threads gone, the new mm in place, close-on-exec done. */
int begin_new_exec(struct linux_binprm *bprm);
/* The port: map what every program gets (signal-return page); sets mm->vdso_base. 0 or -errno. */
int arch_setup_additional_pages(struct mm_struct *mm);
extern unsigned long elf_hwcap;		/* AT_HWCAP: extension letters, bit n is 'a' + n */

/* /proc/sys/kernel/randomize_va_space: 0 none, 1 all but brk, 2 all. */
extern int randomize_va_space;

#endif
