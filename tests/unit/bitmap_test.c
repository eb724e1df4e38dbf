// SPDX-License-Identifier: GPL-2.0-only
/* bitmap_test.c - lib/bitmap.c against arrays of bool. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include <linux-lite/bitmap.h>

#define MAX_BITS 300

static uint64_t rnd;
static bool model[2][MAX_BITS];
static unsigned long *map[2];		/* on the heap, no word longer than needed */
static unsigned long size;

/* New maps of random size and density, with rubbish behind the last bit. */
static void new_maps(void)
{
	int density = 1 + test_random(&rnd) % 20;

	size = test_random(&rnd) % (MAX_BITS + 1);
	for (int m = 0; m < 2; m++) {
		free(map[m]);
		map[m] = malloc(BITS_TO_LONGS(size) * sizeof(long));
		for (unsigned long i = 0; i < BITS_TO_LONGS(size); i++)
			map[m][i] = test_random(&rnd);
		for (unsigned long i = 0; i < size; i++) {
			model[m][i] = test_random(&rnd) % density == 0;
			if (model[m][i])
				map[m][i / 64] |= 1UL << i % 64;
			else
				map[m][i / 64] &= ~(1UL << i % 64);
		}
	}
}

static void compare(void)
{
	for (unsigned long i = 0; i < size; i++)
		test_assert(test_bit(i, map[0]) == model[0][i]);
}

static void setup(void)
{
	rnd = test_seed();
}

static void teardown(void)
{
	free(map[0]);
	free(map[1]);
}

static void check_finds(unsigned long start)
{
	unsigned long set, clear, both, last = size, i;

	for (set = start; set < size && !model[0][set]; )
		set++;
	for (clear = start; clear < size && model[0][clear]; )
		clear++;
	for (both = start; both < size && !(model[0][both] && model[1][both]); )
		both++;
	for (i = 0; i < size; i++)
		last = model[0][i] ? i : last;
	test_assert(find_next_bit(map[0], size, start) == (set < size ? set : size));
	test_assert(find_next_zero_bit(map[0], size, start) == (clear < size ? clear : size));
	test_assert(find_next_and_bit(map[0], map[1], size, start) == (both < size ? both : size));
	test_assert(find_last_bit(map[0], size) == last);
}

START_TEST(finding)
{
	for (int round = 0; round < 10000; round++) {
		unsigned long bit, weight = 0, zeros = 0;

		new_maps();
		check_finds(0);
		check_finds(test_random(&rnd) % (size + 2));
		for_each_set_bit(bit, map[0], size)
			weight += model[0][bit] ? 1 : 1000;
		for_each_clear_bit(bit, map[0], size)
			zeros += model[0][bit] ? 1000 : 1;
		test_assert(weight + zeros == size);
		test_assert(bitmap_weight(map[0], size) == weight);
		test_assert(bitmap_empty(map[0], size) == (weight == 0));
		test_assert(bitmap_full(map[0], size) == (zeros == 0));
		test_assert(bitmap_intersects(map[0], map[1], size) ==
			    (find_next_and_bit(map[0], map[1], size, 0) < size));
	}
}
END_TEST

/* First fit, by looking everywhere. */
static unsigned long model_area(unsigned long start, unsigned long nr, unsigned long mask)
{
	for (unsigned long at = start; at + nr <= size && at < size; at++) {
		unsigned long n = 0;

		while (n < nr && !model[0][at + n])
			n++;
		if (n == nr && !(at & mask))
			return at;
	}
	return size;
}

START_TEST(areas)
{
	for (int round = 0; round < 20000; round++) {
		unsigned long nr, start, mask;

		new_maps();
		nr = 1 + test_random(&rnd) % 40;
		start = test_random(&rnd) % (size + 2);
		mask = (1UL << test_random(&rnd) % 5) - 1;
		test_assert(bitmap_find_next_zero_area(map[0], size, start, nr, mask) ==
			    model_area(start, nr, mask));
	}
	test_assert(bitmap_find_next_zero_area(map[0], size, 0, ~0UL, 0) == size);
}
END_TEST

START_TEST(ranges)
{
	for (int round = 0; round < 20000; round++) {
		unsigned long start, nr;
		bool set = round % 2;

		new_maps();
		start = test_random(&rnd) % (size + 1);
		nr = test_random(&rnd) % (size - start + 1);
		(set ? bitmap_set : bitmap_clear)(map[0], start, nr);
		memset(model[0] + start, set, nr);
		compare();
	}
}
END_TEST

START_TEST(algebra)
{
	for (int round = 0; round < 5000; round++) {
		bool equal;

		new_maps();
		equal = !memcmp(model[0], model[1], size);
		test_assert(bitmap_equal(map[0], map[1], size) == equal);
		for (unsigned long i = 0; i < size; i++) {
			bool a = model[0][i], b = model[1][i];

			model[0][i] = round % 3 == 0 ? a && b : round % 3 == 1 ? a || b : a && !b;
		}
		(round % 3 == 0 ? bitmap_and : round % 3 == 1 ? bitmap_or : bitmap_andnot)
			(map[0], map[0], map[1], size);
		compare();
		bitmap_copy(map[1], map[0], size);
		test_assert(bitmap_equal(map[0], map[1], size));
		bitmap_fill(map[0], size);
		test_assert(bitmap_full(map[0], size));
		bitmap_zero(map[0], size);
		test_assert(bitmap_empty(map[0], size));
	}
}
END_TEST

static Suite *bitmap_suite(void)
{
	Suite *s = suite_create("bitmap");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, finding);
	tcase_add_test(tc, areas);
	tcase_add_test(tc, ranges);
	tcase_add_test(tc, algebra);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(bitmap_suite);
