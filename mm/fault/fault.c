// SPDX-License-Identifier: GPL-2.0-only
/*
 * fault.c - a page fault's first question: which kind is it?
 *
 *	                  the entry of the faulting address
 *	                 /              |                 \
 *	            nothing         present            not present, not 0
 *	            /     \         /      \                   |
 *	      anonymous  object   write,   else           swapped out
 *	          |        |      no bit     |            (with reclaim)
 *	      anon.c    file.c   cow.c   set A and D,
 *	                                 or spurious
 *
 * Who comes here: the port's trap code for user accesses and for user copies of
 * the kernel, gup.c for another task's memory. They have found the area and hold
 * mmap_lock for reading, so areas and tables stay; several threads may fault in
 * one table, or on one address, at the same time. The rule that makes this safe:
 * look at the entry without a lock, prepare (which may sleep), then lock the
 * table, look whether the entry is still what it was, and only then change it.
 *
 * A fault never changes an entry from one frame to another without a TLB flush
 * between (cow.c); an entry that was not present needs none on this hart's side
 * except update_mmu_cache(), since a hart may have cached "not present".
 *
 * Linux: handle_mm_fault and handle_pte_fault in mm/memory.c.
 */
#include <linux-lite/bug.h>
#include <linux-lite/fault_kinds.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/vmstat.h>
#include <asm/tlbflush.h>

/* What the area must allow for this access. */
static bool access_allowed(const struct vm_area_struct *vma, unsigned int flags)
{
	if (flags & FAULT_FLAG_WRITE)
		return vma->vm_flags & VM_WRITE;
	if (flags & FAULT_FLAG_INSTRUCTION)
		return vma->vm_flags & VM_EXEC;
	return vma->vm_flags & (VM_READ | VM_WRITE);	/* an entry cannot say: write, not read */
}

/* The entry allows the access: only A or D is missing, or it was mended meanwhile. */
static enum fault_result touch_entry(struct vm_fault *vmf)
{
	pte_t e = pte_mkyoung(vmf->orig_pte);

	if (vmf->flags & FAULT_FLAG_WRITE)
		e = pte_mkdirty(e);
	spin_lock(vmf->ptl);
	if (pte_same(ptep_get(vmf->pte), vmf->orig_pte))
		ptep_cmpxchg(vmf->pte, vmf->orig_pte, e);
	spin_unlock(vmf->ptl);
	update_mmu_cache(vmf->address);
	return FAULT_DONE;
}

/* The entry of @addr; its table is made if need be. NULL: no memory. */
static pte_t *find_entry(struct mm_struct *mm, unsigned long addr)
{
	struct pt_cursor c = pt_walk(mm->pgd, addr);
	spinlock_t *ptl;
	pte_t *pte;

	if (likely(!c.level))
		return c.ptep;
	pte = pte_alloc_map_lock(mm, addr, &ptl);
	if (pte)
		spin_unlock(ptl);
	return pte;
}

enum fault_result handle_mm_fault(struct vm_area_struct *vma, unsigned long addr,
				  unsigned int flags)
{
	struct vm_fault vmf;
	pte_t *pte;

	VM_BUG_ON(addr < vma->vm_start || addr >= vma->vm_end);
	if (unlikely(!access_allowed(vma, flags)))
		return FAULT_SIGSEGV;
	count_vm_event(PGFAULT);
	pte = find_entry(vma->vm_mm, addr);
	if (unlikely(!pte))
		return FAULT_OOM;
	vmf = (struct vm_fault){
		.vma = vma,
		.address = addr & PAGE_MASK,
		.flags = flags,
		.pte = pte,
		.orig_pte = ptep_get(pte),
		.ptl = pte_lockptr(pte),
	};
	if (pte_none(vmf.orig_pte))
		return vma_is_anonymous(vma) ? do_anonymous_page(&vmf) : do_fault(&vmf);
	if ((flags & FAULT_FLAG_WRITE) && !pte_write(vmf.orig_pte))
		return do_wp_page(&vmf);
	return touch_entry(&vmf);
}
