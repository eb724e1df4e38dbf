/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * task.h - making and freeing task structs. kernel/task.c; for kernel/fork.c,
 * exit.c and kthread.c only.
 */
#ifndef LINUX_LITE_TASK_H
#define LINUX_LITE_TASK_H

#include <linux-lite/sched.h>

extern int max_threads;			/* /proc/sys/kernel/threads-max */
extern int nr_tasks;			/* in the lists (t) */
extern unsigned long nr_forks;		/* since boot (t) */

void task_cache_init(void);
/* A copy of @orig with a stack of its own and two references; NULL: no memory. */
struct task_struct *dup_task_struct(struct task_struct *orig);
/* Undo that, before anybody else has seen it. */
void free_task(struct task_struct *p);
void put_signal_struct(struct signal_struct *sig);
void put_sighand(struct sighand_struct *sighand);
/* exit: run on without user memory. */
void exit_mm(void);
/* Take a dead task out of all lists and drop its reference. kernel/exit.c */
void release_task(struct task_struct *p);
static inline bool thread_group_leader(const struct task_struct *p)
{
	return p->group_leader == p;
}
static inline bool thread_group_empty(const struct task_struct *p)
{
	return p->signal->nr_threads == 1;
}

#endif
