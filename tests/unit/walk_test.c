// SPDX-License-Identifier: GPL-2.0-only
/*
 * walk_test.c - mm/table/walk.c, table_page.c and kernel_map.c with 3, 4 and 5 levels.
 *
 * Entries are written directly: no areas, no faults. mm is an address space with a root only.
 */
#include "suite.h"

#include <asm/host.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/mmu_gather.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/pcp.h>
#include <linux-lite/table_page.h>
#include <linux-lite/vmstat.h>

static struct mm_struct mm;

static void boot(int levels)
{
	host_boot(&(struct host_config){ .levels = levels });
	spin_lock_init(&mm.page_table_lock, RANK_MM);
	mm.task_size = TASK_SIZE;
	mm.pgd = pgd_alloc(&mm);
	ck_assert_ptr_nonnull(mm.pgd);
}

/* Map one page at @addr: the entry says which. */
static void set_entry(unsigned long addr, unsigned long pfn)
{
	spinlock_t *ptl;
	pte_t *pte = pte_alloc_map_lock(&mm, addr, &ptl);

	ck_assert_ptr_nonnull(pte);
	ck_assert(spin_is_locked(ptl));
	set_pte(pte, pfn_pte(pfn, PAGE_KERNEL));
	pte_unmap_unlock(pte, ptl);
}

static void clear_entry(unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(&mm, addr, &ptl);

	ck_assert_ptr_nonnull(pte);
	set_pte(pte, __pte(0));
	pte_unmap_unlock(pte, ptl);
}

static void free_tables(unsigned long start, unsigned long end, unsigned long floor,
			unsigned long ceiling)
{
	struct mmu_gather tlb;

	tlb_gather_mmu(&tlb, &mm);
	free_pgtables(&tlb, start, end, floor, ceiling);
	tlb_finish_mmu(&tlb);
}

static long nr_tables(void)
{
	return atomic_long_read(&mm.pgtables_bytes) / PAGE_SIZE;
}

START_TEST(walk_ends_where_the_tables_do)
{
	unsigned long addr = 0x12345000;
	struct pt_cursor c;

	boot(_i);
	c = pt_walk(mm.pgd, addr);
	ck_assert_uint_eq(c.level, _i - 1);
	ck_assert_ptr_eq(c.ptep, mm.pgd + level_index(addr, _i - 1));
	ck_assert_ptr_null(pte_offset_map_lock(&mm, addr, &(spinlock_t *){ NULL }));
	set_entry(addr, 0x80123);
	c = pt_walk(mm.pgd, addr);
	ck_assert_uint_eq(c.level, 0);
	ck_assert_uint_eq(pte_pfn(ptep_get(c.ptep)), 0x80123);
	ck_assert(pte_none(ptep_get(c.ptep + 1)));
	ck_assert_int_eq(nr_tables(), _i);
	ck_assert_int_eq(virt_to_page(c.ptep)->state, PGS_TABLE);
	/* A leaf higher up ends the walk there. */
	c = pt_walk(mm.pgd, addr + PMD_SIZE);
	ck_assert_uint_eq(c.level, 1);
	set_pte(c.ptep, pfn_pte(0x80200, PAGE_KERNEL));
	c = pt_walk(mm.pgd, addr + PMD_SIZE + 0x5000);
	ck_assert_uint_eq(c.level, 1);
	ck_assert(pte_leaf(ptep_get(c.ptep)));
}
END_TEST

START_TEST(far_addresses_do_not_alias)
{
	boot(_i);
	for (unsigned int bit = PAGE_SHIFT; bit < PAGE_SHIFT + 9u * _i - 1; bit++)
		set_entry(1UL << bit, 0x80000 + bit);
	set_entry(0, 0x90000);
	set_entry(TASK_SIZE - PAGE_SIZE, 0x90001);
	for (unsigned int bit = PAGE_SHIFT; bit < PAGE_SHIFT + 9u * _i - 1; bit++)
		ck_assert_uint_eq(pte_pfn(ptep_get(pt_walk(mm.pgd, 1UL << bit).ptep)),
				  0x80000 + bit);
	ck_assert_uint_eq(pte_pfn(ptep_get(pt_walk(mm.pgd, 0).ptep)), 0x90000);
	ck_assert_uint_eq(pte_pfn(ptep_get(pt_walk(mm.pgd, TASK_SIZE - 1).ptep)), 0x90001);
}
END_TEST

START_TEST(tables_go_only_if_nobody_else_needs_them)
{
	unsigned long a = GiB(1) + MiB(2), b = a + MiB(2), c = GiB(5);

	boot(_i);
	set_entry(a, 0x80000);
	set_entry(a + PAGE_SIZE, 0x80001);
	set_entry(b, 0x80002);
	set_entry(c, 0x80003);
	ck_assert_int_eq(nr_tables(), _i + 3);
	/* A neighbour at a + PAGE_SIZE is in the same leaf table. */
	clear_entry(a);
	free_tables(a, a + PAGE_SIZE, 0, a + PAGE_SIZE);
	ck_assert_int_eq(nr_tables(), _i + 3);
	/* Now the leaf table goes; b's stays, and so does what is above both. */
	clear_entry(a + PAGE_SIZE);
	free_tables(a + PAGE_SIZE, a + 2 * PAGE_SIZE, 0, b);
	ck_assert_int_eq(nr_tables(), _i + 2);
	ck_assert_uint_eq(pte_pfn(ptep_get(pt_walk(mm.pgd, b).ptep)), 0x80002);
	ck_assert_uint_eq(pt_walk(mm.pgd, a).level, 1);
	/* b's leaf table and the 1 GiB above it. */
	clear_entry(b);
	free_tables(b, b + PAGE_SIZE, 0, c);
	ck_assert_int_eq(nr_tables(), _i);
	ck_assert_uint_eq(pte_pfn(ptep_get(pt_walk(mm.pgd, c).ptep)), 0x80003);
	clear_entry(c);
	free_tables(c, c + PAGE_SIZE, 0, TASK_SIZE);
	ck_assert_int_eq(nr_tables(), 1);
	pgd_free(&mm, mm.pgd);
	ck_assert_int_eq(nr_tables(), 0);
}
END_TEST

START_TEST(random_entries_leave_no_table_behind)
{
	unsigned long addr[300], before;
	uint64_t rng = test_seed();

	boot(_i);
	before = global_node_page_state(NR_PAGETABLE);
	for (int i = 0; i < 300; i++) {
		unsigned int bits = PAGE_SHIFT + 1 + test_random(&rng) % (9 * _i - 2);

		addr[i] = test_random(&rng) & ((1UL << bits) - 1) & PAGE_MASK;
		if (addr[i] >= TASK_SIZE)
			addr[i] = TASK_SIZE - PAGE_SIZE;
		set_entry(addr[i], 0x80000 + i);
	}
	ck_assert_uint_eq(global_node_page_state(NR_PAGETABLE), before + nr_tables() - 1);
	for (int i = 0; i < 300; i++)
		clear_entry(addr[i]);
	free_tables(0, TASK_SIZE, 0, TASK_SIZE);
	ck_assert_int_eq(nr_tables(), 1);
	ck_assert_uint_eq(global_node_page_state(NR_PAGETABLE), before);
}
END_TEST

START_TEST(roots_share_the_kernel_s_half)
{
	unsigned int first = _i == 3 ? 256 : 511;
	struct mm_struct other = { .task_size = TASK_SIZE };

	boot(_i);
	swapper_pg_dir[511] = __pte(0x1234 << 10 | 1);
	other.pgd = pgd_alloc(&other);
	for (unsigned int i = 0; i < PTRS_PER_TABLE; i++)
		ck_assert_uint_eq(other.pgd[i].val, i < first ? 0 : swapper_pg_dir[i].val);
	pgd_free(&other, other.pgd);
	/* The same page again, perhaps: nothing of the last user may be in it. */
	swapper_pg_dir[511] = __pte(0);
	other.pgd = pgd_alloc(&other);
	for (unsigned int i = 0; i < first; i++)
		ck_assert_uint_eq(other.pgd[i].val, 0);
}
END_TEST

START_TEST(kept_tables_are_empty_and_can_be_drained)
{
	struct page *tables[40];
	unsigned long before;

	boot(3);
	table_page_drain();
	drain_all_pages();
	before = nr_free_pages();
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 40; i++) {
			unsigned long *t;

			tables[i] = table_page_alloc(GFP_KERNEL);
			t = page_address(tables[i]);
			for (int j = 0; j < 512; j++)
				ck_assert_uint_eq(t[j], 0);
		}
		for (int i = 0; i < 40; i++)
			table_page_free(tables[i]);
	}
	ck_assert_uint_eq(before - nr_free_pages(), 24);
	ck_assert_uint_eq(table_page_drain(), 24);
	ck_assert_uint_eq(nr_free_pages(), before);
}
END_TEST

/* ---- kernel_map.c --------------------------------------------------------------------- */

START_TEST(kernel_ranges_use_the_largest_leaves)
{
	unsigned long va = 3UL << 30;	/* any address: the tables do not care */
	phys_addr_t pa = 5UL << 30;
	static const struct { unsigned long offset; unsigned int level; } want[] = {
		{ 0, 0 }, { MiB(2) - PAGE_SIZE, 0 }, { MiB(2), 1 }, { GiB(1) - 1, 1 },
		{ GiB(1), 2 }, { GiB(2) - 1, 2 }, { GiB(2), 1 }, { GiB(2) + MiB(2), 0 },
	};

	boot(_i);
	/* From one page above a 1 GiB border to one page beyond 2 GiB + 2 MiB. */
	ck_assert_int_eq(map_kernel_range(va + PAGE_SIZE, pa + PAGE_SIZE,
					  GiB(2) + MiB(2), PAGE_KERNEL), 0);
	ck_assert(pte_none(ptep_get(pt_walk(swapper_pg_dir, va).ptep)));
	for (unsigned int i = 1; i < ARRAY_SIZE(want); i++) {
		struct pt_cursor c = pt_walk(swapper_pg_dir, va + want[i].offset);

		ck_assert_uint_eq(c.level, want[i].level);
		ck_assert(pte_leaf(ptep_get(c.ptep)));
		ck_assert_uint_eq(pte_pfn(ptep_get(c.ptep)) << PAGE_SHIFT,
				  ALIGN_DOWN(pa + want[i].offset, level_size(c.level)));
	}
	ck_assert(!pte_present(ptep_get(pt_walk(swapper_pg_dir, va + GiB(2) + MiB(2) +
						PAGE_SIZE).ptep)));
	unmap_kernel_range(va + PAGE_SIZE, GiB(2) + MiB(2));
	for (unsigned int i = 0; i < ARRAY_SIZE(want); i++)
		ck_assert(!pte_present(ptep_get(pt_walk(swapper_pg_dir, va + want[i].offset).ptep)));
	/* And again: an empty lowest table gives its place to a leaf. */
	ck_assert_int_eq(map_kernel_range(va, pa, MiB(4), PAGE_KERNEL_RO), 0);
	ck_assert_uint_eq(pt_walk(swapper_pg_dir, va).level, 1);
	ck_assert(!pte_write(ptep_get(pt_walk(swapper_pg_dir, va + MiB(2)).ptep)));
}
END_TEST

static Suite *walk_suite(void)
{
	Suite *s = suite_create("walk");
	TCase *tc = tcase_create("core");

	tcase_add_loop_test(tc, walk_ends_where_the_tables_do, 3, 6);
	tcase_add_loop_test(tc, far_addresses_do_not_alias, 3, 6);
	tcase_add_loop_test(tc, tables_go_only_if_nobody_else_needs_them, 3, 6);
	tcase_add_loop_test(tc, random_entries_leave_no_table_behind, 3, 6);
	tcase_add_loop_test(tc, roots_share_the_kernel_s_half, 3, 6);
	tcase_add_test(tc, kept_tables_are_empty_and_can_be_drained);
	tcase_add_loop_test(tc, kernel_ranges_use_the_largest_leaves, 3, 6);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(walk_suite);
