/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fault.h - what a page fault means and how it is mended. mm/fault/.
 *
 *   entry.S -> trap.c -> arch/riscv/mm/fault.c
 *       -> handle_mm_fault            mm/fault/fault.c   which kind is it?
 *            do_anonymous_page        mm/fault/anon.c    first touch
 *            do_wp_page               mm/fault/cow.c     write to a shared frame
 *            do_fault                 mm/fault/file.c    page of an object
 *            do_swap_page             mm/fault/swapin.c  (comes with reclaim)
 *
 * Small cousin of Linux's mm/memory.c.
 */
#ifndef LINUX_LITE_FAULT_H
#define LINUX_LITE_FAULT_H

#include <linux-lite/spinlock.h>
#include <linux-lite/vma.h>

enum fault_flags {
	FAULT_FLAG_WRITE	= 1 << 0,
	FAULT_FLAG_INSTRUCTION	= 1 << 1,
	FAULT_FLAG_USER		= 1 << 2,	/* from user mode, not a user copy */
	FAULT_FLAG_REMOTE	= 1 << 3,	/* another task's memory (gup) */
};

/* How a fault ended. Exactly one; mmap_lock is held as before in every case. */
enum fault_result {
	FAULT_DONE,		/* mended: retry the access; nothing was read from a store */
	FAULT_MAJOR,		/* the same, but a page was read in */
	FAULT_OOM,		/* no memory: the caller lets go of locks and calls the OOM path */
	FAULT_SIGBUS,		/* beyond the end of the object, or its store failed */
	FAULT_SIGSEGV,		/* the area does not allow it */
};

/* One fault's journey: filled once, handed down. */
struct vm_fault {
	struct vm_area_struct *vma;
	unsigned long address;		/* page aligned */
	unsigned int flags;		/* enum fault_flags */
	pte_t *pte;			/* the entry; valid while ptl is held */
	pte_t orig_pte;			/* what it held when first read */
	spinlock_t *ptl;
};

/**
 * handle_mm_fault - mend one page of an area whose rights allow the access
 * @vma: contains @addr; mmap_lock held for reading or writing
 * @addr: the faulting address, any alignment
 * @flags: enum fault_flags
 *
 * Context: may sleep. Locks are as before on return.
 * Return: see enum fault_result.
 */
enum fault_result handle_mm_fault(struct vm_area_struct *vma, unsigned long addr,
				  unsigned int flags);

/**
 * get_user_pages_remote - pin pages of an address space, faulting them in
 *
 * Return: number of pages, may be short; -EFAULT when the first fails.
 * Context: mmap_lock held for reading.
 */
long get_user_pages_remote(struct mm_struct *mm, unsigned long start, unsigned long nr_pages,
			   bool write, struct page **pages);
/* Read or write another task's memory (exec's stack, /proc/PID/cmdline). Bytes done. */
int access_remote_vm(struct mm_struct *mm, unsigned long addr, void *buf, int len, bool write);

/* Fault in [start, start + len), as mlock and MAP_POPULATE want. 0, -ENOMEM, -EFAULT. */
int mm_populate(struct mm_struct *mm, unsigned long start, unsigned long len_bytes, bool write);
int madvise_populate(struct mm_struct *mm, unsigned long start, unsigned long len_bytes,
		     bool write);

#endif
