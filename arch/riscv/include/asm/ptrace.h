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

/* Offsets for entry.S: word n of struct pt_regs. */
#define PT_EPC		(0 * 8)
#define PT_RA		(1 * 8)
#define PT_SP		(2 * 8)
#define PT_GP		(3 * 8)
#define PT_TP		(4 * 8)
#define PT_T0		(5 * 8)
#define PT_T1		(6 * 8)
#define PT_T2		(7 * 8)
#define PT_S0		(8 * 8)
#define PT_S1		(9 * 8)
#define PT_A0		(10 * 8)
#define PT_A1		(11 * 8)
#define PT_A2		(12 * 8)
#define PT_A3		(13 * 8)
#define PT_A4		(14 * 8)
#define PT_A5		(15 * 8)
#define PT_A6		(16 * 8)
#define PT_A7		(17 * 8)
#define PT_S2		(18 * 8)	/* s2..s11 */
#define PT_T3		(28 * 8)
#define PT_T4		(29 * 8)
#define PT_T5		(30 * 8)
#define PT_T6		(31 * 8)
#define PT_STATUS	(32 * 8)
#define PT_BADADDR	(33 * 8)
#define PT_CAUSE	(34 * 8)
#define PT_ORIG_A0	(35 * 8)
#define PT_SIZE		(36 * 8)

#ifndef __ASSEMBLER__
#include <linux-lite/types.h>
#include <asm/csr.h>

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

static_assert(offsetof(struct pt_regs, a7) == PT_A7, "PT_A7");
static_assert(offsetof(struct pt_regs, t6) == PT_T6, "PT_T6");
static_assert(offsetof(struct pt_regs, orig_a0) == PT_ORIG_A0, "PT_ORIG_A0");
static_assert(sizeof(struct pt_regs) == PT_SIZE && PT_SIZE % 16 == 0, "the stack stays aligned");

static inline bool user_mode(const struct pt_regs *regs)
{
	return !(regs->status & SR_SPP);
}
#endif

#endif
