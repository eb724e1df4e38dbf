// SPDX-License-Identifier: GPL-2.0-only
/*
 * exit.c - the end of a task.
 *
 *	do_exit()                                    still a task of its process
 *	  exit_signals       PF_EXITING: takes no more signals
 *	  exit_mm, exit_files, exit_fs               what it used is given up
 *	  exit_notify        under tasklist_lock:
 *	     last thread?    children to init, groups told, parent told
 *	     ZOMBIE          ... waits for wait4()      or DEAD: released at once
 *	  schedule()         never comes back
 *	  finish_task_switch (next task) drops the hart's reference
 *
 *	release_task(): out of all lists; by the parent's wait4(), by a thread itself,
 *	or by whoever finds that nobody wants to know.
 *
 * I1  A process is a zombie when its leader is a zombie and it has no other thread:
 *     only then the parent is told and may wait for it.
 * I2  Only the task that sets exit_state from ZOMBIE to DEAD, under tasklist_lock,
 *     releases it.
 * I3  After release_task() sighand is NULL; signal stays as long as the struct.
 */
#include <linux-lite/bug.h>
#include <linux-lite/exit.h>
#include <linux-lite/hardirq.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pgrp.h>
#include <linux-lite/pid.h>
#include <linux-lite/posix_timers.h>
#include <linux-lite/printk.h>
#include <linux-lite/signal.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/task.h>
#include <linux-lite/task_files.h>

/* The numbers of a dead thread go to its process. (s) */
static void account_thread(struct signal_struct *sig, struct task_struct *p)
{
	u64 ut, st;

	task_cputime(p, &ut, &st);
	sig->utime_ns += ut;
	sig->stime_ns += st;
	sig->min_flt += p->min_flt;
	sig->maj_flt += p->maj_flt;
	sig->nvcsw += p->nvcsw;
	sig->nivcsw += p->nivcsw;
}

/* Out of the process and all lists. (t) */
static void unlink_task(struct task_struct *p)
{
	struct signal_struct *sig = p->signal;
	struct sighand_struct *sighand = p->sighand;

	spin_lock(&sighand->siglock);
	account_thread(sig, p);
	list_del_init(&p->thread_node);
	sig->nr_threads--;
	flush_sigqueue(&p->pending);
	if (!sig->nr_threads)
		flush_sigqueue(&sig->shared_pending);
	p->sighand = NULL;
	spin_unlock(&sighand->siglock);
	put_sighand(sighand);

	if (thread_group_leader(p)) {
		list_del_init(&p->sibling);
		list_del_init(&p->tasks);
		detach_pgrp(sig);
	}
	pid_slot(p->pid)->task = NULL;
	put_pid(p->pid);
	nr_tasks--;
	if (sig->group_exec_task)		/* de_thread() counts us */
		wake_up_all(&sig->wait_chldexit);
}

void release_task(struct task_struct *p)
{
	struct task_struct *leader;

	do {
		spin_lock_irq(&tasklist_lock);
		unlink_task(p);
		/* The last thread but a dead leader: now the process is a zombie (I1). */
		leader = p->group_leader;
		if (leader == p || leader->exit_state != EXIT_ZOMBIE ||
		    !thread_group_empty(leader) || !notify_parent_dead(leader))
			leader = NULL;
		else
			leader->exit_state = EXIT_DEAD;
		spin_unlock_irq(&tasklist_lock);
		put_task_struct(p);
		p = leader;
	} while (p);
}

/* Who becomes the parent of the children of @father: a subreaper above, or init. (t) */
static struct task_struct *find_new_reaper(struct task_struct *father)
{
	struct task_struct *p = father->real_parent;

	for (; p->pid; p = p->real_parent)
		if (p->signal->child_subreaper && !(p->signal->flags & SIGNAL_GROUP_EXIT))
			return p;
	return find_task_by_pid(1);
}

/* The process is gone: its children go to another. Dead ones on @release. (t) */
static void forget_original_parent(struct task_struct *father, struct list_head *release)
{
	struct task_struct *reaper = find_new_reaper(father), *p, *next;

	list_for_each_entry_safe(p, next, &father->children, sibling) {
		struct task_struct *t;

		list_for_each_entry(t, &p->signal->threads, thread_node) {
			t->real_parent = reaper;
			if (t->pdeath_signal)
				send_sig_locked(t->pdeath_signal, SEND_SIG_NOINFO, t, true);
		}
		WRITE_ONCE(p->signal->ppid, reaper->tgid);
		list_move_tail(&p->sibling, &reaper->children);
		p->exit_signal = SIGCHLD;
		if (p->exit_state == EXIT_ZOMBIE && thread_group_empty(p) &&
		    notify_parent_dead(p)) {
			p->exit_state = EXIT_DEAD;
			list_move(&p->sibling, release);
		}
		kill_orphaned_pgrp(p, father);
	}
}

/* Tell whom it concerns. What can be released at once is. */
static void exit_notify(struct task_struct *p, bool group_dead)
{
	struct task_struct *t, *next;
	LIST_HEAD(release);
	bool autoreap;

	spin_lock_irq(&tasklist_lock);
	if (group_dead) {
		forget_original_parent(p->group_leader, &release);
		kill_orphaned_pgrp(p->group_leader, NULL);
	}
	if (thread_group_leader(p))
		autoreap = thread_group_empty(p) && notify_parent_dead(p);
	else
		autoreap = true;
	p->exit_state = autoreap ? EXIT_DEAD : EXIT_ZOMBIE;
	if (p->signal->group_exec_task)
		wake_up_all(&p->signal->wait_chldexit);
	spin_unlock_irq(&tasklist_lock);

	list_for_each_entry_safe(t, next, &release, sibling)
		release_task(t);
	if (autoreap)
		release_task(p);
}

static void check_exit_allowed(struct task_struct *p, int code)
{
	if (in_irq())
		panic("Aiee, killing interrupt handler!");
	if (p->flags & PF_IDLE)
		panic("Attempted to kill the idle task!");
	if (p->flags & PF_EXITING) {		/* a fault in this very file */
		pr_emerg("Fixing recursive fault but reboot is needed!\n");
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule();
	}
	if (p->tgid == 1 && atomic_read(&p->signal->live) == 1)
		panic("Attempted to kill init! exitcode=0x%08x",
		      p->signal->flags & SIGNAL_GROUP_EXIT ? p->signal->group_exit_code : code);
}

/**
 * do_exit - end current
 * @code: as wait4(2) reports it: status << 8, or the signal that killed it
 *
 * Context: may sleep; no lock held. Does not return.
 */
void do_exit(int code)
{
	struct task_struct *p = current;
	struct signal_struct *sig = p->signal;
	bool group_dead;

	check_exit_allowed(p, code);
	exit_signals();
	p->exit_code = code;
	group_dead = atomic_dec_and_test(&sig->live);
	if (group_dead) {
		exit_itimers(sig);
		exit_posix_timers(sig);
		if (p->mm)
			sig->maxrss = max(sig->maxrss, max(p->mm->hiwater_rss, get_mm_rss(p->mm)));
	}
	exit_mm();
	exit_files(p);
	exit_fs(p);
	if (group_dead && sig->leader)
		disassociate_ctty();
	exit_notify(p, group_dead);

	local_irq_disable();
	WRITE_ONCE(p->state, TASK_DEAD);
	schedule();
	BUG();
}

/**
 * do_group_exit - end current's whole process
 * @code: as for do_exit(); the code of whoever came first is used
 *
 * Context: may sleep. Does not return.
 */
void do_group_exit(int code)
{
	struct signal_struct *sig = current->signal;

	spin_lock_irq(&current->sighand->siglock);
	if (sig->flags & SIGNAL_GROUP_EXIT) {
		code = sig->group_exit_code;
	} else if (!sig->group_exec_task) {
		sig->group_exit_code = code;
		sig->flags = SIGNAL_GROUP_EXIT | (sig->flags & SIGNAL_UNKILLABLE);
		zap_other_threads();
	}
	spin_unlock_irq(&current->sighand->siglock);
	do_exit(code);
}

SYSCALL_DEFINE1(exit, int, status)
{
	do_exit((status & 0xff) << 8);
}

SYSCALL_DEFINE1(exit_group, int, status)
{
	do_group_exit((status & 0xff) << 8);
}
