// SPDX-License-Identifier: GPL-2.0-only
/*
 * kernel_map.c - writing the kernel's half of the address space.
 *
 *	boot      direct map, vmemmap, image: 1 GiB and 2 MiB leaves where they fit; tables
 *	          from memblock
 *	later     vmalloc, ioremap, stacks: tables from the page allocator
 *
 *   I1  a range has one owner, who alone maps and unmaps it (vmap_area.c hands ranges out),
 *       so leaf entries need no lock. Tables are shared by neighbours: a pointer to a new
 *       one is written under kernel_map_lock.
 *   I2  kernel tables are never freed: they are few, and their root entries are copied into
 *       every process (walk.c, I4)
 *   I3  mapping means "was nothing before": over a present entry it is a bug
 *
 * Small cousin of Linux's mm/vmalloc.c (vmap_range_noflush) and arch/riscv/mm/init.c.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/bug.h>
#include <linux-lite/kernel.h>
#include <linux-lite/kernel_map.h>
#include <linux-lite/memblock.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/table_page.h>

#define MAX_LEAF_LEVEL	2u	/* 1 GiB */

static DEFINE_SPINLOCK(kernel_map_lock, RANK_KERNEL_MAP);

/* A zeroed table, from whoever has pages at this time. 0: no memory. */
static phys_addr_t kernel_table_alloc(void)
{
	struct page *page;

	if (!totalram_pages())
		return memblock_phys_alloc(PAGE_SIZE, PAGE_SIZE);
	page = table_page_alloc(GFP_KERNEL);
	return page ? page_to_phys(page) : 0;
}

/* The table that *@ptep points to, made if there is none. NULL: no memory. */
static pte_t *kernel_table_below(pte_t *ptep)
{
	phys_addr_t table;
	unsigned long flags;

	/* Another hart may just have linked the table: its zeroes first. Pairs with set_pte(). */
	if (pte_table(__pte(smp_load_acquire(&ptep->val))))
		return pte_to_table(ptep_get(ptep));
	BUG_ON(pte_present(ptep_get(ptep)));		/* I3 */
	table = kernel_table_alloc();
	if (!table)
		return NULL;
	spin_lock_irqsave(&kernel_map_lock, flags);
	if (pte_none(ptep_get(ptep))) {
		set_pte(ptep, table_pte(table));
		table = 0;
	}
	spin_unlock_irqrestore(&kernel_map_lock, flags);
	if (table)
		table_page_free(phys_to_page(table));
	return pte_to_table(ptep_get(ptep));
}

/* May [va, end) at pa begin with a leaf of @level? */
static bool leaf_fits(unsigned int level, unsigned long va, unsigned long end, phys_addr_t pa)
{
	return level <= MAX_LEAF_LEVEL && IS_ALIGNED(va | pa, level_size(level)) &&
	       end - va >= level_size(level);
}

/* Fill what [va, end) takes of @table, which stands at @level. */
static int map_level(pte_t *table, unsigned int level, unsigned long va, unsigned long end,
		     phys_addr_t pa, pgprot_t prot)
{
	pte_t *ptep = table + level_index(va, level);

	for (; va < end; ptep++) {
		unsigned long next = min(ALIGN_DOWN(va, level_size(level)) + level_size(level) - 1,
					 end - 1) + 1;

		if (leaf_fits(level, va, end, pa) && !pte_table(ptep_get(ptep))) {
			BUG_ON(!pte_none(ptep_get(ptep)));	/* I3 */
			set_pte(ptep, pfn_pte(pa >> PAGE_SHIFT, prot));
		} else {
			pte_t *below = kernel_table_below(ptep);

			if (!below || map_level(below, level - 1, va, next, pa, prot))
				return -ENOMEM;
		}
		pa += next - va;
		va = next;
	}
	return 0;
}

int map_kernel_range(unsigned long va, phys_addr_t pa, unsigned long size_bytes, pgprot_t prot)
{
	VM_BUG_ON(!IS_ALIGNED(va | pa | size_bytes, PAGE_SIZE));
	return map_level(swapper_pg_dir, pgtable_levels - 1, va, va + size_bytes, pa, prot);
}

void unmap_kernel_range(unsigned long va, unsigned long size_bytes)
{
	unsigned long end = va + size_bytes;

	while (va < end) {
		struct pt_cursor c = pt_walk(swapper_pg_dir, va);
		unsigned long size = level_size(c.level);

		/* Along one table while it goes on at this level. */
		do {
			if (pte_leaf(ptep_get(c.ptep)))
				set_pte(c.ptep, __pte(0));
			c.ptep++;
			va = ALIGN_DOWN(va, size) + size;
		} while (va < end && level_index(va, c.level) && !pte_table(ptep_get(c.ptep)));
	}
}

int preallocate_kernel_tables(unsigned long va, unsigned long end)
{
	unsigned int level = pgtable_levels - 1;
	unsigned int last = level_index(end - 1, level);

	/* By index: beyond the root's last entry addresses begin again at 0. */
	for (unsigned int i = level_index(va, level); i <= last; i++)
		if (!kernel_table_below(swapper_pg_dir + i))
			return -ENOMEM;
	return 0;
}
