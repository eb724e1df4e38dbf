/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * overcommit.h - how much memory may be promised. mm/backing/overcommit.c.
 *
 * Small cousin of Linux's include/linux/mman.h.
 */
#ifndef LINUX_LITE_OVERCOMMIT_H
#define LINUX_LITE_OVERCOMMIT_H

/* /proc/sys/vm/overcommit_memory: 0 heuristic, 1 always, 2 never; overcommit_ratio: percent */
extern int sysctl_overcommit_memory;
extern int sysctl_overcommit_ratio;

/**
 * vm_enough_memory - charge pages that may come to need memory
 * @nr_pages: how many
 *
 * Context: any.
 * Return: 0, and vm_unacct_memory() when they are given up; or -ENOMEM.
 */
int vm_enough_memory(long nr_pages);
void vm_unacct_memory(long nr_pages);
unsigned long vm_commit_limit(void);	/* pages */
unsigned long vm_committed(void);	/* pages */

#endif
