// SPDX-License-Identifier: GPL-2.0-only
/*
 * wait4.c - a parent learns what became of its children: wait4(2), waitid(2).
 *
 *	                 exits                  wait4
 *	running ------------------> zombie ------------> gone (release_task)
 *	   |  ^                       stays with WNOWAIT
 *	   |  | SIGCONT: reported once with WCONTINUED
 *	   v  |
 *	stopped                    reported once with WUNTRACED
 *
 *	status word:  exit code << 8  |  signal  |  stop signal << 8 | 0x7f  |  0xffff
 *
 * The waiter queues up on its process's wait_chldexit BEFORE it looks at its
 * children under tasklist_lock, and whoever changes a child's state does that
 * under the lock and wakes the queue: no change is missed. A zombie is claimed by
 * setting its exit_state to DEAD (exit.c, I2); only then the lock is dropped and
 * user memory touched.
 */
#include <linux-lite/abi/wait.h>
#include <linux-lite/exit.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pid.h>
#include <linux-lite/resource.h>
#include <linux-lite/signal.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/task.h>
#include <asm/uaccess.h>

/* One wait: what is asked, and what was found. */
struct wait_opts {
	int type;			/* P_* */
	pid_t id;
	unsigned int options;		/* W* */
	/* the answer */
	pid_t pid;			/* 0: nothing to report */
	uid_t uid;
	int status;			/* wait4's */
	int cause;			/* waitid's CLD_* */
	int code;			/* waitid's si_status */
	struct task_struct *reap;	/* claimed zombie, to be released */
	struct rusage rusage;
	bool want_rusage;
	int error;			/* when there is nothing: -ECHILD, or 0: wait on */
};

static bool is_eligible(const struct wait_opts *w, struct task_struct *p)
{
	if (w->type == P_PID && p->pid != w->id)
		return false;
	if (w->type == P_PGID && p->signal->pgid != w->id)
		return false;
	/* __WCLONE: only children that report by another signal; without: only the others. */
	return w->options & __WALL || (p->exit_signal != SIGCHLD) == !!(w->options & __WCLONE);
}

static void found(struct wait_opts *w, struct task_struct *p, int status, int cause, int code)
{
	w->pid = p->pid;
	w->uid = p->uid;
	w->status = status;
	w->cause = cause;
	w->code = code;
	if (w->want_rusage)
		getrusage_locked(p, RUSAGE_SELF, &w->rusage);
	if (w->want_rusage && w->reap) {
		struct rusage c;	/* of a dead process: with what it has waited for */

		getrusage_locked(p, RUSAGE_CHILDREN, &c);
		rusage_add(&w->rusage, &c);
	}
}

/* What the child and its own dead children used is now our dead children's. (t) */
static void account_child(struct task_struct *p)
{
	struct signal_struct *mine = current->signal, *sig = p->signal;
	u64 ut, st;

	process_cputime_locked(p, &ut, &st);
	spin_lock(&current->sighand->siglock);
	mine->cutime_ns += ut + sig->cutime_ns;
	mine->cstime_ns += st + sig->cstime_ns;
	mine->cmin_flt += p->min_flt + sig->min_flt + sig->cmin_flt;
	mine->cmaj_flt += p->maj_flt + sig->maj_flt + sig->cmaj_flt;
	mine->cnvcsw += p->nvcsw + sig->nvcsw + sig->cnvcsw;
	mine->cnivcsw += p->nivcsw + sig->nivcsw + sig->cnivcsw;
	mine->cmaxrss = max(mine->cmaxrss, max(sig->maxrss, sig->cmaxrss));
	spin_unlock(&current->sighand->siglock);
}

static bool wait_zombie(struct wait_opts *w, struct task_struct *p)
{
	int status = process_exit_code(p), sig = status & 0x7f;

	if (!(w->options & WEXITED))
		return false;
	if (!(w->options & WNOWAIT)) {
		p->exit_state = EXIT_DEAD;
		w->reap = p;
		account_child(p);
	}
	found(w, p, status, sig ? CLD_KILLED : CLD_EXITED, sig ?: status >> 8);
	return true;
}

static bool wait_stopped(struct wait_opts *w, struct task_struct *p)
{
	int sig;
	bool yes = false;

	if (!(w->options & WUNTRACED))
		return false;
	spin_lock(&p->sighand->siglock);
	sig = p->signal->stop_code;
	if (p->signal->flags & SIGNAL_STOP_STOPPED && sig) {
		if (!(w->options & WNOWAIT))
			p->signal->stop_code = 0;
		yes = true;
	}
	spin_unlock(&p->sighand->siglock);
	if (yes)
		found(w, p, sig << 8 | 0x7f, CLD_STOPPED, sig);
	return yes;
}

static bool wait_continued(struct wait_opts *w, struct task_struct *p)
{
	bool yes = false;

	if (!(w->options & WCONTINUED))
		return false;
	spin_lock(&p->sighand->siglock);
	if (p->signal->flags & SIGNAL_STOP_CONTINUED) {
		if (!(w->options & WNOWAIT))
			p->signal->flags &= ~SIGNAL_STOP_CONTINUED;
		yes = true;
	}
	spin_unlock(&p->sighand->siglock);
	if (yes)
		found(w, p, 0xffff, CLD_CONTINUED, SIGCONT);
	return yes;
}

/* Is there something to report of this child? (t) */
static bool consider_child(struct wait_opts *w, struct task_struct *p)
{
	if (p->exit_state == EXIT_DEAD || !is_eligible(w, p))
		return false;
	if (p->exit_state == EXIT_ZOMBIE && thread_group_empty(p)) {
		if (wait_zombie(w, p))
			return true;
		/* It will report nothing else any more. */
		return false;
	}
	w->error = 0;
	return wait_stopped(w, p) || wait_continued(w, p);
}

static bool look_at_children(struct wait_opts *w)
{
	struct task_struct *p;
	bool yes = false;

	w->error = -ECHILD;
	spin_lock_irq(&tasklist_lock);
	list_for_each_entry(p, &current->group_leader->children, sibling) {
		yes = consider_child(w, p);
		if (yes)
			break;
	}
	spin_unlock_irq(&tasklist_lock);
	return yes;
}

/* Return: 0, w->pid says whether something was found; -ECHILD, -ERESTARTSYS. */
static long do_wait(struct wait_opts *w)
{
	wait_queue_head_t *q = &current->signal->wait_chldexit;
	struct wait_queue_entry entry;
	long ret = 0;

	init_wait_entry(&entry, false);
	for (;;) {
		prepare_to_wait(q, &entry, TASK_INTERRUPTIBLE);
		if (look_at_children(w))
			break;
		ret = w->error;
		if (ret || w->options & WNOHANG)
			break;
		ret = -ERESTARTSYS;
		if (signal_pending(current))
			break;
		schedule();
	}
	finish_wait(q, &entry);
	if (w->pid) {
		ret = 0;
		if (w->reap)
			release_task(w->reap);
	}
	return ret;
}

SYSCALL_DEFINE4(wait4, pid_t, upid, int __user *, status, int, options,
		struct rusage __user *, ru)
{
	struct wait_opts w = { .options = options | WEXITED, .want_rusage = ru };
	long ret;

	if (options & ~(WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL))
		return -EINVAL;
	if (upid == (pid_t)(1U << 31))
		return -ESRCH;
	if (upid == -1) {
		w.type = P_ALL;
	} else if (upid <= 0) {
		w.type = P_PGID;
		w.id = upid ? -upid : current->signal->pgid;
	} else {
		w.type = P_PID;
		w.id = upid;
	}
	ret = do_wait(&w);
	if (ret || !w.pid)
		return ret;
	if (status && put_user(w.status, status))
		return -EFAULT;
	if (ru && copy_to_user(ru, &w.rusage, sizeof(w.rusage)))
		return -EFAULT;
	return w.pid;
}

SYSCALL_DEFINE5(waitid, int, type, pid_t, id, siginfo_t __user *, infop, int, options,
		struct rusage __user *, ru)
{
	struct wait_opts w = { .type = type, .id = id, .options = options, .want_rusage = ru };
	siginfo_t info;
	long ret;

	if (options & ~(WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED | __WNOTHREAD |
			__WCLONE | __WALL))
		return -EINVAL;
	if (!(options & (WEXITED | WSTOPPED | WCONTINUED)))
		return -EINVAL;
	if (type < P_ALL || type > P_PGID || (type == P_PID && id <= 0) ||
	    (type == P_PGID && id < 0))
		return -EINVAL;
	if (type == P_PGID && !id)
		w.id = current->signal->pgid;
	ret = do_wait(&w);
	if (ret)
		return ret;
	memset(&info, 0, sizeof(info));
	if (w.pid) {
		info.si_signo = SIGCHLD;
		info.si_code = w.cause;
		info.chld.pid = w.pid;
		info.chld.uid = w.uid;
		info.chld.status = w.code;
	}
	/* Linux writes these fields only, and so leaves the rest of the buffer alone. */
	if (infop && copy_to_user(infop, &info, offsetof(siginfo_t, chld.utime)))
		return -EFAULT;
	if (ru && w.pid && copy_to_user(ru, &w.rusage, sizeof(w.rusage)))
		return -EFAULT;
	return 0;
}
