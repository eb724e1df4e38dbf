// SPDX-License-Identifier: GPL-2.0-only
/*
 * elf_tables.c - what a new program finds on its stack.
 *
 *	          | strings: see exec_stack.c      |
 *	          +--------------------------------+ p
 *	          | 16 random bytes (AT_RANDOM)    |
 *	          | gap: alignment and ASLR        |
 *	          +--------------------------------+
 *	          | auxv: pairs, ending with 0, 0  |
 *	          | envp[0] ... NULL               |
 *	          | argv[0] ... NULL               |
 *	sp -----> | argc                           |   a multiple of 16
 *	          +--------------------------------+
 *
 * The strings were pushed without a note of where each begins, so the pointers
 * are found by walking over them: argv[0] begins at p, and each next one behind
 * the NUL of the one before.
 */
#include <linux-lite/abi/auxvec.h>
#include <linux-lite/elf_load.h>
#include <linux-lite/exec_stack.h>
#include <linux-lite/random.h>
#include <linux-lite/sched.h>
#include <linux-lite/string.h>
#include <asm/uaccess.h>

#define CLOCKS_PER_SEC	100	/* AT_CLKTCK: what times(2) counts in */

static void add_aux(unsigned long *aux, unsigned int *n, unsigned long id, unsigned long value)
{
	aux[(*n)++] = id;
	aux[(*n)++] = value;
}

/* The vector for this program, into mm->saved_auxv. Words used, with the final pair. */
static unsigned int fill_auxv(struct linux_binprm *bprm, const struct elf_image *prog,
			      unsigned long interp_base, unsigned long random_addr)
{
	unsigned long *aux = current->mm->saved_auxv;
	unsigned int n = 0;

	if (current->mm->vdso_base)
		add_aux(aux, &n, AT_SYSINFO_EHDR, current->mm->vdso_base);
	add_aux(aux, &n, AT_HWCAP, elf_hwcap);
	add_aux(aux, &n, AT_PAGESZ, PAGE_SIZE);
	add_aux(aux, &n, AT_CLKTCK, CLOCKS_PER_SEC);
	add_aux(aux, &n, AT_PHDR, prog->phdr_addr);
	add_aux(aux, &n, AT_PHENT, sizeof(struct elf64_phdr));
	add_aux(aux, &n, AT_PHNUM, prog->eh.e_phnum);
	add_aux(aux, &n, AT_BASE, interp_base);
	add_aux(aux, &n, AT_FLAGS, 0);
	add_aux(aux, &n, AT_ENTRY, prog->eh.e_entry + prog->bias);
	add_aux(aux, &n, AT_UID, current->uid);
	add_aux(aux, &n, AT_EUID, current->euid);
	add_aux(aux, &n, AT_GID, current->gid);
	add_aux(aux, &n, AT_EGID, current->egid);
	add_aux(aux, &n, AT_SECURE, bprm->secure);
	add_aux(aux, &n, AT_RANDOM, random_addr);
	add_aux(aux, &n, AT_EXECFN, bprm->exec_fn);
	add_aux(aux, &n, AT_NULL, 0);
	return n;
}

/* Write @n pointers to the strings from *@string on, and a NULL. *@string moves behind them. */
static int put_pointers(unsigned long *string, unsigned long __user **to, int n)
{
	unsigned long batch[32];
	unsigned int filled = 0;

	for (int i = 0; i <= n; i++) {
		batch[filled++] = i < n ? *string : 0;
		if (i < n) {
			long len = strnlen_user((const char __user *)*string, MAX_ARG_STRLEN);

			if (len <= 0 || (unsigned long)len > MAX_ARG_STRLEN)
				return -EFAULT;
			*string += len;
		}
		if (filled == ARRAY_SIZE(batch) || i == n) {
			if (copy_to_user(*to, batch, filled * sizeof(long)))
				return -EFAULT;
			*to += filled;
			filled = 0;
		}
	}
	return 0;
}

/**
 * elf_create_tables - build what a new program finds on its stack
 * @bprm: p is the lowest string; argc, envc as pushed
 * @prog: mapped
 * @interp_base: where the interpreter is, or 0
 * @sp: set to the first stack pointer
 *
 * Context: current has the new mm; may sleep.
 * Return: 0 or -EFAULT.
 */
int elf_create_tables(struct linux_binprm *bprm, const struct elf_image *prog,
		      unsigned long interp_base, unsigned long *sp)
{
	struct mm_struct *mm = current->mm;
	unsigned long string = bprm->p, p = bprm->p - aslr_sp_offset();
	unsigned long __user *to;
	unsigned char random[16];
	unsigned int n_aux;

	p = (p - sizeof(random)) & ~15UL;
	get_random_bytes(random, sizeof(random));
	if (copy_to_user((void __user *)p, random, sizeof(random)))
		return -EFAULT;
	n_aux = fill_auxv(bprm, prog, interp_base, p);
	static_assert(sizeof(mm->saved_auxv) >= 2 * 18 * sizeof(long), "all pairs fit");
	p -= (1 + bprm->argc + 1 + bprm->envc + 1 + n_aux) * sizeof(long);
	p &= ~15UL;
	to = (unsigned long __user *)p;
	if (put_user((unsigned long)bprm->argc, to))
		return -EFAULT;
	to++;
	mm->arg_start = string;
	if (put_pointers(&string, &to, bprm->argc))
		return -EFAULT;
	mm->arg_end = mm->env_start = string;
	if (put_pointers(&string, &to, bprm->envc))
		return -EFAULT;
	mm->env_end = string;
	if (copy_to_user(to, mm->saved_auxv, n_aux * sizeof(long)))
		return -EFAULT;
	mm->start_stack = *sp = p;
	return 0;
}
