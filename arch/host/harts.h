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

#define ICACHE_LINES	1024u

struct icache_line {
	phys_addr_t pa;		/* of the instruction; 0: empty */
	u32 insn;		/* as it was when it was fetched */
};

/* One hart's memory of instructions. icache.c */
struct icache {
	spinlock_t lock;	/* others flush it: their fence.i by SBI */
	struct icache_line lines[ICACHE_LINES];	/* (lock) */
};

struct hart {
	struct task_struct task;	/* the one it runs */
	struct signal_struct signal;	/* its limits: none */
	struct tlb tlb;
	struct icache icache;
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

/* The instruction at @pa, or what was there when this hart last looked. */
u32 icache_fetch(struct icache *cache, phys_addr_t pa);
/* The memory of flush_cache_vmap(), tlbflush.c. Context: boot. */
void kernel_tlb_init(void);
/* Make @hart's task current on the calling thread. */
void hart_enter(struct hart *hart, unsigned int cpu);

#endif
