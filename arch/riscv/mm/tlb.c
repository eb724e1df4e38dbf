// SPDX-License-Identifier: GPL-2.0-only
/*
 * tlb.c - making harts forget translations, and switching address spaces.
 *
 *	       a page-table entry was taken away
 *	                 |
 *	 which harts?    mm->cpu_mask (user), all online (kernel)
 *	                 |                       \
 *	 this hart:  sfence.vma per page,     the others: SBI remote fence, the firmware
 *	             or everything when       interrupts them in machine mode, so this
 *	             there are many           works whatever they are doing
 *
 * All user entries have ASID 0: switch_mm() forgets all of them, which costs the
 * next task its TLB misses, and no bookkeeping. The kernel's entries are global
 * and stay: sfence.vma with a register for the ASID leaves global ones alone.
 *
 * A kernel thread (mostly: idle) keeps the tables of whom it follows, so that coming
 * back costs nothing. With several harts that is dear: each fork or unmap of the
 * sleeping program's next hart would interrupt this one. So then the kernel's own root
 * is loaded, the bit cleared, and the tables come back with the program: lazy_mm().
 *
 * I1  A hart's bit is in mm->cpu_mask before the hart can have read an entry of
 *     mm, and until after it has forgotten them all. So: set, fence, satp, fence;
 *     and the old mm's bit goes last.
 * I2  Setting the bit and reading entries are ordered by sfence.vma, changing an
 *     entry and reading the mask by smp_mb(): either the flusher sees the bit or
 *     the hart sees the change.
 */
#include <linux-lite/atomic.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/sched.h>
#include <asm/cacheflush.h>
#include <asm/csr.h>
#include <asm/sbi.h>
#include <asm/tlbflush.h>

/* More pages than this and forgetting everything is cheaper. */
#define MAX_FLUSH_PAGES	64
static_assert(MAX_FLUSH_PAGES * PAGE_SIZE < PMD_SIZE, "flush_tlb_kernel_range promises more");

/* All user entries; the 0 must come in a register other than x0. */
static inline void local_flush_tlb_user(void)
{
	__asm__ __volatile__("sfence.vma zero, %0" : : "r"(0) : "memory");
}

static inline void local_flush_tlb_page(unsigned long addr)
{
	__asm__ __volatile__("sfence.vma %0, %1" : : "r"(addr), "r"(0) : "memory");
}

static inline void local_flush_tlb_kernel_page(unsigned long addr)
{
	__asm__ __volatile__("sfence.vma %0" : : "r"(addr) : "memory");
}

/* Those of @mask that are not this hart. */
static inline cpumask_t others(const cpumask_t *mask)
{
	return (cpumask_t){ READ_ONCE(mask->bits) & ~(1UL << smp_processor_id()) };
}

static void flush_remote(const cpumask_t *mask, unsigned long start, unsigned long size)
{
	cpumask_t rest;

	if (!IS_ENABLED(CONFIG_SMP))
		return;
	smp_mb();		/* I2 */
	rest = others(mask);
	if (rest.bits)
		sbi_remote_sfence_vma(&rest, start, size);
}

void flush_tlb_mm(struct mm_struct *mm)
{
	local_flush_tlb_user();
	flush_remote(&mm->cpu_mask, 0, ~0UL);
}

void flush_tlb_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	if (end - start > MAX_FLUSH_PAGES * PAGE_SIZE) {
		flush_tlb_mm(mm);
		return;
	}
	for (unsigned long addr = start; addr < end; addr += PAGE_SIZE)
		local_flush_tlb_page(addr);
	flush_remote(&mm->cpu_mask, start, end - start);
}

void flush_tlb_page(struct mm_struct *mm, unsigned long addr)
{
	local_flush_tlb_page(addr);
	flush_remote(&mm->cpu_mask, addr & PAGE_MASK, PAGE_SIZE);
}

void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	if (end - start > MAX_FLUSH_PAGES * PAGE_SIZE) {
		local_flush_tlb_all();
		flush_remote(&cpu_online_mask, 0, ~0UL);
		return;
	}
	for (unsigned long addr = start; addr < end; addr += PAGE_SIZE)
		local_flush_tlb_kernel_page(addr);
	flush_remote(&cpu_online_mask, start, end - start);
}

/*
 * Harts that may remember [start, end) of vmalloc space as "not mapped", though it is
 * by now. To interrupt them all would cost more than the mapping: a data access that
 * faults for this reason is mended by kernel_fault(), and a new kernel stack, on which
 * no fault can be taken, is first used behind switch_to(), which looks here.
 */
static cpumask_t stale_harts;

void flush_cache_vmap(unsigned long start, unsigned long end)
{
	local_flush_tlb_all();
	if (IS_ENABLED(CONFIG_SMP))
		__atomic_fetch_or(&stale_harts.bits, others(&cpu_online_mask).bits,
				  __ATOMIC_SEQ_CST);
}

void forget_stale_vmap(void)
{
	unsigned int cpu = smp_processor_id();

	if (cpumask_test_cpu(cpu, &stale_harts)) {
		cpumask_clear_cpu(cpu, &stale_harts);
		local_flush_tlb_all();
	}
}

void update_mmu_cache(unsigned long addr)
{
	local_flush_tlb_page(addr);
}

void flush_icache_all(void)
{
	local_flush_icache_all();
	if (IS_ENABLED(CONFIG_SMP)) {
		cpumask_t rest;

		smp_mb();
		rest = others(&cpu_online_mask);
		if (rest.bits)
			sbi_remote_fence_i(&rest);
	}
}

/* From here on this hart translates by @mm; its bit is set before, and forgotten after. */
static void load_mm(struct mm_struct *mm)
{
	if (IS_ENABLED(CONFIG_SMP))
		cpumask_set_cpu(smp_processor_id(), &mm->cpu_mask);
	csr_write(satp, make_satp(pgtable_levels, __pa(mm->pgd)));
	local_flush_tlb_user();
}

/**
 * lazy_mm - leave the user's tables when a kernel thread follows, and load them again
 * @prev: who ran
 * @next: who will
 *
 * Which mm a kernel thread holds on to (active_mm) is the scheduler's; a dying task
 * has no mm any more, and nobody flushes that of a dead one.
 *
 * Context: switch_to(), interrupts off, switch_mm() done.
 */
void lazy_mm(struct task_struct *prev, struct task_struct *next)
{
	if (!next->mm) {
		if (prev->mm && (cpu_online_mask.bits & (cpu_online_mask.bits - 1))) {
			load_mm(&init_mm);
			cpumask_clear_cpu(smp_processor_id(), &prev->mm->cpu_mask);
		}
	} else if (!prev->mm && !cpumask_test_cpu(smp_processor_id(), &next->mm->cpu_mask)) {
		load_mm(next->mm);
	}
}

/**
 * switch_mm - let this hart translate by another address space
 * @prev: whose tables are loaded
 * @next: whose shall be
 *
 * Context: scheduler, interrupts off.
 */
void switch_mm(struct mm_struct *prev, struct mm_struct *next)
{
	if (prev == next)
		return;
	load_mm(next);
	if (IS_ENABLED(CONFIG_SMP))
		cpumask_clear_cpu(smp_processor_id(), &prev->cpu_mask);
}
