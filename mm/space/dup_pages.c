// SPDX-License-Identifier: GPL-2.0-only
/*
 * dup_pages.c - sharing the pages of one private area between parent and child.
 *
 *	parent  [RW A]   [R- B]   [none]          before
 *
 *	parent  [R- A]   [R- B]   [none]          after: whoever writes first gets
 *	child   [R- A]   [R- B]   [none]          a fault, and a copy (cow.c)
 *
 * Each shared page gains one reference and one mapping. The copy goes table by
 * table: both tables of 512 entries are locked once. Whole absent tables cost one
 * look.
 *
 * The caller flushes the parent's TLB once at the end: a hart that still had a
 * writable translation afterwards would write into the child's memory.
 *
 * Locks: both mmap_locks for writing; the child's ptl, then the parent's (nested:
 * nobody else can hold a lock of the child's). Linux: copy_page_range in
 * mm/memory.c.
 */
#include <linux-lite/err.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/rmap.h>
#include <linux-lite/vma_ops.h>

/* Entries of one table, up to @end; both locked. */
static void copy_entries(struct vm_area_struct *dst, pte_t *to, pte_t *from,
			 unsigned long addr, unsigned long end)
{
	long nr_anon = 0, nr_file = 0;

	for (; addr < end; addr += PAGE_SIZE, to++, from++) {
		pte_t e = ptep_get(from);

		if (pte_none(e))
			continue;
		if (pte_write(e)) {
			/* Atomic: the walker may be setting A or D in it. */
			__atomic_fetch_and(&from->val, ~_PAGE_WRITE, __ATOMIC_RELAXED);
			e = pte_wrprotect(e);
		}
		if (!pte_special(e)) {
			struct page *page = pfn_to_page(pte_pfn(e));

			get_page(page);
			if (page->state == PGS_ANON) {
				page_dup_anon_rmap(page);
				nr_anon++;
			} else {
				page_add_file_rmap(page);
				nr_file++;
			}
		}
		set_pte(to, e);
	}
	if (nr_anon)
		add_mm_counter(dst->vm_mm, MM_ANONPAGES, nr_anon);
	if (nr_file)
		add_mm_counter(dst->vm_mm, MM_FILEPAGES, nr_file);
}

/**
 * copy_page_range - let a child share the pages of a private area
 * @dst: the child's area, linked, without entries
 * @src: the parent's
 *
 * Context: may sleep.
 * Return: 0, or -ENOMEM: the caller takes the child down.
 */
int copy_page_range(struct vm_area_struct *dst, struct vm_area_struct *src)
{
	unsigned long addr = src->vm_start, next;

	for (; addr < src->vm_end; addr = next) {
		struct pt_cursor c = pt_walk(src->vm_mm->pgd, addr);
		unsigned long span = level_size(max(c.level, 1ul));
		spinlock_t *dst_ptl, *src_ptl;
		pte_t *to;

		next = ALIGN_DOWN(addr, span) + span;
		if (next > src->vm_end || next < addr)
			next = src->vm_end;
		if (c.level)
			continue;
		to = pte_alloc_map_lock(dst->vm_mm, addr, &dst_ptl);
		if (!to)
			return -ENOMEM;
		src_ptl = pte_lockptr(c.ptep);
		spin_lock_nested(src_ptl);
		copy_entries(dst, to, c.ptep, addr, next);
		spin_unlock(src_ptl);
		pte_unmap_unlock(to, dst_ptl);
	}
	return 0;
}
