/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * exit.h - how a task's end is reported. kernel/exit.c, wait4.c.
 */
#ifndef LINUX_LITE_EXIT_H
#define LINUX_LITE_EXIT_H

#include <linux-lite/sched.h>

/* As wait4(2) reports the end of a process whose leader is @p: of all its threads. */
static inline int process_exit_code(const struct task_struct *p)
{
	return p->signal->flags & SIGNAL_GROUP_EXIT ? p->signal->group_exit_code : p->exit_code;
}

#endif
