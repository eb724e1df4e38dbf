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

/* Put @e where nothing was. false: somebody was faster. */
static bool fill_entry(struct vm_fault *vmf, pte_t e, struct page *page)
{
	spin_lock(vmf->ptl);
	if (unlikely(!pte_none(ptep_get(vmf->pte)))) {
		spin_unlock(vmf->ptl);
		return false;
	}
	if (page) {
		page_add_new_anon_rmap(page, vmf->vma, vmf->address);
		add_mm_counter(vmf->vma->vm_mm, MM_ANONPAGES, 1);
	}
	flush_icache_pte(e);
	set_pte(vmf->pte, e);
	spin_unlock(vmf->ptl);
	update_mmu_cache(vmf->address);
	return true;
}

enum fault_result do_anonymous_page(struct vm_fault *vmf)
{
	pgprot_t prot = vmf->vma->vm_page_prot;
	struct page *page;
	pte_t e;

	if (!(vmf->flags & FAULT_FLAG_WRITE)) {
		fill_entry(vmf, pte_mkspecial(pfn_pte(page_to_pfn(zero_page), prot)), NULL);
		return FAULT_DONE;
	}
	page = alloc_page(GFP_HIGHUSER_MOVABLE | __GFP_ZERO);
	if (unlikely(!page))
		return FAULT_OOM;
	e = pte_mkdirty(pte_mkwrite(pfn_pte(page_to_pfn(page), prot)));
	if (unlikely(!fill_entry(vmf, e, page)))
		put_page(page);
	return FAULT_DONE;
}
