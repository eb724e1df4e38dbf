// SPDX-License-Identifier: GPL-2.0-only
/*
 * sched_sys.c - system calls about scheduling: giving way, nice values, affinity.
 *
 * There is one policy, SCHED_OTHER; SCHED_BATCH and SCHED_IDLE are taken as other
 * names for it. Real-time policies are refused with EPERM, as Linux does where
 * RLIMIT_RTPRIO is 0.
 */
#include <linux-lite/abi/sched.h>
#include <linux-lite/cred.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pid.h>
#include <linux-lite/sched_rq.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/time.h>
#include <asm/uaccess.h>

SYSCALL_DEFINE0(sched_yield)
{
	yield();
	return 0;
}

/* The task, referenced: 0 is current. NULL: there is none. */
static struct task_struct *get_task(pid_t pid)
{
	return get_task_by_pid(pid ? pid : current->pid);
}

SYSCALL_DEFINE3(sched_setaffinity, pid_t, pid, unsigned int, len, unsigned long __user *, umask)
{
	cpumask_t mask = { 0 };
	struct task_struct *p;
	int err;

	if (copy_from_user(&mask, umask, min_t(size_t, len, sizeof(mask))))
		return -EFAULT;
	p = get_task(pid);
	if (!p)
		return -ESRCH;
	err = may_signal(p) ? set_cpus_allowed(p, mask) : -EPERM;
	put_task_struct(p);
	return err;
}

SYSCALL_DEFINE3(sched_getaffinity, pid_t, pid, unsigned int, len, unsigned long __user *, umask)
{
	struct task_struct *p;
	cpumask_t mask;

	if (len * 8 < nr_cpu_ids || len % sizeof(long))
		return -EINVAL;
	p = get_task(pid);
	if (!p)
		return -ESRCH;
	mask.bits = p->cpus_allowed.bits & cpu_online_mask.bits;
	put_task_struct(p);
	if (copy_to_user(umask, &mask, sizeof(mask)))
		return -EFAULT;
	return sizeof(mask);
}

/* --- policies --- */

static int check_policy(int policy, int priority)
{
	switch (policy & ~SCHED_RESET_ON_FORK) {
	case SCHED_OTHER:
	case SCHED_BATCH:
	case SCHED_IDLE:
		return priority ? -EINVAL : 0;
	case SCHED_FIFO:
	case SCHED_RR:
		return priority < 1 || priority > 99 ? -EINVAL : -EPERM;
	default:
		return -EINVAL;
	}
}

/* @policy -1: as it is. */
static int set_scheduler(pid_t pid, int policy, const struct sched_param __user *uparam)
{
	struct sched_param param;
	struct task_struct *p;
	int err;

	if (pid < 0 || !uparam)
		return -EINVAL;
	if (copy_from_user(&param, uparam, sizeof(param)))
		return -EFAULT;
	p = get_task(pid);
	if (!p)
		return -ESRCH;
	err = check_policy(policy < 0 ? p->policy : policy, param.sched_priority);
	if (!err && !may_signal(p))
		err = -EPERM;
	if (!err && policy >= 0)
		p->policy = policy & ~SCHED_RESET_ON_FORK;
	put_task_struct(p);
	return err;
}

SYSCALL_DEFINE3(sched_setscheduler, pid_t, pid, int, policy,
		const struct sched_param __user *, param)
{
	return policy < 0 ? -EINVAL : set_scheduler(pid, policy, param);
}

SYSCALL_DEFINE2(sched_setparam, pid_t, pid, const struct sched_param __user *, param)
{
	return set_scheduler(pid, -1, param);
}

SYSCALL_DEFINE1(sched_getscheduler, pid_t, pid)
{
	struct task_struct *p = pid < 0 ? NULL : get_task(pid);
	int policy;

	if (!p)
		return pid < 0 ? -EINVAL : -ESRCH;
	policy = p->policy;
	put_task_struct(p);
	return policy;
}

SYSCALL_DEFINE2(sched_getparam, pid_t, pid, struct sched_param __user *, uparam)
{
	struct sched_param param = { 0 };
	struct task_struct *p = pid < 0 || !uparam ? NULL : get_task(pid);

	if (!p)
		return pid < 0 || !uparam ? -EINVAL : -ESRCH;
	put_task_struct(p);
	return copy_to_user(uparam, &param, sizeof(param)) ? -EFAULT : 0;
}

static long priority_limit(int policy, int rt)
{
	switch (policy) {
	case SCHED_FIFO:
	case SCHED_RR:
		return rt;
	case SCHED_OTHER:
	case SCHED_BATCH:
	case SCHED_IDLE:
		return 0;
	default:
		return -EINVAL;
	}
}

SYSCALL_DEFINE1(sched_get_priority_max, int, policy)
{
	return priority_limit(policy, 99);
}

SYSCALL_DEFINE1(sched_get_priority_min, int, policy)
{
	return priority_limit(policy, 1);
}

SYSCALL_DEFINE2(sched_rr_get_interval, pid_t, pid, struct timespec64 __user *, ts)
{
	struct task_struct *p = pid < 0 ? NULL : get_task(pid);
	u64 ns;

	if (!p)
		return pid < 0 ? -EINVAL : -ESRCH;
	ns = slice_ns(p);
	put_task_struct(p);
	return put_timespec_ns(ns, ts);
}

/* --- nice values: getpriority returns 20 - nice, which is never negative --- */

/* 0, -EPERM (not ours), -EACCES (better than before: root only). (t) */
static int set_one_nice(struct task_struct *p, int nice)
{
	if (!capable() && current->euid != p->uid && current->euid != p->euid)
		return -EPERM;
	if (nice < p->nice && !capable() &&
	    20 - nice > (long)p->signal->rlim[RLIMIT_NICE].rlim_cur)
		return -EACCES;
	p->nice = nice;
	return 0;
}

/* One of the tasks that were asked for: set (*@nice), or find the best of all. (t) */
static void visit(struct task_struct *p, const int *nice, long *ret)
{
	if (nice) {
		int err = set_one_nice(p, *nice);

		*ret = err ?: *ret == -ESRCH ? 0 : *ret;
	} else {
		*ret = max(*ret, 20L - p->nice);
	}
}

/* All tasks that @which and @who name. 0 or the best value; -ESRCH: there are none. */
static long for_priority(int which, int who, const int *nice)
{
	struct task_struct *p;
	long ret = -ESRCH;
	uid_t uid = who ? (uid_t)who : current->uid;
	pid_t pgid = who ? who : current->signal->pgid;

	if (which < PRIO_PROCESS || which > PRIO_USER)
		return -EINVAL;
	spin_lock_irq(&tasklist_lock);
	if (which == PRIO_PROCESS) {
		p = who ? find_task_by_pid(who) : current;
		if (p)
			visit(p, nice, &ret);
	} else {
		list_for_each_entry(p, &init_task.tasks, tasks) {
			struct task_struct *t;

			if (which == PRIO_USER ? p->uid != uid : p->signal->pgid != pgid)
				continue;
			list_for_each_entry(t, &p->signal->threads, thread_node)
				visit(t, nice, &ret);
		}
	}
	spin_unlock_irq(&tasklist_lock);
	return ret;
}

SYSCALL_DEFINE3(setpriority, int, which, int, who, int, nice)
{
	nice = clamp_t(int, nice, -20, 19);
	return for_priority(which, who, &nice);
}

SYSCALL_DEFINE2(getpriority, int, which, int, who)
{
	return for_priority(which, who, NULL);
}
