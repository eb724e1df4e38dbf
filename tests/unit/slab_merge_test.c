// SPDX-License-Identifier: GPL-2.0-only
/*
 * slab_merge_test.c - mm/slab/slab_merge.c: who is given another one's cache, and who never is.
 */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include <asm/host.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/slab_debug.h>
#include <linux-lite/slab_design.h>
#include <linux-lite/slab_merge.h>

#ifdef CONFIG_SLAB_DEBUG		/* watched caches are not merged */

static struct kmem_cache *first;

/* 4568 bytes: no size class of kmalloc is near. */
static void boot(void)
{
	host_boot(&(struct host_config){ .slab_merge = true, .slab_debug = "F,watched" });
	first = kmem_cache_create("first", 4568, 0, 0, NULL);
	ck_assert_ptr_nonnull(first);
	ck_assert_uint_eq(first->size, 4568);
}

static void construct(void *object)
{
}

static const struct {
	unsigned int size, align, flags;
	const char *name;
	void (*ctor)(void *);
	bool merged;
} wishes[] = {
	{ 4568, 0, 0, "same", NULL, true },
	{ 4561, 0, 0, "a little smaller", NULL, true },
	{ 4560, 0, 0, "a word smaller", NULL, false },
	{ 4569, 0, 0, "larger", NULL, false },
	{ 4568, 8, 0, "as aligned", NULL, true },
	{ 4568, 16, 0, "more aligned", NULL, false },
	{ 4568, 0, SLAB_HWCACHE_ALIGN, "cache lines", NULL, false },
	{ 4568, 0, SLAB_RECLAIM_ACCOUNT, "other pages", NULL, false },
	{ 4568, 0, SLAB_PANIC, "needed", NULL, true },
	{ 4568, 0, SLAB_NO_MERGE, "alone", NULL, false },
	{ 4568, 0, SLAB_POISON, "poisoned", NULL, false },
	{ 4568, 0, 0, "watched", NULL, false },
	{ 4568, 0, 0, "constructed", construct, false },
};

START_TEST(alike_or_not)
{
	struct kmem_cache *s = kmem_cache_create(wishes[_i].name, wishes[_i].size, wishes[_i].align,
						 wishes[_i].flags, wishes[_i].ctor);

	ck_assert_ptr_nonnull(s);
	ck_assert_int_eq(s == first, wishes[_i].merged);
	ck_assert_uint_eq(first->refcount, 1 + wishes[_i].merged);
}
END_TEST

/* And the other way round: what nobody may share is not shared by who comes later. */
START_TEST(later_ones_keep_off)
{
	struct kmem_cache *s = kmem_cache_create(wishes[_i].name, 5000, 0, wishes[_i].flags,
						 wishes[_i].ctor);

	if (wishes[_i].flags & SLAB_HWCACHE_ALIGN)	/* larger, and aligned more than asked */
		return;
	ck_assert_int_eq(kmem_cache_create("later", s->size, 0, 0, NULL) == s,
			 !wishes[_i].ctor && strcmp(wishes[_i].name, "watched") &&
			 !(wishes[_i].flags & ~SLAB_PANIC));
}
END_TEST

START_TEST(kmalloc_s_caches_are_shared_too)
{
	struct kmem_cache *s = kmem_cache_create("sixty-four", 64, 64, SLAB_HWCACHE_ALIGN, NULL);

	ck_assert_ptr_eq(s, kmalloc_cache_of(64));
	ck_assert_ptr_ne(kmem_cache_create("a cache", sizeof(*s), 0, SLAB_HWCACHE_ALIGN, NULL),
			 list_first_entry(&slab_caches, struct kmem_cache, list));
}
END_TEST

START_TEST(a_shared_cache_lives_as_long_as_its_last_user)
{
	struct kmem_cache *smaller = kmem_cache_create("smaller", 4563, 0, 0, NULL), *s;
	unsigned char *o = kmem_cache_alloc(first, GFP_KERNEL), *p;
	char buf[16384];
	struct seq_file m = { .buf = buf, .size_bytes = sizeof(buf) };

	ck_assert_ptr_eq(smaller, first);
	kmem_cache_destroy(smaller);		/* no report of leaks */
	memset(o, 1, 4568);
	kmem_cache_free(first, o);
	slabinfo_show(&m);
	buf[m.count] = '\0';
	ck_assert_ptr_nonnull(strstr(buf, "\nfirst "));
	ck_assert_ptr_null(strstr(buf, "\nsmaller "));
	kmem_cache_destroy(first);
	list_for_each_entry(s, &slab_caches, list)
		ck_assert_ptr_ne(s, first);

	/* The first one was small: zeroes are for the larger one. */
	first = kmem_cache_create("first", 4563, 0, 0, NULL);
	o = kmem_cache_alloc(first, GFP_KERNEL);
	memset(o, 0xff, 4568);
	kmem_cache_free(first, o);
	s = kmem_cache_create("larger", 4568, 0, 0, NULL);
	ck_assert_ptr_eq(s, first);
	p = kmem_cache_zalloc(s, GFP_KERNEL);
	ck_assert_ptr_eq(p, o);
	for (int i = 0; i < 4568; i++)
		ck_assert_uint_eq(p[i], 0);
}
END_TEST

/* Its owner wanted to be rid of it: nobody moves in. */
START_TEST(a_cache_with_leaks_is_not_shared)
{
	void *o = kmem_cache_alloc(first, GFP_KERNEL);

	kmem_cache_destroy(first);
	ck_assert_ptr_ne(kmem_cache_create("second", 4568, 0, 0, NULL), first);
	kmem_cache_free(first, o);
	kmem_cache_destroy(first);
}
END_TEST

START_TEST(nothing_is_merged_with_slab_nomerge)
{
	slab_nomerge = true;
	ck_assert_ptr_ne(kmem_cache_create("same", 4568, 0, 0, NULL), first);
}
END_TEST

static Suite *slab_merge_suite(void)
{
	Suite *s = suite_create("slab_merge");
	TCase *tc = tcase_create("core");
	int nr = sizeof(wishes) / sizeof(wishes[0]);

	suite_add_tcase(s, tc);
	if (MAX_ORDER == 0)			/* boot() makes a cache of large objects */
		return s;
	tcase_add_checked_fixture(tc, boot, NULL);
	tcase_add_loop_test(tc, alike_or_not, 0, nr);
	tcase_add_loop_test(tc, later_ones_keep_off, 0, nr);
	tcase_add_test(tc, kmalloc_s_caches_are_shared_too);
	tcase_add_test(tc, a_shared_cache_lives_as_long_as_its_last_user);
	tcase_add_test(tc, a_cache_with_leaks_is_not_shared);
	tcase_add_test(tc, nothing_is_merged_with_slab_nomerge);
	return s;
}
REGISTER_SUITE(slab_merge_suite);

#endif
