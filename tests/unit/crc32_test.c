// SPDX-License-Identifier: GPL-2.0-only
/* crc32_test.c - lib/crc32.c against long division, bit by bit. */
#include "suite.h"

#include <string.h>

#include <linux-lite/crc32.h>

static u32 by_bits(u32 crc, const unsigned char *p, size_t len)
{
	while (len--) {
		crc ^= *p++;
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return crc;
}

START_TEST(the_known_check_value)
{
	ck_assert_uint_eq(~crc32_le(~0U, "123456789", 9), 0xcbf43926);
	ck_assert_uint_eq(~crc32_le(~0U, "", 0), 0);
}
END_TEST

START_TEST(matches_long_division)
{
	uint64_t rnd = test_seed();
	unsigned char data[300];

	for (int round = 0; round < 2000; round++) {
		size_t len = test_random(&rnd) % sizeof(data), cut = len ? test_random(&rnd) % len : 0;
		u32 crc = test_random(&rnd);

		for (size_t i = 0; i < len; i++)
			data[i] = test_random(&rnd);
		test_assert(crc32_le(crc, data, len) == by_bits(crc, data, len));
		test_assert(crc32_le(crc32_le(crc, data, cut), data + cut, len - cut) ==
			    crc32_le(crc, data, len));
	}
}
END_TEST

static Suite *crc32_suite(void)
{
	Suite *s = suite_create("crc32");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, the_known_check_value);
	tcase_add_test(tc, matches_long_division);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(crc32_suite);
