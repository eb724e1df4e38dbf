/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mutex.h - a lock whose waiters sleep. kernel/mutex.c.
 *
 * One word (0 free, 1 held, 2 held with waiters possible) so that the
 * uncontended path is one atomic exchange and no call to the scheduler; the
 * waiters sit on a wait queue.
 *
 * Small cousin of Linux's include/linux/mutex.h; left out: optimistic spinning,
 * wait/wound.
 */
#ifndef LINUX_LITE_MUTEX_H
#define LINUX_LITE_MUTEX_H

#include <linux-lite/wait.h>

struct mutex {
	int state;
	wait_queue_head_t wait;
	enum lock_rank rank;
	const char *name;
};

#define MUTEX_INIT(m, r) \
	{ .state = 0, .wait = WAIT_QUEUE_HEAD_INIT((m).wait), .rank = (r), .name = #m }
#define DEFINE_MUTEX(m, r)	struct mutex m = MUTEX_INIT(m, r)

void mutex_init(struct mutex *m, enum lock_rank rank, const char *name);
void mutex_lock(struct mutex *m);
/* Return: 0, or -EINTR when a signal came first. */
int __must_check mutex_lock_interruptible(struct mutex *m);
bool mutex_trylock(struct mutex *m);
void mutex_unlock(struct mutex *m);

#endif
