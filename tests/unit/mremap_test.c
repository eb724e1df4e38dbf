// SPDX-License-Identifier: GPL-2.0-only
/*
 * mremap_test.c - what is left behind when a mapping moves, grows, shrinks, or does not
 * (mm/space/mremap.c). Random moves against a model: space_test.c.
 */
#include <signal.h>
#include "suite.h"
#include <linux-lite/err.h>
#include <linux-lite/mman.h>
#include <linux-lite/overcommit.h>
#include <linux-lite/vma_ops.h>
#include <asm/host.h>

#define BASE		0x10000000UL

static unsigned long map_anon(struct mm_struct *mm, unsigned long addr, unsigned long pages,
			      unsigned long flags)
{
	struct mmap_request req = {
		.addr = addr, .len_bytes = pages * PAGE_SIZE, .prot = PROT_READ | PROT_WRITE,
		.flags = MAP_ANONYMOUS | flags,
		.rlimit_as = ~0UL, .rlimit_data = ~0UL, .rlimit_memlock = ~0UL,
	};

	return do_mmap(mm, &req);
}

/* A move that fails after its tables were made: they must go with the address space. */
START_TEST(failed_move_leaves_no_tables)
{
	unsigned long far = 0x300000000UL, before;
	uint64_t value;
	int limit = sysctl_max_map_count;
	struct mm_struct *mm;

	host_boot(NULL);
	mm = mm_alloc();
	map_anon(mm, BASE, 8, MAP_PRIVATE | MAP_FIXED);
	host_use_mm(mm);
	ck_assert_int_eq(host_store(BASE + 2 * PAGE_SIZE, 8, 7), 0);
	before = atomic_long_read(&mm->pgtables_bytes);
	sysctl_max_map_count = 2;
	ck_assert_int_eq((int)do_mremap(mm, BASE + 2 * PAGE_SIZE, PAGE_SIZE, PAGE_SIZE,
					MREMAP_MAYMOVE | MREMAP_FIXED, far, &no_mm_limits), -ENOMEM);
	sysctl_max_map_count = limit;
	ck_assert_uint_eq(atomic_long_read(&mm->pgtables_bytes), before);
	ck_assert_uint_eq(vm_committed(), 8);
	ck_assert_ptr_null(vma_lookup(mm, far));
	ck_assert_int_eq(host_load(BASE + 2 * PAGE_SIZE, 8, &value), 0);
	ck_assert_uint_eq(value, 7);
	host_use_mm(NULL);
	mmput(mm);
	ck_assert_uint_eq(vm_committed(), 0);
}
END_TEST

START_TEST(dontunmap_counts_and_does_not_cut)
{
	struct mm_limits limits = { .as = 8 * PAGE_SIZE, .data = ~0UL, .memlock = ~0UL };
	struct mm_struct *mm;
	unsigned long to;

	host_boot(NULL);
	mm = mm_alloc();
	arch_pick_mmap_layout(mm, 8 << 20, 0);
	map_anon(mm, BASE, 8, MAP_PRIVATE | MAP_FIXED);
	ck_assert_int_eq((int)do_mremap(mm, BASE + PAGE_SIZE, PAGE_SIZE, PAGE_SIZE,
					MREMAP_MAYMOVE | MREMAP_DONTUNMAP, 0, &limits), -ENOMEM);
	limits.as = 9 * PAGE_SIZE;
	to = do_mremap(mm, BASE + PAGE_SIZE, PAGE_SIZE, PAGE_SIZE,
		       MREMAP_MAYMOVE | MREMAP_DONTUNMAP, 0, &limits);
	ck_assert(!IS_ERR_VALUE(to));
	ck_assert_int_eq(mm->map_count, 2);
	vma_check(mm);
	mmput(mm);
}
END_TEST

/* 64 GiB of nothing must not be walked page by page; and shrinking may cross areas. */
START_TEST(mremap_of_much_and_of_several)
{
	unsigned long far = 0x2000000000UL, huge = 16UL << 20, len = huge * PAGE_SIZE;
	struct mm_struct *mm;
	uint64_t value;

	host_boot(NULL);
	mm = mm_alloc();
	ck_assert_uint_eq(map_anon(mm, BASE, huge, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE), BASE);
	host_use_mm(mm);
	ck_assert_int_eq(host_store(BASE + 511 * PAGE_SIZE, 8, 1), 0);
	ck_assert_int_eq(host_store(BASE + len - PAGE_SIZE, 8, 2), 0);
	ck_assert_uint_eq(do_mremap(mm, BASE, len, len, MREMAP_MAYMOVE | MREMAP_FIXED,
				    far - PAGE_SIZE, &no_mm_limits), far - PAGE_SIZE);
	far -= PAGE_SIZE;
	ck_assert_int_eq(host_load(far + 511 * PAGE_SIZE, 8, &value), 0);
	ck_assert_uint_eq(value, 1);
	ck_assert_int_eq(host_load(far + len - PAGE_SIZE, 8, &value), 0);
	ck_assert_uint_eq(value, 2);
	ck_assert_int_eq(host_load(BASE + 511 * PAGE_SIZE, 8, &value), SIGSEGV);

	ck_assert_int_eq(do_mprotect(mm, far + PAGE_SIZE, PAGE_SIZE, PROT_READ), 0);
	ck_assert_int_eq((int)do_mremap(mm, far, ~0UL - PAGE_SIZE, PAGE_SIZE, 0, 0, &no_mm_limits), -EINVAL);
	ck_assert_uint_eq(do_mremap(mm, far, len, PAGE_SIZE, 0, 0, &no_mm_limits), far);
	ck_assert_uint_eq(mm->total_vm, 1);
	vma_check(mm);
	host_use_mm(NULL);
	mmput(mm);
}
END_TEST

static Suite *mremap_suite(void)
{
	Suite *s = suite_create("mremap");
	TCase *tc = tcase_create("calls");

	tcase_add_test(tc, failed_move_leaves_no_tables);
	tcase_add_test(tc, dontunmap_counts_and_does_not_cut);
	tcase_add_test(tc, mremap_of_much_and_of_several);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(mremap_suite);
