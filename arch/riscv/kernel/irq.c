// SPDX-License-Identifier: GPL-2.0-only
/*
 * irq.c - what interrupted this hart: its timer, another hart, or a device.
 *
 * Runs on the interrupted task's kernel stack with interrupts off, so interrupts
 * do not nest. What is to follow (a switch of tasks, a signal) is left to the way
 * back to user mode, as flags of the task.
 */
#include <linux-lite/hardirq.h>
#include <linux-lite/init.h>
#include <linux-lite/irq.h>
#include <linux-lite/printk.h>
#include <linux-lite/time.h>
#include <asm/csr.h>
#include <asm/ipi.h>
#include <asm/ptrace.h>
#include <asm/setup.h>
#include <asm/traps.h>

/**
 * do_irq - an interrupt, from entry.S
 * @regs: what it interrupted
 *
 * Context: interrupts off.
 */
void do_irq(struct pt_regs *regs)
{
	irq_enter(user_mode(regs));
	switch (regs->cause & ~CAUSE_IRQ) {
	case IRQ_TIMER:
		arch_set_next_event(~0UL);
		run_timers();
		break;
	case IRQ_SOFT:
		handle_ipi();
		break;
	case IRQ_EXTERNAL:
		irqchip->handle();
		break;
	default:
		panic("unexpected interrupt, scause %#lx\n", regs->cause);
	}
	irq_exit();
}

/**
 * irq_init - find the interrupt controller, let interrupts come
 *
 * Context: boot, interrupts off, after vmalloc_init().
 */
void __init irq_init(void)
{
	plic_init();
	enable_hart_interrupts();
}
