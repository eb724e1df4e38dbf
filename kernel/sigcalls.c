// SPDX-License-Identifier: GPL-2.0-only
/*
 * sigcalls.c - the system calls with which a program says how it wants signals:
 * handlers, masks, waiting for them, the alternate stack.
 *
 *	blocked          not delivered; changed by its thread only, under siglock
 *	saved_sigmask    what sigsuspend() replaced: goes into the handler's frame, or
 *	                 is put back on the way out if no handler ran
 *	real_blocked     what was blocked when rt_sigtimedwait() opened some: a signal
 *	                 for it must not be dropped as ignored
 *
 * Every call checks sigsetsize: C libraries have larger sets than the kernel's 64.
 */
#include <linux-lite/cred.h>
#include <linux-lite/kernel.h>
#include <linux-lite/signal.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/time.h>
#include <asm/uaccess.h>

static const sigset_t unblockable = { SIG_KERNEL_ONLY_MASK };

/** set_current_blocked - change current's mask. Context: task. */
void set_current_blocked(const sigset_t *set)
{
	spin_lock_irq(&current->sighand->siglock);
	current->blocked.sig = set->sig & ~unblockable.sig;
	recalc_sigpending();
	spin_unlock_irq(&current->sighand->siglock);
}

sigset_t *sigmask_to_save(void)
{
	return current->restore_sigmask ? &current->saved_sigmask : &current->blocked;
}

void restore_saved_sigmask(void)
{
	if (!current->restore_sigmask)
		return;
	current->restore_sigmask = false;
	set_current_blocked(&current->saved_sigmask);
}

/** flush_signal_handlers - exec: what had a handler gets the default. Context: task. */
void flush_signal_handlers(struct task_struct *p)
{
	for (int i = 0; i < _NSIG; i++) {
		struct k_sigaction *ka = &p->sighand->action[i];

		if (ka->sa_handler != SIG_IGN)
			ka->sa_handler = SIG_DFL;
		ka->sa_flags = 0;
		ka->sa_mask.sig = 0;
	}
	p->sas_ss_sp = 0;
	p->sas_ss_size = 0;
	p->sas_ss_flags = SS_DISABLE;
}

SYSCALL_DEFINE4(rt_sigaction, int, sig, const struct k_sigaction __user *, act,
		struct k_sigaction __user *, oact, size_t, sigsetsize)
{
	struct k_sigaction new, old, *ka;

	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (act && copy_from_user(&new, act, sizeof(new)))
		return -EFAULT;
	if (sig < 1 || sig > _NSIG || (act && sigmask(sig) & unblockable.sig))
		return -EINVAL;
	spin_lock_irq(&current->sighand->siglock);
	ka = &current->sighand->action[sig - 1];
	old = *ka;
	if (act) {
		*ka = new;
		ka->sa_mask.sig &= ~unblockable.sig;
		/* POSIX: to ignore a signal is to forget it, blocked or not. */
		if (new.sa_handler == SIG_IGN ||
		    (new.sa_handler == SIG_DFL && sigmask(sig) & SIG_KERNEL_IGNORE_MASK))
			remove_signals(current->signal, (sigset_t){ sigmask(sig) });
	}
	spin_unlock_irq(&current->sighand->siglock);
	return oact && copy_to_user(oact, &old, sizeof(old)) ? -EFAULT : 0;
}

SYSCALL_DEFINE4(rt_sigprocmask, int, how, const sigset_t __user *, nset, sigset_t __user *, oset,
		size_t, sigsetsize)
{
	sigset_t old = current->blocked, set;

	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (nset) {
		if (copy_from_user(&set, nset, sizeof(set)))
			return -EFAULT;
		set.sig &= ~unblockable.sig;
		switch (how) {
		case SIG_BLOCK:
			set.sig |= old.sig;
			break;
		case SIG_UNBLOCK:
			set.sig = old.sig & ~set.sig;
			break;
		case SIG_SETMASK:
			break;
		default:
			return -EINVAL;
		}
		if (set.sig != old.sig)
			set_current_blocked(&set);
	}
	return oset && copy_to_user(oset, &old, sizeof(old)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(rt_sigpending, sigset_t __user *, uset, size_t, sigsetsize)
{
	sigset_t set;

	if (sigsetsize > sizeof(sigset_t))
		return -EINVAL;
	spin_lock_irq(&current->sighand->siglock);
	set.sig = (current->pending.signal.sig | current->signal->shared_pending.signal.sig) &
		  current->blocked.sig;
	spin_unlock_irq(&current->sighand->siglock);
	return copy_to_user(uset, &set, sigsetsize) ? -EFAULT : 0;
}

/**
 * set_user_sigmask - ppoll and its like: another mask for the length of the call
 * @umask: NULL: leave it
 *
 * Return: 0, -EINVAL, -EFAULT. The mask is put back on the way to user mode, when
 * the call returned -ERESTARTNOHAND; else by restore_saved_sigmask().
 */
int set_user_sigmask(const sigset_t __user *umask, size_t sigsetsize)
{
	sigset_t set;

	if (!umask)
		return 0;
	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (copy_from_user(&set, umask, sizeof(set)))
		return -EFAULT;
	current->saved_sigmask = current->blocked;
	current->restore_sigmask = true;
	set_current_blocked(&set);
	return 0;
}

SYSCALL_DEFINE2(rt_sigsuspend, const sigset_t __user *, unewset, size_t, sigsetsize)
{
	int err = sigsetsize == sizeof(sigset_t) ? 0 : -EINVAL;

	if (!err)
		err = unewset ? set_user_sigmask(unewset, sigsetsize) : -EFAULT;
	if (err)
		return err;
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (signal_pending(current))
			break;
		schedule();
	}
	WRITE_ONCE(current->state, TASK_RUNNING);
	return -ERESTARTNOHAND;
}

static int dequeue_one_of(const sigset_t *these, siginfo_t *info)
{
	sigset_t others = { ~these->sig | unblockable.sig };
	int sig;

	spin_lock_irq(&current->sighand->siglock);
	sig = dequeue_signal(&others, info);
	spin_unlock_irq(&current->sighand->siglock);
	return sig;
}

/* Wait for one of @these, which are blocked, for at most @ns. The signal, or -EAGAIN, -EINTR. */
static long wait_for_signal(const sigset_t *these, siginfo_t *info, s64 ns)
{
	sigset_t old = current->blocked, set = { old.sig & ~these->sig };
	int sig = dequeue_one_of(these, info);

	if (sig || !ns)
		return sig ?: -EAGAIN;
	spin_lock_irq(&current->sighand->siglock);
	current->real_blocked = old;
	current->blocked = set;
	recalc_sigpending();
	set_current_state(TASK_INTERRUPTIBLE);
	spin_unlock_irq(&current->sighand->siglock);
	ns = schedule_timeout_ns(ns);
	spin_lock_irq(&current->sighand->siglock);
	current->blocked = old;
	current->real_blocked.sig = 0;
	recalc_sigpending();
	spin_unlock_irq(&current->sighand->siglock);
	sig = dequeue_one_of(these, info);
	return sig ?: ns ? -EINTR : -EAGAIN;
}

SYSCALL_DEFINE4(rt_sigtimedwait, const sigset_t __user *, uthese, siginfo_t __user *, uinfo,
		const struct timespec64 __user *, uts, size_t, sigsetsize)
{
	s64 ns = MAX_SCHEDULE_TIMEOUT;
	sigset_t these;
	siginfo_t info;
	u64 timeout;
	long ret;

	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (copy_from_user(&these, uthese, sizeof(these)))
		return -EFAULT;
	if (uts) {
		ret = get_timespec_ns(uts, &timeout);
		if (ret)
			return ret;
		ns = min_t(u64, timeout, MAX_SCHEDULE_TIMEOUT);
	}
	ret = wait_for_signal(&these, &info, ns);
	if (ret > 0 && uinfo && copy_to_user(uinfo, &info, sizeof(info)))
		return -EFAULT;
	return ret;
}

/* --- the alternate stack --- */

static bool on_altstack(unsigned long sp)
{
	return sp > current->sas_ss_sp && sp - current->sas_ss_sp <= current->sas_ss_size;
}

static int set_altstack(const stack_t *ss, unsigned long sp)
{
	unsigned int mode = ss->ss_flags & ~SS_AUTODISARM;

	if (current->sas_ss_size && !(current->sas_ss_flags & SS_AUTODISARM) && on_altstack(sp))
		return -EPERM;
	if (mode != SS_DISABLE && mode != SS_ONSTACK && mode)
		return -EINVAL;
	if (mode != SS_DISABLE && ss->ss_size < MINSIGSTKSZ)
		return -ENOMEM;
	current->sas_ss_sp = mode == SS_DISABLE ? 0 : (unsigned long)ss->ss_sp;
	current->sas_ss_size = mode == SS_DISABLE ? 0 : ss->ss_size;
	current->sas_ss_flags = ss->ss_flags;
	return 0;
}

static void get_altstack(stack_t *ss, unsigned long sp)
{
	memset(ss, 0, sizeof(*ss));
	ss->ss_sp = (void *)current->sas_ss_sp;
	ss->ss_size = current->sas_ss_size;
	if (!ss->ss_size)
		ss->ss_flags = SS_DISABLE;
	else
		ss->ss_flags = (on_altstack(sp) ? SS_ONSTACK : 0) |
			       (current->sas_ss_flags & SS_AUTODISARM);
}

SYSCALL_DEFINE2(sigaltstack, const stack_t __user *, uss, stack_t __user *, uoss)
{
	unsigned long sp = current_pt_regs()->sp;
	stack_t new, old;
	int err = 0;

	if (uss && copy_from_user(&new, uss, sizeof(new)))
		return -EFAULT;
	get_altstack(&old, sp);
	if (uss)
		err = set_altstack(&new, sp);
	if (!err && uoss && copy_to_user(uoss, &old, sizeof(old)))
		err = -EFAULT;
	return err;
}

/** restore_altstack - sigreturn: what the frame says; errors are not told. 0 or -EFAULT. */
int restore_altstack(const stack_t __user *uss)
{
	stack_t ss;

	if (copy_from_user(&ss, uss, sizeof(ss)))
		return -EFAULT;
	set_altstack(&ss, current_pt_regs()->sp);
	return 0;
}

/** save_altstack - into a frame; SS_AUTODISARM: and forget it. 0 or -EFAULT. */
int save_altstack(stack_t __user *uss, unsigned long sp)
{
	stack_t ss;

	get_altstack(&ss, sp);
	if (copy_to_user(uss, &ss, sizeof(ss)))
		return -EFAULT;
	if (current->sas_ss_flags & SS_AUTODISARM) {
		current->sas_ss_sp = 0;
		current->sas_ss_size = 0;
		current->sas_ss_flags = SS_DISABLE;
	}
	return 0;
}

/**
 * sigsp - below which address a handler's frame goes: @sp, or the alternate stack's end
 * @sp: the user's stack pointer
 * @size_bytes: of the frame
 * @ksig: the signal
 *
 * Context: task.
 * Return: the address; 0 when an alternate stack in use has no room left: what lies below
 * it is somebody else's, and must not be written over.
 */
unsigned long sigsp(unsigned long sp, size_t size_bytes, const struct ksignal *ksig)
{
	bool on = !(current->sas_ss_flags & SS_AUTODISARM) && on_altstack(sp);

	if (on && !on_altstack(sp - size_bytes))
		return 0;
	if (ksig->ka.sa_flags & SA_ONSTACK && current->sas_ss_size && !on)
		return current->sas_ss_sp + current->sas_ss_size;
	return sp;
}
