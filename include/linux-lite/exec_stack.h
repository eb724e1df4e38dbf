/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * exec_stack.h - putting strings on the stack of a program that does not run
 * yet. fs/exec_stack.c.
 */
#ifndef LINUX_LITE_EXEC_STACK_H
#define LINUX_LITE_EXEC_STACK_H

#include <linux-lite/exec.h>

/* argv or envp: from user memory, or the kernel's own for init. Both NULL: none. */
struct user_strings {
	const char __user *const __user *user;
	const char *const *kernel;
};

/* How many strings: or -EFAULT, -E2BIG. */
int count_strings(struct user_strings v);
/* A new mm with a small stack at a random place. 0 or -ENOMEM. */
int bprm_init_stack(struct linux_binprm *bprm);
/* Know argc and envc: set arg_limit. 0 or -E2BIG. */
int bprm_arg_limits(struct linux_binprm *bprm);
/* Push, the last string first. 0, -E2BIG, -EFAULT, -ENOMEM. */
int bprm_put_strings(struct linux_binprm *bprm, struct user_strings v, int n);
int bprm_put_string_kernel(struct linux_binprm *bprm, const char *s);
/* Drop argv[0] again, for a script. 0 or -EFAULT. */
int bprm_remove_arg_zero(struct linux_binprm *bprm);
/* Let go of the page being filled. */
void bprm_put_page(struct linux_binprm *bprm);
/* What a program finds below its strings: room down to 128 KiB. 0 or -ENOMEM. */
int bprm_finish_stack(struct linux_binprm *bprm, struct mm_struct *mm);

/* fs/aslr.c: random distances, 0 when randomization is off. */
unsigned long aslr_stack_offset(void);		/* below the highest stack top, bytes */
unsigned long aslr_stack_max_offset(void);
unsigned long aslr_mmap_offset(void);		/* of the mmap area, of a PIE */
unsigned long aslr_brk_offset(void);		/* behind the program's end */
unsigned long aslr_sp_offset(void);		/* within the first stack page */

#endif
