// SPDX-License-Identifier: GPL-2.0-only
/*
 * resource.c - what processes may use (limits) and what they have used (rusage).
 *
 * Limits belong to the process; threads share them. Each has a soft value, which
 * is enforced where the resource is handed out, and a hard one, up to which the
 * process may raise the soft one itself; only root raises hard limits.
 *
 * Usage = what dead threads left in signal_struct + what the live ones have now;
 * of children only those that were waited for (signal_struct.c*).
 */
#include <linux-lite/abi/time.h>
#include <linux-lite/cred.h>
#include <linux-lite/file.h>
#include <linux-lite/kernel.h>
#include <linux-lite/resource.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/time.h>
#include <asm/uaccess.h>

/* The process of @p as one sum. tasklist_lock held. */
void process_cputime_locked(struct task_struct *p, u64 *ut, u64 *st)
{
	struct signal_struct *sig = p->signal;
	struct task_struct *t;
	u64 u, s;

	*ut = sig->utime_ns;
	*st = sig->stime_ns;
	list_for_each_entry(t, &sig->threads, thread_node) {
		task_cputime(t, &u, &s);
		*ut += u;
		*st += s;
	}
}

void process_cputime(struct task_struct *p, u64 *ut, u64 *st)
{
	unsigned long flags;

	spin_lock_irqsave(&tasklist_lock, flags);
	process_cputime_locked(p, ut, st);
	spin_unlock_irqrestore(&tasklist_lock, flags);
}

static struct rusage_timeval to_timeval(u64 ns)
{
	return (struct rusage_timeval){ ns / NSEC_PER_SEC, ns % NSEC_PER_SEC / NSEC_PER_USEC };
}

static void add_thread(struct rusage *r, const struct task_struct *t)
{
	r->ru_minflt += t->min_flt;
	r->ru_majflt += t->maj_flt;
	r->ru_nvcsw += t->nvcsw;
	r->ru_nivcsw += t->nivcsw;
}

void getrusage_locked(struct task_struct *p, int who, struct rusage *r)
{
	struct signal_struct *sig = p->signal;
	unsigned long maxrss = sig->maxrss;
	struct task_struct *t;
	u64 ut, st;

	memset(r, 0, sizeof(*r));
	if (who == RUSAGE_CHILDREN) {
		ut = sig->cutime_ns;
		st = sig->cstime_ns;
		maxrss = sig->cmaxrss;
		r->ru_minflt = sig->cmin_flt;
		r->ru_majflt = sig->cmaj_flt;
		r->ru_nvcsw = sig->cnvcsw;
		r->ru_nivcsw = sig->cnivcsw;
	} else if (who == RUSAGE_THREAD) {
		task_cputime(p, &ut, &st);
		add_thread(r, p);
	} else {
		process_cputime_locked(p, &ut, &st);
		r->ru_minflt = sig->min_flt;
		r->ru_majflt = sig->maj_flt;
		r->ru_nvcsw = sig->nvcsw;
		r->ru_nivcsw = sig->nivcsw;
		list_for_each_entry(t, &sig->threads, thread_node)
			add_thread(r, t);
	}
	if (who != RUSAGE_CHILDREN && p->mm)
		maxrss = max(maxrss, max(p->mm->hiwater_rss, get_mm_rss(p->mm)));
	r->ru_utime = to_timeval(ut);
	r->ru_stime = to_timeval(st);
	r->ru_maxrss = maxrss * (PAGE_SIZE / 1024);
}

static void add_timeval(struct rusage_timeval *a, const struct rusage_timeval *b)
{
	a->tv_sec += b->tv_sec;
	a->tv_usec += b->tv_usec;
	if (a->tv_usec >= (long)USEC_PER_SEC) {
		a->tv_usec -= USEC_PER_SEC;
		a->tv_sec++;
	}
}

void rusage_add(struct rusage *a, const struct rusage *b)
{
	add_timeval(&a->ru_utime, &b->ru_utime);
	add_timeval(&a->ru_stime, &b->ru_stime);
	a->ru_maxrss = max(a->ru_maxrss, b->ru_maxrss);
	a->ru_minflt += b->ru_minflt;
	a->ru_majflt += b->ru_majflt;
	a->ru_nvcsw += b->ru_nvcsw;
	a->ru_nivcsw += b->ru_nivcsw;
}

SYSCALL_DEFINE2(getrusage, int, who, struct rusage __user *, ru)
{
	struct rusage r;

	if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD)
		return -EINVAL;
	spin_lock_irq(&tasklist_lock);
	getrusage_locked(current, who, &r);
	spin_unlock_irq(&tasklist_lock);
	return copy_to_user(ru, &r, sizeof(r)) ? -EFAULT : 0;
}

SYSCALL_DEFINE1(times, struct tms __user *, tbuf)
{
	const u64 tick = NSEC_PER_SEC / USER_HZ;
	struct signal_struct *sig = current->signal;
	struct tms t;
	u64 ut, st;

	process_cputime(current, &ut, &st);
	t = (struct tms){ ut / tick, st / tick, sig->cutime_ns / tick, sig->cstime_ns / tick };
	if (tbuf && copy_to_user(tbuf, &t, sizeof(t)))
		return -EFAULT;
	return ktime_get_ns() / tick;
}

/* Read the old limit and, if @new, set another. 0, -EINVAL, -EPERM. */
static int do_prlimit(struct task_struct *p, unsigned int res, const struct rlimit *new,
		      struct rlimit *old)
{
	struct rlimit *r = &p->signal->rlim[res];
	unsigned long flags;
	int err = 0;

	if (new && new->rlim_cur > new->rlim_max)
		return -EINVAL;
	if (new && res == RLIMIT_NOFILE && new->rlim_max > NR_OPEN_MAX)
		return -EPERM;
	spin_lock_irqsave(&tasklist_lock, flags);
	*old = *r;
	if (new && new->rlim_max > r->rlim_max && !capable())
		err = -EPERM;
	else if (new)
		*r = *new;
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return err;
}

/* May current see or change the limits of another process? */
static bool may_prlimit(struct task_struct *p)
{
	struct task_struct *me = current;

	return p == me || capable() ||
	       (me->uid == p->euid && me->uid == p->suid && me->uid == p->uid &&
		me->gid == p->egid && me->gid == p->sgid && me->gid == p->gid);
}

SYSCALL_DEFINE4(prlimit64, pid_t, pid, unsigned int, res, const struct rlimit __user *, unew,
		struct rlimit __user *, uold)
{
	struct rlimit new, old;
	struct task_struct *p;
	int err;

	if (res >= RLIM_NLIMITS)
		return -EINVAL;
	if (unew && copy_from_user(&new, unew, sizeof(new)))
		return -EFAULT;
	p = get_task_by_pid(pid ? pid : current->pid);
	if (!p)
		return -ESRCH;
	err = may_prlimit(p) ? do_prlimit(p, res, unew ? &new : NULL, &old) : -EPERM;
	put_task_struct(p);
	if (!err && uold && copy_to_user(uold, &old, sizeof(old)))
		return -EFAULT;
	return err;
}

SYSCALL_DEFINE2(getrlimit, unsigned int, res, struct rlimit __user *, rlim)
{
	struct rlimit old;

	if (res >= RLIM_NLIMITS)
		return -EINVAL;
	do_prlimit(current, res, NULL, &old);
	return copy_to_user(rlim, &old, sizeof(old)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(setrlimit, unsigned int, res, const struct rlimit __user *, rlim)
{
	struct rlimit new, old;

	if (copy_from_user(&new, rlim, sizeof(new)))
		return -EFAULT;
	return res < RLIM_NLIMITS ? do_prlimit(current, res, &new, &old) : -EINVAL;
}
