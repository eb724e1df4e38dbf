// SPDX-License-Identifier: GPL-2.0-only
/*
 * posix_timers.c - timer_create(2) and its family.
 *
 *	signal->posix_timers <-> [id 0] <-> [id 1] <-> ...       (itimer_lock)
 *
 *	timer fires -> function: queue the signal, count what is missed -> SI_TIMER
 *	   signal is delivered: overrun goes into it, and the timer is started again
 *
 * An interval timer whose signal still waits to be delivered does not send another
 * one (POSIX): it is not even running. Delivery computes how many periods have
 * passed, reports them as the overrun, and starts it for the next.
 *
 * I1  A timer in the list has its process's leader referenced.
 * I2  A firing counts only if the timer is armed and not queued: else it was set
 *     again (or off) while its function waited for the lock. Taking it off the
 *     queue would mean to wait for that function, which the lock forbids.
 * I3  pending: a signal with its id is queued; only then its delivery starts the
 *     timer again. A new setting clears it.
 *
 * CLOCK_REALTIME timers are kept on the monotonic clock: setting the time of day
 * does not move them. Timers on CPU-time clocks are left out (EINVAL);
 * setitimer's ITIMER_VIRTUAL and ITIMER_PROF are there.
 */
#include <linux-lite/abi/time.h>
#include <linux-lite/kernel.h>
#include <linux-lite/posix_timers.h>
#include <linux-lite/signal.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/task.h>
#include <linux-lite/user.h>
#include <asm/uaccess.h>

struct k_itimer {
	struct list_head list;		/* signal->posix_timers (itimer_lock) */
	struct timer timer;
	int id;				/* (c) */
	clockid_t clock;		/* (c) */
	int notify, signo;		/* (c) */
	sigval_t value;			/* (c) */
	struct user_struct *user;	/* who is charged (c) */
	struct task_struct *target;	/* leader or, with SIGEV_THREAD_ID, a thread; referenced */
	u64 interval_ns;		/* (itimer_lock) */
	int overrun;			/* of the last signal delivered (itimer_lock) */
	bool armed;			/* (itimer_lock) */
	bool pending;			/* (itimer_lock) */
};

static DEFINE_SPINLOCK(itimer_lock, RANK_ITIMER);

#define DELAYTIMER_MAX	0x7fffffff

/* Periods that have passed since the timer was due; it is moved to the next. */
static int forward(struct k_itimer *t, u64 now)
{
	u64 due = t->timer.expires_ns, missed = 0;

	if (t->interval_ns && now > due)
		missed = (now - due) / t->interval_ns;
	t->timer.expires_ns = due + (missed + 1) * t->interval_ns;
	return min_t(u64, missed, DELAYTIMER_MAX);
}

/* For the next period. A nanosecond's must not keep the interrupt busy for ever. (itimer_lock) */
static void start_next(struct k_itimer *t)
{
	u64 now = ktime_get_ns();

	forward(t, now);
	timer_start(&t->timer, max(t->timer.expires_ns, now + NSEC_PER_MSEC));
}

/* Ignored, no room, or one of another timer is pending: no delivery will start it again. */
static void not_sent(struct k_itimer *t)
{
	spin_lock(&itimer_lock);
	if (t->pending && t->interval_ns)
		start_next(t);
	t->pending = false;
	spin_unlock(&itimer_lock);
}

static void expired(struct timer *timer)
{
	struct k_itimer *t = container_of(timer, struct k_itimer, timer);
	siginfo_t info = { .si_signo = t->signo, .si_code = SI_TIMER };
	bool send = t->notify != SIGEV_NONE;

	spin_lock(&itimer_lock);
	send = send && t->armed && !timer->queued;	/* I2 */
	if (t->armed && !timer->queued && !send && t->interval_ns)
		start_next(t);
	t->pending = send;
	spin_unlock(&itimer_lock);
	if (!send)
		return;
	info.timer.tid = t->id;
	info.timer.value = t->value;
	if (!send_sig_details(t->signo, &info, t->target, !(t->notify & SIGEV_THREAD_ID)))
		not_sent(t);
}

/* (itimer_lock) */
static struct k_itimer *find_timer(struct signal_struct *sig, int id)
{
	struct k_itimer *t;

	list_for_each_entry(t, &sig->posix_timers, list)
		if (t->id == id)
			return t;
	return NULL;
}

void posix_timer_delivered(siginfo_t *info)
{
	struct k_itimer *t;

	spin_lock(&itimer_lock);
	t = find_timer(current->signal, info->timer.tid);
	if (t && t->pending) {
		t->pending = false;
		t->overrun = 0;
		if (t->interval_ns) {
			t->overrun = forward(t, ktime_get_ns());
			timer_start(&t->timer, t->timer.expires_ns);
		}
		info->timer.overrun = t->overrun;
	}
	spin_unlock(&itimer_lock);
}

/* Out of the list already, or nobody else can see it. */
static void free_timer(struct k_itimer *t)
{
	spin_lock_irq(&itimer_lock);
	t->armed = false;
	t->pending = false;
	spin_unlock_irq(&itimer_lock);
	timer_cancel(&t->timer);
	put_task_struct(t->target);
	uncharge_sigpending(t->user);
	kfree(t);
}

void exit_posix_timers(struct signal_struct *sig)
{
	struct k_itimer *t, *next;
	LIST_HEAD(gone);

	if (list_empty(&sig->posix_timers))
		return;
	spin_lock_irq(&itimer_lock);
	list_splice_init(&sig->posix_timers, &gone);
	spin_unlock_irq(&itimer_lock);
	list_for_each_entry_safe(t, next, &gone, list)
		free_timer(t);
}

/* Whom a timer signals, referenced; NULL: the event asks for nonsense. */
static struct task_struct *find_target(const struct sigevent *ev)
{
	struct task_struct *p = current->group_leader;

	if (ev->sigev_notify & ~(SIGEV_NONE | SIGEV_THREAD | SIGEV_THREAD_ID))
		return NULL;
	if (ev->sigev_notify != SIGEV_NONE && (ev->sigev_signo < 1 || ev->sigev_signo > _NSIG))
		return NULL;
	if (ev->sigev_notify & SIGEV_THREAD_ID) {
		p = get_task_by_pid(ev->sigev_tid);
		if (p && p->tgid != current->tgid) {
			put_task_struct(p);
			p = NULL;
		}
		return p;
	}
	get_task_struct(p);
	return p;
}

static bool supported(clockid_t clock)
{
	return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME;
}

SYSCALL_DEFINE3(timer_create, int, clock, const struct sigevent __user *, uevent,
		int __user *, uid)
{
	struct sigevent ev = { .sigev_signo = SIGALRM, .sigev_notify = SIGEV_SIGNAL };
	struct k_itimer *t;

	if (uevent && copy_from_user(&ev, uevent, sizeof(ev)))
		return -EFAULT;
	if (!supported(clock))
		return -EINVAL;
	t = kzalloc(sizeof(*t), GFP_KERNEL);
	if (!t)
		return -EAGAIN;
	t->user = charge_sigpending(current, false);
	t->target = t->user ? find_target(&ev) : NULL;
	if (!t->target) {
		int err = t->user ? -EINVAL : -EAGAIN;

		if (t->user)
			uncharge_sigpending(t->user);
		kfree(t);
		return err;
	}
	timer_init(&t->timer, expired);
	t->clock = clock;
	t->notify = ev.sigev_notify;
	t->signo = ev.sigev_signo;
	t->id = __atomic_fetch_add(&current->signal->next_timer_id, 1, __ATOMIC_RELAXED);
	t->value = ev.sigev_value;
	if (!uevent)
		t->value.sival_int = t->id;
	if (put_user(t->id, uid)) {
		free_timer(t);
		return -EFAULT;
	}
	spin_lock_irq(&itimer_lock);
	list_add_tail(&t->list, &current->signal->posix_timers);
	spin_unlock_irq(&itimer_lock);
	return 0;
}

/* (itimer_lock) */
static void read_timer(struct k_itimer *t, struct itimerspec64 *v)
{
	u64 now = ktime_get_ns(), left = 0;

	if (t->pending && t->interval_ns) {	/* not running, but it will be */
		u64 due = t->timer.expires_ns;

		left = t->interval_ns - (now > due ? (now - due) % t->interval_ns : 0);
	} else if (t->armed && t->timer.queued) {
		left = max(t->timer.expires_ns, now + 1) - now;
	}
	v->it_value = ns_to_timespec64(left);
	v->it_interval = ns_to_timespec64(t->interval_ns);
}

SYSCALL_DEFINE2(timer_gettime, int, id, struct itimerspec64 __user *, value)
{
	struct itimerspec64 v;
	struct k_itimer *t;

	spin_lock_irq(&itimer_lock);
	t = find_timer(current->signal, id);
	if (t)
		read_timer(t, &v);
	spin_unlock_irq(&itimer_lock);
	if (!t)
		return -EINVAL;
	return copy_to_user(value, &v, sizeof(v)) ? -EFAULT : 0;
}

SYSCALL_DEFINE1(timer_getoverrun, int, id)
{
	struct k_itimer *t;
	long overrun = -EINVAL;

	spin_lock_irq(&itimer_lock);
	t = find_timer(current->signal, id);
	if (t)
		overrun = t->overrun;
	spin_unlock_irq(&itimer_lock);
	return overrun;
}

/* When a setting expires, on the monotonic clock. */
static u64 expiry(const struct k_itimer *t, int flags, u64 value)
{
	u64 now = ktime_get_ns(), there = now;

	if (!(flags & TIMER_ABSTIME))
		return value < ~0UL - now ? now + value : ~0UL;
	clock_read(t->clock, &there);
	return value > there ? now + (value - there) : now;
}

SYSCALL_DEFINE4(timer_settime, int, id, int, flags, const struct itimerspec64 __user *, unew,
		struct itimerspec64 __user *, uold)
{
	struct itimerspec64 new, old;
	struct k_itimer *t;
	u64 value, interval;
	int err;

	if (!unew)
		return -EINVAL;
	/* As a whole: &unew->it_value of a pointer that may be anything is undefined. */
	if (copy_from_user(&new, unew, sizeof(new)))
		return -EFAULT;
	err = timespec64_ns(&new.it_value, &value) ?: timespec64_ns(&new.it_interval, &interval);
	if (err)
		return err;
	spin_lock_irq(&itimer_lock);
	t = find_timer(current->signal, id);
	if (!t) {
		spin_unlock_irq(&itimer_lock);
		return -EINVAL;
	}
	read_timer(t, &old);
	t->pending = false;
	t->overrun = 0;
	t->interval_ns = value ? interval : 0;
	t->armed = value;
	if (value)
		timer_start(&t->timer, expiry(t, flags, value));
	spin_unlock_irq(&itimer_lock);
	return uold && copy_to_user(uold, &old, sizeof(old)) ? -EFAULT : 0;
}

SYSCALL_DEFINE1(timer_delete, int, id)
{
	struct k_itimer *t;

	spin_lock_irq(&itimer_lock);
	t = find_timer(current->signal, id);
	if (t)
		list_del(&t->list);
	spin_unlock_irq(&itimer_lock);
	if (!t)
		return -EINVAL;
	free_timer(t);
	return 0;
}
