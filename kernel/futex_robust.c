// SPDX-License-Identifier: GPL-2.0-only
/*
 * futex_robust.c - a thread that dies with locks in its hands.
 *
 * A program that wants robust locks keeps a list of the locks it holds, in its own
 * memory, and tells us where the list begins. When the thread ends, however it
 * ends, each lock on the list whose word has the thread's tid is marked
 * FUTEX_OWNER_DIED and one waiter is woken, who then repairs what was protected.
 *
 *	head.list -> entry -> entry -> head       word = entry + head.futex_offset
 *	head.list_op_pending -> entry             being locked or unlocked right now
 *
 * The list is the program's, so nothing in it is believed: every access can fault,
 * and after ROBUST_LIST_LIMIT entries we stop (it may be a ring). Bit 0 of a
 * pointer marks a priority-inheritance lock; those don't exist here.
 */
#include <linux-lite/abi/futex.h>
#include <linux-lite/cred.h>
#include <linux-lite/futex.h>
#include <linux-lite/syscalls.h>
#include <asm/uaccess.h>

SYSCALL_DEFINE2(set_robust_list, struct robust_list_head __user *, head, size_t, len)
{
	if (len != sizeof(*head))
		return -EINVAL;
	current->robust_list = head;
	return 0;
}

SYSCALL_DEFINE3(get_robust_list, int, pid, struct robust_list_head __user **, head_ptr,
		size_t __user *, len_ptr)
{
	struct robust_list_head __user *head;
	struct task_struct *p = get_task_by_pid(pid ? pid : current->pid);
	bool allowed;

	if (!p)
		return -ESRCH;
	head = p->robust_list;
	allowed = p == current || may_signal(p);
	put_task_struct(p);
	if (!allowed)
		return -EPERM;
	if (put_user(sizeof(*head), len_ptr) || put_user(head, head_ptr))
		return -EFAULT;
	return 0;
}

/* One lock of the dead thread. false: its memory can't be reached, give up. */
static bool handle_death(u32 __user *uaddr, struct task_struct *p, bool pending)
{
	u32 word, found;

	if ((unsigned long)uaddr % sizeof(u32) || get_user(word, uaddr))
		return false;
	/* It died between unlocking and waking: somebody may wait for nothing. */
	if (pending && !word) {
		futex_wake(uaddr, true, 1, FUTEX_BITSET_MATCH_ANY);
		return true;
	}
	while ((word & FUTEX_TID_MASK) == (u32)p->pid) {
		u32 dead = (word & FUTEX_WAITERS) | FUTEX_OWNER_DIED;

		if (futex_cmpxchg_user(uaddr, word, dead, &found))
			return false;
		if (found == word) {
			if (word & FUTEX_WAITERS)
				futex_wake(uaddr, true, 1, FUTEX_BITSET_MATCH_ANY);
			break;
		}
		word = found;		/* a waiter set its bit in between */
	}
	return true;
}

static u32 __user *word_of(unsigned long entry, long offset)
{
	return (u32 __user *)((entry & ~1UL) + offset);
}

void exit_robust_list(struct task_struct *p)
{
	struct robust_list_head __user *head = p->robust_list;
	unsigned long entry, next, pending;
	long offset;

	if (!head || get_user(entry, (unsigned long __user *)&head->list.next) ||
	    get_user(offset, &head->futex_offset) ||
	    get_user(pending, (unsigned long __user *)&head->list_op_pending))
		return;
	for (int i = 0; (entry & ~1UL) != (unsigned long)&head->list &&
	     i < ROBUST_LIST_LIMIT; i++) {
		/* Read on before the entry is let go: its next owner may change it. */
		int err = get_user(next, (unsigned long __user *)(entry & ~1UL));

		if (entry != pending && !handle_death(word_of(entry, offset), p, false))
			return;
		if (err)
			return;
		entry = next;
		cond_resched();
	}
	if (pending)
		handle_death(word_of(pending, offset), p, true);
}
