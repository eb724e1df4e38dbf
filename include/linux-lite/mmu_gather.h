/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mmu_gather.h - take many pages away, flush once, then free them.
 * mm/table/mmu_gather.c.
 *
 *	tlb_gather_mmu(&tlb, mm);
 *	... clear entries: tlb_remove_page(), tables: tlb_remove_table() ...
 *	tlb_finish_mmu(&tlb);
 *
 * A page must not reach the page allocator before every hart has forgotten its
 * translation: batches are flushed, then freed, when full and at the end.
 * The batch is on the caller's stack: gathering cannot fail.
 *
 * Small cousin of Linux's asm-generic/tlb.h and mm/mmu_gather.c.
 */
#ifndef LINUX_LITE_MMU_GATHER_H
#define LINUX_LITE_MMU_GATHER_H

#include <linux-lite/page.h>

struct mm_struct;

#define MMU_GATHER_BATCH	64

struct mmu_gather {
	struct mm_struct *mm;
	unsigned long start, end;	/* what must be flushed, half open */
	bool fullmm;			/* the whole mm goes, nobody runs in it */
	unsigned long nr_pages;
	struct page *pages[MMU_GATHER_BATCH];
	unsigned int nr_tables;
	struct page *tables[8];
};

void tlb_gather_mmu(struct mmu_gather *tlb, struct mm_struct *mm);
void tlb_gather_mmu_fullmm(struct mmu_gather *tlb, struct mm_struct *mm);
/* Note that the entry of addr changed and must be flushed. */
void tlb_flush_entry(struct mmu_gather *tlb, unsigned long addr);
/* @table is empty: its entries were cleared, also when the whole mm goes (table_page.c). */
void tlb_remove_table(struct mmu_gather *tlb, struct page *table);
/* Flush and free what is gathered, go on. */
void tlb_flush_mmu(struct mmu_gather *tlb);
void tlb_finish_mmu(struct mmu_gather *tlb);

/* Drop the mapping's reference to @page once no hart can see it. */
static inline void tlb_remove_page(struct mmu_gather *tlb, struct page *page)
{
	tlb->pages[tlb->nr_pages++] = page;
	if (unlikely(tlb->nr_pages == MMU_GATHER_BATCH))
		tlb_flush_mmu(tlb);
}

#endif
