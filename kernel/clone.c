// SPDX-License-Identifier: GPL-2.0-only
/*
 * clone.c - fork's system calls, and what happens to user memory when a task
 * begins, execs and ends.
 *
 *	clone(flags, stack, parent_tid, tls, child_tid)      riscv's order
 *	clone3(struct clone_args *, size)
 *
 * The words that threads leave in memory:
 *
 *	parent_tid   CLONE_PARENT_SETTID   written by the parent, before the child runs
 *	child_tid    CLONE_CHILD_SETTID    written by the child, in its own memory
 *	             CLONE_CHILD_CLEARTID  zeroed when it ends, and futex-woken: that
 *	                                   is what pthread_join() waits for
 *
 * riscv has no fork and vfork calls: libc uses clone.
 */
#include <linux-lite/abi/futex.h>
#include <linux-lite/abi/sched.h>
#include <linux-lite/fork.h>
#include <linux-lite/futex.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pid.h>
#include <linux-lite/printk.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/task.h>
#include <asm/uaccess.h>

void fork_put_tid(pid_t pid, int __user *where)
{
	if (put_user(pid, where))
		return;
}

/** fork_child_starts - the new task's own part of fork, on its stack. Context: task. */
void fork_child_starts(void)
{
	if (current->set_child_tid)
		fork_put_tid(current->pid, current->set_child_tid);
}

SYSCALL_DEFINE5(clone, unsigned long, flags, unsigned long, stack, int __user *, parent_tid,
		unsigned long, tls, int __user *, child_tid)
{
	struct kernel_clone_args args = {
		.flags = (u32)flags & ~CSIGNAL,
		.exit_signal = flags & CSIGNAL,
		.stack = stack,
		.tls = tls,
		.parent_tid = parent_tid,
		.child_tid = child_tid,
	};

	return kernel_clone(&args);
}

/* The structure of a caller that is older or newer than we: 0, -E2BIG, -EFAULT, -EINVAL. */
static int get_clone_args(struct clone_args *a, const struct clone_args __user *ua, size_t size)
{
	char c;

	if (size > PAGE_SIZE)
		return -E2BIG;
	if (size < CLONE_ARGS_SIZE_VER0)
		return -EINVAL;
	memset(a, 0, sizeof(*a));
	if (copy_from_user(a, ua, min(size, sizeof(*a))))
		return -EFAULT;
	for (size_t i = sizeof(*a); i < size; i++) {	/* fields we don't know: must be 0 */
		if (get_user(c, (const char __user *)ua + i))
			return -EFAULT;
		if (c)
			return -E2BIG;
	}
	return 0;
}

SYSCALL_DEFINE2(clone3, const struct clone_args __user *, uargs, size_t, size)
{
	struct clone_args a;
	struct kernel_clone_args args;
	int err = get_clone_args(&a, uargs, size);

	if (err)
		return err;
	if (a.flags & (CSIGNAL | CLONE_DETACHED) || a.flags >> 34 || a.exit_signal > _NSIG ||
	    a.set_tid || a.set_tid_size || (!a.stack) != (!a.stack_size))
		return -EINVAL;
	if (a.flags & (CLONE_THREAD | CLONE_PARENT) && a.exit_signal)
		return -EINVAL;
	if (a.stack && !access_ok((void __user *)a.stack, a.stack_size))
		return -EINVAL;
	args = (struct kernel_clone_args){
		.flags = a.flags,
		.exit_signal = a.exit_signal,
		.stack = a.stack ? a.stack + a.stack_size : 0,	/* the top: it grows down */
		.stack_size = a.stack_size,
		.tls = a.tls,
		.parent_tid = (int __user *)a.parent_tid,
		.child_tid = (int __user *)a.child_tid,
	};
	return kernel_clone(&args);
}

SYSCALL_DEFINE1(set_tid_address, int __user *, tidptr)
{
	current->clear_child_tid = tidptr;
	return current->pid;
}

/* CLONE_CHILD_CLEARTID: only if somebody is left who could look. */
static void clear_tid_word(struct task_struct *p)
{
	int __user *where = p->clear_child_tid;

	p->clear_child_tid = NULL;
	if (!where || atomic_read(&p->mm->mm_users) <= 1)
		return;
	if (!put_user(0, where))
		futex_wake((u32 __user *)where, true, 1, FUTEX_BITSET_MATCH_ANY);
}

/* exec and exit: current lets go of its user memory: locks, tid word. */
static void mm_release(struct task_struct *p)
{
	if (!p->mm)
		return;
	exit_robust_list(p);
	clear_tid_word(p);
}

/* A vfork parent may have its memory back. */
static void complete_vfork(struct task_struct *p)
{
	if (likely(!p->vfork_active))
		return;
	WRITE_ONCE(p->vfork_active, false);
	wake_up_all(&p->vfork_wait);
}

void exit_mm(void)
{
	struct task_struct *p = current;
	struct mm_struct *mm = p->mm;

	if (!mm) {
		complete_vfork(p);
		return;
	}
	mm_release(p);
	mmgrab(mm);			/* active_mm stays: the tables are loaded */
	spin_lock_irq(&tasklist_lock);
	p->mm = NULL;
	spin_unlock_irq(&tasklist_lock);
	complete_vfork(p);
	mmput(mm);
}

/**
 * exec_mmap - exec's point of no return: the old memory goes, the new one is used
 * @mm: the new address space; its reference passes to current
 *
 * Context: may sleep; current is the only thread of its process.
 */
void exec_mmap(struct mm_struct *mm)
{
	struct task_struct *p = current;
	struct mm_struct *old = p->mm, *old_active = p->active_mm;

	mm_release(p);
	p->robust_list = NULL;
	spin_lock_irq(&tasklist_lock);
	p->mm = mm;
	p->active_mm = mm;
	p->flags &= ~(PF_KTHREAD | PF_FORKNOEXEC);
	switch_mm(old_active, mm);
	spin_unlock_irq(&tasklist_lock);
	complete_vfork(p);
	if (old) {
		struct signal_struct *sig = p->signal;

		sig->maxrss = max(sig->maxrss, max(old->hiwater_rss, get_mm_rss(old)));
		mmput(old);
	} else {
		mmdrop(old_active);	/* what a kernel thread had borrowed */
	}
}
