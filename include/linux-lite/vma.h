/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vma.h - one range of an address space with equal rights and equal backing.
 * mm/space/vma.c (the tree and find, split, merge of areas).
 *
 * Invariants (vma_check() walks them):
 *   I1  vm_start < vm_end, both page aligned, within [mmap_min_addr, TASK_SIZE]
 *   I2  areas of one mm do not overlap, and the tree is sorted by address
 *   I3  two neighbours that could be one are one (can_vma_merge)
 *   I4  vm_pgoff grows with the address: page of addr = vm_pgoff + (addr - vm_start) / PAGE_SIZE
 *   I5  mm->total_vm, data_vm, stack_vm, exec_vm equal the sums over the areas
 *
 * All fields are under mm->mmap_lock: reading for a look, writing for a change.
 *
 * Small cousin of Linux's struct vm_area_struct (mm_types.h) and include/linux/mm.h.
 */
#ifndef LINUX_LITE_VMA_H
#define LINUX_LITE_VMA_H

#include <linux-lite/list.h>
#include <linux-lite/rbtree.h>
#include <linux-lite/types.h>
#include <asm/pgtable.h>

struct address_space;
struct file;
struct mm_limits;
struct mm_struct;
struct page;

/* vm_flags: Linux's values. */
#define VM_READ		0x00000001UL
#define VM_WRITE	0x00000002UL
#define VM_EXEC		0x00000004UL
#define VM_SHARED	0x00000008UL
#define VM_MAYREAD	0x00000010UL
#define VM_MAYWRITE	0x00000020UL
#define VM_MAYEXEC	0x00000040UL
#define VM_MAYSHARE	0x00000080UL
#define VM_GROWSDOWN	0x00000100UL
#define VM_PFNMAP	0x00000400UL	/* raw frames, no struct page counted */
#define VM_LOCKED	0x00002000UL
#define VM_DONTCOPY	0x00020000UL
#define VM_DONTEXPAND	0x00040000UL
#define VM_ACCOUNT	0x00100000UL	/* charged against the overcommit limit */
#define VM_NORESERVE	0x00200000UL
#define VM_WIPEONFORK	0x02000000UL
#define VM_DONTDUMP	0x04000000UL
#define VM_ACCESS_FLAGS	(VM_READ | VM_WRITE | VM_EXEC)

struct vm_area_struct {
	/* first cache line: what a fault reads */
	unsigned long vm_start;		/* first byte */
	unsigned long vm_end;		/* first byte after */
	struct mm_struct *vm_mm;
	pgprot_t vm_page_prot;		/* entry bits; no _PAGE_WRITE where COW or dirty tracking */
	unsigned long vm_flags;
	const struct vm_operations_struct *vm_ops;	/* NULL: anonymous */
	pgoff_t vm_pgoff;		/* of vm_start, in the object; anonymous: vm_start's page */
	struct address_space *vm_mapping;	/* the object, NULL: anonymous */

	struct rb_node vm_rb;
	unsigned long rb_subtree_gap;	/* largest hole before an area of this subtree, bytes */
	struct vm_area_struct *vm_prev, *vm_next;
	struct file *vm_file;		/* opaque to mm/: held through vm_ops->open/close */
	struct list_head i_mmap_node;	/* vm_mapping->i_mmap (i_mmap_rwsem) */
	const char *name;		/* a fixed name, or NULL; shown in /proc/PID/maps */
	bool has_anon;			/* may hold private pages: fork must copy its entries */
};

/* The upcalls of an area: filled in by fs/ (files) and the port (vdso page). */
struct vm_operations_struct {
	/* One more / one less area refers to vm_file (mmap, split, fork; unmap, merge). */
	void (*open)(struct vm_area_struct *vma);
	void (*close)(struct vm_area_struct *vma);
	/* Find the page of @pgoff. 0 and *pagep referenced; or -errno: -ENOMEM, else SIGBUS. */
	int (*fault)(struct vm_area_struct *vma, pgoff_t pgoff, struct page **pagep);
	/* MADV_REMOVE of bytes of the object, mmap_lock not held. NULL: the object can't. */
	int (*punch_hole)(struct vm_area_struct *vma, loff_t start, loff_t len_bytes);
};

/* First area with addr < vm_end, or NULL. Context: mmap_lock. */
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr);
/* The area that contains addr, or NULL. Context: mmap_lock. */
struct vm_area_struct *vma_lookup(struct mm_struct *mm, unsigned long addr);
/* First area that meets [start, end), or NULL. */
struct vm_area_struct *find_vma_intersection(struct mm_struct *mm, unsigned long start,
					     unsigned long end);

static inline unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
}

static inline bool vma_is_anonymous(const struct vm_area_struct *vma)
{
	return !vma->vm_ops;
}

static inline pgoff_t linear_page_index(const struct vm_area_struct *vma, unsigned long addr)
{
	return vma->vm_pgoff + ((addr - vma->vm_start) >> PAGE_SHIFT);
}

#define for_each_vma(mm, vma) \
	for ((vma) = (mm)->mmap; (vma); (vma) = (vma)->vm_next)

/* Entry bits for vm_flags (no _PAGE_WRITE for private: COW grants it). */
pgprot_t vm_get_page_prot(unsigned long vm_flags);

/**
 * expand_stack - let an area with VM_GROWSDOWN grow down to cover an address
 * @vma: the area above @addr
 * @addr: below vma->vm_start
 * @limits: what the process may have: stack, address space, locked memory
 *
 * Context: mmap_lock held for writing.
 * Return: 0; -ENOMEM over a limit or into the guard gap of its neighbour; -EFAULT
 * when @vma does not grow.
 */
int expand_stack(struct vm_area_struct *vma, unsigned long addr, const struct mm_limits *limits);

#endif
