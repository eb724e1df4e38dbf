// SPDX-License-Identifier: GPL-2.0-only
/*
 * itimer.c - setitimer(2): three interval timers a process.
 *
 *	ITIMER_REAL     wall time           SIGALRM     a struct timer
 *	ITIMER_VIRTUAL  user time           SIGVTALRM   counted down by the tick
 *	ITIMER_PROF     user + system time  SIGPROF     counted down by the tick
 *
 * Most processes have none, so the memory is allocated at the first use and stays
 * until the process ends.
 *
 * lock guards everything. The timer's function takes it, so the timer is cancelled
 * without it; between the cancel and the lock only another setitimer() of the same
 * process can come, and the last one wins.
 */
#include <linux-lite/abi/time.h>
#include <linux-lite/kernel.h>
#include <linux-lite/posix_timers.h>
#include <linux-lite/signal.h>
#include <linux-lite/slab.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/task.h>
#include <asm/uaccess.h>

/* A shorter interval would keep the timer interrupt busy for ever: signals between are skipped. */
#define MIN_PERIOD_NS	(100 * NSEC_PER_USEC)

struct itimers {
	spinlock_t lock;		/* RANK_ITIMER, interrupts off */
	struct timer real;
	struct task_struct *leader;	/* whom to signal; referenced (lock) */
	u64 real_interval;		/* ns (lock) */
	struct {			/* ITIMER_VIRTUAL, ITIMER_PROF (lock) */
		u64 left, interval;	/* ns; left 0: off */
	} cpu[2];
};

static void real_expired(struct timer *t)
{
	struct itimers *it = container_of(t, struct itimers, real);
	u64 soonest = ktime_get_ns() + MIN_PERIOD_NS, next;
	struct task_struct *leader;

	spin_lock(&it->lock);
	leader = it->leader;
	get_task_struct(leader);
	if (it->real_interval) {
		next = t->expires_ns + it->real_interval;
		if (next < soonest && it->real_interval < MIN_PERIOD_NS)
			next = soonest;
		else if (next < soonest)	/* we are late: skip what was missed */
			next += (soonest - next) / it->real_interval * it->real_interval +
				it->real_interval;
		timer_start(t, next);
	}
	spin_unlock(&it->lock);
	send_sig_info(SIGALRM, SEND_SIG_PRIV, leader, true);
	put_task_struct(leader);
}

/* The process's, made if need be; NULL: no memory. */
static struct itimers *get_itimers(struct signal_struct *sig)
{
	struct itimers *it = READ_ONCE(sig->itimers), *new;

	if (it)
		return it;
	new = kzalloc(sizeof(*new), GFP_KERNEL);
	if (!new)
		return NULL;
	spin_lock_init(&new->lock, RANK_ITIMER);
	timer_init(&new->real, real_expired);
	new->leader = current->group_leader;
	it = cmpxchg(&sig->itimers, NULL, new);
	if (it) {			/* another thread was quicker */
		kfree(new);
		return it;
	}
	get_task_struct(new->leader);
	return new;
}

void exit_itimers(struct signal_struct *sig)
{
	struct itimers *it = sig->itimers;

	if (!it)
		return;
	sig->itimers = NULL;
	spin_lock_irq(&it->lock);
	it->real_interval = 0;		/* its function must not start it again */
	spin_unlock_irq(&it->lock);
	timer_cancel(&it->real);
	put_task_struct(it->leader);
	kfree(it);
}

/* exec by another thread: process and number stay, the leader's struct is a new one. */
void itimer_new_leader(struct signal_struct *sig, struct task_struct *leader)
{
	struct itimers *it = sig->itimers;
	struct task_struct *old = leader;
	unsigned long flags;

	if (!it)
		return;
	get_task_struct(leader);
	spin_lock_irqsave(&it->lock, flags);
	swap(old, it->leader);
	spin_unlock_irqrestore(&it->lock, flags);
	put_task_struct(old);
}

void itimer_tick(struct task_struct *p, u64 ns, bool user)
{
	static const int signals[2] = { SIGVTALRM, SIGPROF };
	struct itimers *it = READ_ONCE(p->signal->itimers);

	if (likely(!it))
		return;
	for (int i = user ? 0 : 1; i < 2; i++) {
		bool fire = false;

		spin_lock(&it->lock);
		if (it->cpu[i].left) {
			fire = it->cpu[i].left <= ns;
			it->cpu[i].left = fire ? it->cpu[i].interval : it->cpu[i].left - ns;
		}
		spin_unlock(&it->lock);
		if (fire)
			send_sig_info(signals[i], SEND_SIG_PRIV, p, true);
	}
}

static struct timeval64 to_timeval(u64 ns)
{
	return (struct timeval64){ ns / NSEC_PER_SEC, ns % NSEC_PER_SEC / NSEC_PER_USEC };
}

static u64 from_timeval(const struct timeval64 *tv)
{
	if ((u64)tv->tv_sec > ~0UL / 2 / NSEC_PER_SEC)
		return ~0UL / 2;
	return tv->tv_sec * NSEC_PER_SEC + tv->tv_usec * NSEC_PER_USEC;
}

static bool is_timeval(const struct timeval64 *tv)
{
	return tv->tv_sec >= 0 && (unsigned long)tv->tv_usec < USEC_PER_SEC;
}

/* it->lock held. */
static void read_itimer(struct itimers *it, int which, struct itimerval64 *v)
{
	u64 now = ktime_get_ns(), left = 0, interval;

	if (which == ITIMER_REAL) {
		interval = it->real_interval;
		if (it->real.queued)	/* due, but not yet run: not 0, which means off */
			left = max(it->real.expires_ns, now + NSEC_PER_USEC) - now;
	} else {
		left = it->cpu[which - 1].left;
		interval = it->cpu[which - 1].interval;
	}
	v->it_value = to_timeval(left);
	v->it_interval = to_timeval(interval);
}

static void set_itimer(struct itimers *it, int which, u64 value, u64 interval)
{
	if (which == ITIMER_REAL) {
		it->real_interval = value ? interval : 0;
		if (value)
			timer_start(&it->real, ktime_get_ns() + value);
	} else {
		/* Counted in ticks: never too early, as for any timer. */
		it->cpu[which - 1].left = value;
		it->cpu[which - 1].interval = interval;
	}
}

SYSCALL_DEFINE2(getitimer, int, which, struct itimerval64 __user *, value)
{
	struct itimers *it = current->signal->itimers;
	struct itimerval64 v = { { 0, 0 }, { 0, 0 } };

	if (which < ITIMER_REAL || which > ITIMER_PROF)
		return -EINVAL;
	if (it) {
		spin_lock_irq(&it->lock);
		read_itimer(it, which, &v);
		spin_unlock_irq(&it->lock);
	}
	return copy_to_user(value, &v, sizeof(v)) ? -EFAULT : 0;
}

SYSCALL_DEFINE3(setitimer, int, which, const struct itimerval64 __user *, value,
		struct itimerval64 __user *, ovalue)
{
	struct itimerval64 new = { { 0, 0 }, { 0, 0 } }, old;
	struct itimers *it;

	if (value && copy_from_user(&new, value, sizeof(new)))
		return -EFAULT;
	if (which < ITIMER_REAL || which > ITIMER_PROF || !is_timeval(&new.it_value) ||
	    !is_timeval(&new.it_interval))
		return -EINVAL;
	it = get_itimers(current->signal);
	if (!it)
		return -ENOMEM;
	spin_lock_irq(&it->lock);
	read_itimer(it, which, &old);
	if (which == ITIMER_REAL)
		it->real_interval = 0;
	spin_unlock_irq(&it->lock);
	if (which == ITIMER_REAL)
		timer_cancel(&it->real);
	spin_lock_irq(&it->lock);
	set_itimer(it, which, from_timeval(&new.it_value), from_timeval(&new.it_interval));
	spin_unlock_irq(&it->lock);
	return ovalue && copy_to_user(ovalue, &old, sizeof(old)) ? -EFAULT : 0;
}
