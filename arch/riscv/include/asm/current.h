/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/current.h - the running task and hart, one register away (tp).
 *
 * struct task_struct begins with its thread_info, so both hang off tp.
 */
#ifndef ASM_RISCV_CURRENT_H
#define ASM_RISCV_CURRENT_H

#include <asm/thread_info.h>

struct task_struct;

register struct task_struct *riscv_current_is_tp __asm__("tp");

#define current			riscv_current_is_tp
#define current_thread_info()	((struct thread_info *)riscv_current_is_tp)

static inline unsigned int smp_processor_id(void)
{
	unsigned long cpu = ((volatile struct thread_info *)riscv_current_is_tp)->cpu;

	/* As an index it need not be cut to 32 bits: two instructions less each time. */
	if (cpu >= CONFIG_NR_CPUS)
		__builtin_unreachable();
	return cpu;
}

static inline unsigned long my_cpu_offset(void)
{
	return ((volatile struct thread_info *)riscv_current_is_tp)->percpu_offset;
}

#endif
