/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/ucontext.h - what a signal handler finds on its stack: Linux's riscv64 ABI.
 *
 *	higher addresses
 *	+--------------------------+ <- sp of the interrupted code
 *	| (alignment to 16)        |
 *	| ucontext: link, altstack,|
 *	|   blocked signals,       |  a2
 *	|   sigcontext:            |
 *	|     pc, x1..x31          |
 *	|     FPU: f0..f31, fcsr   |
 *	+--------------------------+
 *	| siginfo                  |  a1
 *	+--------------------------+ <- sp of the handler; ra = the return trampoline
 */
#ifndef ASM_RISCV_UCONTEXT_H
#define ASM_RISCV_UCONTEXT_H

#include <linux-lite/abi/signal.h>
#include <asm/ptrace.h>

struct user_regs_struct {		/* pc, then x1..x31: the head of struct pt_regs */
	unsigned long word[32];
};

struct __riscv_d_ext_state {
	u64 f[32];
	u32 fcsr;
};

struct sigcontext {
	struct user_regs_struct sc_regs;
	union {
		struct __riscv_d_ext_state d;
		/* The union has room for registers of 128 bits (Q); what we leave is 0. */
		struct {
			u64 f[64] __aligned(16);
			u32 fcsr;
			u32 reserved[3];
		} q;
	} sc_fpregs;
};

struct ucontext {
	unsigned long uc_flags;
	struct ucontext *uc_link;
	stack_t uc_stack;
	sigset_t uc_sigmask;
	u8 __unused[1024 / 8 - sizeof(sigset_t)];	/* room for 1024 signals */
	struct sigcontext uc_mcontext __aligned(16);
};

struct rt_sigframe {
	siginfo_t info;
	struct ucontext uc;
};

static_assert(sizeof(struct sigcontext) == 256 + 528, "struct sigcontext is ABI");
static_assert(offsetof(struct ucontext, uc_mcontext) == 176, "struct ucontext is ABI");
static_assert(sizeof(struct rt_sigframe) == 1088, "struct rt_sigframe is ABI");

#endif
