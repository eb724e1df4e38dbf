/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pid.h - numbers of tasks, process groups and sessions. kernel/pid.c.
 *
 * Small cousin of Linux's include/linux/pid.h.
 */
#ifndef LINUX_LITE_PID_H
#define LINUX_LITE_PID_H

#include <linux-lite/sched.h>

#define PID_MAX_DEFAULT	32768
#define RESERVED_PIDS	300	/* after the first wrap, numbers below are left to daemons */

/*
 * One number. It stays taken while anything is called by it, so a process group
 * outlives its leader and nobody else gets its number.
 */
struct pid_slot {
	struct task_struct *task;	/* (t) or NULL: the task is gone, a group is left */
	struct list_head pgrp;		/* signal->pgrp_node of the group's processes (t) */
	unsigned int refs;		/* task + processes of group and session + terminals (t) */
};

extern int pid_max;			/* /proc/sys/kernel/pid_max */
extern pid_t last_pid;			/* the youngest: /proc/loadavg */

/* A number with one reference, for a new task; -EAGAIN, -ENOMEM. Context: may sleep. */
pid_t alloc_pid(void);
/* --- all with tasklist_lock held --- */
struct pid_slot *pid_slot(pid_t nr);	/* NULL: not taken */
void get_pid(pid_t nr);
void put_pid(pid_t nr);
/* Enter the group and session @pgid, @sid (each must be taken); leave them. */
void attach_pgrp(struct signal_struct *sig, pid_t pgid, pid_t sid);
void change_pgrp(struct signal_struct *sig, pid_t pgid);
void change_session(struct signal_struct *sig, pid_t sid);
void detach_pgrp(struct signal_struct *sig);

/* Every process of a group, by signal_struct. tasklist_lock held. */
#define for_each_pgrp_member(sig, slot) \
	list_for_each_entry(sig, &(slot)->pgrp, pgrp_node)

/* The leader of the process that owns @sig. */
static inline struct task_struct *signal_leader(struct signal_struct *sig)
{
	return list_first_entry(&sig->threads, struct task_struct, thread_node)->group_leader;
}

#endif
