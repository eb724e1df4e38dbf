// SPDX-License-Identifier: GPL-2.0-only
/* scnprintf_test.c - lib/scnprintf.c: what is returned is what is there. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include <linux-lite/vsprintf.h>

START_TEST(returns_what_is_in_the_buffer)
{
	for (size_t size = 0; size < 12; size++) {
		char *buf = malloc(size + 1);
		int n;

		buf[size] = '!';
		n = scnprintf(buf, size, "%s", "abcdefg");
		ck_assert_int_eq(n, size > 7 ? 7 : size ? (int)size - 1 : 0);
		ck_assert_int_eq(buf[size], '!');
		if (size)
			ck_assert_uint_eq(strlen(buf), n);
		free(buf);
	}
}
END_TEST

START_TEST(appending_never_overflows)
{
	char *buf = malloc(50);
	size_t pos = 0;

	for (int i = 0; i < 100; i++) {
		pos += scnprintf(buf + pos, 50 - pos, "%d,", i);
		ck_assert_uint_lt(pos, 50);
	}
	ck_assert_uint_eq(strlen(buf), 49);
	ck_assert_int_eq(strncmp(buf, "0,1,2,3,4,5,6,7,8,9,10,", 23), 0);
	free(buf);
}
END_TEST

static Suite *scnprintf_suite(void)
{
	Suite *s = suite_create("scnprintf");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, returns_what_is_in_the_buffer);
	tcase_add_test(tc, appending_never_overflows);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(scnprintf_suite);
