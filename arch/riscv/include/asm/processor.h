/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/processor.h - small words to the hart.
 */
#ifndef ASM_RISCV_PROCESSOR_H
#define ASM_RISCV_PROCESSOR_H

/* In a loop that waits for another hart. */
static inline void cpu_relax(void)
{
	__asm__ __volatile__("nop" : : : "memory");
}

static inline void wait_for_interrupt(void)
{
	__asm__ __volatile__("wfi" : : : "memory");
}

#endif
