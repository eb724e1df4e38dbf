/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * hardirq.h - am I in an interrupt handler, and what did it interrupt?
 *
 * The port's interrupt entry brackets its work with irq_enter() and irq_exit().
 * Interrupts stay off inside, so they do not nest.
 *
 * Small cousin of Linux's include/linux/hardirq.h and preempt.h.
 */
#ifndef LINUX_LITE_HARDIRQ_H
#define LINUX_LITE_HARDIRQ_H

#include <linux-lite/percpu.h>

enum irq_context { IRQ_NONE, IRQ_FROM_KERNEL, IRQ_FROM_USER };

DECLARE_PER_CPU(enum irq_context, irq_context);	/* kernel/sched.c */

/* @from_user: user code was interrupted: the tick charges it for the time */
static inline void irq_enter(bool from_user)
{
	this_cpu(irq_context) = from_user ? IRQ_FROM_USER : IRQ_FROM_KERNEL;
}

static inline void irq_exit(void)
{
	this_cpu(irq_context) = IRQ_NONE;
}

static inline bool in_irq(void)
{
	return this_cpu(irq_context) != IRQ_NONE;
}

#endif
