/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * signal_types.h - the data of signals and processes that sched.h embeds.
 *
 * Small cousin of Linux's signal_types.h and sched/signal.h. The numbers are in
 * abi/signal.h, the functions in signal.h.
 */
#ifndef LINUX_LITE_SIGNAL_TYPES_H
#define LINUX_LITE_SIGNAL_TYPES_H

#include <linux-lite/abi/resource.h>
#include <linux-lite/abi/signal.h>
#include <linux-lite/spinlock.h>
#include <linux-lite/wait.h>

struct tty_struct;
struct task_struct;

struct sigpending {
	struct list_head list;		/* struct sigqueue, oldest first */
	sigset_t signal;		/* which are queued */
};

struct sighand_struct {
	spinlock_t siglock;		/* RANK_SIGHAND, interrupts off */
	atomic_t count;
	struct k_sigaction action[_NSIG];	/* siglock */
};

#define SIGNAL_GROUP_EXIT	0x1u	/* all threads die with group_exit_code */
#define SIGNAL_STOP_STOPPED	0x2u	/* the process is stopped */
#define SIGNAL_STOP_CONTINUED	0x4u	/* continued, not yet reported to wait4 */
#define SIGNAL_UNKILLABLE	0x8u	/* init */

/* One process: what its threads share. Key as in sched.h. */
struct signal_struct {
	atomic_t count;			/* task_structs that point here (a) */
	atomic_t live;			/* threads that have not begun to exit (a) */
	struct list_head threads;	/* (t)(s) */
	int nr_threads;			/* (s) */
	struct sigpending shared_pending;	/* (s) */
	unsigned int flags;		/* SIGNAL_* (s) */
	int group_exit_code;		/* (s) */
	struct task_struct *group_exec_task;	/* de_thread() in progress (s) */
	int stop_code;			/* signal that stopped it, until reported (s) */
	bool stop_dequeued;		/* a stop signal was taken, and no SIGCONT since (s) */
	int group_stop_count;		/* threads that have yet to stop (s) */
	wait_queue_head_t wait_chldexit;	/* wait4 sleeps here */

	pid_t pgid, sid;		/* (t); kernel/pid.c keeps the numbers from being reused */
	pid_t ppid;			/* the parent's tgid (t); getppid() reads it without */
	struct list_head pgrp_node;	/* in its process group's list (t) */
	bool leader;			/* session leader (t) */
	bool child_subreaper;		/* orphans below it become its children (t) */
	bool no_new_privs;		/* PR_SET_NO_NEW_PRIVS: exec honours no set-id bit (o) */
	short oom_score_adj;		/* oom.h: -1000..1000 */
	short oom_score_adj_min;	/* how far down it may go itself: root set it */
	bool dumpable;			/* PR_SET_DUMPABLE, kept and reported (o) */
	struct tty_struct *tty;		/* controlling terminal (t) */

	struct rlimit rlim[RLIM_NLIMITS];	/* (s) for writing */

	/* of threads and children that are gone */
	u64 utime_ns, stime_ns, cutime_ns, cstime_ns;
	unsigned long min_flt, maj_flt, cmin_flt, cmaj_flt;
	unsigned long nvcsw, nivcsw, cnvcsw, cnivcsw;
	unsigned long maxrss, cmaxrss;		/* pages */

	struct list_head posix_timers;	/* kernel/posix_timers.c (s) */
	int next_timer_id;		/* (s) */
	struct itimers *itimers;	/* kernel/itimer.c; made by the first setitimer (s) */
};

#endif
