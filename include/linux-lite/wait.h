/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * wait.h - wait queues: tasks asleep until a condition holds.
 *
 *	waiter                                waker
 *	------                                -----
 *	prepare_to_wait(): state = INTERRUPTIBLE, on the list   (lock)
 *	                                      condition = true
 *	test the condition                    wake_up(): state = RUNNING (lock)
 *	schedule(): off the run queue unless RUNNING again
 *	finish_wait()
 *
 * The state is set BEFORE the condition is tested, so a wake-up between the test
 * and schedule() is not lost.
 *
 * Small cousin of Linux's include/linux/wait.h; left out: poll keys, custom
 * wake functions other than the one poll() needs, bit waits (page locks use a
 * hashed queue through these functions).
 */
#ifndef LINUX_LITE_WAIT_H
#define LINUX_LITE_WAIT_H

#include <linux-lite/abi/errno.h>
#include <linux-lite/list.h>
#include <linux-lite/spinlock.h>

struct task_struct;

typedef struct wait_queue_head {
	spinlock_t lock;		/* RANK_WAITQ, interrupts off */
	struct list_head head;		/* lock */
} wait_queue_head_t;

struct wait_queue_entry {
	struct list_head entry;		/* the queue's lock */
	struct task_struct *task;	/* constant while queued */
	bool exclusive;			/* wake_up() stops after one of these */
};

#define WAIT_QUEUE_HEAD_INIT(n) \
	{ .lock = SPINLOCK_INIT(RANK_WAITQ, #n), .head = { &(n).head, &(n).head } }
#define DECLARE_WAIT_QUEUE_HEAD(n)	wait_queue_head_t n = WAIT_QUEUE_HEAD_INIT(n)

void init_waitqueue_head(wait_queue_head_t *q);
void init_wait_entry(struct wait_queue_entry *w, bool exclusive);
/* @state: TASK_INTERRUPTIBLE or TASK_UNINTERRUPTIBLE (sched.h) */
void prepare_to_wait(wait_queue_head_t *q, struct wait_queue_entry *w, unsigned int state);
void finish_wait(wait_queue_head_t *q, struct wait_queue_entry *w);
/* Wake all non-exclusive waiters and @nr_exclusive exclusive ones (0: all). Any context. */
void __wake_up(wait_queue_head_t *q, int nr_exclusive);
#define wake_up(q)	__wake_up(q, 1)
#define wake_up_all(q)	__wake_up(q, 0)

static inline bool waitqueue_active(wait_queue_head_t *q)
{
	smp_mb();	/* pairs with prepare_to_wait's, see the picture */
	return READ_ONCE(q->head.next) != &q->head;
}

/* The schedule() of waits: returns the time left; MAX_SCHEDULE_TIMEOUT never ends. */
#define MAX_SCHEDULE_TIMEOUT	((s64)(~0UL >> 1))
s64 schedule_timeout_ns(s64 timeout_ns);
bool wait_should_stop(unsigned int state);	/* a signal is pending for such a wait */

/* Sleep until cond; result 0, -ERESTARTSYS, or -ETIMEDOUT. cond is evaluated often. */
#define ___wait_event(q, cond, state, timeout_ns) ({ \
	struct wait_queue_entry _w; \
	s64 _left = (timeout_ns); \
	int _ret = 0; \
	init_wait_entry(&_w, false); \
	for (;;) { \
		prepare_to_wait(&(q), &_w, state); \
		if (cond) \
			break; \
		if (wait_should_stop(state)) { \
			_ret = -ERESTARTSYS; \
			break; \
		} \
		if (_left <= 0) { \
			_ret = -ETIMEDOUT; \
			break; \
		} \
		_left = schedule_timeout_ns(_left); \
	} \
	finish_wait(&(q), &_w); \
	_ret; })

#define wait_event(q, cond) \
	((void)((cond) ? 0 : ___wait_event(q, cond, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT)))
#define wait_event_interruptible(q, cond) \
	((cond) ? 0 : ___wait_event(q, cond, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT))
#define wait_event_interruptible_timeout_ns(q, cond, ns) \
	((cond) ? 0 : ___wait_event(q, cond, TASK_INTERRUPTIBLE, ns))

#endif
