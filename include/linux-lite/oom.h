/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * oom.h - when no memory is left: who must go. mm/reclaim/oom.c; the side that
 * knows tasks is kernel/oom_kill.c.
 *
 * Small cousin of Linux's include/linux/oom.h; left out: control groups, NUMA,
 * the reaper thread, the notifier chain.
 */
#ifndef LINUX_LITE_OOM_H
#define LINUX_LITE_OOM_H

#include <linux-lite/gfp.h>
#include <linux-lite/sched.h>

/* What a process may write to /proc/PID/oom_score_adj, in thousandths of all memory. */
#define OOM_SCORE_ADJ_MIN	(-1000)	/* never */
#define OOM_SCORE_ADJ_MAX	1000
/* The badness of who must not be killed. */
#define OOM_NEVER		(-0x7fffffffffffffffL - 1)

/**
 * struct oom_task_ops - what the killer must know of tasks, and have done to one
 * @for_each: call @visit with tasklist_lock held for each process that has memory:
 *	any one of its threads whose mm is set
 * @kill: SIGKILL for @victim's process and all others with the same memory; their
 *	threads may then use the reserve (_TIF_MEMDIE). Takes over a reference.
 *
 * Set once by kernel/; mm/ is below it.
 */
struct oom_task_ops {
	void (*for_each)(void (*visit)(struct task_struct *t, void *arg), void *arg);
	void (*kill)(struct task_struct *victim);
};
extern const struct oom_task_ops *oom_task_ops;

/* /proc/sys/vm */
extern int sysctl_panic_on_oom, sysctl_oom_kill_allocating_task, sysctl_oom_dump_tasks;

/* How much would be gained by killing @t's process? Pages, or OOM_NEVER. */
long oom_badness(struct task_struct *t, unsigned long total_pages);
/* Nothing could be freed: make room by force. true: look again. */
bool out_of_memory(gfp_t gfp, unsigned int order);
/* A page fault found no memory. true: repeat it; false: current is to die. */
bool pagefault_out_of_memory(void);

/* --- kernel/oom_kill.c --- */
void oom_init(void);
/* write(2) to /proc/PID/oom_score_adj: 0, -EINVAL, -EACCES. */
int set_oom_score_adj(struct task_struct *p, long adj);

#endif
