/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vma_tree.h - the index of areas by address: what mm/space asks of it.
 *
 * Behind this header sits one design, mm/space/vma_tree.c (a red-black tree that
 * knows the largest hole below each node); a rival needs to offer only these,
 * and find_vma() of vma.h.
 *
 * Context of all: mmap_lock held for writing, except the searches.
 */
#ifndef LINUX_LITE_VMA_TREE_H
#define LINUX_LITE_VMA_TREE_H

#include <linux-lite/mm_struct.h>

/* Put an area that overlaps no other into the index and the list. */
void vma_tree_insert(struct mm_struct *mm, struct vm_area_struct *vma);
void vma_tree_erase(struct mm_struct *mm, struct vm_area_struct *vma);
/* vm_start or vm_end of @vma moved, without passing a neighbour. */
void vma_tree_moved(struct mm_struct *mm, struct vm_area_struct *vma);

/* Holes of at least len bytes in [low, high): the highest, or the lowest. 0: none. */
unsigned long vma_tree_gap_below(struct mm_struct *mm, unsigned long len_bytes,
				 unsigned long low, unsigned long high);
unsigned long vma_tree_gap_above(struct mm_struct *mm, unsigned long len_bytes,
				 unsigned long low, unsigned long high);

/* Bytes kept free below a stack: Linux's 256 pages, which no array index jumps over. */
#define STACK_GUARD_GAP	(256UL << PAGE_SHIFT)

/* Where the hole before an area ends: a stack keeps its guard gap free. */
static inline unsigned long vm_start_gap(const struct vm_area_struct *vma)
{
	unsigned long start = vma->vm_start;

	if (vma->vm_flags & VM_GROWSDOWN)
		start -= start > STACK_GUARD_GAP ? STACK_GUARD_GAP : start;
	return start;
}

/* Walk invariants I1, I2, I4 and the index's own. Context: mmap_lock. */
void vma_tree_check(struct mm_struct *mm);

#endif
