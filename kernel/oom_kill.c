// SPDX-License-Identifier: GPL-2.0-only
/*
 * oom_kill.c - what mm/reclaim/oom.c, which knows no tasks, asks of this floor: who
 * has memory, and the end of one; and /proc/PID/oom_score_adj.
 *
 * Memory may belong to several processes (CLONE_VM without CLONE_THREAD, vfork). It
 * is not free before the last of them is gone, so all are killed, and what one of
 * them is told about its score holds for all.
 *
 * Locks: tasklist_lock; p->mm changes under it only.
 *
 * Small cousin of Linux's mm/oom_kill.c (__oom_kill_process) and fs/proc/base.c.
 */
#include <linux-lite/cred.h>
#include <linux-lite/init.h>
#include <linux-lite/oom.h>
#include <linux-lite/signal.h>
#include <linux-lite/task.h>

#define for_each_process(p)	list_for_each_entry(p, &init_task.tasks, tasks)

/* Any thread of a process that has its memory still; NULL: all have let go. (t) */
static struct task_struct *thread_with_mm(struct task_struct *p)
{
	struct task_struct *t;

	list_for_each_entry(t, &p->signal->threads, thread_node)
		if (t->mm)
			return t;
	return NULL;
}

static void for_each_mm_owner(void (*visit)(struct task_struct *t, void *arg), void *arg)
{
	struct task_struct *p, *t;

	spin_lock_irq(&tasklist_lock);
	for_each_process(p) {
		t = thread_with_mm(p);
		if (t)
			visit(t, arg);
	}
	spin_unlock_irq(&tasklist_lock);
}

/* The end of one process, with a little memory to reach it. (t) */
static void kill_process(struct task_struct *p)
{
	struct task_struct *t;

	send_sig_locked(SIGKILL, SEND_SIG_PRIV, p, true);
	list_for_each_entry(t, &p->signal->threads, thread_node)
		set_tsk_flag(t, _TIF_MEMDIE);
}

static void oom_kill(struct task_struct *victim)
{
	struct mm_struct *mm = NULL;
	struct task_struct *p, *t;

	spin_lock_irq(&tasklist_lock);
	t = victim->sighand ? thread_with_mm(victim) : NULL;
	if (t)
		mm = t->mm;
	for_each_process(p) {
		t = thread_with_mm(p);
		if (mm && t && t->mm == mm && p->pid != 1 && !(p->flags & PF_KTHREAD))
			kill_process(p);
	}
	spin_unlock_irq(&tasklist_lock);
	put_task_struct(victim);
}

static const struct oom_task_ops ops = {
	.for_each = for_each_mm_owner,
	.kill = oom_kill,
};

/** oom_init - from now on a lack of memory ends a process. Context: boot. */
void __init oom_init(void)
{
	oom_task_ops = &ops;
}

/**
 * set_oom_score_adj - make a process more or less likely to be killed
 * @p: any thread of it, referenced
 * @adj: OOM_SCORE_ADJ_MIN..OOM_SCORE_ADJ_MAX
 *
 * Context: task.
 * Return: 0; -EINVAL; -EACCES: less likely than root has said, and not root.
 */
int set_oom_score_adj(struct task_struct *p, long adj)
{
	struct task_struct *q, *t;
	int err = 0;

	if (adj < OOM_SCORE_ADJ_MIN || adj > OOM_SCORE_ADJ_MAX)
		return -EINVAL;
	spin_lock_irq(&tasklist_lock);
	if (adj < p->signal->oom_score_adj_min && !capable()) {
		err = -EACCES;
		goto out;
	}
	p->signal->oom_score_adj = adj;
	if (capable())
		p->signal->oom_score_adj_min = adj;
	for_each_process(q) {
		t = thread_with_mm(q);
		if (!t || !p->mm || t->mm != p->mm || t->flags & PF_KTHREAD || q->pid == 1)
			continue;
		q->signal->oom_score_adj = adj;
		if (capable())
			q->signal->oom_score_adj_min = adj;
	}
out:
	spin_unlock_irq(&tasklist_lock);
	return err;
}
