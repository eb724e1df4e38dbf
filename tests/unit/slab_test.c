// SPDX-License-Identifier: GPL-2.0-only
/*
 * slab_test.c - kmem_cache_*, whatever design is behind it: a shadow heap says what each object
 * should hold.
 */
#include "suite.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <asm/host.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>
#include <linux-lite/reclaim.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/slab_design.h>
#include <linux-lite/vmstat.h>

static void boot(void)
{
	host_boot(NULL);
}

static unsigned long settled_free(void)
{
	drain_all_pages();
	return nr_free_pages();
}

/* Of a cache whose harts' stocks have been given up. */
static struct slabinfo info_of(struct kmem_cache *s)
{
	struct slabinfo info = { 0 };

	get_slabinfo(s, &info);
	return info;
}

#define LIVE	3000
static struct shadow {
	unsigned char *object;
	unsigned char fill;
} live[LIVE];

static void fill_object(struct shadow *s, uint32_t size)
{
	memset(s->object, s->fill, size);
}

static void check_object(const struct shadow *s, uint32_t size)
{
	ck_assert_int_eq(s->object[0], s->fill);
	ck_assert(!memcmp(s->object, s->object + 1, size - 1));
}

static const struct { unsigned int size, align, flags; } shapes[] = {
	{ 1, 0, 0 }, { 24, 0, 0 }, { 64, 64, 0 }, { 72, 0, SLAB_HWCACHE_ALIGN }, { 300, 16, 0 },
	{ 1000, 0, SLAB_RECLAIM_ACCOUNT }, { 4096, 4096, 0 }, { 5000, 0, 0 }, { 32768, 0, 0 },
};

START_TEST(random_objects_against_the_shadow)
{
	unsigned int size = shapes[_i].size, nr = 0;
	unsigned int limit = size > 4096 ? 200 : size > 512 ? 1000 : LIVE;
	uint64_t rng = test_seed() + _i;
	struct kmem_cache *s = kmem_cache_create("test", size, shapes[_i].align,
						 shapes[_i].flags, NULL);

	ck_assert_ptr_nonnull(s);
	for (int step = 0; step < 20000; step++) {
		bool grow = test_random(&rng) % 100 < (step / 3000 % 2 ? 25 : 75);

		if (grow && nr < limit) {
			struct shadow *o = &live[nr++];

			o->object = kmem_cache_alloc(s, GFP_KERNEL);
			o->fill = test_random(&rng);
			ck_assert_ptr_nonnull(o->object);
			if (shapes[_i].align)
				ck_assert_uint_eq((uintptr_t)o->object % shapes[_i].align, 0);
			if (shapes[_i].flags & SLAB_HWCACHE_ALIGN)
				ck_assert_uint_eq((uintptr_t)o->object % 64, 0);
			fill_object(o, size);
		} else if (!grow && nr) {
			unsigned int i = test_random(&rng) % nr;

			check_object(&live[i], size);
			kmem_cache_free(s, live[i].object);
			live[i] = live[--nr];
		}
		if (step % 500 == 0)
			ck_assert_int_eq(slab_check(s), 0);
	}
	while (nr--) {
		check_object(&live[nr], size);
		kmem_cache_free(s, live[nr].object);
	}
	kmem_cache_shrink(s);
	ck_assert_int_eq(slab_check(s), 0);
	ck_assert_uint_eq(info_of(s).num_slabs, 0);
	ck_assert_uint_eq(info_of(s).active_objs, 0);
	kmem_cache_destroy(s);
}
END_TEST

START_TEST(cache_gives_all_its_memory_back)
{
	/* Caches of SLOB share their pages. */
	enum node_stat_item item = IS_ENABLED(CONFIG_SLOB) ? NR_SLAB_UNRECLAIMABLE :
							      NR_SLAB_RECLAIMABLE;
	unsigned long before, slab = global_node_page_state(item);
	struct kmem_cache *s;
	void *o[400];

	/* Once, so that what is kept for good is there already. */
	for (int round = 0; round < 2; round++) {
		before = settled_free();
		s = kmem_cache_create("test", 700, 0, SLAB_RECLAIM_ACCOUNT, NULL);
		for (int i = 0; i < 400; i++)
			o[i] = kmem_cache_alloc(s, GFP_KERNEL);
		ck_assert_uint_ge(global_node_page_state(item), slab + 400 / 6);
		for (int i = 0; i < 400; i++)
			kmem_cache_free(s, o[i]);
		/* Some empty slabs and a hart's stock of objects stay. */
		ck_assert_uint_le(info_of(s).num_slabs, 30);
		kmem_cache_destroy(s);
		ck_assert_uint_eq(global_node_page_state(item), slab);
	}
	ck_assert_uint_eq(settled_free(), before);
}
END_TEST

static unsigned int nr_constructed;

static void construct(void *object)
{
	memset(object, 0x5a, 40);
	nr_constructed++;
}

START_TEST(constructed_state_survives)
{
	struct kmem_cache *s = kmem_cache_create("test", 40, 0, 0, construct);
	unsigned char *o[500];

	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 500; i++) {
			o[i] = kmem_cache_alloc(s, GFP_KERNEL);
			for (int j = 0; j < 40; j++)
				ck_assert_int_eq(o[i][j], 0x5a);
		}
		for (int i = 0; i < 500; i++)
			kmem_cache_free(s, o[i]);
	}
	ck_assert_uint_le(nr_constructed, 3 * 500 + 500);
	ck_assert_uint_ge(nr_constructed, 500);
	kmem_cache_destroy(s);
}
END_TEST

START_TEST(zalloc_clears_used_memory)
{
	struct kmem_cache *s = kmem_cache_create("test", 100, 0, 0, NULL);
	char *o = kmem_cache_alloc(s, GFP_KERNEL);

	memset(o, 0xff, 100);
	kmem_cache_free(s, o);
	ck_assert_ptr_eq(kmem_cache_zalloc(s, GFP_KERNEL), o);
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(o[i], 0);
}
END_TEST

START_TEST(leaks_keep_the_cache)
{
	struct kmem_cache *s = kmem_cache_create("leaky", 100, 0, 0, NULL), *other;
	char *o = kmem_cache_alloc(s, GFP_KERNEL);
	bool listed = false;

	kmem_cache_destroy(s);			/* reports, and does not free */
	list_for_each_entry(other, &slab_caches, list)
		listed |= other == s;
	ck_assert(listed);
	memset(o, 1, 100);
	kmem_cache_free(s, o);
	kmem_cache_destroy(s);
	list_for_each_entry(other, &slab_caches, list)
		ck_assert_ptr_ne(other, s);
}
END_TEST

START_TEST(shortage_is_null_and_leaves_no_trace)
{
	struct kmem_cache *s = kmem_cache_create("test", 64, 0, 0, NULL);
	void **chain = NULL, **p;

	while ((p = kmem_cache_alloc(s, GFP_NOWAIT | __GFP_NOWARN))) {
		*p = chain;
		chain = p;
	}
	ck_assert_int_eq(slab_check(s), 0);
	ck_assert_uint_eq(info_of(s).active_objs, info_of(s).num_objs);
	while (chain) {
		p = *chain;
		kmem_cache_free(s, chain);
		chain = p;
	}
	ck_assert_int_eq(slab_check(s), 0);
	kmem_cache_destroy(s);
}
END_TEST

START_TEST(bulk_is_all_or_nothing)
{
	static void *o[1000], *copy[1000];
	struct kmem_cache *s = kmem_cache_create("test", 64, 0, 0, NULL);
	static const size_t sizes[] = { 0, 1, 31, 62, 63, 200, 1000 };
	void *many[64];

	for (unsigned int i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t nr = sizes[i];

		ck_assert_int_eq(kmem_cache_alloc_bulk(s, GFP_KERNEL | __GFP_ZERO, nr, o), nr);
		for (size_t j = 0; j < nr; j++) {
			for (int k = 0; k < 64; k++)
				ck_assert_int_eq(((char *)o[j])[k], 0);
			memset(o[j], 0x77, 64);		/* a second owner would see it */
		}
		memcpy(copy, o, sizeof(o));
		kmem_cache_free_bulk(s, nr, copy);
		ck_assert_int_eq(slab_check(s), 0);
	}
	kmem_cache_shrink(s);
	ck_assert_uint_eq(info_of(s).active_objs, 0);

	struct kmem_cache *large = kmem_cache_create("large", PAGE_SIZE << SLAB_MAX_ORDER, 0, 0,
						     NULL);
	unsigned int rounds = 0;

	while (kmem_cache_alloc_bulk(large, GFP_NOWAIT | __GFP_NOWARN, 64, many))
		ck_assert_uint_lt(++rounds, 10000);
	/* What it had got before it failed is free again. */
	kmem_cache_shrink(large);
	ck_assert_int_eq(slab_check(large), 0);
	ck_assert_uint_eq(info_of(large).active_objs, rounds * 64);
}
END_TEST

/* Who needs a page when there is none gets one that an empty slab was. */
START_TEST(a_shortage_gives_empty_slabs_back)
{
	struct kmem_cache *s = kmem_cache_create("test", 1000, 0, 0, NULL);
	static void *o[1000];
	struct page *page;

	reclaim_init();
	ck_assert_int_eq(kmem_cache_alloc_bulk(s, GFP_KERNEL, 1000, o), 1000);
	kmem_cache_free_bulk(s, 1000, o);
	ck_assert_uint_ge(slab_count_spare_of(s), 1);
	while (alloc_page(GFP_NOWAIT | __GFP_NOWARN))
		;
	page = alloc_page(GFP_KERNEL);
	ck_assert_ptr_nonnull(page);
	ck_assert_uint_eq(slab_count_spare_of(s), 0);
	ck_assert_int_eq(slab_check(s), 0);
}
END_TEST

START_TEST(slabinfo_has_linux_s_columns)
{
	char buf[8192];
	struct seq_file m = { .buf = buf, .size_bytes = sizeof(buf) };
	struct kmem_cache *s = kmem_cache_create("columns", 128, 0, 0, NULL);
	struct kmem_cache *large = kmem_cache_create("large", PAGE_SIZE << SLAB_MAX_ORDER, 0, 0, NULL);
	unsigned long active, objs, slabs, all;
	unsigned int size, per, pages, limit, batch, shared, shared_avail;
	char *line;

	for (int i = 0; i < 10; i++)
		kmem_cache_alloc(s, GFP_KERNEL);
	ck_assert_int_eq(slabinfo_show(&m), 0);
	ck_assert(!seq_overflow(&m));
	buf[m.count] = '\0';
	ck_assert_int_eq(strncmp(buf, "slabinfo - version: 2.1\n", 24), 0);
	line = strstr(buf, "\ncolumns ");
	ck_assert_ptr_nonnull(line);
	ck_assert_int_eq(sscanf(line, "\ncolumns %lu %lu %u %u %u : tunables %u %u %u : slabdata "
				"%lu %lu %u", &active, &objs, &size, &per, &pages, &limit, &batch,
				&shared, &slabs, &all, &shared_avail), 11);
	ck_assert_uint_eq(active, 10);
	if (IS_ENABLED(CONFIG_SLAB))
		ck_assert_uint_eq(batch, limit / 2);
	ck_assert_uint_eq(shared | shared_avail, 0);
	ck_assert_uint_eq(size, 128);
	line = strstr(buf, "\nlarge ");
	ck_assert_int_eq(sscanf(line, "\nlarge %*u %*u %*u %*u %u", &shared), 1);
	ck_assert_uint_eq(shared, 1u << large->order);
	if (IS_ENABLED(CONFIG_SLOB)) {
		ck_assert_uint_eq(per, 0);
		ck_assert_uint_eq(objs, 10);
	} else {
		ck_assert_uint_eq(per, pages * PAGE_SIZE / 128);
		ck_assert_uint_eq(objs, per);
	}
	ck_assert_uint_eq(slabs, !IS_ENABLED(CONFIG_SLOB));
	ck_assert_uint_eq(all, slabs);
}
END_TEST

/* What is in the harts' and the cache's stocks is nobody's, though it left its slab. */
START_TEST(slabinfo_counts_what_users_have)
{
	static char buf[16384];
	struct seq_file m = { .buf = buf, .size_bytes = sizeof(buf) };
	struct kmem_cache *s = kmem_cache_create("counted", 136, 0, 0, NULL);
	unsigned long active, objs, active_slabs, slabs;
	static void *o[500];

	for (int i = 0; i < 500; i++)
		o[i] = kmem_cache_alloc(s, GFP_KERNEL);
	for (int i = 0; i < 493; i++)
		kmem_cache_free(s, o[i]);
	slabinfo_show(&m);
	buf[m.count] = '\0';
	ck_assert_ptr_nonnull(strstr(buf, "\ncounted "));
	ck_assert_int_eq(sscanf(strstr(buf, "\ncounted "), "\ncounted %lu %lu %*u %*u %*u : tunables "
				"%*u %*u %*u : slabdata %lu %lu", &active, &objs, &active_slabs,
				&slabs), 4);
	ck_assert_uint_eq(active, 7);
	ck_assert_uint_ge(objs, 7);
	ck_assert_uint_ge(active_slabs, !IS_ENABLED(CONFIG_SLOB));	/* which has none */
	ck_assert_uint_le(active_slabs, slabs);
}
END_TEST

/* Empty ones are there, at most. Large objects: the stocks don't hold all slabs back. */
START_TEST(no_more_slabs_are_active_than_there_are)
{
	struct kmem_cache *s = kmem_cache_create("empty", 5000, 0, 0, NULL);
	static void *o[400];
	struct slabinfo info;

	for (int i = 0; i < 400; i++)
		o[i] = kmem_cache_alloc(s, GFP_KERNEL);
	for (int i = 0; i < 400; i++)
		kmem_cache_free(s, o[i]);
	info = info_of(s);
	ck_assert_uint_le(info.active_slabs, info.num_slabs);
	ck_assert_uint_le(info.active_objs, info.num_objs);
}
END_TEST

/* SLAB_HWCACHE_ALIGN is for what is larger than half a line: two of 32 bytes do share one. */
START_TEST(only_large_enough_objects_begin_a_cache_line)
{
	static const struct { unsigned int size; bool aligned; } sizes[] = {
		{ 24, false }, { 32, false }, { 33, true }, { 64, true }, { 100, true },
	};

	for (unsigned int i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct kmem_cache *s = kmem_cache_create("lines", sizes[i].size, 0,
							 SLAB_HWCACHE_ALIGN, NULL);
		bool all = true;

		for (int j = 0; j < 50; j++)
			all &= (uintptr_t)kmem_cache_alloc(s, GFP_KERNEL) % 64 == 0;
		ck_assert_int_eq(all, sizes[i].aligned);
	}
}
END_TEST

/* What reclaim can have back lies beside what it can have back, in pageblocks of that type. */
START_TEST(reclaimable_objects_have_reclaimable_pages)
{
	struct kmem_cache *s = kmem_cache_create("reclaimable", 700, 0, SLAB_RECLAIM_ACCOUNT, NULL);
	struct kmem_cache *other = kmem_cache_create("other", 700, 0, 0, NULL);

	ck_assert_int_eq(virt_to_page(kmem_cache_alloc(s, GFP_KERNEL))->migratetype,
			 MIGRATE_RECLAIMABLE);
	ck_assert_int_eq(virt_to_page(kmem_cache_alloc(other, GFP_KERNEL))->migratetype,
			 MIGRATE_UNMOVABLE);
}
END_TEST

/* Each hart's stock is written by that hart alone. */
START_TEST(caches_begin_cache_lines)
{
	for (int i = 0; i < 20; i++)
		ck_assert_uint_eq((uintptr_t)kmem_cache_create("lines", 5000 % (i * 8 + 100) + 8, 0, 0,
							       NULL) % 64, 0);
}
END_TEST

/* Slabs, and all empty. */
static struct kmem_cache *cache_to_spare(unsigned int size)
{
	struct kmem_cache *s = kmem_cache_create("spare", size, 0, 0, NULL);
	static void *o[100];

	ck_assert_int_eq(kmem_cache_alloc_bulk(s, GFP_KERNEL, ARRAY_SIZE(o), o), ARRAY_SIZE(o));
	kmem_cache_free_bulk(s, ARRAY_SIZE(o), o);
	ck_assert_uint_gt(slab_count_spare_of(s), 0);
	return s;
}

START_TEST(reclaim_takes_no_more_than_it_is_asked_for)
{
	struct kmem_cache *first, *second;
	unsigned long spare, before, pages;

	slab_drain_all();
	ck_assert_uint_eq(slab_count_spare(), 0);
	ck_assert_uint_eq(slab_reclaim(~0UL), 0);
	first = cache_to_spare(5000);
	second = cache_to_spare(5000);
	spare = slab_count_spare();
	ck_assert_uint_ge(spare, slab_count_spare_of(first) + slab_count_spare_of(second));
	slab_drain_depot(first);
	slab_drain_depot(second);
	spare = slab_count_spare_of(second);
	ck_assert_uint_eq(slab_reclaim(0), 0);
	ck_assert_uint_eq(slab_count_spare_of(second), spare);
	ck_assert_uint_ge(slab_reclaim(1), 1);
	ck_assert_uint_eq(slab_count_spare_of(second), spare);	/* the others had enough */
	before = settled_free();
	pages = slab_reclaim(~0UL);
	ck_assert_uint_eq(slab_count_spare(), 0);
	ck_assert_uint_ge(pages, 1UL << second->min_order);
	ck_assert_uint_le(pages, settled_free() - before);
	ck_assert_uint_gt(slab_drain_all(), 0);			/* and what the hart had */
}
END_TEST

static unsigned long objects_of_all_caches(void)
{
	struct kmem_cache *s;
	unsigned long sum = 0;

	list_for_each_entry(s, &slab_caches, list)
		sum += info_of(s).active_objs;
	return sum;
}

/* Nothing that a cache took for itself from another one outlives it. */
START_TEST(a_destroyed_cache_leaves_no_object)
{
	static void *o[3000];
	unsigned long before = 0;

	for (int round = 0; round < 6; round++) {
		struct kmem_cache *s = kmem_cache_create("burst", 40, 0, 0, NULL);

		for (int burst = 0; burst < 2; burst++) {
			for (int i = 0; i < 3000; i++)
				ck_assert_ptr_nonnull(o[i] = kmem_cache_alloc(s, GFP_KERNEL));
			if (burst)
				kmem_cache_shrink(s);	/* with nothing in its stocks */
			for (int i = 0; i < 3000; i++)
				kmem_cache_free(s, o[i]);
		}
		kmem_cache_destroy(s);
		/* What the first rounds leave in other caches' stocks is there for the next. */
		if (round == 2)
			before = objects_of_all_caches();
	}
	ck_assert_uint_eq(objects_of_all_caches(), before);
	kmem_cache_destroy(NULL);
}
END_TEST

/* No page any more; what the cache of caches still has is used up. */
static struct kmem_cache *create_until_none_is_left(unsigned int flags)
{
	struct kmem_cache *s;

	while (alloc_page(GFP_NOWAIT | __GFP_NOWARN | __GFP_MEMALLOC))
		;
	for (int i = 0; i < 1000; i++) {
		s = kmem_cache_create("one more", 100, 0, flags, NULL);
		if (!s)
			break;
	}
	return s;
}

START_TEST(no_memory_for_a_cache_is_null)
{
	ck_assert_ptr_null(create_until_none_is_left(0));
}
END_TEST

START_TEST(no_memory_for_a_cache_that_boot_needs_is_the_end)
{
	create_until_none_is_left(SLAB_PANIC);
}
END_TEST

/* Two harts hand objects to each other. */
#define RING	128
static void *ring[RING];
static unsigned long head, tail;
static struct kmem_cache *shared;
enum { ROUNDS = 20000 };

static void consumer(void *unused)
{
	for (unsigned long i = 0; i < ROUNDS; i++) {
		while (__atomic_load_n(&head, __ATOMIC_ACQUIRE) == i)
			cpu_relax();
		ck_assert_uint_eq(*(unsigned long *)ring[i % RING], i);
		kmem_cache_free(shared, ring[i % RING]);
		__atomic_store_n(&tail, i + 1, __ATOMIC_RELEASE);
	}
}

START_TEST(remote_frees_come_back)
{
	host_boot(&(struct host_config){ .harts = 2 });
	shared = kmem_cache_create("shared", 48, 0, 0, NULL);
	host_run_on(1, consumer, NULL);
	for (unsigned long i = 0; i < ROUNDS; i++) {
		unsigned long *o = kmem_cache_alloc(shared, GFP_KERNEL);

		*o = i;
		while (i - __atomic_load_n(&tail, __ATOMIC_ACQUIRE) == RING)
			cpu_relax();
		ring[i % RING] = o;
		__atomic_store_n(&head, i + 1, __ATOMIC_RELEASE);
		if (i % 2000 == 0)
			kmem_cache_shrink(shared);
	}
	host_join(1);
	kmem_cache_shrink(shared);
	ck_assert_int_eq(slab_check(shared), 0);
}
END_TEST

static Suite *slab_suite(void)
{
	int nr_shapes = sizeof(shapes) / sizeof(shapes[0]);
	Suite *s = suite_create("slab");
	TCase *tc = tcase_create("one_hart");
	TCase *two = tcase_create("two_harts");

	tcase_add_checked_fixture(tc, boot, NULL);
	while (shapes[nr_shapes - 1].size > PAGE_SIZE << SLAB_MAX_ORDER)
		nr_shapes--;			/* no slab is so large */
	tcase_add_loop_test(tc, random_objects_against_the_shadow, 0, nr_shapes);
	tcase_add_test(tc, cache_gives_all_its_memory_back);
	tcase_add_test(tc, constructed_state_survives);
	tcase_add_test(tc, zalloc_clears_used_memory);
	tcase_add_test(tc, leaks_keep_the_cache);
	tcase_add_test(tc, shortage_is_null_and_leaves_no_trace);
	tcase_add_test(tc, bulk_is_all_or_nothing);
	if (!IS_ENABLED(CONFIG_SLOB))		/* it keeps none */
		tcase_add_test(tc, a_shortage_gives_empty_slabs_back);
	tcase_add_test(tc, slabinfo_has_linux_s_columns);
	tcase_add_test(tc, slabinfo_counts_what_users_have);
	if (MAX_ORDER > 0)
		tcase_add_test(tc, no_more_slabs_are_active_than_there_are);
	tcase_add_test(tc, only_large_enough_objects_begin_a_cache_line);
	if (!IS_ENABLED(CONFIG_SLOB))		/* whose caches share their pages */
		tcase_add_test(tc, reclaimable_objects_have_reclaimable_pages);
	tcase_add_test(tc, caches_begin_cache_lines);
	if (!IS_ENABLED(CONFIG_SLOB) && MAX_ORDER > 0)
		tcase_add_test(tc, reclaim_takes_no_more_than_it_is_asked_for);
	tcase_add_test(tc, a_destroyed_cache_leaves_no_object);
	tcase_add_test(tc, no_memory_for_a_cache_is_null);
	tcase_add_test_raise_signal(tc, no_memory_for_a_cache_that_boot_needs_is_the_end, SIGABRT);
	suite_add_tcase(s, tc);
	tcase_add_test(two, remote_frees_come_back);
	suite_add_tcase(s, two);
	return s;
}
REGISTER_SUITE(slab_suite);
