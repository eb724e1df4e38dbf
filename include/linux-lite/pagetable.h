/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pagetable.h - walking, growing and freeing the tables of one address space.
 * mm/table/walk.c.
 *
 * Tables are pages of state PGS_TABLE. A leaf table's entries are under its
 * page->ptl (RANK_PTE); pointers from upper levels to lower ones are under
 * mm->page_table_lock (RANK_MM) when they are written. Tables are taken down
 * only with mmap_lock held for writing (or at exit), so a walk that holds
 * mmap_lock for reading may follow them without a lock.
 *
 * Small cousin of Linux's mm/pgtable-generic.c and the pte_alloc family of
 * mm/memory.c.
 */
#ifndef LINUX_LITE_PAGETABLE_H
#define LINUX_LITE_PAGETABLE_H

#include <linux-lite/page.h>
#include <asm/pgtable.h>

struct mm_struct;

/* Where a walk ended: the entry, and the level it stands at. */
struct pt_cursor {
	pte_t *ptep;		/* never NULL after pt_walk */
	unsigned long level;	/* 0: a 4 KiB entry */
};

/**
 * pt_walk - find the entry that translates an address, as the hardware does
 * @root: top-level table
 * @addr: any canonical address
 *
 * Return: the entry at level 0, or higher up the leaf or the empty entry where
 * the walk ends.
 * Context: mmap_lock held for reading at least (user), none for the kernel half.
 */
struct pt_cursor pt_walk(pte_t *root, unsigned long addr);

/* The level-0 entry of @addr and its lock, locked; NULL when there is no table. */
pte_t *pte_offset_map_lock(struct mm_struct *mm, unsigned long addr, spinlock_t **ptlp);
/* The same, allocating what is missing; NULL: no memory. */
pte_t *pte_alloc_map_lock(struct mm_struct *mm, unsigned long addr, spinlock_t **ptlp);
/* The lock of the leaf table that @pte stands in. */
static inline spinlock_t *pte_lockptr(pte_t *pte)
{
	return &virt_to_page(pte)->ptl;
}

static inline void pte_unmap_unlock(pte_t *pte, spinlock_t *ptl)
{
	spin_unlock(ptl);
}

/* A new user root: the kernel's half shared, the user's half empty. NULL: no memory. */
pte_t *pgd_alloc(struct mm_struct *mm);
void pgd_free(struct mm_struct *mm, pte_t *pgd);

struct mmu_gather;
/* Free the tables that lie wholly inside [floor, ceiling) around [start, end). */
void free_pgtables(struct mmu_gather *tlb, unsigned long start, unsigned long end,
		   unsigned long floor, unsigned long ceiling);

/**
 * map_kernel_range - map frames into the kernel's half, largest leaves first
 *
 * Return: 0 or -ENOMEM. Context: may sleep, except in boot (memblock supplies
 * the tables until the page allocator is up).
 */
int __must_check map_kernel_range(unsigned long va, phys_addr_t pa, unsigned long size_bytes,
				  pgprot_t prot);
/* The same for @nr single frames, side by side from @va on. */
int __must_check map_kernel_pages(unsigned long va, struct page **pages, unsigned long nr,
				  pgprot_t prot);
/*
 * Clear [va, va + size), whatever is mapped of it, large leaves as a whole only; the caller
 * flushes (flush_tlb_kernel_range).
 */
void unmap_kernel_range(unsigned long va, unsigned long size_bytes);

#endif
