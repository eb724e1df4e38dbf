/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sigqueue.h - one queued signal's details; for kernel/signal.c and get_signal.c.
 */
#ifndef LINUX_LITE_SIGQUEUE_H
#define LINUX_LITE_SIGQUEUE_H

#include <linux-lite/signal.h>

struct user_struct;

struct sigqueue {
	struct list_head list;		/* sigpending.list (s) */
	siginfo_t info;			/* (c) */
	struct user_struct *user;	/* who is charged (c) */
};

void free_sigqueue(struct sigqueue *q);

#endif
