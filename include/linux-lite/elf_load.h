/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * elf_load.h - one ELF file being loaded. fs/binfmt_elf.c, fs/elf_tables.c.
 */
#ifndef LINUX_LITE_ELF_LOAD_H
#define LINUX_LITE_ELF_LOAD_H

#include <linux-lite/abi/elf.h>
#include <linux-lite/exec.h>

struct elf_image {
	struct file *file;
	struct elf64_hdr eh;
	struct elf64_phdr *ph;		/* eh.e_phnum of them */
	unsigned long bias;		/* address in memory minus address in the file */
	unsigned long first_vaddr;	/* of the first PT_LOAD */
	unsigned long start_code, end_code, start_data, end_data;
	unsigned long brk;		/* end of the last byte, bss included */
	unsigned long phdr_addr;	/* where the program headers are in memory */
};

/* What a new program finds at sp: argc, argv, envp, auxv. 0 or -EFAULT. */
int elf_create_tables(struct linux_binprm *bprm, const struct elf_image *prog,
		      unsigned long interp_base, unsigned long *sp);

#endif
