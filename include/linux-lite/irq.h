/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * irq.h - interrupts of devices, by number. drivers/irq.c.
 *
 *	entry.S -> do_irq (arch/riscv/kernel/irq.c)
 *	    -> irqchip.handle (drivers/irq_plic.c)     which device?
 *	        -> handle_irq(n)                       its driver's function
 *
 * One interrupt controller, numbers as in the device tree. Handlers run with
 * interrupts off and must not sleep. They are set up at boot and stay.
 *
 * Small cousin of Linux's include/linux/interrupt.h and irq.h.
 */
#ifndef LINUX_LITE_IRQ_H
#define LINUX_LITE_IRQ_H

#include <linux-lite/types.h>

#define NR_IRQS		128

struct seq_file;

typedef void (*irq_handler_t)(unsigned int irq, void *data);

/**
 * request_irq - call a function whenever a device interrupts
 * @irq: 1..NR_IRQS-1
 * @fn: called with interrupts off
 * @name: shown in /proc/interrupts; a string that stays
 * @data: handed to @fn
 *
 * Context: boot.
 * Return: 0, -EINVAL, or -EBUSY when it is taken.
 */
int request_irq(unsigned int irq, irq_handler_t fn, const char *name, void *data);

/* From the interrupt controller: one interrupt of this number came. */
void handle_irq(unsigned int irq);

/* What an interrupt controller offers. */
struct irqchip {
	const char *name;
	void (*unmask)(unsigned int irq);
	void (*handle)(void);		/* the external interrupt is pending: find out which */
};
extern const struct irqchip *irqchip;	/* constant after irq_init */

/* The device tree's controller, or a message. drivers/irq_plic.c */
void plic_init(void);

/* The first interrupt of a device-tree node, 0 if it has none. */
unsigned int irq_of_node(int node);

/* /proc/interrupts */
int interrupts_show(struct seq_file *m);

#endif
