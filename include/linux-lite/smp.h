/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * smp.h - harts by number, and running a function on others.
 *
 * Logical numbers 0..nr_cpu_ids-1; 0 is the boot hart, the order is the device
 * tree's. The port implements everything here (arch/riscv/kernel/smp.c,
 * arch/host/smp.c).
 *
 * Small cousin of Linux's include/linux/smp.h and cpumask.h.
 */
#ifndef LINUX_LITE_SMP_H
#define LINUX_LITE_SMP_H

#include <linux-lite/atomic.h>
#include <asm/current.h>

static_assert(CONFIG_NR_CPUS <= 64, "a cpumask is one word");

typedef struct { unsigned long bits; } cpumask_t;

extern unsigned int nr_cpu_ids;		/* harts the device tree offers, capped */
extern cpumask_t cpu_online_mask;	/* those that run the scheduler */

static inline bool cpumask_test_cpu(unsigned int cpu, const cpumask_t *m)
{
	return (READ_ONCE(m->bits) >> cpu) & 1;
}

static inline void cpumask_set_cpu(unsigned int cpu, cpumask_t *m)
{
	__atomic_fetch_or(&m->bits, 1UL << cpu, __ATOMIC_SEQ_CST);
}

static inline void cpumask_clear_cpu(unsigned int cpu, cpumask_t *m)
{
	__atomic_fetch_and(&m->bits, ~(1UL << cpu), __ATOMIC_SEQ_CST);
}

#define cpu_online(cpu)		cpumask_test_cpu(cpu, &cpu_online_mask)
#define for_each_possible_cpu(cpu) \
	for ((cpu) = 0; (cpu) < nr_cpu_ids; (cpu)++)
#define for_each_online_cpu(cpu) \
	for_each_possible_cpu(cpu) if (cpu_online(cpu))

unsigned int num_online_cpus(void);

/**
 * on_each_cpu_mask - run a function on each online hart of a mask, this one too
 * @mask: which harts; those offline are passed over
 * @fn: runs with interrupts off
 * @arg: handed to @fn
 *
 * Waits until all have returned.
 * Context: interrupts on (the others may wait for us at the same time).
 */
void on_each_cpu_mask(const cpumask_t *mask, void (*fn)(void *), void *arg);
void on_each_cpu(void (*fn)(void *), void *arg);

/* Make a hart look at its need_resched flag (or leave wfi). Context: any. */
void smp_send_reschedule(unsigned int cpu);

#endif
