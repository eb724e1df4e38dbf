// SPDX-License-Identifier: GPL-2.0-only
/*
 * slob_test.c - mm/slab/slob.c: splitting, merging, and who lies where. (slab_test.c and
 * kmalloc_test.c have what holds for any design.)
 */
#include "suite.h"

#include <signal.h>

#include <asm/host.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>
#include <linux-lite/slab_design.h>
#include <linux-lite/vmstat.h>

#ifdef CONFIG_SLOB

static unsigned long pages_before;

static unsigned long pages(void)
{
	return global_node_page_state(NR_SLAB_UNRECLAIMABLE);
}

static void boot(void)
{
	host_boot(NULL);
	pages_before = pages();
}

static struct kmem_cache *cache(unsigned int size, unsigned int align)
{
	return kmem_cache_create("test", size, align, 0, NULL);
}

/* Neighbours, and what is left is used by others. A hole is found again. */
START_TEST(objects_lie_side_by_side)
{
	struct kmem_cache *s = cache(1304, 0), *other = cache(1200, 0);
	char *a = kmem_cache_alloc(s, GFP_KERNEL), *b = kmem_cache_alloc(s, GFP_KERNEL);
	char *c = kmem_cache_alloc(other, GFP_KERNEL);

	ck_assert_ptr_eq(b, a + 1304);
	ck_assert_ptr_eq(c, b + 1304);
	kmem_cache_free(s, b);
	ck_assert_int_eq(slab_check(s), 0);
	ck_assert_ptr_eq(kmem_cache_alloc(other, GFP_KERNEL), b);
}
END_TEST

/* Three neighbours freed in each order are one hole. */
START_TEST(neighbours_merge)
{
	static const int orders[6][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 },
					  { 2, 1, 0 } };
	struct kmem_cache *s = cache(400, 0), *large = cache(1200, 0);
	char *o[10];

	ck_assert_int_eq(kmem_cache_alloc_bulk(s, GFP_KERNEL, 10, (void **)o), 10);
	ck_assert_uint_eq(pages() - pages_before, 1);
	for (int i = 0; i < 3; i++) {
		kmem_cache_free(s, o[4 + orders[_i][i]]);
		ck_assert_int_eq(slab_check(s), 0);
	}
	/* Larger ones begin in pages of their own; a full page's first hole moves it there. */
	o[4] = kmem_cache_alloc(s, GFP_KERNEL);
	o[5] = kmem_cache_alloc(s, GFP_KERNEL);
	o[6] = kmem_cache_alloc(s, GFP_KERNEL);
	ck_assert_ptr_eq(o[5], o[4] + 400);
	ck_assert_ptr_eq(o[6], o[5] + 400);
	ck_assert_ptr_nonnull(kmem_cache_alloc(large, GFP_KERNEL));
	ck_assert_uint_eq(pages() - pages_before, 2);
	kmem_cache_free_bulk(s, 10, (void **)o);
	ck_assert_int_eq(slab_check(s), 0);
	ck_assert_uint_eq(pages() - pages_before, 1);
}
END_TEST

/* A page that is all free goes at once; one that was full comes back with its first hole. */
START_TEST(pages_come_and_go)
{
	struct kmem_cache *s = cache(1024, 1024);
	void *o[8];

	ck_assert_int_eq(kmem_cache_alloc_bulk(s, GFP_KERNEL, 8, o), 8);
	ck_assert_uint_eq(pages() - pages_before, 2);
	kmem_cache_free(s, o[2]);
	ck_assert_ptr_eq(kmem_cache_alloc(s, GFP_KERNEL), o[2]);
	for (int i = 0; i < 8; i++) {
		kmem_cache_free(s, o[i]);
		ck_assert_int_eq(slab_check(s), 0);
		ck_assert_uint_eq(pages() - pages_before, i < 3 ? 2 : i < 7 ? 1 : 0);
	}
}
END_TEST

/* What lies before an aligned object stays free. */
START_TEST(alignment_wastes_nothing)
{
	struct kmem_cache *s = cache(496, 0);
	char *p = kmalloc(512, GFP_KERNEL), *o = kmem_cache_alloc(s, GFP_KERNEL);

	ck_assert_uint_eq((uintptr_t)p % 512, 0);
	ck_assert_ptr_eq(o, p - 512);		/* then the word with p's size, and a word free */
	ck_assert_uint_eq(ksize(p), 512);
	ck_assert_int_eq(slab_check(s), 0);
}
END_TEST

START_TEST(small_middle_and_large_have_pages_of_their_own)
{
	uintptr_t a = (uintptr_t)kmalloc(100, GFP_KERNEL), b = (uintptr_t)kmalloc(500, GFP_KERNEL);
	uintptr_t c = (uintptr_t)kmalloc(1500, GFP_KERNEL), d = (uintptr_t)kmalloc(60, GFP_KERNEL);

	ck_assert_uint_ne(a / PAGE_SIZE, b / PAGE_SIZE);
	ck_assert_uint_ne(b / PAGE_SIZE, c / PAGE_SIZE);
	ck_assert_uint_ne(a / PAGE_SIZE, c / PAGE_SIZE);
	ck_assert_uint_eq(a / PAGE_SIZE, d / PAGE_SIZE);
}
END_TEST

/* kmalloc's word knows the size; the largest block, and what is more. */
START_TEST(sizes_are_what_was_asked_for)
{
	void *p = kmalloc(PAGE_SIZE - 8, GFP_KERNEL);

	ck_assert_uint_eq(ksize(p), PAGE_SIZE - 8);
	ck_assert_uint_eq(pages() - pages_before, 1);
	kfree(p);
	ck_assert_uint_eq(pages() - pages_before, 0);
	ck_assert_uint_eq(ksize(kmalloc(PAGE_SIZE - 7, GFP_KERNEL)), PAGE_SIZE);
	ck_assert_uint_eq(ksize(kmalloc(101, GFP_KERNEL)), 104);
}
END_TEST

START_TEST(a_double_free_is_noticed)
{
	struct kmem_cache *s = cache(64, 0);
	void *o[4];

	kmem_cache_alloc_bulk(s, GFP_KERNEL, 4, o);
	kmem_cache_free(s, o[1]);
	kmem_cache_free(s, o[1]);
}
END_TEST

static Suite *slob_suite(void)
{
	Suite *s = suite_create("slob");
	TCase *tc = tcase_create("one_hart");

	tcase_add_checked_fixture(tc, boot, NULL);
	tcase_add_test(tc, objects_lie_side_by_side);
	tcase_add_loop_test(tc, neighbours_merge, 0, 6);
	tcase_add_test(tc, pages_come_and_go);
	tcase_add_test(tc, alignment_wastes_nothing);
	tcase_add_test(tc, small_middle_and_large_have_pages_of_their_own);
	tcase_add_test(tc, sizes_are_what_was_asked_for);
	tcase_add_test_raise_signal(tc, a_double_free_is_noticed, SIGABRT);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(slob_suite);

#endif
