// SPDX-License-Identifier: GPL-2.0-only
/*
 * mmu_gather_test.c - mm/table/mmu_gather.c: references, batches and the range to flush.
 *
 * Whether a flush came is not asked here: tlbflush_test.c asks the harts' TLBs, which keep
 * every entry they may.
 */
#include "suite.h"

#include <string.h>

#include <asm/host.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/mmu_gather.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/pcp.h>

static struct mm_struct mm;

static void boot(void)
{
	host_boot(&(struct host_config){ .levels = 4 });
	spin_lock_init(&mm.page_table_lock, RANK_MM);
	mm.task_size = TASK_SIZE;
	mm.pgd = pgd_alloc(&mm);
}

START_TEST(references_are_dropped_at_the_flush)
{
	struct page *shared = alloc_page(GFP_KERNEL), *own = alloc_page(GFP_KERNEL);
	struct mmu_gather tlb;
	unsigned long before;

	drain_all_pages();
	before = nr_free_pages();
	get_page(shared);
	tlb_gather_mmu(&tlb, &mm);
	tlb_remove_page(&tlb, shared);
	tlb_remove_page(&tlb, own);
	ck_assert_int_eq(page_ref_count(shared), 2);
	ck_assert_int_eq(page_ref_count(own), 1);
	tlb_finish_mmu(&tlb);
	ck_assert_int_eq(page_ref_count(shared), 1);
	ck_assert_uint_eq(nr_free_pages(), before + 1);
	put_page(shared);
}
END_TEST

START_TEST(many_pages_go_in_batches)
{
	bool fullmm = _i;
	struct mmu_gather tlb;
	unsigned long before;

	drain_all_pages();
	before = nr_free_pages();
	if (fullmm)
		tlb_gather_mmu_fullmm(&tlb, &mm);
	else
		tlb_gather_mmu(&tlb, &mm);
	for (int i = 0; i < 1000; i++) {
		tlb_flush_entry(&tlb, i * PAGE_SIZE);
		tlb_remove_page(&tlb, alloc_page(GFP_KERNEL));
		ck_assert_uint_le(before - nr_free_pages(), MMU_GATHER_BATCH);
	}
	tlb_finish_mmu(&tlb);
	ck_assert_uint_eq(nr_free_pages(), before);
}
END_TEST

START_TEST(range_covers_what_was_noted)
{
	struct mmu_gather tlb;

	tlb_gather_mmu(&tlb, &mm);
	tlb_flush_entry(&tlb, 0x5000);
	tlb_flush_entry(&tlb, 0x3000);
	tlb_flush_entry(&tlb, 0x9000);
	ck_assert_uint_eq(tlb.start, 0x3000);
	ck_assert_uint_eq(tlb.end, 0xa000);
	tlb_flush_mmu(&tlb);
	ck_assert(tlb.start >= tlb.end);
	tlb_finish_mmu(&tlb);
}
END_TEST

static Suite *mmu_gather_suite(void)
{
	Suite *s = suite_create("mmu_gather");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, boot, NULL);
	tcase_add_test(tc, references_are_dropped_at_the_flush);
	tcase_add_loop_test(tc, many_pages_go_in_batches, 0, 2);
	tcase_add_test(tc, range_covers_what_was_noted);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(mmu_gather_suite);
