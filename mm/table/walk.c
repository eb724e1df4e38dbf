// SPDX-License-Identifier: GPL-2.0-only
/*
 * walk.c - from an address to its page-table entry, and the tables on the way.
 *
 *	mm->pgd
 *	  |  level_index(addr, 4)     Sv57 only; a walk begins at pgtable_levels - 1
 *	  v
 *	[table] --3--> [table] --2--> [table] --1--> [leaf table] --0--> entry: 4 KiB
 *	                                |                                 ^ page->ptl
 *	                                +--> leaf at level 1: 2 MiB
 *
 * The hardware does the same walk on each TLB miss; pt_walk() is it in C. One loop indexed
 * by level takes the place of Linux's five names (pgd, p4d, pud, pmd, pte).
 *
 *   I1  a table is a page of state PGS_TABLE; its upper entries point to tables or are 0
 *   I2  an entry of level > 0 in the user's half changes from 0 to a table under
 *       mm->page_table_lock, with mmap_lock held for reading at least; back to 0 only with
 *       mmap_lock held for writing, or at exit. So who holds mmap_lock for reading may
 *       follow upper entries without a lock: what was seen stays.
 *   I3  an entry of level 0 changes under the ptl of its table, except that hardware sets
 *       A and D
 *   I4  the kernel's half of every root is that of swapper_pg_dir, which no longer changes
 *       when the first root is made
 *   I5  mm->pgtables_bytes is the size of all tables of the user's half, and of the root
 *
 * Small cousin of Linux's mm/pgtable-generic.c, mm/memory.c (free_pgd_range, __pte_alloc).
 * Reference: RISC-V Privileged Specification, "Virtual Address Translation Process".
 */
#include <linux-lite/kernel.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/mmu_gather.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/string.h>
#include <linux-lite/table_page.h>

struct pt_cursor pt_walk(pte_t *root, unsigned long addr)
{
	unsigned long level = pgtable_levels - 1ul;
	unsigned int shift = level_shift(level);	/* not worked out each turn */
	pte_t *p = root + ((addr >> shift) & (PTRS_PER_TABLE - 1));

	while (level) {
		pte_t e = ptep_get(p);

		if (!pte_table(e))
			break;
		level--;
		shift -= 9;
		p = pte_to_table(e) + ((addr >> shift) & (PTRS_PER_TABLE - 1));
	}
	return (struct pt_cursor){ p, level };
}

pte_t *pte_offset_map_lock(struct mm_struct *mm, unsigned long addr, spinlock_t **ptlp)
{
	struct pt_cursor c = pt_walk(mm->pgd, addr);

	if (c.level)
		return NULL;
	*ptlp = pte_lockptr(c.ptep);
	spin_lock(*ptlp);
	return c.ptep;
}

/* Make *ptep, an entry of an upper level, point to a table. false: no memory. */
static bool add_table(struct mm_struct *mm, pte_t *ptep)
{
	struct page *table = table_page_alloc(GFP_KERNEL);

	if (!table)
		return false;
	spin_lock(&mm->page_table_lock);
	if (pte_none(ptep_get(ptep))) {
		set_pte(ptep, table_pte(page_to_phys(table)));
		atomic_long_add(PAGE_SIZE, &mm->pgtables_bytes);
		table = NULL;
	}
	spin_unlock(&mm->page_table_lock);
	if (table)		/* another thread of the mm was faster */
		table_page_free(table);
	return true;
}

pte_t *pte_alloc_map_lock(struct mm_struct *mm, unsigned long addr, spinlock_t **ptlp)
{
	struct pt_cursor c = pt_walk(mm->pgd, addr);

	while (unlikely(c.level)) {
		if (!pte_table(ptep_get(c.ptep)) && !add_table(mm, c.ptep))
			return NULL;
		c.level--;
		c.ptep = pte_to_table(ptep_get(c.ptep)) + level_index(addr, c.level);
	}
	*ptlp = pte_lockptr(c.ptep);
	spin_lock(*ptlp);
	return c.ptep;
}

/* The kernel has the last 256 GiB: half of an Sv39 root, the last entry of the others. */
static unsigned int first_kernel_index(void)
{
	return level_index(-(1UL << 38), pgtable_levels - 1);
}

pte_t *pgd_alloc(struct mm_struct *mm)
{
	unsigned int first = first_kernel_index();
	struct page *page = table_page_alloc(GFP_KERNEL);
	pte_t *pgd;

	if (!page)
		return NULL;
	atomic_long_add(PAGE_SIZE, &mm->pgtables_bytes);
	pgd = page_address(page);
	memcpy(pgd + first, swapper_pg_dir + first, (PTRS_PER_TABLE - first) * sizeof(pte_t));
	return pgd;
}

void pgd_free(struct mm_struct *mm, pte_t *pgd)
{
	unsigned int first = first_kernel_index();

	atomic_long_sub(PAGE_SIZE, &mm->pgtables_bytes);
	VM_BUG_ON(atomic_long_read(&mm->pgtables_bytes));
	memset(pgd + first, 0, (PTRS_PER_TABLE - first) * sizeof(pte_t));
	table_page_free(virt_to_page(pgd));
}

/* One call of free_pgtables: [start, end) is unmapped, [floor, ceiling) empty around it. */
struct table_range {
	unsigned long start, end, floor, ceiling;
};

/* Tables below @table, which stands at @level and begins at address @base. */
static void free_below(struct mmu_gather *tlb, pte_t *table, unsigned int level,
		       unsigned long base, const struct table_range *r)
{
	unsigned long size = level_size(level);
	unsigned int i = r->start > base ? (r->start - base) / size : 0;

	for (base += i * size; i < PTRS_PER_TABLE && base < r->end; i++, base += size) {
		pte_t e = ptep_get(table + i);

		if (!pte_table(e))
			continue;
		if (level > 1)
			free_below(tlb, pte_to_table(e), level - 1, base, r);
		if (base < r->floor || base + size > r->ceiling)
			continue;	/* a neighbour has entries in it */
		spin_lock(&tlb->mm->page_table_lock);
		set_pte(table + i, __pte(0));
		spin_unlock(&tlb->mm->page_table_lock);
		atomic_long_sub(PAGE_SIZE, &tlb->mm->pgtables_bytes);
		tlb_remove_table(tlb, virt_to_page(pte_to_table(e)));
	}
}

/**
 * free_pgtables - give back the tables that translated an unmapped range only
 * @tlb: gathers the tables
 * @start: first byte unmapped
 * @end: first byte behind
 * @floor: end of the area below, 0 if none
 * @ceiling: start of the area above, or the end of user space
 *
 * A table goes if all that it spans lies in [floor, ceiling). The last one of user space
 * spans TASK_SIZE and the guard page behind it.
 * Context: mmap_lock held for writing, or the mm's end.
 */
void free_pgtables(struct mmu_gather *tlb, unsigned long start, unsigned long end,
		   unsigned long floor, unsigned long ceiling)
{
	struct table_range r = { start, end, floor, ceiling };

	if (ceiling >= tlb->mm->task_size)
		r.ceiling = TASK_SIZE + PAGE_SIZE;
	free_below(tlb, tlb->mm->pgd, pgtable_levels - 1, 0, &r);
}
