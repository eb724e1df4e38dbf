/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mm_limits.h - how much memory current may have: its RLIMIT_* for mm/space, which knows
 * no processes.
 */
#ifndef LINUX_LITE_MM_LIMITS_H
#define LINUX_LITE_MM_LIMITS_H

#include <linux-lite/mman.h>
#include <linux-lite/sched.h>

static inline struct mm_limits current_mm_limits(void)
{
	const struct rlimit *rlim = current->signal->rlim;

	return (struct mm_limits){
		.as = READ_ONCE(rlim[RLIMIT_AS].rlim_cur),
		.data = READ_ONCE(rlim[RLIMIT_DATA].rlim_cur),
		.stack = READ_ONCE(rlim[RLIMIT_STACK].rlim_cur),
		/* root may lock what it likes (CAP_IPC_LOCK) */
		.memlock = current->euid == 0 ? RLIM_INFINITY :
			   READ_ONCE(rlim[RLIMIT_MEMLOCK].rlim_cur),
	};
}

#endif
