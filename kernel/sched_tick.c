// SPDX-License-Identifier: GPL-2.0-only
/*
 * sched_tick.c - the tick, and who used how much time.
 *
 * While a task runs on a hart, a timer fires there every TICK_NS. It ends turns,
 * and it looks whether the interrupt came from user mode or from the kernel: these
 * samples say how the exact time that a task ran (sum_exec_ns, measured at each
 * switch) splits into user and system time. So the split is an estimate, as in
 * Linux, the sum is exact, and a system call costs nothing for it.
 *
 *	task         A A A A . . B B B B B B B     . = idle: the tick stops at its
 *	tick         ^   ^   ^     ^   ^   ^           first firing on the idle task,
 *	mode         u   k         u   u   u           and starts with the next task
 *
 * The load average (1, 5, 15 minutes) is computed every five seconds from the
 * number of running and uninterruptible tasks, by Linux's decay constants.
 */
#include <linux-lite/hardirq.h>
#include <linux-lite/kernel.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel_stat.h>
#include <linux-lite/posix_timers.h>
#include <linux-lite/sched_rq.h>
#include <linux-lite/signal.h>

/* RLIMIT_CPU: SIGXCPU at the soft limit and each second after, SIGKILL at the hard one. */
static void check_cpu_limit(struct task_struct *p)
{
	struct rlimit *r = &p->signal->rlim[RLIMIT_CPU];
	u64 seconds;

	if (likely(r->rlim_cur == RLIM_INFINITY && r->rlim_max == RLIM_INFINITY))
		return;
	seconds = (p->signal->utime_ns + p->signal->stime_ns + p->sum_exec_ns) / NSEC_PER_SEC;
	if (seconds >= r->rlim_max) {
		send_sig_info(SIGKILL, SEND_SIG_PRIV, p, true);
	} else if (seconds >= r->rlim_cur) {
		r->rlim_cur = seconds + 1;
		send_sig_info(SIGXCPU, SEND_SIG_PRIV, p, true);
	}
}

static void tick(struct timer *t)
{
	struct rq *rq = this_cpu_ptr(&runqueues);
	struct task_struct *p = current;
	bool user = this_cpu(irq_context) == IRQ_FROM_USER;
	u64 now = ktime_get_ns();

	spin_lock(&rq->lock);
	if (p == rq->idle) {
		rq->tick_on = false;
		spin_unlock(&rq->lock);
		return;
	}
	charge_curr(p, now);
	*(user ? &p->user_ticks : &p->kernel_ticks) += 1;
	*(user ? &rq->ticks_user : &rq->ticks_kernel) += 1;
	if (rq->nr_running > 1) {
		if (p->slice_left_ns <= 0)
			resched_curr(rq);
		kick_idle_hart(rq);
	} else if (p->slice_left_ns <= 0) {
		p->slice_left_ns = slice_ns(p);
	}
	spin_unlock(&rq->lock);
	timer_start(&rq->tick, now + TICK_NS);
	if (!(p->flags & (PF_KTHREAD | PF_EXITING))) {
		itimer_tick(p, TICK_NS, user);
		check_cpu_limit(p);
	}
}

void tick_init(struct rq *rq)
{
	timer_init(&rq->tick, tick);
}

void tick_start(struct rq *rq, u64 now)
{
	rq->tick_on = true;
	timer_start(&rq->tick, now + TICK_NS);
}

/* @total split as the samples say; all of it is user time if there are none. */
static void split(u64 total, u64 user, u64 kernel, u64 *ut, u64 *st)
{
	u64 n = user + kernel;

	/* total * user / n, without an overflow */
	*ut = n ? total / n * user + total % n * user / n : total;
	*st = total - *ut;
}

/**
 * task_cputime - how long a task has run
 * @p: the task, referenced
 * @ut: user time, ns
 * @st: system time, ns
 *
 * Takes the run queue's lock: a tick that charged the task between a look at the sum and one at
 * exec_start_ns would have the clock go back by what it charged.
 *
 * Context: any but under a run queue's lock. The split is an estimate.
 */
void task_cputime(struct task_struct *p, u64 *ut, u64 *st)
{
	unsigned long flags;
	struct rq *rq = task_rq_lock(p, &flags);
	u64 total = p->sum_exec_ns;

	if (rq->curr == p)
		total += ktime_get_ns() - p->exec_start_ns;
	spin_unlock_irqrestore(&rq->lock, flags);
	split(total, p->user_ticks, p->kernel_ticks, ut, st);
}

/** cpu_times - what a hart has done, for /proc/stat. Context: any. */
void cpu_times(unsigned int cpu, struct cpu_times *t)
{
	struct rq *rq = cpu_rq(cpu);
	u64 now = ktime_get_ns();

	*t = (struct cpu_times){ 0 };
	if (!rq->idle)
		return;
	t->idle = rq->idle->sum_exec_ns;
	if (READ_ONCE(rq->curr) == rq->idle)
		t->idle += now - rq->idle->exec_start_ns;
	t->idle = min(t->idle, now);
	split(now - t->idle, rq->ticks_user, rq->ticks_kernel, &t->user, &t->system);
}

/* The numbers below are sums of what changes all the time: snapshots, no lock. */
#define SUM_OVER_HARTS(type, name, field) \
type name(void) \
{ \
	unsigned int cpu; \
	type n = 0; \
\
	for_each_possible_cpu(cpu) \
		n += READ_ONCE(cpu_rq(cpu)->field); \
	return n; \
}

SUM_OVER_HARTS(unsigned long, nr_running, nr_running)
SUM_OVER_HARTS(unsigned long, nr_context_switches, nr_switches)
static SUM_OVER_HARTS(long, sum_uninterruptible, nr_uninterruptible)

/** nr_uninterruptible - tasks in uninterruptible sleep. Context: any. */
unsigned long nr_uninterruptible(void)
{
	return max(sum_uninterruptible(), 0L);
}

/* --- load average: fixed point with 11 bits, e^(-5s/1min) and so on --- */
#define FSHIFT		11
#define LOAD_PERIOD_NS	(5 * NSEC_PER_SEC)

static const unsigned long decay[3] = { 1884, 2014, 2037 };
static unsigned long avenrun[3];	/* (written by the timer only) */
static struct timer load_timer;

static void load_average_tick(struct timer *t)
{
	unsigned long active = (nr_running() + nr_uninterruptible()) << FSHIFT;

	for (int i = 0; i < 3; i++) {
		unsigned long load = avenrun[i] * decay[i] +
				     active * ((1UL << FSHIFT) - decay[i]);

		if (active >= avenrun[i])
			load += (1UL << FSHIFT) - 1;	/* round up, so that 1.00 is reached */
		avenrun[i] = load >> FSHIFT;
	}
	timer_start(t, t->expires_ns + LOAD_PERIOD_NS);
}

/** get_avenrun - the load averages, << 16. Context: any. */
void get_avenrun(unsigned long loads[3])
{
	for (int i = 0; i < 3; i++)
		loads[i] = READ_ONCE(avenrun[i]) << (16 - FSHIFT);
}

/** load_average_init - start counting. Context: boot. */
void load_average_init(void)
{
	timer_init(&load_timer, load_average_tick);
	timer_start(&load_timer, ktime_get_ns() + LOAD_PERIOD_NS);
}
