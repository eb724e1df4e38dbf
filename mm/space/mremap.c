// SPDX-License-Identifier: GPL-2.0-only
/*
 * mremap.c - resizing and moving a mapping.
 *
 *	smaller     unmap the tail
 *	larger      stretch in place, if the hole behind is large enough
 *	otherwise   MREMAP_MAYMOVE: a new area of the new length elsewhere, the entries
 *	            moved over one by one (the frames stay), the old area unmapped
 *
 * Moving entries needs no copying and no allocation once the new tables exist;
 * they are made first, so that the move itself cannot fail half way. By then the
 * new area is there: tables that no area covers would never be found again.
 *
 * An old length of 0 duplicates a shared mapping. MREMAP_DONTUNMAP leaves the old
 * area, empty.
 *
 * Locks: mmap_lock for writing; while entries of an object's area move,
 * i_mmap_rwsem for writing, so that truncation sees each page in one of the two
 * places. Linux: mm/mremap.c.
 */
#include <linux-lite/err.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mman.h>
#include <linux-lite/overcommit.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/vma_ops.h>
#include <linux-lite/vma_tree.h>
#include <asm/tlbflush.h>

/* One call's journey. */
struct mremap_state {
	struct mm_struct *mm;
	unsigned long addr, old_len, new_len, flags, new_addr;
	const struct mm_limits *limits;
};

/* Bytes from @addr to the end of what the entry at @c spans: holes are skipped whole. */
static unsigned long rest_of_span(struct pt_cursor c, unsigned long addr)
{
	return level_size(c.level) - (addr & (level_size(c.level) - 1));
}

/* Make every leaf table of [addr, addr + len) that has a source. 0 or -ENOMEM. */
static int prepare_tables(struct mm_struct *mm, unsigned long from, unsigned long to,
			  unsigned long len)
{
	unsigned long done, step;

	for (done = 0; done < len; done += step) {
		struct pt_cursor src = pt_walk(mm->pgd, from + done);
		spinlock_t *ptl;
		pte_t *pte;

		step = rest_of_span(src, from + done);
		if (src.level || !pt_walk(mm->pgd, to + done).level)
			continue;
		pte = pte_alloc_map_lock(mm, to + done, &ptl);
		if (!pte)
			return -ENOMEM;
		pte_unmap_unlock(pte, ptl);
	}
	return 0;
}

/*
 * Move the entries; tables are there. The old place is flushed before i_mmap_rwsem is let
 * go: a truncation flushes the new place only, and frees the page.
 */
static void move_entries(struct vm_area_struct *new, unsigned long from, unsigned long len)
{
	struct mm_struct *mm = new->vm_mm;
	unsigned long to = new->vm_start, done, step;

	if (new->vm_mapping)
		down_write(&new->vm_mapping->i_mmap_rwsem);
	for (done = 0; done < len; done += step) {
		struct pt_cursor src = pt_walk(mm->pgd, from + done), dst;
		pte_t e;

		step = rest_of_span(src, from + done);
		if (src.level || pte_none(ptep_get(src.ptep)))
			continue;
		dst = pt_walk(mm->pgd, to + done);
		e = ptep_get_and_clear(src.ptep);
		set_pte(dst.ptep, e);
	}
	flush_tlb_range(mm, from, from + len);
	if (new->vm_mapping)
		up_write(&new->vm_mapping->i_mmap_rwsem);
}

/* A longer mapping for the same pages at @to, which is free. */
static unsigned long move_area(struct mremap_state *s, struct vm_area_struct *vma,
			       unsigned long to)
{
	unsigned long moved = min(s->old_len, s->new_len);
	unsigned long promise = vma->vm_flags & VM_ACCOUNT ? s->new_len >> PAGE_SHIFT : 0;
	bool cut = s->old_len && !(s->flags & MREMAP_DONTUNMAP);
	struct vm_area_struct *new;

	if (promise && vm_enough_memory(promise))
		return -ENOMEM;
	new = vma_dup(vma);
	if (!new) {
		vm_unacct_memory(promise);
		return -ENOMEM;
	}
	new->vm_pgoff = linear_page_index(vma, s->addr);
	new->vm_start = to;
	new->vm_end = to + s->new_len;
	vma_link(s->mm, new);
	/* Cutting the old place out of its area may need a struct: have it before the move. */
	if (prepare_tables(s->mm, s->addr, to, moved) ||
	    (cut && vma_split_range(s->mm, s->addr, s->addr + s->old_len))) {
		/* The whole area: this splits nothing, and takes promise and tables back. */
		unmap_range_locked(s->mm, to, to + s->new_len);
		return -ENOMEM;
	}
	move_entries(new, s->addr, moved);
	if (cut)
		unmap_range_locked(s->mm, s->addr, s->addr + s->old_len);
	vma_merge(new);
	return to;
}

/* Is the hole behind @vma large enough for @grow bytes more? */
static bool can_stretch(struct mremap_state *s, struct vm_area_struct *vma, unsigned long grow)
{
	unsigned long end = vma->vm_end + grow;

	return s->addr + s->old_len == vma->vm_end && end > vma->vm_end &&
	       end <= s->mm->task_size &&
	       (!vma->vm_next || end <= vm_start_gap(vma->vm_next));
}

/* MREMAP_FIXED, and MREMAP_DONTUNMAP: the caller says where, or wants the old place kept. */
static unsigned long mremap_to(struct mremap_state *s, struct vm_area_struct *vma)
{
	unsigned long to = s->new_addr;
	int err;

	if (!(s->flags & MREMAP_FIXED)) {
		to = get_unmapped_area(s->mm, 0, s->new_len, 0);
		return IS_ERR_VALUE(to) ? to : move_area(s, vma, to);
	}
	if ((to & ~PAGE_MASK) || s->new_len > s->mm->task_size ||
	    to > s->mm->task_size - s->new_len || to < mmap_min_addr)
		return -EINVAL;
	if (s->addr + s->old_len > to && to + s->new_len > s->addr)
		return -EINVAL;
	err = unmap_range_locked(s->mm, to, to + s->new_len);
	if (!err && s->old_len > s->new_len) {
		err = unmap_range_locked(s->mm, s->addr + s->new_len, s->addr + s->old_len);
		s->old_len = s->new_len;
	}
	if (err)
		return err;
	vma = vma_lookup(s->mm, s->addr);
	return vma ? move_area(s, vma, to) : (unsigned long)-EFAULT;
}

static unsigned long grow_area(struct mremap_state *s, struct vm_area_struct *vma)
{
	unsigned long grow = s->new_len - s->old_len, to;

	if (can_stretch(s, vma, grow)) {
		if ((vma->vm_flags & VM_ACCOUNT) && vm_enough_memory(grow >> PAGE_SHIFT))
			return -ENOMEM;
		vma_resize(vma, vma->vm_start, vma->vm_end + grow);
		vma_merge(vma);
		return s->addr;
	}
	if (!(s->flags & MREMAP_MAYMOVE))
		return -ENOMEM;
	to = get_unmapped_area(s->mm, 0, s->new_len, 0);
	return IS_ERR_VALUE(to) ? to : move_area(s, vma, to);
}

/* In place, and no longer: what lies behind may be of several areas, as on Linux. */
static unsigned long shrink_area(struct mremap_state *s)
{
	int err = 0;

	if (s->old_len > s->mm->task_size - s->addr)
		return -EINVAL;
	if (s->new_len < s->old_len)
		err = unmap_range_locked(s->mm, s->addr + s->new_len, s->addr + s->old_len);
	return err ? (unsigned long)err : s->addr;
}

static unsigned long mremap_locked(struct mremap_state *s)
{
	struct vm_area_struct *vma = vma_lookup(s->mm, s->addr);
	unsigned long grow = s->new_len > s->old_len ? s->new_len - s->old_len : 0;
	unsigned long more = s->flags & MREMAP_DONTUNMAP ? s->new_len : grow;

	if (!vma)
		return -EFAULT;
	if (!s->old_len && !(vma->vm_flags & (VM_SHARED | VM_MAYSHARE)))
		return -EINVAL;
	if ((s->flags & MREMAP_DONTUNMAP) && (vma->vm_flags & (VM_DONTEXPAND | VM_PFNMAP)))
		return -EINVAL;
	if (!grow && !(s->flags & (MREMAP_FIXED | MREMAP_DONTUNMAP)))
		return shrink_area(s);
	if (s->old_len > vma->vm_end - s->addr)
		return -EFAULT;
	if (grow && (vma->vm_flags & (VM_DONTEXPAND | VM_PFNMAP)))
		return -EFAULT;
	if (!mlock_future_ok(s->mm, vma->vm_flags, grow >> PAGE_SHIFT, s->limits->memlock))
		return -EAGAIN;
	if (more && !may_expand_vm(s->mm, vma->vm_flags, more >> PAGE_SHIFT, s->limits->as,
				   s->limits->data))
		return -ENOMEM;
	if (s->flags & (MREMAP_FIXED | MREMAP_DONTUNMAP))
		return mremap_to(s, vma);
	return grow_area(s, vma);
}

/**
 * do_mremap - mremap(2)
 * @mm: address space
 * @addr: start of the old place, page aligned
 * @old_len: bytes; 0 duplicates a shared mapping
 * @new_len: bytes, not 0
 * @flags: MREMAP_*
 * @new_addr: with MREMAP_FIXED, page aligned
 * @limits: what the process may have
 *
 * Context: may sleep; takes mmap_lock.
 * Return: the new address; -EINVAL, -EFAULT (not one mapping), -ENOMEM, -EAGAIN (RLIMIT_MEMLOCK).
 */
unsigned long do_mremap(struct mm_struct *mm, unsigned long addr, unsigned long old_len,
			unsigned long new_len, unsigned long flags, unsigned long new_addr,
			const struct mm_limits *limits)
{
	struct mremap_state s = {
		.mm = mm, .addr = addr, .flags = flags, .new_addr = new_addr,
		.old_len = ALIGN(old_len, PAGE_SIZE), .new_len = ALIGN(new_len, PAGE_SIZE),
		.limits = limits,
	};
	unsigned long ret;

	if ((flags & ~(unsigned long)(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP)) ||
	    (addr & ~PAGE_MASK) || !s.new_len)
		return -EINVAL;
	if ((flags & (MREMAP_FIXED | MREMAP_DONTUNMAP)) && !(flags & MREMAP_MAYMOVE))
		return -EINVAL;
	if ((flags & MREMAP_DONTUNMAP) && s.old_len != s.new_len)
		return -EINVAL;
	mmap_write_lock(mm);
	ret = mremap_locked(&s);
	mmap_write_unlock(mm);
	return ret;
}
