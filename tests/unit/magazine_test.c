// SPDX-License-Identifier: GPL-2.0-only
/*
 * magazine_test.c - mm/slab/magazine.c: where free objects wait. (slab_test.c has what holds for
 * any design.)
 */
#include "suite.h"

#include <asm/host.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/slab_design.h>

#ifdef CONFIG_SLAB

static void boot(void)
{
	host_boot(NULL);
}

/* What reclaim gives up: all of the depot, and the empty slabs, of which there are two at most. */
START_TEST(reclaim_empties_depots_and_slabs)
{
	struct kmem_cache *s = kmem_cache_create("test", 1000, 0, 0, NULL);
	static void *o[1000];

	ck_assert_int_eq(kmem_cache_alloc_bulk(s, GFP_KERNEL, 1000, o), 1000);
	kmem_cache_free_bulk(s, 1000, o);
	ck_assert_uint_ge(s->nr_depot_full, 1);
	ck_assert_uint_eq(s->nr_empty, MAX_EMPTY_SLABS);
	ck_assert_uint_ge(slab_reclaim(slab_count_spare()), MAX_EMPTY_SLABS);
	ck_assert_uint_eq(s->nr_depot_full, 0);
	ck_assert_uint_eq(s->nr_empty, 0);
	ck_assert_int_eq(slab_check(s), 0);
}
END_TEST

/* What is freed in a burst waits in the depot, whole magazines of it, up to a limit. */
START_TEST(bursts_stop_at_the_depot)
{
	struct kmem_cache *s = kmem_cache_create("test", 64, 0, 0, NULL);
	unsigned long slabs, kept;
	static void *o[3000];

	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 1000; i++)
			o[i] = kmem_cache_alloc(s, GFP_KERNEL);
		slabs = s->nr_slabs;
		for (int i = 0; i < 1000; i++)
			kmem_cache_free(s, o[i]);
		ck_assert_uint_eq(s->nr_slabs, slabs);
		ck_assert_int_eq(slab_check(s), 0);
	}
	ck_assert_uint_ge(s->nr_depot_full, 10);

	for (int i = 0; i < 3000; i++)
		o[i] = kmem_cache_alloc(s, GFP_KERNEL);
	ck_assert_uint_eq(s->nr_depot_full, 0);
	for (int i = 0; i < 3000; i++)
		kmem_cache_free(s, o[i]);
	kept = (s->depot_limit + 2) * s->magazine_limit;
	ck_assert_uint_eq(s->nr_depot_full, s->depot_limit);
	ck_assert_uint_le(s->nr_inuse, kept);
	ck_assert_uint_eq(s->nr_inuse, s->nr_depot_full * s->magazine_limit +
			  (s->cpu[0].top - s->cpu[0].loaded->slot) +
			  (s->cpu[0].spare_full ? s->magazine_limit : 0));
	ck_assert_int_eq(slab_check(s), 0);
	kmem_cache_destroy(s);
}
END_TEST

static void burst(struct kmem_cache *s, unsigned int nr, void **objects)
{
	for (unsigned int i = 0; i < nr; i++)
		objects[i] = kmem_cache_alloc(s, GFP_KERNEL);
	for (unsigned int i = 0; i < nr; i++)
		kmem_cache_free(s, objects[i]);
	ck_assert_int_eq(slab_check(s), 0);
}

START_TEST(a_depot_grows_when_bursts_come_again)
{
	struct kmem_cache *s = kmem_cache_create("test", 1024, 0, 0, NULL);
	u32 at_first = s->depot_limit;
	static void *o[2000];

	burst(s, 240, o);
	ck_assert_uint_eq(s->depot_limit, at_first);	/* once proves nothing */
	for (int round = 0; round < 5; round++)
		burst(s, 240, o);
	ck_assert_uint_gt(s->depot_limit, at_first);
	ck_assert_uint_eq(s->nr_inuse, 240);		/* none goes home any more */

	for (int round = 0; round < 10; round++)
		burst(s, 2000, o);
	ck_assert_uint_le(s->depot_limit * s->magazine_limit * s->size,
			  totalram_pages() * PAGE_SIZE / 256);
	kmem_cache_shrink(s);
	ck_assert_uint_eq(s->depot_limit, at_first);
	kmem_cache_destroy(s);
}
END_TEST

static Suite *magazine_suite(void)
{
	Suite *s = suite_create("magazine");
	TCase *tc = tcase_create("one_hart");

	tcase_add_checked_fixture(tc, boot, NULL);
	tcase_add_test(tc, reclaim_empties_depots_and_slabs);
	tcase_add_test(tc, bursts_stop_at_the_depot);
	tcase_add_test(tc, a_depot_grows_when_bursts_come_again);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(magazine_suite);

#endif
