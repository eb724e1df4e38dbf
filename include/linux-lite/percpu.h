/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * percpu.h - one copy of a variable a hart.
 *
 *	section "percpu"       hart 0 uses the linked section itself
 *	+-----------------+    +-----------------+    +-----------------+
 *	| hart 0 (offset 0)|   | hart 1's copy   |    | hart 2's copy   |
 *	+-----------------+    +-----------------+    +-----------------+
 *	        address of hart n's copy = &var + __per_cpu_offset[n]
 *
 * kernel/percpu.c allocates the copies from memblock before the other harts
 * start. The running hart's offset sits in thread_info (riscv) or in a
 * thread-local word (host), so this_cpu_ptr() is one load and one add.
 *
 * A task that is not pinned may move to another hart whenever it sleeps or
 * returns to user mode, and never elsewhere: the kernel is not preemptible.
 *
 * Small cousin of Linux's include/linux/percpu-defs.h.
 */
#ifndef LINUX_LITE_PERCPU_H
#define LINUX_LITE_PERCPU_H

#include <linux-lite/compiler.h>
#include <asm/current.h>

extern char __start_percpu[], __stop_percpu[];
extern unsigned long __per_cpu_offset[CONFIG_NR_CPUS];

#define DECLARE_PER_CPU(type, name)	extern __typeof__(type) name
#define DEFINE_PER_CPU(type, name)	__section("percpu") __typeof__(type) name

/* The result lies in another object than @p does, which the compiler must not assume. */
#define RELOC_HIDE(p, offset) ({ \
	unsigned long _hidden; \
	__asm__("" : "=r"(_hidden) : "0"(p)); \
	(__typeof__(p))(_hidden + (offset)); })

#define per_cpu_ptr(p, cpu)	RELOC_HIDE(p, __per_cpu_offset[cpu])
#define this_cpu_ptr(p)		RELOC_HIDE(p, my_cpu_offset())
#define per_cpu(var, cpu)	(*per_cpu_ptr(&(var), cpu))
#define this_cpu(var)		(*this_cpu_ptr(&(var)))

/**
 * setup_per_cpu_areas - give each possible hart its copy of the percpu section
 *
 * Context: boot, one hart, memblock up.
 * Return: 0, or -ENOMEM.
 */
int setup_per_cpu_areas(void);

#endif
