/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/host.h - the simulated machine, for the tests that run on it.
 *
 *	host_boot(&(struct host_config){ .ram_bytes = MiB(64), .harts = 2, .levels = 3 });
 *	mm = mm_alloc(); ... do_mmap(mm, ...) ...
 *	host_use_mm(mm);
 *	host_store(addr, 8, 42);		faults its way through handle_mm_fault
 *
 * See Documentation/host.md.
 */
#ifndef ASM_HOST_HOST_H
#define ASM_HOST_HOST_H

#include <linux-lite/types.h>

struct mm_struct;
struct task_struct;

struct host_config {
	unsigned long ram_bytes;	/* of simulated RAM; default 64 MiB */
	unsigned int harts;		/* 1..CONFIG_NR_CPUS; default 1 */
	unsigned int levels;		/* page-table levels 3, 4, 5; default 3 */
	unsigned int tlb_entries;	/* of a hart; default 4096: keeps nearly all */
	const char *slab_debug;		/* slab_debug= of the command line; default: none */
	bool slab_merge;		/* as on the command line; default: slab_nomerge */
	bool hw_ad;			/* the walker sets A and D; else it faults for them */
};

/**
 * host_boot - bring the simulated machine up, as far as mm_cache_init()
 * @config: zero fields take their defaults; NULL: all defaults
 *
 * The calling thread becomes hart 0. Once a process: Check gives each test one.
 */
void host_boot(const struct host_config *config);

/**
 * host_run_on - run a function as a task on another hart, at the same time
 * @hart: 1..harts-1, not running anything
 * @fn: what it does; returns when done
 * @arg: for @fn
 */
void host_run_on(unsigned int hart, void (*fn)(void *), void *arg);
/* Wait for host_run_on()'s function to return. */
void host_join(unsigned int hart);

/* Load an address space on this hart (switch_mm); current->mm becomes @mm, or NULL. */
void host_use_mm(struct mm_struct *mm);

/*
 * One user access of 1, 2, 4 or 8 bytes (load, store) or 4 (fetch), through the
 * TLB, the page tables, and do_page_fault() when it must. Return: 0, or the
 * signal that the task would have got: SIGSEGV, SIGBUS, SIGKILL for out of memory;
 * host_fault_code() says more.
 */
int host_load(unsigned long va, unsigned int size_bytes, u64 *value);
int host_store(unsigned long va, unsigned int size_bytes, u64 value);
int host_fetch(unsigned long va, u32 *insn);
/* si_code of this hart's last signal. */
int host_fault_code(void);

/*
 * host_watch_fences - be called at each flush of user translations, before harts forget
 * @fn: gets what is flushed, ~0UL at the end: all; NULL: nobody watches any more
 *
 * The moment at which nothing may have been given back yet that a hart can still reach.
 */
void host_watch_fences(void (*fn)(struct mm_struct *mm, unsigned long start, unsigned long end));

/* Faults this hart has taken, and translations it found in its TLB. */
unsigned long host_fault_count(void);
unsigned long host_tlb_hits(void);

#endif
