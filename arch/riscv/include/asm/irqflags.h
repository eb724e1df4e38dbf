/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/irqflags.h - this hart's interrupts: sstatus.SIE.
 *
 * Leaf sections. The shortest paths of the allocators pop or push one pointer of this hart's
 * own with interrupts off. local_irq_save_leaf() ... local_irq_restore_leaf() is for them:
 * between the two is straight code that neither turns interrupts on or off nor calls what
 * does (a lock, another leaf section). Here that saves the masking of the old state: csrrci and
 * csrs, one instruction each. The host port takes interrupts only where it polls for them, and
 * a leaf section does not: it has nothing to do at either end. In exchange a leaf section that a
 * hart could repeat for ever asks local_irq_waits(), and goes its slow way if so, which ends in
 * a local_irq_restore(). Of a pair that can only alternate (push, pop) one asks.
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

/* All of sstatus: what else was set is still set at the section's end, and is set again. */
static inline unsigned long local_irq_save_leaf(void)
{
	unsigned long status;

	__asm__ __volatile__("csrrci %0, sstatus, 2" : "=r"(status) : : "memory");
	return status;
}

static inline void local_irq_restore_leaf(unsigned long status)
{
	__asm__ __volatile__("csrs sstatus, %0" : : "r"(status) : "memory");
}

/* Interrupts are taken when they come. */
static inline bool local_irq_waits(void)
{
	return false;
}

static inline bool irqs_disabled(void)
{
	unsigned long status;

	__asm__ __volatile__("csrr %0, sstatus" : "=r"(status) : : "memory");
	return !(status & SR_SIE);
}

#endif
