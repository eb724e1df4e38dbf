/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * suite.h - what every unit test includes: Check, and how a suite gets itself run.
 *
 * One test file mirrors one source file and holds one suite:
 *
 *	#include "suite.h"
 *	#include <linux-lite/list.h>
 *
 *	START_TEST(empty_list_has_no_entries)
 *	{
 *		ck_assert(...);
 *	}
 *	END_TEST
 *
 *	static Suite *list_suite(void)
 *	{
 *		Suite *s = suite_create("list");
 *		TCase *tc = tcase_create("core");
 *
 *		tcase_add_test(tc, empty_list_has_no_entries);
 *		suite_add_tcase(s, tc);
 *		return s;
 *	}
 *	REGISTER_SUITE(list_suite);
 *
 * A new tests/unit/x_test.c is found by the Makefile and needs no other mention.
 * `make check` runs all; `make check T=list,rbtree/insert` runs the suite "list" and,
 * of the suite "rbtree", the tests and test cases called "insert".
 *
 * A test case whose name ends in _harts ("two_harts") needs more than one, and is left out of
 * a build with HARTS=1.
 *
 * What needs blocks of several frames is added after `if (MAX_ORDER > 0)`: a page allocator
 * that has single frames only passes everything else.
 *
 * Random tests take their numbers from test_random(), whose seed is printed at the
 * start and is given back with SEED=n: a failure that cannot be replayed is half a find.
 */
#ifndef TESTS_UNIT_SUITE_H
#define TESTS_UNIT_SUITE_H

#include <check.h>
#include <stdbool.h>
#include <stdint.h>

struct suite_entry {
	Suite *(*make)(void);
	struct suite_entry *next;
};

void suite_register(struct suite_entry *entry);

#define REGISTER_SUITE(fn)						\
static struct suite_entry fn##_entry = { .make = (fn) };		\
__attribute__((constructor)) static void fn##_register(void)		\
{									\
	suite_register(&fn##_entry);					\
}									\
struct suite_entry			/* so that a semicolon may follow */

/*
 * Check can pick suites and test cases, but not one test. Every tcase_add_*()
 * comes down to _tcase_add_test(), so leave out there what T= does not ask for.
 */
bool suite_wants(TCase *tc, const char *test);

#define _tcase_add_test(tc, test, ...) do {				\
	if (suite_wants((tc), (test)->name))				\
		(_tcase_add_test)((tc), (test), __VA_ARGS__);		\
} while (0)

/* tcase_create() notes the name, by which suite_wants() can ask for a whole case. */
TCase *suite_tcase_create(const char *name);
#define tcase_create(name)	suite_tcase_create(name)
/* suite_create() likewise. */
Suite *suite_suite_create(const char *name);
#define suite_create(name)	suite_suite_create(name)

/**
 * test_seed - the seed of this run
 *
 * Return: SEED from the environment, else a number that the runner has printed.
 */
uint64_t test_seed(void);

/**
 * test_random - next of a stream of pseudo-random numbers (splitmix64)
 * @state: the stream; start it with test_seed() or anything else
 *
 * Return: 64 random bits.
 */
static inline uint64_t test_random(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

/*
 * As ck_assert(), for inner loops: ck_assert() tells the runner of each success through a
 * pipe, and a random test that compares everything after each step has millions of them.
 */
#define test_assert(cond) do {						\
	if (!(cond))							\
		ck_abort_msg("Assertion '%s' failed", #cond);		\
} while (0)

#endif
