// SPDX-License-Identifier: GPL-2.0-only
/* prng_test.c - lib/prng.c: known outputs, repeatability, and coarse statistics. */
#include "suite.h"

#include <linux-lite/prng.h>

/* From state {1, 2, 3, 4}; the first two can be followed by hand. */
START_TEST(first_outputs)
{
	struct prng prng = { { 1, 2, 3, 4 } };

	ck_assert_uint_eq(prng_next(&prng), 11520);	/* rotl(2 * 5, 7) * 9 */
	ck_assert_uint_eq(prng_next(&prng), 0);		/* s[1] became 2 ^ 3 ^ 1 */
	ck_assert_uint_eq(prng_next(&prng), 1509978240);
}
END_TEST

START_TEST(a_seed_repeats_and_its_neighbour_differs)
{
	struct prng a, b, c;
	int equal = 0;

	prng_seed(&a, 42);
	prng_seed(&b, 42);
	prng_seed(&c, 43);
	for (int i = 0; i < 100; i++) {
		u64 x = prng_next(&a);

		ck_assert_uint_eq(x, prng_next(&b));
		equal += x == prng_next(&c);
	}
	ck_assert_int_eq(equal, 0);
	prng_seed(&a, 0);		/* must not become the fixed point 0 */
	ck_assert(a.s[0] | a.s[1] | a.s[2] | a.s[3]);
}
END_TEST

START_TEST(below_is_below_and_even)
{
	int counts[10] = { 0 }, low = 0;
	struct prng prng;

	prng_seed(&prng, test_seed());
	for (int i = 0; i < 100000; i++) {
		u64 x = prng_below(&prng, 10);

		test_assert(x < 10);
		counts[x]++;
	}
	for (int i = 0; i < 10; i++)	/* 10000 expected, deviation about 95 */
		ck_assert(counts[i] > 9300 && counts[i] < 10700);
	ck_assert_uint_eq(prng_below(&prng, 1), 0);
	for (int i = 0; i < 10000; i++) {
		u64 x = prng_below(&prng, 3UL << 62);

		test_assert(x < 3UL << 62);
		low += x < 1UL << 62;
	}
	/* A third: 3333, deviation 47.  By x % bound alone it would be half of them. */
	ck_assert(low > 2900 && low < 3800);
}
END_TEST

START_TEST(every_bit_is_set_half_the_time)
{
	int ones[64] = { 0 };
	struct prng prng;

	prng_seed(&prng, test_seed());
	for (int i = 0; i < 20000; i++) {
		u64 x = prng_next(&prng);

		for (int bit = 0; bit < 64; bit++)
			ones[bit] += x >> bit & 1;
	}
	for (int bit = 0; bit < 64; bit++)	/* 10000 expected, deviation 71 */
		ck_assert(ones[bit] > 9500 && ones[bit] < 10500);
}
END_TEST

static Suite *prng_suite(void)
{
	Suite *s = suite_create("prng");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, first_outputs);
	tcase_add_test(tc, a_seed_repeats_and_its_neighbour_differs);
	tcase_add_test(tc, below_is_below_and_even);
	tcase_add_test(tc, every_bit_is_set_half_the_time);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(prng_suite);
