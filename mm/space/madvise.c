// SPDX-License-Identifier: GPL-2.0-only
/*
 * madvise.c - hints about a range, and a few that are more than hints.
 *
 *	DONTNEED, FREE     throw the pages away now (FREE may: its pages may go at any
 *	                   time, and so they go at once until reclaim can choose)
 *	REMOVE             punch a hole into the object, as fallocate(2)
 *	DONTFORK .. KEEPONFORK, DONTDUMP, DODUMP   flags of the area
 *	WILLNEED, COLD, PAGEOUT, NORMAL, RANDOM, SEQUENTIAL   nothing to do yet
 *	MERGEABLE, HUGEPAGE   -EINVAL, as on a Linux built without KSM and THP
 *	POPULATE_*         faults pages in: mm/fault/gup.c, above this floor
 *
 * Holes in the range: the rest is done, and then -ENOMEM is the answer.
 *
 * Locks: mmap_lock, for reading where only entries change, else for writing. REMOVE gives
 * it up meanwhile.
 * Linux: mm/madvise.c.
 */
#include <linux-lite/err.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mman.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/rmap.h>
#include <linux-lite/vma_ops.h>

/* Which bits an advice sets and clears in an area; false if it is not of that kind. */
static bool flags_of(int advice, unsigned long *set, unsigned long *clear)
{
	*set = *clear = 0;
	switch (advice) {
	case MADV_DONTFORK:
		*set = VM_DONTCOPY;
		return true;
	case MADV_DOFORK:
		*clear = VM_DONTCOPY;
		return true;
	case MADV_WIPEONFORK:
		*set = VM_WIPEONFORK;
		return true;
	case MADV_KEEPONFORK:
		*clear = VM_WIPEONFORK;
		return true;
	case MADV_DONTDUMP:
		*set = VM_DONTDUMP;
		return true;
	case MADV_DODUMP:
		*clear = VM_DONTDUMP;
		return true;
	default:
		return false;
	}
}

static bool advice_known(int advice)
{
	unsigned long set, clear;

	switch (advice) {
	case MADV_NORMAL:
	case MADV_RANDOM:
	case MADV_SEQUENTIAL:
	case MADV_WILLNEED:
	case MADV_DONTNEED:
	case MADV_FREE:
	case MADV_REMOVE:
	case MADV_COLD:
	case MADV_PAGEOUT:
		return true;
	default:
		return flags_of(advice, &set, &clear);
	}
}

static int advise_flags(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			unsigned long set, unsigned long clear)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long new = (vma->vm_flags | set) & ~clear;

	if ((set & VM_WIPEONFORK) && (!vma_is_anonymous(vma) || (vma->vm_flags & VM_SHARED)))
		return -EINVAL;
	if ((clear & VM_DONTCOPY) && (vma->vm_flags & VM_PFNMAP))
		return -EINVAL;
	if (new == vma->vm_flags)
		return 0;
	if (vma_split_range(mm, start, end))
		return -EAGAIN;
	vma = vma_lookup(mm, start);
	vma_set_flags(vma, new);
	vma_merge(vma);
	return 0;
}

/*
 * The object keeps its writers out while it is cut, with a lock that is taken before
 * mmap_lock. So mmap_lock is given up, and the area may go or change: a copy of it holds the
 * object, as an area that nobody finds. The caller looks areas up again by address.
 */
static int advise_remove(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	loff_t from = (loff_t)linear_page_index(vma, start) << PAGE_SHIFT;
	struct mm_struct *mm = vma->vm_mm;
	struct vm_area_struct holder;
	int err;

	if (vma->vm_flags & VM_LOCKED)
		return -EINVAL;
	if (!vma->vm_mapping || !vma->vm_ops->punch_hole)
		return -EINVAL;
	if ((vma->vm_flags & (VM_SHARED | VM_WRITE)) != (VM_SHARED | VM_WRITE))
		return -EACCES;
	holder = *vma;
	holder.vm_ops->open(&holder);
	mmap_read_unlock(mm);
	err = holder.vm_ops->punch_hole(&holder, from, (loff_t)(end - start));
	holder.vm_ops->close(&holder);
	mmap_read_lock(mm);
	return err;
}

static int advise_area(struct vm_area_struct *vma, unsigned long start, unsigned long end,
		       int advice)
{
	unsigned long set, clear;

	if (flags_of(advice, &set, &clear))
		return advise_flags(vma, start, end, set, clear);
	switch (advice) {
	case MADV_FREE:
		if (!vma_is_anonymous(vma))
			return -EINVAL;
		/* fall through */
	case MADV_DONTNEED:
		if (vma->vm_flags & (VM_LOCKED | VM_PFNMAP))
			return -EINVAL;
		zap_page_range(vma, start, end);
		return 0;
	case MADV_REMOVE:
		return advise_remove(vma, start, end);
	case MADV_COLD:
	case MADV_PAGEOUT:
		return vma->vm_flags & (VM_LOCKED | VM_PFNMAP) ? -EINVAL : 0;
	default:
		return 0;
	}
}

/**
 * do_madvise - madvise(2), all advice except MADV_POPULATE_*
 * @mm: address space
 * @addr: page aligned
 * @len_bytes: rounded up to pages
 * @advice: MADV_*
 *
 * Context: may sleep; takes mmap_lock.
 * Return: 0; -EINVAL; -ENOMEM for a hole; -EACCES, -EAGAIN.
 */
int do_madvise(struct mm_struct *mm, unsigned long addr, unsigned long len_bytes, int advice)
{
	unsigned long len = ALIGN(len_bytes, PAGE_SIZE), end = addr + len, set, clear;
	bool write = flags_of(advice, &set, &clear);
	int err = 0, hole = 0;

	if (!advice_known(advice) || (addr & ~PAGE_MASK) || (len_bytes && !len) || end < addr)
		return -EINVAL;
	if (!len)
		return 0;
	if (write)
		mmap_write_lock(mm);
	else
		mmap_read_lock(mm);
	while (addr < end && !err) {
		struct vm_area_struct *vma = find_vma_intersection(mm, addr, end);
		unsigned long upto;

		if (!vma || vma->vm_start > addr)
			hole = -ENOMEM;
		if (!vma)
			break;
		addr = max(addr, vma->vm_start);
		upto = min(vma->vm_end, end);
		err = advise_area(vma, addr, upto, advice);
		addr = upto;
	}
	if (write)
		mmap_write_unlock(mm);
	else
		mmap_read_unlock(mm);
	return err ? err : hole;
}
