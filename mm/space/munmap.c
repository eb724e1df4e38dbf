// SPDX-License-Identifier: GPL-2.0-only
/*
 * munmap.c - taking address ranges away: munmap, MAP_FIXED over something, exit.
 *
 *	1. split    the areas at both ends of the range         may fail
 *	2. unlink   areas of the range from index and i_mmap    from here on nothing fails
 *	3. zap      their pages                                 backing/zap.c
 *	4. tables   that serve nobody any more                  table/walk.c
 *	5. flush    every hart's TLB, then free pages and tables
 *	6. free     the areas, with their hold on the file
 *
 * 2 before 4, because truncation finds page tables through i_mmap; 5 before the
 * frames are given to others. Steps 3 to 5 share one gather, so that a large
 * munmap flushes once a batch and not once a page.
 *
 * Locks: mmap_lock for writing. Linux: do_vmi_align_munmap in mm/vma.c.
 */
#include <linux-lite/err.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mman.h>
#include <linux-lite/mmu_gather.h>
#include <linux-lite/overcommit.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/rmap.h>
#include <linux-lite/vma_ops.h>
#include <linux-lite/vma_tree.h>

/* Steps 3 to 6 for areas chained by vm_next that nobody can find any more. */
static void unmap_detached(struct mm_struct *mm, struct vm_area_struct *list,
			   unsigned long floor, unsigned long ceiling, bool fullmm)
{
	struct vm_area_struct *vma, *next;
	struct mmu_gather tlb;

	if (fullmm)
		tlb_gather_mmu_fullmm(&tlb, mm);
	else
		tlb_gather_mmu(&tlb, mm);
	for (vma = list; vma; vma = vma->vm_next)
		unmap_page_range(&tlb, vma, vma->vm_start, vma->vm_end);
	/*
	 * Neighbours together, but not all at once: between two may lie terabytes of
	 * nothing. A table that two share goes with the second, hence the one floor.
	 */
	for (vma = list; vma; vma = next) {
		unsigned long start = vma->vm_start;

		while (vma->vm_next && vma->vm_next->vm_start - vma->vm_end <= PMD_SIZE)
			vma = vma->vm_next;
		next = vma->vm_next;
		free_pgtables(&tlb, start, vma->vm_end, floor, next ? next->vm_start : ceiling);
	}
	tlb_finish_mmu(&tlb);

	for (vma = list; vma; vma = next) {
		next = vma->vm_next;
		if (vma->vm_flags & VM_ACCOUNT)
			vm_unacct_memory(vma_pages(vma));
		vma_free(vma);
	}
}

int unmap_range_locked(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma_intersection(mm, start, end);
	struct vm_area_struct *prev, *list = NULL, **tail = &list;

	if (!vma)
		return 0;
	/* Cutting a hole into one area leaves one more than before. */
	if (vma->vm_start < start && end < vma->vm_end && mm->map_count >= sysctl_max_map_count)
		return -ENOMEM;
	if (vma_split_range(mm, start, end))
		return -ENOMEM;
	vma = find_vma(mm, start);
	prev = vma->vm_prev;
	while (vma && vma->vm_start < end) {
		struct vm_area_struct *next = vma->vm_next;

		vma_unlink(mm, vma);
		vma->vm_next = NULL;
		*tail = vma;
		tail = &vma->vm_next;
		vma = next;
	}
	/* Tables may go up to the neighbours, which may share the last of them. */
	unmap_detached(mm, list, prev ? prev->vm_end : 0, vma ? vma->vm_start : mm->task_size,
		       false);
	return 0;
}

/**
 * do_munmap - munmap(2)
 * @mm: address space
 * @addr: page aligned
 * @len_bytes: not 0; rounded up to pages
 *
 * Context: may sleep; takes mmap_lock.
 * Return: 0; -EINVAL for a bad range; -ENOMEM when a split needs memory or would
 * exceed max_map_count.
 */
int do_munmap(struct mm_struct *mm, unsigned long addr, unsigned long len_bytes)
{
	unsigned long len = ALIGN(len_bytes, PAGE_SIZE);
	int err;

	if ((addr & ~PAGE_MASK) || !len || len > mm->task_size || addr > mm->task_size - len)
		return -EINVAL;
	mmap_write_lock(mm);
	err = unmap_range_locked(mm, addr, addr + len);
	mmap_write_unlock(mm);
	return err;
}

/* The last user is gone. Nobody can take mmap_lock: only truncation can still look (i_mmap). */
void exit_mmap(struct mm_struct *mm)
{
	struct vm_area_struct *list = mm->mmap, *vma;

	if (!list)
		return;
	for_each_vma(mm, vma) {
		if (!vma->vm_mapping)
			continue;
		down_write(&vma->vm_mapping->i_mmap_rwsem);
		list_del(&vma->i_mmap_node);
		up_write(&vma->vm_mapping->i_mmap_rwsem);
	}
	mm->mmap = NULL;
	mm->mm_rb.rb_node = NULL;
	mm->vmacache = NULL;
	mm->map_count = 0;
	mm->total_vm = mm->data_vm = mm->stack_vm = mm->exec_vm = mm->locked_vm = 0;
	unmap_detached(mm, list, 0, mm->task_size, true);
}
