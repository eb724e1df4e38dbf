// SPDX-License-Identifier: GPL-2.0-only
/*
 * cow.c - a write to a page that is mapped without the write bit.
 *
 *	shared area            the page is everybody's: allow the write
 *	private, page is ours  we are its only user: allow the write   "reuse"
 *	private, shared frame  take a frame, copy, map the copy        "copy"
 *
 * "Ours" is: anonymous, and its one reference is this entry. The count is read
 * under the table's lock. It cannot grow behind our back: a reference is only
 * ever taken through an entry (fork, under mmap_lock for writing; gup, under this
 * table's lock) or from the page cache, where an anonymous page is not.
 *
 * The copy, step by step; what would break if two were swapped:
 *
 *	get the old page           else the frame could be freed and reused while we copy
 *	copy to a new frame        no lock: it may take long
 *	lock, entry unchanged?     else another thread has been here
 *	clear the entry, FLUSH     else a hart could go on reading the old frame while
 *	                           another already writes the new: two values in one place
 *	set the new entry, unlock
 *	drop the old page's mapping and both references
 *
 * Linux: do_wp_page and wp_page_copy in mm/memory.c.
 */
#include <linux-lite/bug.h>
#include <linux-lite/fault_kinds.h>
#include <linux-lite/gfp.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/rmap.h>
#include <asm/cacheflush.h>
#include <asm/tlbflush.h>

/* Grant the write on the frame that is there. Called locked, returns unlocked. */
static enum fault_result wp_reuse(struct vm_fault *vmf)
{
	set_pte(vmf->pte, pte_mkdirty(pte_mkyoung(pte_mkwrite(vmf->orig_pte))));
	spin_unlock(vmf->ptl);
	update_mmu_cache(vmf->address);
	return FAULT_DONE;
}

/* Replace @old (NULL: the zero page), which we hold a reference to, by @new. */
static bool wp_install(struct vm_fault *vmf, struct page *old, struct page *new)
{
	struct mm_struct *mm = vmf->vma->vm_mm;
	pte_t e = pte_mkdirty(pte_mkwrite(pfn_pte(page_to_pfn(new), vmf->vma->vm_page_prot)));

	spin_lock(vmf->ptl);
	if (unlikely(!pte_same(ptep_get(vmf->pte), vmf->orig_pte))) {
		spin_unlock(vmf->ptl);
		return false;
	}
	set_pte(vmf->pte, __pte(0));
	flush_tlb_page(mm, vmf->address);
	page_add_new_anon_rmap(new, vmf->vma, vmf->address);
	if (!old || old->state != PGS_ANON) {
		add_mm_counter(mm, MM_ANONPAGES, 1);
		if (old)
			add_mm_counter(mm, mm_counter_of(old), -1);
	}
	if (old && page_remove_rmap(old))
		mod_node_page_state(mapped_stat_of(old), -1);
	flush_icache_pte(e);
	set_pte(vmf->pte, e);
	spin_unlock(vmf->ptl);
	update_mmu_cache(vmf->address);
	return true;
}

/* @old has a reference of ours besides the mapping's; NULL is the zero page. */
static enum fault_result wp_copy(struct vm_fault *vmf, struct page *old)
{
	enum fault_result result = FAULT_DONE;
	struct page *new = alloc_page(GFP_HIGHUSER_MOVABLE | (old ? 0 : __GFP_ZERO));

	if (unlikely(!new)) {
		result = FAULT_OOM;
		goto out;
	}
	if (old)
		copy_page(page_address(new), page_address(old));
	if (!wp_install(vmf, old, new))
		put_page(new);
	else if (old)
		page_ref_dec(old);	/* the reference that the mapping had: ours is left */
out:
	if (old)
		put_page(old);		/* ours */
	return result;
}

enum fault_result do_wp_page(struct vm_fault *vmf)
{
	struct page *page = NULL;

	spin_lock(vmf->ptl);
	if (unlikely(!pte_same(ptep_get(vmf->pte), vmf->orig_pte))) {
		spin_unlock(vmf->ptl);
		return FAULT_DONE;
	}
	if (vmf->vma->vm_flags & VM_SHARED)
		return wp_reuse(vmf);
	if (!pte_special(vmf->orig_pte)) {
		page = pfn_to_page(pte_pfn(vmf->orig_pte));
		if (page->state == PGS_ANON && page_ref_count(page) == 1)
			return wp_reuse(vmf);
		get_page(page);
	}
	spin_unlock(vmf->ptl);
	return wp_copy(vmf, page);
}
