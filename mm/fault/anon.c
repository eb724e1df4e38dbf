// SPDX-License-Identifier: GPL-2.0-only
/*
 * anon.c - first touch of memory that comes from nowhere.
 *
 *	read   map the zero page, read-only: one frame of zeroes serves everybody
 *	write  a fresh frame, cleared, writable
 *
 * A program that only looks at its heap thus costs no memory; its first write to
 * such a page goes through cow.c, with the zero page as the page to copy.
 *
 * The frame is taken and cleared before the table is locked. When two threads
 * touch the same page, both prepare one and the slower gives its own back.
 *
 * Linux: do_anonymous_page in mm/memory.c.
 */
#include <linux-lite/fault_kinds.h>
#include <linux-lite/gfp.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/rmap.h>
#include <asm/cacheflush.h>
#include <asm/tlbflush.h>

/* Read: the page of zeroes, which nobody counts. Somebody else's entry is as good. */
static enum fault_result map_zero_page(struct vm_fault *vmf)
{
	pte_t e = pfn_pte(page_to_pfn(zero_page), vmf->vma->vm_page_prot);

	spin_lock(vmf->ptl);
	if (likely(pte_none(ptep_get(vmf->pte))))
		set_pte(vmf->pte, pte_mkspecial(e));
	spin_unlock(vmf->ptl);
	update_mmu_cache(vmf->address);
	return FAULT_DONE;
}

/* Put @e, the entry of @page, where nothing was. false: somebody was faster. */
static bool fill_entry(struct vm_fault *vmf, pte_t e, struct page *page)
{
	spin_lock(vmf->ptl);
	if (unlikely(!pte_none(ptep_get(vmf->pte)))) {
		spin_unlock(vmf->ptl);
		return false;
	}
	page_add_new_anon_rmap(page, vmf->vma, vmf->address);
	add_mm_counter(vmf->vma->vm_mm, MM_ANONPAGES, 1);
	flush_icache_pte(e);
	set_pte(vmf->pte, e);
	spin_unlock(vmf->ptl);
	update_mmu_cache(vmf->address);
	return true;
}

static enum fault_result map_new_page(struct vm_fault *vmf)
{
	struct page *page = alloc_page(GFP_HIGHUSER_MOVABLE | __GFP_ZERO);
	pte_t e;

	if (unlikely(!page))
		return FAULT_OOM;
	e = pfn_pte(page_to_pfn(page), vmf->vma->vm_page_prot);
	if (unlikely(!fill_entry(vmf, pte_mkdirty(pte_mkwrite(e)), page)))
		put_page(page);
	return FAULT_DONE;
}

enum fault_result do_anonymous_page(struct vm_fault *vmf)
{
	return vmf->flags & FAULT_FLAG_WRITE ? map_new_page(vmf) : map_zero_page(vmf);
}
