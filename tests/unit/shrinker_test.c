// SPDX-License-Identifier: GPL-2.0-only
/*
 * shrinker_test.c - mm/reclaim/shrinker.c and reclaim.c: what is kept because there is enough of
 * it comes back, all of it.
 */
#include "suite.h"

#include <asm/host.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pcp.h>
#include <linux-lite/reclaim.h>
#include <linux-lite/shrinker.h>
#include <linux-lite/slab.h>
#include <linux-lite/table_page.h>
#include <linux-lite/vmalloc.h>
#include <linux-lite/vmap_area.h>

static void boot(void)
{
	host_boot(NULL);
	reclaim_init();
}

/* What a shell's life does to the floors below: stacks, tables, areas, objects of all sizes. */
static void busy_time(void)
{
	static struct page *tables[40];
	static void *stacks[8], *areas[20], *objects[500];

	for (unsigned int i = 0; i < ARRAY_SIZE(tables); i++)
		tables[i] = table_page_alloc(GFP_KERNEL);
	for (unsigned int i = 0; i < ARRAY_SIZE(stacks); i++)
		stacks[i] = alloc_kernel_stack(CONFIG_THREAD_SIZE_ORDER);
	for (unsigned int i = 0; i < ARRAY_SIZE(areas); i++)
		areas[i] = vmalloc((i + 1) * 3000);
	for (unsigned int i = 0; i < ARRAY_SIZE(objects); i++)
		objects[i] = kmalloc(i * 7 + 1, GFP_KERNEL);

	for (unsigned int i = 0; i < ARRAY_SIZE(objects); i++)
		kfree(objects[i]);
	for (unsigned int i = 0; i < ARRAY_SIZE(areas); i++)
		vfree(areas[i]);
	for (unsigned int i = 0; i < ARRAY_SIZE(stacks); i++)
		free_kernel_stack(stacks[i], CONFIG_THREAD_SIZE_ORDER);
	for (unsigned int i = 0; i < ARRAY_SIZE(tables); i++)
		table_page_free(tables[i]);
}

START_TEST(not_a_page_is_kept_after_drop_slab)
{
	unsigned long before;

	boot();
	busy_time();			/* the kernel's own page tables stay */
	drop_slab();
	before = nr_free_pages();
	for (int round = 0; round < 3; round++) {
		busy_time();
		ck_assert_uint_lt(nr_free_pages(), before);
		ck_assert_uint_gt(table_page_kept(0), 0);
		ck_assert_uint_gt(kernel_stack_kept(0), 0);
		ck_assert_uint_gt(vmap_area_lazy_bytes(), 0);
		drop_slab();
		ck_assert_uint_eq(table_page_kept(0), 0);
		ck_assert_uint_eq(kernel_stack_kept(0), 0);
		ck_assert_uint_eq(vmap_area_lazy_bytes(), 0);
		ck_assert_uint_eq(nr_free_pages(), before);
	}
}
END_TEST

/* When all else is taken, a request is met from what this hart keeps for the next fork. */
START_TEST(a_shortage_takes_kept_tables_and_stacks)
{
	boot();
	busy_time();
	while (alloc_page(GFP_NOWAIT | __GFP_NOWARN))
		;
	ck_assert_uint_gt(table_page_kept(0), 0);
	ck_assert_ptr_nonnull(alloc_page(GFP_KERNEL));
	ck_assert_uint_eq(table_page_kept(0), 0);
	ck_assert_uint_eq(kernel_stack_kept(0), 0);
}
END_TEST

static unsigned long asked[2], freed_by[2];

static unsigned long count_five(struct shrinker *s, struct shrink_control *sc)
{
	return 5;
}

static unsigned long count_nothing(struct shrinker *s, struct shrink_control *sc)
{
	return 0;
}

static unsigned long scan_first(struct shrinker *s, struct shrink_control *sc)
{
	ck_assert_uint_eq(sc->gfp_mask, GFP_NOWAIT);
	asked[0] += sc->nr_to_scan;
	return freed_by[0];
}

static unsigned long scan_second(struct shrinker *s, struct shrink_control *sc)
{
	asked[1]++;
	return freed_by[1];
}

START_TEST(who_has_nothing_is_not_asked)
{
	static struct shrinker has = { .count_objects = count_five, .scan_objects = scan_first };
	static struct shrinker has_not = { .count_objects = count_nothing, .scan_objects = scan_second };

	host_boot(NULL);
	register_shrinker(&has);
	register_shrinker(&has_not);
	freed_by[0] = 3;
	ck_assert_uint_eq(shrink_slab(GFP_NOWAIT), 3);
	ck_assert_uint_eq(asked[0], 5);
	ck_assert_uint_eq(asked[1], 0);
}
END_TEST

static Suite *shrinker_suite(void)
{
	Suite *s = suite_create("shrinker");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, not_a_page_is_kept_after_drop_slab);
	tcase_add_test(tc, a_shortage_takes_kept_tables_and_stacks);
	tcase_add_test(tc, who_has_nothing_is_not_asked);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(shrinker_suite);
