/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cred.h - who a task acts for: user and group numbers, supplementary groups.
 * kernel/cred.c.
 *
 * Root (effective uid 0) may do everything, the others what owners may: Linux's
 * capabilities with all or nothing. Only a task itself changes its numbers, so
 * it reads them without a lock; others may see a half-changed set, which is
 * enough for /proc and for permission to signal.
 *
 * Small cousin of Linux's include/linux/cred.h.
 */
#ifndef LINUX_LITE_CRED_H
#define LINUX_LITE_CRED_H

#include <linux-lite/sched.h>

#define NGROUPS_MAX	65536

struct group_info {
	atomic_t usage;			/* tasks */
	unsigned int ngroups;		/* (c) */
	gid_t gid[];			/* rising (c) */
};

static inline bool capable(void)
{
	return current->euid == 0;
}

/* Is @gid current's fsgid or one of its supplementary groups? */
bool in_group_p(gid_t gid);
/* May current send a signal to @p, change its priority and the like (kill(2)'s rule)? */
bool may_signal(struct task_struct *p);
/* fork and exit. */
void copy_groups(struct task_struct *p);
void put_groups(struct task_struct *p);
/* The groups of any task, referenced: as they are now. */
struct group_info *get_group_info(struct task_struct *p);
void put_group_info(struct group_info *g);

#endif
