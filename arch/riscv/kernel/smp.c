// SPDX-License-Identifier: GPL-2.0-only
/*
 * smp.c - starting the other harts, and interrupting one another.
 *
 *	boot hart (smp_init)                       hart n
 *	secondary_task = its idle task
 *	sbi_hart_start ------------------------->  secondary_start (head.S)
 *	wait for the bit in cpu_online_mask  <---  secondary_start_kernel
 *	                                           cpu_idle, for ever
 *
 * The hardware has one kind of interrupt between harts; a word a hart says what
 * it is about. Set the bit, then interrupt; the receiver clears the interrupt,
 * then takes all bits: nothing is lost.
 *
 * on_each_cpu_mask() has one slot for the whole machine: the sender holds it until
 * all have answered. It waits with interrupts on, so that two senders cannot wait
 * for each other.
 */
#include <linux-lite/bitops.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/smp.h>
#include <linux-lite/spinlock.h>
#include <linux-lite/string.h>
#include <linux-lite/time.h>
#include <asm/cacheflush.h>
#include <asm/csr.h>
#include <asm/ipi.h>
#include <asm/sbi.h>
#include <asm/setup.h>

enum ipi { IPI_RESCHEDULE, IPI_CALL, IPI_STOP };

static DEFINE_PER_CPU(unsigned long, ipi_pending);	/* BIT(enum ipi), atomic */

/* The slot: fn and arg are constant while left > 0. */
static DEFINE_SPINLOCK(call_lock, RANK_UNCHECKED);
static struct {
	void (*fn)(void *);
	void *arg;
	atomic_t left;			/* harts that have not returned */
} call;

unsigned long secondary_satp;
struct task_struct *secondary_task;	/* of the hart that is being started, for head.S */

static void send_ipi(const cpumask_t *cpus, enum ipi what)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		if (cpumask_test_cpu(cpu, cpus))
			__atomic_fetch_or(&per_cpu(ipi_pending, cpu), BIT(what), __ATOMIC_SEQ_CST);
	sbi_send_ipi(cpus);
}

static void stop_this_hart(void)
{
	cpumask_clear_cpu(smp_processor_id(), &cpu_online_mask);
	local_irq_disable();
	for (;;)
		wait_for_interrupt();
}

/**
 * handle_ipi - another hart wants something
 *
 * Context: software interrupt.
 */
void handle_ipi(void)
{
	unsigned long what;

	csr_clear(sip, SIE_SSIE);
	what = xchg(&this_cpu(ipi_pending), 0UL);
	if (what & BIT(IPI_CALL)) {
		call.fn(call.arg);
		atomic_sub_return(1, &call.left);
	}
	if (what & BIT(IPI_STOP))
		stop_this_hart();
	/* IPI_RESCHEDULE: to have been interrupted is enough, see entry.S I1 */
}

void smp_send_reschedule(unsigned int cpu)
{
	cpumask_t mask = { 1UL << cpu };

	send_ipi(&mask, IPI_RESCHEDULE);
}

void on_each_cpu_mask(const cpumask_t *mask, void (*fn)(void *), void *arg)
{
	unsigned long me = 1UL << smp_processor_id(), flags;
	cpumask_t rest = { mask->bits & cpu_online_mask.bits & ~me };

	if (rest.bits) {
		spin_lock(&call_lock);
		call.fn = fn;
		call.arg = arg;
		atomic_set(&call.left, hweight64(rest.bits));
		send_ipi(&rest, IPI_CALL);
	}
	if (mask->bits & me) {
		flags = local_irq_save();
		fn(arg);
		local_irq_restore(flags);
	}
	if (rest.bits) {
		while (atomic_read(&call.left))
			cpu_relax();
		smp_mb();
		spin_unlock(&call_lock);
	}
}

void on_each_cpu(void (*fn)(void *), void *arg)
{
	on_each_cpu_mask(&cpu_online_mask, fn, arg);
}

/**
 * smp_send_stop - the other harts stop where they are
 *
 * Context: a panic. Waits a second at most.
 */
void smp_send_stop(void)
{
	cpumask_t me = { 1UL << smp_processor_id() };
	cpumask_t rest = { cpu_online_mask.bits & ~me.bits };
	u64 end = arch_counter_ns() + NSEC_PER_SEC;

	if (!rest.bits)
		return;
	send_ipi(&rest, IPI_STOP);
	while ((READ_ONCE(cpu_online_mask.bits) & ~me.bits) && arch_counter_ns() < end)
		cpu_relax();
}

void enable_hart_interrupts(void)
{
	csr_set(sie, SIE_SSIE | SIE_SEIE);
}

/**
 * secondary_start_kernel - a hart other than the first comes to life
 *
 * Context: its idle task's stack, interrupts off, MMU on.
 */
void __noreturn secondary_start_kernel(void)
{
	cpumask_set_cpu(smp_processor_id(), &init_mm.cpu_mask);
	local_flush_icache_all();
	time_init_hart();
	enable_hart_interrupts();
	cpumask_set_cpu(smp_processor_id(), &cpu_online_mask);
	local_irq_enable();
	cpu_idle();
}

static bool __init start_hart(unsigned int cpu)
{
	struct task_struct *idle = fork_idle(cpu);
	u64 end = arch_counter_ns() + NSEC_PER_SEC;
	long err;

	if (!idle)
		return false;
	idle->thread_info.cpu = cpu;
	idle->thread_info.percpu_offset = __per_cpu_offset[cpu];
	idle->thread_info.kernel_sp = (unsigned long)task_pt_regs(idle);
	idle->active_mm = &init_mm;
	memset(task_pt_regs(idle), 0, sizeof(struct pt_regs));
	WRITE_ONCE(secondary_task, idle);
	smp_mb();
	err = sbi_hart_start(cpuid_to_hartid[cpu], __pa_symbol(secondary_start), 0);
	if (err) {
		pr_err("CPU%u: hart %lu does not start (SBI error %ld)\n", cpu,
		       cpuid_to_hartid[cpu], err);
		return false;
	}
	while (!cpu_online(cpu) && arch_counter_ns() < end)
		cpu_relax();
	if (!cpu_online(cpu))
		pr_err("CPU%u: hart %lu was started and does not answer\n", cpu,
		       cpuid_to_hartid[cpu]);
	return cpu_online(cpu);
}

/**
 * smp_init - start the other harts
 *
 * Context: kernel_init, may sleep.
 */
void __init smp_init(void)
{
	unsigned int cpu, online = 1;

	for (cpu = 1; cpu < nr_cpu_ids; cpu++)
		online += start_hart(cpu);
	pr_info("SMP: %u of %u harts online\n", online, nr_cpu_ids);
}
