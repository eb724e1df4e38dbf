// SPDX-License-Identifier: GPL-2.0-only
/*
 * sched.c - which task runs on a hart.
 *
 *	hart 0's struct rq                        hart 1's
 *	+-------------------------------+        +----------------+
 *	| curr -> task A (running)      |        | curr -> idle   |
 *	| queue: B <-> C <-> D          |        | queue: empty   |
 *	| nr_running = 4                |        | nr_running = 0 |
 *	+-------------------------------+        +----------------+
 *
 * Round robin with a memory. Each task has a turn (slice_left_ns). It runs from
 * the head of the queue until the turn is used up, then gets a new one and queues
 * up behind. A task that wakes goes to the HEAD while some of its turn is left: a
 * shell waits for nobody, and yet two tasks that keep waking each other can't
 * starve a third, because their turns end, too.
 *
 * I1  on_rq == (the task is on a queue, or is some rq's curr).
 * I2  rq->lock is held ACROSS a switch: prev takes it, next releases it. So whoever
 *     holds task_rq(p)->lock and sees !on_rq knows that p runs nowhere and that
 *     its registers are saved; there is no "on_cpu" to wait for as in Linux.
 * I3  state goes from RUNNING to a sleeping one by the task itself, and back by
 *     one waker, under task_rq(p)->lock; a waker that finds RUNNING does nothing.
 * I4  thread_info.cpu and .percpu_offset change together, while the task runs
 *     nowhere.
 * I5  active_mm is what satp holds while a task runs. A kernel thread borrows its
 *     predecessor's, and holds it with mm_count.
 *
 * A task on its way to sleep (state set, still on_rq) that is woken just becomes
 * RUNNING again: schedule() sees it under the lock. Wake-ups can't be lost.
 *
 * The kernel is not preempted. need_resched is set by the tick and by wake-ups,
 * and looked at on the way back to user mode and in cond_resched().
 *
 * Small cousin of Linux's kernel/sched/core.c; CFS and EEVDF are left out: they
 * share a hart by measured time, we share it by turns.
 */
#include <linux-lite/hardirq.h>
#include <linux-lite/kernel.h>
#include <linux-lite/sched_rq.h>
#include <linux-lite/signal.h>

DEFINE_PER_CPU(struct rq, runqueues);
DEFINE_PER_CPU(enum irq_context, irq_context);

/* A task that has run for less than this is not interrupted by one that wakes. */
#define MIN_RUN_NS	(NSEC_PER_MSEC)

struct rq *task_rq_lock(struct task_struct *p, unsigned long *flags)
{
	struct rq *rq;

	*flags = local_irq_save();
	for (;;) {
		rq = task_rq(p);
		spin_lock(&rq->lock);
		if (likely(rq == task_rq(p)))
			return rq;
		spin_unlock(&rq->lock);
	}
}

void set_task_cpu(struct task_struct *p, unsigned int cpu)
{
	if (p->thread_info.cpu == cpu)
		return;
	p->thread_info.percpu_offset = __per_cpu_offset[cpu];
	WRITE_ONCE(p->thread_info.cpu, cpu);
}

void resched_curr(struct rq *rq)
{
	if (test_tsk_flag(rq->curr, _TIF_NEED_RESCHED))
		return;
	set_tsk_flag(rq->curr, _TIF_NEED_RESCHED);
	if (rq->cpu != smp_processor_id())
		smp_send_reschedule(rq->cpu);
}

/* At the head while some of its turn is left, else behind with a new turn. */
static void enqueue_task(struct rq *rq, struct task_struct *p)
{
	p->on_rq = true;
	rq->nr_running++;
	if (p->slice_left_ns > 0) {
		list_add(&p->run_list, &rq->queue);
		if (rq->curr == rq->idle || ktime_get_ns() - rq->curr->exec_start_ns > MIN_RUN_NS)
			resched_curr(rq);
		return;
	}
	p->slice_left_ns = slice_ns(p);
	list_add_tail(&p->run_list, &rq->queue);
	if (rq->curr == rq->idle)
		resched_curr(rq);
}

void enqueue_elsewhere(struct task_struct *p)
{
	struct rq *rq;

	set_task_cpu(p, select_cpu(p, p->thread_info.cpu));
	rq = task_rq(p);
	spin_lock(&rq->lock);
	enqueue_task(rq, p);
	spin_unlock(&rq->lock);
}

/**
 * wake_up_state - make a sleeping task runnable
 * @p: the task; the caller knows that it does not vanish
 * @state: TASK_* bits; it is woken only if it sleeps in one of them
 *
 * What the caller wrote before is seen by the task after.
 * Context: any.
 * Return: true if it slept.
 */
bool wake_up_state(struct task_struct *p, unsigned int state)
{
	unsigned long flags;
	struct rq *rq = task_rq_lock(p, &flags);
	unsigned int cpu;
	bool slept;

	smp_mb();	/* the caller's reason is written before state is read: wait.h */
	slept = p->state & state;
	if (!slept)
		goto out;
	if (p->state & TASK_UNINTERRUPTIBLE && !p->on_rq)
		rq->nr_uninterruptible--;
	WRITE_ONCE(p->state, TASK_RUNNING);
	if (p->on_rq)
		goto out;
	cpu = select_cpu(p, rq->cpu);
	if (cpu != rq->cpu) {
		set_task_cpu(p, cpu);
		spin_unlock(&rq->lock);
		rq = cpu_rq(cpu);
		spin_lock(&rq->lock);
	}
	enqueue_task(rq, p);
out:
	spin_unlock_irqrestore(&rq->lock, flags);
	return slept;
}

/** wake_up_process - wake_up_state() for every kind of sleep but a stop */
bool wake_up_process(struct task_struct *p)
{
	return wake_up_state(p, TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE);
}

/**
 * wake_up_new_task - let a task run for the first time
 * @p: made by copy_process()
 *
 * Context: task.
 */
void wake_up_new_task(struct task_struct *p)
{
	unsigned long flags = local_irq_save();

	WRITE_ONCE(p->state, TASK_RUNNING);
	enqueue_elsewhere(p);
	local_irq_restore(flags);
}

/* It must not go to sleep: a signal of the kind that its sleep allows is there. */
static bool signal_pending_state(struct task_struct *p)
{
	if (!(p->state & (TASK_INTERRUPTIBLE | TASK_WAKEKILL)) || !signal_pending(p))
		return false;
	return p->state & TASK_INTERRUPTIBLE || fatal_signal_pending(p);
}

/* @p may not run on this hart any more: sched_setaffinity(). rq->lock is held. */
static bool misplaced(struct rq *rq, struct task_struct *p)
{
	return unlikely(!cpumask_test_cpu(rq->cpu, &p->cpus_allowed));
}

/*
 * Take prev off the hart: to sleep, or behind the others. A misplaced one must not be
 * picked again here, so it is left off the queue for finish_task_switch() to carry away.
 */
static void put_prev_task(struct rq *rq, struct task_struct *prev)
{
	if (prev->state != TASK_RUNNING && !signal_pending_state(prev)) {
		prev->on_rq = false;
		rq->nr_running--;
		if (prev->state & TASK_UNINTERRUPTIBLE)
			rq->nr_uninterruptible++;
		prev->nvcsw++;
		return;
	}
	WRITE_ONCE(prev->state, TASK_RUNNING);
	if (prev == rq->idle)
		return;
	if (prev->slice_left_ns <= 0)
		prev->slice_left_ns = slice_ns(prev);
	if (!misplaced(rq, prev))
		list_add_tail(&prev->run_list, &rq->queue);
}

static struct task_struct *pick_next_task(struct rq *rq)
{
	struct task_struct *p;

	if (list_empty(&rq->queue)) {
		p = steal_task(rq);
		if (!p)
			return rq->idle;
		rq->nr_running++;
		return p;
	}
	p = list_first_entry(&rq->queue, struct task_struct, run_list);
	list_del(&p->run_list);
	return p;
}

/*
 * The second half of a switch, on the stack of the task that was switched to.
 * @prev ran before it. Called with the lock that @prev took; interrupts stay off.
 */
static void finish_task_switch(struct task_struct *prev)
{
	struct rq *rq = this_cpu_ptr(&runqueues);
	struct mm_struct *mm = rq->prev_mm;
	bool dead = prev->state == TASK_DEAD;
	bool move = prev->state == TASK_RUNNING && prev != rq->idle && misplaced(rq, prev);

	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_acquire(spin_rank(&rq->lock), spin_name(&rq->lock), &rq->lock, true);
	rq->prev_mm = NULL;
	if (move) {
		prev->on_rq = false;
		rq->nr_running--;
	}
	spin_unlock(&rq->lock);
	if (move)
		enqueue_elsewhere(prev);
	if (mm)
		mmdrop(mm);
	if (dead)
		put_task_struct(prev);
}

/* Load next's address space and registers. Returns when prev runs again. */
static void context_switch(struct rq *rq, struct task_struct *prev, struct task_struct *next)
{
	if (!next->mm) {
		next->active_mm = prev->active_mm;
		if (prev->mm)
			mmgrab(prev->active_mm);
		else
			prev->active_mm = NULL;		/* its reference goes to next */
	} else {
		if (prev->active_mm != next->mm)
			switch_mm(prev->active_mm, next->mm);
		if (!prev->mm) {
			rq->prev_mm = prev->active_mm;
			prev->active_mm = NULL;
		}
	}
	/* The lock goes over to next, which notes that it has it. */
	if (IS_ENABLED(CONFIG_DEBUG_LOCKS))
		lock_rank_release(spin_rank(&rq->lock), spin_name(&rq->lock), &rq->lock);
	prev = switch_to(prev, next);
	finish_task_switch(prev);
}

/**
 * schedule - let another task run
 *
 * If current's state is not TASK_RUNNING it sleeps until it is woken; else it
 * goes on when its turn comes again.
 * Context: task, no spinlock held. Interrupts are afterwards as they were.
 */
void schedule(void)
{
	unsigned long flags = local_irq_save();
	struct rq *rq = this_cpu_ptr(&runqueues);
	struct task_struct *prev = current, *next;
	u64 now;

	spin_lock(&rq->lock);
	now = ktime_get_ns();
	charge_curr(prev, now);
	if (prev->state == TASK_RUNNING)
		prev->nivcsw++;
	put_prev_task(rq, prev);
	if (need_resched())
		clear_tsk_flag(prev, _TIF_NEED_RESCHED);
	next = pick_next_task(rq);
	next->exec_start_ns = now;
	if (!rq->tick_on && next != rq->idle)
		tick_start(rq, now);
	if (prev == next) {
		spin_unlock(&rq->lock);
	} else {
		rq->curr = next;
		rq->nr_switches++;
		context_switch(rq, prev, next);
	}
	local_irq_restore(flags);
}

/**
 * schedule_tail - the first words of a new task, called by the port
 * @prev: the task that ran before it on this hart
 *
 * Context: interrupts off; they are on afterwards.
 */
void schedule_tail(struct task_struct *prev)
{
	finish_task_switch(prev);
	local_irq_enable();
	fork_child_starts();
}

/** cond_resched - in a long loop of the kernel: give the hart away if that is wanted */
void cond_resched(void)
{
	if (need_resched())
		schedule();
}

/** yield - queue up behind all others. Context: task. */
void yield(void)
{
	current->slice_left_ns = 0;
	schedule();
}

/**
 * cpu_idle - what a hart does when there is nothing to do
 *
 * wfi ends for a pending interrupt also when interrupts are off, so there is no
 * moment in which a wake-up between the test and the sleep could be missed.
 */
void cpu_idle(void)
{
	for (;;) {
		local_irq_disable();
		while (!need_resched()) {
			wait_for_interrupt();
			local_irq_enable();	/* taken here */
			local_irq_disable();
		}
		local_irq_enable();
		schedule();
	}
}

/**
 * init_idle - make a task the idle task of a hart, as if it ran there
 * @p: the task
 * @cpu: the hart, not running yet (or the boot hart)
 */
void init_idle(struct task_struct *p, unsigned int cpu)
{
	struct rq *rq = cpu_rq(cpu);

	p->flags |= PF_IDLE | PF_KTHREAD;
	p->state = TASK_RUNNING;
	p->on_rq = true;
	p->thread_info.cpu = cpu;
	p->thread_info.percpu_offset = __per_cpu_offset[cpu];
	p->cpus_allowed.bits = 1UL << cpu;
	p->exec_start_ns = ktime_get_ns();
	rq->idle = p;
	rq->curr = p;
}

/** sched_init - empty run queues; the boot task becomes hart 0's idle task */
void sched_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct rq *rq = cpu_rq(cpu);

		spin_lock_init(&rq->lock, RANK_RQ);
		rq->cpu = cpu;
		INIT_LIST_HEAD(&rq->queue);
		tick_init(rq);
	}
	mmgrab(&init_mm);		/* what init_task.active_mm is (I5) */
	init_idle(&init_task, 0);
}
