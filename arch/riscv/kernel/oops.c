// SPDX-License-Identifier: GPL-2.0-only
/*
 * oops.c - a mistake of the kernel's: what can be said about it, and what next.
 *
 * die() prints the registers, the cause, the calls, and for a user context what
 * is mapped where it stood. Then, as on Linux: in an interrupt, in the idle task
 * or in init the machine cannot go on (panic); else only the task dies, as if by
 * SIGSEGV. What locks it held stay held: expect hangs, and look at the first oops.
 */
#include <linux-lite/abi/signal.h>
#include <linux-lite/kernel.h>
#include <linux-lite/panic.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <asm/csr.h>
#include <asm/ptrace.h>
#include <asm/traps.h>

/**
 * show_regs - print a trapped context
 * @regs: complete if it is the kernel's; for user mode gp and s0..s11 may be old
 *
 * Context: any.
 */
void show_regs(const struct pt_regs *regs)
{
	pr_emerg("CPU: %u PID: %d Comm: %s\n", smp_processor_id(), current->pid, current->comm);
	pr_emerg("epc : %016lx ra : %016lx sp : %016lx\n", regs->epc, regs->ra, regs->sp);
	pr_emerg(" gp : %016lx tp : %016lx t0 : %016lx\n", regs->gp, regs->tp, regs->t0);
	pr_emerg(" t1 : %016lx t2 : %016lx s0 : %016lx\n", regs->t1, regs->t2, regs->s0);
	pr_emerg(" s1 : %016lx a0 : %016lx a1 : %016lx\n", regs->s1, regs->a0, regs->a1);
	pr_emerg(" a2 : %016lx a3 : %016lx a4 : %016lx\n", regs->a2, regs->a3, regs->a4);
	pr_emerg(" a5 : %016lx a6 : %016lx a7 : %016lx\n", regs->a5, regs->a6, regs->a7);
	pr_emerg(" s2 : %016lx s3 : %016lx s4 : %016lx\n", regs->s2, regs->s3, regs->s4);
	pr_emerg(" s5 : %016lx s6 : %016lx s7 : %016lx\n", regs->s5, regs->s6, regs->s7);
	pr_emerg(" s8 : %016lx s9 : %016lx s10: %016lx\n", regs->s8, regs->s9, regs->s10);
	pr_emerg(" s11: %016lx t3 : %016lx t4 : %016lx\n", regs->s11, regs->t3, regs->t4);
	pr_emerg(" t5 : %016lx t6 : %016lx\n", regs->t5, regs->t6);
	pr_emerg("status: %016lx badaddr: %016lx cause: %016lx\n", regs->status, regs->badaddr,
		 regs->cause);
}

/**
 * die - the kernel cannot go on with what it was doing
 * @regs: the trapped context
 * @what: in words
 *
 * Context: any. Returns only for a user context.
 */
void die(struct pt_regs *regs, const char *what)
{
	static int count;
	bool in_irq = !(regs->status & SR_SPIE);

	oops_begin();
	pr_emerg("%s [#%d]\n", what, ++count);
	show_regs(regs);
	dump_backtrace(regs);
	pr_emerg("---[ end trace ]---\n");
	if (in_irq)
		panic("Fatal exception in interrupt");
	if (current->pid <= 1 || (current->flags & PF_IDLE))
		panic("Fatal exception in %s", current->pid ? "init" : "the idle task");
	oops_end();
	local_irq_enable();
	do_exit(SIGSEGV);
}
