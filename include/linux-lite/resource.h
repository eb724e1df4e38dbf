/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * resource.h - what processes may use, and what they have used.
 * kernel/resource.c.
 */
#ifndef LINUX_LITE_RESOURCE_H
#define LINUX_LITE_RESOURCE_H

#include <linux-lite/sched.h>

/* A limit of current, in its own unit. */
static inline unsigned long rlimit(unsigned int limit)
{
	return READ_ONCE(current->signal->rlim[limit].rlim_cur);
}

/* CPU time of all threads of @p's process, dead ones too, ns. Context: any. */
void process_cputime(struct task_struct *p, u64 *ut, u64 *st);
void process_cputime_locked(struct task_struct *p, u64 *ut, u64 *st);	/* tasklist_lock held */
/**
 * getrusage_locked - fill in what getrusage(2) and wait4(2) report
 * @p: its process for RUSAGE_SELF and _CHILDREN
 * @who: RUSAGE_SELF, RUSAGE_CHILDREN or RUSAGE_THREAD
 *
 * Context: tasklist_lock held.
 */
void getrusage_locked(struct task_struct *p, int who, struct rusage *r);
/* Add what @b counts to @a; the larger of the two memory sizes. */
void rusage_add(struct rusage *a, const struct rusage *b);

#endif
