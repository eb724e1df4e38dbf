// SPDX-License-Identifier: GPL-2.0-only
/*
 * mlock.c - ranges that must stay in memory: mlock, munlock, mlockall, and the
 * questions mincore and msync.
 *
 * Locking is a flag of the area (VM_LOCKED, which reclaim respects) and a count
 * against RLIMIT_MEMLOCK; the pages themselves are faulted in by the caller
 * afterwards (mm_populate, a floor above).
 *
 * Locks: mmap_lock. Linux: mm/mlock.c, mincore.c, msync.c.
 */
#include <linux-lite/err.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mman.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/vma_ops.h>

/* Set or clear VM_LOCKED on [start, end), all mapped or -ENOMEM. */
static int lock_range(struct mm_struct *mm, unsigned long start, unsigned long end, bool lock)
{
	while (start < end) {
		struct vm_area_struct *vma = vma_lookup(mm, start);
		unsigned long upto, flags;

		if (!vma)
			return -ENOMEM;
		upto = min(vma->vm_end, end);
		flags = lock ? vma->vm_flags | VM_LOCKED : vma->vm_flags & ~VM_LOCKED;
		if (flags != vma->vm_flags && !(vma->vm_flags & VM_PFNMAP)) {
			if (vma_split_range(mm, start, upto))
				return -ENOMEM;
			vma = vma_lookup(mm, start);
			vma_set_flags(vma, flags);
			vma_merge(vma);
		}
		start = upto;
	}
	return 0;
}

/* Pages of [start, end) that are locked already, and so count once. */
static unsigned long count_locked(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma_intersection(mm, start, end);
	unsigned long n = 0;

	for (; vma && vma->vm_start < end; vma = vma->vm_next)
		if (vma->vm_flags & VM_LOCKED)
			n += min(vma->vm_end, end) - max(vma->vm_start, start);
	return n >> PAGE_SHIFT;
}

/**
 * do_mlock - mlock(2), munlock(2)
 * @mm: address space
 * @addr: any alignment: the range grows to whole pages
 * @len_bytes: may be 0
 * @lock: or unlock
 * @rlimit_memlock: bytes; ~0UL for none
 *
 * Context: may sleep; takes mmap_lock.
 * Return: 0; -EINVAL when the range wraps; -ENOMEM for a hole or over the limit.
 */
int do_mlock(struct mm_struct *mm, unsigned long addr, unsigned long len_bytes, bool lock,
	     unsigned long rlimit_memlock)
{
	unsigned long start = addr & PAGE_MASK;
	unsigned long end = start + ALIGN(len_bytes + (addr & ~PAGE_MASK), PAGE_SIZE);
	unsigned long locked;
	int err = -ENOMEM;

	if (end < start)
		return -EINVAL;
	if (end == start)
		return 0;
	mmap_write_lock(mm);
	locked = mm->locked_vm + ((end - start) >> PAGE_SHIFT);
	if (lock && locked > rlimit_memlock >> PAGE_SHIFT)
		locked -= count_locked(mm, start, end);
	if (!lock || locked <= rlimit_memlock >> PAGE_SHIFT)
		err = lock_range(mm, start, end, lock);
	mmap_write_unlock(mm);
	return err;
}

int do_mlockall(struct mm_struct *mm, int flags, unsigned long rlimit_memlock)
{
	struct vm_area_struct *vma;
	int err = 0;

	if (!flags || (flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT)) || flags == MCL_ONFAULT)
		return -EINVAL;
	mmap_write_lock(mm);
	if ((flags & MCL_CURRENT) && mm->total_vm > rlimit_memlock >> PAGE_SHIFT) {
		err = -ENOMEM;
	} else {
		mm->def_flags = flags & MCL_FUTURE ? VM_LOCKED : 0;
		if (flags & MCL_CURRENT)
			for_each_vma(mm, vma)
				if (!(vma->vm_flags & VM_PFNMAP))
					vma_set_flags(vma, vma->vm_flags | VM_LOCKED);
		for (vma = mm->mmap; vma; vma = vma->vm_next)
			vma = vma_merge(vma);		/* I3: some were locked before */
	}
	mmap_write_unlock(mm);
	return err;
}

int do_munlockall(struct mm_struct *mm)
{
	struct vm_area_struct *vma;

	mmap_write_lock(mm);
	mm->def_flags = 0;
	for_each_vma(mm, vma)
		vma_set_flags(vma, vma->vm_flags & ~VM_LOCKED);
	for (vma = mm->mmap; vma; vma = vma->vm_next)
		vma = vma_merge(vma);
	mmap_write_unlock(mm);
	return 0;
}

/* Is the page behind @addr in memory: mapped, or in its object's cache? */
static bool page_in_core(struct vm_area_struct *vma, unsigned long addr)
{
	struct pt_cursor c = pt_walk(vma->vm_mm->pgd, addr);
	struct page *page;

	if (!c.level && pte_present(ptep_get(c.ptep)))
		return true;
	if (!vma->vm_mapping)
		return false;
	page = find_get_page(vma->vm_mapping, linear_page_index(vma, addr));
	if (page)
		put_page(page);
	return page;
}

/**
 * do_mincore - which of a range's pages are in memory
 * @mm: address space
 * @addr: page aligned
 * @nr_pages: how many
 * @vec: one byte a page, 0 or 1
 *
 * Context: may sleep; takes mmap_lock.
 * Return: 0, or -ENOMEM for a hole.
 */
int do_mincore(struct mm_struct *mm, unsigned long addr, unsigned long nr_pages,
	       unsigned char *vec)
{
	struct vm_area_struct *vma;
	unsigned long i;
	int err = 0;

	mmap_read_lock(mm);
	for (i = 0; i < nr_pages; i++, addr += PAGE_SIZE) {
		vma = vma_lookup(mm, addr);
		if (!vma) {
			err = -ENOMEM;
			break;
		}
		vec[i] = page_in_core(vma, addr);
	}
	mmap_read_unlock(mm);
	return err;
}

/**
 * do_msync - bring an object up to date with its mapping
 *
 * Mappings and read(2) share frames, and no object here has a slower store that
 * must be written before the call returns; what remains is checking the range.
 *
 * Return: 0; -EINVAL; -EBUSY for MS_INVALIDATE of a locked area; -ENOMEM for a hole.
 */
int do_msync(struct mm_struct *mm, unsigned long addr, unsigned long len_bytes, int flags)
{
	unsigned long len = ALIGN(len_bytes, PAGE_SIZE), end = addr + len;
	struct vm_area_struct *vma;
	int err = 0;

	if ((flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) || (addr & ~PAGE_MASK) ||
	    (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC))
		return -EINVAL;
	if (end < addr)
		return -ENOMEM;
	mmap_read_lock(mm);
	while (addr < end) {
		vma = find_vma_intersection(mm, addr, end);
		if (!vma || vma->vm_start > addr)
			err = -ENOMEM;
		if (!vma)
			break;
		if ((flags & MS_INVALIDATE) && (vma->vm_flags & VM_LOCKED)) {
			err = -EBUSY;
			break;
		}
		addr = vma->vm_end;
	}
	mmap_read_unlock(mm);
	return err;
}
