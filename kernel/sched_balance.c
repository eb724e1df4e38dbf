// SPDX-License-Identifier: GPL-2.0-only
/*
 * sched_balance.c - which hart a task runs on.
 *
 *	wakes or is born   the hart it last ran on if idle (its caches), else an
 *	                   idle one, else the one with the shortest queue
 *	a hart goes idle   takes the task that waits first on the busiest hart
 *	a tick finds more  than one task here and an idle hart there: wakes that
 *	                   hart up, which then takes one
 *
 * Always among task->cpus_allowed and the harts that are online.
 *
 * Two run-queue locks are held at once only while stealing; the second is only
 * tried, so no order between them is needed.
 */
#include <linux-lite/sched_rq.h>

static bool may_run(struct task_struct *p, unsigned int cpu)
{
	return cpumask_test_cpu(cpu, &p->cpus_allowed) && cpu_online(cpu);
}

unsigned int select_cpu(struct task_struct *p, unsigned int prev_cpu)
{
	unsigned int cpu, best = nr_cpu_ids, least = ~0u;

	if (may_run(p, prev_cpu) && cpu_is_idle(prev_cpu))
		return prev_cpu;
	for_each_possible_cpu(cpu) {
		unsigned int n = READ_ONCE(cpu_rq(cpu)->nr_running);

		if (!may_run(p, cpu))
			continue;
		if (n < least || (n == least && cpu == prev_cpu)) {
			least = n;
			best = cpu;
		}
	}
	/* Before the first hart is marked online there is only this one. */
	return best < nr_cpu_ids ? best : smp_processor_id();
}

/* The first in @from's queue that may run on @cpu, off that queue. Its lock held. */
static struct task_struct *take_first(struct rq *from, unsigned int cpu)
{
	struct task_struct *p;

	list_for_each_entry(p, &from->queue, run_list) {
		if (!cpumask_test_cpu(cpu, &p->cpus_allowed))
			continue;
		list_del(&p->run_list);
		from->nr_running--;
		set_task_cpu(p, cpu);
		return p;
	}
	return NULL;
}

struct task_struct *steal_task(struct rq *rq)
{
	struct task_struct *p = NULL;
	unsigned int cpu;

	if (!IS_ENABLED(CONFIG_SMP) || !cpu_online(rq->cpu))
		return NULL;
	for_each_possible_cpu(cpu) {
		struct rq *from = cpu_rq(cpu);

		/* One that waits there alone will run as soon as that hart wakes up. */
		if (from == rq || READ_ONCE(from->nr_running) < 2 || !spin_trylock(&from->lock))
			continue;
		p = take_first(from, rq->cpu);
		spin_unlock(&from->lock);
		if (p)
			break;
	}
	return p;
}

void kick_idle_hart(struct rq *rq)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct rq *idle_rq = cpu_rq(cpu);

		if (idle_rq == rq || !cpu_is_idle(cpu))
			continue;
		/* Its idle task never goes away, so no lock is needed for the flag. */
		set_tsk_flag(idle_rq->idle, _TIF_NEED_RESCHED);
		smp_send_reschedule(cpu);
		return;
	}
}

/**
 * set_cpus_allowed - restrict a task to some harts
 * @p: the task
 * @mask: at least one of them online
 *
 * If it waits on another hart's queue it moves at once; if it runs there, at its
 * next switch, which is asked for.
 * Context: any.
 * Return: 0, or -EINVAL when no hart of @mask is online.
 */
int set_cpus_allowed(struct task_struct *p, cpumask_t mask)
{
	unsigned long flags;
	struct rq *rq;
	bool move = false;

	mask.bits &= cpu_online_mask.bits;
	if (!mask.bits)
		return -EINVAL;
	rq = task_rq_lock(p, &flags);
	p->cpus_allowed = mask;
	if (p->on_rq && !cpumask_test_cpu(rq->cpu, &mask)) {
		if (rq->curr == p) {
			resched_curr(rq);
		} else {
			list_del(&p->run_list);
			p->on_rq = false;
			rq->nr_running--;
			move = true;
		}
	}
	spin_unlock(&rq->lock);
	if (move)
		enqueue_elsewhere(p);
	local_irq_restore(flags);
	if (p == current)
		cond_resched();
	return 0;
}
