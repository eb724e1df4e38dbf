/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/thread.h - what a task leaves behind when another one runs on the hart.
 *
 * switch_to() is a function call, so only the registers that a callee must keep
 * are saved: ra, sp, s0..s11; and gp, which the kernel leaves alone, so that it is
 * still the value of the user program (entry.S). The FPU is saved only if the task has made it
 * dirty (sstatus.FS).
 */
#ifndef ASM_RISCV_THREAD_H
#define ASM_RISCV_THREAD_H

#define THREAD_RA	0	/* offsets for switch.S */
#define THREAD_SP	8
#define THREAD_S0	16	/* s0..s11 follow */
#define THREAD_GP	112
#define THREAD_GP	112

#ifndef __ASSEMBLER__
#include <linux-lite/types.h>

struct fpu_state {		/* Linux's struct __riscv_d_ext_state */
	u64 f[32];
	u32 fcsr;
};

struct thread_struct {
	unsigned long ra, sp, s[12], gp;
	struct fpu_state fpu;
};

static_assert(offsetof(struct thread_struct, s) == THREAD_S0, "THREAD_S0");
static_assert(offsetof(struct thread_struct, gp) == THREAD_GP, "THREAD_GP");
static_assert(offsetof(struct thread_struct, gp) == THREAD_GP, "THREAD_GP");
#endif

#endif
