/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user.h - what is counted for each user: tasks (RLIMIT_NPROC) and queued
 * signals (RLIMIT_SIGPENDING). kernel/user.c.
 *
 * Small cousin of Linux's include/linux/sched/user.h.
 */
#ifndef LINUX_LITE_USER_H
#define LINUX_LITE_USER_H

#include <linux-lite/sched.h>

struct user_struct {
	uid_t uid;			/* (c) */
	int refs;			/* (uidhash_lock) */
	atomic_t processes;		/* tasks, threads too (a) */
	atomic_t sigpending;		/* signals queued, and timers (a) */
	struct list_head node;		/* (uidhash_lock) */
};

extern struct user_struct root_user;	/* never freed */

/* Return: the counts of a user, referenced; NULL: no memory. Context: may sleep. */
struct user_struct *alloc_uid(uid_t uid);
struct user_struct *get_uid(struct user_struct *u);
/* Context: any. */
void free_uid(struct user_struct *u);
/*
 * One more queued signal of @p's user, or timer that will send one. Return: the user,
 * referenced; NULL: RLIMIT_SIGPENDING forbids it, unless it @must be. Context: any.
 */
struct user_struct *charge_sigpending(struct task_struct *p, bool must);
void uncharge_sigpending(struct user_struct *u);

#endif
