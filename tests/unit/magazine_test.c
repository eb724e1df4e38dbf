// SPDX-License-Identifier: GPL-2.0-only
/*
 * magazine_test.c - mm/slab/magazine.c: where free objects wait. (slab_test.c has what holds for
 * any design.)
 */
#include "suite.h"

#include <asm/host.h>
#include <linux-lite/fail_alloc.h>
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
	kmem_cache_shrink(s);				/* and is forgotten */
	burst(s, 240, o);
	ck_assert_uint_eq(s->depot_limit, at_first);
	burst(s, 240, o);
	ck_assert_uint_eq(s->depot_limit, 2 * at_first);
	for (int round = 0; round < 5; round++) {
		u32 before = s->depot_limit;

		burst(s, 240, o);
		ck_assert(s->depot_limit == before || s->depot_limit == 2 * before);
	}
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

static unsigned int in_magazine(const struct kmem_cache *s)
{
	return s->cpu[0].top - s->cpu[0].loaded->slot;
}

/* Fewer of what is larger; and a magazine fills the piece of memory that it lies in. */
START_TEST(magazines_hold_less_of_what_is_larger)
{
	static const struct { u32 size, limit; } sizes[] = {
		{ 8, 62 }, { 256, 62 }, { 264, 30 }, { 1024, 30 }, { 1032, 14 }, { 4096, 14 },
		{ 4104, 6 }, { 32768, 6 },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct kmem_cache *s;

		if (sizes[i].size > PAGE_SIZE << SLAB_MAX_ORDER)
			continue;
		s = kmem_cache_create("test", sizes[i].size, 0, 0, NULL);
		ck_assert_uint_eq(s->magazine_limit, sizes[i].limit);
		ck_assert_uint_eq(s->depot_limit, max(1u, min(65536 / s->size, 1024u) / sizes[i].limit));
		ck_assert_uint_eq(slab_count_cpu(s), 0);
		ck_assert_ptr_nonnull(kmem_cache_alloc(s, GFP_KERNEL));
		ck_assert_uint_eq(ksize(s->cpu[0].loaded), 16 + 8 * sizes[i].limit);
		/* Half a magazine came, and one of them is taken; or all that a slab has. */
		ck_assert_uint_eq(in_magazine(s), min(sizes[i].limit / 2 + 0ul, s->nr_objects) - 1);
		ck_assert_uint_eq(slab_count_cpu(s), in_magazine(s));
	}
}
END_TEST

#ifdef CONFIG_FAIL_PAGE_ALLOC
START_TEST(without_a_magazine_objects_go_one_by_one)
{
	struct kmem_cache *s = kmem_cache_create("test", 64, 0, 0, NULL);
	void *o[3];

	fail_page_alloc(0, 1000000);
	while (kmalloc(16 + 8 * s->magazine_limit, GFP_NOWAIT | __GFP_NOWARN))
		;				/* nothing to make a magazine of */
	for (unsigned int i = 0; i < 3; i++) {
		fail_page_alloc(0, 1);
		o[i] = kmem_cache_alloc(s, GFP_KERNEL);
		ck_assert_ptr_nonnull(o[i]);
		ck_assert_ptr_null(s->cpu[0].loaded);
	}
	fail_page_alloc(0, 1000000);
	for (unsigned int i = 0; i < 3; i++)
		kmem_cache_free(s, o[i]);
	fail_page_alloc(-1, 0);
	ck_assert_uint_eq(s->nr_inuse, 0);
	ck_assert_int_eq(slab_check(s), 0);
}
END_TEST
#endif

/* A magazine is an object of kmalloc's, which may be watched. */
START_TEST(magazines_go_back_to_a_watched_cache)
{
	struct slabinfo before, after;
	struct kmem_cache *s, *from;

	host_boot(&(struct host_config){ .slab_debug = "F,kmalloc-512" });
	from = kmalloc_cache_of(512);
	get_slabinfo(from, &before);
	s = kmem_cache_create("test", 64, 0, 0, NULL);
	kmem_cache_free(s, kmem_cache_alloc(s, GFP_KERNEL));
	get_slabinfo(from, &after);
	ck_assert_uint_eq(after.active_objs, before.active_objs + 1);
	kmem_cache_destroy(s);
	get_slabinfo(from, &after);
	ck_assert_uint_eq(after.active_objs, before.active_objs);
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
	tcase_add_test(tc, magazines_hold_less_of_what_is_larger);
#ifdef CONFIG_FAIL_PAGE_ALLOC
	tcase_add_test(tc, without_a_magazine_objects_go_one_by_one);
#endif
	suite_add_tcase(s, tc);
	tc = tcase_create("own_machine");
	if (IS_ENABLED(CONFIG_SLAB_DEBUG))
		tcase_add_test(tc, magazines_go_back_to_a_watched_cache);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(magazine_suite);

#endif
