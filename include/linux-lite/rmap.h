/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rmap.h - from a frame to the entries that map it. mm/backing/rmap.c, zap.c.
 *
 * An object's pages are found through mapping->i_mmap, the list of areas that
 * map it. Anonymous pages carry only their count so far: their chains come with
 * reclaim, which is the first to need them.
 *
 * Small cousin of Linux's include/linux/rmap.h.
 */
#ifndef LINUX_LITE_RMAP_H
#define LINUX_LITE_RMAP_H

#include <linux-lite/mm_struct.h>
#include <linux-lite/page.h>
#include <linux-lite/vmstat.h>

struct mmu_gather;

/* A fresh page becomes anonymous, mapped once. The entry's lock (ptl) is held. */
static inline void page_add_new_anon_rmap(struct page *page, struct vm_area_struct *vma,
					  unsigned long addr)
{
	page->state = PGS_ANON;
	page->mapping = NULL;
	page->index = linear_page_index(vma, addr);
	atomic_set(&page->_mapcount, 1);
	WRITE_ONCE(vma->has_anon, true);
	mod_node_page_state(NR_ANON_MAPPED, 1);
}

/* One more entry maps an anonymous page (fork). The caller holds a reference for it. */
static inline void page_dup_anon_rmap(struct page *page)
{
	atomic_inc(&page->_mapcount);
}

/* One more entry maps a page of an object. The caller holds a reference for it. */
static inline void page_add_file_rmap(struct page *page)
{
	if (atomic_inc_return(&page->_mapcount) == 1)
		mod_node_page_state(NR_FILE_MAPPED, 1);
}

/* Which of the machine's counters a mapped page is in. */
static inline enum node_stat_item mapped_stat_of(const struct page *page)
{
	return page->state == PGS_ANON ? NR_ANON_MAPPED : NR_FILE_MAPPED;
}

/*
 * One entry less. Return: whether it was the last: then the caller takes the page
 * out of mapped_stat_of(), for many pages at once if it can.
 */
static inline bool __must_check page_remove_rmap(struct page *page)
{
	VM_BUG_ON(page_mapcount(page) <= 0);
	return atomic_dec_and_test(&page->_mapcount);
}

/* Which counter of its mm a mapped page is in. */
static inline enum mm_counter mm_counter_of(const struct page *page)
{
	return page->state == PGS_ANON ? MM_ANONPAGES : MM_FILEPAGES;
}

/**
 * unmap_page_range - clear the entries of [start, end) of one area
 * @tlb: gathers what must be flushed and freed
 *
 * Context: mmap_lock held, or i_mmap_rwsem of the area's object.
 */
void unmap_page_range(struct mmu_gather *tlb, struct vm_area_struct *vma,
		      unsigned long start, unsigned long end);

/* The same with its own gather: madvise, truncation. */
void zap_page_range(struct vm_area_struct *vma, unsigned long start, unsigned long end);

/**
 * unmap_mapping_pages - take pages of an object out of every address space
 * @first: first page, in pages of the object
 * @nr_pages: how many; ~0UL: all that follow
 *
 * Private copies go too, as truncate(2) wants.
 * Context: may sleep; takes i_mmap_rwsem.
 */
void unmap_mapping_pages(struct address_space *mapping, pgoff_t first, unsigned long nr_pages);

#endif
