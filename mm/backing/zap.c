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

/* What one table's worth of entries took from the counters; [1] anonymous, [0] of objects. */
struct zap_counts {
	long rss[2];		/* of the mm */
	long unmapped[2];	/* pages that nobody maps any more: of the machine */
};

static void settle(struct mm_struct *mm, const struct zap_counts *n)
{
	if (n->rss[1])
		add_mm_counter(mm, MM_ANONPAGES, -n->rss[1]);
	if (n->rss[0])
		add_mm_counter(mm, MM_FILEPAGES, -n->rss[0]);
	if (n->unmapped[1])
		mod_node_page_state(NR_ANON_MAPPED, -n->unmapped[1]);
	if (n->unmapped[0])
		mod_node_page_state(NR_FILE_MAPPED, -n->unmapped[0]);
}

/* Entries [pte, pte + n) of one locked table. */
static void zap_entries(struct mmu_gather *tlb, struct vm_area_struct *vma, pte_t *pte,
			unsigned long addr, unsigned long end)
{
	struct zap_counts n = { { 0 }, { 0 } };

	for (; addr < end; addr += PAGE_SIZE, pte++) {
		pte_t old = ptep_get(pte);
		struct page *page;
		bool anon;

		if (pte_none(old))
			continue;
		if (tlb->fullmm) {	/* no walker to race with; tables go back empty */
			WRITE_ONCE(pte->val, 0);
		} else {
			old = ptep_get_and_clear(pte);
			tlb_flush_entry(tlb, addr);
		}
		if (pte_special(old) || (vma->vm_flags & VM_PFNMAP))
			continue;
		page = pfn_to_page(pte_pfn(old));
		anon = page->state == PGS_ANON;
		if (!anon && pte_dirty(old))
			set_page_dirty(page);
		n.rss[anon]++;
		n.unmapped[anon] += page_remove_rmap(page);
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
		next = ALIGN_DOWN(addr, level_size(max(c.level, 1u))) +
		       level_size(max(c.level, 1u));
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
