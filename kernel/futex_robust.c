// SPDX-License-Identifier: GPL-2.0-only
/*
 * futex_robust.c - locks whose owner dies.
 *
 * A thread keeps a list, in its own memory, of the robust mutexes it holds, and
 * has told the kernel where the list begins (set_robust_list). When the thread
 * dies, the kernel walks the list: each word that names this thread as owner gets
 * FUTEX_OWNER_DIED instead, and a waiter is woken, who finds out and cleans up.
 *
 *	head -> entry -> entry -> head        list_op_pending: being locked or unlocked
 *	          \ futex_offset
 *	           +-> word: WAITERS | OWNER_DIED | tid
 *
 * All of it is user memory: it may be garbage, or circular. So every access may
 * fail, which ends the walk, and the walk ends after ROBUST_LIST_LIMIT steps.
 *
 * Linux: exit_robust_list in kernel/futex/core.c.
 */
#include <linux-lite/abi/futex.h>
#include <linux-lite/err.h>
#include <linux-lite/futex.h>
#include <linux-lite/kernel.h>
#include <linux-lite/syscalls.h>
#include <asm/uaccess.h>

SYSCALL_DEFINE2(set_robust_list, struct robust_list_head __user *, head, size_t, len)
{
	if (len != sizeof(*head))
		return -EINVAL;
	current->robust_list = head;
	return 0;
}

SYSCALL_DEFINE3(get_robust_list, int, pid, struct robust_list_head __user * __user *, head_ptr,
		size_t __user *, len_ptr)
{
	struct robust_list_head __user *head = current->robust_list;
	struct task_struct *p;

	if (pid) {
		p = get_task_by_pid(pid);
		if (!p)
			return -ESRCH;
		head = p->robust_list;
		if (current->euid && current->euid != p->uid)
			head = ERR_PTR(-EPERM);
		put_task_struct(p);
		if (IS_ERR(head))
			return PTR_ERR(head);
	}
	if (put_user(sizeof(*head), len_ptr))
		return -EFAULT;
	return put_user(head, head_ptr);
}

/* One word: if the dying thread owns it, say so and wake one waiter. 0 or -errno. */
static int mark_dead(u32 __user *uaddr, struct task_struct *p, bool pending)
{
	u32 val, found;

	if ((unsigned long)uaddr & 3)
		return -EINVAL;
	if (get_user(val, uaddr))
		return -EFAULT;
	/* Died between unlocking the word and taking it off the list: a waiter may sleep. */
	if (pending && !(val & FUTEX_TID_MASK)) {
		futex_wake(uaddr, true, 1, FUTEX_BITSET_MATCH_ANY);
		return 0;
	}
	while ((val & FUTEX_TID_MASK) == (u32)p->pid) {
		if (futex_cmpxchg_user(uaddr, val, (val & FUTEX_WAITERS) | FUTEX_OWNER_DIED,
				       &found))
			return -EFAULT;
		if (found == val) {
			if (val & FUTEX_WAITERS)
				futex_wake(uaddr, true, 1, FUTEX_BITSET_MATCH_ANY);
			break;
		}
		val = found;
	}
	return 0;
}

/* Bit 0 of a list pointer marks a priority-inheritance lock: not a part of the address. */
static void __user *entry_word(struct robust_list __user *entry, long offset)
{
	return (char __user *)((unsigned long)entry & ~1UL) + offset;
}

/**
 * exit_robust_list - mark the robust locks that a dying task held
 * @p: current
 *
 * Context: may sleep; the task's memory is still there.
 */
void exit_robust_list(struct task_struct *p)
{
	struct robust_list_head head;
	struct robust_list __user *entry, *next, *end;
	unsigned int steps;

	if (!p->robust_list || copy_from_user(&head, p->robust_list, sizeof(head)))
		return;
	end = &p->robust_list->list;
	entry = head.list.next;
	for (steps = 0; entry != end && steps < ROBUST_LIST_LIMIT; steps++) {
		/* Read the way on first: a woken waiter may free the entry. */
		if (get_user(next, (struct robust_list __user * __user *)
				   ((unsigned long)entry & ~1UL)))
			next = NULL;
		if (entry != head.list_op_pending &&
		    mark_dead(entry_word(entry, head.futex_offset), p, false))
			break;
		if (!next)
			break;
		entry = next;
		cond_resched();
	}
	if (head.list_op_pending)
		mark_dead(entry_word(head.list_op_pending, head.futex_offset), p, true);
	p->robust_list = NULL;
}
