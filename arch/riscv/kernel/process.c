// SPDX-License-Identifier: GPL-2.0-only
/*
 * process.c - how a task is made ready to run, and how one gives way to another.
 *
 *	a kernel stack (THREAD_SIZE bytes, a guard page below)
 *
 *	top  +---------------------------+
 *	     | struct pt_regs            | <- thread_info.kernel_sp: the next trap from
 *	     +---------------------------+    user mode begins here, and fills it
 *	     | frames of C functions     |
 *	     |            v              | <- thread.sp while switched out
 *	     +---------------------------+ <- task->stack
 *	     | guard page: not mapped    |
 *
 * A new task's thread.ra is ret_from_fork (entry.S), so the first switch to it
 * "returns" there, with an empty stack and pt_regs filled in by copy_thread().
 *
 * Locking: a task's thread is its own, or under the run queue's lock in a switch.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/abi/sched.h>
#include <linux-lite/kernel.h>
#include <linux-lite/sched.h>
#include <linux-lite/string.h>
#include <asm/cacheflush.h>
#include <asm/fpu.h>
#include <asm/syscall.h>
#include <asm/tlbflush.h>
#include <asm/traps.h>

/* switch.S */
struct task_struct *__switch_to(struct task_struct *prev, struct task_struct *next,
				struct thread_struct *prev_thread,
				struct thread_struct *next_thread);

struct pt_regs *task_pt_regs(struct task_struct *p)
{
	return (struct pt_regs *)((char *)p->stack + THREAD_SIZE) - 1;
}

/**
 * switch_to - run another task on this hart
 * @prev: current
 * @next: the other one
 *
 * Context: interrupts off, the address space switched already.
 * Return: when @prev runs again: the task that ran before it.
 */
struct task_struct *switch_to(struct task_struct *prev, struct task_struct *next)
{
	struct pt_regs *regs = task_pt_regs(prev);

	if (regs->status & SR_FS)
		fpu_flush(prev, regs);
	if (IS_ENABLED(CONFIG_SMP)) {
		lazy_mm(prev, next);
		forget_stale_vmap();		/* next's stack may be new */
	}
	next->thread_info.cpu = prev->thread_info.cpu;
	next->thread_info.percpu_offset = prev->thread_info.percpu_offset;
	return __switch_to(prev, next, &prev->thread, &next->thread);
}

/**
 * copy_thread - set up what the first switch to a new task finds
 * @p: the new task: a copy of current's task_struct, with a stack of its own
 * @args: stack and tls of a user's child; not looked at for kernel threads
 *
 * Context: fork; for a user's child current's pt_regs are complete (entry.S).
 * Return: 0; this port has nothing that can fail.
 */
int copy_thread(struct task_struct *p, const struct kernel_clone_args *args)
{
	struct pt_regs *child = task_pt_regs(p), *parent = current_pt_regs();

	memset(&p->thread, 0, sizeof(p->thread));
	p->thread_info.kernel_sp = (unsigned long)child;
	p->thread.ra = (unsigned long)ret_from_fork;
	p->thread.sp = (unsigned long)child;
	if (p->kthread_fn) {
		memset(child, 0, sizeof(*child));
		child->status = SR_SPP | SR_SPIE;
		p->thread.s[1] = 1;		/* ret_from_fork: a kernel thread */
		return 0;
	}
	fpu_flush(current, parent);
	p->thread.fpu = current->thread.fpu;
	*child = *parent;
	child->a0 = 0;				/* what fork() returns in the child */
	child->cause = -1;			/* no system call to restart */
	if (args->stack)
		child->sp = args->stack;		/* its top: clone3 has added the size */
	if (args->flags & CLONE_SETTLS)
		child->tp = args->tls;
	return 0;
}

/**
 * kernel_thread_entry - the life of a kernel thread
 *
 * Context: ret_from_fork. Returns only in a thread that has become
 * a program (kernel_execve): then the way goes on to user mode.
 */
void kernel_thread_entry(void)
{
	int ret;

	local_irq_enable();
	ret = current->kthread_fn(current->kthread_arg);
	if (!current->mm)
		do_exit(ret);
}

/**
 * start_thread - exec: the registers of a program's first instruction
 * @regs: current's
 * @pc: its address
 * @sp: the stack, 16-byte aligned, argc on it
 *
 * Context: exec, past the point of no return. a0 is 0: no function to call at exit.
 */
void start_thread(struct pt_regs *regs, unsigned long pc, unsigned long sp)
{
	memset(regs, 0, sizeof(*regs));
	regs->epc = pc;
	regs->sp = sp;
	regs->status = SR_SPIE;			/* user mode, interrupts on, FPU off */
	regs->cause = -1;
	set_tsk_flag(current, _TIF_RESTORE_REGS);
}

void flush_thread(void)
{
	memset(&current->thread.fpu, 0, sizeof(current->thread.fpu));
	current_pt_regs()->status &= ~SR_FS;
}

#define RISCV_FLUSH_ICACHE_LOCAL	1UL

/**
 * sys_riscv_flush_icache - a program has written instructions and will run them
 *
 * The range is a hint that RISC-V has no use for. Even a local flush must reach
 * all harts: the thread may move to another one.
 *
 * Return: 0, or -EINVAL for unknown flags.
 */
long sys_riscv_flush_icache(unsigned long start, unsigned long end, unsigned long flags)
{
	if (flags & ~RISCV_FLUSH_ICACHE_LOCAL)
		return -EINVAL;
	flush_icache_all();
	return 0;
}
