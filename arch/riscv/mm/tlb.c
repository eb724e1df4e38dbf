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
#include <asm/csr.h>
#include <asm/sbi.h>
#include <asm/tlbflush.h>

/* More pages than this and forgetting everything is cheaper. */
#define MAX_FLUSH_PAGES	64

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

void update_mmu_cache(unsigned long addr)
{
	local_flush_tlb_page(addr);
}

void flush_icache_mm(void)
{
	__asm__ __volatile__("fence.i" : : : "memory");
	if (IS_ENABLED(CONFIG_SMP)) {
		cpumask_t rest;

		smp_mb();
		rest = others(&cpu_online_mask);
		if (rest.bits)
			sbi_remote_fence_i(&rest);
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
	unsigned int cpu = smp_processor_id();

	if (prev == next)
		return;
	if (IS_ENABLED(CONFIG_SMP))
		cpumask_set_cpu(cpu, &next->cpu_mask);
	csr_write(satp, make_satp(pgtable_levels, __pa(next->pgd)));
	local_flush_tlb_user();
	if (IS_ENABLED(CONFIG_SMP))
		cpumask_clear_cpu(cpu, &prev->cpu_mask);
}
