// SPDX-License-Identifier: GPL-2.0-only
/*
 * sleep.c - sleeping for a time: the timeouts of waits, nanosleep(2).
 *
 *	task                         timer interrupt
 *	state = INTERRUPTIBLE
 *	timer_start(on its stack)
 *	schedule()                   wake_up_process(task)
 *	timer_cancel(): the timer's memory is ours alone again
 *
 * A sleep that a signal interrupts, and whose handler wants no EINTR, must go on
 * for the time that is left, not for the whole time again. So nanosleep notes the
 * END of its sleep in current->restart_block and returns ERESTART_RESTARTBLOCK;
 * the signal code lets the program call restart_syscall(2), which calls
 * restart_block.fn. A sleep until an absolute time is just called again.
 */
#include <linux-lite/abi/time.h>
#include <linux-lite/kernel.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/time.h>
#include <asm/uaccess.h>

struct sleeper {
	struct timer timer;
	struct task_struct *task;
};

static void wake_sleeper(struct timer *t)
{
	wake_up_process(container_of(t, struct sleeper, timer)->task);
}

/* schedule(), but no longer than until @expires_ns. */
static void schedule_until(u64 expires_ns)
{
	struct sleeper s = { .task = current };

	timer_init(&s.timer, wake_sleeper);
	timer_start(&s.timer, expires_ns);
	schedule();
	timer_cancel(&s.timer);
	WRITE_ONCE(current->state, TASK_RUNNING);
}

/**
 * schedule_timeout_ns - sleep until somebody wakes current, at most for a time
 * @timeout_ns: nanoseconds, or MAX_SCHEDULE_TIMEOUT
 *
 * The caller has set current's state, as for schedule().
 * Context: task.
 * Return: nanoseconds left, 0 when the time is over; MAX_SCHEDULE_TIMEOUT for that.
 */
s64 schedule_timeout_ns(s64 timeout_ns)
{
	u64 now = ktime_get_ns(), end;

	if (timeout_ns == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout_ns;
	}
	if (timeout_ns <= 0) {
		WRITE_ONCE(current->state, TASK_RUNNING);
		return 0;
	}
	end = now + timeout_ns;
	schedule_until(end);
	now = ktime_get_ns();
	return now < end ? (s64)(end - now) : 0;
}

/**
 * wait_should_stop - has a signal come that ends a wait?
 * @state: what kind of sleep it is
 *
 * Context: task.
 */
bool wait_should_stop(unsigned int state)
{
	if (!(state & (TASK_INTERRUPTIBLE | TASK_WAKEKILL)) || !signal_pending(current))
		return false;
	return state & TASK_INTERRUPTIBLE || fatal_signal_pending(current);
}

/* Sleep until the time on the monotonic clock: 0; -EINTR: a signal came. */
static int sleep_until(u64 expires_ns)
{
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (ktime_get_ns() >= expires_ns || signal_pending(current))
			break;
		schedule_until(expires_ns);
	}
	WRITE_ONCE(current->state, TASK_RUNNING);
	return ktime_get_ns() >= expires_ns ? 0 : -EINTR;
}

static long nanosleep_restart(struct restart_block *r)
{
	u64 now;

	if (!sleep_until(r->expires_ns))
		return 0;
	now = ktime_get_ns();
	if (r->rmtp && put_timespec_ns(now < r->expires_ns ? r->expires_ns - now : 0, r->rmtp))
		return -EFAULT;
	r->fn = nanosleep_restart;
	return -ERESTART_RESTARTBLOCK;
}

static long sleep_for(u64 ns, struct timespec64 __user *rmtp)
{
	struct restart_block *r = &current->restart_block;
	u64 now = ktime_get_ns();

	r->expires_ns = ns < ~0UL - now ? now + ns : ~0UL;
	r->rmtp = rmtp;
	return nanosleep_restart(r);
}

SYSCALL_DEFINE2(nanosleep, const struct timespec64 __user *, rqtp, struct timespec64 __user *, rmtp)
{
	u64 ns;
	int err = get_timespec_ns(rqtp, &ns);

	return err ?: sleep_for(ns, rmtp);
}

SYSCALL_DEFINE4(clock_nanosleep, int, clock, int, flags,
		const struct timespec64 __user *, rqtp, struct timespec64 __user *, rmtp)
{
	u64 ns, now;
	int err;

	if (clock == CLOCK_THREAD_CPUTIME_ID || clock_read(clock, &now))
		return -EINVAL;
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME)
		return -EOPNOTSUPP;
	err = get_timespec_ns(rqtp, &ns);
	if (err)
		return err;
	if (!(flags & TIMER_ABSTIME))
		return sleep_for(ns, rmtp);
	if (ns <= now)
		return 0;
	ns -= now;	/* a change of the clock while we sleep is not noticed */
	now = ktime_get_ns();
	return sleep_until(ns < ~0UL - now ? now + ns : ~0UL) ? -ERESTARTNOHAND : 0;
}

SYSCALL_DEFINE0(restart_syscall)
{
	struct restart_block *r = &current->restart_block;
	long (*fn)(struct restart_block *) = r->fn;

	r->fn = NULL;
	return fn ? fn(r) : -EINTR;
}
