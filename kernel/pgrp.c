// SPDX-License-Identifier: GPL-2.0-only
/*
 * pgrp.c - process groups and sessions: what a shell needs for job control.
 *
 *	session 5 (a login shell's)      controlling terminal: foreground group 9
 *	 |- group 5: the shell
 *	 |- group 7: make | tee          a background job
 *	 `- group 9: vi                  gets ^C
 *
 * A session leader can't leave its session, a group belongs to one session, and a
 * parent may move its child until that has called exec (then the child's program
 * relies on what it is): the rules of setpgid(2).
 *
 * A group is ORPHANED when no member has a parent in the same session but another
 * group: nobody is left who would continue it. Stopping it would stop it for ever,
 * so terminal stops are not done to it, and if it becomes orphaned while a member
 * is stopped, it gets SIGHUP and SIGCONT.
 */
#include <linux-lite/cred.h>
#include <linux-lite/pid.h>
#include <linux-lite/pgrp.h>
#include <linux-lite/signal.h>
#include <linux-lite/syscalls.h>

/* Is the group orphaned, not counting @ignored (which is about to go)? (t) */
static bool will_become_orphaned(struct pid_slot *slot, struct task_struct *ignored)
{
	struct signal_struct *sig;

	for_each_pgrp_member(sig, slot) {
		struct task_struct *p = signal_leader(sig), *parent = p->real_parent;

		if (p == ignored || (p->exit_state && sig->nr_threads == 1) || parent->pid == 1)
			continue;
		if (parent->signal->pgid != sig->pgid && parent->signal->sid == sig->sid)
			return false;
	}
	return true;
}

static bool has_stopped_jobs(struct pid_slot *slot)
{
	struct signal_struct *sig;

	for_each_pgrp_member(sig, slot)
		if (sig->flags & SIGNAL_STOP_STOPPED)
			return true;
	return false;
}

/** is_current_pgrp_orphaned - see above. Context: any, without tasklist_lock. */
bool is_current_pgrp_orphaned(void)
{
	unsigned long flags;
	struct pid_slot *slot;
	bool orphaned;

	spin_lock_irqsave(&tasklist_lock, flags);
	slot = pid_slot(current->signal->pgid);
	orphaned = !slot || will_become_orphaned(slot, NULL);
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return orphaned;
}

/**
 * kill_orphaned_pgrp - @p's link to its parent goes: does that orphan its group?
 * @p: a process; exiting, or losing its parent
 * @parent: the exiting parent, or NULL when @p itself exits
 *
 * Context: tasklist_lock held.
 */
void kill_orphaned_pgrp(struct task_struct *p, struct task_struct *parent)
{
	struct task_struct *ignored = parent ? NULL : p;
	struct pid_slot *slot = pid_slot(p->signal->pgid);

	if (!parent)
		parent = p->real_parent;
	if (!slot || parent->signal->pgid == p->signal->pgid ||
	    parent->signal->sid != p->signal->sid || !has_stopped_jobs(slot))
		return;
	if (will_become_orphaned(slot, ignored)) {
		kill_pgrp_locked(p->signal->pgid, SIGHUP, SEND_SIG_PRIV);
		kill_pgrp_locked(p->signal->pgid, SIGCONT, SEND_SIG_PRIV);
	}
}

/* setpgid's rules for process @p, current or a child of its. (t) */
static int may_setpgid(struct task_struct *p, pid_t pgid)
{
	struct signal_struct *mine = current->signal;
	struct pid_slot *slot;

	if (p->group_leader != p)
		return -EINVAL;
	if (p->real_parent == current->group_leader) {
		if (p->signal->sid != mine->sid)
			return -EPERM;
		if (!(p->flags & PF_FORKNOEXEC))
			return -EACCES;
	} else if (p != current->group_leader) {
		return -ESRCH;
	}
	if (p->signal->leader)
		return -EPERM;
	if (pgid == p->pid)
		return 0;
	slot = pid_slot(pgid);
	if (!slot || list_empty(&slot->pgrp) ||
	    list_first_entry(&slot->pgrp, struct signal_struct, pgrp_node)->sid != mine->sid)
		return -EPERM;
	return 0;
}

SYSCALL_DEFINE2(setpgid, pid_t, pid, pid_t, pgid)
{
	struct task_struct *p;
	int err = -ESRCH;

	if (!pid)
		pid = current->tgid;
	if (!pgid)
		pgid = pid;
	if (pgid < 0)
		return -EINVAL;
	spin_lock_irq(&tasklist_lock);
	p = find_task_by_pid(pid);
	if (p)
		err = may_setpgid(p, pgid);
	if (!err && p->signal->pgid != pgid)
		change_pgrp(p->signal, pgid);
	spin_unlock_irq(&tasklist_lock);
	return err;
}

/* The group (or session) of a process; 0: of current. */
static long get_number(pid_t pid, bool session)
{
	struct task_struct *p;
	long nr = -ESRCH;

	spin_lock_irq(&tasklist_lock);
	p = pid ? find_task_by_pid(pid) : current;
	if (p)
		nr = session ? p->signal->sid : p->signal->pgid;
	spin_unlock_irq(&tasklist_lock);
	return nr;
}

SYSCALL_DEFINE1(getpgid, pid_t, pid)
{
	return get_number(pid, false);
}

SYSCALL_DEFINE1(getsid, pid_t, pid)
{
	return get_number(pid, true);
}

SYSCALL_DEFINE0(setsid)
{
	struct task_struct *leader = current->group_leader;
	struct signal_struct *sig = leader->signal;
	pid_t sid = leader->pid;
	struct pid_slot *slot;
	long ret = -EPERM;

	spin_lock_irq(&tasklist_lock);
	slot = pid_slot(sid);
	if (!sig->leader && slot && list_empty(&slot->pgrp)) {
		sig->leader = true;
		change_session(sig, sid);
		change_pgrp(sig, sid);
		sig->tty = NULL;
		ret = sid;
	}
	spin_unlock_irq(&tasklist_lock);
	return ret;
}
