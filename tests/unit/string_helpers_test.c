// SPDX-License-Identifier: GPL-2.0-only
/* string_helpers_test.c - lib/string_helpers.c, on buffers without a byte to spare. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include <linux-lite/abi/errno.h>
#include <linux-lite/string.h>

START_TEST(strscpy_cuts_and_says_so)
{
	for (size_t size = 0; size < 10; size++) {
		for (size_t len = 0; len < 10; len++) {
			char *src = malloc(len + 1), *dst = malloc(size + 1);
			ssize_t n;

			memset(src, 'x', len);
			src[len] = '\0';
			dst[size] = '!';
			n = strscpy(dst, src, size);
			ck_assert_int_eq(n, len < size ? (ssize_t)len : -E2BIG);
			ck_assert_int_eq(dst[size], '!');
			if (size) {
				ck_assert_uint_eq(strlen(dst), len < size ? len : size - 1);
				ck_assert_int_eq(strncmp(dst, src, strlen(dst)), 0);
			}
			free(src);
			free(dst);
		}
	}
}
END_TEST

START_TEST(strscpy_does_not_read_behind_size)
{
	char *src = malloc(4), dst[4];

	memset(src, 'x', 4);		/* no end: the sanitizer watches */
	ck_assert_int_eq(strscpy(dst, src, 4), -E2BIG);
	ck_assert_str_eq(dst, "xxx");
	free(src);
}
END_TEST

START_TEST(memchr_inv_finds_every_place)
{
	for (size_t offset = 0; offset < 8; offset++) {
		for (size_t n = 0; n < 40; n++) {
			unsigned char *block = malloc(offset + n + 1), *p = block + offset;

			memset(p, 0x6b, n);
			test_assert(!memchr_inv(p, 0x36b, n));
			for (size_t i = 0; i < n; i++) {
				p[i] = 0x6a;
				test_assert(memchr_inv(p, 0x6b, n) == p + i);
				p[i] = 0x6b;
			}
			free(block);
		}
	}
}
END_TEST

START_TEST(spaces_and_prefixes)
{
	char text[] = " \t two words \n ", blank[] = " \n", none[] = "";

	ck_assert_str_eq(skip_spaces("  x "), "x ");
	ck_assert_str_eq(strim(text), "two words");
	ck_assert_str_eq(strim(blank), "");
	ck_assert_str_eq(strim(none), "");
	ck_assert(strstarts("mem=64M", "mem="));
	ck_assert(strstarts("mem=", ""));
	ck_assert(!strstarts("me", "mem="));
}
END_TEST

START_TEST(memzero_explicit_clears)
{
	char secret[32];

	memset(secret, 's', sizeof(secret));
	memzero_explicit(secret, sizeof(secret));
	ck_assert_ptr_null(memchr_inv(secret, 0, sizeof(secret)));
}
END_TEST

static Suite *string_helpers_suite(void)
{
	Suite *s = suite_create("string_helpers");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, strscpy_cuts_and_says_so);
	tcase_add_test(tc, strscpy_does_not_read_behind_size);
	tcase_add_test(tc, memchr_inv_finds_every_place);
	tcase_add_test(tc, spaces_and_prefixes);
	tcase_add_test(tc, memzero_explicit_clears);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(string_helpers_suite);
