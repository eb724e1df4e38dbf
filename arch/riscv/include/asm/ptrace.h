/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/ptrace.h - the registers of a trapped context, in Linux's order (the first
 * 32 words are struct user_regs_struct of the signal frame).
 *
 * A trap from user mode saves only what C code may change (ra, tp, sp, t*, a*);
 * gp and s0..s11 are in their registers still, and C functions keep them there.
 * Who needs them in memory (signals, clone, exec) goes through the slow exit or
 * a syscall entry that saves them: see arch/riscv/kernel/entry.S.
 *
 * Small cousin of Linux's arch/riscv/include/asm/ptrace.h.
 */
#ifndef ASM_RISCV_PTRACE_H
#define ASM_RISCV_PTRACE_H

#include <linux-lite/types.h>

struct pt_regs {
	unsigned long epc;
	unsigned long ra;
	unsigned long sp;
	unsigned long gp;
	unsigned long tp;
	unsigned long t0, t1, t2;
	unsigned long s0, s1;
	unsigned long a0, a1, a2, a3, a4, a5, a6, a7;
	unsigned long s2, s3, s4, s5, s6, s7, s8, s9, s10, s11;
	unsigned long t3, t4, t5, t6;
	/* what follows is the kernel's own */
	unsigned long status;		/* sstatus at the trap */
	unsigned long badaddr;		/* stval */
	unsigned long cause;		/* scause; -1 after a syscall that must not restart */
	unsigned long orig_a0;		/* a0 before the syscall wrote its result */
};

#define SR_SPP	0x100UL

static inline bool user_mode(const struct pt_regs *regs)
{
	return !(regs->status & SR_SPP);
}

#endif
