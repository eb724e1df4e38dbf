// SPDX-License-Identifier: GPL-2.0-only
/*
 * kill.c - signals from one process to another: kill(2) and its family.
 *
 *	kill(pid > 0)     one process         tkill(tid), tgkill(tgid, tid)  one thread
 *	kill(0)           my group            rt_sigqueueinfo: with a value
 *	kill(-1)          all but 1 and me    rt_tgsigqueueinfo: to one thread
 *	kill(-pgid)       that group
 *
 * Allowed: root; the same user (real or effective uid of the sender equal to real
 * or saved uid of the target); SIGCONT within one session.
 */
#include <linux-lite/cred.h>
#include <linux-lite/pid.h>
#include <linux-lite/signal.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/task.h>
#include <asm/uaccess.h>

/* 0, -EINVAL, -EPERM. (t) */
static int check_kill(int sig, struct task_struct *p)
{
	if (may_signal(p))
		return 0;
	if (sig == SIGCONT && p->signal->sid == current->signal->sid)
		return 0;
	return -EPERM;
}

static int kill_one(int sig, siginfo_t *info, struct task_struct *p, bool to_process)
{
	return check_kill(sig, p) ?: send_sig_locked(sig, info, p, to_process);
}

/* (t) */
static int kill_group(pid_t pgid, int sig)
{
	struct pid_slot *slot = pid_slot(pgid);
	struct signal_struct *s;
	bool any = false;
	int err = -ESRCH;

	if (!slot)
		return -ESRCH;
	for_each_pgrp_member(s, slot) {
		err = kill_one(sig, SEND_SIG_NOINFO, signal_leader(s), true);
		any |= !err;
	}
	return any ? 0 : err;
}

/* (t) */
static int kill_all(int sig)
{
	struct task_struct *p;
	int err, ret = -ESRCH;

	list_for_each_entry(p, &init_task.tasks, tasks) {
		if (p->pid == 1 || p == current->group_leader || p->flags & PF_KTHREAD)
			continue;
		err = kill_one(sig, SEND_SIG_NOINFO, p, true);
		if (err != -EPERM)
			ret = err;
		else if (ret == -ESRCH)
			ret = err;
	}
	return ret;
}

SYSCALL_DEFINE2(kill, pid_t, pid, int, sig)
{
	struct task_struct *p;
	int err;

	if (sig < 0 || sig > _NSIG)
		return -EINVAL;
	if (pid == (pid_t)(1U << 31))
		return -ESRCH;
	spin_lock_irq(&tasklist_lock);
	if (pid > 0) {
		p = find_task_by_pid(pid);
		err = p ? kill_one(sig, SEND_SIG_NOINFO, p, true) : -ESRCH;
	} else if (pid == -1) {
		err = kill_all(sig);
	} else {
		err = kill_group(pid ? -pid : current->signal->pgid, sig);
	}
	spin_unlock_irq(&tasklist_lock);
	return err;
}

/* To one thread; @tgid 0: of any process. */
static int send_to_thread(pid_t tgid, pid_t tid, int sig, siginfo_t *info)
{
	struct task_struct *p;
	int err = -ESRCH;

	spin_lock_irq(&tasklist_lock);
	p = find_task_by_pid(tid);
	if (p && (!tgid || p->tgid == tgid))
		err = kill_one(sig, info, p, false);
	spin_unlock_irq(&tasklist_lock);
	return err;
}

static int do_tkill(pid_t tgid, pid_t tid, int sig)
{
	siginfo_t info = { .si_signo = sig, .si_code = SI_TKILL };

	if (tid <= 0 || sig < 0 || sig > _NSIG)
		return -EINVAL;
	info.rt.pid = current->tgid;
	info.rt.uid = current->uid;
	return send_to_thread(tgid, tid, sig, &info);
}

SYSCALL_DEFINE2(tkill, pid_t, tid, int, sig)
{
	return do_tkill(0, tid, sig);
}

SYSCALL_DEFINE3(tgkill, pid_t, tgid, pid_t, tid, int, sig)
{
	return tgid > 0 ? do_tkill(tgid, tid, sig) : -EINVAL;
}

/* A siginfo from user space: nobody may pretend to be the kernel, or kill(), to others. */
static int get_siginfo(siginfo_t *info, const siginfo_t __user *uinfo, int sig, pid_t target)
{
	if (copy_from_user(info, uinfo, sizeof(*info)))
		return -EFAULT;
	if (sig < 0 || sig > _NSIG)
		return -EINVAL;
	if ((info->si_code >= 0 || info->si_code == SI_TKILL) && target != current->tgid)
		return -EPERM;
	info->si_signo = sig;
	return 0;
}

SYSCALL_DEFINE3(rt_sigqueueinfo, pid_t, pid, int, sig, const siginfo_t __user *, uinfo)
{
	struct task_struct *p;
	siginfo_t info;
	int err = get_siginfo(&info, uinfo, sig, pid);

	if (err)
		return err;
	spin_lock_irq(&tasklist_lock);
	p = find_task_by_pid(pid);
	err = p ? kill_one(sig, &info, p, true) : -ESRCH;
	spin_unlock_irq(&tasklist_lock);
	return err;
}

SYSCALL_DEFINE4(rt_tgsigqueueinfo, pid_t, tgid, pid_t, tid, int, sig,
		const siginfo_t __user *, uinfo)
{
	siginfo_t info;
	int err;

	if (tgid <= 0 || tid <= 0)
		return -EINVAL;
	err = get_siginfo(&info, uinfo, sig, tgid);
	return err ?: send_to_thread(tgid, tid, sig, &info);
}
