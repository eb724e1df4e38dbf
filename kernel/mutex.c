// SPDX-License-Identifier: GPL-2.0-only
/*
 * mutex.c - a lock whose waiters sleep.
 *
 *	state   meaning                       unlock does
 *	  0     free                          -
 *	  1     held, nobody waits            state = 0
 *	  2     held, somebody may wait       state = 0, wake one
 *
 * I1  A task that sleeps here has set state to 2 after it queued up, or somebody
 *     after it has: the holder's unlock therefore sees 2 and wakes the first.
 * I2  A task that gets the lock after it waited sets 2, not 1: others may still
 *     be queued. The last of them causes one wake-up too many, which is harmless.
 * I3  A waiter that gives up (a signal) passes on the wake-up that it may have
 *     eaten.
 *
 * This is the scheme of U. Drepper's "Futexes Are Tricky" (mutex2), with a wait
 * queue in the place of the futex. The word is changed with atomic exchanges
 * only; the queue has its own lock.
 */
#include <linux-lite/mutex.h>
#include <linux-lite/sched.h>

/**
 * mutex_init - make a free mutex
 * @m: the mutex
 * @rank: its place in the order of locks
 * @name: shown when the order is broken
 */
void mutex_init(struct mutex *m, enum lock_rank rank, const char *name)
{
	m->state = 0;
	init_waitqueue_head(&m->wait);
	m->rank = rank;
	m->name = name;
}

static bool take_free(struct mutex *m)
{
	int free = 0;

	return __atomic_compare_exchange_n(&m->state, &free, 1, false,
					   __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

/* Queue up until the lock is ours: 0; or -EINTR (@state says which signals). */
static noinline int lock_slowly(struct mutex *m, unsigned int state)
{
	struct wait_queue_entry w;
	int ret = 0;

	init_wait_entry(&w, true);
	for (;;) {
		prepare_to_wait(&m->wait, &w, state);
		if (__atomic_exchange_n(&m->state, 2, __ATOMIC_ACQUIRE) == 0)	/* I1, I2 */
			break;
		if (wait_should_stop(state)) {
			ret = -EINTR;
			break;
		}
		schedule();
	}
	finish_wait(&m->wait, &w);
	if (ret)
		wake_up(&m->wait);	/* I3 */
	return ret;
}

/**
 * mutex_lock - take the lock, sleeping until it is free
 * @m: not held by current
 *
 * Context: may sleep.
 */
void mutex_lock(struct mutex *m)
{
	might_sleep();
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_acquire(m->rank, m->name, m, false);
	if (unlikely(!take_free(m)))
		lock_slowly(m, TASK_UNINTERRUPTIBLE);
}

/**
 * mutex_lock_interruptible - the same, unless a signal comes first
 * @m: not held by current
 *
 * Context: may sleep.
 * Return: 0, or -EINTR: not locked.
 */
int mutex_lock_interruptible(struct mutex *m)
{
	int ret = 0;

	might_sleep();
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_acquire(m->rank, m->name, m, false);
	if (unlikely(!take_free(m)))
		ret = lock_slowly(m, TASK_INTERRUPTIBLE);
	if (ret && IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_release(m->rank, m->name, m);
	return ret;
}

/**
 * mutex_trylock - take the lock if it is free
 * @m: not held by current
 *
 * Context: any that may later unlock it in task context.
 * Return: true if it was taken.
 */
bool mutex_trylock(struct mutex *m)
{
	if (!take_free(m))
		return false;
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_acquire(m->rank, m->name, m, true);
	return true;
}

/**
 * mutex_unlock - let go
 * @m: held by current
 *
 * Context: task.
 */
void mutex_unlock(struct mutex *m)
{
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_release(m->rank, m->name, m);
	if (__atomic_exchange_n(&m->state, 0, __ATOMIC_RELEASE) == 2)
		wake_up(&m->wait);
}
