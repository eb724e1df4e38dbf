/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sched.h - tasks: what runs, and what a running thing owns.
 *
 *	task_struct  --- one thread ------------+--> mm_struct        (CLONE_VM)
 *	  thread_info  (first: tp points at it) +--> files_struct     (CLONE_FILES)
 *	  signal_struct  one process -----------+--> fs_struct        (CLONE_FS)
 *	    its threads, limits, tty, children  +--> sighand_struct   (CLONE_SIGHAND)
 *
 * A task sleeps by setting its state and calling schedule(); it is woken by
 * wake_up_process(). The kernel is not preemptible: schedule() runs when a task
 * sleeps, and on the way back to user mode when need_resched is set.
 *
 * Key: (t) tasklist_lock  (s) sighand->siglock  (r) the run queue's lock
 *      (c) constant after fork  (o) only the task itself  (a) atomic
 *
 * Small cousin of Linux's include/linux/sched.h; left out: scheduling classes
 * (one fair round-robin), cgroups, namespaces, capabilities (root or not),
 * ptrace.
 */
#ifndef LINUX_LITE_SCHED_H
#define LINUX_LITE_SCHED_H

#include <linux-lite/list.h>
#include <linux-lite/lockrank.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/signal_types.h>
#include <asm/current.h>
#include <asm/ptrace.h>
#include <asm/thread.h>

#define TASK_RUNNING		0u
#define TASK_INTERRUPTIBLE	1u
#define TASK_UNINTERRUPTIBLE	2u
#define TASK_STOPPED		4u	/* job control */
#define TASK_WAKEKILL		8u	/* with UNINTERRUPTIBLE: a fatal signal wakes it */
#define TASK_KILLABLE		(TASK_UNINTERRUPTIBLE | TASK_WAKEKILL)
#define TASK_DEAD		16u

#define PF_KTHREAD	0x1u	/* never returns to user mode; borrows mm (active_mm) */
#define PF_EXITING	0x2u
#define PF_FORKNOEXEC	0x8u
#define PF_IDLE		0x10u
#define PF_SIGNALED	0x20u

#define TASK_COMM_LEN	16
#define THREAD_SIZE	(PAGE_SIZE << CONFIG_THREAD_SIZE_ORDER)

struct files_struct;
struct fs_struct;
struct group_info;
struct user_struct;
struct robust_list_head;

#define MAX_HELD_LOCKS	24
struct held_locks {		/* CONFIG_DEBUG_LOCKS, kernel/lockdep.c (o) */
	unsigned int nr;
	struct {
		const void *lock;
		const char *name;
		int rank;
	} lock[MAX_HELD_LOCKS];
};

struct task_struct {
	struct thread_info thread_info;	/* first: see asm/thread_info.h */
	unsigned int state;		/* TASK_*; changed by itself, set RUNNING by wakers (r) */
	unsigned int flags;		/* PF_* (o) */
	void *stack;			/* THREAD_SIZE bytes, a guard page below (c) */
	struct thread_struct thread;	/* registers while switched out (o) */

	/* scheduler */
	struct list_head run_list;	/* (r) */
	bool on_rq;			/* (r) */
	int policy;			/* SCHED_OTHER and its likes: reported only */
	int nice;			/* -20..19: scales the length of its turns */
	cpumask_t cpus_allowed;		/* (r) */
	s64 slice_left_ns;		/* of its turn; refilled when it queues up behind (r) */
	u64 sum_exec_ns;		/* time run */
	u64 exec_start_ns;		/* when it was switched in */
	u64 user_ticks, kernel_ticks;	/* samples: how sum_exec_ns splits, task_cputime() */
	u64 start_time_ns;		/* since boot (c) */
	unsigned long nvcsw, nivcsw;	/* context switches, wanted and not (o) */
	unsigned long min_flt, maj_flt;	/* page faults (o) */

	/* memory */
	struct mm_struct *mm;		/* NULL: kernel thread */
	struct mm_struct *active_mm;	/* whose tables are loaded */

	/* identity */
	pid_t pid, tgid;		/* (c) */
	uid_t uid, euid, suid, fsuid;
	gid_t gid, egid, sgid, fsgid;
	struct group_info *group_info;	/* supplementary groups, shared; cred.h (o) */
	struct user_struct *user;	/* counts of the real uid; user.h (o) */
	char comm[TASK_COMM_LEN];
	unsigned int personality;	/* ADDR_NO_RANDOMIZE or 0: exec looks at it (o) */

	/* family (t) */
	struct task_struct *real_parent;	/* always the leader of a process */
	struct list_head children, sibling;	/* processes only: leaders */
	struct task_struct *group_leader;
	struct list_head thread_node;	/* signal->threads */
	struct list_head tasks;		/* all group leaders */
	int exit_state;			/* 0, EXIT_ZOMBIE, EXIT_DEAD */
	int exit_code;			/* as wait4 reports */
	int exit_signal;		/* sent to the parent; -1: not a leader */
	int pdeath_signal;		/* sent to it when its parent dies, PR_SET_PDEATHSIG */
	atomic_t usage;			/* references to the struct (a) */

	/* signals */
	struct signal_struct *signal;
	struct sighand_struct *sighand;	/* (t)(s) */
	sigset_t blocked, real_blocked;	/* (s), written by itself */
	sigset_t saved_sigmask;
	bool restore_sigmask;
	struct sigpending pending;	/* (s) */
	bool stop_pending;		/* must stop with its process (s) */
	unsigned long sas_ss_sp;	/* alternate signal stack (o) */
	size_t sas_ss_size;
	unsigned int sas_ss_flags;
	struct restart_block {
		long (*fn)(struct restart_block *);
		clockid_t clockid;
		u64 expires_ns;
		void __user *rmtp;
		u32 futex_val;
	} restart_block;		/* (o) */

	/* threads */
	int __user *set_child_tid;	/* CLONE_CHILD_SETTID */
	int __user *clear_child_tid;	/* zeroed and futex-woken at exit */
	struct robust_list_head __user *robust_list;
	bool vfork_active;		/* the parent's memory is borrowed: it waits */
	wait_queue_head_t vfork_wait;	/* ... here, and holds a reference to the struct */

	/* files */
	struct files_struct *files;
	struct fs_struct *fs;

	/* kernel thread entry: if set, a new task calls it before it looks at pt_regs */
	int (*kthread_fn)(void *);
	void *kthread_arg;

	struct held_locks held;
};

#define EXIT_ZOMBIE	1
#define EXIT_DEAD	2

extern struct task_struct init_task;	/* hart 0's idle task, the first of all */

/* --- scheduler: kernel/sched.c --- */
void sched_init(void);
void schedule(void);
/* Give the hart away if somebody waits for it; in long kernel loops. */
void cond_resched(void);
/* Return: true if it was asleep. Context: any. */
bool wake_up_process(struct task_struct *p);
/* The same, only if it sleeps in one of @state's bits. */
bool wake_up_state(struct task_struct *p, unsigned int state);
void wake_up_new_task(struct task_struct *p);
void cpu_idle(void) __noreturn;		/* the idle task's life, every hart */
void init_idle(struct task_struct *p, unsigned int cpu);
/* Let another task go first. */
void yield(void);
unsigned long nr_running(void);
/* Time that a task has run, split: user (*ut) and kernel (*st), ns. Context: any. */
void task_cputime(struct task_struct *p, u64 *ut, u64 *st);
/* May the task run there? Moves it when it may not. kernel/sched_affinity.c: 0, -EINVAL. */
int set_cpus_allowed(struct task_struct *p, cpumask_t mask);

static inline void set_current_state(unsigned int state)
{
	__atomic_store_n(&current->state, state, __ATOMIC_SEQ_CST);
}

static inline bool test_tsk_flag(struct task_struct *p, unsigned long tif)
{
	return __atomic_load_n(&p->thread_info.flags, __ATOMIC_RELAXED) & tif;
}

static inline void set_tsk_flag(struct task_struct *p, unsigned long tif)
{
	__atomic_fetch_or(&p->thread_info.flags, tif, __ATOMIC_SEQ_CST);
}

static inline void clear_tsk_flag(struct task_struct *p, unsigned long tif)
{
	__atomic_fetch_and(&p->thread_info.flags, ~tif, __ATOMIC_SEQ_CST);
}

/* Is it to die? (SIGKILL is pending in each thread then: I4 of kernel/signal.c.) */
static inline bool fatal_signal_pending(struct task_struct *p)
{
	return READ_ONCE(p->pending.signal.sig) & sigmask(SIGKILL);
}

static inline bool need_resched(void)
{
	return current_thread_info()->flags & _TIF_NEED_RESCHED;
}

/* --- tasks: kernel/fork.c, exit.c, pid.c --- */
extern spinlock_t tasklist_lock;	/* RANK_TASKLIST, interrupts off */
struct task_struct *find_task_by_pid(pid_t pid);	/* tasklist_lock held */
struct task_struct *get_task_by_pid(pid_t pid);	/* with a reference, or NULL */
static inline void get_task_struct(struct task_struct *p) { atomic_inc(&p->usage); }
void put_task_struct(struct task_struct *p);
/* The next process with tgid >= @tgid, referenced; NULL at the end. For /proc. */
struct task_struct *next_tgid(pid_t tgid);
/* The mm with a user counted, or NULL. */
struct mm_struct *get_task_mm(struct task_struct *p);

struct kernel_clone_args {
	u64 flags;			/* CLONE_* without the signal */
	int exit_signal;
	unsigned long stack, stack_size;
	unsigned long tls;
	int __user *child_tid, *parent_tid;
	int (*kthread_fn)(void *);	/* a kernel thread: without user memory */
	void *kthread_arg;
};
/* Return: the child's pid, or -errno. */
pid_t kernel_clone(struct kernel_clone_args *args);
/* A task that is not yet known to anybody. ERR_PTR on failure. */
struct task_struct *copy_process(struct kernel_clone_args *args);
/* A thread of the kernel; runs at once. ERR_PTR on shortage. kernel/kthread.c */
struct task_struct *kthread_run(int (*fn)(void *), void *arg, const char *name);
/* The idle task of a hart that is about to start; NULL: no memory. */
struct task_struct *fork_idle(unsigned int cpu);
void do_exit(int code) __noreturn;
void do_group_exit(int code) __noreturn;
/* exec: be the only thread of the process, with the leader's pid. 0 or -EAGAIN. */
int de_thread(void);
/* exec's point of no return: switch to @mm, drop the old one (wakes a vfork parent). */
void exec_mmap(struct mm_struct *mm);

/* --- the port --- */
/* Set up what schedule() switches to the first time. arch/riscv/kernel/process.c */
int copy_thread(struct task_struct *p, const struct kernel_clone_args *args);
void start_thread(struct pt_regs *regs, unsigned long pc, unsigned long sp);
/* Returns, in @next, the task that ran before: not always the @prev it was called with. */
struct task_struct *switch_to(struct task_struct *prev, struct task_struct *next);
/* kernel/sched.c: the first words of a new task (ret_from_fork): end @prev's switch. */
void schedule_tail(struct task_struct *prev);
void fork_child_starts(void);	/* kernel/fork.c: its own part of the same */
void switch_mm(struct mm_struct *prev, struct mm_struct *next);
struct pt_regs *task_pt_regs(struct task_struct *p);
#define current_pt_regs()	task_pt_regs(current)
void flush_thread(void);		/* exec: FPU state of a new program */

#endif
