// SPDX-License-Identifier: GPL-2.0-only
/*
 * dup.c - fork's copy of an address space: its areas.
 *
 * Each area is copied, then the entries of those that may hold private pages
 * (dup_pages.c). Pages of shared areas are not: the child finds them again in
 * their object when it touches them, and most children exec first.
 *
 * Locks: the parent's mmap_lock for writing, since its entries lose their write
 * bit and nobody may fault on them meanwhile; then the child's, which nobody else
 * can know yet (nested, same rank).
 *
 * Linux: dup_mmap in mm/mmap.c (kernel/fork.c before 6.14).
 */
#include <linux-lite/err.h>
#include <linux-lite/mman.h>
#include <linux-lite/overcommit.h>
#include <linux-lite/vma_ops.h>
#include <asm/tlbflush.h>

/* One area. 0 or -ENOMEM. */
static int dup_area(struct mm_struct *mm, struct vm_area_struct *old)
{
	struct vm_area_struct *vma;

	if ((old->vm_flags & VM_ACCOUNT) && vm_enough_memory(vma_pages(old)))
		return -ENOMEM;
	vma = vma_dup(old);
	if (!vma) {
		if (old->vm_flags & VM_ACCOUNT)
			vm_unacct_memory(vma_pages(old));
		return -ENOMEM;
	}
	vma->vm_mm = mm;
	vma->vm_flags &= ~VM_LOCKED;		/* memory locks are not inherited */
	vma_link(mm, vma);
	if (!old->has_anon || (old->vm_flags & VM_SHARED))
		return 0;
	if (old->vm_flags & VM_WIPEONFORK) {
		vma->has_anon = false;
		return 0;
	}
	return copy_page_range(vma, old);
}

struct mm_struct *dup_mm(struct mm_struct *oldmm)
{
	struct mm_struct *mm = mm_copy_empty(oldmm);
	struct vm_area_struct *vma;
	int err = 0;

	if (!mm)
		return NULL;
	mmap_write_lock(oldmm);
	down_write_nested(&mm->mmap_lock);
	mm->brk = oldmm->brk;		/* another thread may have moved it since the copy */
	for_each_vma(oldmm, vma) {
		if (vma->vm_flags & VM_DONTCOPY)
			continue;
		err = dup_area(mm, vma);
		if (err)
			break;
	}
	/* The parent's write rights are gone from its entries; now from the TLBs too. */
	flush_tlb_mm(oldmm);
	up_write(&mm->mmap_lock);
	mmap_write_unlock(oldmm);
	if (err) {
		mmput(mm);
		return NULL;
	}
	return mm;
}
