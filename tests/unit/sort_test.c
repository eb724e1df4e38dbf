// SPDX-License-Identifier: GPL-2.0-only
/* sort_test.c - lib/sort.c and lib/bsearch.c against libc's qsort and a linear search. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include <linux-lite/sort.h>

void *ll_bsearch(const void *key, const void *base, size_t nr, size_t size,
		 int (*cmp)(const void *key, const void *elem));

#define MAX_NR		200
#define MAX_SIZE	24

static size_t nr_compares;

/* Elements differ in their first byte only, so equal ones are alike. */
static int by_byte(const void *a, const void *b)
{
	nr_compares++;
	return *(const unsigned char *)a - *(const unsigned char *)b;
}

static void fill(unsigned char *base, size_t nr, size_t size, int shape, uint64_t *rnd)
{
	for (size_t i = 0; i < nr; i++) {
		int value = shape == 0 ? i : shape == 1 ? nr - i : shape == 2 ? 7 :
			    test_random(rnd) % (shape * 10);

		memset(base + i * size, value, size);
	}
}

START_TEST(matches_qsort)
{
	static const size_t sizes[] = { 1, 2, 3, 4, 8, 16, MAX_SIZE };
	static unsigned char want[MAX_NR * MAX_SIZE];
	uint64_t rnd = test_seed();

	for (int round = 0; round < 3000; round++) {
		size_t nr = round % (MAX_NR + 1), size = sizes[round % 7];
		unsigned char *base = malloc(nr * size);
		size_t bound;

		fill(base, nr, size, round % 11, &rnd);
		memcpy(want, base, nr * size);
		qsort(want, nr, size, by_byte);
		nr_compares = 0;
		sort(base, nr, size, by_byte);
		test_assert(!memcmp(base, want, nr * size));
		for (bound = 2; 1UL << bound / 2 <= nr; )	/* 2 * log2(nr) */
			bound++;
		test_assert(nr_compares <= nr * bound * 2);
		free(base);
	}
}
END_TEST

START_TEST(bsearch_finds_what_is_there)
{
	for (int nr = 0; nr < 100; nr++) {
		unsigned char *base = malloc(nr * 3);

		for (int i = 0; i < nr; i++)
			memset(base + 3 * i, 2 * i + 1, 3);
		for (int k = 0; k < 2 * nr + 2; k++) {
			unsigned char key = k;
			unsigned char *want = k % 2 && k < 2 * nr ? base + k / 2 * 3 : NULL;

			nr_compares = 0;
			test_assert(ll_bsearch(&key, base, nr, 3, by_byte) == want);
			test_assert(nr_compares <= 7);
		}
		free(base);
	}
}
END_TEST

static Suite *sort_suite(void)
{
	Suite *s = suite_create("sort");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, matches_qsort);
	tcase_add_test(tc, bsearch_finds_what_is_there);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(sort_suite);
