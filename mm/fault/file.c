// SPDX-License-Identifier: GPL-2.0-only
/*
 * file.c - first touch of a page of an object (a file, shared memory).
 *
 *	read, or shared write   map the object's own frame
 *	private write           copy it to a fresh frame at once
 *
 * The object finds its page through vm_ops->fault, which may sleep, so nothing is
 * locked. Between then and the locking of the table the page may have been
 * truncated away: page->mapping tells (rule C2 of filemap.c).
 *
 * Fault-around: a program that has touched one page of its text will touch the
 * next. On a read fault the neighbours that are in the page cache already are
 * mapped too, up to FAULT_AROUND pages in the same leaf table: for these the fault
 * is saved, and nothing is read for them from anywhere.
 *
 * Linux: do_fault, filemap_map_pages in mm/memory.c and filemap.c.
 */
#include <linux-lite/err.h>
#include <linux-lite/fault_kinds.h>
#include <linux-lite/gfp.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/rmap.h>
#include <asm/cacheflush.h>
#include <asm/tlbflush.h>

#define FAULT_AROUND	16u	/* pages, a power of two: Linux's 64 KiB */

/* Map an object's frame; the entry's lock is held and the mapping gets @page's reference. */
static inline void map_object_page(struct vm_area_struct *vma, pte_t *pte, struct page *page)
{
	pte_t e = pfn_pte(page_to_pfn(page), vma->vm_page_prot);

	page_add_file_rmap(page);
	flush_icache_pte_of(e, page);
	set_pte(pte, e);
}

/* Map what is cached around the fault. The table is locked and stays so. */
static void fault_around(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	unsigned long window = FAULT_AROUND * PAGE_SIZE;
	unsigned long start = max(ALIGN_DOWN(vmf->address, window), vma->vm_start);
	unsigned long end = min(ALIGN_DOWN(vmf->address, window) + window, vma->vm_end);
	pte_t *pte = vmf->pte - ((vmf->address - start) >> PAGE_SHIFT);
	struct page *pages[FAULT_AROUND];
	unsigned int i, nr = (end - start) >> PAGE_SHIFT;
	long mapped = 0;

	find_get_cached(vma->vm_mapping, linear_page_index(vma, start), nr, pages);
	for (i = 0; i < nr; i++, pte++) {
		if (!pages[i])
			continue;
		if (pte_none(ptep_get(pte)) && READ_ONCE(pages[i]->mapping)) {
			map_object_page(vma, pte, pages[i]);
			mapped++;
		} else {
			put_page(pages[i]);
		}
	}
	add_mm_counter(vma->vm_mm, MM_FILEPAGES, mapped);
}

/* Read, or write to a shared area: the object's own page. Takes over @page's reference. */
static enum fault_result map_shared_or_read(struct vm_fault *vmf, struct page *page)
{
	spin_lock(vmf->ptl);
	if (unlikely(!pte_none(ptep_get(vmf->pte)) || READ_ONCE(page->mapping) !=
		     vmf->vma->vm_mapping)) {
		spin_unlock(vmf->ptl);
		put_page(page);
		return FAULT_DONE;
	}
	if (vmf->vma->vm_flags & VM_SHARED)
		set_page_dirty(page);	/* its entries carry D from the start, see vma.c */
	map_object_page(vmf->vma, vmf->pte, page);
	add_mm_counter(vmf->vma->vm_mm, MM_FILEPAGES, 1);
	if (!(vmf->flags & FAULT_FLAG_WRITE) && vmf->vma->vm_mapping)
		fault_around(vmf);
	spin_unlock(vmf->ptl);
	update_mmu_cache(vmf->address);
	return FAULT_DONE;
}

/* Write to a private area: our own copy. Takes over @page's reference. */
static enum fault_result map_private_copy(struct vm_fault *vmf, struct page *page)
{
	struct page *copy = alloc_page(GFP_HIGHUSER_MOVABLE);
	pte_t e;

	if (unlikely(!copy)) {
		put_page(page);
		return FAULT_OOM;
	}
	copy_page(page_address(copy), page_address(page));
	e = pte_mkdirty(pte_mkwrite(pfn_pte(page_to_pfn(copy), vmf->vma->vm_page_prot)));
	spin_lock(vmf->ptl);
	if (unlikely(!pte_none(ptep_get(vmf->pte)) || READ_ONCE(page->mapping) !=
		     vmf->vma->vm_mapping)) {
		spin_unlock(vmf->ptl);
		put_page(page);
		put_page(copy);
		return FAULT_DONE;
	}
	page_add_new_anon_rmap(copy, vmf->vma, vmf->address);
	add_mm_counter(vmf->vma->vm_mm, MM_ANONPAGES, 1);
	flush_icache_pte(e);
	set_pte(vmf->pte, e);
	spin_unlock(vmf->ptl);
	put_page(page);
	update_mmu_cache(vmf->address);
	return FAULT_DONE;
}

enum fault_result do_fault(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	struct page *page;
	int err;

	if (!vma->vm_ops->fault)
		return FAULT_SIGBUS;
	err = vma->vm_ops->fault(vma, linear_page_index(vma, vmf->address), &page);
	if (err)
		return err == -ENOMEM ? FAULT_OOM : FAULT_SIGBUS;
	if ((vmf->flags & FAULT_FLAG_WRITE) && !(vma->vm_flags & VM_SHARED))
		return map_private_copy(vmf, page);
	return map_shared_or_read(vmf, page);
}
