/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/fpu.h - the floating-point registers of user programs.
 *
 * sstatus.FS in a task's pt_regs says where its registers are:
 *
 *	off	in thread.fpu (zero in a new program); the first use traps
 *	clean	in the hart, and the same in thread.fpu
 *	dirty	in the hart only
 *
 * A task that is switched out, or gets a signal, has them saved if dirty, and FS
 * turned off: who does not use the FPU never pays, who does pays one trap a turn.
 */
#ifndef ASM_RISCV_FPU_H
#define ASM_RISCV_FPU_H

#include <linux-lite/sched.h>
#include <asm/csr.h>

/* fpu.S */
void fpu_save(struct fpu_state *to);
void fpu_restore(const struct fpu_state *from);

/* @task is current: its registers to thread.fpu, FS off. */
static inline void fpu_flush(struct task_struct *task, struct pt_regs *regs)
{
	if ((regs->status & SR_FS) == SR_FS_DIRTY)
		fpu_save(&task->thread.fpu);
	regs->status &= ~(SR_FS | SR_SD);
}

/* They are wanted: from thread.fpu to the hart. */
static inline void fpu_load_current(struct pt_regs *regs)
{
	/* A switch of tasks between the two would take the hart's registers away. */
	unsigned long flags = local_irq_save();

	fpu_restore(&current->thread.fpu);
	regs->status |= SR_FS_CLEAN;
	local_irq_restore(flags);
}

#endif
