// SPDX-License-Identifier: GPL-2.0-only
/*
 * force_sig.c - a task's own faults, and what its parent is told.
 *
 * A SIGSEGV for a bad access can't be left pending: the instruction would just
 * fault again. So a fault's signal that is blocked or ignored kills: its action is
 * reset to the default first. Each fault that will kill is logged, as Linux/riscv
 * does:
 *
 *	prog[12]: unhandled signal 11 code 0x1 at 0x0000000000000008 in prog[10000+4000]
 *
 * The parent is told (SIGCHLD, and wait4 wakes) when a process ends, stops or
 * goes on. A parent that ignores SIGCHLD, or has SA_NOCLDWAIT, wants no zombies.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/exit.h>
#include <linux-lite/file.h>
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/signal.h>
#include <linux-lite/string.h>
#include <linux-lite/task.h>
#include <linux-lite/resource.h>
#include <linux-lite/abi/time.h>

int show_unhandled_signals = 1;

static bool is_unhandled(int sig)
{
	unsigned long handler = current->sighand->action[sig - 1].sa_handler;

	return handler == SIG_DFL || handler == SIG_IGN || current->blocked.sig & sigmask(sig);
}

/* " in prog[start+size]": which mapping the instruction is in. */
static void show_user_mapping(unsigned long pc)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;

	if (!mm || !down_read_trylock(&mm->mmap_lock))
		return;
	vma = vma_lookup(mm, pc);
	if (vma && vma->vm_file && vma->vm_file->f_dentry)
		pr_cont(" in %s[%lx+%lx]", vma->vm_file->f_dentry->d_name, vma->vm_start,
			vma->vm_end - vma->vm_start);
	mmap_read_unlock(mm);
}

static void log_fault(int sig, int code, unsigned long addr)
{
	struct pt_regs *regs = current_pt_regs();

	if (!show_unhandled_signals || !is_unhandled(sig) || !printk_ratelimit())
		return;
	pr_info("%s[%d]: unhandled signal %d code 0x%x at 0x%016lx", current->comm, current->pid,
		sig, code, addr);
	show_user_mapping(regs->epc);
	pr_cont("\n");
	pr_info("epc : %016lx ra : %016lx sp : %016lx cause : %lx\n", regs->epc, regs->ra,
		regs->sp, regs->cause);
}

static void force_sig_info(siginfo_t *info)
{
	struct sighand_struct *sighand = current->sighand;
	struct k_sigaction *ka = &sighand->action[info->si_signo - 1];
	sigset_t blocked;

	spin_lock_irq(&sighand->siglock);
	if (ka->sa_handler == SIG_IGN || current->blocked.sig & sigmask(info->si_signo))
		ka->sa_handler = SIG_DFL;
	/* Init is not spared its own faults: it could never go on. */
	if (ka->sa_handler == SIG_DFL)
		current->signal->flags &= ~SIGNAL_UNKILLABLE;
	blocked.sig = current->blocked.sig & ~sigmask(info->si_signo);
	current->blocked = blocked;
	recalc_sigpending();
	spin_unlock_irq(&sighand->siglock);
	send_sig_info(info->si_signo, info, current, false);
}

/**
 * force_sig_fault - current's last instruction faulted
 * @sig: SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE
 * @code: si_code
 * @addr: si_addr
 *
 * Context: task; may sleep.
 */
void force_sig_fault(int sig, int code, unsigned long addr)
{
	siginfo_t info = { .si_signo = sig, .si_code = code };

	info.fault.addr = (void *)addr;
	log_fault(sig, code, addr);
	force_sig_info(&info);
}

/** force_sig - a signal that current can neither block nor ignore. Context: task. */
void force_sig(int sig)
{
	siginfo_t info = { .si_signo = sig, .si_code = SI_KERNEL };

	force_sig_info(&info);
}

/** force_sigsegv - no frame for @sig could be built. If that was SIGSEGV, no handler can help. */
void force_sigsegv(int sig)
{
	if (sig == SIGSEGV) {
		spin_lock_irq(&current->sighand->siglock);
		current->sighand->action[SIGSEGV - 1].sa_handler = SIG_DFL;
		spin_unlock_irq(&current->sighand->siglock);
	}
	log_fault(SIGSEGV, SI_KERNEL, 0);
	force_sig(SIGSEGV);
}

static void fill_chld(siginfo_t *info, struct task_struct *p, int why, int status)
{
	u64 ut, st;

	process_cputime_locked(p, &ut, &st);
	memset(info, 0, sizeof(*info));
	info->si_signo = SIGCHLD;
	info->si_code = why;
	info->chld.pid = p->pid;
	info->chld.uid = p->uid;
	info->chld.status = status;
	info->chld.utime = ut / (NSEC_PER_SEC / USER_HZ);
	info->chld.stime = st / (NSEC_PER_SEC / USER_HZ);
}

void notify_parent_stopped(struct task_struct *p, int why)
{
	struct task_struct *parent = p->real_parent;
	siginfo_t info;
	const struct k_sigaction *ka;

	if (!parent->sighand)
		return;
	fill_chld(&info, p, why, why == CLD_CONTINUED ? SIGCONT : p->signal->stop_code);
	ka = &parent->sighand->action[SIGCHLD - 1];
	if (ka->sa_handler != SIG_IGN && !(ka->sa_flags & SA_NOCLDSTOP))
		send_sig_locked(SIGCHLD, &info, parent, true);
	wake_up_all(&parent->signal->wait_chldexit);
}

bool notify_parent_dead(struct task_struct *p)
{
	struct task_struct *parent = p->real_parent;
	int sig = p->exit_signal, code = process_exit_code(p);
	bool autoreap = false;
	siginfo_t info;

	if (parent == &init_task || !parent->sighand)	/* a kernel thread: nobody waits */
		return true;
	if (sig == SIGCHLD) {
		const struct k_sigaction *ka = &parent->sighand->action[SIGCHLD - 1];

		autoreap = ka->sa_handler == SIG_IGN || ka->sa_flags & SA_NOCLDWAIT;
		if (ka->sa_handler == SIG_IGN)
			sig = 0;
	}
	fill_chld(&info, p, code & 0x7f ? CLD_KILLED : CLD_EXITED,
		  code & 0x7f ? code & 0x7f : code >> 8);
	if (sig > 0 && sig <= _NSIG)
		send_sig_locked(sig, &info, parent, true);
	wake_up_all(&parent->signal->wait_chldexit);
	return autoreap;
}
