// SPDX-License-Identifier: GPL-2.0-only
/*
 * stack.c - the area that grows by itself.
 *
 *	vm_end    +-----------+
 *	          |  stack    |
 *	vm_start  +-----------+  <- moves down to the page that was touched,
 *	          :           :     up to RLIMIT_STACK
 *	          :  gap      :     256 pages that nothing else may come into
 *	          +-----------+
 *	          |  other    |
 *
 * A touch below the area but above its neighbour's gap grows it. The gap is wide
 * so that a large frame cannot step over it into the neighbour (CVE-2017-1000364).
 *
 * Locks: mmap_lock for writing. Linux: expand_downwards in mm/vma.c.
 */
#include <linux-lite/err.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mman.h>
#include <linux-lite/overcommit.h>
#include <linux-lite/vma_ops.h>
#include <linux-lite/vma_tree.h>

int expand_stack(struct vm_area_struct *vma, unsigned long addr, const struct mm_limits *limits)
{
	struct vm_area_struct *prev = vma->vm_prev;
	unsigned long start = addr & PAGE_MASK, grow;

	if (!(vma->vm_flags & VM_GROWSDOWN))
		return -EFAULT;
	if (start >= vma->vm_start)	/* another thread was faster */
		return 0;
	if (start < mmap_min_addr || vma->vm_end - start > limits->stack)
		return -ENOMEM;
	if (prev && !(prev->vm_flags & VM_GROWSDOWN) && (prev->vm_flags & VM_ACCESS_FLAGS) &&
	    start - prev->vm_end < STACK_GUARD_GAP)
		return -ENOMEM;
	if (prev && start < prev->vm_end)
		return -ENOMEM;
	grow = (vma->vm_start - start) >> PAGE_SHIFT;
	if (!may_expand_vm(vma->vm_mm, vma->vm_flags, grow, limits->as, limits->data) ||
	    !mlock_future_ok(vma->vm_mm, vma->vm_flags, grow, limits->memlock))
		return -ENOMEM;
	if ((vma->vm_flags & VM_ACCOUNT) && vm_enough_memory(grow))
		return -ENOMEM;
	vma_resize(vma, start, vma->vm_end);
	return 0;
}

/**
 * setup_stack_vma - the first stack of a new program
 * @mm: nobody else sees it yet
 * @stack_top: first byte above, page aligned
 * @size_bytes: to begin with, page aligned
 * @vm_flags: VM_READ | VM_WRITE and perhaps VM_EXEC
 *
 * Return: 0 or -ENOMEM.
 */
int setup_stack_vma(struct mm_struct *mm, unsigned long stack_top, unsigned long size_bytes,
		    unsigned long vm_flags)
{
	unsigned long nr_pages = size_bytes >> PAGE_SHIFT;
	struct vm_area_struct *vma;

	if (vm_enough_memory(nr_pages))
		return -ENOMEM;
	vma = vma_alloc(mm);
	if (!vma) {
		vm_unacct_memory(nr_pages);
		return -ENOMEM;
	}
	vma->vm_start = stack_top - size_bytes;
	vma->vm_end = stack_top;
	vma->vm_flags = vm_flags | VM_GROWSDOWN | VM_ACCOUNT |
			VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;
	vma->vm_page_prot = vm_get_page_prot(vma->vm_flags);
	vma->vm_pgoff = vma->vm_start >> PAGE_SHIFT;
	mmap_write_lock(mm);
	vma_link(mm, vma);
	mmap_write_unlock(mm);
	return 0;
}
