// SPDX-License-Identifier: GPL-2.0-only
/*
 * kernel_map.c - writing the kernel's half of the address space.
 *
 *	boot      direct map, vmemmap, image: 1 GiB and 2 MiB leaves where they fit; tables
 *	          from memblock
 *	later     vmalloc, ioremap, stacks: tables from the page allocator
 *
 * What is mapped is frames in a row, or the frames of an array, which may happen to be in a
 * row: 512 of them from a 2 MiB border at an address on one become one leaf,
 *
 *	level 1  [ ... | table | LEAF, 2 MiB | table | ... ]
 *	                   |                     |
 *	level 0      [4 KiB ...]           [4 KiB ...]
 *
 * and a walk is one table shorter there, and a TLB entry reaches 512 times as far.
 *
 *   I1  a range has one owner, who alone maps and unmaps it (vmap_area.c hands ranges out),
 *       so leaf entries need no lock. Tables are shared by neighbours: a pointer to a new
 *       one is written under kernel_map_lock.
 *   I2  kernel tables are not freed: they are few, and their root entries are copied into
 *       every process (walk.c, I4). But the lowest kind, left empty by small pages, gives
 *       its place to a leaf of 2 MiB (make_room): all it spans is in one range then.
 *   I3  mapping means "was nothing before": over a present entry it is a bug
 *   I4  a leaf is unmapped as a whole: to take a part out of it a table would be needed, and
 *       unmapping must not fail for want of one
 *
 * Small cousin of Linux's mm/vmalloc.c (vmap_range_noflush, vmap_pages_range_noflush) and
 * arch/riscv/mm/init.c.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/bug.h>
#include <linux-lite/kernel.h>
#include <linux-lite/kernel_map.h>
#include <linux-lite/memblock.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/string.h>
#include <linux-lite/table_page.h>
#include <asm/tlbflush.h>

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

/* What goes to @va and behind: frames from @pa on, or those of @pages. */
struct map_source {
	unsigned long va;
	phys_addr_t pa;
	struct page **pages;	/* NULL: pa */
	pgprot_t prot;
};

static phys_addr_t frame_at(const struct map_source *src, unsigned long va)
{
	if (!src->pages)
		return src->pa + (va - src->va);
	return page_to_phys(src->pages[(va - src->va) >> PAGE_SHIFT]);
}

static bool in_a_row(const struct map_source *src, unsigned long va, unsigned long nr)
{
	struct page **pages;

	if (!src->pages)
		return true;
	pages = src->pages + ((va - src->va) >> PAGE_SHIFT);
	for (unsigned long i = 1; i < nr; i++)
		if (pages[i] != pages[0] + i)
			return false;
	return true;
}

/* May [va, end) begin with a leaf of @level? */
static bool leaf_fits(const struct map_source *src, unsigned int level, unsigned long va,
		      unsigned long end)
{
	unsigned long size = level_size(level);

	return level <= MAX_LEAF_LEVEL && IS_ALIGNED(va, size) && end - va >= size &&
	       IS_ALIGNED(frame_at(src, va), size) && in_a_row(src, va, size >> PAGE_SHIFT);
}

/*
 * Can *ptep, at @level, become the leaf of @va? An empty table there goes first (I2); a hart
 * may still hold a pointer to it, which only a flush of everything takes from it.
 */
static bool make_room(pte_t *ptep, unsigned int level, unsigned long va)
{
	pte_t *table;

	if (!pte_table(ptep_get(ptep)))
		return true;
	table = pte_to_table(ptep_get(ptep));
	if (level != 1 || memchr_inv(table, 0, PAGE_SIZE))
		return false;
	set_pte(ptep, __pte(0));
	flush_tlb_kernel_range(va, va + level_size(level));
	table_page_free(virt_to_page(table));
	return true;
}

/* Fill what [va, end) takes of @table, which stands at @level. */
static int map_level(pte_t *table, unsigned int level, unsigned long va, unsigned long end,
		     const struct map_source *src)
{
	pte_t *ptep = table + level_index(va, level);

	for (; va < end; ptep++) {
		unsigned long next = min(ALIGN_DOWN(va, level_size(level)) + level_size(level) - 1,
					 end - 1) + 1;

		if (leaf_fits(src, level, va, end) && make_room(ptep, level, va)) {
			BUG_ON(!pte_none(ptep_get(ptep)));	/* I3 */
			set_pte(ptep, pfn_pte(frame_at(src, va) >> PAGE_SHIFT, src->prot));
		} else {
			pte_t *below = kernel_table_below(ptep);

			if (!below || map_level(below, level - 1, va, next, src))
				return -ENOMEM;
		}
		va = next;
	}
	return 0;
}

int map_kernel_range(unsigned long va, phys_addr_t pa, unsigned long size_bytes, pgprot_t prot)
{
	struct map_source src = { .va = va, .pa = pa, .prot = prot };

	VM_BUG_ON(!IS_ALIGNED(va | pa | size_bytes, PAGE_SIZE));
	return map_level(swapper_pg_dir, pgtable_levels - 1, va, va + size_bytes, &src);
}

int map_kernel_pages(unsigned long va, struct page **pages, unsigned long nr, pgprot_t prot)
{
	struct map_source src = { .va = va, .pages = pages, .prot = prot };

	VM_BUG_ON(!IS_ALIGNED(va, PAGE_SIZE));
	return map_level(swapper_pg_dir, pgtable_levels - 1, va, va + (nr << PAGE_SHIFT), &src);
}

void unmap_kernel_range(unsigned long va, unsigned long size_bytes)
{
	unsigned long start = va, end = va + size_bytes;

	while (va < end) {
		struct pt_cursor c = pt_walk(swapper_pg_dir, va);
		unsigned long size = level_size(c.level);

		/* Along one table while it goes on at this level. */
		do {
			if (pte_leaf(ptep_get(c.ptep))) {
				unsigned long leaf = ALIGN_DOWN(va, size);

				BUG_ON(leaf < start || leaf + size > end);	/* I4 */
				set_pte(c.ptep, __pte(0));
			}
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
