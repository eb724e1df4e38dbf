// SPDX-License-Identifier: GPL-2.0-only
/*
 * model_test.c - the models of tests/model/ with random operations: alone, with memory made
 * short at each point, and raced by several harts. And the shrinker, which must be right when
 * it is needed.
 */
#include "suite.h"

#include "../model/driver.h"

#include <string.h>

static const struct host_config small = { .ram_bytes = 32 << 20 };

static const struct model *const models[] = { &frames_model, &objects_model, &vmalloc_model };

#define NR_MODELS	(sizeof(models) / sizeof(models[0]))
#define ROUNDS		5

START_TEST(random_operations)
{
	const struct model_setup setup = { .machine = &small };

	model_check(models[_i % NR_MODELS], &setup, 2000, test_seed() + _i / NR_MODELS);
}
END_TEST

START_TEST(memblock_operations)
{
	const struct model_setup setup = { .may_fail = _i % 2 };

	model_check(&memblock_model, &setup, 4000, test_seed() + _i / 2);
}
END_TEST

/* Few enough operations: they are repeated once for each page that they allocate. */
START_TEST(each_allocation_fails_once)
{
	static const size_t nr_ops[NR_MODELS] = { 30, 300, 12 };
	const struct model_setup setup = { .machine = &small };

	ck_assert_uint_gt(model_check_shortage(models[_i], &setup, nr_ops[_i], test_seed()), 5);
}
END_TEST

/* Modest holdings, so that the harts meet in the lists and not in the watermarks. */
START_TEST(harts_race)
{
	const struct host_config machine = { .harts = _i % 2 ? 4 : 2 };

	model_check_race(models[_i / 2], &machine, 3000, test_seed(), 1024);
}
END_TEST

/* Objects with red zones, poison and all, and a check at each call: nobody is told on. */
static const struct host_config watched = { .ram_bytes = 32 << 20, .slab_debug = "FZPU" };

START_TEST(watched_objects)
{
	const struct model_setup setup = { .machine = &watched };

	model_check(&objects_model, &setup, 2000, test_seed() + _i);
}
END_TEST

START_TEST(each_watched_allocation_fails_once)
{
	const struct model_setup setup = { .machine = &watched };

	ck_assert_uint_gt(model_check_shortage(&objects_model, &setup, 100, test_seed()), 5);
}
END_TEST

START_TEST(harts_race_for_watched_objects)
{
	const struct host_config machine = { .harts = 4, .slab_debug = "FZPU" };

	model_check_race(&objects_model, &machine, 1000, test_seed(), 1024);
}
END_TEST

/* ---- the shrinker --------------------------------------------------------------------- */

/* "Fails" when a 7 comes before a 9 whose b is at least 5. */
static bool seven_before_nine(const struct model_op *ops, size_t nr, void *arg)
{
	bool seven = false;

	++*(unsigned int *)arg;
	for (size_t i = 0; i < nr; i++) {
		seven |= ops[i].what == 7;
		if (seven && ops[i].what == 9 && ops[i].b >= 5)
			return true;
	}
	return false;
}

START_TEST(shrinking_leaves_what_matters)
{
	static struct model_op ops[3000];
	unsigned int tries = 0;
	size_t nr = 3000;

	for (size_t i = 0; i < nr; i++)
		ops[i] = (struct model_op){ 10 + i % 200, i, i, i };
	ops[1000] = (struct model_op){ 7, 1, 2, 3 };
	ops[2000] = (struct model_op){ 9, 4, 200, 5 };
	ops[2500] = (struct model_op){ 9, 4, 4, 5 };
	nr = model_shrink(ops, nr, seven_before_nine, &tries);
	ck_assert_uint_eq(nr, 2);
	ck_assert_int_eq(ops[0].what, 7);
	ck_assert_int_eq(ops[1].what, 9);
	ck_assert_int_eq(ops[0].a | ops[0].b | ops[0].c | ops[1].a | ops[1].c, 0);
	ck_assert_int_eq(ops[1].b, 5);
	ck_assert_uint_lt(tries, 200);
}
END_TEST

START_TEST(a_seed_says_the_same_twice)
{
	struct model_op one[50], two[50], other[50];

	model_random(one, 50, 42);
	model_random(two, 50, 42);
	model_random(other, 50, 43);
	ck_assert(!memcmp(one, two, sizeof(one)));
	ck_assert(memcmp(one, other, sizeof(one)));
}
END_TEST

static Suite *model_suite(void)
{
	Suite *s = suite_create("model");
	TCase *tc = tcase_create("alone");

	tcase_set_timeout(tc, 600);		/* shrinking takes its time */
	tcase_add_loop_test(tc, random_operations, 0, ROUNDS * NR_MODELS);
	tcase_add_loop_test(tc, memblock_operations, 0, 4 * ROUNDS);
	suite_add_tcase(s, tc);
	tc = tcase_create("shortage");
	tcase_add_loop_test(tc, each_allocation_fails_once, 0, NR_MODELS);
	suite_add_tcase(s, tc);
	tc = tcase_create("some_harts");
	tcase_add_loop_test(tc, harts_race, 0, 2 * NR_MODELS);
	suite_add_tcase(s, tc);
	tc = tcase_create("watched");
	tcase_add_loop_test(tc, watched_objects, 0, ROUNDS);
	tcase_add_test(tc, each_watched_allocation_fails_once);
	suite_add_tcase(s, tc);
	tc = tcase_create("watched_harts");
	tcase_add_test(tc, harts_race_for_watched_objects);
	suite_add_tcase(s, tc);
	tc = tcase_create("shrink");
	tcase_add_test(tc, shrinking_leaves_what_matters);
	tcase_add_test(tc, a_seed_says_the_same_twice);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(model_suite);
