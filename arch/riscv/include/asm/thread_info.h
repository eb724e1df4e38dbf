/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/thread_info.h - the head of struct task_struct: what entry.S touches.
 *
 * tp points here while the hart is in the kernel, and sscratch while it is in
 * user mode (sscratch is 0 in the kernel, which is how entry.S tells a trap from
 * user mode from one inside the kernel).
 *
 * The TI_ offsets are for assembly; the assertions below keep them true.
 */
#ifndef ASM_RISCV_THREAD_INFO_H
#define ASM_RISCV_THREAD_INFO_H

#define TI_FLAGS	0
#define TI_CPU		8
#define TI_PERCPU	16
#define TI_KERNEL_SP	24
#define TI_USER_SP	32

/*
 * thread_info.flags: any of the low ones sends the return to user mode through C.
 * entry.S tests them as one byte, so work flags are bits 0..7 and nothing else is.
 */
#define _TIF_NEED_RESCHED	(1UL << 0)
#define _TIF_SIGPENDING		(1UL << 1)
#define _TIF_RESTORE_REGS	(1UL << 2)	/* pt_regs holds all registers: load them all */
#define _TIF_NOTIFY_RESUME	(1UL << 3)
#define _TIF_WORK_MASK		0xf
#define _TIF_MEMDIE		(1UL << 8)	/* to die for lack of memory: may use the reserve */

#ifndef __ASSEMBLER__
#include <linux-lite/types.h>

struct thread_info {
	unsigned long flags;		/* _TIF_*, atomic bit operations */
	unsigned long cpu;		/* the hart it runs or last ran on */
	unsigned long percpu_offset;	/* of that hart; set when switched to */
	unsigned long kernel_sp;	/* stack on a trap from user mode: its top less pt_regs */
	unsigned long user_sp;		/* entry.S parks the user's sp here */
};

static_assert(offsetof(struct thread_info, flags) == TI_FLAGS, "TI_FLAGS");
static_assert(offsetof(struct thread_info, cpu) == TI_CPU, "TI_CPU");
static_assert(offsetof(struct thread_info, percpu_offset) == TI_PERCPU, "TI_PERCPU");
static_assert(offsetof(struct thread_info, kernel_sp) == TI_KERNEL_SP, "TI_KERNEL_SP");
static_assert(offsetof(struct thread_info, user_sp) == TI_USER_SP, "TI_USER_SP");
#endif

#endif
