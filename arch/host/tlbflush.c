// SPDX-License-Identifier: GPL-2.0-only
/*
 * tlbflush.c - asm/tlbflush.h for software TLBs: reach into each hart's and make
 * it forget. On riscv the firmware does the same by interrupting the hart.
 */
#include <linux-lite/kernel.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/page.h>
#include <linux-lite/pagetable.h>
#include <asm/tlbflush.h>
#include "harts.h"
#include "os.h"

void flush_tlb_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct tlb *tlb = hart_tlb(cpu);
		unsigned long addr;

		if (!cpumask_test_cpu(cpu, &mm->cpu_mask))
			continue;
		spin_lock(&tlb->lock);
		if (tlb->root == mm->pgd)
			for (addr = start; addr < end; addr += PAGE_SIZE)
				tlb_forget_page(tlb, addr);
		spin_unlock(&tlb->lock);
	}
}

void flush_tlb_mm(struct mm_struct *mm)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct tlb *tlb = hart_tlb(cpu);

		if (!cpumask_test_cpu(cpu, &mm->cpu_mask))
			continue;
		spin_lock(&tlb->lock);
		if (tlb->root == mm->pgd)
			tlb_forget_all(tlb);
		spin_unlock(&tlb->lock);
	}
}

void flush_tlb_page(struct mm_struct *mm, unsigned long addr)
{
	flush_tlb_range(mm, addr & PAGE_MASK, (addr & PAGE_MASK) + PAGE_SIZE);
}

void update_mmu_cache(unsigned long addr)
{
	struct tlb *tlb = this_tlb();

	spin_lock(&tlb->lock);
	tlb_forget_page(tlb, addr & PAGE_MASK);
	spin_unlock(&tlb->lock);
}

/*
 * The kernel's own mappings are real here: make the process's agree with the tables. followed[]
 * is what the process has for each page (0: nothing), so that what has not changed is left
 * alone, under the hands of who uses it. One at a time: who has read an empty entry must not
 * unmap what another hart has mapped there since.
 */
static DEFINE_SPINLOCK(follow_lock, RANK_UNCHECKED);
static unsigned long *followed;		/* physical address of the frame; follow_lock */

/* What the tables say about @addr: the frame's physical address, or 0. */
static unsigned long translate(unsigned long addr)
{
	struct pt_cursor c = pt_walk(swapper_pg_dir, addr);
	pte_t e = ptep_get(c.ptep);

	if (!pte_leaf(e))
		return 0;
	return (pte_pfn(e) << PAGE_SHIFT) + (addr & (level_size(c.level) - 1));
}

static void follow_kernel_tables(unsigned long start, unsigned long end)
{
	unsigned long addr, flags;

	spin_lock_irqsave(&follow_lock, flags);
	if (!followed)
		followed = os_lazy_memory(HOST_VMALLOC_SIZE / PAGE_SIZE * sizeof(*followed));
	for (addr = start; addr < end; addr += PAGE_SIZE) {
		unsigned long *old = &followed[(addr - VMALLOC_START) >> PAGE_SHIFT];
		unsigned long new = translate(addr);

		if (new == *old)
			continue;
		if (new)
			os_map_ram((void *)addr, new - HOST_RAM_BASE, PAGE_SIZE);
		else
			os_unmap((void *)addr, PAGE_SIZE);
		*old = new;
	}
	spin_unlock_irqrestore(&follow_lock, flags);
}

void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	follow_kernel_tables(max(start, VMALLOC_START), min(end, VMALLOC_END));
}

void flush_cache_vmap(unsigned long start, unsigned long end)
{
	flush_tlb_kernel_range(start, end);
}

void switch_mm(struct mm_struct *prev, struct mm_struct *next)
{
	struct tlb *tlb = this_tlb();

	if (next)
		cpumask_set_cpu(smp_processor_id(), &next->cpu_mask);
	spin_lock(&tlb->lock);
	tlb->root = next ? next->pgd : NULL;
	tlb_forget_all(tlb);
	spin_unlock(&tlb->lock);
	if (prev)
		cpumask_clear_cpu(smp_processor_id(), &prev->cpu_mask);
}

void host_use_mm(struct mm_struct *mm)
{
	struct mm_struct *prev = current->mm;

	switch_mm(prev, mm);
	current->mm = current->active_mm = mm;
}
