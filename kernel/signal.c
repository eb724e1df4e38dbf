// SPDX-License-Identifier: GPL-2.0-only
/*
 * signal.c - sending a signal: from "somebody wants" to "it is queued, and the
 * right thread is awake". Taking it off again is in get_signal.c.
 *
 *	kill(2), a timer, a fault
 *	   -> send_sig_locked()            tasklist_lock: the target can't vanish
 *	        prepare_signal()           stop/continue cancel each other; ignored?
 *	        queue_signal()             bit in .signal, details on .list
 *	        complete_signal()          which thread? fatal for all?
 *	           -> signal_wake_up()     TIF_SIGPENDING; wake it, or kick its hart
 *
 *	p->pending                 for this thread       bit 64 ... 2 1
 *	p->signal->shared_pending  for any thread    .signal  [0..1..0 1]
 *	                                             .list    sigqueue <-> sigqueue
 *
 * I1  A signal number's bit is set iff one of it is pending. A normal signal
 *     (1..31) is pending at most once; real-time signals queue up.
 * I2  If a thread has an unblocked pending signal, or must stop, or its process
 *     is ending, then its TIF_SIGPENDING is set (it may be set for less: the
 *     thread then looks and finds nothing).
 * I3  The details of a normal signal may be missing (no memory, RLIMIT_SIGPENDING):
 *     its receiver is told "from the kernel". A real-time signal without details
 *     is not sent: EAGAIN.
 * I4  SIGKILL pending in every thread: how a process is made to end. Each thread
 *     sees it when it next comes by get_signal().
 *
 * siglock guards all of it; interrupts are off, since timers send signals.
 */
#include <linux-lite/cred.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pid.h>
#include <linux-lite/sigqueue.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/task.h>
#include <linux-lite/user.h>

static struct kmem_cache *sigqueue_cache;

/** signals_init - boot. */
void __init signals_init(void)
{
	sigqueue_cache = KMEM_CACHE(sigqueue, SLAB_PANIC);
}

void init_sigpending(struct sigpending *p)
{
	INIT_LIST_HEAD(&p->list);
	p->signal.sig = 0;
}

/* Room for one signal's details, charged to the receiver's user. */
static struct sigqueue *alloc_sigqueue(struct task_struct *p, bool must)
{
	struct user_struct *user = charge_sigpending(p, must);
	struct sigqueue *q = user ? kmem_cache_alloc(sigqueue_cache, GFP_ATOMIC) : NULL;

	if (q)
		q->user = user;
	else if (user)
		uncharge_sigpending(user);
	return q;
}

void free_sigqueue(struct sigqueue *q)
{
	uncharge_sigpending(q->user);
	kmem_cache_free(sigqueue_cache, q);
}

void flush_sigqueue(struct sigpending *pending)
{
	struct sigqueue *q, *next;

	pending->signal.sig = 0;
	list_for_each_entry_safe(q, next, &pending->list, list) {
		list_del(&q->list);
		free_sigqueue(q);
	}
}

static void remove_from(struct sigpending *pending, sigset_t mask)
{
	struct sigqueue *q, *next;

	if (!(pending->signal.sig & mask.sig))
		return;
	pending->signal.sig &= ~mask.sig;
	list_for_each_entry_safe(q, next, &pending->list, list) {
		if (sigmask(q->info.si_signo) & mask.sig) {
			list_del(&q->list);
			free_sigqueue(q);
		}
	}
}

/** remove_signals - forget pending signals of a process. siglock held. */
void remove_signals(struct signal_struct *sig, sigset_t mask)
{
	struct task_struct *t;

	remove_from(&sig->shared_pending, mask);
	list_for_each_entry(t, &sig->threads, thread_node)
		remove_from(&t->pending, mask);
}

/* Would the signal do nothing to the process? siglock held. */
static bool sig_ignored(struct task_struct *p, int sig)
{
	unsigned long handler = p->sighand->action[sig - 1].sa_handler;

	if (p->flags & PF_KTHREAD)
		return true;		/* it would sleep no more, and never get here to take it */
	/* Blocked: it may have a handler by the time it is unblocked. */
	if ((p->blocked.sig | p->real_blocked.sig) & sigmask(sig))
		return false;
	if (p->signal->flags & SIGNAL_UNKILLABLE && handler == SIG_DFL)
		return true;
	return handler == SIG_IGN ||
	       (handler == SIG_DFL && sigmask(sig) & SIG_KERNEL_IGNORE_MASK);
}

void signal_wake_up(struct task_struct *p, bool fatal)
{
	set_tsk_flag(p, _TIF_SIGPENDING);
	if (wake_up_state(p, TASK_INTERRUPTIBLE | (fatal ? TASK_WAKEKILL | TASK_STOPPED : 0)))
		return;
	/* It runs, perhaps in user mode on another hart: make it enter the kernel. */
	if (p != current)
		smp_send_reschedule(p->thread_info.cpu);
}

/* SIGCONT: wake all, and say so to the parent when the process had stopped. */
static bool prepare_continue(struct signal_struct *sig)
{
	struct task_struct *t;
	bool notify = sig->flags & SIGNAL_STOP_STOPPED || sig->group_stop_count;

	remove_signals(sig, (sigset_t){ SIG_KERNEL_STOP_MASK });
	list_for_each_entry(t, &sig->threads, thread_node) {
		t->stop_pending = false;
		wake_up_state(t, TASK_STOPPED);
	}
	if (notify)
		sig->flags = (sig->flags & ~SIGNAL_STOP_STOPPED) | SIGNAL_STOP_CONTINUED;
	sig->group_stop_count = 0;
	sig->stop_code = 0;
	sig->stop_dequeued = false;
	return notify;
}

/* What a signal does before it is delivered. Return: false if that was all. */
static bool prepare_signal(int sig, struct task_struct *p, bool *continued)
{
	if (p->signal->flags & SIGNAL_GROUP_EXIT)
		return false;
	if (sigmask(sig) & SIG_KERNEL_STOP_MASK)
		remove_signals(p->signal, (sigset_t){ sigmask(SIGCONT) });
	else if (sig == SIGCONT)
		*continued = prepare_continue(p->signal);
	return !sig_ignored(p, sig);
}

static bool wants_signal(int sig, struct task_struct *p)
{
	if (p->blocked.sig & sigmask(sig) || p->flags & PF_EXITING)
		return false;
	return sig == SIGKILL || p->state != TASK_STOPPED;
}

/* Which thread is to take it: @p if it can, else any that can; NULL: all block it. */
static struct task_struct *find_taker(int sig, struct task_struct *p, bool to_process)
{
	struct task_struct *t;

	if (wants_signal(sig, p))
		return p;
	if (to_process)
		list_for_each_entry(t, &p->signal->threads, thread_node)
			if (wants_signal(sig, t))
				return t;
	return NULL;
}

/* The end of the process, at once: no thread need run first to decide it (I4). */
static void kill_all_threads(struct signal_struct *sig, int code)
{
	struct task_struct *t;

	sig->flags = SIGNAL_GROUP_EXIT | (sig->flags & SIGNAL_UNKILLABLE);
	sig->group_exit_code = code;
	sig->group_stop_count = 0;
	list_for_each_entry(t, &sig->threads, thread_node) {
		t->stop_pending = false;
		t->pending.signal.sig |= sigmask(SIGKILL);
		signal_wake_up(t, true);
	}
}

static bool is_fatal(int sig, struct task_struct *p)
{
	return p->sighand->action[sig - 1].sa_handler == SIG_DFL &&
	       !(sigmask(sig) & (SIG_KERNEL_IGNORE_MASK | SIG_KERNEL_STOP_MASK)) &&
	       !(p->signal->flags & SIGNAL_UNKILLABLE && sig != SIGKILL);
}

static void complete_signal(int sig, struct task_struct *p, bool to_process)
{
	struct task_struct *t = find_taker(sig, p, to_process);

	if (!t)
		return;
	if (is_fatal(sig, p) && !(t->real_blocked.sig & sigmask(sig)))
		kill_all_threads(p->signal, sig);
	else
		signal_wake_up(t, false);
}

static void fill_info(siginfo_t *to, int sig, const siginfo_t *info)
{
	if (info != SEND_SIG_NOINFO && info != SEND_SIG_PRIV) {
		*to = *info;
		to->si_signo = sig;
		return;
	}
	memset(to, 0, sizeof(*to));
	to->si_signo = sig;
	to->si_code = info == SEND_SIG_PRIV ? SI_KERNEL : SI_USER;
	if (info == SEND_SIG_NOINFO) {
		to->rt.pid = current->tgid;
		to->rt.uid = current->uid;
	}
}

/* Into the queue. 0; 1: pending, but without @info (I1, I3); -EAGAIN: see I3. */
static int queue_signal(int sig, siginfo_t *info, struct task_struct *p, bool to_process)
{
	struct sigpending *pending = to_process ? &p->signal->shared_pending : &p->pending;
	bool from_kernel = info == SEND_SIG_PRIV || (info && info->si_code > SI_USER);
	struct sigqueue *q;

	if (sig < SIGRTMIN && pending->signal.sig & sigmask(sig))
		return 1;		/* I1: one is enough */
	/* For SIGKILL nobody will ask for details. */
	q = sig == SIGKILL ? NULL : alloc_sigqueue(p, from_kernel && sig < SIGRTMIN);
	if (q) {
		fill_info(&q->info, sig, info);
		list_add_tail(&q->list, &pending->list);
	} else if (sig >= SIGRTMIN && info && info != SEND_SIG_PRIV && info->si_code != SI_USER) {
		return -EAGAIN;
	}
	pending->signal.sig |= sigmask(sig);
	complete_signal(sig, p, to_process);
	return !q;
}

/* 0; 1: @info will not be seen; -ESRCH, -EAGAIN. (t) */
static int do_send_sig(int sig, siginfo_t *info, struct task_struct *p, bool to_process)
{
	struct sighand_struct *sighand = p->sighand;
	bool continued = false;
	unsigned long flags;
	int err = 1;

	if (!sighand)
		return -ESRCH;
	if (!sig)
		return 0;
	spin_lock_irqsave(&sighand->siglock, flags);
	if (prepare_signal(sig, p, &continued))
		err = queue_signal(sig, info, p, to_process);
	spin_unlock_irqrestore(&sighand->siglock, flags);
	if (continued)
		notify_parent_stopped(p->group_leader, CLD_CONTINUED);
	return err;
}

int send_sig_locked(int sig, siginfo_t *info, struct task_struct *p, bool to_process)
{
	return min(do_send_sig(sig, info, p, to_process), 0);
}

bool send_sig_details(int sig, siginfo_t *info, struct task_struct *p, bool to_process)
{
	unsigned long flags;
	int err;

	spin_lock_irqsave(&tasklist_lock, flags);
	err = do_send_sig(sig, info, p, to_process);
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return !err;
}

int send_sig_info(int sig, siginfo_t *info, struct task_struct *p, bool to_process)
{
	unsigned long flags;
	int err;

	spin_lock_irqsave(&tasklist_lock, flags);
	err = send_sig_locked(sig, info, p, to_process);
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return err;
}

/**
 * kill_pgrp_locked - send a signal to every process of a group
 *
 * Context: tasklist_lock held.
 * Return: 0 if any got it; else -ESRCH, or why the last did not.
 */
int kill_pgrp_locked(pid_t pgid, int sig, siginfo_t *info)
{
	struct pid_slot *slot = pid_slot(pgid);
	struct signal_struct *s;
	int err = -ESRCH;
	bool any = false;

	if (!slot)
		return -ESRCH;
	for_each_pgrp_member(s, slot) {
		err = send_sig_locked(sig, info, signal_leader(s), true);
		any |= !err;
	}
	return any ? 0 : err;
}

int kill_pgrp(pid_t pgid, int sig, siginfo_t *info)
{
	unsigned long flags;
	int err;

	spin_lock_irqsave(&tasklist_lock, flags);
	err = kill_pgrp_locked(pgid, sig, info);
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return err;
}

int zap_other_threads(void)
{
	struct task_struct *t;
	int n = 0;

	current->signal->group_stop_count = 0;
	list_for_each_entry(t, &current->signal->threads, thread_node) {
		t->stop_pending = false;
		if (t == current)
			continue;
		n++;
		if (t->exit_state)
			continue;
		t->pending.signal.sig |= sigmask(SIGKILL);
		signal_wake_up(t, true);
	}
	return n;
}
