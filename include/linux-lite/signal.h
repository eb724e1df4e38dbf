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

/* To a process (any thread takes it) or one thread. info NULL: from the kernel. */
int send_sig_info(int sig, siginfo_t *info, struct task_struct *p, bool to_process);
/* A fault of current: cannot be ignored; blocked or ignored means death. */
void force_sig_fault(int sig, int code, unsigned long addr);
void force_sig(int sig);
void force_sigsegv(int sig);
/* Every process of a group. 0, or -ESRCH when it is empty. */
int kill_pgrp(pid_t pgid, int sig, siginfo_t *info);

static inline bool signal_pending(struct task_struct *p)
{
	return test_tsk_flag(p, _TIF_SIGPENDING);
}

bool fatal_signal_pending(struct task_struct *p);
void recalc_sigpending(void);		/* siglock held */

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
void flush_signal_handlers(struct task_struct *p);	/* exec */
int restore_altstack(const stack_t __user *uss);
int save_altstack(stack_t __user *uss, unsigned long sp);
unsigned long sigsp(unsigned long sp, const struct ksignal *ksig);

/* arch/riscv/kernel/signal.c: from the return to user mode when SIGPENDING. */
void do_signal(struct pt_regs *regs);

#endif
