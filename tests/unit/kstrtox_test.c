// SPDX-License-Identifier: GPL-2.0-only
/* kstrtox_test.c - lib/kstrtox.c: edges by hand, the rest against libc's strtoull. */
#include "suite.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux-lite/kstrtox.h>

START_TEST(edges_of_each_type)
{
	unsigned long long ull = 1;
	long long ll = 1;
	unsigned int u = 1;
	int i = 1;

	ck_assert_int_eq(kstrtoull("18446744073709551615", 0, &ull), 0);
	ck_assert(ull == ULLONG_MAX);
	ck_assert_int_eq(kstrtoull("18446744073709551616", 0, &ull), -ERANGE);
	ck_assert_int_eq(kstrtoull("99999999999999999999999", 10, &ull), -ERANGE);
	ck_assert_int_eq(kstrtoull("-1", 0, &ull), -EINVAL);
	ck_assert(ull == ULLONG_MAX);		/* untouched */
	ck_assert_int_eq(kstrtoll("-9223372036854775808", 0, &ll), 0);
	ck_assert(ll == LLONG_MIN);
	ck_assert_int_eq(kstrtoll("9223372036854775807", 0, &ll), 0);
	ck_assert(ll == LLONG_MAX);
	ck_assert_int_eq(kstrtoll("9223372036854775808", 0, &ll), -ERANGE);
	ck_assert_int_eq(kstrtoll("-9223372036854775809", 0, &ll), -ERANGE);
	ck_assert_int_eq(kstrtouint("4294967295", 0, &u), 0);
	ck_assert_uint_eq(u, UINT_MAX);
	ck_assert_int_eq(kstrtouint("4294967296", 0, &u), -ERANGE);
	ck_assert_int_eq(kstrtoint("-2147483648", 0, &i), 0);
	ck_assert_int_eq(i, INT_MIN);
	ck_assert_int_eq(kstrtoint("2147483648", 0, &i), -ERANGE);
}
END_TEST

START_TEST(only_one_number_and_a_newline)
{
	static const char *const bad[] = {
		"", " 1", "1 ", "1\n\n", "\n", "+", "-", "--1", "+-1", "0x", "0xg", "08", "1a", "- 1",
	};
	unsigned long ul;
	long l;

	for (size_t k = 0; k < sizeof(bad) / sizeof(bad[0]); k++) {
		ck_assert_int_eq(kstrtol(bad[k], 0, &l), -EINVAL);
		ck_assert_int_eq(kstrtoul(bad[k], 0, &ul), -EINVAL);
	}
	ck_assert_int_eq(kstrtoul("0x1F\n", 0, &ul), 0);
	ck_assert_uint_eq(ul, 31);
	ck_assert_int_eq(kstrtoul("+017", 0, &ul), 0);
	ck_assert_uint_eq(ul, 15);
	ck_assert_int_eq(kstrtoul("0xff", 16, &ul), 0);
	ck_assert_uint_eq(ul, 255);
	ck_assert_int_eq(kstrtoul("z", 36, &ul), 0);
	ck_assert_uint_eq(ul, 35);
	ck_assert_int_eq(kstrtoul("2", 2, &ul), -EINVAL);
	ck_assert_int_eq(kstrtol("-010", 10, &l), 0);
	ck_assert_int_eq(l, -10);
}
END_TEST

START_TEST(random_numbers_match_libc)
{
	static const char *const formats[] = { "%llu", "0x%llx", "0%llo", "%llukB", "0x%llX,7" };
	uint64_t rnd = test_seed();
	char text[40], *end, *libc_end;

	for (int round = 0; round < 20000; round++) {
		unsigned long long value = test_random(&rnd) >> test_random(&rnd) % 64;

		sprintf(text, formats[round % 5], value);
		if (round % 7 == 0)
			strcat(text, "999999999999");	/* overflow is libc's business alone */
		test_assert(round % 7 == 0 ||
			    simple_strtoull(text, &end, 0) == strtoull(text, &libc_end, 0));
		simple_strtoull(text, &end, 0);
		strtoull(text, &libc_end, 0);
		test_assert(end == libc_end);
	}
	ck_assert(simple_strtoull("0xg", &end, 0) == 0);
	ck_assert_str_eq(end, "xg");		/* not a prefix if no digit follows */
	ck_assert_int_eq(simple_strtol("-42x", NULL, 10), -42);
	ck_assert_uint_eq(simple_strtoul("42x", NULL, 10), 42);
}
END_TEST

START_TEST(sizes_with_suffix)
{
	char *end;
	const char *text = "64M@0x80000000";

	ck_assert(memparse(text, &end) == 64 << 20);
	ck_assert_ptr_eq(end, text + 3);
	ck_assert(memparse("0x10k", NULL) == 16 << 10);
	ck_assert(memparse("2G", NULL) == 2ULL << 30);
	ck_assert(memparse("3t", NULL) == 3ULL << 40);
	ck_assert(memparse("1P", NULL) == 1ULL << 50);
	ck_assert(memparse("1E", NULL) == 1ULL << 60);
	ck_assert(memparse("7", NULL) == 7);
	text = "M";			/* no number, no suffix */
	ck_assert(memparse(text, &end) == 0);
	ck_assert_ptr_eq(end, text);
	text = "1x";
	ck_assert(memparse(text, &end) == 1);
	ck_assert_ptr_eq(end, text + 1);
}
END_TEST

START_TEST(yes_and_no)
{
	bool b = false;

	ck_assert(!kstrtobool("y", &b) && b);
	ck_assert(!kstrtobool("0", &b) && !b);
	ck_assert(!kstrtobool("on", &b) && b);
	ck_assert(!kstrtobool("OFF", &b) && !b);
	ck_assert(!kstrtobool("True", &b) && b);
	ck_assert(!kstrtobool("no\n", &b) && !b);
	ck_assert_int_eq(kstrtobool("", &b), -EINVAL);
	ck_assert_int_eq(kstrtobool("o", &b), -EINVAL);
	ck_assert_int_eq(kstrtobool("2", &b), -EINVAL);
}
END_TEST

static Suite *kstrtox_suite(void)
{
	Suite *s = suite_create("kstrtox");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, edges_of_each_type);
	tcase_add_test(tc, only_one_number_and_a_newline);
	tcase_add_test(tc, random_numbers_match_libc);
	tcase_add_test(tc, sizes_with_suffix);
	tcase_add_test(tc, yes_and_no);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(kstrtox_suite);
