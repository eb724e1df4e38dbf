/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * harts.h - the harts of the simulated machine, among the files of arch/host.
 */
#ifndef ARCH_HOST_HARTS_H
#define ARCH_HOST_HARTS_H

#include <linux-lite/sched.h>
#include <linux-lite/smp.h>
#include <asm/host.h>
#include "mmu.h"

struct hart {
	struct task_struct task;	/* the one it runs */
	struct signal_struct signal;	/* its limits: none */
	struct tlb tlb;
	void *thread;			/* os.h; NULL: none, or hart 0 */
	void (*run)(void *);		/* host_run_on()'s function */
	void *run_arg;
	bool done;			/* its function has returned (a) */
	bool pending;			/* an interrupt: call_fn waits to be run (a) */
	unsigned long faults;
};

extern struct hart harts[CONFIG_NR_CPUS];
static inline struct hart *this_hart(void)
{
	return &harts[smp_processor_id()];
}

/* The memory of flush_cache_vmap(), tlbflush.c. Context: boot. */
void kernel_tlb_init(void);
/* Make @hart's task current on the calling thread. */
void hart_enter(struct hart *hart, unsigned int cpu);

#endif
