// SPDX-License-Identifier: GPL-2.0-only
/*
 * smp.c - harts are threads, and interrupts between them are polled for.
 *
 *	on_each_cpu_mask: one call at a time, in turn
 *	    raise host_call_underway, mark each target pending, then help oneself
 *	    until all have answered: poll, yield
 *	target: host_poll(), whenever it turns interrupts on or waits
 *	    run call_fn with interrupts off, clear pending
 *
 * A hart that runs no task (before host_run_on, after its function has returned)
 * is offline and not asked. Hart 0 is the calling thread of the test: it must not
 * wait outside the kernel while others may call it, which host_join() sees to.
 */
#include <linux-lite/bug.h>
#include <linux-lite/kernel.h>
#include <linux-lite/percpu.h>
#include <linux-lite/time.h>
#include "harts.h"
#include "os.h"

struct hart harts[CONFIG_NR_CPUS];
/* Before host_boot(), too, as head.S has it: what needs no machine takes locks all the same. */
_Thread_local struct task_struct *host_current = &harts[0].task;
_Thread_local unsigned int host_cpu;
_Thread_local unsigned long host_percpu_offset;
_Thread_local unsigned long host_irqs_on;
_Thread_local bool host_in_leaf;

unsigned int nr_cpu_ids = 1;
cpumask_t cpu_online_mask;

/*
 * One cross call at a time, and in turn: a caller waits for every hart anyway, and on one
 * processor two that call again and again would keep a third out for ever.
 */
static unsigned int next_turn, whose_turn;
static void (*call_fn)(void *);				/* by whose turn it is */
static void *call_arg;					/* likewise */
bool host_call_underway;				/* likewise */

unsigned int num_online_cpus(void)
{
	return __builtin_popcountl(READ_ONCE(cpu_online_mask.bits));
}

struct tlb *this_tlb(void)
{
	return &this_hart()->tlb;
}

struct tlb *hart_tlb(unsigned int hart)
{
	return &harts[hart].tlb;
}

void cpu_relax(void)
{
	host_poll();
	if (nr_cpu_ids > 1)
		os_yield();
}

static void run_with_irqs_off(void (*fn)(void *), void *arg)
{
	unsigned long flags = host_irqs_on;

	host_irqs_on = 0;
	fn(arg);
	host_irqs_on = flags;
}

void host_poll(void)
{
	struct hart *hart;

	VM_BUG_ON(host_in_leaf);
	if (!host_irqs_on)
		return;
	hart = this_hart();
	if (!__atomic_load_n(&hart->pending, __ATOMIC_ACQUIRE))
		return;
	run_with_irqs_off(call_fn, call_arg);
	__atomic_store_n(&hart->pending, false, __ATOMIC_RELEASE);
}

/* Answers calls while it waits. */
static void take_turn(void)
{
	unsigned int turn = __atomic_fetch_add(&next_turn, 1, __ATOMIC_RELAXED);

	while (__atomic_load_n(&whose_turn, __ATOMIC_ACQUIRE) != turn)
		cpu_relax();
}

static void end_turn(void)
{
	__atomic_store_n(&whose_turn, whose_turn + 1, __ATOMIC_RELEASE);
}

void on_each_cpu_mask(const cpumask_t *mask, void (*fn)(void *), void *arg)
{
	unsigned int cpu;

	BUG_ON(irqs_disabled());	/* two such callers would wait for each other */
	take_turn();
	call_fn = fn;
	call_arg = arg;
	__atomic_store_n(&host_call_underway, true, __ATOMIC_RELAXED);
	for_each_online_cpu(cpu)
		if (cpumask_test_cpu(cpu, mask) && cpu != smp_processor_id())
			__atomic_store_n(&harts[cpu].pending, true, __ATOMIC_RELEASE);
	if (cpumask_test_cpu(smp_processor_id(), mask))
		run_with_irqs_off(fn, arg);
	for_each_possible_cpu(cpu)
		while (__atomic_load_n(&harts[cpu].pending, __ATOMIC_ACQUIRE))
			cpu_relax();
	__atomic_store_n(&host_call_underway, false, __ATOMIC_RELAXED);
	end_turn();
}

void on_each_cpu(void (*fn)(void *), void *arg)
{
	on_each_cpu_mask(&cpu_online_mask, fn, arg);
}

void smp_send_reschedule(unsigned int cpu)
{
}

void hart_enter(struct hart *hart, unsigned int cpu)
{
	hart->task.thread_info.cpu = cpu;
	hart->task.thread_info.percpu_offset = __per_cpu_offset[cpu];
	host_cpu = cpu;
	host_percpu_offset = __per_cpu_offset[cpu];
	host_current = &hart->task;
	host_irqs_on = SR_SIE;
	cpumask_set_cpu(cpu, &cpu_online_mask);
}

static void hart_main(void *arg)
{
	struct hart *hart = arg;
	unsigned int cpu = hart - harts;

	hart_enter(hart, cpu);
	hart->run(hart->run_arg);
	host_use_mm(NULL);
	/* Offline in its turn: nobody is about to ask us, or it has our answer. */
	take_turn();
	cpumask_clear_cpu(cpu, &cpu_online_mask);
	end_turn();
	__atomic_store_n(&hart->done, true, __ATOMIC_RELEASE);
}

void host_run_on(unsigned int cpu, void (*fn)(void *), void *arg)
{
	struct hart *hart = &harts[cpu];

	BUG_ON(cpu == 0 || cpu >= nr_cpu_ids || hart->thread);
	hart->run = fn;
	hart->run_arg = arg;
	hart->done = false;
	hart->thread = os_thread_start(hart_main, hart);
}

void host_join(unsigned int cpu)
{
	struct hart *hart = &harts[cpu];

	while (!__atomic_load_n(&hart->done, __ATOMIC_ACQUIRE))
		cpu_relax();		/* and answer its calls */
	os_thread_join(hart->thread);
	hart->thread = NULL;
}

u64 arch_counter_ns(void)
{
	return os_now_ns();
}
