// SPDX-License-Identifier: GPL-2.0-only
/*
 * zap.c - taking mapped pages out of page tables: munmap, exit, truncate,
 * MADV_DONTNEED.
 *
 *	for each leaf table of the range          one lock, up to 512 entries
 *	    clear the entry      atomically: the hardware may be setting D in it
 *	    dirty -> the page    a shared file page must not lose a write
 *	    count it out         mapcount, the mm's counters
 *	    gather the page      its reference is dropped after the TLB flush
 *
 * Order matters: an entry is cleared first, then the TLB is flushed, and only
 * then may the frame be given to somebody else (mmu_gather.c).
 *
 * Holes are skipped at the level at which they are seen: an empty 1 GiB costs
 * one look, not 262,144.
 *
 * Linux: zap_pte_range in mm/memory.c.
 */
#include <linux-lite/kernel.h>
#include <linux-lite/mmu_gather.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/rmap.h>

/* What one table's worth of entries took from the counters of the mm, and of the machine. */
struct zap_counts {
	long anon, file;		/* entries less */
	long anon_last, file_last;	/* pages that nobody maps any more */
};

static void settle(struct mm_struct *mm, const struct zap_counts *n)
{
	if (n->anon)
		add_mm_counter(mm, MM_ANONPAGES, -n->anon);
	if (n->file)
		add_mm_counter(mm, MM_FILEPAGES, -n->file);
	if (n->anon_last)
		mod_node_page_state(NR_ANON_MAPPED, -n->anon_last);
	if (n->file_last)
		mod_node_page_state(NR_FILE_MAPPED, -n->file_last);
}

/* @old was the entry of @page, which is counted out. */
static inline void count_out(struct zap_counts *n, struct page *page, pte_t old)
{
	if (page->state == PGS_ANON) {
		n->anon++;
		n->anon_last += page_remove_rmap(page);
		return;
	}
	if (pte_dirty(old))
		set_page_dirty(page);
	n->file++;
	n->file_last += page_remove_rmap(page);
}

/* Entries [pte, pte + n) of one locked table. */
static void zap_entries(struct mmu_gather *tlb, struct vm_area_struct *vma, pte_t *pte,
			unsigned long addr, unsigned long end)
{
	bool counted = !(vma->vm_flags & VM_PFNMAP);
	struct zap_counts n = { 0 };

	for (; addr < end; addr += PAGE_SIZE, pte++) {
		pte_t old = ptep_get(pte);
		struct page *page;

		if (pte_none(old))
			continue;
		if (tlb->fullmm) {	/* no walker to race with; tables go back empty */
			WRITE_ONCE(pte->val, 0);
		} else {
			old = ptep_get_and_clear(pte);
			tlb_flush_entry(tlb, addr);
		}
		if (pte_special(old) || !counted)
			continue;
		page = pfn_to_page(pte_pfn(old));
		count_out(&n, page, old);
		tlb_remove_page(tlb, page);
	}
	settle(vma->vm_mm, &n);
}

void unmap_page_range(struct mmu_gather *tlb, struct vm_area_struct *vma,
		      unsigned long start, unsigned long end)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long addr = start, next;

	while (addr < end) {
		struct pt_cursor c = pt_walk(mm->pgd, addr);

		/* To the end of what this entry's level spans, but no further than asked. */
		next = ALIGN_DOWN(addr, level_size(max(c.level, 1ul))) +
		       level_size(max(c.level, 1ul));
		if (next > end || next < addr)
			next = end;
		if (c.level == 0) {
			spinlock_t *ptl = pte_lockptr(c.ptep);

			spin_lock(ptl);
			zap_entries(tlb, vma, c.ptep, addr, next);
			spin_unlock(ptl);
		}
		addr = next;
	}
}

void zap_page_range(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct mmu_gather tlb;

	tlb_gather_mmu(&tlb, vma->vm_mm);
	unmap_page_range(&tlb, vma, start, end);
	tlb_finish_mmu(&tlb);
}
