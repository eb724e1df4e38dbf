/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/current.h (host) - the running task, the hart's number and its per-CPU offset.
 *
 * A hart is a thread of this process that runs one task for good, so the three never change
 * under a caller, and each is a thread-local word of its own: one load, where riscv goes
 * through tp to thread_info.
 */
#ifndef ASM_HOST_CURRENT_H
#define ASM_HOST_CURRENT_H

#include <asm/thread_info.h>

struct task_struct;

extern _Thread_local struct task_struct *host_current;
extern _Thread_local unsigned int host_cpu;
extern _Thread_local unsigned long host_percpu_offset;

#define current			host_current
#define current_thread_info()	((struct thread_info *)host_current)

static inline unsigned int smp_processor_id(void)
{
	return host_cpu;
}

static inline unsigned long my_cpu_offset(void)
{
	return host_percpu_offset;
}

#endif
