/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_stat.h - what /proc/stat, /proc/loadavg and /proc/uptime show.
 *
 * Small cousin of Linux's include/linux/kernel_stat.h and sched/loadavg.h.
 */
#ifndef LINUX_LITE_KERNEL_STAT_H
#define LINUX_LITE_KERNEL_STAT_H

#include <linux-lite/types.h>

/* What one hart has done since boot, ns. */
struct cpu_times {
	u64 user, system, idle, irq;
};

void cpu_times(unsigned int cpu, struct cpu_times *t);
unsigned long nr_context_switches(void);
unsigned long nr_running(void);
unsigned long nr_uninterruptible(void);	/* blocked: /proc/stat's procs_blocked */
unsigned long total_forks(void);
int nr_threads(void);			/* tasks, without the idle ones */
/* 1, 5 and 15 minutes, fixed point with 16 bits of fraction. */
void get_avenrun(unsigned long loads[3]);

#endif
