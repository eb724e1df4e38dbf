// SPDX-License-Identifier: GPL-2.0-only
/*
 * get_signal.c - a thread on its way to user mode takes what was sent to it.
 *
 *	entry.S -> do_signal() (the port)
 *	   -> get_signal()
 *	        process ending?           do_group_exit()
 *	        must stop?                do_signal_stop(): sleep until SIGCONT
 *	        dequeue_signal()          faults first, then the lowest number
 *	          ignored                 next
 *	          handler                 return it: the port builds the frame
 *	          default: stop           do_signal_stop()
 *	          default: end            do_group_exit(signal)
 *
 * A STOP IS THE PROCESS'S: the thread that takes the stop signal marks all others
 * (stop_pending, counted in group_stop_count) and wakes them; each counts itself
 * off and sleeps; the last one makes the process "stopped" and tells the parent.
 *
 * I1  group_stop_count = number of threads with stop_pending.
 * I2  A thread in TASK_STOPPED is woken only by SIGCONT and SIGKILL.
 *
 * When a thread begins to exit while others wait for it to stop, exit_signals()
 * counts it off.
 */
#include <linux-lite/bitops.h>
#include <linux-lite/kernel.h>
#include <linux-lite/posix_timers.h>
#include <linux-lite/sigqueue.h>
#include <linux-lite/string.h>
#include <linux-lite/task.h>
#include <linux-lite/task_files.h>

/* Is there any reason to go through get_signal()? siglock held. */
static bool has_work(struct task_struct *p)
{
	return (p->pending.signal.sig | p->signal->shared_pending.signal.sig) & ~p->blocked.sig ||
	       p->stop_pending || p->signal->flags & SIGNAL_GROUP_EXIT;
}

void recalc_sigpending(void)
{
	if (has_work(current))
		set_tsk_flag(current, _TIF_SIGPENDING);
	else
		clear_tsk_flag(current, _TIF_SIGPENDING);
}

/* The first of @pending that is not blocked; 0: none. */
static int next_signal(const struct sigpending *pending, const sigset_t *blocked)
{
	unsigned long ready = pending->signal.sig & ~blocked->sig;

	if (ready & SYNCHRONOUS_MASK)
		ready &= SYNCHRONOUS_MASK;
	return ready ? (int)__ffs(ready) + 1 : 0;
}

/* Take one of @sig off; its bit goes with the last one. */
static void collect(struct sigpending *pending, int sig, siginfo_t *info)
{
	struct sigqueue *q, *first = NULL;
	bool more = false;

	list_for_each_entry(q, &pending->list, list) {
		if (q->info.si_signo != sig)
			continue;
		if (first) {
			more = true;
			break;
		}
		first = q;
	}
	if (!more)
		pending->signal.sig &= ~sigmask(sig);
	if (first) {
		list_del(&first->list);
		*info = first->info;
		free_sigqueue(first);
		return;
	}
	memset(info, 0, sizeof(*info));		/* details were lost */
	info->si_signo = sig;
	info->si_code = SI_USER;
}

int dequeue_signal(const sigset_t *blocked, siginfo_t *info)
{
	struct sigpending *pending = &current->pending;
	int sig = next_signal(pending, blocked);

	if (!sig) {
		pending = &current->signal->shared_pending;
		sig = next_signal(pending, blocked);
	}
	if (sig) {
		collect(pending, sig, info);
		if (info->si_code == SI_TIMER)
			posix_timer_delivered(info);
	}
	recalc_sigpending();
	return sig;
}

/* All threads have stopped. siglock held. */
static void stop_completed(struct signal_struct *sig)
{
	sig->flags = (sig->flags & ~SIGNAL_STOP_CONTINUED) | SIGNAL_STOP_STOPPED;
}

static void notify_stopped(void)
{
	spin_lock_irq(&tasklist_lock);
	notify_parent_stopped(current->group_leader, CLD_STOPPED);
	spin_unlock_irq(&tasklist_lock);
}

/* Begin a stop by signal @sig, or take part in one (0). siglock held on entry, not after. */
static void do_signal_stop(int sig)
{
	struct signal_struct *s = current->signal;
	struct task_struct *t;
	bool last;

	if (!current->stop_pending) {
		if (!(s->flags & SIGNAL_STOP_STOPPED))
			s->stop_code = sig;
		s->group_stop_count = 0;
		list_for_each_entry(t, &s->threads, thread_node) {
			if (t->flags & PF_EXITING || t->state == TASK_STOPPED)
				continue;
			t->stop_pending = true;
			s->group_stop_count++;
			if (t != current)
				signal_wake_up(t, false);
		}
	}
	current->stop_pending = false;
	last = --s->group_stop_count == 0;
	if (last)
		stop_completed(s);
	/* Under siglock: SIGCONT comes before, and finds nothing to wake, or after. */
	set_current_state(TASK_STOPPED);
	spin_unlock_irq(&current->sighand->siglock);
	if (last)
		notify_stopped();
	schedule();
}

void exit_signals(void)
{
	struct signal_struct *s = current->signal;
	struct task_struct *t;
	bool stopped = false;

	spin_lock_irq(&current->sighand->siglock);
	current->flags |= PF_EXITING;
	if (current->stop_pending) {
		current->stop_pending = false;
		stopped = --s->group_stop_count == 0;
		if (stopped)
			stop_completed(s);
	}
	/* What was sent to the process and woke us is for somebody else now. */
	if (s->shared_pending.signal.sig && !(s->flags & SIGNAL_GROUP_EXIT))
		list_for_each_entry(t, &s->threads, thread_node)
			if (!(t->flags & PF_EXITING) &&
			    s->shared_pending.signal.sig & ~t->blocked.sig)
				signal_wake_up(t, false);
	spin_unlock_irq(&current->sighand->siglock);
	if (stopped)
		notify_stopped();
}

/* The default action of a signal. siglock held on entry, not after. May not return. */
static void default_action(int sig)
{
	if (sigmask(sig) & SIG_KERNEL_STOP_MASK) {
		if (sig != SIGSTOP) {
			current->signal->stop_dequeued = true;
			spin_unlock_irq(&current->sighand->siglock);
			if (is_current_pgrp_orphaned())
				return;
			spin_lock_irq(&current->sighand->siglock);
			/* SIGCONT came in between; or SIGKILL, after which none wakes a stop. */
			if (!current->signal->stop_dequeued || current->signal->group_exec_task ||
			    current->signal->flags & SIGNAL_GROUP_EXIT) {
				spin_unlock_irq(&current->sighand->siglock);
				return;
			}
		}
		do_signal_stop(sig);
		return;
	}
	spin_unlock_irq(&current->sighand->siglock);
	current->flags |= PF_SIGNALED;
	do_group_exit(sig);
}

/* Does the signal's default do nothing here? */
static bool default_ignored(int sig)
{
	return sigmask(sig) & SIG_KERNEL_IGNORE_MASK ||
	       (current->signal->flags & SIGNAL_UNKILLABLE && !(sigmask(sig) & SYNCHRONOUS_MASK));
}

/**
 * get_signal - the next signal that has a handler
 * @ksig: filled in
 *
 * Everything else is done in here: stopping, ending.
 * Context: current is about to return to user mode; interrupts on.
 * Return: false if there is none.
 */
bool get_signal(struct ksignal *ksig)
{
	struct signal_struct *s = current->signal;
	spinlock_t *siglock = &current->sighand->siglock;
	struct k_sigaction *ka;

	for (;;) {
		spin_lock_irq(siglock);
		if (s->flags & SIGNAL_GROUP_EXIT ||
		    (s->group_exec_task && s->group_exec_task != current)) {
			spin_unlock_irq(siglock);
			do_group_exit(SIGKILL);
		}
		if (current->stop_pending) {
			do_signal_stop(0);
			continue;
		}
		ksig->sig = dequeue_signal(&current->blocked, &ksig->info);
		if (!ksig->sig)
			break;
		ka = &current->sighand->action[ksig->sig - 1];
		if (ka->sa_handler == SIG_DFL && !default_ignored(ksig->sig)) {
			default_action(ksig->sig);
			continue;
		}
		if (ka->sa_handler != SIG_DFL && ka->sa_handler != SIG_IGN) {
			ksig->ka = *ka;
			if (ka->sa_flags & SA_RESETHAND)
				ka->sa_handler = SIG_DFL;
			break;
		}
		spin_unlock_irq(siglock);
	}
	spin_unlock_irq(siglock);
	return ksig->sig != 0;
}

/**
 * signal_setup_done - the frame is up: block what the handler wants blocked
 * @failed: the frame could not be written: the process gets SIGSEGV instead
 * @ksig: what get_signal() returned
 *
 * Context: task.
 */
void signal_setup_done(bool failed, struct ksignal *ksig)
{
	sigset_t set = { current->blocked.sig | ksig->ka.sa_mask.sig };

	if (failed) {
		force_sigsegv(ksig->sig);
		return;
	}
	current->restore_sigmask = false;
	if (!(ksig->ka.sa_flags & SA_NODEFER))
		set.sig |= sigmask(ksig->sig);
	set_current_blocked(&set);
}
