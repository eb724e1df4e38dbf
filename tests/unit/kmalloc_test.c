// SPDX-License-Identifier: GPL-2.0-only
/*
 * kmalloc_test.c - mm/slab/kmalloc.c on the simulated machine.
 */
#include "suite.h"

#include <string.h>

#include <asm/host.h>
#include <linux-lite/pcp.h>
#include <linux-lite/slab.h>

static void boot(void)
{
	host_boot(NULL);
}

START_TEST(each_size_fits_and_is_aligned)
{
	for (size_t size = 1; size <= 20000 && size <= KMALLOC_MAX_SIZE; size += size < 1100 ? 1 : 37) {
		char *p = kmalloc(size, GFP_KERNEL);
		size_t room = ksize(p);

		ck_assert_ptr_nonnull(p);
		ck_assert_uint_ge(room, size);
		ck_assert_uint_le(room, size <= 8 ? 8 : 2 * size);
		ck_assert_uint_eq((uintptr_t)p % 8, 0);
		if ((size & (size - 1)) == 0)
			ck_assert_uint_eq((uintptr_t)p % (size < PAGE_SIZE ? size : PAGE_SIZE), 0);
		memset(p, 0xee, room);
		kfree(p);
	}
}
END_TEST

START_TEST(four_classes_a_doubling)
{
	static const size_t classes[] = { 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160,
					  904, 1024, 1256, 1488, 1816, 2048, 6552, 8192,
					  16384, 32768 };

	for (unsigned int i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		if (classes[i] > KMALLOC_MAX_SIZE) {
			ck_assert_ptr_null(kmalloc(classes[i], GFP_KERNEL));
			continue;
		}
		ck_assert_uint_eq(ksize(kmalloc(classes[i], GFP_KERNEL)), classes[i]);
		if (i && classes[i - 1] != 160 && classes[i - 1] != 2048)
			ck_assert_uint_eq(ksize(kmalloc(classes[i - 1] + 1, GFP_KERNEL)),
					  classes[i]);
	}
}
END_TEST

/* The compiler picks the class of a constant, the table that of a variable. */
#define SAME_CLASS(size) do {							\
	volatile size_t bytes = size;						\
										\
	ck_assert_uint_eq(ksize(kmalloc(size, GFP_KERNEL)), ksize(__kmalloc(bytes, GFP_KERNEL))); \
} while (0)

START_TEST(constants_have_the_class_of_variables)
{
	SAME_CLASS(1);
	SAME_CLASS(64);
	SAME_CLASS(65);
	SAME_CLASS(80);
	SAME_CLASS(81);
	SAME_CLASS(128);
	SAME_CLASS(129);
	SAME_CLASS(1000);
	SAME_CLASS(2520);
	SAME_CLASS(2521);
	SAME_CLASS(4096);
	SAME_CLASS(4097);
	SAME_CLASS(8192);
	SAME_CLASS(8193);
	ck_assert_ptr_eq(kmalloc(0, GFP_KERNEL), ZERO_SIZE_PTR);
}
END_TEST

START_TEST(nothing_and_too_much)
{
	void *p = kmalloc(0, GFP_KERNEL);

	ck_assert_ptr_nonnull(p);
	ck_assert_uint_eq(ksize(p), 0);
	kfree(p);
	kfree(NULL);
	p = kmalloc(KMALLOC_MAX_SIZE, GFP_KERNEL);
	ck_assert_uint_eq(ksize(p), KMALLOC_MAX_SIZE);
	kfree(p);
	ck_assert_ptr_null(kmalloc(~0UL, GFP_KERNEL));
	ck_assert_ptr_null(kmalloc(KMALLOC_MAX_SIZE + 1, GFP_KERNEL));
	ck_assert_ptr_null(kmalloc_array(1UL << 33, 1UL << 33, GFP_KERNEL));
	ck_assert_ptr_null(kcalloc(~0UL, 2, GFP_KERNEL));
	p = kmalloc_array(10, 10, GFP_KERNEL);
	ck_assert_uint_eq(ksize(p), IS_ENABLED(CONFIG_SLOB) ? 104 : 112);
	kfree(p);
}
END_TEST

START_TEST(large_sizes_come_from_pages)
{
	unsigned long before;
	char *p;

	drain_all_pages();
	before = nr_free_pages();
	p = kmalloc(100000, GFP_KERNEL | __GFP_ZERO);
	ck_assert_uint_eq(before - nr_free_pages(), 32);
	for (int i = 0; i < 100000; i++)
		ck_assert_int_eq(p[i], 0);
	kfree(p);
	ck_assert_uint_eq(nr_free_pages(), before);
	p = kmalloc(100000, GFP_KERNEL);
	ck_assert_ptr_eq(krealloc(p, 0, GFP_KERNEL), ZERO_SIZE_PTR);
	ck_assert_uint_eq(nr_free_pages(), before);
}
END_TEST

START_TEST(realloc_keeps_the_contents)
{
	unsigned char *p = NULL;

	for (size_t size = 1; size < 50000 && size <= KMALLOC_MAX_SIZE; size = size * 3 / 2 + 1) {
		p = krealloc(p, size, GFP_KERNEL);
		ck_assert_ptr_nonnull(p);
		for (size_t i = 0; i < size * 2 / 3; i++)
			ck_assert_int_eq(p[i], (unsigned char)(i * 7));
		for (size_t i = 0; i < size; i++)
			p[i] = i * 7;
	}
	ck_assert_ptr_eq(krealloc(p, ksize(p), GFP_KERNEL), p);
	ck_assert_ptr_eq(krealloc(p, 10, GFP_KERNEL), p);
	ck_assert_uint_eq(ksize(krealloc(p, 0, GFP_KERNEL)), 0);
}
END_TEST

/* Whose bytes were not zero before. */
static void leave_a_dirty_object(size_t size)
{
	char *p = kmalloc(size, GFP_KERNEL);

	memset(p, 0xff, size);
	kfree(p);
}

static void check_zero(const unsigned char *z, int size)
{
	ck_assert_ptr_nonnull(z);
	for (int i = 0; i < size; i++)
		ck_assert_int_eq(z[i], 0);
}

START_TEST(strings_and_zeroes)
{
	char *s;

	leave_a_dirty_object(8);
	s = kstrdup("7 bytes", GFP_KERNEL);
	ck_assert_str_eq(s, "7 bytes");
	ck_assert_uint_eq(ksize(s), 8);		/* its 0 is the eighth */
	kfree(s);
	ck_assert_ptr_null(kstrdup(NULL, GFP_KERNEL));
	leave_a_dirty_object(500);
	check_zero(kzalloc(500, GFP_KERNEL), 500);
	leave_a_dirty_object(600);
	check_zero(kcalloc(6, 100, GFP_KERNEL), 600);
}
END_TEST

START_TEST(random_sizes_with_contents)
{
	static struct { unsigned char *p; size_t size; unsigned char fill; } live[1000];
	uint64_t rng = test_seed();

	for (int step = 0; step < 30000; step++) {
		unsigned int i = test_random(&rng) % 1000;

		if (live[i].p) {
			for (size_t j = 0; j < live[i].size; j += 1 + live[i].size / 64)
				ck_assert_int_eq(live[i].p[j], live[i].fill);
			ck_assert_int_eq(live[i].p[live[i].size - 1], live[i].fill);
			kfree(live[i].p);
			live[i].p = NULL;
			continue;
		}
		live[i].size = 1 + test_random(&rng) % (1UL << (3 + test_random(&rng) % 12)) %
			       KMALLOC_MAX_SIZE;
		live[i].fill = test_random(&rng);
		live[i].p = kmalloc(live[i].size, GFP_KERNEL);
		ck_assert_ptr_nonnull(live[i].p);
		memset(live[i].p, live[i].fill, live[i].size);
	}
}
END_TEST

static Suite *kmalloc_suite(void)
{
	Suite *s = suite_create("kmalloc");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, boot, NULL);
	tcase_add_test(tc, each_size_fits_and_is_aligned);
	if (!IS_ENABLED(CONFIG_SLOB))
		tcase_add_test(tc, four_classes_a_doubling);
	tcase_add_test(tc, constants_have_the_class_of_variables);
	tcase_add_test(tc, nothing_and_too_much);
	if (KMALLOC_MAX_SIZE > 100000)
		tcase_add_test(tc, large_sizes_come_from_pages);
	tcase_add_test(tc, realloc_keeps_the_contents);
	tcase_add_test(tc, strings_and_zeroes);
	tcase_add_test(tc, random_sizes_with_contents);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(kmalloc_suite);
