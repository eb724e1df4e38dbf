// SPDX-License-Identifier: GPL-2.0-only
/*
 * mmu_gather_test.c - mm/table/mmu_gather.c: references, batches, the range to flush, and that nothing is
 * given back before the flush.
 *
 * Whether callers note each entry is not asked here: tlbflush_test.c asks the harts' TLBs,
 * which keep every entry they may.
 */
#include "suite.h"

#include <string.h>

#include <asm/host.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/mmu_gather.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/pcp.h>
#include <linux-lite/table_page.h>
#include <linux-lite/vmstat.h>

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

/* What is gathered, and how often the harts were told to forget all or part of mm. */
static struct page *gathered_page;
static long nr_tables;
static unsigned int nr_fences, nr_fences_of_all;

static void at_fence(struct mm_struct *fenced, unsigned long start, unsigned long end)
{
	ck_assert_ptr_eq(fenced, &mm);
	if (gathered_page)
		ck_assert_int_eq(page_ref_count(gathered_page), 1);
	ck_assert_int_eq(global_node_page_state(NR_PAGETABLE), nr_tables);
	nr_fences++;
	nr_fences_of_all += !start && end == ~0UL;
}

static void watch(struct page *page)
{
	gathered_page = page;
	nr_tables = global_node_page_state(NR_PAGETABLE);
	host_watch_fences(at_fence);
}

/* I1: when the harts are told to forget the translation, the frame is still nobody else's. */
START_TEST(a_page_is_given_back_after_the_fence)
{
	struct page *page = alloc_page(GFP_KERNEL);
	struct mmu_gather tlb;

	watch(page);
	tlb_gather_mmu(&tlb, &mm);
	tlb_flush_entry(&tlb, 0x5000);
	tlb_remove_page(&tlb, page);
	ck_assert_uint_eq(nr_fences, 0);
	tlb_finish_mmu(&tlb);
	ck_assert_uint_eq(nr_fences, 1);
	ck_assert_int_eq(page_ref_count(page), 0);
}
END_TEST

/* I1, I2; also at the mm's end. */
START_TEST(a_table_is_given_back_after_a_fence_of_all)
{
	struct page *table = table_page_alloc(GFP_KERNEL);
	struct mmu_gather tlb;

	watch(NULL);
	if (_i)
		tlb_gather_mmu_fullmm(&tlb, &mm);
	else
		tlb_gather_mmu(&tlb, &mm);
	tlb_flush_entry(&tlb, 0x5000);
	tlb_remove_table(&tlb, table);
	tlb_finish_mmu(&tlb);
	ck_assert_uint_eq(nr_fences, 1);
	ck_assert_uint_eq(nr_fences_of_all, 1);
	ck_assert_int_eq(global_node_page_state(NR_PAGETABLE), nr_tables - 1);
}
END_TEST

/* I3: pages do not wait; one fence of all when everything is gone. */
START_TEST(the_end_of_an_mm_is_one_fence)
{
	struct mmu_gather tlb;

	watch(NULL);
	tlb_gather_mmu_fullmm(&tlb, &mm);
	for (unsigned int i = 0; i < 3 * MMU_GATHER_BATCH; i++) {
		tlb_flush_entry(&tlb, i * PAGE_SIZE);
		tlb_remove_page(&tlb, alloc_page(GFP_KERNEL));
	}
	ck_assert_uint_eq(nr_fences, 0);
	tlb_finish_mmu(&tlb);
	ck_assert_uint_eq(nr_fences, 1);
	ck_assert_uint_eq(nr_fences_of_all, 1);
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
	tcase_add_test(tc, a_page_is_given_back_after_the_fence);
	tcase_add_loop_test(tc, a_table_is_given_back_after_a_fence_of_all, 0, 2);
	tcase_add_test(tc, the_end_of_an_mm_is_one_fence);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(mmu_gather_suite);
