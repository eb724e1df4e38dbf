// SPDX-License-Identifier: GPL-2.0-only
/*
 * timer.c - functions to be called at a time: one queue a hart.
 *
 *	struct timer_queue (per hart)           hardware
 *	+--------------------------------+      +-----------------------+
 *	| root: rbtree by expires_ns     |      | stimecmp = expires of |
 *	|       leftmost is cached       |----->| the leftmost          |
 *	| running: whose fn is called now|      +-----------------------+
 *	+--------------------------------+
 *
 * The hardware is programmed for the first timer only, so an idle hart sleeps
 * until something is really due (Linux: high-resolution timers, NO_HZ).
 *
 * I1  A queued timer is in the tree of hart t->cpu; t->cpu and t->queued change
 *     under that queue's lock.
 * I2  Outside run_timers() the hardware is set to the leftmost expiry, or earlier
 *     (after a cancel: one interrupt for nothing).
 * I3  q->running is the timer whose function runs on that hart, from before it is
 *     taken off the tree until the function has returned. While a timer's function
 *     runs it can be queued on that hart only, so timer_cancel() need look at one
 *     hart to know that it is over.
 *
 * Functions run in the timer interrupt with the queue unlocked; they may start
 * their own or other timers. Who starts and cancels one timer from several places
 * keeps them apart with a lock of his own, which the function may take as long as
 * timer_cancel() is not called under it.
 *
 * Small cousin of Linux's kernel/time/hrtimer.c.
 */
#include <linux-lite/init.h>
#include <linux-lite/percpu.h>
#include <linux-lite/smp.h>
#include <linux-lite/spinlock.h>
#include <linux-lite/time.h>

struct timer_queue {
	spinlock_t lock;		/* RANK_TIMER, interrupts off */
	struct rb_root_cached root;	/* (lock) */
	struct timer *running;		/* (lock) */
};

static DEFINE_PER_CPU(struct timer_queue, timer_queues);

/** timers_init - empty queues. Context: boot. */
void __init timers_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct timer_queue *q = per_cpu_ptr(&timer_queues, cpu);

		spin_lock_init(&q->lock, RANK_TIMER);
		q->root = RB_ROOT_CACHED;
	}
}

/**
 * timer_init - make a timer that is not queued
 * @t: the timer
 * @fn: called when it expires, in interrupt context
 */
void timer_init(struct timer *t, void (*fn)(struct timer *))
{
	t->fn = fn;
	t->cpu = smp_processor_id();
	t->queued = false;
}

static bool expires_before(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct timer, node)->expires_ns <
	       rb_entry(b, struct timer, node)->expires_ns;
}

static u64 first_expiry(struct timer_queue *q)
{
	struct rb_node *first = rb_first_cached(&q->root);

	return first ? rb_entry(first, struct timer, node)->expires_ns : ~0UL;
}

/* The queue that a timer is or was on, locked (I1). Interrupts are off. */
static struct timer_queue *lock_queue(struct timer *t)
{
	for (;;) {
		unsigned int cpu = READ_ONCE(t->cpu);
		struct timer_queue *q = per_cpu_ptr(&timer_queues, cpu);

		spin_lock(&q->lock);
		if (likely(t->cpu == cpu))
			return q;
		spin_unlock(&q->lock);
	}
}

static void dequeue(struct timer_queue *q, struct timer *t)
{
	rb_erase_cached(&t->node, &q->root);
	t->queued = false;
}

/**
 * timer_start - call the timer's function at a time
 * @t: queued or not
 * @expires_ns: on the monotonic clock; the past means as soon as possible
 *
 * Context: any; the caller sees to it that nobody else starts @t at the same time.
 */
void timer_start(struct timer *t, u64 expires_ns)
{
	unsigned long flags = local_irq_save();
	struct timer_queue *q = lock_queue(t);

	if (t->queued)
		dequeue(q, t);
	if (t->cpu != smp_processor_id() && q->running != t) {	/* I3 */
		t->cpu = smp_processor_id();
		spin_unlock(&q->lock);
		q = this_cpu_ptr(&timer_queues);
		spin_lock(&q->lock);
	}
	t->expires_ns = expires_ns;
	t->queued = true;
	rb_add_cached(&t->node, &q->root, expires_before);
	/* run_timers() will do it otherwise, when it is through. */
	if (rb_first_cached(&q->root) == &t->node && !q->running)
		arch_set_next_event(expires_ns);
	spin_unlock(&q->lock);
	local_irq_restore(flags);
}

/**
 * timer_cancel - see to it that a timer's function will not be called
 * @t: queued or not
 *
 * Waits while the function runs on another hart, so it must not be called with a
 * lock that the function takes. From the function itself it does not wait.
 * Context: any.
 * Return: true if it was queued.
 */
bool timer_cancel(struct timer *t)
{
	bool was_queued = false;

	for (;;) {
		unsigned long flags = local_irq_save();
		struct timer_queue *q = lock_queue(t);
		bool busy;

		if (t->queued) {
			dequeue(q, t);
			was_queued = true;
		}
		busy = q->running == t && t->cpu != smp_processor_id();
		spin_unlock(&q->lock);
		local_irq_restore(flags);
		if (!busy)
			return was_queued;
		cpu_relax();
	}
}

/**
 * run_timers - call what is due on this hart, and set the hardware for the next
 *
 * Context: the timer interrupt.
 */
void run_timers(void)
{
	struct timer_queue *q = this_cpu_ptr(&timer_queues);

	spin_lock(&q->lock);
	while (first_expiry(q) <= ktime_get_ns()) {
		struct timer *t = rb_entry(rb_first_cached(&q->root), struct timer, node);

		dequeue(q, t);
		q->running = t;
		spin_unlock(&q->lock);
		t->fn(t);
		spin_lock(&q->lock);
		q->running = NULL;
	}
	arch_set_next_event(first_expiry(q));
	spin_unlock(&q->lock);
}
