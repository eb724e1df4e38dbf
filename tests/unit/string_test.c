// SPDX-License-Identifier: GPL-2.0-only
/*
 * string_test.c - lib/string.c against libc.
 *
 * On the host our functions are called ll_memcpy and so on.  They read whole words, so they may
 * look at bytes beside their buffers, but never at another page: the buffers here end exactly where
 * an inaccessible page begins (or begin where one ends).
 */
#include "suite.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void *ll_memcpy(void *dst, const void *src, size_t n);
void *ll_memmove(void *dst, const void *src, size_t n);
void *ll_memset(void *dst, int c, size_t n);
int ll_memcmp(const void *a, const void *b, size_t n);
void *ll_memchr(const void *s, int c, size_t n);
size_t ll_strlen(const char *s);
size_t ll_strnlen(const char *s, size_t max);
int ll_strcmp(const char *a, const char *b);
int ll_strncmp(const char *a, const char *b, size_t n);
int ll_strcasecmp(const char *a, const char *b);
char *ll_strchr(const char *s, int c);
char *ll_strrchr(const char *s, int c);
char *ll_strstr(const char *s, const char *needle);
char *ll_strpbrk(const char *s, const char *accept);
size_t ll_strspn(const char *s, const char *accept);
size_t ll_strcspn(const char *s, const char *reject);
char *ll_strsep(char **s, const char *delim);

#define MAX_LEN	400
#define PAGE	4096

static uint64_t rnd;

/* A page with an inaccessible one on either side. */
static unsigned char *guarded_page(void)
{
	unsigned char *p = mmap(NULL, 3 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert(p != MAP_FAILED);
	ck_assert_int_eq(mprotect(p + PAGE, PAGE, PROT_READ | PROT_WRITE), 0);
	return p + PAGE;
}

static void randomize(unsigned char *p, size_t n)
{
	while (n--)
		*p++ = test_random(&rnd);
}

/* A place for @n bytes within a page: anywhere, or at either end. */
static size_t place(size_t n)
{
	uint64_t r = test_random(&rnd);

	switch (r % 4) {
	case 0:
		return PAGE - n;
	case 1:
		return r >> 8 & 15;
	default:
		return (r >> 8) % (PAGE - n);
	}
}

static void setup(void)
{
	rnd = test_seed();
}

START_TEST(memcpy_matches_libc)
{
	unsigned char *src = guarded_page(), *dst = guarded_page();
	static unsigned char want[PAGE];

	for (int round = 0; round < 20000; round++) {
		size_t n = test_random(&rnd) % MAX_LEN, s = place(n), d = place(n);

		if (round % 100 == 0) {
			randomize(src, PAGE);
			randomize(dst, PAGE);
		}
		memcpy(want, dst, PAGE);
		memcpy(want + d, src + s, n);
		test_assert(ll_memcpy(dst + d, src + s, n) == dst + d);
		test_assert(!memcmp(dst, want, PAGE));
	}
}
END_TEST

START_TEST(memmove_matches_libc)
{
	unsigned char *page = guarded_page();
	static unsigned char want[PAGE];

	for (int round = 0; round < 20000; round++) {
		size_t n = test_random(&rnd) % MAX_LEN, s = place(n), d;

		d = test_random(&rnd) % 2 ? place(n) : s + test_random(&rnd) % 64;
		if (test_random(&rnd) % 2 && s >= 64)
			d = s - test_random(&rnd) % 64;
		if (d + n > PAGE)
			d = PAGE - n;
		if (round % 100 == 0)
			randomize(page, PAGE);
		memcpy(want, page, PAGE);
		memmove(want + d, want + s, n);
		test_assert(ll_memmove(page + d, page + s, n) == page + d);
		test_assert(!memcmp(page, want, PAGE));
	}
}
END_TEST

START_TEST(memset_matches_libc)
{
	unsigned char *page = guarded_page();
	static unsigned char want[PAGE];

	for (int round = 0; round < 20000; round++) {
		size_t n = test_random(&rnd) % MAX_LEN, d = place(n);
		int c = test_random(&rnd);

		memcpy(want, page, PAGE);
		memset(want + d, c, n);
		test_assert(ll_memset(page + d, c, n) == page + d);
		test_assert(!memcmp(page, want, PAGE));
	}
}
END_TEST

static int sign(int x)
{
	return (x > 0) - (x < 0);
}

START_TEST(memcmp_and_memchr_match_libc)
{
	unsigned char *a = guarded_page(), *b = guarded_page();

	for (int round = 0; round < 20000; round++) {
		size_t n = test_random(&rnd) % 80, i = place(n), j = place(n);
		int c;

		randomize(a + i, n);
		memcpy(b + j, a + i, n);
		if (n && round % 4)
			b[j + test_random(&rnd) % n] ^= 1 << test_random(&rnd) % 8;
		test_assert(sign(ll_memcmp(a + i, b + j, n)) == sign(memcmp(a + i, b + j, n)));
		c = n ? a[i + test_random(&rnd) % n] : 0;
		test_assert(ll_memchr(a + i, c | 0x100, n) == memchr(a + i, c, n));
		test_assert(ll_memchr(b + j, c, n) == memchr(b + j, c, n));
	}
}
END_TEST

/* A random string over a small alphabet, at the end of a page. */
static char *random_string(unsigned char *page, size_t max)
{
	size_t n = test_random(&rnd) % (max + 1);
	char *s = (char *)page + PAGE - n - 1;

	for (size_t i = 0; i < n; i++)
		s[i] = "abAB\xc0,"[test_random(&rnd) % 6];
	s[n] = '\0';
	return s;
}

START_TEST(strings_match_libc)
{
	unsigned char *page_a = guarded_page(), *page_b = guarded_page();

	for (int round = 0; round < 50000; round++) {
		char *a = random_string(page_a, 12), *b = random_string(page_b, round % 2 ? 2 : 12);
		size_t n = test_random(&rnd) % 14;
		int c = "abAB\xc0,"[round % 7];

		test_assert(ll_strlen(a) == strlen(a));
		test_assert(ll_strnlen(a, n) == strnlen(a, n));
		test_assert(sign(ll_strcmp(a, b)) == sign(strcmp(a, b)));
		test_assert(sign(ll_strncmp(a, b, n)) == sign(strncmp(a, b, n)));
		test_assert(sign(ll_strcasecmp(a, b)) == sign(strcasecmp(a, b)));
		test_assert(ll_strchr(a, c) == strchr(a, c));
		test_assert(ll_strrchr(a, c) == strrchr(a, c));
		test_assert(ll_strstr(a, b) == strstr(a, b));
		test_assert(ll_strpbrk(a, b) == strpbrk(a, b));
		test_assert(ll_strspn(a, b) == strspn(a, b));
		test_assert(ll_strcspn(a, b) == strcspn(a, b));
	}
}
END_TEST

START_TEST(strnlen_does_not_look_behind_max)
{
	char *end = (char *)guarded_page() + PAGE;

	memset(end - 5, 'x', 5);
	ck_assert_uint_eq(ll_strnlen(end - 5, 5), 5);
	ck_assert_int_eq(ll_strncmp(end - 5, "xxxxxyy", 5), 0);
}
END_TEST

START_TEST(strsep_matches_libc)
{
	unsigned char *page = guarded_page();

	for (int round = 0; round < 5000; round++) {
		char a[16], b[16], *pa = a, *pb = b, *fa, *fb;

		strcpy(a, random_string(page, 12));
		strcpy(b, a);
		do {
			fa = ll_strsep(&pa, ",b");
			fb = strsep(&pb, ",b");
			test_assert((fa ? fa - a : -1) == (fb ? fb - b : -1));
			test_assert(!fa || !strcmp(fa, fb));
		} while (fb);
	}
}
END_TEST

static Suite *string_suite(void)
{
	Suite *s = suite_create("string");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, memcpy_matches_libc);
	tcase_add_test(tc, memmove_matches_libc);
	tcase_add_test(tc, memset_matches_libc);
	tcase_add_test(tc, memcmp_and_memchr_match_libc);
	tcase_add_test(tc, strings_match_libc);
	tcase_add_test(tc, strnlen_does_not_look_behind_max);
	tcase_add_test(tc, strsep_matches_libc);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(string_suite);
