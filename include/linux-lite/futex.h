/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * futex.h - what other parts of the kernel ask of futexes. kernel/futex.c,
 * futex_robust.c.
 */
#ifndef LINUX_LITE_FUTEX_H
#define LINUX_LITE_FUTEX_H

#include <linux-lite/sched.h>

#ifdef CONFIG_FUTEX
void futex_init(void);		/* boot */
/* Wake waiters of a word of current's memory. Return: how many, or -errno. May sleep. */
int futex_wake(u32 __user *uaddr, bool shared, int nr_wake, u32 bitset);
/* Mark the robust locks that a dying task held. May sleep. */
void exit_robust_list(struct task_struct *p);
#else
static inline void futex_init(void) { }
static inline int futex_wake(u32 __user *uaddr, bool shared, int nr_wake, u32 bitset)
{
	return 0;
}
static inline void exit_robust_list(struct task_struct *p) { }
#endif

#endif
