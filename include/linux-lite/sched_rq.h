/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sched_rq.h - one hart's run queue, for the files kernel/sched*.c only. The
 * theory is in kernel/sched.c.
 */
#ifndef LINUX_LITE_SCHED_RQ_H
#define LINUX_LITE_SCHED_RQ_H

#include <linux-lite/percpu.h>
#include <linux-lite/sched.h>
#include <linux-lite/time.h>

struct rq {
	spinlock_t lock;		/* RANK_RQ, interrupts off; guards all below */
	unsigned int cpu;		/* (c) */
	unsigned int nr_running;	/* queued ones, and curr unless it is idle */
	struct list_head queue;		/* task->run_list: next one first; without curr */
	struct task_struct *curr, *idle;
	struct mm_struct *prev_mm;	/* to be dropped after a switch */
	struct timer tick;
	bool tick_on;			/* the tick is armed */
	u64 ticks_user, ticks_kernel;	/* samples of what the hart did */
	unsigned long nr_switches;
	long nr_uninterruptible;	/* went to sleep here less woken here: sum over harts */
};

DECLARE_PER_CPU(struct rq, runqueues);

static inline struct rq *cpu_rq(unsigned int cpu)
{
	return per_cpu_ptr(&runqueues, cpu);
}

static inline struct rq *task_rq(struct task_struct *p)
{
	return cpu_rq(READ_ONCE(p->thread_info.cpu));
}

/* How often the scheduler looks while a task runs. */
#define TICK_NS		((CONFIG_TIMESLICE_MS < 10 ? CONFIG_TIMESLICE_MS : 10) * NSEC_PER_MSEC)

/* The run queue of a task, locked; interrupts off. kernel/sched.c */
struct rq *task_rq_lock(struct task_struct *p, unsigned long *flags);
/* The task's hart is to call schedule() soon. rq->lock held. */
void resched_curr(struct rq *rq);
/* Put a runnable task that is on no queue on one; takes that queue's lock. */
void enqueue_elsewhere(struct task_struct *p);
/* A hart for it: idle, or with the shortest queue, among those it may use. */
unsigned int select_cpu(struct task_struct *p, unsigned int prev_cpu);
void set_task_cpu(struct task_struct *p, unsigned int cpu);
/* Take a task from a busier hart; NULL: none. rq->lock held. kernel/sched_balance.c */
struct task_struct *steal_task(struct rq *rq);
/* There is more work here than one hart can do: let an idle one come for it. */
void kick_idle_hart(struct rq *rq);
/* kernel/sched_tick.c */
void tick_init(struct rq *rq);
void tick_start(struct rq *rq, u64 now);

static inline bool cpu_is_idle(unsigned int cpu)
{
	return READ_ONCE(cpu_rq(cpu)->nr_running) == 0;
}

/* A whole turn of a task: TIMESLICE_MS, twice that at nice -20, 1/20 at 19. */
static inline s64 slice_ns(const struct task_struct *p)
{
	return (s64)(CONFIG_TIMESLICE_MS * NSEC_PER_MSEC) * (20 - p->nice) / 20;
}

/* Charge the running task for the time since it was last charged. rq->lock held. */
static inline void charge_curr(struct task_struct *p, u64 now)
{
	u64 ran = now - p->exec_start_ns;

	p->sum_exec_ns += ran;
	p->slice_left_ns -= ran;
	p->exec_start_ns = now;
}

#endif
