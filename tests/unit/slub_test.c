// SPDX-License-Identifier: GPL-2.0-only
/*
 * slub_test.c - mm/slab/slub.c: where slabs go, and what protects their lists. (slab_test.c has
 * what holds for any design.)
 */
#include "suite.h"

#include <signal.h>

#include <asm/host.h>
#include <linux-lite/smp.h>

#ifdef CONFIG_SLUB
#include <linux-lite/slub.h>

static void boot(void)
{
	host_boot(NULL);
}

#define NR	4000
static void *o[NR];

static struct kmem_cache *filled_cache(unsigned int size, unsigned int nr)
{
	struct kmem_cache *s = kmem_cache_create("test", size, 0, 0, NULL);

	ck_assert_int_eq(kmem_cache_alloc_bulk(s, GFP_KERNEL, nr, o), nr);
	return s;
}

static struct page *slab_of(void *object)
{
	return compound_head(virt_to_page(object));
}

/* What is freed to the active slab is what is allocated next. */
START_TEST(the_active_slab_is_a_stack)
{
	struct kmem_cache *s = filled_cache(64, 10);

	for (int i = 0; i < 10; i++)
		kmem_cache_free(s, o[i]);
	for (int i = 9; i >= 0; i--)
		ck_assert_ptr_eq(kmem_cache_alloc(s, GFP_KERNEL), o[i]);
	ck_assert_uint_eq(s->nr_slabs, 1);
	ck_assert_int_eq(slab_check(s), 0);
}
END_TEST

/* A full slab is nowhere; with its first free object it is this hart's; too many, everybody's. */
START_TEST(full_slabs_come_back_by_way_of_the_hart)
{
	struct kmem_cache *s = filled_cache(256, NR);
	const struct cpu_cache *c = &s->cpu[0];
	unsigned int per = s->objects_per_slab, slabs = NR / per;

	ck_assert_uint_eq(c->nr_partial, 0);
	ck_assert_uint_eq(s->nr_partial, 0);
	for (unsigned int i = 0; i < slabs - 1; i++) {
		struct page *page = slab_of(o[i * per]);

		ck_assert(!page->frozen);
		kmem_cache_free(s, o[i * per]);
		ck_assert_uint_le(c->nr_partial, s->cpu_partial);
		ck_assert_uint_eq(c->nr_partial + s->nr_partial, i + 1);
		ck_assert_int_eq(slab_check(s), 0);
	}
	/* And each is found again. */
	for (unsigned int i = 0; i < slabs - 1; i++)
		kmem_cache_alloc(s, GFP_KERNEL);
	ck_assert_uint_eq(c->nr_partial + s->nr_partial, 0);
	ck_assert_int_eq(slab_check(s), 0);
}
END_TEST

START_TEST(empty_slabs_go_back_but_for_a_few)
{
	struct kmem_cache *s = filled_cache(256, NR);

	for (int i = 0; i < NR; i++)
		kmem_cache_free(s, o[i]);
	ck_assert_uint_le(s->nr_partial, s->min_partial);
	ck_assert_uint_le(s->nr_slabs, s->min_partial + s->cpu_partial + 1);
	ck_assert_int_eq(slab_check(s), 0);
	ck_assert_uint_eq(slab_discard_empty(s, 1), s->min_partial - 1);
	ck_assert_uint_eq(s->nr_partial, 1);
	ck_assert_uint_gt(kmem_cache_shrink(s), 0);
	ck_assert_uint_eq(s->nr_slabs, 0);
}
END_TEST

/* In the middle of the cache's list, too: the last object may be of any slab. */
START_TEST(a_listed_slab_that_empties_leaves_the_list)
{
	struct kmem_cache *s = filled_cache(512, 8 * 40);
	unsigned int per = s->objects_per_slab, slabs = 8 * 40 / per;

	for (unsigned int i = 0; i < slabs; i++)
		kmem_cache_free(s, o[i * per]);
	kmem_cache_shrink(s);			/* all of them are in the cache's list */
	ck_assert_uint_eq(s->nr_partial, slabs);
	for (unsigned int i = slabs; i-- > 0; ) {
		for (unsigned int j = 1; j < per; j++)
			kmem_cache_free(s, o[i * per + j]);
		ck_assert_int_eq(slab_check(s), 0);
		ck_assert_uint_eq(s->nr_slabs, i > s->min_partial ? i : s->min_partial);
	}
}
END_TEST

/* Another hart frees to the active slab, which takes the objects up when its own are gone. */
static void free_all(void *cache)
{
	for (int i = 0; i < 20; i++)
		kmem_cache_free(cache, o[i]);
}

START_TEST(the_active_slab_takes_what_others_free)
{
	struct kmem_cache *s;
	struct page *page;

	host_boot(&(struct host_config){ .harts = 2 });
	s = filled_cache(64, 20);
	page = s->cpu[0].page;
	host_run_on(1, free_all, s);
	host_join(1);
	ck_assert_ptr_eq(s->cpu[0].page, page);
	ck_assert_uint_eq(freelist_length(s, page->freelist), 20);
	for (unsigned int cpu = 1; cpu < CONFIG_NR_CPUS; cpu++)
		ck_assert_uint_eq(s->cpu[cpu].nr_partial, 0);
	ck_assert_int_eq(slab_check(s), 0);
	ck_assert_int_eq(kmem_cache_alloc_bulk(s, GFP_KERNEL, s->objects_per_slab, o),
			 s->objects_per_slab);
	for (unsigned int i = 0; i < s->objects_per_slab; i++)
		ck_assert_ptr_eq(slab_of(o[i]), page);
}
END_TEST

START_TEST(a_bulk_free_takes_a_slab_at_a_time)
{
	struct kmem_cache *s = filled_cache(128, 1000);

	kmem_cache_free_bulk(s, 1000, o);
	ck_assert_int_eq(slab_check(s), 0);
	kmem_cache_shrink(s);
	ck_assert_uint_eq(s->nr_slabs, 0);
}
END_TEST

/* CONFIG_SLAB_FREELIST_RANDOM: in order without it, and in no order with it. */
START_TEST(objects_of_a_new_slab_come_in_their_order)
{
	struct kmem_cache *s = filled_cache(64, 64);
	unsigned int in_order = 0;

	for (int i = 1; i < 64; i++)
		in_order += (char *)o[i] == (char *)o[i - 1] + 64;
	if (IS_ENABLED(CONFIG_SLAB_FREELIST_RANDOM))
		ck_assert_uint_le(in_order, 10);	/* 1 of 63 by chance */
	else
		ck_assert_uint_eq(in_order, 63);
	ck_assert_int_eq(slab_check(s), 0);
}
END_TEST

/* All 24 orders of 4 objects, each about as often as the others. */
START_TEST(each_order_is_equally_likely)
{
	enum { SLABS = 2400 };
	static unsigned int seen[256];
	struct kmem_cache *s = kmem_cache_create("test", 8192, 0, 0, NULL);
	unsigned int orders = 0;

	ck_assert_uint_eq(s->objects_per_slab, 4);
	for (int i = 0; i < SLABS; i++) {
		unsigned int code = 0;

		for (int j = 0; j < 4; j++) {
			char *object = kmem_cache_alloc(s, GFP_KERNEL);

			o[j] = object;
			code = code << 2 | (object - (char *)page_address(slab_of(object))) / 8192;
		}
		seen[code]++;
		kmem_cache_free_bulk(s, 4, o);
		kmem_cache_shrink(s);
	}
	for (int i = 0; i < 256; i++) {
		orders += seen[i] != 0;
		/* 100 expected, the standard deviation is 10. */
		if (seen[i])
			ck_assert_uint_ge(seen[i], 50);
		ck_assert_uint_le(seen[i], 150);
	}
	ck_assert_uint_eq(orders, 24);
}
END_TEST

/* CONFIG_SLAB_FREELIST_HARDENED: no link can be read in a free object, or written there. */
START_TEST(links_cannot_be_read)
{
	struct kmem_cache *s = filled_cache(64, 4), *other = kmem_cache_create("other", 64, 0, 0, NULL);
	unsigned long *place;

	kmem_cache_free(s, o[0]);
	kmem_cache_free(s, o[1]);
	place = (unsigned long *)((char *)o[1] + s->link_offset);
	ck_assert_ptr_eq(get_freepointer(s, o[1]), o[0]);
	ck_assert_uint_ne(*place, (unsigned long)o[0]);
	ck_assert_ptr_ne(get_freepointer(other, o[1]), o[0]);	/* another secret */
	/* Neither is its upper half the secret's: address and link don't cancel. */
	ck_assert_uint_ne(*place >> 40, s->random >> 40);
	/* What was copied to another place means something else there. */
	*(unsigned long *)((char *)o[2] + s->link_offset) = *place;
	ck_assert_ptr_ne(get_freepointer(s, o[2]), o[0]);
	ck_assert_uint_eq(s->link_offset, 32);
}
END_TEST

START_TEST(a_double_free_is_noticed)
{
	struct kmem_cache *s = filled_cache(64, 4);

	kmem_cache_free(s, o[0]);
	kmem_cache_free(s, o[0]);
}
END_TEST

static Suite *slub_suite(void)
{
	Suite *s = suite_create("slub");
	TCase *tc = tcase_create("one_hart");
	TCase *two = tcase_create("two_harts");

	tcase_add_checked_fixture(tc, boot, NULL);
	tcase_add_test(tc, the_active_slab_is_a_stack);
	tcase_add_test(tc, full_slabs_come_back_by_way_of_the_hart);
	tcase_add_test(tc, empty_slabs_go_back_but_for_a_few);
	tcase_add_test(tc, a_listed_slab_that_empties_leaves_the_list);
	tcase_add_test(tc, a_bulk_free_takes_a_slab_at_a_time);
	tcase_add_test(tc, objects_of_a_new_slab_come_in_their_order);
	if (IS_ENABLED(CONFIG_SLAB_FREELIST_RANDOM))
		tcase_add_test(tc, each_order_is_equally_likely);
	if (IS_ENABLED(CONFIG_SLAB_FREELIST_HARDENED)) {
		tcase_add_test(tc, links_cannot_be_read);
		tcase_add_test_raise_signal(tc, a_double_free_is_noticed, SIGABRT);
	}
	suite_add_tcase(s, tc);
	tcase_add_test(two, the_active_slab_takes_what_others_free);
	suite_add_tcase(s, two);
	return s;
}
REGISTER_SUITE(slub_suite);

#endif
