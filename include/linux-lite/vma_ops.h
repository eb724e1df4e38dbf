/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vma_ops.h - making, splitting and joining areas. mm/space/vma.c; used by the
 * other files of mm/space only.
 */
#ifndef LINUX_LITE_VMA_OPS_H
#define LINUX_LITE_VMA_OPS_H

#include <linux-lite/mm_struct.h>

void vma_cache_init(void);
struct vm_area_struct *vma_alloc(struct mm_struct *mm);
/* A copy with its own reference to the file, not linked anywhere; NULL: no memory. */
struct vm_area_struct *vma_dup(const struct vm_area_struct *vma);
/* Drop the reference to the file and the struct; not linked any more. */
void vma_free(struct vm_area_struct *vma);

/* Into (out of) the index, the object's list of mappings, and the counts. */
void vma_link(struct mm_struct *mm, struct vm_area_struct *vma);
void vma_unlink(struct mm_struct *mm, struct vm_area_struct *vma);
/* Move the ends of a linked area; vm_pgoff follows vm_start. */
void vma_resize(struct vm_area_struct *vma, unsigned long start, unsigned long end);

/* Make sure that areas begin at @start and end at @end, where they meet them. 0 or -ENOMEM. */
int vma_split_range(struct mm_struct *mm, unsigned long start, unsigned long end);

/* Join @vma with the neighbours it is one with (I3). Return: the joined area. */
struct vm_area_struct *vma_merge(struct vm_area_struct *vma);

/* Change the flags of a whole area, keeping the counts and vm_page_prot true. */
void vma_set_flags(struct vm_area_struct *vma, unsigned long vm_flags);

/* All invariants of vma.h, and the counts (I5). */
void vma_check(struct mm_struct *mm);

/* --- mm/space/limits.c --- */
/* Would @nr_pages more break RLIMIT_AS, or for private writable ones RLIMIT_DATA? */
bool may_expand_vm(struct mm_struct *mm, unsigned long vm_flags, unsigned long nr_pages,
		   unsigned long rlimit_as, unsigned long rlimit_data);
/* Would @nr_pages more of such an area break RLIMIT_MEMLOCK? Only locked ones can. */
bool mlock_future_ok(struct mm_struct *mm, unsigned long vm_flags, unsigned long nr_pages,
		     unsigned long rlimit_memlock);

/* --- mm/space/munmap.c --- */
/* With mmap_lock held for writing; [start, end) page aligned. 0, -ENOMEM. */
int unmap_range_locked(struct mm_struct *mm, unsigned long start, unsigned long end);
void exit_mmap(struct mm_struct *mm);

/* --- mm/space/mm_struct.c --- */
struct mm_struct *mm_copy_empty(const struct mm_struct *old);

/* --- mm/space/layout.c --- */
/* Return: a free address, or -errno. */
unsigned long get_unmapped_area(struct mm_struct *mm, unsigned long addr, unsigned long len_bytes,
				unsigned long flags);

/* --- mm/space/dup_pages.c --- */
int copy_page_range(struct vm_area_struct *dst, struct vm_area_struct *src);

/* Private, writable, not a stack: Linux's "data". */
static inline bool is_data_mapping(unsigned long vm_flags)
{
	return (vm_flags & (VM_WRITE | VM_SHARED | VM_GROWSDOWN)) == VM_WRITE;
}

#endif
