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

static void (*watcher)(struct mm_struct *mm, unsigned long start, unsigned long end);

void host_watch_fences(void (*fn)(struct mm_struct *mm, unsigned long start, unsigned long end))
{
	watcher = fn;
}

void flush_tlb_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	unsigned int cpu;

	if (watcher)
		watcher(mm, start, end);
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

	if (watcher)
		watcher(mm, 0, ~0UL);
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
 * The kernel's own mappings are real here: the process's. There is one for all harts, which
 * stands for the worst of them: it remembers what flush_cache_vmap() found in the tables until
 * flush_tlb_kernel_range(), and what is mapped meanwhile where it remembers something, it does
 * not see. Who uses addresses again without a flush finds the old frame there.
 */
static DEFINE_SPINLOCK(kernel_tlb_lock, RANK_UNCHECKED);
static u32 *remembered;		/* frame of each page of the area; 0: none. kernel_tlb_lock */

void kernel_tlb_init(void)
{
	remembered = os_lazy_memory((HOST_VMALLOC_SIZE >> PAGE_SHIFT) * sizeof(*remembered));
}

static u32 *memory_of(unsigned long addr)
{
	return remembered + ((addr - VMALLOC_START) >> PAGE_SHIFT);
}

/* The frame that the tables have for @addr; 0: none. */
static u32 frame_in_tables(unsigned long addr)
{
	struct pt_cursor c = pt_walk(swapper_pg_dir, addr);
	pte_t e = ptep_get(c.ptep);

	if (!pte_leaf(e))
		return 0;
	return pte_pfn(e) + ((addr & (level_size(c.level) - 1)) >> PAGE_SHIFT);
}

static void remember(unsigned long addr, u32 frame)
{
	if (*memory_of(addr) == frame)
		return;
	*memory_of(addr) = frame;
	if (frame)
		os_map_ram((void *)addr, ((unsigned long)frame << PAGE_SHIFT) - HOST_RAM_BASE,
			   PAGE_SIZE);
	else
		os_unmap((void *)addr, PAGE_SIZE);
}

void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	unsigned long flags;

	end = min(end, VMALLOC_END);
	spin_lock_irqsave(&kernel_tlb_lock, flags);
	for (unsigned long addr = max(start, VMALLOC_START); addr < end; addr += PAGE_SIZE)
		if (*memory_of(addr))
			remember(addr, frame_in_tables(addr));
	spin_unlock_irqrestore(&kernel_tlb_lock, flags);
}

void flush_cache_vmap(unsigned long start, unsigned long end)
{
	unsigned long flags;

	spin_lock_irqsave(&kernel_tlb_lock, flags);
	for (unsigned long addr = start; addr < end; addr += PAGE_SIZE)
		if (!*memory_of(addr))
			remember(addr, frame_in_tables(addr));
	spin_unlock_irqrestore(&kernel_tlb_lock, flags);
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
