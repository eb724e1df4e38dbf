// SPDX-License-Identifier: GPL-2.0-only
/*
 * rwsem.c - many readers or one writer; waiters sleep.
 *
 *	count            0 free      n > 0 that many readers      -1 a writer
 *	writers_waiting  > 0: no new reader gets in
 *
 *	           down_read            down_write
 *	free   ->  count + 1            count = -1
 *	readers -> count + 1, unless    wait (exclusive entry, behind)
 *	           a writer waits
 *	writer ->  wait (in front)      wait
 *
 * I1  count changes by atomic operations only, readers: +1/-1, writer: 0/-1.
 * I2  Whoever makes count 0 wakes all waiting readers and one writer: the
 *     readers that waiting writers kept out go on when the last one leaves.
 * I3  A waiter is on the queue before it looks at count for the last time, and
 *     the releaser changes count before it looks at the queue: one of them sees
 *     the other (wait.h's picture). waitqueue_active() has the barrier.
 *
 * Writers are preferred: a stream of page faults (readers of mmap_lock) could
 * otherwise keep mmap() out for ever. A stream of writers can keep readers out;
 * mmap() in an endless loop is rarer than page faults.
 */
#include <linux-lite/rwsem.h>
#include <linux-lite/sched.h>

/**
 * init_rwsem - make a free semaphore
 * @s: the semaphore
 * @rank: its place in the order of locks
 * @name: shown when the order is broken
 */
void init_rwsem(struct rw_semaphore *s, enum lock_rank rank, const char *name)
{
	s->count = 0;
	atomic_set(&s->writers_waiting, 0);
	init_waitqueue_head(&s->wait);
	s->rank = rank;
	s->name = name;
}

static bool try_read(struct rw_semaphore *s)
{
	long c = READ_ONCE(s->count);

	while (c >= 0 && !atomic_read(&s->writers_waiting))
		if (__atomic_compare_exchange_n(&s->count, &c, c + 1, false,
						__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
			return true;
	return false;
}

static bool try_write(struct rw_semaphore *s)
{
	long free = 0;

	return __atomic_compare_exchange_n(&s->count, &free, -1, false,
					   __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

static noinline void read_slowly(struct rw_semaphore *s)
{
	struct wait_queue_entry w;

	init_wait_entry(&w, false);
	for (;;) {
		prepare_to_wait(&s->wait, &w, TASK_UNINTERRUPTIBLE);
		if (try_read(s))
			break;
		schedule();
	}
	finish_wait(&s->wait, &w);
}

static noinline void write_slowly(struct rw_semaphore *s)
{
	struct wait_queue_entry w;

	init_wait_entry(&w, true);
	atomic_inc_return(&s->writers_waiting);
	for (;;) {
		prepare_to_wait(&s->wait, &w, TASK_UNINTERRUPTIBLE);
		if (try_write(s))
			break;
		schedule();
	}
	finish_wait(&s->wait, &w);
	atomic_dec_return(&s->writers_waiting);
}

/**
 * down_read - become a reader
 * @s: the semaphore; current may not hold it, not even as a reader
 *
 * Context: may sleep.
 */
void down_read(struct rw_semaphore *s)
{
	might_sleep();
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_acquire(s->rank, s->name, s, false);
	if (unlikely(!try_read(s)))
		read_slowly(s);
}

/**
 * down_read_trylock - become a reader if that is possible at once
 *
 * Context: any. Return: true if it was taken.
 */
bool down_read_trylock(struct rw_semaphore *s)
{
	if (!try_read(s))
		return false;
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_acquire(s->rank, s->name, s, true);
	return true;
}

/**
 * up_read - a reader leaves
 *
 * Context: task, or another that cannot be the one who waits.
 */
void up_read(struct rw_semaphore *s)
{
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_release(s->rank, s->name, s);
	if (__atomic_sub_fetch(&s->count, 1, __ATOMIC_RELEASE) == 0 &&
	    waitqueue_active(&s->wait))
		wake_up(&s->wait);
}

static void write_lock(struct rw_semaphore *s, bool nested)
{
	might_sleep();
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_acquire(s->rank, s->name, s, nested);
	if (unlikely(!try_write(s)))
		write_slowly(s);
}

/**
 * down_write - become the writer
 * @s: the semaphore; current does not hold it
 *
 * Context: may sleep.
 */
void down_write(struct rw_semaphore *s)
{
	write_lock(s, false);
}

/**
 * down_write_nested - become the writer while holding another one of the rank
 *
 * The caller names the order of the two in a comment. Context: may sleep.
 */
void down_write_nested(struct rw_semaphore *s)
{
	write_lock(s, true);
}

/** up_write - the writer leaves. Context: task. */
void up_write(struct rw_semaphore *s)
{
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_release(s->rank, s->name, s);
	smp_store_release(&s->count, 0);
	if (waitqueue_active(&s->wait))
		wake_up(&s->wait);
}

/** downgrade_write - the writer becomes a reader; others may join. Context: task. */
void downgrade_write(struct rw_semaphore *s)
{
	smp_store_release(&s->count, 1);
	if (waitqueue_active(&s->wait))
		wake_up(&s->wait);
}
