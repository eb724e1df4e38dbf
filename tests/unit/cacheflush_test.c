// SPDX-License-Identifier: GPL-2.0-only
/*
 * cacheflush_test.c - user code never runs what a frame held before (asm/cacheflush.h).
 *
 * The simulated harts fetch from a cache of instructions that forgets nothing by itself
 * (arch/host/icache.c). So: fetch from some frames, give them back, let the kernel put other
 * instructions there in each of the ways it can, and fetch again.
 */
#include "suite.h"
#include <asm/cacheflush.h>
#include <asm/host.h>
#include <linux-lite/err.h>
#include <linux-lite/mman.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/rmap.h>

#define BASE		0x10000000UL
#define OBJECT		0x20000000UL
#define ELSEWHERE	0x30000000UL
#define PAGES	32u
#define RW	(PROT_READ | PROT_WRITE)
#define RX	(PROT_READ | PROT_EXEC)
#define OLD	0x01010101u
#define NEW	0x02020202u

static struct mm_struct *mm;
static unsigned long old_frames[PAGES];

/* @object: an area whose object is mapped again, or NULL for anonymous memory. */
static void map(unsigned long addr, unsigned long prot, unsigned long flags,
		struct vm_area_struct *object)
{
	struct mmap_request req = {
		.addr = addr, .len_bytes = PAGES * PAGE_SIZE, .prot = prot,
		.flags = MAP_FIXED | flags | (object ? 0 : MAP_ANONYMOUS),
		.may_flags = VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC,
		.mapping = object ? object->vm_mapping : NULL,
		.vm_ops = object ? object->vm_ops : NULL,
		.rlimit_as = ~0UL, .rlimit_data = ~0UL, .rlimit_memlock = ~0UL,
	};

	ck_assert_uint_eq(do_mmap(mm, &req), addr);
}

static unsigned long frame_of(unsigned long addr)
{
	return pte_pfn(ptep_get(pt_walk(mm->pgd, addr).ptep));
}

static void store_all(unsigned long addr, u32 insn)
{
	for (unsigned int i = 0; i < PAGES; i++)
		ck_assert_int_eq(host_store(addr + i * PAGE_SIZE, 4, insn), 0);
}

static u32 fetch(unsigned long addr)
{
	u32 insn;

	ck_assert_int_eq(host_fetch(addr, &insn), 0);
	return insn;
}

static void boot(void)
{
	host_boot(NULL);
	mm = mm_alloc();
	ck_assert_ptr_nonnull(mm);
	host_use_mm(mm);
}

/* From now on there are free frames from which this hart has fetched OLD. */
static void leave_old_frames(void)
{
	map(ELSEWHERE, RW | RX, MAP_PRIVATE, NULL);
	store_all(ELSEWHERE, OLD);
	for (unsigned int i = 0; i < PAGES; i++) {
		ck_assert_uint_eq(fetch(ELSEWHERE + i * PAGE_SIZE), OLD);
		old_frames[i] = frame_of(ELSEWHERE + i * PAGE_SIZE);
	}
	ck_assert_int_eq(do_munmap(mm, ELSEWHERE, PAGES * PAGE_SIZE), 0);
}

/* All of them hold NEW; and some are in old frames, or this has shown nothing. */
static void expect_new(unsigned long addr)
{
	unsigned int reused = 0;

	for (unsigned int i = 0; i < PAGES; i++) {
		ck_assert_uint_eq(fetch(addr + i * PAGE_SIZE), NEW);
		for (unsigned int j = 0; j < PAGES; j++)
			reused += frame_of(addr + i * PAGE_SIZE) == old_frames[j];
	}
	ck_assert_uint_gt(reused, 0);
}

static void end(void)
{
	host_use_mm(NULL);
	mmput(mm);
}

/* As a program that is loaded: the kernel fills the object's pages, then they are fetched. */
START_TEST(an_objects_pages)
{
	boot();
	leave_old_frames();
	map(BASE, RW, MAP_SHARED, NULL);
	store_all(BASE, NEW);
	zap_page_range(vma_lookup(mm, BASE), BASE, BASE + PAGES * PAGE_SIZE);
	ck_assert_int_eq(do_mprotect(mm, BASE, PAGES * PAGE_SIZE, RX), 0);
	expect_new(BASE);
	end();
}
END_TEST

START_TEST(pages_that_may_be_run_from_now_on)
{
	boot();
	leave_old_frames();
	map(BASE, RW, MAP_PRIVATE, NULL);
	store_all(BASE, NEW);
	ck_assert_int_eq(do_mprotect(mm, BASE, PAGES * PAGE_SIZE, RX), 0);
	expect_new(BASE);
	end();
}
END_TEST

/* As a breakpoint is set: a store beside NEW, in a page that a child has, too. */
START_TEST(copies)
{
	struct mm_struct *child;

	boot();
	map(BASE, RW | RX, MAP_PRIVATE, NULL);
	store_all(BASE, NEW);
	child = dup_mm(mm);
	ck_assert_ptr_nonnull(child);
	leave_old_frames();
	for (unsigned int i = 0; i < PAGES; i++)
		ck_assert_int_eq(host_store(BASE + i * PAGE_SIZE + 8, 4, 0), 0);
	expect_new(BASE);
	mmput(child);
	end();
}
END_TEST

/* The first store to a private mapping of an object copies at once. */
START_TEST(private_copies_of_an_object)
{
	boot();
	map(OBJECT, RW, MAP_SHARED, NULL);
	store_all(OBJECT, NEW);
	map(BASE, RW | RX, MAP_PRIVATE, vma_lookup(mm, OBJECT));
	leave_old_frames();
	for (unsigned int i = 0; i < PAGES; i++)
		ck_assert_int_eq(host_store(BASE + i * PAGE_SIZE + 8, 4, 0), 0);
	expect_new(BASE);
	end();
}
END_TEST

START_TEST(zeroes)
{
	boot();
	leave_old_frames();
	map(BASE, RW | RX, MAP_PRIVATE, NULL);
	for (unsigned int i = 0; i < PAGES; i++) {
		ck_assert_int_eq(host_store(BASE + i * PAGE_SIZE + 8, 4, NEW), 0);
		ck_assert_uint_eq(fetch(BASE + i * PAGE_SIZE), 0);
	}
	end();
}
END_TEST

/* One fence a page, not one a mapping; and what the kernel writes later is fenced again. */
START_TEST(a_page_is_fenced_once_until_it_is_written)
{
	u32 *insn;

	boot();
	map(BASE, RW | RX, MAP_SHARED, NULL);
	store_all(BASE, OLD);
	ck_assert_uint_eq(fetch(BASE), OLD);
	insn = __va(frame_of(BASE) << PAGE_SHIFT);
	*insn = NEW;
	zap_page_range(vma_lookup(mm, BASE), BASE, BASE + PAGE_SIZE);
	ck_assert_uint_eq(fetch(BASE), OLD);		/* mapped without a fence */
	zap_page_range(vma_lookup(mm, BASE), BASE, BASE + PAGE_SIZE);
	flush_dcache_page(virt_to_page(insn));
	ck_assert_uint_eq(fetch(BASE), NEW);
	end();
}
END_TEST

static Suite *cacheflush_suite(void)
{
	Suite *s = suite_create("cacheflush");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, an_objects_pages);
	tcase_add_test(tc, pages_that_may_be_run_from_now_on);
	tcase_add_test(tc, copies);
	tcase_add_test(tc, private_copies_of_an_object);
	tcase_add_test(tc, zeroes);
	tcase_add_test(tc, a_page_is_fenced_once_until_it_is_written);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(cacheflush_suite);
