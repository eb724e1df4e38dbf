// SPDX-License-Identifier: GPL-2.0-only
/*
 * sched.c - sleeping and waking where a task has a thread of its own.
 *
 * The host's scheduler is the operating system's: schedule() of a task that is
 * not RUNNING yields until wake_up_process() has made it so, answering calls from
 * other harts meanwhile. With one hart nobody could ever do that, and going to
 * sleep is a deadlock: a bug.
 *
 * Stands in for kernel/sched.c, under kernel/wait.c, mutex.c and rwsem.c.
 */
#include <linux-lite/bug.h>
#include <linux-lite/hardirq.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/time.h>
#include <linux-lite/wait.h>
#include "os.h"

DEFINE_PER_CPU(enum irq_context, irq_context);

u64 ktime_get_ns(void)
{
	return os_now_ns();
}

void schedule(void)
{
	while (__atomic_load_n(&current->state, __ATOMIC_SEQ_CST) != TASK_RUNNING) {
		if (nr_cpu_ids == 1)
			panic("the only task sleeps, and nobody can wake it");
		cpu_relax();
	}
}

void cond_resched(void)
{
	host_poll();
}

s64 schedule_timeout_ns(s64 timeout_ns)
{
	unsigned long start = os_now_ns();
	s64 left;

	if (timeout_ns == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout_ns;
	}
	while (__atomic_load_n(&current->state, __ATOMIC_SEQ_CST) != TASK_RUNNING &&
	       (s64)(os_now_ns() - start) < timeout_ns)
		cpu_relax();
	set_current_state(TASK_RUNNING);
	left = timeout_ns - (s64)(os_now_ns() - start);
	return left > 0 ? left : 0;
}

bool wake_up_state(struct task_struct *p, unsigned int state)
{
	unsigned int was = __atomic_load_n(&p->state, __ATOMIC_SEQ_CST);

	do {
		if (was == TASK_RUNNING || !(was & state))
			return false;
	} while (!__atomic_compare_exchange_n(&p->state, &was, TASK_RUNNING, false,
					      __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
	return true;
}

bool wake_up_process(struct task_struct *p)
{
	return wake_up_state(p, ~0u);
}

/* Nobody sends signals here. */
bool wait_should_stop(unsigned int state)
{
	return false;
}
