// SPDX-License-Identifier: GPL-2.0-only
/* ctype_test.c - lib/ctype.c against libc in the C locale, for every character. */
#include "suite.h"

#include <ctype.h>

int ll_isdigit(int c);
int ll_isxdigit(int c);
int ll_isalpha(int c);
int ll_isalnum(int c);
int ll_isupper(int c);
int ll_islower(int c);
int ll_isspace(int c);
int ll_isprint(int c);
int ll_iscntrl(int c);
int ll_tolower(int c);
int ll_toupper(int c);

START_TEST(every_character)
{
	for (int c = 0; c < 256; c++) {
		ck_assert_int_eq(!ll_isdigit(c), !isdigit(c));
		ck_assert_int_eq(!ll_isxdigit(c), !isxdigit(c));
		ck_assert_int_eq(!ll_isalpha(c), !isalpha(c));
		ck_assert_int_eq(!ll_isalnum(c), !isalnum(c));
		ck_assert_int_eq(!ll_isupper(c), !isupper(c));
		ck_assert_int_eq(!ll_islower(c), !islower(c));
		ck_assert_int_eq(!ll_isspace(c), !isspace(c));
		ck_assert_int_eq(!ll_isprint(c), !isprint(c));
		ck_assert_int_eq(!ll_iscntrl(c), !iscntrl(c));
		ck_assert_int_eq(ll_tolower(c), tolower(c));
		ck_assert_int_eq(ll_toupper(c), toupper(c));
	}
}
END_TEST

static Suite *ctype_suite(void)
{
	Suite *s = suite_create("ctype");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, every_character);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(ctype_suite);
