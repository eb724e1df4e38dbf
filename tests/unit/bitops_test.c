// SPDX-License-Identifier: GPL-2.0-only
/* bitops_test.c - bitops.h, log2.h, lib/bitops.c and lib/ffs.c against the compiler's builtins. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include <linux-lite/log2.h>

int ll_ffs(int x);

/* A constant argument must give a constant. */
_Static_assert(ilog2(4096) == 12, "ilog2");
_Static_assert(order_base_2(1) == 0 && order_base_2(5) == 3, "order_base_2");
_Static_assert(roundup_pow_of_two(33) == 64, "roundup_pow_of_two");

static void check_word(unsigned long w)
{
	test_assert(hweight64(w) == (unsigned int)__builtin_popcountl(w));
	test_assert(hweight32(w) == (unsigned int)__builtin_popcount(w));
	test_assert(ll_ffs(w) == __builtin_ffs(w));
	test_assert(fls(w) == ((u32)w ? 32 - __builtin_clz(w) : 0));
	test_assert(fls64(w) == (w ? 64 - __builtin_clzl(w) : 0));
	test_assert(is_power_of_2(w) == (__builtin_popcountl(w) == 1));
	if (~w)
		test_assert(ffz(w) == (unsigned long)__builtin_ctzl(~w));
	if (!w)
		return;
	test_assert(__ffs(w) == (unsigned long)__builtin_ctzl(w));
	test_assert(__fls(w) == 63UL - __builtin_clzl(w));
	test_assert(ilog2(w) == 63 - __builtin_clzl(w));
	test_assert(rounddown_pow_of_two(w) <= w && rounddown_pow_of_two(w) > w / 2);
	if (w <= 1UL << 63) {
		test_assert(roundup_pow_of_two(w) >= w);
		test_assert(roundup_pow_of_two(w) / 2 < w);
		test_assert(1UL << order_base_2(w) == roundup_pow_of_two(w));
	}
}

START_TEST(every_bit_and_random_words)
{
	uint64_t rnd = test_seed();

	check_word(0);
	check_word(~0UL);
	ck_assert_int_eq(order_base_2(0), 0);
	for (int i = 0; i < 64; i++) {
		check_word(1UL << i);
		check_word((1UL << i) - 1);
		check_word(~0UL << i);
		for (int j = 0; j < 64; j++)
			check_word(1UL << i | 1UL << j);
	}
	for (int round = 0; round < 100000; round++) {
		unsigned long w = test_random(&rnd);

		check_word(w & test_random(&rnd) >> w % 64);
	}
}
END_TEST

/* Each operation must leave bit @nr of @map as @want says, and all others as they were. */
#define STEP(operation, want) do {						\
	memcpy(before, map, sizeof(map));					\
	operation;								\
	test_assert(test_bit(nr, map) == (want));				\
	for (int i = 0; i < 4; i++)						\
		changed[i] = (map[i] ^ before[i]) & ~(i == (int)nr / 64 ? 1UL << nr % 64 : 0); \
	test_assert(!(changed[0] | changed[1] | changed[2] | changed[3]));	\
} while (0)

START_TEST(single_bits)
{
	unsigned long map[4] = { 0x5555555555555555, ~0UL, 0, 0x123456789abcdef };
	unsigned long before[4], changed[4];
	bool old;

	for (unsigned long nr = 0; nr < 256; nr++) {
		STEP(set_bit(nr, map), true);
		STEP(clear_bit(nr, map), false);
		STEP(change_bit(nr, map), true);
		STEP(old = test_and_set_bit(nr, map), true);
		test_assert(old);
		STEP(old = test_and_clear_bit(nr, map), false);
		test_assert(old);
		STEP(old = test_and_clear_bit(nr, map), false);
		test_assert(!old);
		STEP(old = test_and_set_bit_lock(nr, map), true);
		test_assert(!old && test_bit_acquire(nr, map));
		STEP(clear_bit_unlock(nr, map), false);
		STEP(__set_bit(nr, map), true);
		STEP(__clear_bit(nr, map), false);
		STEP(__change_bit(nr, map), true);
		STEP(old = __test_and_clear_bit(nr, map), false);
		test_assert(old);
		STEP(old = __test_and_set_bit(nr, map), true);
		test_assert(!old);
		STEP(__assign_bit(nr, map, false), false);
		STEP(__assign_bit(nr, map, true), true);
	}
}
END_TEST

static Suite *bitops_suite(void)
{
	Suite *s = suite_create("bitops");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, every_bit_and_random_words);
	tcase_add_test(tc, single_bits);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(bitops_suite);
