// SPDX-License-Identifier: GPL-2.0-only
/*
 * irq.c - which function belongs to which interrupt.
 *
 * The table is written at boot, each slot before its interrupt is let through,
 * and read without a lock. Counts are per CPU, for /proc/interrupts.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/irq.h>
#include <linux-lite/kernel.h>
#include <linux-lite/percpu.h>
#include <linux-lite/printk.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/smp.h>
#include <asm/setup.h>

const struct irqchip *irqchip;

static struct irq_action {
	irq_handler_t fn;		/* NULL: nobody's */
	const char *name;
	void *data;
} actions[NR_IRQS];

static DEFINE_PER_CPU(unsigned int, irq_count[NR_IRQS]);	/* its own hart's */

int request_irq(unsigned int irq, irq_handler_t fn, const char *name, void *data)
{
	if (irq == 0 || irq >= NR_IRQS || !irqchip)
		return -EINVAL;
	if (actions[irq].fn)
		return -EBUSY;
	actions[irq] = (struct irq_action){ .fn = fn, .name = name, .data = data };
	smp_wmb();			/* the slot is complete before the first interrupt */
	irqchip->unmask(irq);
	return 0;
}

void handle_irq(unsigned int irq)
{
	if (irq >= NR_IRQS || !actions[irq].fn) {
		if (printk_ratelimit())
			pr_warn("irq %u: nobody cared\n", irq);
		return;
	}
	(*this_cpu_ptr(&irq_count))[irq]++;
	actions[irq].fn(irq, actions[irq].data);
}

unsigned int irq_of_node(int node)
{
	struct fdt_irq irq;

	if (fdt_irq(&device_tree, node, 0, &irq) || irq.nr_cells < 1)
		return 0;
	return irq.cells[0];
}

/**
 * interrupts_show - the text of /proc/interrupts
 * @m: where to
 *
 * Return: 0.
 */
int interrupts_show(struct seq_file *m)
{
	unsigned int cpu, irq;

	seq_puts(m, "     ");
	for_each_online_cpu(cpu)
		seq_printf(m, "      CPU%-2u", cpu);
	seq_putc(m, '\n');
	for (irq = 0; irq < NR_IRQS; irq++) {
		if (!actions[irq].fn)
			continue;
		seq_printf(m, "%3u: ", irq);
		for_each_online_cpu(cpu)
			seq_printf(m, "%10u ", (*per_cpu_ptr(&irq_count, cpu))[irq]);
		seq_printf(m, " %s  %u  %s\n", irqchip->name, irq, actions[irq].name);
	}
	return 0;
}
