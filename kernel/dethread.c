// SPDX-License-Identifier: GPL-2.0-only
/*
 * dethread.c - exec by one of several threads: the others must end first, and the
 * one that is left must be the process's leader, because its number is the
 * process's.
 *
 *	before:  leader 100, threads 101 (calls exec), 102
 *	zap:     102 ends and is gone; 100 ends and stays a zombie (leaders do)
 *	take:    101 gets number 100, the parent, the children, the place in all lists
 *	after:   the old leader, now number 101, is released
 *
 * While it lasts signal->group_exec_task is set: no thread can be born, other
 * execs and exits fail or wait, and dying threads wake the waiter.
 */
#include <linux-lite/kernel.h>
#include <linux-lite/pid.h>
#include <linux-lite/posix_timers.h>
#include <linux-lite/signal.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/task.h>

/* All but current (and a leader that is a zombie) are gone. */
static bool is_alone(struct task_struct *p)
{
	struct signal_struct *sig = p->signal;

	if (thread_group_leader(p))
		return READ_ONCE(sig->nr_threads) == 1;
	return READ_ONCE(sig->nr_threads) == 2 &&
	       READ_ONCE(p->group_leader->exit_state) == EXIT_ZOMBIE;
}

static void wait_for_others(struct task_struct *p)
{
	wait_queue_head_t *q = &p->signal->wait_chldexit;
	struct wait_queue_entry w;

	init_wait_entry(&w, false);
	for (;;) {
		prepare_to_wait(q, &w, TASK_KILLABLE);
		if (is_alone(p) || fatal_signal_pending(p))
			break;
		schedule();
	}
	finish_wait(q, &w);
}

/* The old leader's children are told who their parent is. (t) */
static void take_children(struct task_struct *p, struct task_struct *leader)
{
	struct task_struct *child, *t;

	list_for_each_entry(child, &leader->children, sibling)
		list_for_each_entry(t, &child->signal->threads, thread_node)
			t->real_parent = p;
	list_splice_init(&leader->children, &p->children);
}

/* Become the leader in its place. The old one, dead, is released. */
static void take_over(struct task_struct *p)
{
	struct task_struct *leader = p->group_leader;
	pid_t pid = p->pid;

	spin_lock_irq(&tasklist_lock);
	p->pid = leader->pid;
	leader->pid = pid;
	pid_slot(p->pid)->task = p;
	pid_slot(leader->pid)->task = leader;
	list_replace_init(&leader->tasks, &p->tasks);
	list_replace_init(&leader->sibling, &p->sibling);
	take_children(p, leader);
	p->start_time_ns = leader->start_time_ns;
	p->exit_signal = SIGCHLD;
	p->group_leader = p;
	leader->exit_signal = -1;
	leader->group_leader = p;
	leader->exit_state = EXIT_DEAD;
	spin_unlock_irq(&tasklist_lock);
	itimer_new_leader(p->signal, p);
	release_task(leader);
}

/* Signal handlers that other processes share (CLONE_SIGHAND): @own is our copy from now on. */
static void unshare_sighand(struct task_struct *p, struct sighand_struct *own)
{
	struct sighand_struct *old = p->sighand;

	spin_lock_init(&own->siglock, RANK_SIGHAND);
	atomic_set(&own->count, 1);
	spin_lock_irq(&tasklist_lock);
	spin_lock(&old->siglock);
	memcpy(own->action, old->action, sizeof(own->action));
	p->sighand = own;
	spin_unlock(&old->siglock);
	spin_unlock_irq(&tasklist_lock);
	put_sighand(old);
}

/* The other threads end. 0; -EAGAIN: the process is being killed, or another thread execs. */
static int end_other_threads(struct task_struct *p)
{
	struct signal_struct *sig = p->signal;

	if (sig->nr_threads == 1)
		return 0;
	spin_lock_irq(&p->sighand->siglock);
	if (sig->flags & SIGNAL_GROUP_EXIT || sig->group_exec_task) {
		spin_unlock_irq(&p->sighand->siglock);
		return -EAGAIN;
	}
	sig->group_exec_task = p;
	zap_other_threads();
	spin_unlock_irq(&p->sighand->siglock);
	wait_for_others(p);
	if (is_alone(p) && !thread_group_leader(p))
		take_over(p);
	spin_lock_irq(&p->sighand->siglock);
	sig->group_exec_task = NULL;
	spin_unlock_irq(&p->sighand->siglock);
	return sig->nr_threads > 1 ? -EAGAIN : 0;
}

/**
 * de_thread - be the only thread of the process, and its leader
 *
 * Context: may sleep.
 * Return: 0; -EAGAIN: the process is being killed or another thread execs;
 * -ENOMEM.
 */
int de_thread(void)
{
	struct task_struct *p = current;
	struct sighand_struct *own = NULL;
	int err;

	/* Before anybody is killed. Threads share it, too; nobody else can begin to. */
	if (atomic_read(&p->sighand->count) > 1) {
		own = kmem_cache_alloc(sighand_cache, GFP_KERNEL);
		if (!own)
			return -ENOMEM;
	}
	err = end_other_threads(p);
	if (!err) {
		p->exit_signal = SIGCHLD;
		exit_posix_timers(p->signal);		/* setitimer's go on */
		if (atomic_read(&p->sighand->count) > 1) {
			unshare_sighand(p, own);
			own = NULL;
		}
	}
	if (own)
		kmem_cache_free(sighand_cache, own);
	return err;
}
