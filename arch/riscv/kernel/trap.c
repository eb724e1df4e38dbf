// SPDX-License-Identifier: GPL-2.0-only
/*
 * trap.c - exceptions: from the hardware's cause to who deals with it.
 *
 *	                    from user mode            inside the kernel
 *	page fault          mm/fault.c                mm/fault.c (user copy), or die
 *	illegal instruction FPU off? turn it on.      fixup, or die
 *	                    else SIGILL
 *	ebreak              SIGTRAP                   die (what CONFIG_UBSAN makes)
 *	misaligned          SIGBUS                    fixup, or die
 *	access fault        SIGBUS                    fixup, or die
 *
 * and the slow way back to user mode: what is to be done before a task may go on.
 */
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/vmalloc.h>
#include <asm/csr.h>
#include <asm/extable.h>
#include <asm/fpu.h>
#include <asm/irqflags.h>
#include <asm/traps.h>

/* Numbers 12, 13 and 15; 14 is reserved, so nobody will miss it. */
static inline bool is_page_fault(unsigned long cause)
{
	return cause >= EXC_INST_PAGE_FAULT && cause <= EXC_STORE_PAGE_FAULT;
}

struct ex_entry {
	unsigned long insn, fixup;
};

/* Few, and looked at only when a user copy fails: no need to sort them. */
bool fixup_exception(struct pt_regs *regs)
{
	extern const struct ex_entry __start___ex_table[], __stop___ex_table[];

	for (const struct ex_entry *e = __start___ex_table; e < __stop___ex_table; e++) {
		if (e->insn == regs->epc) {
			regs->epc = e->fixup;
			return true;
		}
	}
	return false;
}

/**
 * do_trap - send current the signal of a fault in its user code
 * @regs: the trapped context
 * @sig: SIGSEGV and the like
 * @code: si_code
 * @addr: si_addr
 *
 * Context: interrupts on.
 */
void do_trap(struct pt_regs *regs, int sig, int code, unsigned long addr)
{
	force_sig_fault(sig, code, addr);
}

/* A program may use the FPU whenever it likes; we switch it on when it does. */
static bool fpu_first_use(struct pt_regs *regs)
{
	if (regs->status & SR_FS)
		return false;
	fpu_load_current(regs);
	return true;
}

/* The rare ones: not inline, so that do_user_trap() has next to nothing to save. */
static noinline void do_user_exception(struct pt_regs *regs)
{
	switch (regs->cause) {
	case EXC_INST_ILLEGAL:
		/* Also the first floating-point instruction, and the hart says no more. */
		if (!fpu_first_use(regs))
			do_trap(regs, SIGILL, ILL_ILLOPC, regs->epc);
		break;
	case EXC_BREAKPOINT:
		do_trap(regs, SIGTRAP, TRAP_BRKPT, regs->epc);
		break;
	case EXC_INST_MISALIGNED:
	case EXC_LOAD_MISALIGNED:
	case EXC_STORE_MISALIGNED:
		do_trap(regs, SIGBUS, BUS_ADRALN, regs->badaddr);
		break;
	case EXC_INST_ACCESS:
	case EXC_LOAD_ACCESS:
	case EXC_STORE_ACCESS:
		do_trap(regs, SIGBUS, BUS_ADRERR, regs->badaddr);
		break;
	default:
		do_trap(regs, SIGILL, ILL_ILLOPC, regs->epc);
	}
}

/**
 * do_user_trap - an exception in user mode other than ecall
 * @regs: what entry.S saved; gp and s0..s11 are not in it yet
 *
 * Context: interrupts off; on the way back entry.S turns them off again.
 */
void do_user_trap(struct pt_regs *regs)
{
	local_irq_enable();
	if (likely(is_page_fault(regs->cause)))
		do_page_fault(regs);
	else
		do_user_exception(regs);
}

/**
 * do_kernel_trap - an exception inside the kernel
 * @regs: the complete context
 *
 * Context: interrupts off.
 */
void do_kernel_trap(struct pt_regs *regs)
{
	if (is_page_fault(regs->cause)) {
		if (fault_may_sleep(regs)) {
			local_irq_enable();
			do_page_fault(regs);
			local_irq_disable();
		} else {
			kernel_fault(regs);
		}
		return;
	}
	switch (regs->cause) {
	case EXC_BREAKPOINT:
		die(regs, IS_ENABLED(CONFIG_UBSAN) ? "Oops - undefined behaviour" : "Oops - ebreak");
		break;
	case EXC_INST_ILLEGAL:
		if (!fixup_exception(regs))
			die(regs, "Oops - illegal instruction");
		break;
	default:
		if (!fixup_exception(regs))
			die(regs, "Oops - misaligned or forbidden access");
	}
}

/**
 * kernel_stack_overflow - entry.S found no room on the kernel stack
 * @regs: the context that ran out of it
 *
 * Context: the overflow stack, interrupts off.
 */
void kernel_stack_overflow(struct pt_regs *regs)
{
	unsigned long stack = (unsigned long)current->stack;

	oops_in_progress = true;
	pr_emerg("kernel stack overflow: task %s[%d], stack [%#lx-%#lx], sp %#lx\n", current->comm,
		 current->pid, stack, stack + THREAD_SIZE, regs->sp);
	if (vmalloc_guard_hit(regs->badaddr))
		pr_emerg("the access of %#lx hit the guard page\n", regs->badaddr);
	show_regs(regs);
	dump_backtrace(regs);
	panic("kernel stack overflow");
}

/**
 * exit_to_user_mode_work - do what a task must do before it goes back to its program
 * @regs: the complete user context; signals change it
 *
 * Context: interrupts off, and again on return. May sleep in between.
 */
void exit_to_user_mode_work(struct pt_regs *regs)
{
	struct thread_info *ti = current_thread_info();
	unsigned long work;

	while ((work = READ_ONCE(ti->flags) & _TIF_WORK_MASK & ~_TIF_RESTORE_REGS)) {
		local_irq_enable();
		if (work & _TIF_NOTIFY_RESUME)
			clear_tsk_flag(current, _TIF_NOTIFY_RESUME);
		if (work & _TIF_NEED_RESCHED)
			schedule();
		if (work & _TIF_SIGPENDING)
			do_signal(regs);
		local_irq_disable();
	}
	clear_tsk_flag(current, _TIF_RESTORE_REGS);
}
