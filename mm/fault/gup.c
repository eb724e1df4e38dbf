// SPDX-License-Identifier: GPL-2.0-only
/*
 * gup.c - getting at user pages without a user access: another task's memory
 * (/proc/PID/cmdline, exec's new stack), and pages faulted in ahead of time.
 *
 *	for each page: present with the right we need?  take a reference under the
 *	table's lock;  else fault it in like an access would, and look again
 *
 * Locks: mmap_lock for reading. Linux: mm/gup.c.
 */
#include <linux-lite/err.h>
#include <linux-lite/fault.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/sched.h>
#include <linux-lite/string.h>

/* The page behind @addr if its entry suffices, with a reference; else NULL. */
static struct page *follow_page(struct vm_area_struct *vma, unsigned long addr, bool write)
{
	struct page *page = NULL;
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(vma->vm_mm, addr, &ptl), e;

	if (!pte)
		return NULL;
	e = ptep_get(pte);
	if (pte_present(e) && (!write || pte_write(e)) && !(vma->vm_flags & VM_PFNMAP)) {
		page = pfn_to_page(pte_pfn(e));
		get_page(page);
	}
	pte_unmap_unlock(pte, ptl);
	return page;
}

/* One page, faulted in if needed. ERR_PTR(-EFAULT or -ENOMEM). */
static struct page *get_one_page(struct mm_struct *mm, unsigned long addr, bool write)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);
	unsigned int flags = FAULT_FLAG_REMOTE | (write ? FAULT_FLAG_WRITE : 0);

	if (!vma)
		return ERR_PTR(-EFAULT);
	for (;;) {
		struct page *page = follow_page(vma, addr, write);

		if (page)
			return page;
		if (vma->vm_flags & VM_PFNMAP)
			return ERR_PTR(-EFAULT);
		switch (handle_mm_fault(vma, addr, flags)) {
		case FAULT_DONE:
		case FAULT_MAJOR:
			break;
		case FAULT_OOM:
			return ERR_PTR(-ENOMEM);
		case FAULT_SIGBUS:
		case FAULT_SIGSEGV:
			return ERR_PTR(-EFAULT);
		}
	}
}

long get_user_pages_remote(struct mm_struct *mm, unsigned long start, unsigned long nr_pages,
			   bool write, struct page **pages)
{
	unsigned long i;

	for (i = 0; i < nr_pages; i++) {
		pages[i] = get_one_page(mm, start + (i << PAGE_SHIFT), write);
		if (IS_ERR(pages[i]))
			return i ? (long)i : PTR_ERR(pages[i]);
	}
	return nr_pages;
}

/**
 * access_remote_vm - copy to or from an address space that need not be current's
 * @mm: the caller holds a user of it
 * @addr: any alignment
 * @buf: kernel memory
 * @len: bytes
 * @write: into @mm
 *
 * Context: may sleep; takes mmap_lock for reading.
 * Return: bytes copied; short when it met a place that cannot be accessed.
 */
int access_remote_vm(struct mm_struct *mm, unsigned long addr, void *buf, int len, bool write)
{
	int done = 0;

	mmap_read_lock(mm);
	while (done < len) {
		int offset = addr & ~PAGE_MASK;
		int n = min(len - done, (int)PAGE_SIZE - offset);
		struct page *page = get_one_page(mm, addr & PAGE_MASK, write);
		char *at;

		if (IS_ERR(page))
			break;
		at = (char *)page_address(page) + offset;
		if (write)
			memcpy(at, (char *)buf + done, n);
		else
			memcpy((char *)buf + done, at, n);
		put_page(page);
		done += n;
		addr += n;
	}
	mmap_read_unlock(mm);
	return done;
}

/* Touch every page; an area without all of the rights @must is -EINVAL. */
static int populate_range(struct mm_struct *mm, unsigned long start, unsigned long len_bytes,
			  bool write, unsigned long must)
{
	unsigned long addr, end = start + len_bytes;
	int err = 0;

	mmap_read_lock(mm);
	for (addr = start; addr < end && !err; addr += PAGE_SIZE) {
		struct vm_area_struct *vma = vma_lookup(mm, addr);
		struct page *page;

		if (!vma) {
			err = -ENOMEM;
			break;
		}
		if ((vma->vm_flags & must) != must || (must && (vma->vm_flags & VM_PFNMAP))) {
			err = -EINVAL;
			break;
		}
		if (fatal_signal_pending(current)) {	/* it may be much, and nobody wants it */
			err = -EINTR;
			break;
		}
		page = get_one_page(mm, addr, write && (vma->vm_flags & VM_WRITE));
		if (IS_ERR(page))
			err = PTR_ERR(page);
		else
			put_page(page);
	}
	mmap_read_unlock(mm);
	return err;
}

/**
 * mm_populate - touch every page of a range, as MAP_POPULATE and mlock want
 * @mm: address space
 * @start: page aligned
 * @len_bytes: page aligned
 * @write: as a write would, where the area is private and writable
 *
 * Context: may sleep; takes mmap_lock for reading.
 * Return: 0; -ENOMEM for a hole or a lack of memory; -EFAULT; -EINTR: current is killed.
 */
int mm_populate(struct mm_struct *mm, unsigned long start, unsigned long len_bytes, bool write)
{
	return populate_range(mm, start, len_bytes, write, 0);
}

/**
 * madvise_populate - touch every page of a range, as MADV_POPULATE_READ and _WRITE want
 * @mm: address space
 * @start: page aligned
 * @len_bytes: page aligned
 * @write: MADV_POPULATE_WRITE
 *
 * Unlike mm_populate() it does not make do with less: who asks for writable pages
 * gets them or hears why not.
 *
 * Context: may sleep; takes mmap_lock for reading.
 * Return: as mm_populate(), or -EINVAL for an area without the right, or of a device.
 */
int madvise_populate(struct mm_struct *mm, unsigned long start, unsigned long len_bytes,
		     bool write)
{
	return populate_range(mm, start, len_bytes, write, write ? VM_WRITE : VM_READ);
}
