// SPDX-License-Identifier: GPL-2.0-only
/*
 * signal.c - a signal's handler is called, and returns.
 *
 *	                 user                           kernel
 *	interrupted code   ---- any trap ---->   exit_to_user_mode_work
 *	                                           do_signal: frame on the user stack,
 *	handler(sig, info, uc) <--------------       pc = handler, ra = trampoline
 *	trampoline: li a7, 139; ecall ------->   sys_rt_sigreturn: registers from the
 *	interrupted code <--------------------       frame, which the handler may change
 *
 * A system call that a signal interrupted returned -ERESTART*. do_signal() turns
 * that into -EINTR, or sets pc back to the ecall, so that it is made again:
 *
 *	              handler with SA_RESTART   without   no handler ran
 *	ERESTARTSYS   again                     EINTR     again
 *	ERESTARTNOINTR again                    again     again
 *	ERESTARTNOHAND EINTR                    EINTR     again
 *	ERESTART_RESTARTBLOCK EINTR             EINTR     again, as restart_syscall
 *
 * Small cousin of Linux's arch/riscv/kernel/signal.c.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/kernel.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/string.h>
#include <asm/csr.h>
#include <asm/fpu.h>
#include <asm/syscall.h>
#include <asm/uaccess.h>
#include <asm/ucontext.h>
#include <asm/vdso.h>

#define NR_restart_syscall	128

static_assert(sizeof(struct fpu_state) == sizeof(struct __riscv_d_ext_state), "one layout");

/* The frame in the kernel's memory first: then one copy, that works or not. */
static int put_frame(struct rt_sigframe __user *user, const struct ksignal *ksig,
		     const struct pt_regs *regs)
{
	struct rt_sigframe frame;

	memset(&frame.uc, 0, sizeof(frame.uc));
	frame.info = ksig->info;
	frame.uc.uc_sigmask = *sigmask_to_save();
	memcpy(&frame.uc.uc_mcontext.sc_regs, regs, sizeof(struct user_regs_struct));
	memcpy(&frame.uc.uc_mcontext.sc_fpregs.d, &current->thread.fpu, sizeof(struct fpu_state));
	if (copy_to_user(user, &frame, sizeof(frame)))
		return -EFAULT;
	return save_altstack(&user->uc.uc_stack, regs->sp);
}

static int setup_rt_frame(const struct ksignal *ksig, struct pt_regs *regs)
{
	struct rt_sigframe __user *frame;
	unsigned long sp = sigsp(regs->sp, sizeof(*frame) + 16, ksig);

	if (!sp)
		return -EFAULT;
	frame = (struct rt_sigframe __user *)ALIGN_DOWN(sp - sizeof(*frame), 16);
	fpu_flush(current, regs);
	if (put_frame(frame, ksig, regs))
		return -EFAULT;
	regs->ra = current->mm->vdso_base + VDSO_SIGRETURN;
	regs->epc = ksig->ka.sa_handler;
	regs->sp = (unsigned long)frame;
	regs->a0 = ksig->sig;
	regs->a1 = (unsigned long)&frame->info;
	regs->a2 = (unsigned long)&frame->uc;
	return 0;
}

/* The instruction of the call again; it is 4 bytes long, there is no compressed ecall. */
static void make_call_again(struct pt_regs *regs)
{
	regs->a0 = regs->orig_a0;
	regs->epc -= 4;
}

/* What an interrupted call returns, or whether it is made again, before a handler runs. */
static void restart_before_handler(struct pt_regs *regs, const struct ksignal *ksig)
{
	switch ((long)regs->a0) {
	case -ERESTARTNOHAND:
	case -ERESTART_RESTARTBLOCK:
		regs->a0 = -EINTR;
		break;
	case -ERESTARTSYS:
		if (!(ksig->ka.sa_flags & SA_RESTART)) {
			regs->a0 = -EINTR;
			break;
		}
		/* fall through */
	case -ERESTARTNOINTR:
		make_call_again(regs);
	}
}

/* The same when no handler runs: the signal was ignored, or stopped and continued us. */
static void restart_without_handler(struct pt_regs *regs)
{
	switch ((long)regs->a0) {
	case -ERESTARTNOHAND:
	case -ERESTARTSYS:
	case -ERESTARTNOINTR:
		make_call_again(regs);
		break;
	case -ERESTART_RESTARTBLOCK:
		make_call_again(regs);
		regs->a7 = NR_restart_syscall;
	}
}

/**
 * do_signal - deliver a signal, if one is to be delivered
 * @regs: current's complete user context, changed to what shall run next
 *
 * Context: the slow way back to user mode; may sleep, may not return (death).
 */
void do_signal(struct pt_regs *regs)
{
	bool in_call = regs->cause == EXC_SYSCALL;
	struct ksignal ksig;

	/* Once is enough: another signal's frame must not look at a0 again. */
	regs->cause = -1;
	if (get_signal(&ksig)) {
		if (in_call)
			restart_before_handler(regs, &ksig);
		signal_setup_done(setup_rt_frame(&ksig, regs) != 0, &ksig);
		return;
	}
	if (in_call)
		restart_without_handler(regs);
	restore_saved_sigmask();
}

/* What the handler left in the frame, to pt_regs. A program may not choose its sstatus. */
static int get_frame(const struct rt_sigframe __user *user, struct pt_regs *regs)
{
	struct rt_sigframe frame;

	if (copy_from_user(&frame, user, sizeof(frame)))
		return -EFAULT;
	set_current_blocked(&frame.uc.uc_sigmask);
	memcpy(regs, &frame.uc.uc_mcontext.sc_regs, sizeof(struct user_regs_struct));
	memcpy(&current->thread.fpu, &frame.uc.uc_mcontext.sc_fpregs.d, sizeof(struct fpu_state));
	regs->status &= ~(SR_FS | SR_SD);	/* the next use loads thread.fpu */
	regs->cause = -1;
	return restore_altstack(&user->uc.uc_stack);
}

/**
 * sys_rt_sigreturn - the handler has returned: go on where the signal came
 *
 * Return: what a0 was, so that the way out of a system call leaves it alone.
 */
long sys_rt_sigreturn(void)
{
	struct pt_regs *regs = current_pt_regs();
	struct rt_sigframe __user *frame = (struct rt_sigframe __user *)regs->sp;

	if (((unsigned long)frame & 15) || get_frame(frame, regs)) {
		force_sig(SIGSEGV);
		return 0;
	}
	set_tsk_flag(current, _TIF_RESTORE_REGS);
	return regs->a0;
}
