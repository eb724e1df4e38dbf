// SPDX-License-Identifier: GPL-2.0-only
/*
 * wait.c - wait queues: tasks asleep until a condition holds.
 *
 *	wait_queue_head            entries, each on its waiter's kernel stack
 *	+------+------+     +--------+     +--------+     +-----------+
 *	| lock | head |<--->| task A |<--->| task B |<--->| task C    |
 *	+------+------+     +--------+     +--------+     | exclusive |
 *	                     woken all      woken all     +-----------+
 *	                                                   one at a time
 *
 * Waiters that all can go on when the condition holds (readers) queue in front;
 * those of which only one can (a mutex's) queue behind and are marked exclusive,
 * so that one wake-up reaches the first list wholly and one of the second.
 *
 * I1  An entry is on at most one queue; off a queue its links point at itself.
 * I2  Waking takes the entry off: a second wake-up reaches the next waiter, not
 *     the same one again. The waiter puts it back if it sleeps once more.
 * I3  An entry's memory is used under the queue's lock only, and finish_wait()
 *     takes that lock unless it sees the entry off the queue; so when
 *     finish_wait() returns, no waker knows the entry any more.
 *
 * I3 needs care: finish_wait() looks at the links without the lock. A waker
 * unlinks an entry as its LAST access to it (it has read ->task and woken it
 * before), and both links are written, so an entry that looks unlinked was let go.
 *
 * Lost wake-ups: see the picture in wait.h.
 */
#include <linux-lite/sched.h>
#include <linux-lite/wait.h>

/**
 * init_waitqueue_head - make an empty queue
 * @q: memory that was never a queue, or whose queue is empty
 */
void init_waitqueue_head(wait_queue_head_t *q)
{
	spin_lock_init(&q->lock, RANK_WAITQ);
	INIT_LIST_HEAD(&q->head);
}

/**
 * init_wait_entry - prepare an entry with which current can wait
 * @w: the entry, usually on the caller's stack
 * @exclusive: one wake-up must reach only one such waiter
 */
void init_wait_entry(struct wait_queue_entry *w, bool exclusive)
{
	INIT_LIST_HEAD(&w->entry);
	w->task = current;
	w->exclusive = exclusive;
}

/**
 * prepare_to_wait - queue up and announce that current is about to sleep
 * @q: the queue
 * @w: made by init_wait_entry(); may be queued here already
 * @state: TASK_INTERRUPTIBLE, TASK_UNINTERRUPTIBLE or TASK_KILLABLE
 *
 * The caller then tests its condition, and calls schedule() if it does not hold.
 * Context: any; nothing may sleep between this and schedule().
 */
void prepare_to_wait(wait_queue_head_t *q, struct wait_queue_entry *w, unsigned int state)
{
	unsigned long flags;

	spin_lock_irqsave(&q->lock, flags);
	if (list_empty(&w->entry)) {
		if (w->exclusive)
			list_add_tail(&w->entry, &q->head);
		else
			list_add(&w->entry, &q->head);
	}
	set_current_state(state);
	spin_unlock_irqrestore(&q->lock, flags);
}

/**
 * finish_wait - stop waiting: the counterpart of prepare_to_wait
 * @q: the queue
 * @w: the entry; not used by anybody when this returns
 *
 * Context: any.
 */
void finish_wait(wait_queue_head_t *q, struct wait_queue_entry *w)
{
	unsigned long flags;

	WRITE_ONCE(current->state, TASK_RUNNING);
	/* I3: both links, acquire: what the waker did before is seen after. */
	if (smp_load_acquire(&w->entry.next) == &w->entry &&
	    smp_load_acquire(&w->entry.prev) == &w->entry)
		return;
	spin_lock_irqsave(&q->lock, flags);
	list_del_init(&w->entry);
	spin_unlock_irqrestore(&q->lock, flags);
}

/* list_del_init() whose last store to the entry is a release, for I3. */
static void unlink_entry(struct list_head *entry)
{
	struct list_head *next = entry->next, *prev = entry->prev;

	next->prev = prev;
	prev->next = next;
	WRITE_ONCE(entry->prev, entry);
	smp_store_release(&entry->next, entry);
}

/**
 * __wake_up - wake waiters of a queue
 * @q: the queue
 * @nr_exclusive: how many exclusive ones at most; 0: all
 *
 * A waiter that something else has woken already does not count.
 * Context: any; takes the queue's lock and, inside, a run queue's.
 */
void __wake_up(wait_queue_head_t *q, int nr_exclusive)
{
	struct wait_queue_entry *w, *next;
	unsigned long flags;

	spin_lock_irqsave(&q->lock, flags);
	list_for_each_entry_safe(w, next, &q->head, entry) {
		bool exclusive = w->exclusive;
		bool woken = wake_up_process(w->task);

		unlink_entry(&w->entry);
		if (woken && exclusive && --nr_exclusive == 0)
			break;
	}
	spin_unlock_irqrestore(&q->lock, flags);
}
