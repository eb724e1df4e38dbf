// SPDX-License-Identifier: GPL-2.0-only
/*
 * vmalloc_test.c - mm/table/vmalloc.c, vmap_area.c and kernel_stack.c. The addresses are real
 * here: the host maps the simulated frames at them.
 */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <asm/host.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/pcp.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/vmalloc.h>
#include <linux-lite/vmap_area.h>
#include <linux-lite/vmstat.h>

static void boot(void)
{
	host_boot(NULL);
}

static bool is_mapped(const void *addr)
{
	return pte_present(ptep_get(pt_walk(swapper_pg_dir, (unsigned long)addr).ptep));
}

START_TEST(memory_is_there_and_guarded)
{
	unsigned long nr = 0;

	for (unsigned long size = 1; size < 3000000; size = size * 3 + 1, nr++) {
		char *p = vmalloc(size);
		unsigned long pages = (size + PAGE_SIZE - 1) / PAGE_SIZE;

		ck_assert_ptr_nonnull(p);
		ck_assert_uint_eq((uintptr_t)p % PAGE_SIZE, 0);
		memset(p, 0x77, pages * PAGE_SIZE);
		ck_assert(is_mapped(p) && is_mapped(p + pages * PAGE_SIZE - 1));
		ck_assert(!is_mapped(p + pages * PAGE_SIZE));
		/* The tables lead to the page that the bytes are in. */
		struct page *page = pfn_to_page(pte_pfn(ptep_get(
				pt_walk(swapper_pg_dir, (unsigned long)p).ptep)));
		ck_assert_int_eq(*(char *)page_address(page), 0x77);
		ck_assert_int_eq(vmap_area_check(), 0);
	}
	ck_assert_uint_gt(nr, 10);
}
END_TEST

START_TEST(freeing_gives_pages_and_addresses_back)
{
	unsigned long before, used = vmalloc_used_bytes();
	char *p = vmalloc(PAGE_SIZE), *q;

	vfree(p);			/* tables that stay */
	vmap_area_purge();
	drain_all_pages();
	before = nr_free_pages();
	for (int i = 0; i < 20; i++) {
		p = vzalloc(100 * PAGE_SIZE);
		for (unsigned long j = 0; j < 100 * PAGE_SIZE; j += 512)
			ck_assert_int_eq(p[j], 0);
		memset(p, 0xff, 100 * PAGE_SIZE);
		vfree(p);
		ck_assert(!is_mapped(p));
	}
	q = vmalloc(PAGE_SIZE);		/* not at p's address before the purge */
	ck_assert_ptr_ne(p, q);
	vfree(q);
	vmap_area_purge();
	ck_assert_ptr_eq(vmalloc(PAGE_SIZE), (void *)VMALLOC_START);
	vfree((void *)VMALLOC_START);
	ck_assert_uint_eq(vmalloc_used_bytes(), used);
	vfree(NULL);
	/* What is not a page of the areas is slabs for their descriptions: a few. */
	ck_assert_uint_le(before - nr_free_pages(), 32);
}
END_TEST

START_TEST(too_much_is_null_and_leaves_no_trace)
{
	unsigned long before, used = vmalloc_used_bytes();

	ck_assert_ptr_null(vmalloc(0));
	ck_assert_ptr_null(vmalloc(~0UL));
	ck_assert_ptr_null(vmalloc(~0UL << PAGE_SHIFT));
	ck_assert_ptr_null(vmalloc(1UL << 40));
	drain_all_pages();
	before = nr_free_pages();
	/* As much as there is RAM: fails half way, for lack of pages. */
	ck_assert_ptr_null(vmalloc(totalram_pages() << PAGE_SHIFT));
	drain_all_pages();
	ck_assert_uint_eq(vmalloc_used_bytes(), used);
	ck_assert_int_eq(vmap_area_check(), 0);
	/* The tables that it needed stay. */
	ck_assert_uint_le(before - nr_free_pages(), 48);
}
END_TEST

START_TEST(devices_keep_their_offset)
{
	unsigned long *ram = __get_free_page(GFP_KERNEL);
	unsigned long *io = ioremap(__pa(ram) + 0x128, 16);

	ck_assert_uint_eq((uintptr_t)io % PAGE_SIZE, 0x128);
	ram[0x128 / 8] = 0x1234567;
	ck_assert_uint_eq(*io, 0x1234567);
	*io = 42;
	ck_assert_uint_eq(ram[0x128 / 8], 42);
	iounmap(io);
	ck_assert(!is_mapped(io));
	ck_assert_ptr_null(ioremap(~0UL - 100, 200));
	ck_assert_ptr_null(ioremap(0x1000, 0));
}
END_TEST

START_TEST(stacks_are_aligned_and_guarded)
{
	unsigned long size = PAGE_SIZE << CONFIG_THREAD_SIZE_ORDER;
	char *stacks[20];

	for (int i = 0; i < 20; i++) {
		char *s = stacks[i] = alloc_kernel_stack(CONFIG_THREAD_SIZE_ORDER);

		ck_assert_ptr_nonnull(s);
		ck_assert_uint_eq((uintptr_t)s & (2 * size - 1), size);
		memset(s, i, size);
		ck_assert(!is_mapped(s - 1) && !is_mapped(s - size));
		ck_assert(vmalloc_guard_hit((unsigned long)s - 8));
		ck_assert(!vmalloc_guard_hit((unsigned long)s));
		ck_assert(!vmalloc_guard_hit((unsigned long)s + size - 1));
	}
	for (int i = 0; i < 20; i++)
		ck_assert(stacks[i][0] == i && stacks[i][size - 1] == i);
	ck_assert_uint_eq(global_node_page_state(NR_KERNEL_STACK_KB), 20 * size / 1024);
	for (int i = 0; i < 20; i++)
		free_kernel_stack(stacks[i], CONFIG_THREAD_SIZE_ORDER);
	ck_assert_uint_eq(global_node_page_state(NR_KERNEL_STACK_KB), 0);
	/* The hart kept the first two, mapped. */
	ck_assert(is_mapped(stacks[0]) && is_mapped(stacks[1]) && !is_mapped(stacks[2]));
	ck_assert_ptr_eq(alloc_kernel_stack(CONFIG_THREAD_SIZE_ORDER), stacks[1]);
	ck_assert(!vmalloc_guard_hit(0) && !vmalloc_guard_hit(~0UL));
}
END_TEST

/* ---- vmap_area.c ---------------------------------------------------------------------- */

START_TEST(random_areas_never_overlap)
{
	static struct vmap_area *live[400];
	uint64_t rng = test_seed();
	unsigned int nr = 0;

	for (int step = 0; step < 8000; step++) {
		bool grow = test_random(&rng) % 100 < (step / 1000 % 2 ? 30 : 70);

		if (grow && nr < 400) {
			unsigned long size = (test_random(&rng) % 300 + 1) << PAGE_SHIFT;
			unsigned long align = PAGE_SIZE << test_random(&rng) % 6;
			struct vmap_area *va = vmap_area_alloc(size, align, VMAP_IOREMAP);

			ck_assert_ptr_nonnull(va);
			ck_assert_uint_eq(va->start % align, 0);
			ck_assert_uint_eq(va->end - va->start, size);
			for (unsigned int i = 0; i < nr; i++)
				ck_assert(va->end <= live[i]->start || live[i]->end <= va->start);
			ck_assert_ptr_eq(vmap_area_find(va->start), va);
			ck_assert_ptr_eq(vmap_area_find(va->end - 1), va);
			live[nr++] = va;
		} else if (!grow && nr) {
			unsigned int i = test_random(&rng) % nr;
			unsigned long start = live[i]->start;

			vmap_area_free(live[i]);
			ck_assert_ptr_null(vmap_area_find(start));
			live[i] = live[--nr];
		}
		if (step % 100 == 0)
			ck_assert_int_eq(vmap_area_check(), 0);
		if (step % 1000 == 999)
			vmap_area_purge();
	}
	while (nr)
		vmap_area_free(live[--nr]);
	vmap_area_purge();
	ck_assert_int_eq(vmap_area_check(), 0);
	ck_assert_uint_eq(vmalloc_used_bytes(), 0);
	/* One area again: nothing else could be as large. */
	ck_assert_ptr_nonnull(vmap_area_alloc(vmalloc_total_bytes(), PAGE_SIZE, VMAP_IOREMAP));
	ck_assert_ptr_null(vmap_area_alloc(PAGE_SIZE, PAGE_SIZE, VMAP_IOREMAP));
}
END_TEST

START_TEST(vmallocinfo_lists_areas)
{
	char buf[4096];
	struct seq_file m = { .buf = buf, .size_bytes = sizeof(buf) };
	unsigned long p = (unsigned long)vmalloc(3 * PAGE_SIZE);
	char expect[64];

	vmallocinfo_show(&m);
	buf[m.count] = '\0';
	sprintf(expect, "0x%016lx-0x%016lx %7lu ", p, p + 4 * PAGE_SIZE, 4 * PAGE_SIZE);
	ck_assert_int_eq(strncmp(buf, expect, strlen(expect)), 0);
	ck_assert_ptr_nonnull(strstr(buf, " pages=3 vmalloc\n"));
}
END_TEST

static Suite *vmalloc_suite(void)
{
	Suite *s = suite_create("vmalloc");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, boot, NULL);
	tcase_add_test(tc, memory_is_there_and_guarded);
	tcase_add_test(tc, freeing_gives_pages_and_addresses_back);
	tcase_add_test(tc, too_much_is_null_and_leaves_no_trace);
	tcase_add_test(tc, devices_keep_their_offset);
	tcase_add_test(tc, stacks_are_aligned_and_guarded);
	tcase_add_test(tc, random_areas_never_overlap);
	tcase_add_test(tc, vmallocinfo_lists_areas);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(vmalloc_suite);
