/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/vdso.h - what the kernel knows of the page it gives to every program.
 *
 *	0		ELF header, symbols, hash tables, dynamic section
 *	VDSO_SIGRETURN	code, the signal trampoline first
 *	VDSO_DATA	struct vdso_data, which the kernel keeps up to date
 *
 * arch/riscv/vdso/vdso.lds.S lays it out so; arch/riscv/kernel/vdso.c maps it.
 */
#ifndef ASM_RISCV_VDSO_H
#define ASM_RISCV_VDSO_H

#define VDSO_SIGRETURN	0x800
#define VDSO_DATA	0xfc0

#ifndef __ASSEMBLER__
#include <linux-lite/types.h>

/* How a program reads the clocks: ns = (rdtime - boot_ticks) * ns_per_tick >> 32. */
struct vdso_data {
	u64 boot_ticks;
	u64 ns_per_tick;	/* 32.32 fixed point */
	u64 real_offset;	/* add for CLOCK_REALTIME; one word, so it is read whole */
};

/* Fill in the first two. arch/riscv/kernel/time.c */
void vdso_time_params(struct vdso_data *data);
#endif

#endif
