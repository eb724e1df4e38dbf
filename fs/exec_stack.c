// SPDX-License-Identifier: GPL-2.0-only
/*
 * exec_stack.c - argv and envp, from the old program's memory to the new stack.
 *
 *	stack_top  +------------------+
 *	           | 8 bytes of zero  |
 *	           | file name        |  <- exec_fn
 *	           | environment      |
 *	           | arguments        |  <- p, moving down
 *	           +------------------+
 *
 * The new stack is a growing area of an mm that nobody runs on yet. Its pages are
 * faulted in as for any other mm, and written to through the direct map: each
 * string is copied once, from user memory to its last place. One page at a time
 * stays pinned, since strings are short and go downward.
 *
 * Limits: a string 128 KiB; all strings and their pointers a quarter of
 * RLIMIT_STACK, at least 128 KiB, at most 6 MiB.
 */
#include <linux-lite/err.h>
#include <linux-lite/exec_stack.h>
#include <linux-lite/fault.h>
#include <linux-lite/mman.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/string.h>
#include <asm/uaccess.h>

#define ARG_MIN		(32 * PAGE_SIZE)	/* always allowed */
#define STACK_ROOM	(32 * PAGE_SIZE)	/* of the area below the strings */
#define STACK_LIMIT	MiB(8)			/* for the 3/4 rule: Linux's _STK_LIM */

static unsigned long stack_rlimit(void)
{
	return current->signal->rlim[RLIMIT_STACK].rlim_cur;
}

/**
 * bprm_init_stack - make the new address space and its stack
 * @bprm: gets mm, stack_top, p
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int bprm_init_stack(struct linux_binprm *bprm)
{
	bprm->mm = mm_alloc();
	if (!bprm->mm)
		return -ENOMEM;
	bprm->stack_top = DEFAULT_MAP_WINDOW - aslr_stack_offset();
	/* Below the lowest place of the stack, or it could not grow as far as it may. */
	arch_pick_mmap_layout(bprm->mm, stack_rlimit(),
			      aslr_stack_max_offset() + aslr_mmap_offset());
	bprm->p = bprm->stack_top - sizeof(long);
	return setup_stack_vma(bprm->mm, bprm->stack_top, STACK_ROOM + PAGE_SIZE,
			       VM_READ | VM_WRITE);
}

/* The i-th string's address; NULL at the end. 0 or -EFAULT. */
static int get_string(struct user_strings v, int i, const char **s)
{
	if (v.kernel) {
		*s = v.kernel[i];
		return 0;
	}
	return get_user(*s, (const char **)(v.user + i));
}

/**
 * count_strings - length of argv or envp
 * @v: both members NULL: none
 *
 * Context: may sleep.
 * Return: strings before the NULL; -EFAULT, -E2BIG, -EINTR (being killed).
 */
int count_strings(struct user_strings v)
{
	const char *s;
	int n;

	if (!v.user && !v.kernel)
		return 0;
	for (n = 0; ; n++) {
		if (get_string(v, n, &s))
			return -EFAULT;
		if (!s)
			return n;
		if (n >= MAX_ARG_STRINGS)
			return -E2BIG;
		if (fatal_signal_pending(current))
			return -EINTR;
	}
}

/**
 * bprm_arg_limits - how far down strings may go
 * @bprm: argc and envc known, nothing pushed yet; gets arg_limit
 *
 * Context: any.
 * Return: 0, or -E2BIG when the pointers alone are too many.
 */
int bprm_arg_limits(struct linux_binprm *bprm)
{
	unsigned long limit = min(STACK_LIMIT / 4 * 3, stack_rlimit() / 4);
	unsigned long pointers = ((unsigned long)max(bprm->argc, 1) + bprm->envc) * sizeof(long);

	limit = max(limit, ARG_MIN);
	if (limit <= pointers)
		return -E2BIG;
	bprm->arg_limit = bprm->p - (limit - pointers);
	return 0;
}

/** bprm_put_page - let go of the stack page being filled. Context: any. */
void bprm_put_page(struct linux_binprm *bprm)
{
	if (bprm->page)
		put_page(bprm->page);
	bprm->page = NULL;
}

/* Pin the stack page of @addr; grow the area first if it lies below. */
static int bprm_get_page(struct linux_binprm *bprm, unsigned long addr)
{
	struct mm_struct *mm = bprm->mm;
	struct vm_area_struct *vma;
	long n = 0;

	addr &= PAGE_MASK;
	if (bprm->page && bprm->page_addr == addr)
		return 0;
	bprm_put_page(bprm);
	mmap_write_lock(mm);
	vma = find_vma(mm, addr);
	if (!vma || (addr < vma->vm_start && expand_stack(vma, addr, &no_mm_limits)))
		n = -ENOMEM;
	downgrade_write(&mm->mmap_lock);
	if (!n)
		n = get_user_pages_remote(mm, addr, 1, true, &bprm->page);
	mmap_read_unlock(mm);
	if (n != 1) {
		bprm->page = NULL;
		return n < 0 ? n : -EFAULT;
	}
	bprm->page_addr = addr;
	return 0;
}

/* Push @len bytes (with the NUL), from the end backwards: pages are met once each. */
static int bprm_push(struct linux_binprm *bprm, const char *s, size_t len, bool kernel)
{
	int err;

	if (bprm->p - bprm->arg_limit < len)
		return -E2BIG;
	while (len) {
		size_t n = (bprm->p - 1) % PAGE_SIZE + 1;	/* down to the page's start */
		char *to;

		n = min(n, len);
		err = bprm_get_page(bprm, bprm->p - n);
		if (err)
			return err;
		bprm->p -= n;
		len -= n;
		to = (char *)page_address(bprm->page) + bprm->p % PAGE_SIZE;
		if (kernel)
			memcpy(to, s + len, n);
		else if (copy_from_user(to, (const char __user *)s + len, n))
			return -EFAULT;
	}
	return 0;
}

/**
 * bprm_put_string_kernel - push one string of the kernel's
 * @bprm: p goes down by its length
 * @s: the string
 *
 * Context: may sleep.
 * Return: 0, -E2BIG, -ENOMEM.
 */
int bprm_put_string_kernel(struct linux_binprm *bprm, const char *s)
{
	return bprm_push(bprm, s, strlen(s) + 1, true);
}

/**
 * bprm_put_strings - push argv or envp, the last string first
 * @bprm: p goes down
 * @v: the strings
 * @n: as count_strings() said; user memory may have changed since
 *
 * Context: may sleep.
 * Return: 0, -E2BIG, -EFAULT, -ENOMEM, -EINTR.
 */
int bprm_put_strings(struct linux_binprm *bprm, struct user_strings v, int n)
{
	const char *s;
	long len;
	int err;

	while (n-- > 0) {
		if (get_string(v, n, &s) || !s)
			return -EFAULT;
		len = v.kernel ? (long)strlen(s) + 1 :
				 strnlen_user((const char __user *)s, MAX_ARG_STRLEN);
		if (!len)
			return -EFAULT;
		if ((unsigned long)len > MAX_ARG_STRLEN)
			return -E2BIG;
		err = bprm_push(bprm, s, len, v.kernel);
		if (err)
			return err;
		if (fatal_signal_pending(current))
			return -EINTR;
	}
	return 0;
}

/**
 * bprm_remove_arg_zero - drop argv[0] again: a script's interpreter brings its own
 * @bprm: argv[0] is the lowest string; argc is lowered, also if it was 0 by then
 *
 * Context: may sleep.
 * Return: 0, -EFAULT, -ENOMEM.
 */
int bprm_remove_arg_zero(struct linux_binprm *bprm)
{
	char c;

	do {
		int err = bprm_get_page(bprm, bprm->p);

		if (err)
			return err;
		c = ((char *)page_address(bprm->page))[bprm->p % PAGE_SIZE];
		bprm->p++;
	} while (c);
	bprm->argc--;
	return 0;
}

/**
 * bprm_finish_stack - all strings are there: give the stack its usual size
 * @bprm: p is the lowest string
 * @mm: current's by now
 *
 * Context: may sleep; takes mmap_lock.
 * Return: 0, or -EFAULT when there is no stack.
 */
int bprm_finish_stack(struct linux_binprm *bprm, struct mm_struct *mm)
{
	unsigned long want = min(STACK_ROOM, stack_rlimit());
	unsigned long start = (bprm->p & PAGE_MASK) - want;
	struct vm_area_struct *vma;

	bprm_put_page(bprm);
	mm->start_stack = bprm->p;
	mm->arg_start = bprm->p;
	mmap_write_lock(mm);
	vma = find_vma(mm, bprm->p);
	/* No room is no failure: the stack can still grow by faults, up to its limit. */
	if (vma && start < vma->vm_start)
		expand_stack(vma, start, &no_mm_limits);
	mmap_write_unlock(mm);
	return vma ? 0 : -EFAULT;
}
