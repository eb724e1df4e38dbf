// SPDX-License-Identifier: GPL-2.0-only
/*
 * vsprintf_test.c - lib/vsprintf.c against libc: random formats, random arguments, random buffer
 * sizes.  On the host ours are called ll_snprintf and ll_vsnprintf.
 */
#include "suite.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* No format attribute: most formats here are made at run time, and some are wrong on purpose. */
int ll_snprintf(char *buf, size_t size, const char *fmt, ...);
int ll_vsnprintf(char *buf, size_t size, const char *fmt, va_list args);

static uint64_t rnd;

static void setup(void)
{
	rnd = test_seed();
}

static uint64_t pick(uint64_t n)
{
	return test_random(&rnd) % n;
}

/* Numbers of all sizes, and those at the edges. */
static uint64_t random_number(void)
{
	static const uint64_t edges[] = {
		0, 1, 7, 8, 9, 10, 15, 16, 127, 128, 255, 256, 32767, 32768, 65535, INT_MAX,
		1UL << 31, UINT_MAX, LONG_MAX, 1UL << 63, ULONG_MAX,
	};

	if (pick(2))
		return edges[pick(sizeof(edges) / sizeof(edges[0]))];
	return test_random(&rnd) >> pick(64);
}

/* %[flags][width][.precision], and * for some; the arguments for those go to stars[]. */
static char *random_prefix(char *p, int *stars, int *nr_stars)
{
	*p++ = '%';
	for (int i = pick(3); i; i--)
		*p++ = "-+ 0#"[pick(5)];
	*nr_stars = 0;
	if (pick(3) == 0)
		p += sprintf(p, "%d", 1 + (int)pick(30));
	else if (pick(4) == 0) {
		*p++ = '*';
		stars[(*nr_stars)++] = (int)pick(50) - 25;
	}
	if (pick(3) == 0) {
		*p++ = '.';
		if (pick(4))
			p += sprintf(p, "%.0d", (int)pick(30));
		else {
			*p++ = '*';
			stars[(*nr_stars)++] = (int)pick(50) - 25;
		}
	}
	return p;
}

/* Print by both, into a heap buffer of exactly @size bytes, and compare. */
static void compare(size_t size, const char *fmt, ...)
{
	char *ours = malloc(size + 1), *libcs = malloc(size + 1);
	va_list args;
	int a, b;

	memset(ours, '~', size + 1);
	memset(libcs, '~', size + 1);
	va_start(args, fmt);
	b = vsnprintf(libcs, size, fmt, args);
	va_end(args);
	va_start(args, fmt);
	a = ll_vsnprintf(ours, size, fmt, args);
	va_end(args);
	if (a != b || memcmp(ours, libcs, size + 1))
		ck_abort_msg("\"%s\" size %zu: %d \"%.*s\", libc %d \"%.*s\"", fmt, size,
			     a, (int)size, ours, b, (int)size, libcs);
	free(ours);
	free(libcs);
}

#define COMPARE(size, fmt, stars, nr_stars, arg) do {				\
	if ((nr_stars) == 0)							\
		compare(size, fmt, arg);					\
	else if ((nr_stars) == 1)						\
		compare(size, fmt, stars[0], arg);				\
	else									\
		compare(size, fmt, stars[0], stars[1], arg);			\
} while (0)

START_TEST(random_integers)
{
	static const char *const lengths[] = { "", "hh", "h", "l", "ll", "z", "t", "j" };

	for (int round = 0; round < 200000; round++) {
		int stars[2], nr_stars, length = pick(8);
		char fmt[64];
		char *p = random_prefix(fmt, stars, &nr_stars);
		uint64_t value = random_number();
		size_t size = pick(4) ? 64 : pick(12);

		p += sprintf(p, "%s%c", lengths[length], "diuxXo"[pick(6)]);
		if (length < 3)
			COMPARE(size, fmt, stars, nr_stars, (int)value);
		else
			COMPARE(size, fmt, stars, nr_stars, value);
	}
}
END_TEST

START_TEST(random_strings_and_characters)
{
	for (int round = 0; round < 50000; round++) {
		int stars[2], nr_stars;
		char fmt[64], text[24];
		char *p;
		size_t n = pick(sizeof(text));

		do {	/* C leaves other flags than - undefined for these */
			p = random_prefix(fmt, stars, &nr_stars);
		} while (strcspn(fmt, "+ 0#") < strcspn(fmt, "123456789*.") &&
			 strcspn(fmt, "+ 0#") < (size_t)(p - fmt));
		memset(text, 'a' + pick(26), n);
		text[n] = '\0';
		if (pick(2) || strchr(fmt, '.')) {
			strcpy(p, "s|");
			COMPARE(pick(64), fmt, stars, nr_stars, text);
		} else {
			strcpy(p, "c|");
			COMPARE(pick(64), fmt, stars, nr_stars, (int)pick(256));
		}
	}
}
END_TEST

START_TEST(a_string_without_end_is_read_up_to_the_precision)
{
	char *text = malloc(3), buf[8];

	memcpy(text, "abc", 3);		/* no end: lib/string.c's strnlen must stop */
	ck_assert_int_eq(ll_snprintf(buf, sizeof(buf), "%.3s", text), 3);
	ck_assert_str_eq(buf, "abc");
	free(text);
}
END_TEST

START_TEST(several_items_and_a_small_buffer)
{
	for (size_t size = 0; size < 64; size++)
		compare(size, "%s: %5d of %-6lu [%#06x] 100%% %c\n", "memory", -42, 123456UL,
			0xbeef, 'x');
	ck_assert_int_eq(ll_snprintf(NULL, 0, "%d", 12345), 5);
}
END_TEST

START_TEST(what_differs_from_libc_on_purpose)
{
	char buf[40];

	ck_assert_int_eq(ll_snprintf(buf, sizeof(buf), "%p", (void *)0xabc), 3);
	ck_assert_str_eq(buf, "abc");
	ll_snprintf(buf, sizeof(buf), "%016lx", (unsigned long)0xabc);
	ck_assert_str_eq(buf, "0000000000000abc");
	ll_snprintf(buf, sizeof(buf), "%p", NULL);
	ck_assert_str_eq(buf, "0");
	ll_snprintf(buf, sizeof(buf), "%s", (char *)NULL);
	ck_assert_str_eq(buf, "(null)");
	ll_snprintf(buf, sizeof(buf), "%5y|%d|%", 7);	/* unknown: as it stands */
	ck_assert_str_eq(buf, "%5y|7|%");
}
END_TEST

static Suite *vsprintf_suite(void)
{
	Suite *s = suite_create("vsprintf");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, random_integers);
	tcase_add_test(tc, random_strings_and_characters);
	tcase_add_test(tc, a_string_without_end_is_read_up_to_the_precision);
	tcase_add_test(tc, several_items_and_a_small_buffer);
	tcase_add_test(tc, what_differs_from_libc_on_purpose);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(vsprintf_suite);
