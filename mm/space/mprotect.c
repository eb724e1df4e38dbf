// SPDX-License-Identifier: GPL-2.0-only
/*
 * mprotect.c - changing what a range allows.
 *
 * Rights live twice: in the area (what is allowed) and in the page-table entries
 * (what the hardware lets pass without asking). The area is changed first, then
 * the entries are rewritten and the TLB flushed: afterwards no hart allows more
 * than the area does. Entries never get the write bit of a private area here: the
 * next write faults and mm/fault/cow.c decides.
 *
 * All or as far as it goes, as on Linux: a hole in the middle ends the walk with
 * -ENOMEM, and what lies before it has changed.
 *
 * Locks: mmap_lock for writing, each table's ptl. Linux: mm/mprotect.c.
 */
#include <linux-lite/err.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mman.h>
#include <linux-lite/overcommit.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/vma_ops.h>
#include <asm/cacheflush.h>
#include <asm/tlbflush.h>

/* Rewrite the present entries of [start, end) with the area's new bits. */
static void change_protection(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long addr = start, next;
	bool changed = false;

	for (; addr < end; addr = next) {
		struct pt_cursor c = pt_walk(mm->pgd, addr);
		unsigned long span = level_size(max(c.level, 1ul));
		spinlock_t *ptl;
		pte_t *pte;

		next = ALIGN_DOWN(addr, span) + span;
		if (next > end || next < addr)
			next = end;
		if (c.level)
			continue;
		ptl = pte_lockptr(c.ptep);
		spin_lock(ptl);
		for (pte = c.ptep; addr < next; addr += PAGE_SIZE, pte++) {
			pte_t old = ptep_get(pte), new;

			if (!pte_present(old))
				continue;
			/* Cleared first: the walker may not set D in what we have read. */
			old = ptep_get_and_clear(pte);
			new = pte_modify(old, vma->vm_page_prot);
			flush_icache_pte(new);
			set_pte(pte, new);
			changed = true;
		}
		spin_unlock(ptl);
	}
	if (changed)
		flush_tlb_range(mm, start, end);
}

/* One area, or the part of it in [start, end). 0 or -errno. */
static int protect_area(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			unsigned long prot)
{
	unsigned long new = (vma->vm_flags & ~VM_ACCESS_FLAGS) | (prot & VM_ACCESS_FLAGS);
	struct mm_struct *mm = vma->vm_mm;
	long charge = 0;

	if (prot & VM_ACCESS_FLAGS & ~(vma->vm_flags >> 4))	/* VM_MAYx = VM_x << 4 */
		return -EACCES;
	if (new == vma->vm_flags)
		return 0;
	/* Private memory that becomes writable may need frames: a promise. */
	if ((new & VM_WRITE) && !(new & (VM_SHARED | VM_ACCOUNT | VM_NORESERVE))) {
		charge = (end - start) >> PAGE_SHIFT;
		if (vm_enough_memory(charge))
			return -ENOMEM;
		new |= VM_ACCOUNT;
	}
	if (vma_split_range(mm, start, end)) {
		vm_unacct_memory(charge);
		return -ENOMEM;
	}
	vma = vma_lookup(mm, start);
	vma_set_flags(vma, new);
	change_protection(vma, start, end);
	vma_merge(vma);
	return 0;
}

/**
 * do_mprotect - mprotect(2)
 * @mm: address space
 * @addr: page aligned
 * @len_bytes: rounded up to pages; 0 does nothing
 * @prot: PROT_*, with PROT_GROWSDOWN to go down to the stack's start
 *
 * Context: may sleep; takes mmap_lock.
 * Return: 0; -EINVAL; -ENOMEM for a hole or no memory; -EACCES when the object was
 * not opened for what is asked.
 */
int do_mprotect(struct mm_struct *mm, unsigned long addr, unsigned long len_bytes,
		unsigned long prot)
{
	unsigned long end = addr + ALIGN(len_bytes, PAGE_SIZE);
	unsigned long grows = prot & (PROT_GROWSDOWN | PROT_GROWSUP);
	struct vm_area_struct *vma;
	int err = 0;

	prot &= ~grows;
	if (grows == (PROT_GROWSDOWN | PROT_GROWSUP) || (addr & ~PAGE_MASK))
		return -EINVAL;
	if (!len_bytes)
		return 0;
	if (end <= addr)
		return -ENOMEM;
	if (prot & ~(unsigned long)(PROT_READ | PROT_WRITE | PROT_EXEC))
		return -EINVAL;
	mmap_write_lock(mm);
	vma = find_vma_intersection(mm, addr, end);
	if (!vma || (vma->vm_start > addr && !(grows & PROT_GROWSDOWN)))
		err = -ENOMEM;
	else if (grows && !(vma->vm_flags & VM_GROWSDOWN))
		err = -EINVAL;
	else if (grows)
		addr = vma->vm_start;
	while (!err && addr < end) {
		unsigned long upto;

		vma = vma_lookup(mm, addr);
		if (!vma) {
			err = -ENOMEM;
			break;
		}
		upto = min(vma->vm_end, end);
		err = protect_area(vma, addr, upto, prot);
		addr = upto;
	}
	mmap_write_unlock(mm);
	return err;
}
