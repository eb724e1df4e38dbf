// SPDX-License-Identifier: GPL-2.0-only
/*
 * vmalloc_test.c - mm/table/vmalloc.c, vmap_area.c and kernel_stack.c. The addresses are real
 * here: the host maps the simulated frames at them.
 */
#include "suite.h"
#include "log.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <asm/host.h>
#include <linux-lite/fail_alloc.h>
#include <linux-lite/hardirq.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/pcp.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/slab.h>
#include <linux-lite/table_page.h>
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
	unsigned long before, used = vmap_area_used_bytes();
	char *p = vmalloc(PAGE_SIZE), *q;

	vfree(p);			/* tables that stay */
	vm_unmap_aliases();
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
	vm_unmap_aliases();
	ck_assert_ptr_eq(vmalloc(PAGE_SIZE), (void *)VMALLOC_START);
	vfree((void *)VMALLOC_START);
	ck_assert_uint_eq(vmap_area_used_bytes(), used);
	vfree(NULL);
	/* What is not a page of the areas is slabs for their descriptions: a few. */
	ck_assert_uint_le(before - nr_free_pages(), 32);
}
END_TEST

START_TEST(too_much_is_null_and_leaves_no_trace)
{
	unsigned long before, used = vmap_area_used_bytes();

	ck_assert_ptr_null(vmalloc(0));
	ck_assert_ptr_null(vmalloc(~0UL));
	ck_assert_ptr_null(vmalloc(~0UL << PAGE_SHIFT));
	ck_assert_ptr_null(vmalloc(1UL << 40));
	drain_all_pages();
	before = nr_free_pages();
	/* As much as there is RAM: fails half way, for lack of pages. */
	ck_assert_ptr_null(vmalloc(totalram_pages() << PAGE_SHIFT));
	drain_all_pages();
	ck_assert_uint_eq(vmap_area_used_bytes(), used);
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
				test_assert(va->end <= live[i]->start || live[i]->end <= va->start);
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
			vm_unmap_aliases();
	}
	while (nr)
		vmap_area_free(live[--nr]);
	vm_unmap_aliases();
	ck_assert_int_eq(vmap_area_check(), 0);
	ck_assert_uint_eq(vmap_area_used_bytes(), 0);
	/* One area again: nothing else could be as large. */
	ck_assert_ptr_nonnull(vmap_area_alloc(vmalloc_total_bytes(), PAGE_SIZE, VMAP_IOREMAP));
	ck_assert_ptr_null(vmap_area_alloc(PAGE_SIZE, PAGE_SIZE, VMAP_IOREMAP));
}
END_TEST

static unsigned long descriptions(void)
{
	static char buf[16384];
	struct seq_file m = { .buf = buf, .size_bytes = sizeof(buf) };
	unsigned long active;

	slabinfo_show(&m);
	buf[m.count] = '\0';
	ck_assert_int_eq(sscanf(strstr(buf, "\nvmap_area "), "\nvmap_area %lu", &active), 1);
	return active;
}

/* Free areas are joined, and areas that can't be had leave nothing. */
START_TEST(descriptions_of_areas_come_back)
{
	unsigned long before = descriptions();
	struct vmap_area *va[3];

	for (int round = 0; round < 10; round++) {
		for (int i = 0; i < 3; i++)
			va[i] = vmap_area_alloc(PAGE_SIZE, PAGE_SIZE << i, VMAP_MAP);
		ck_assert_ptr_null(vmap_area_alloc(vmalloc_total_bytes(), PAGE_SIZE, VMAP_MAP));
		for (int i = 0; i < 3; i++)
			vmap_area_free(va[(i + round) % 3]);
		vm_unmap_aliases();
		ck_assert_ptr_nonnull(va[0] = vmap_area_alloc(vmalloc_total_bytes(), PAGE_SIZE,
							      VMAP_MAP));
		vmap_area_free(va[0]);
		vm_unmap_aliases();
		ck_assert_uint_eq(descriptions(), before);
	}
}
END_TEST

/* 32 MiB for one hart may wait. */
START_TEST(what_waits_is_flushed_when_it_is_much)
{
	for (unsigned int i = 0; i < 100; i++) {
		vmap_area_free(vmap_area_alloc(MiB(1), PAGE_SIZE, VMAP_MAP));
		ck_assert_uint_eq(vmap_area_lazy_bytes(), (i % 33 + 1) * MiB(1));
	}
}
END_TEST

/* Twice the RAM and 2 GiB, in whole GiBs. */
START_TEST(addresses_are_as_many_as_ram_can_fill)
{
	host_boot(&(struct host_config){ .ram_bytes = MiB(_i ? 600 : 64) });
	ck_assert_uint_eq(vmalloc_total_bytes(), GiB(_i ? 4 : 3));
}
END_TEST

START_TEST(vmallocinfo_lists_areas)
{
	char buf[4096];
	struct seq_file m = { .buf = buf, .size_bytes = sizeof(buf) };
	unsigned long p = (unsigned long)vmalloc(3 * PAGE_SIZE), caller;
	char expect[64];

	ck_assert_int_eq(vmallocinfo_show(&m), 0);
	buf[m.count] = '\0';
	sprintf(expect, "0x%016lx-0x%016lx %7lu ", p, p + 4 * PAGE_SIZE, 4 * PAGE_SIZE);
	ck_assert_int_eq(strncmp(buf, expect, strlen(expect)), 0);
	/* The host has no names of functions: addresses, of this program. */
	caller = strtoul(buf + strlen(expect), NULL, 16);
	ck_assert_uint_lt(caller - (unsigned long)boot, MiB(16));
	ck_assert_ptr_nonnull(strstr(buf, " pages=3 vmalloc\n"));
}
END_TEST

START_TEST(vmallocinfo_tells_kinds_and_what_waits)
{
	static char buf[16384];
	struct seq_file m = { .buf = buf, .size_bytes = sizeof(buf) };
	struct page *page = alloc_page(GFP_KERNEL);
	char *user = vmalloc_user(1), *gone = vmalloc(1);

	ck_assert_ptr_nonnull(vmap(&page, 1, VM_MAP, PAGE_KERNEL));
	ck_assert_ptr_nonnull(ioremap(page_to_phys(page), 8));
	ck_assert_ptr_nonnull(vmalloc(513 * PAGE_SIZE));	/* 4104 bytes of pointers */
	ck_assert_ptr_nonnull(alloc_kernel_stack(1));
	for (unsigned int i = 0; i < PAGE_SIZE; i++)
		ck_assert(!user[i]);
	vfree(gone);
	ck_assert_uint_eq(vmalloc_nr_pages(), 1 + 513 + 2 + 2);
	vmallocinfo_show(&m);
	buf[m.count] = '\0';
	ck_assert_ptr_nonnull(strstr(buf, " pages=1 vmalloc user\n"));
	ck_assert_ptr_nonnull(strstr(buf, " vmap\n"));
	ck_assert_ptr_nonnull(strstr(buf, " ioremap\n"));
	ck_assert_ptr_nonnull(strstr(buf, " phys=0x00000000"));
	ck_assert_ptr_nonnull(strstr(buf, " pages=513 vmalloc vpages\n"));
	ck_assert_ptr_nonnull(strstr(buf, " pages=2 vmalloc\n"));
	ck_assert_ptr_nonnull(strstr(buf, "    8192 unpurged vm_area\n"));
}
END_TEST

/* ---- kinds of areas ------------------------------------------------------------------- */

START_TEST(vmap_shows_the_caller_s_pages)
{
	struct page *pages[5];
	char *p;

	for (int i = 0; i < 5; i++)
		pages[i] = alloc_page(GFP_KERNEL);
	p = vmap(pages, 5, VM_MAP, PAGE_KERNEL);
	ck_assert_ptr_nonnull(p);
	for (int i = 0; i < 5; i++) {
		memset(p + i * PAGE_SIZE, i + 1, PAGE_SIZE);
		ck_assert_int_eq(*(char *)page_address(pages[i]), i + 1);
		ck_assert_ptr_eq(vmalloc_to_page(p + i * PAGE_SIZE + 77), pages[i]);
	}
	ck_assert(is_vmalloc_addr(p) && !is_vmalloc_addr(page_address(pages[0])));
	ck_assert_ptr_null(vmalloc_to_page(p + 5 * PAGE_SIZE));
	vunmap(p);
	for (int i = 0; i < 5; i++) {
		ck_assert_int_eq(page_ref_count(pages[i]), 1);
		__free_page(pages[i]);
	}
	ck_assert_ptr_null(vmap(pages, 0, VM_MAP, PAGE_KERNEL));
	ck_assert_ptr_null(vmap(pages, ~0u, VM_MAP, PAGE_KERNEL));
	vunmap(NULL);
	ck_assert_int_eq(vmap_area_check(), 0);
}
END_TEST

START_TEST(huge_areas_have_huge_leaves)
{
	unsigned long size = 2 * PMD_SIZE + 3 * PAGE_SIZE;
	int level = MAX_ORDER >= 9;	/* huge leaves need blocks of 2 MiB */
	char *small, *p;

	host_boot(&(struct host_config){ .levels = _i });
	/* Tables where the huge area will be: they must give their place. */
	small = vmalloc(size + PMD_SIZE);
	vfree(small);
	vm_unmap_aliases();
	p = vmalloc_huge(size, GFP_KERNEL | __GFP_ZERO);
	ck_assert_ptr_nonnull(p);
	ck_assert_uint_eq((uintptr_t)p % PMD_SIZE, 0);
	ck_assert_uint_eq(pt_walk(swapper_pg_dir, (unsigned long)p).level, level);
	ck_assert_uint_eq(pt_walk(swapper_pg_dir, (unsigned long)p + PMD_SIZE).level, level);
	ck_assert_uint_eq(pt_walk(swapper_pg_dir, (unsigned long)p + 2 * PMD_SIZE).level, 0);
	for (unsigned long i = 0; i < size; i += PAGE_SIZE) {
		ck_assert_int_eq(p[i], 0);
		p[i] = 1 + i / PAGE_SIZE % 100;
		ck_assert_int_eq(*(char *)page_address(vmalloc_to_page(p + i)), p[i]);
	}
	ck_assert(!is_mapped(p + size));
	/* 3 more for the array of pointers. */
	ck_assert_uint_eq(vmalloc_nr_pages(), size / PAGE_SIZE + 3);
	vfree(p);
	ck_assert(!is_mapped(p) && !is_mapped(p + PMD_SIZE));
	vm_unmap_aliases();
	/* And small pages again, where leaves were. */
	small = vmalloc(size);
	memset(small, 5, size);
	vfree(small);
	ck_assert_uint_eq(vmalloc_nr_pages(), 0);
	ck_assert_int_eq(vmap_area_check(), 0);
}
END_TEST

/* Between small areas, and of no byte more than the leaf. */
START_TEST(one_huge_leaf_begins_at_its_border)
{
	char *before = vmalloc(1), *p = vmalloc_huge(PMD_SIZE, GFP_KERNEL);

	ck_assert_ptr_nonnull(before);
	ck_assert_uint_eq((uintptr_t)p % PMD_SIZE, 0);
	ck_assert_uint_eq(pt_walk(swapper_pg_dir, (unsigned long)p).level, 1);
}
END_TEST

/* No block of 2 MiB, but small pages. */
START_TEST(small_pages_do_for_a_huge_area)
{
	struct page *page, *last = NULL;
	char *p;

	while ((page = alloc_pages(GFP_NOWAIT | __GFP_NOWARN, 9))) {
		page->private = (unsigned long)last;
		last = page;
	}
	for (int i = 0; i < 2; i++) {
		page = last;
		last = (struct page *)page->private;
		split_page(page, 9);
		for (int j = 1; j < 512; j++)		/* all but one */
			__free_page(page + j);
	}
	listen();
	p = vmalloc_huge(PMD_SIZE, GFP_KERNEL);
	ck_assert_ptr_null(strstr(heard(), "page allocation failure"));
	ck_assert_ptr_nonnull(p);
	ck_assert_uint_eq(pt_walk(swapper_pg_dir, (unsigned long)p).level, 0);
	memset(p, 1, PMD_SIZE);
}
END_TEST

/* Each page of memory that is free has seen use. */
static void make_memory_dirty(void)
{
	char *p = vmalloc(MiB(40));

	memset(p, 0xff, MiB(40));
	vfree(p);
}

static void check_zero(const char *p, unsigned long size)
{
	ck_assert_ptr_nonnull(p);
	for (unsigned long i = 0; i < size; i++)
		test_assert(p[i] == 0);
}

START_TEST(kvmalloc_clears_what_is_asked_for)
{
	make_memory_dirty();
	for (unsigned long size = 100; size < MiB(1); size *= 10) {
		check_zero(kvzalloc(size, GFP_KERNEL), size);
		check_zero(kvcalloc(10, size / 10, GFP_KERNEL), size);
	}
}
END_TEST

START_TEST(kvfree_gives_all_back)
{
	unsigned long before;
	void *p;

	for (unsigned long size = PAGE_SIZE; size <= MiB(1); size *= 2) {
		kvfree(kvmalloc(size, GFP_KERNEL));	/* slabs and tables that stay: a few */
		drain_all_pages();
		before = nr_free_pages();
		for (int i = 0; i < 40; i++) {
			p = kvmalloc(size, GFP_KERNEL);
			ck_assert_ptr_nonnull(p);
			memset(p, 1, size);
			kvfree(p);
		}
		drain_all_pages();
		ck_assert_uint_le(before, nr_free_pages() + 32);
	}
}
END_TEST

START_TEST(kvmalloc_is_either)
{
	void *small = kvmalloc(PAGE_SIZE, GFP_KERNEL), *large = kvmalloc(MiB(1), GFP_KERNEL);
	void *middle = kvmalloc(KiB(32), GFP_KERNEL);
	char *zeroes = kvcalloc(3, PAGE_SIZE, GFP_KERNEL);

	ck_assert(!is_vmalloc_addr(small) && is_vmalloc_addr(large));
	/* Side by side, where there are such blocks at all. */
	ck_assert_int_eq(is_vmalloc_addr(middle), MAX_ORDER == 0);
	for (unsigned int i = 0; i < 3 * PAGE_SIZE; i++)
		test_assert(zeroes[i] == 0);
	ck_assert_ptr_null(kvmalloc_array(~0UL / 2, 3, GFP_KERNEL));
	kvfree(small);
	kvfree(middle);
	kvfree(large);
	kvfree(zeroes);
	kvfree(NULL);
	ck_assert_uint_eq(vmap_area_used_bytes(), 0);
}
END_TEST

START_TEST(an_interrupt_s_vfree_waits_for_a_task)
{
	char *p = vmalloc(10 * PAGE_SIZE), *q, buf[256];
	struct seq_file m = { .buf = buf, .size_bytes = sizeof(buf) };

	irq_enter(false);
	vfree(p);
	irq_exit();
	ck_assert(is_mapped(p));
	ck_assert_uint_eq(vmalloc_nr_pages(), 10);
	vmallocinfo_show(&m);		/* nobody's, and not yet free */
	ck_assert_uint_eq(m.count, 0);
	p = vmalloc(1);			/* who allocates frees it ... */
	ck_assert_uint_eq(vmalloc_nr_pages(), 1);
	ck_assert_uint_eq(vmap_area_used_bytes(), 2 * PAGE_SIZE);
	q = vmalloc(1);
	irq_enter(false);
	vfree(p);
	irq_exit();
	ck_assert(is_mapped(p));
	vfree(q);			/* ... and who frees */
	ck_assert(!is_mapped(p));
	ck_assert_uint_eq(vmalloc_nr_pages(), 0);
	ck_assert_uint_eq(vmap_area_used_bytes(), 0);
}
END_TEST

/* A warning, which on the host is the end. Nothing is freed in between: only the claim tells. */
START_TEST(freeing_twice_is_told)
{
	char *p = vmalloc(PAGE_SIZE);

	irq_enter(false);
	vfree(p);
	vfree(p);
}
END_TEST

START_TEST(vfree_of_a_device_is_told)
{
	vfree(ioremap(0x80000000UL, 8));
}
END_TEST

/* ---- shortage ------------------------------------------------------------------------- */

/* What one failed attempt may leave: nothing but tables and slabs, which stay for the next. */
static void expect_nothing_held(void)
{
	ck_assert_uint_eq(vmap_area_used_bytes(), 0);
	ck_assert_uint_eq(vmalloc_nr_pages(), 0);
	ck_assert_int_eq(vmap_area_check(), 0);
}

#ifdef CONFIG_FAIL_PAGE_ALLOC
START_TEST(each_allocation_may_fail)
{
	struct page *page;
	long skip;

	page = alloc_page(GFP_KERNEL);
	for (int what = 0; what < 4; what++) {
		void *p = NULL;

		for (skip = 0; !p; skip++) {
			fail_page_alloc(skip, what == 1 ? 1000000 : 1);
			if (what == 0)
				p = vmalloc(600 * PAGE_SIZE);
			else if (what == 1)
				p = vmalloc_huge(PMD_SIZE + 5 * PAGE_SIZE, GFP_KERNEL);
			else if (what == 2)
				p = vmap(&page, 1, VM_MAP, PAGE_KERNEL);
			else
				p = ioremap(page_to_phys(page), 8);
			fail_page_alloc(-1, 0);
			if (!p)
				expect_nothing_held();
			ck_assert_int_lt(skip, 2000);
		}
		if (what < 2)
			vfree(p);
		else if (what == 2)
			vunmap(p);
		else
			iounmap(p);
		expect_nothing_held();
	}
}
END_TEST
#endif

/* The addresses are all somebody's: nothing is allocated for what can't be placed. */
START_TEST(no_addresses_left_is_null)
{
	struct vmap_area *all = vmap_area_alloc(vmalloc_total_bytes(), PAGE_SIZE, VMAP_MAP);
	struct page *page = alloc_page(GFP_KERNEL);
	unsigned long before;

	ck_assert_ptr_nonnull(all);
	ck_assert_int_eq(vmap_area_check(), 0);
	before = nr_free_pages();
	ck_assert_ptr_null(vmalloc(1));
	ck_assert_ptr_null(vmalloc_huge(PMD_SIZE, GFP_KERNEL));
	ck_assert_ptr_null(vmap(&page, 1, VM_MAP, PAGE_KERNEL));
	ck_assert_ptr_null(ioremap(page_to_phys(page), 8));
	ck_assert_ptr_null(vmap_area_alloc(vmalloc_total_bytes() + PAGE_SIZE, PAGE_SIZE, VMAP_MAP));
	ck_assert_uint_eq(nr_free_pages(), before);
	vmap_area_free(all);
	ck_assert_ptr_nonnull(vmap_area_alloc(vmalloc_total_bytes(), PAGE_SIZE, VMAP_MAP));
	ck_assert_ptr_null(vmap_area_find(VMALLOC_START + vmalloc_total_bytes()));
}
END_TEST

/* Three pages are left, in one piece or not: what waits for its flush is flushed when needed. */
START_TEST(what_waits_is_flushed_for_its_addresses)
{
	unsigned long most = vmalloc_total_bytes() - 3 * PAGE_SIZE;
	struct vmap_area *small;

	ck_assert_ptr_nonnull(vmap_area_alloc(most, PAGE_SIZE, VMAP_MAP));
	small = vmap_area_alloc(2 * PAGE_SIZE, PAGE_SIZE, VMAP_MAP);
	ck_assert_ptr_null(vmap_area_alloc(2 * PAGE_SIZE, PAGE_SIZE, VMAP_MAP));
	vmap_area_free(small);
	ck_assert_uint_eq(vmap_area_lazy_bytes(), 2 * PAGE_SIZE);
	ck_assert_ptr_nonnull(vmap_area_alloc(3 * PAGE_SIZE, PAGE_SIZE, VMAP_MAP));
	ck_assert_uint_eq(vmap_area_lazy_bytes(), 0);
	ck_assert_uint_eq(vmap_area_used_bytes(), vmalloc_total_bytes());
	ck_assert_int_eq(vmap_area_check(), 0);
}
END_TEST

START_TEST(only_the_beginning_of_a_mapping_claims_it)
{
	struct vmap_area *va = vmap_area_alloc(4 * PAGE_SIZE, PAGE_SIZE, VMAP_MAP);

	va->mapped = va->start;
	ck_assert_ptr_null(vmap_area_claim(va->start + PAGE_SIZE, VMAP_MAP));
	ck_assert_ptr_null(vmap_area_claim(va->start, VMAP_ALLOC));
	ck_assert_ptr_null(vmap_area_claim(va->end, VMAP_MAP));
	ck_assert_ptr_eq(vmap_area_claim(va->start, VMAP_MAP), va);
	ck_assert_ptr_null(vmap_area_claim(va->start, VMAP_MAP));	/* DYING */
	vmap_area_free(va);
}
END_TEST

START_TEST(vmalloc_passes_its_flags_on)
{
	char *p = __vmalloc(3 * PAGE_SIZE, GFP_KERNEL | __GFP_ZERO);

	for (unsigned long i = 0; i < 3 * PAGE_SIZE; i++)
		ck_assert(!p[i]);
	vfree(p);
	ck_assert_ptr_null(ioremap(0, ~0UL));		/* rounded up, it is nothing */
	/* The pointers to 512 pages are a page, and that is kmalloc's. */
	ck_assert_ptr_nonnull(vmalloc(512 * PAGE_SIZE));
	ck_assert_uint_eq(vmalloc_nr_pages(), 512);
}
END_TEST

/* Device memory of 2 MiB at a border of 2 MiB is one leaf; of less, or beside it, pages. */
START_TEST(large_devices_have_huge_leaves)
{
	phys_addr_t pa = ALIGN(page_to_phys(alloc_pages(GFP_KERNEL, 10)), PMD_SIZE);
	void *io = ioremap(pa, PMD_SIZE), *part = ioremap(pa, PMD_SIZE - PAGE_SIZE);
	void *beside = ioremap(pa + PAGE_SIZE, PMD_SIZE);

	ck_assert_uint_eq(pt_walk(swapper_pg_dir, (unsigned long)io).level, 1);
	ck_assert_uint_eq(pt_walk(swapper_pg_dir, (unsigned long)part).level, 0);
	ck_assert_uint_eq(pt_walk(swapper_pg_dir, (unsigned long)beside).level, 0);
	iounmap(io);
	iounmap(part);
	iounmap(beside);
	ck_assert_uint_eq(vmap_area_used_bytes(), 0);
}
END_TEST

#ifdef CONFIG_FAIL_PAGE_ALLOC
/* No page at all from here on: a table that is missing is the end of a mapping. */
START_TEST(no_page_for_a_table_is_null)
{
	struct page *page = alloc_page(GFP_KERNEL);

	vfree(vmalloc(1));			/* the caches have some */
	vm_unmap_aliases();
	/* What follows begins in a 2 MiB of addresses that no table is for. */
	ck_assert_ptr_nonnull(vmap_area_alloc(PMD_SIZE, PAGE_SIZE, VMAP_MAP));
	table_page_drain();
	fail_page_alloc(0, 1000000);
	ck_assert_ptr_null(vmap(&page, 1, VM_MAP, PAGE_KERNEL));
	ck_assert_ptr_null(ioremap(page_to_phys(page), 8));
	ck_assert_int_gt(fail_page_alloc_hits(), 1);
	fail_page_alloc(-1, 0);
	ck_assert_uint_eq(vmap_area_used_bytes(), PMD_SIZE);
	ck_assert_int_eq(vmap_area_check(), 0);
}
END_TEST

/*
 * An area takes one description from the cache, or two when it is cut out of the middle (an
 * aligned one), so both can be what is missing. Flushing what waits gives some back.
 */
START_TEST(no_description_is_null_until_some_come_back)
{
	struct vmap_area *va[64] = { NULL }, *more;
	unsigned int nr = 0;

	for (unsigned int i = 0; i < 8; i++)
		va[i] = vmap_area_alloc(PAGE_SIZE, PAGE_SIZE, VMAP_MAP);
	fail_page_alloc(0, 1000000);
	for (int i = 0; i < _i; i++)
		ck_assert_ptr_nonnull(vmap_area_alloc(PAGE_SIZE, PAGE_SIZE, VMAP_MAP));
	while ((more = vmap_area_alloc(PMD_SIZE + PAGE_SIZE, PMD_SIZE, VMAP_MAP)))
		ck_assert_uint_lt(nr++, 1000);
	ck_assert_int_eq(vmap_area_check(), 0);
	/* Neighbours that wait: once flushed they are one free area, with one description. */
	for (unsigned int i = 0; i < 8; i++)
		vmap_area_free(va[i]);
	ck_assert_ptr_nonnull(vmap_area_alloc(PAGE_SIZE, PAGE_SIZE, VMAP_MAP));
	ck_assert_int_eq(vmap_area_check(), 0);
	fail_page_alloc(-1, 0);
}
END_TEST
#endif

/* ---- the check ------------------------------------------------------------------------ */

#define WITH(what, value, broken) do {					\
	__typeof__(what) was = what;					\
	what = value;							\
	ck_assert_int_eq(vmap_area_check(), broken);			\
	what = was;							\
	ck_assert_int_eq(vmap_area_check(), 0);				\
} while (0)

START_TEST(check_finds_what_is_broken)
{
	struct vmap_area *va[6];

	for (unsigned int i = 0; i < 6; i++)
		va[i] = vmap_area_alloc(2 * PAGE_SIZE, PAGE_SIZE, VMAP_MAP);
	vmap_area_free(va[1]);
	vmap_area_free(va[3]);
	vm_unmap_aliases();
	ck_assert_int_eq(vmap_area_check(), 0);
	/* busy: 0 2 4 5; free: 1 3 and the rest */
	WITH(va[4]->end, va[5]->start + PAGE_SIZE, 1);
	WITH(va[5]->end, va[5]->end - PAGE_SIZE, 1);
	WITH(va[3]->start, va[1]->end, 2);
	WITH(va[3]->start, va[1]->end - PAGE_SIZE, 1);
	WITH(va[1]->subtree_max, va[1]->subtree_max + PAGE_SIZE, 3);
	WITH(va[2]->node.__rb_parent_color, va[2]->node.__rb_parent_color ^ 1, 1);
	WITH(va[3]->node.__rb_parent_color, va[3]->node.__rb_parent_color ^ 1, 1);
}
END_TEST

/* ---- a flush too few ------------------------------------------------------------------ */

/* The simulated TLB keeps p's first frame until it is told: with no flush q would be there. */
START_TEST(addresses_come_back_only_after_a_flush)
{
	char *p = vmalloc(PAGE_SIZE), *q;
	struct page *old = vmalloc_to_page(p), *page[2];

	get_page(old);
	vfree(p);
	vm_unmap_aliases();
	q = vmalloc(PAGE_SIZE);
	ck_assert_ptr_eq(q, p);
	page[0] = vmalloc_to_page(q);
	ck_assert_ptr_ne(page[0], old);
	memset(page_address(old), 1, PAGE_SIZE);
	memset(q, 2, PAGE_SIZE);
	ck_assert_int_eq(*(char *)page_address(page[0]), 2);
	ck_assert_int_eq(*(char *)page_address(old), 1);
}
END_TEST

/* ---- random, with contents ------------------------------------------------------------- */

struct piece {
	unsigned char *p;
	unsigned long pages;
	unsigned char mark;
};

static void expect_piece(const struct piece *x)
{
	for (unsigned long i = 0; i < x->pages; i++) {
		unsigned char want = x->mark + i;

		test_assert(x->p[i * PAGE_SIZE] == want);
		test_assert(x->p[(i + 1) * PAGE_SIZE - 1] == want);
		test_assert(*(unsigned char *)page_address(vmalloc_to_page(x->p + i * PAGE_SIZE))
			    == want);
	}
}

static void run_random(uint64_t rng, int steps)
{
	struct piece live[40];
	unsigned int nr = 0;

	for (int step = 0; step < steps; step++) {
		if (nr < 40 && test_random(&rng) % 100 < 55) {
			struct piece *x = &live[nr];
			bool huge = test_random(&rng) % 64 == 0;

			x->pages = huge ? 512 + test_random(&rng) % 20 : 1 + test_random(&rng) % 30;
			x->mark = test_random(&rng);
			x->p = huge ? vmalloc_huge(x->pages * PAGE_SIZE, GFP_KERNEL) :
				      vmalloc(x->pages * PAGE_SIZE);
			test_assert(x->p);
			for (unsigned long i = 0; i < x->pages; i++)
				memset(x->p + i * PAGE_SIZE, x->mark + i, PAGE_SIZE);
			nr++;
		} else if (nr) {
			unsigned int i = test_random(&rng) % nr;

			expect_piece(&live[i]);
			vfree(live[i].p);
			live[i] = live[--nr];
		}
		if (test_random(&rng) % 50 == 0)
			vm_unmap_aliases();
	}
	while (nr) {
		expect_piece(&live[--nr]);
		vfree(live[nr].p);
	}
}

START_TEST(random_contents_stay)
{
	run_random(test_seed(), 1500);
	expect_nothing_held();
}
END_TEST

static void other_hart(void *arg)
{
	run_random(test_seed() + 1, 500);
}

START_TEST(two_harts_race_with_purges)
{
	if (CONFIG_NR_CPUS < 2)
		return;
	host_boot(&(struct host_config){ .harts = 2, .ram_bytes = MiB(256) });
	host_run_on(1, other_hart, NULL);
	run_random(test_seed(), 500);
	host_join(1);
	expect_nothing_held();
}
END_TEST

static void purge_often(void *arg)
{
	for (int i = 0; i < 3000; i++) {
		vfree(vmalloc(1));
		vm_unmap_aliases();
	}
}

/* A shrinker doesn't wait for somebody else's flush: it may be called by who holds the lock. */
START_TEST(shrinking_during_a_purge_goes_by)
{
	if (CONFIG_NR_CPUS < 2)
		return;
	host_boot(&(struct host_config){ .harts = 2 });
	host_run_on(1, purge_often, NULL);
	for (int i = 0; i < 3000; i++) {
		vfree(vmalloc(1));
		vmap_area_shrink();
	}
	host_join(1);
	vmap_area_shrink();
	ck_assert_uint_eq(vmap_area_lazy_bytes(), 0);
	expect_nothing_held();
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
	tcase_add_test(tc, vmallocinfo_tells_kinds_and_what_waits);
	tcase_add_test(tc, vmap_shows_the_caller_s_pages);
	tcase_add_test(tc, descriptions_of_areas_come_back);
	tcase_add_test(tc, what_waits_is_flushed_when_it_is_much);
	if (MAX_ORDER >= 9) {
		tcase_add_test(tc, one_huge_leaf_begins_at_its_border);
		tcase_add_test(tc, small_pages_do_for_a_huge_area);
	}
	tcase_add_test(tc, kvmalloc_clears_what_is_asked_for);
	tcase_add_test(tc, kvfree_gives_all_back);
	tcase_add_test(tc, kvmalloc_is_either);
	tcase_add_test(tc, an_interrupt_s_vfree_waits_for_a_task);
	tcase_add_test_raise_signal(tc, freeing_twice_is_told, SIGABRT);
	tcase_add_test_raise_signal(tc, vfree_of_a_device_is_told, SIGABRT);
#ifdef CONFIG_FAIL_PAGE_ALLOC
	tcase_add_test(tc, each_allocation_may_fail);
	tcase_add_test(tc, no_page_for_a_table_is_null);
	tcase_add_loop_test(tc, no_description_is_null_until_some_come_back, 0, 4);
#endif
	tcase_add_test(tc, no_addresses_left_is_null);
	tcase_add_test(tc, what_waits_is_flushed_for_its_addresses);
	tcase_add_test(tc, only_the_beginning_of_a_mapping_claims_it);
	tcase_add_test(tc, vmalloc_passes_its_flags_on);
	if (MAX_ORDER > 0)
		tcase_add_test(tc, large_devices_have_huge_leaves);
	tcase_add_test(tc, check_finds_what_is_broken);
	tcase_add_test(tc, addresses_come_back_only_after_a_flush);
	tcase_add_test(tc, random_contents_stay);
	suite_add_tcase(s, tc);
	tc = tcase_create("own_machine");
	tcase_add_loop_test(tc, huge_areas_have_huge_leaves, 3, 6);
	tcase_add_loop_test(tc, addresses_are_as_many_as_ram_can_fill, 0, 2);
	suite_add_tcase(s, tc);
	tc = tcase_create("two_harts");
	tcase_add_test(tc, two_harts_race_with_purges);
	tcase_add_test(tc, shrinking_during_a_purge_goes_by);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(vmalloc_suite);
