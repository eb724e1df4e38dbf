/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/irqflags.h - this hart's interrupts: sstatus.SIE.
 */
#ifndef ASM_RISCV_IRQFLAGS_H
#define ASM_RISCV_IRQFLAGS_H

#include <linux-lite/types.h>
#include <asm/csr.h>

static inline void local_irq_enable(void)
{
	__asm__ __volatile__("csrsi sstatus, 2" : : : "memory");
}

static inline void local_irq_disable(void)
{
	__asm__ __volatile__("csrci sstatus, 2" : : : "memory");
}

/* Returns the old state, for local_irq_restore(). */
static inline unsigned long local_irq_save(void)
{
	unsigned long flags;

	__asm__ __volatile__("csrrci %0, sstatus, 2" : "=r"(flags) : : "memory");
	return flags & SR_SIE;
}

static inline void local_irq_restore(unsigned long flags)
{
	__asm__ __volatile__("csrs sstatus, %0" : : "rK"(flags & SR_SIE) : "memory");
}

static inline bool irqs_disabled(void)
{
	unsigned long status;

	__asm__ __volatile__("csrr %0, sstatus" : "=r"(status) : : "memory");
	return !(status & SR_SIE);
}

#endif
