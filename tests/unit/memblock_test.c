// SPDX-License-Identifier: GPL-2.0-only
/*
 * memblock_test.c - mm/frame/memblock.c against two arrays of bool, one place a page.
 *
 * Each test is a process of its own, so memblock is empty at its start. Physical memory is
 * NR_PAGES pages of malloc'ed memory, "at" BASE.
 */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include <linux-lite/memblock.h>
#include <asm/page.h>

#define BASE		0x80000000UL
#define NR_PAGES	2048UL
#define PA(page)	(BASE + (page) * PAGE_SIZE)

static bool is_ram[NR_PAGES], is_taken[NR_PAGES];

static void give_memory(void)
{
	static char *arena;		/* static: reachable, so not a leak */

	arena = aligned_alloc(PAGE_SIZE, NR_PAGES * PAGE_SIZE);
	ck_assert_ptr_nonnull(arena);
	memset(arena, 0xa5, NR_PAGES * PAGE_SIZE);
	host_page_offset = (unsigned long)arena - BASE;
}

/* Regions of a set are sorted, apart from each other, and say what the model says. */
static void check_set(bool (*get)(unsigned int, phys_addr_t *, phys_addr_t *), const bool *model)
{
	phys_addr_t base, size, last_end = 0;
	bool seen[NR_PAGES] = { false };

	for (unsigned int i = 0; get(i, &base, &size); i++) {
		ck_assert_uint_gt(size, 0);
		ck_assert(i == 0 || base > last_end);
		last_end = base + size;
		for (phys_addr_t pa = base; pa < last_end; pa += PAGE_SIZE)
			seen[(pa - BASE) / PAGE_SIZE] = true;
	}
	ck_assert_mem_eq(seen, model, sizeof(seen));
}

static void check_free(void)
{
	phys_addr_t pos = 0, start, end, last = 0;
	bool seen[NR_PAGES] = { false };

	while (memblock_next_free(&pos, &start, &end)) {
		ck_assert(start < end && start >= last && pos == end);
		last = end;
		for (; start < end; start += PAGE_SIZE)
			seen[(start - BASE) / PAGE_SIZE] = true;
	}
	for (unsigned long i = 0; i < NR_PAGES; i++)
		ck_assert_int_eq(seen[i], is_ram[i] && !is_taken[i]);
}

static void check_all(void)
{
	check_set(memblock_memory_region, is_ram);
	check_set(memblock_reserved_region, is_taken);
	check_free();
}

START_TEST(random_ranges_against_the_model)
{
	uint64_t rng = test_seed();

	for (int i = 0; i < 3000; i++) {
		unsigned long first = test_random(&rng) % NR_PAGES;
		unsigned long nr = test_random(&rng) % 40 % (NR_PAGES - first);
		bool *model = test_random(&rng) % 2 ? is_ram : is_taken;
		bool value = test_random(&rng) % 5 > 1;
		int (*op)(phys_addr_t, phys_addr_t) =
			model == is_ram ? (value ? memblock_add : memblock_remove) :
					  (value ? memblock_reserve : memblock_phys_free);
		int err = op(PA(first), nr * PAGE_SIZE);

		/* Arrays of 128 may fill up, and then nothing changes. */
		if (!err)
			memset(model + first, value, nr);
		if (i % 16 == 0)
			check_all();
	}
	check_all();
}
END_TEST

START_TEST(neighbours_are_joined)
{
	phys_addr_t base, size;

	ck_assert_int_eq(memblock_add(PA(0), 4 * PAGE_SIZE), 0);
	ck_assert_int_eq(memblock_add(PA(8), 4 * PAGE_SIZE), 0);
	ck_assert_int_eq(memblock_add(PA(4), 4 * PAGE_SIZE), 0);
	ck_assert(memblock_memory_region(0, &base, &size));
	ck_assert_uint_eq(base, PA(0));
	ck_assert_uint_eq(size, 12 * PAGE_SIZE);
	ck_assert(!memblock_memory_region(1, &base, &size));
	ck_assert_uint_eq(memblock_start_of_dram(), PA(0));
	ck_assert_uint_eq(memblock_end_of_dram(), PA(12));
	ck_assert_uint_eq(memblock_phys_mem_size(), 12 * PAGE_SIZE);
}
END_TEST

START_TEST(empty_and_wrapping_ranges_are_nothing)
{
	phys_addr_t base, size;

	ck_assert_int_eq(memblock_add(PA(0), 0), 0);
	ck_assert_int_eq(memblock_add(~0UL - 4, 100), 0);
	ck_assert(!memblock_memory_region(0, &base, &size));
	ck_assert_uint_eq(memblock_start_of_dram(), 0);
	ck_assert_uint_eq(memblock_end_of_dram(), 0);
}
END_TEST

START_TEST(allocation_is_top_down_aligned_and_zeroed)
{
	phys_addr_t pa;

	give_memory();
	memblock_add(PA(0), 64 * PAGE_SIZE);
	memblock_reserve(PA(60), 4 * PAGE_SIZE);
	pa = memblock_phys_alloc(100, 64);
	ck_assert_uint_eq(pa, (PA(60) - 100) & ~63UL);
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(((unsigned char *)__va(pa))[i], 0);
	ck_assert_int_eq(((unsigned char *)__va(pa))[-1], 0xa5);
	pa = memblock_phys_alloc_range(PAGE_SIZE, PAGE_SIZE, PA(10), PA(12));
	ck_assert_uint_eq(pa, PA(11));
	pa = memblock_phys_alloc_range(PAGE_SIZE, PAGE_SIZE, PA(10), PA(12));
	ck_assert_uint_eq(pa, PA(10));
	ck_assert_uint_eq(memblock_phys_alloc_range(1, 1, PA(10), PA(12)), 0);
	ck_assert_ptr_null(memblock_alloc(65 * PAGE_SIZE, 1));
	/* Not cleared: the caller said so. */
	pa = memblock_phys_alloc_raw(PAGE_SIZE, PAGE_SIZE);
	ck_assert_int_eq(*(unsigned char *)__va(pa), 0xa5);
}
END_TEST

START_TEST(bottom_up_is_the_other_way_round)
{
	give_memory();
	memblock_add(PA(0), 64 * PAGE_SIZE);
	memblock_reserve(PA(0), 3 * PAGE_SIZE);
	ck_assert(!memblock_bottom_up());
	memblock_set_bottom_up(true);
	ck_assert(memblock_bottom_up());
	ck_assert_uint_eq(memblock_phys_alloc(PAGE_SIZE, PAGE_SIZE), PA(3));
	ck_assert_uint_eq(memblock_phys_alloc(PAGE_SIZE, 4 * PAGE_SIZE), PA(4));
	ck_assert_uint_eq(memblock_phys_alloc_range(8, 8, PA(3) + 1, PA(7)), PA(5));
	ck_assert_uint_eq(memblock_phys_alloc(62 * PAGE_SIZE, 1), 0);
	memblock_set_bottom_up(false);
	ck_assert_uint_eq(memblock_phys_alloc(PAGE_SIZE, PAGE_SIZE), PA(63));
}
END_TEST

START_TEST(nomap_is_ram_that_nobody_gets)
{
	phys_addr_t pos = 0, start, end;

	give_memory();
	memblock_add(PA(0), 8 * PAGE_SIZE);
	ck_assert_int_eq(memblock_mark_nomap(PA(2), 5 * PAGE_SIZE), 0);
	ck_assert_uint_eq(memblock_phys_mem_size(), 8 * PAGE_SIZE);
	ck_assert(memblock_is_memory(PA(2)) && !memblock_is_map_memory(PA(2)));
	ck_assert(memblock_is_map_memory(PA(1)) && memblock_is_map_memory(PA(7)));
	memblock_reserve(PA(0), PAGE_SIZE);
	ck_assert(memblock_next_mapped(&pos, &start, &end));
	ck_assert_uint_eq(start, PA(0));		/* reserved, and mapped */
	ck_assert_uint_eq(end, PA(2));
	ck_assert_uint_eq(memblock_phys_alloc(PAGE_SIZE, PAGE_SIZE), PA(7));
	ck_assert_uint_eq(memblock_phys_alloc(PAGE_SIZE, PAGE_SIZE), PA(1));
	ck_assert_uint_eq(memblock_phys_alloc(PAGE_SIZE, PAGE_SIZE), 0);
	ck_assert_int_eq(memblock_clear_nomap(PA(4), PAGE_SIZE), 0);
	ck_assert_uint_eq(memblock_phys_alloc(PAGE_SIZE, PAGE_SIZE), PA(4));
	ck_assert(memblock_is_reserved(PA(4)) && !memblock_is_reserved(PA(3)));
}
END_TEST

START_TEST(what_is_outside_is_forgotten)
{
	phys_addr_t base, size;

	memblock_add(PA(0), 4 * PAGE_SIZE);
	memblock_add(PA(6), 10 * PAGE_SIZE);
	memblock_reserve(PA(3), 5 * PAGE_SIZE);
	memblock_mark_nomap(PA(10), 4 * PAGE_SIZE);
	memblock_cap_memory_range(PA(7), 5 * PAGE_SIZE);
	ck_assert(memblock_memory_region(0, &base, &size));
	ck_assert(base == PA(7) && size == 5 * PAGE_SIZE);
	ck_assert(memblock_reserved_region(0, &base, &size));
	ck_assert(base == PA(7) && size == PAGE_SIZE);
	ck_assert(memblock_nomap_region(0, &base, &size));
	ck_assert(base == PA(10) && size == 2 * PAGE_SIZE);
	/* To the end of the world: nothing above is cut. */
	memblock_cap_memory_range(PA(8), ~0UL);
	ck_assert_uint_eq(memblock_start_of_dram(), PA(8));
	ck_assert_uint_eq(memblock_end_of_dram(), PA(12));
	memblock_enforce_memory_limit(3 * PAGE_SIZE);
	ck_assert_uint_eq(memblock_end_of_dram(), PA(11));
	memblock_enforce_memory_limit(3 * PAGE_SIZE);
	ck_assert_uint_eq(memblock_phys_mem_size(), 3 * PAGE_SIZE);
}
END_TEST

START_TEST(a_place_does_not_wrap_around)
{
	memblock_add(-8 * PAGE_SIZE, 7 * PAGE_SIZE);	/* the last frames there are, but one */
	memblock_set_bottom_up(true);
	ck_assert_uint_eq(memblock_phys_alloc_raw(PAGE_SIZE, 16 * PAGE_SIZE), 0);
	ck_assert_uint_eq(memblock_phys_alloc_raw(8 * PAGE_SIZE, 1), 0);
	ck_assert_uint_eq(memblock_phys_alloc_raw(~0UL, 1), 0);
	memblock_set_bottom_up(false);
	ck_assert_uint_eq(memblock_phys_alloc_raw(PAGE_SIZE, 16 * PAGE_SIZE), 0);
	ck_assert_uint_eq(memblock_phys_alloc_raw(~0UL, PAGE_SIZE), 0);
	ck_assert_uint_eq(memblock_phys_alloc_raw(PAGE_SIZE, PAGE_SIZE), -2 * PAGE_SIZE);
}
END_TEST

START_TEST(allocations_never_overlap)
{
	uint64_t rng = test_seed();
	phys_addr_t pa;

	give_memory();
	memblock_add(PA(0), NR_PAGES * PAGE_SIZE);
	for (;;) {
		unsigned long nr = test_random(&rng) % 16 + 1;
		unsigned long align = PAGE_SIZE << test_random(&rng) % 4;

		pa = memblock_phys_alloc_raw(nr * PAGE_SIZE, align);
		if (!pa)
			break;
		ck_assert_uint_eq(pa % align, 0);
		for (unsigned long i = (pa - BASE) / PAGE_SIZE; nr--; i++) {
			ck_assert(!is_taken[i]);
			is_taken[i] = true;
		}
	}
	check_set(memblock_reserved_region, is_taken);
}
END_TEST

START_TEST(full_array_refuses_or_grows)
{
	bool grow = _i;
	int err = 0;
	unsigned int n;

	give_memory();
	memblock_add(PA(0), NR_PAGES * PAGE_SIZE);
	if (grow)
		memblock_allow_resize();
	for (n = 0; n < 500 && !err; n++) {
		err = memblock_reserve(PA(2 * n), PAGE_SIZE);
		if (!err)
			is_taken[2 * n] = true;
	}
	if (!grow) {
		ck_assert_int_eq(err, -12);		/* ENOMEM */
		ck_assert_uint_eq(n, 129);
		check_set(memblock_reserved_region, is_taken);
		/* Joining needs no place. */
		ck_assert_int_eq(memblock_reserve(PA(1), PAGE_SIZE), 0);
		return;
	}
	ck_assert_int_eq(err, 0);
	/* The arrays are in reserved memory, and it is not what was reserved before. */
	for (unsigned long i = 0; i < 1000; i++)
		is_taken[i] = i % 2 == 0;
	phys_addr_t base, size;

	for (unsigned int i = 0; i < 500; i++) {
		ck_assert(memblock_reserved_region(i, &base, &size));
		ck_assert_uint_eq(base, PA(2 * i));
		ck_assert_uint_eq(size, PAGE_SIZE);
	}
	ck_assert(memblock_reserved_region(500, &base, &size));
	ck_assert_uint_ge(base, PA(1000));
}
END_TEST

typedef int (*set_op)(phys_addr_t base, phys_addr_t size_bytes);

/* A set, as ranges that are added or as holes in one large range. */
static const struct { set_op whole, one; } makers[] = {
	{ NULL, memblock_add }, { NULL, memblock_reserve }, { NULL, memblock_mark_nomap },
	{ memblock_add, memblock_remove }, { memblock_reserve, memblock_phys_free },
	{ memblock_mark_nomap, memblock_clear_nomap },
};

static int make_ranges(unsigned int maker, unsigned int nr)
{
	int err = 0;

	if (makers[maker].whole)
		makers[maker].whole(PA(0), 1000 * PAGE_SIZE);
	for (unsigned int n = 0; n < nr && !err; n++)
		err = makers[maker].one(PA(2 * n + 1), PAGE_SIZE);
	return err;
}

START_TEST(each_set_says_that_it_is_full)
{
	ck_assert_int_eq(make_ranges(_i, 127), 0);
	ck_assert_int_eq(make_ranges(_i, 129), -12);		/* ENOMEM */
}
END_TEST

START_TEST(each_set_grows)
{
	give_memory();
	memblock_add(PA(1024), 1024 * PAGE_SIZE);
	memblock_allow_resize();
	ck_assert_int_eq(make_ranges(_i, 400), 0);
}
END_TEST

/* Twice as much, when there are fewer than two places; not before. */
START_TEST(a_set_grows_when_it_must)
{
	phys_addr_t base, size;

	give_memory();
	memblock_add(PA(0), NR_PAGES * PAGE_SIZE);
	memblock_allow_resize();
	ck_assert_int_eq(make_ranges(1, 126), 0);
	ck_assert(!memblock_reserved_region(126, &base, &size));
	ck_assert_int_eq(memblock_reserve(PA(500), PAGE_SIZE), 0);
	ck_assert(memblock_reserved_region(127, &base, &size));
	ck_assert_uint_eq(size, 2 * 128 * 2 * sizeof(phys_addr_t));
	ck_assert(!memblock_reserved_region(128, &base, &size));
}
END_TEST

/* 128 ranges, apart from each other; the last is of three pages. */
static void fill_reserved(void)
{
	for (unsigned int n = 0; n < 127; n++)
		ck_assert_int_eq(memblock_reserve(PA(2 * n), PAGE_SIZE), 0);
	ck_assert_int_eq(memblock_reserve(PA(254), 3 * PAGE_SIZE), 0);
	for (unsigned int i = 0; i < 256; i += 2)
		is_taken[i] = true;
	is_taken[255] = is_taken[256] = true;
	check_set(memblock_reserved_region, is_taken);
}

START_TEST(what_would_need_one_more_range_is_refused)
{
	give_memory();
	memblock_add(PA(0), NR_PAGES * PAGE_SIZE);
	fill_reserved();
	ck_assert_int_eq(memblock_phys_free(PA(255), PAGE_SIZE), -12);	/* two instead of one */
	ck_assert_uint_eq(memblock_phys_alloc(PAGE_SIZE, PAGE_SIZE), 0);
	check_set(memblock_reserved_region, is_taken);
	/* At an end, or as a whole, it needs no place. */
	ck_assert_int_eq(memblock_phys_free(PA(256), PAGE_SIZE), 0);
	ck_assert_int_eq(memblock_phys_free(PA(254), PAGE_SIZE), 0);
	ck_assert_int_eq(memblock_phys_free(PA(0), PAGE_SIZE), 0);
	is_taken[0] = is_taken[254] = is_taken[256] = false;
	check_set(memblock_reserved_region, is_taken);
	ck_assert_uint_eq(memblock_phys_alloc(PAGE_SIZE, PAGE_SIZE), PA(NR_PAGES - 1));
}
END_TEST

/* An array may grow, but there is nothing to grow in; or it is too late for it. */
START_TEST(no_memory_for_the_array_is_refused)
{
	give_memory();
	memblock_add(PA(0), 2 * PAGE_SIZE);
	memblock_reserve(PA(0), 2 * PAGE_SIZE);
	memblock_allow_resize();
	for (unsigned int n = 2; n < 129; n++)
		ck_assert_int_eq(memblock_reserve(PA(2 * n), PAGE_SIZE), 0);
	ck_assert_int_eq(memblock_reserve(PA(400), PAGE_SIZE), -12);
	memblock_phys_free(PA(4), PAGE_SIZE);
	memblock_discard();
	ck_assert_int_eq(memblock_add(PA(2), PAGE_SIZE * 200), 0);
	ck_assert_int_eq(memblock_reserve(PA(400), PAGE_SIZE), 0);
	ck_assert_int_eq(memblock_reserve(PA(500), PAGE_SIZE), -12);
}
END_TEST

/* Bytes are enough where nobody asks for more; 0 means "none", so address 0 isn't given. */
START_TEST(alignment_is_a_byte_unless_asked_for)
{
	memblock_add(0, 101);
	ck_assert_uint_eq(memblock_phys_alloc_raw(10, 0), 91);
	ck_assert_uint_eq(memblock_phys_alloc_raw(10, 1), 81);
	ck_assert_uint_eq(memblock_phys_alloc_raw(10, 8), 64);
	ck_assert_uint_eq(memblock_phys_alloc_raw(64, 1), 0);
	ck_assert_uint_eq(memblock_phys_alloc_raw(63, 1), 1);
	ck_assert_uint_eq(memblock_phys_alloc_raw(1, 1), 80);
}
END_TEST

START_TEST(memory_limit_keeps_the_first_bytes)
{
	memblock_add(PA(0), 4 * PAGE_SIZE);
	memblock_add(PA(8), 4 * PAGE_SIZE);
	memblock_add(PA(16), 4 * PAGE_SIZE);
	memblock_enforce_memory_limit(100 * PAGE_SIZE);
	ck_assert_uint_eq(memblock_phys_mem_size(), 12 * PAGE_SIZE);
	memblock_enforce_memory_limit(6 * PAGE_SIZE);
	ck_assert_uint_eq(memblock_phys_mem_size(), 6 * PAGE_SIZE);
	ck_assert_uint_eq(memblock_end_of_dram(), PA(10));
	memblock_enforce_memory_limit(4 * PAGE_SIZE);
	ck_assert_uint_eq(memblock_end_of_dram(), PA(4));
	ck_assert(memblock_is_memory(PA(3)) && memblock_is_memory(PA(4) - 1));
	ck_assert(!memblock_is_memory(PA(4)) && !memblock_is_memory(PA(0) - 1));
}
END_TEST

static Suite *memblock_suite(void)
{
	Suite *s = suite_create("memblock");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, random_ranges_against_the_model);
	tcase_add_test(tc, neighbours_are_joined);
	tcase_add_test(tc, empty_and_wrapping_ranges_are_nothing);
	tcase_add_test(tc, allocation_is_top_down_aligned_and_zeroed);
	tcase_add_test(tc, bottom_up_is_the_other_way_round);
	tcase_add_test(tc, nomap_is_ram_that_nobody_gets);
	tcase_add_test(tc, what_is_outside_is_forgotten);
	tcase_add_test(tc, a_place_does_not_wrap_around);
	tcase_add_test(tc, allocations_never_overlap);
	tcase_add_loop_test(tc, full_array_refuses_or_grows, 0, 2);
	tcase_add_loop_test(tc, each_set_says_that_it_is_full, 0, 6);
	tcase_add_loop_test(tc, each_set_grows, 0, 6);
	tcase_add_test(tc, a_set_grows_when_it_must);
	tcase_add_test(tc, what_would_need_one_more_range_is_refused);
	tcase_add_test(tc, no_memory_for_the_array_is_refused);
	tcase_add_test(tc, alignment_is_a_byte_unless_asked_for);
	tcase_add_test(tc, memory_limit_keeps_the_first_bytes);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(memblock_suite);
