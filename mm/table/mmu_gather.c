// SPDX-License-Identifier: GPL-2.0-only
/*
 * mmu_gather.c - pages wait here until no hart can reach them any more.
 *
 *	clear entry    the page table says no; TLBs may still say yes
 *	   |
 *	tlb_remove_page     into the batch
 *	   |                                       a user thread on another hart may still
 *	tlb_flush_mmu       sfence.vma everywhere  write to the page, up to here
 *	   |
 *	free                somebody else's page
 *
 *   I1  a page or table is given back only after a flush that began after its entry was
 *       cleared
 *   I2  tables need more than pages: sfence.vma with an address forgets leaf entries only,
 *       so when tables go the whole address space is flushed (Privileged Specification,
 *       "Supervisor Memory-Management Fence Instruction")
 *   I3  at the mm's end (fullmm) no user code runs in it, so stale translations to pages are
 *       harmless and pages need not wait; tables do, because a hart that has the mm loaded
 *       still (a kernel thread borrows it) may walk them ahead of time. One flush at the end
 *       makes the address space's number fit for reuse.
 *
 * Locks: the struct is the caller's. A full batch may be flushed under a ptl (zap.c): the
 * firmware's fence waits for harts, but for none that would have to take that lock first.
 *
 * Small cousin of Linux's mm/mmu_gather.c.
 */
#include <linux-lite/kernel.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/mmu_gather.h>
#include <linux-lite/string.h>
#include <linux-lite/table_page.h>
#include <asm/tlbflush.h>

static void gather_init(struct mmu_gather *tlb, struct mm_struct *mm, bool fullmm)
{
	tlb->mm = mm;
	tlb->start = ~0UL;
	tlb->end = 0;
	tlb->fullmm = fullmm;
	tlb->nr_pages = 0;
	tlb->nr_tables = 0;
}

void tlb_gather_mmu(struct mmu_gather *tlb, struct mm_struct *mm)
{
	gather_init(tlb, mm, false);
}

void tlb_gather_mmu_fullmm(struct mmu_gather *tlb, struct mm_struct *mm)
{
	gather_init(tlb, mm, true);
}

void tlb_flush_entry(struct mmu_gather *tlb, unsigned long addr)
{
	if (addr < tlb->start)
		tlb->start = addr;
	if (addr + PAGE_SIZE > tlb->end)
		tlb->end = addr + PAGE_SIZE;
}

/* Give back the batch's references; what nobody else holds is freed in one go. */
static void release_pages(struct mmu_gather *tlb)
{
	struct page **end = tlb->pages + tlb->nr_pages, **free = tlb->pages;

	for (struct page **p = tlb->pages; p < end; p++) {
		struct page *page = compound_head(*p);

		if (put_page_testzero(page))
			*free++ = page;
	}
	free_unref_pages(tlb->pages, free - tlb->pages);
	tlb->nr_pages = 0;
}

static void release_tables(struct mmu_gather *tlb)
{
	for (unsigned int i = 0; i < tlb->nr_tables; i++)
		table_page_free(tlb->tables[i]);
	tlb->nr_tables = 0;
}

void tlb_flush_mmu(struct mmu_gather *tlb)
{
	if (tlb->nr_tables)				/* I2 */
		flush_tlb_mm(tlb->mm);
	else if (!tlb->fullmm && tlb->start < tlb->end)	/* I3 */
		flush_tlb_range(tlb->mm, tlb->start, tlb->end);
	tlb->start = ~0UL;
	tlb->end = 0;
	release_pages(tlb);
	release_tables(tlb);
}

void tlb_remove_table(struct mmu_gather *tlb, struct page *table)
{
	tlb->tables[tlb->nr_tables++] = table;
	if (unlikely(tlb->nr_tables == ARRAY_SIZE(tlb->tables)))
		tlb_flush_mmu(tlb);
}

void tlb_finish_mmu(struct mmu_gather *tlb)
{
	if (tlb->fullmm && !tlb->nr_tables)
		flush_tlb_mm(tlb->mm);
	tlb_flush_mmu(tlb);
}
