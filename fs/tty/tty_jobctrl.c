// SPDX-License-Identifier: GPL-2.0-only
/*
 * tty_jobctrl.c - whose terminal it is: sessions, foreground groups, hang-up.
 *
 *	session (setsid)  ---- has at most one ---->  controlling terminal
 *	  group A  foreground: reads, gets ^C ^Z        tty->session, tty->pgrp
 *	  group B  background: SIGTTIN when it reads
 *
 * I1  tty->session is 0 or the session whose processes have signal->tty == tty
 * I2  tty->pgrp is 0 or a group that was of that session when it was set
 * I3  the terminal holds a reference to both numbers: when the group's last process is gone,
 *     ^C goes to nobody, and not to a stranger who was given the number
 * Both are changed under tasklist_lock, with what they speak of.
 */
#include <linux-lite/pid.h>
#include <linux-lite/sched.h>
#include <linux-lite/tty.h>
#include <asm/uaccess.h>

/* The terminal is @session's, @pgrp in the foreground; 0, 0: nobody's. tasklist_lock held. */
static void set_owner(struct tty_struct *tty, pid_t session, pid_t pgrp)
{
	get_pid(session);
	get_pid(pgrp);
	put_pid(tty->session);
	put_pid(tty->pgrp);
	tty->session = session;
	tty->pgrp = pgrp;
}

/**
 * tty_kill_foreground - send a signal to the foreground process group
 * @tty: the terminal
 * @sig: SIGINT, SIGWINCH, ...
 *
 * Context: any, also interrupts; no lock held.
 */
void tty_kill_foreground(struct tty_struct *tty, int sig)
{
	unsigned long flags;

	spin_lock_irqsave(&tasklist_lock, flags);
	if (tty->pgrp)
		kill_pgrp_locked(tty->pgrp, sig, NULL);
	spin_unlock_irqrestore(&tasklist_lock, flags);
}

static bool sig_ignored_or_blocked(int sig)
{
	bool ret;

	spin_lock_irq(&current->sighand->siglock);
	ret = current->blocked.sig & sigmask(sig) ||
	      current->sighand->action[sig - 1].sa_handler == SIG_IGN;
	spin_unlock_irq(&current->sighand->siglock);
	return ret;
}

/**
 * tty_check_change - may current, perhaps in the background, use its terminal so?
 * @tty: the terminal
 * @sig: SIGTTIN or SIGTTOU, which its group gets if not
 *
 * Context: any, no lock held.
 * Return: 0; -EIO (SIGTTIN ignored or blocked, or nobody could continue the group);
 * -ERESTARTSYS: the signal was sent.
 */
int tty_check_change(struct tty_struct *tty, int sig)
{
	pid_t pgrp = current->signal->pgid;

	if (current->signal->tty != tty || !tty->pgrp || pgrp == tty->pgrp)
		return 0;
	if (sig_ignored_or_blocked(sig))
		return sig == SIGTTIN ? -EIO : 0;
	if (is_current_pgrp_orphaned())
		return -EIO;
	kill_pgrp(pgrp, sig, NULL);
	return -ERESTARTSYS;
}

/* tasklist_lock held. */
static void proc_set_tty(struct tty_struct *tty)
{
	set_owner(tty, current->signal->sid, current->signal->pgid);
	current->signal->tty = tty;
}

/* open() without O_NOCTTY: a session leader without a terminal gets this one. */
void tty_open_proc_set_tty(struct tty_struct *tty)
{
	spin_lock_irq(&tasklist_lock);
	if (current->signal->leader && !current->signal->tty && !tty->session)
		proc_set_tty(tty);
	spin_unlock_irq(&tasklist_lock);
}

/* All processes of a session lose their terminal. No lock held. */
static void session_clear_tty(pid_t session)
{
	struct task_struct *p;
	pid_t tgid = 1;

	while ((p = next_tgid(tgid)) != NULL) {
		tgid = p->tgid + 1;
		spin_lock_irq(&tasklist_lock);
		if (p->signal && p->signal->sid == session)
			p->signal->tty = NULL;
		spin_unlock_irq(&tasklist_lock);
		put_task_struct(p);
	}
}

static int tiocsctty(struct tty_struct *tty, bool steal)
{
	pid_t old = 0;
	int err = 0;

	spin_lock_irq(&tasklist_lock);
	if (current->signal->leader && tty->session == current->signal->sid)
		goto out;
	err = -EPERM;
	if (!current->signal->leader || current->signal->tty)
		goto out;
	if (tty->session) {
		if (!steal || current->euid)
			goto out;
		old = tty->session;
		get_pid(old);
	}
	err = 0;
	proc_set_tty(tty);
out:
	spin_unlock_irq(&tasklist_lock);
	if (old) {
		session_clear_tty(old);
		spin_lock_irq(&tasklist_lock);
		put_pid(old);
		spin_unlock_irq(&tasklist_lock);
	}
	return err;
}

/**
 * disassociate_ctty - the session leader ends, or gives its terminal up
 *
 * The foreground group gets SIGHUP and SIGCONT, the session has no terminal any more.
 * Context: may sleep.
 */
void disassociate_ctty(void)
{
	struct tty_struct *tty = current->signal->tty;
	pid_t session = current->signal->sid;

	if (!tty || !current->signal->leader)
		return;
	spin_lock_irq(&tasklist_lock);
	if (tty->session == session) {
		kill_pgrp_locked(tty->pgrp, SIGHUP, NULL);
		kill_pgrp_locked(tty->pgrp, SIGCONT, NULL);
		set_owner(tty, 0, 0);
	}
	spin_unlock_irq(&tasklist_lock);
	session_clear_tty(session);
}

static int tiocnotty(struct tty_struct *tty)
{
	if (current->signal->tty != tty)
		return -ENOTTY;
	if (current->signal->leader) {
		disassociate_ctty();
		return 0;
	}
	spin_lock_irq(&tasklist_lock);
	current->signal->tty = NULL;
	spin_unlock_irq(&tasklist_lock);
	return 0;
}

static int tiocspgrp(struct tty_struct *tty, pid_t __user *arg)
{
	struct pid_slot *slot;
	struct signal_struct *sig;
	pid_t pgrp;
	int err = tty_check_change(tty, SIGTTOU);

	if (err)
		return err == -EIO ? -ENOTTY : err;
	if (get_user(pgrp, arg))
		return -EFAULT;
	if (pgrp < 0)
		return -EINVAL;
	spin_lock_irq(&tasklist_lock);
	err = -ENOTTY;
	if (current->signal->tty != tty || tty->session != current->signal->sid)
		goto out;
	err = -ESRCH;
	slot = pid_slot(pgrp);
	if (!slot || list_empty(&slot->pgrp))
		goto out;
	err = -EPERM;
	sig = list_first_entry(&slot->pgrp, struct signal_struct, pgrp_node);
	if (sig->sid != tty->session)
		goto out;
	set_owner(tty, tty->session, pgrp);
	err = 0;
out:
	spin_unlock_irq(&tasklist_lock);
	return err;
}

/**
 * tty_jobctrl_ioctl - ioctl(2)s about whose terminal it is
 * @tty: the terminal
 * @cmd: TIOCSCTTY, TIOCNOTTY, TIOCGPGRP, TIOCSPGRP, TIOCGSID
 * @arg: as the command wants it
 *
 * Context: may sleep.
 * Return: 0; -ENOTTY, -EPERM, -ESRCH, -EINVAL, -EFAULT, -ERESTARTSYS.
 */
long tty_jobctrl_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	bool mine = current->signal->tty == tty;

	switch (cmd) {
	case TIOCSCTTY:
		return tiocsctty(tty, arg == 1);
	case TIOCNOTTY:
		return tiocnotty(tty);
	case TIOCGPGRP:
		return mine ? put_user(tty->pgrp, (pid_t __user *)arg) : -ENOTTY;
	case TIOCSPGRP:
		return tiocspgrp(tty, (pid_t __user *)arg);
	case TIOCGSID:
		return mine && tty->session ? put_user(tty->session, (pid_t __user *)arg) :
					      -ENOTTY;
	}
	return -ENOTTY;
}
