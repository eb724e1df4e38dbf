// SPDX-License-Identifier: GPL-2.0-only
/*
 * rmap.c - who maps the pages of an object, found through its list of areas.
 *
 *	address_space
 *	   i_mmap --> vma (process A) --> vma (process B) --> ...
 *	              pages 0..9          pages 4..5
 *
 *	page i is mapped by area v at v->vm_start + (i - v->vm_pgoff) * PAGE_SIZE,
 *	if i lies in [v->vm_pgoff, v->vm_pgoff + vma_pages(v)).
 *
 * The list is walked with i_mmap_rwsem for reading, which keeps areas from being
 * resized or unlinked, and so their page tables from being freed (munmap unlinks
 * an area before it frees its tables). mmap_lock is not needed, and could not be
 * taken here: it comes first in the order of locks.
 *
 * Linux keeps the areas in an interval tree, so that a library mapped by
 * thousands does not make truncation of one page slow; a list does here.
 */
#include <linux-lite/kernel.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/rmap.h>

void unmap_mapping_pages(struct address_space *mapping, pgoff_t first, unsigned long nr_pages)
{
	pgoff_t last = nr_pages > ~0UL - first ? ~0UL : first + nr_pages;
	struct vm_area_struct *vma;

	down_read(&mapping->i_mmap_rwsem);
	list_for_each_entry(vma, &mapping->i_mmap, i_mmap_node) {
		pgoff_t from = max(first, vma->vm_pgoff);
		pgoff_t to = min(last, vma->vm_pgoff + vma_pages(vma));

		if (from < to)
			zap_page_range(vma, vma->vm_start + ((from - vma->vm_pgoff) << PAGE_SHIFT),
				       vma->vm_start + ((to - vma->vm_pgoff) << PAGE_SHIFT));
	}
	up_read(&mapping->i_mmap_rwsem);
}
