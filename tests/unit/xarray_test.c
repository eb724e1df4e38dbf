// SPDX-License-Identifier: GPL-2.0-only
/*
 * xarray_test.c - lib/xarray*.c against an array, with the invariants walked after each step and an
 * allocator that fails whenever the test says so.
 *
 * Model slots are spread over the whole index space: dense at the bottom, across the boundaries
 * where the tree grows, and up to the last index of all.
 */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include <linux-lite/xarray.h>

#define NR_SLOTS	160

struct slot {
	unsigned long index;	/* ascending */
	void *entry;
	bool reserved;
	bool marks[XA_PRESENT];
};

static struct slot slots[NR_SLOTS];
static struct xarray xa;
static long nr_nodes;		/* allocated and not freed */
static long budget;		/* allocations until one fails */
static uint64_t rnd;

static void *node_alloc(void *ctx, gfp_t gfp)
{
	test_assert(ctx == &nr_nodes && gfp == 0x123);
	if (budget == 0)
		return NULL;
	budget--;
	nr_nodes++;
	return memset(malloc(sizeof(struct xa_node)), 0xa5, sizeof(struct xa_node));
}

static void node_free(void *ctx, void *node)
{
	test_assert(ctx == &nr_nodes);
	nr_nodes--;
	free(node);
}

static const struct xa_ops ops = { .node_alloc = node_alloc, .node_free = node_free };

static int by_index(const void *a, const void *b)
{
	const struct slot *x = a, *y = b;

	return (x->index > y->index) - (x->index < y->index);
}

static void setup(void)
{
	rnd = test_seed();
	nr_nodes = 0;
	budget = -1;
	xa_init(&xa, &ops, &nr_nodes);
	memset(slots, 0, sizeof(slots));
	for (int i = 0; i < NR_SLOTS; i++) {
		if (i < 70)
			slots[i].index = i;
		else if (i < 80)
			slots[i].index = ~0UL - (i - 70);
		else if (i < 120)
			slots[i].index = (1UL << (6 + (i - 80) * 58 / 40)) - i % 2;
		else
			slots[i].index = test_random(&rnd) >> (i - 120) | 1UL << 20;
	}
	qsort(slots, NR_SLOTS, sizeof(slots[0]), by_index);
	for (int i = 1; i < NR_SLOTS; i++) {
		if (slots[i].index <= slots[i - 1].index)
			slots[i].index = slots[i - 1].index + 1;
	}
}

static void teardown(void)
{
	xa_destroy(&xa);
	ck_assert_int_eq(nr_nodes, 0);
	ck_assert_ptr_null(xa.xa_head);
}

static bool matches(const struct slot *slot, xa_mark_t filter)
{
	return slot->entry && (filter == XA_PRESENT || slot->marks[filter]);
}

/* Walk by filter, from a random index to a random maximum. */
static void compare_walk(xa_mark_t filter)
{
	uint64_t r = test_random(&rnd);
	unsigned long index = r % 4 ? slots[(r >> 8) % NR_SLOTS].index + (r >> 4) % 3 - 1 : 0;
	unsigned long max = r >> 2 & 3 ? ~0UL : slots[(r >> 24) % NR_SLOTS].index;
	unsigned long start = index;
	void *entry = xa_find(&xa, &index, max, filter);

	for (int i = 0; i < NR_SLOTS; i++) {
		if (slots[i].index < start || slots[i].index > max || !matches(&slots[i], filter))
			continue;
		test_assert(entry == slots[i].entry && index == slots[i].index);
		entry = xa_find_after(&xa, &index, max, filter);
	}
	test_assert(!entry);
}

static void compare(void)
{
	bool any[XA_NR_MARKS] = { false };

	test_assert(xa_check(&xa) == nr_nodes);
	for (int i = 0; i < NR_SLOTS; i++) {
		test_assert(xa_load(&xa, slots[i].index) == slots[i].entry);
		any[XA_PRESENT] |= slots[i].entry != NULL;
		for (int m = 0; m < XA_PRESENT; m++) {
			test_assert(xa_get_mark(&xa, slots[i].index, m) == slots[i].marks[m]);
			any[m] |= slots[i].marks[m];
		}
	}
	for (int m = 0; m < XA_NR_MARKS; m++) {
		test_assert(xa_marked(&xa, m) == any[m]);
		compare_walk(m);
	}
	test_assert(xa_empty(&xa) == !any[XA_PRESENT]);
}

static void random_store(struct slot *slot)
{
	uint64_t r = test_random(&rnd);
	void *entry = r % 4 ? slot : xa_mk_value(r >> 1);
	void *old;

	budget = r >> 8 & 1 ? (long)(r >> 16) % 6 : -1;
	old = xa_store(&xa, slot->index, entry, 0x123);
	if (xa_is_err(old)) {
		test_assert(xa_err(old) == -ENOMEM && budget == 0);
		test_assert(!slot->entry && !slot->reserved);
		return;
	}
	test_assert(old == slot->entry);
	slot->entry = entry;
	slot->reserved = false;
}

static void random_insert(struct slot *slot)
{
	int err = xa_insert(&xa, slot->index, slot, 0x123);

	test_assert(err == (slot->entry ? -EBUSY : 0));
	if (!err) {
		slot->entry = slot;
		slot->reserved = false;
	}
}

static void random_reserve(struct slot *slot)
{
	budget = test_random(&rnd) % 6;
	if (xa_reserve(&xa, slot->index, 0x123))
		test_assert(!slot->entry && !slot->reserved && budget == 0);
	else if (!slot->entry)
		slot->reserved = true;
}

static void random_erase(struct slot *slot)
{
	void *old = test_random(&rnd) % 2 ? xa_erase(&xa, slot->index) :
		    xa_store(&xa, slot->index, NULL, 0x123);

	test_assert(old == slot->entry);
	*slot = (struct slot){ .index = slot->index };
}

static void random_step(bool growing)
{
	uint64_t r = test_random(&rnd);
	struct slot *slot = &slots[r % NR_SLOTS];
	int mark = (r >> 16) % XA_PRESENT;

	budget = -1;
	switch ((r >> 20) % 8) {
	case 0:
	case 1:
	case 2:
		if (growing && (r >> 23) % 3)
			random_store(slot);
		else if (growing)
			random_insert(slot);
		else
			random_erase(slot);
		break;
	case 3:
		random_reserve(slot);
		break;
	case 4:
		xa_set_mark(&xa, slot->index, mark);
		slot->marks[mark] = slot->entry != NULL;
		break;
	case 5:
		xa_clear_mark(&xa, slot->index, mark);
		slot->marks[mark] = false;
		break;
	case 6:
		xa_release(&xa, slot->index);
		slot->reserved = false;
		break;
	default:
		random_erase(slot);
	}
}

START_TEST(random_operations_match_an_array)
{
	for (int step = 0; step < 20000; step++) {
		random_step(step / 500 % 2 == 0);
		compare();
	}
}
END_TEST

START_TEST(many_are_read_as_one_by_one)
{
	void *many[300];

	for (int step = 0; step < 300; step++)
		random_step(true);
	for (int i = 0; i < NR_SLOTS; i++) {
		unsigned long first = slots[i].index > 100 ? slots[i].index - 100 : 0;

		if (first + 300 < first)
			continue;
		xa_load_many(&xa, first, 300, many);
		for (int k = 0; k < 300; k++)
			test_assert(many[k] == xa_load(&xa, first + k));
	}
}
END_TEST

START_TEST(a_reserved_store_needs_no_memory)
{
	for (int i = 0; i < NR_SLOTS; i++)
		ck_assert_int_eq(xa_reserve(&xa, slots[i].index, 0x123), 0);
	ck_assert(xa_empty(&xa));
	budget = 0;
	for (int i = 0; i < NR_SLOTS; i += 2) {
		ck_assert_ptr_null(xa_store(&xa, slots[i].index, &slots[i], 0x123));
		slots[i].entry = &slots[i];
	}
	for (int i = 0; i < NR_SLOTS; i++)
		xa_release(&xa, slots[i].index);
	compare();
}
END_TEST

START_TEST(an_empty_array_has_no_nodes)
{
	for (int i = 0; i < NR_SLOTS; i++)
		xa_store(&xa, slots[i].index, &slots[i], 0x123);
	for (int i = NR_SLOTS - 1; i >= 0; i--) {
		ck_assert_ptr_eq(xa_erase(&xa, slots[i].index), &slots[i]);
		ck_assert_int_eq(xa_check(&xa), nr_nodes);
	}
	ck_assert_int_eq(nr_nodes, 0);
}
END_TEST

START_TEST(values)
{
	ck_assert(xa_is_value(xa_mk_value(0)) && !xa_is_value(&xa) && !xa_is_value(NULL));
	ck_assert_uint_eq(xa_to_value(xa_mk_value(~0UL >> 1)), ~0UL >> 1);
	ck_assert(!xa_is_err(xa_mk_value(~0UL >> 1)));
	ck_assert(!xa_is_err(XA_ZERO_ENTRY) && xa_err(&xa) == 0 && xa_err(NULL) == 0);
	ck_assert_int_eq(xa_err(xa_mk_internal(-MAX_ERRNO)), -MAX_ERRNO);
}
END_TEST

START_TEST(erasing_while_iterating)
{
	unsigned long index;
	int seen = 0;
	void *entry;

	for (int i = 0; i < NR_SLOTS; i++)
		xa_store(&xa, slots[i].index, &slots[i], 0x123);
	for (int i = 0; i < NR_SLOTS; i += 3)
		xa_set_mark(&xa, slots[i].index, XA_MARK_1);
	xa_for_each_marked(&xa, index, entry, XA_MARK_1) {
		ck_assert_ptr_eq(entry, &slots[seen]);
		xa_erase(&xa, index);
		seen += 3;
	}
	ck_assert_int_ge(seen, NR_SLOTS);
	seen = 0;
	xa_for_each(&xa, index, entry) {
		seen++;
		xa_erase(&xa, index);
	}
	ck_assert_int_eq(seen, NR_SLOTS - (NR_SLOTS + 2) / 3);
	ck_assert_int_eq(nr_nodes, 0);
}
END_TEST

START_TEST(check_names_the_broken_invariant)
{
	struct xa_node *leaf;

	xa_store(&xa, 5, &xa, 0x123);
	xa_store(&xa, 100, &xa, 0x123);
	leaf = xa.xa_head->slots[0];
	leaf->offset = 1;
	ck_assert_int_eq(xa_check(&xa), -1);
	leaf->offset = 0;
	leaf->count = 2;
	ck_assert_int_eq(xa_check(&xa), -2);
	leaf->count = 1;
	leaf->marks[XA_MARK_0] = 1UL << 6;
	xa.xa_head->marks[XA_MARK_0] = 1;
	ck_assert_int_eq(xa_check(&xa), -5);
	leaf->marks[XA_MARK_0] = 0;
	ck_assert_int_eq(xa_check(&xa), -6);
	xa.xa_head->marks[XA_MARK_0] = 0;
	ck_assert_int_eq(xa_check(&xa), 3);
}
END_TEST

static Suite *xarray_suite(void)
{
	Suite *s = suite_create("xarray");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, random_operations_match_an_array);
	tcase_add_test(tc, many_are_read_as_one_by_one);
	tcase_add_test(tc, a_reserved_store_needs_no_memory);
	tcase_add_test(tc, an_empty_array_has_no_nodes);
	tcase_add_test(tc, values);
	tcase_add_test(tc, erasing_while_iterating);
	tcase_add_test(tc, check_names_the_broken_invariant);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(xarray_suite);
