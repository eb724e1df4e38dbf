/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * signal.h - sending, queueing and delivering signals. kernel/signal.c; the
 * frame on the user stack is the port's.
 *
 * Small cousin of Linux's include/linux/signal.h and sched/signal.h.
 */
#ifndef LINUX_LITE_SIGNAL_H
#define LINUX_LITE_SIGNAL_H

#include <linux-lite/sched.h>

/* Special values of the info argument: from current's user, from the kernel. */
#define SEND_SIG_NOINFO	((siginfo_t *)0)
#define SEND_SIG_PRIV	((siginfo_t *)1)

/**
 * send_sig_info - send a signal to a process (any thread takes it) or to one thread
 * @sig: 1..64; 0 only checks that @p is alive
 * @info: who and why, or SEND_SIG_*
 * @p: referenced, or otherwise sure not to vanish
 *
 * Context: any; takes tasklist_lock.
 * Return: 0; -ESRCH when @p is dead; -EAGAIN when a real-time signal has no room.
 */
int send_sig_info(int sig, siginfo_t *info, struct task_struct *p, bool to_process);
/* The same with tasklist_lock held. */
int send_sig_locked(int sig, siginfo_t *info, struct task_struct *p, bool to_process);
/* As send_sig_info(). Return: whether the receiver will get @info, not only the signal. */
bool send_sig_details(int sig, siginfo_t *info, struct task_struct *p, bool to_process);
/* A fault of current: cannot be ignored; blocked or ignored means death. Logs it. */
void force_sig_fault(int sig, int code, unsigned long addr);
void force_sig(int sig);
void force_sigsegv(int sig);
/* Every process of a group. 0, or -ESRCH when it is empty. Context: any. */
int kill_pgrp(pid_t pgid, int sig, siginfo_t *info);
int kill_pgrp_locked(pid_t pgid, int sig, siginfo_t *info);	/* tasklist_lock held */

static inline bool signal_pending(struct task_struct *p)
{
	return test_tsk_flag(p, _TIF_SIGPENDING);
}

void recalc_sigpending(void);		/* siglock held */
/* Is current's process group orphaned: nobody in its session can continue it? */
bool is_current_pgrp_orphaned(void);

struct ksignal {
	int sig;
	struct k_sigaction ka;
	siginfo_t info;
};
/* Take the next signal to handle. false: none. Stops and dies inside. */
bool get_signal(struct ksignal *ksig);
/* After the frame is up: block what the action blocks. */
void signal_setup_done(bool failed, struct ksignal *ksig);
/* The set to save in a frame: what sigsuspend replaced, or the present one. */
sigset_t *sigmask_to_save(void);
void restore_saved_sigmask(void);
void set_current_blocked(const sigset_t *set);
/* ppoll, pselect: another mask for the length of the call; NULL: leave it. 0 or -errno. */
int set_user_sigmask(const sigset_t __user *umask, size_t sigsetsize);
void flush_signal_handlers(struct task_struct *p);	/* exec */
int restore_altstack(const stack_t __user *uss);
int save_altstack(stack_t __user *uss, unsigned long sp);
unsigned long sigsp(unsigned long sp, size_t size_bytes, const struct ksignal *ksig);

/* --- between the files of kernel/ --- */
extern int show_unhandled_signals;	/* /proc/sys/debug/exception-trace */
extern struct kmem_cache *sighand_cache, *signal_cache;
void init_sigpending(struct sigpending *p);
void flush_sigqueue(struct sigpending *p);	/* siglock, or nobody else can see it */
/* All siglock held. */
void signal_wake_up(struct task_struct *p, bool fatal);
void remove_signals(struct signal_struct *sig, sigset_t mask);
/* Take one unblocked signal off current's queues; 0: none. */
int dequeue_signal(const sigset_t *blocked, siginfo_t *info);
/* Each other thread of current's process is to die. Return: how many there are. */
int zap_other_threads(void);
/* current leaves: another thread must take what it would have taken. */
void exit_signals(void);
/* Tell @p's parent that it stopped or went on. tasklist_lock held, no siglock. */
void notify_parent_stopped(struct task_struct *p, int why);
/* Tell it that @p is dead. Return: true when @p need not wait to be reaped. */
bool notify_parent_dead(struct task_struct *p);

/* The sets of signals with equal fate. */
#define SIG_KERNEL_ONLY_MASK	(sigmask(SIGKILL) | sigmask(SIGSTOP))
#define SIG_KERNEL_STOP_MASK	(sigmask(SIGSTOP) | sigmask(SIGTSTP) | sigmask(SIGTTIN) | \
				 sigmask(SIGTTOU))
#define SIG_KERNEL_IGNORE_MASK	(sigmask(SIGCONT) | sigmask(SIGCHLD) | sigmask(SIGWINCH) | \
				 sigmask(SIGURG))
#define SYNCHRONOUS_MASK	(sigmask(SIGSEGV) | sigmask(SIGBUS) | sigmask(SIGILL) | \
				 sigmask(SIGTRAP) | sigmask(SIGFPE) | sigmask(SIGSYS))

/* arch/riscv/kernel/signal.c: from the return to user mode when SIGPENDING. */
void do_signal(struct pt_regs *regs);

#endif
