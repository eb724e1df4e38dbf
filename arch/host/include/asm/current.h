/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/current.h (host) - the running task: one word a thread.
 *
 * A hart is a thread of this process that runs one task for good, so current,
 * the hart's number and its per-CPU offset never change under a caller.
 */
#ifndef ASM_HOST_CURRENT_H
#define ASM_HOST_CURRENT_H

#include <asm/thread_info.h>

struct task_struct;

extern _Thread_local struct task_struct *host_current;

#define current			host_current
#define current_thread_info()	((struct thread_info *)host_current)

static inline unsigned int smp_processor_id(void)
{
	return current_thread_info()->cpu;
}

static inline unsigned long my_cpu_offset(void)
{
	return current_thread_info()->percpu_offset;
}

#endif
