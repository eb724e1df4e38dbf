/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rwsem.h - many readers or one writer, waiters sleep. kernel/rwsem.c.
 *
 * count: 0 free, n > 0 readers, -1 a writer. A writer that waits keeps new
 * readers out (writers_waiting), so that page faults cannot starve mmap().
 *
 * Small cousin of Linux's include/linux/rwsem.h; left out: hand-off, spinning,
 * owner tracking.
 */
#ifndef LINUX_LITE_RWSEM_H
#define LINUX_LITE_RWSEM_H

#include <linux-lite/wait.h>

struct rw_semaphore {
	long count;			/* changed by compare-and-exchange */
	atomic_t writers_waiting;
	wait_queue_head_t wait;
	enum lock_rank rank;
	const char *name;
};

#define RWSEM_INIT(s, r) \
	{ .count = 0, .writers_waiting = ATOMIC_INIT(0), \
	  .wait = WAIT_QUEUE_HEAD_INIT((s).wait), .rank = (r), .name = #s }

void init_rwsem(struct rw_semaphore *s, enum lock_rank rank, const char *name);
void down_read(struct rw_semaphore *s);
/* A second one of the same rank (fork: parent's then child's mmap_lock). */
void down_write_nested(struct rw_semaphore *s);
bool down_read_trylock(struct rw_semaphore *s);
void up_read(struct rw_semaphore *s);
void down_write(struct rw_semaphore *s);
void up_write(struct rw_semaphore *s);
void downgrade_write(struct rw_semaphore *s);

#endif
