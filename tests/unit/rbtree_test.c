// SPDX-License-Identifier: GPL-2.0-only
/*
 * rbtree_test.c - lib/rbtree.c against a table of keys, with the invariants walked after each step.
 *
 * The tree is augmented by a maximum over the subtree, so that the callbacks are tested by the same
 * random operations; `plain` trees use the entry points without callbacks.
 */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include <linux-lite/rbtree_augmented.h>

#define NR_KEYS	200

struct item {
	struct rb_node rb;
	int key;
	unsigned long value, max;
};

static unsigned long item_value(struct item *item)
{
	return item->value;
}

RB_DECLARE_CALLBACKS_MAX(static, item_callbacks, struct item, rb, unsigned long, max, item_value);

static struct rb_root_cached tree;
static struct item items[NR_KEYS];	/* item i has key i; replacements come from spare[] */
static struct item spare[NR_KEYS];
static struct item *present[NR_KEYS];	/* the model */

static void setup(void)
{
	tree = RB_ROOT_CACHED;
	memset(present, 0, sizeof(present));
	for (int i = 0; i < NR_KEYS; i++) {
		items[i] = (struct item){ .key = i };
		spare[i] = (struct item){ .key = i };
	}
}

static void insert(struct item *item, bool augmented)
{
	struct rb_node **link = &tree.rb_root.rb_node, *parent = NULL;
	bool leftmost = true;

	while (*link) {
		parent = *link;
		if (item->key < rb_entry(parent, struct item, rb)->key) {
			link = &parent->rb_left;
		} else {
			link = &parent->rb_right;
			leftmost = false;
		}
	}
	rb_link_node(&item->rb, parent, link);
	item->max = item->value;
	if (augmented) {
		item_callbacks.propagate(parent, NULL);
		rb_insert_augmented_cached(&item->rb, &tree, leftmost, &item_callbacks);
	} else {
		rb_insert_color_cached(&item->rb, &tree, leftmost);
	}
	present[item->key] = item;
}

static void erase(struct item *item, bool augmented)
{
	if (augmented)
		rb_erase_augmented_cached(&item->rb, &tree, &item_callbacks);
	else
		rb_erase_cached(&item->rb, &tree);
	present[item->key] = NULL;
}

static void replace(struct item *item)
{
	struct item *other = item == &items[item->key] ? &spare[item->key] : &items[item->key];

	other->value = item->value;
	other->max = item->max;
	rb_replace_node_cached(&item->rb, &other->rb, &tree);
	present[item->key] = other;
}

static unsigned long check_max(const struct rb_node *rb)
{
	const struct item *item;
	unsigned long max, left, right;

	if (!rb)
		return 0;
	item = rb_entry(rb, struct item, rb);
	left = check_max(rb->rb_left);
	right = check_max(rb->rb_right);
	max = left > right ? left : right;
	if (item->value > max)
		max = item->value;
	test_assert(item->max == max);
	return max;
}

static void compare(bool augmented)
{
	struct rb_node *rb = rb_first(&tree.rb_root);
	int nr = 0;

	test_assert(rb == rb_first_cached(&tree));
	for (int i = 0; i < NR_KEYS; i++) {
		if (!present[i])
			continue;
		nr++;
		test_assert(rb == &present[i]->rb);
		rb = rb_next(rb);
	}
	test_assert(!rb);
	test_assert(rb_check(&tree.rb_root) == nr);
	rb = rb_last(&tree.rb_root);
	for (int i = NR_KEYS - 1; i >= 0; i--) {
		if (!present[i])
			continue;
		test_assert(rb == &present[i]->rb);
		rb = rb_prev(rb);
	}
	test_assert(!rb);
	if (augmented)
		check_max(tree.rb_root.rb_node);
}

/* Grow for a while, shrink for a while, so that all sizes from 0 up are visited. */
static void random_operations(bool augmented)
{
	uint64_t rnd = test_seed();

	for (int step = 0; step < 20000; step++) {
		uint64_t r = test_random(&rnd);
		int key = r % NR_KEYS;
		bool growing = step / 400 % 2 == 0;
		bool want = (r >> 16) % 8 ? growing : !growing;

		if (want && !present[key]) {
			items[key].value = r >> 32 & 0xff;
			insert(&items[key], augmented);
		} else if (!want && present[key]) {
			erase(present[key], augmented);
		} else if (present[key]) {
			replace(present[key]);
		}
		compare(augmented);
	}
}

START_TEST(random_plain)
{
	random_operations(false);
}
END_TEST

START_TEST(random_augmented)
{
	random_operations(true);
}
END_TEST

START_TEST(a_changed_value_propagates)
{
	for (int i = 0; i < NR_KEYS; i++) {
		items[i].value = i;
		insert(&items[i], true);
	}
	for (int i = NR_KEYS - 1; i >= 0; i--) {
		items[i].value = 1000 - items[i].value * 3 % 500;
		item_callbacks.propagate(&items[i].rb, NULL);
		check_max(tree.rb_root.rb_node);
	}
}
END_TEST

START_TEST(sorted_input_stays_shallow)
{
	int depth, deepest = 0;

	for (int i = 0; i < NR_KEYS; i++)
		insert(&items[i], false);
	for (int i = 0; i < NR_KEYS; i++) {
		depth = 1;
		for (struct rb_node *rb = &items[i].rb; (rb = rb_parent(rb)); )
			depth++;
		if (depth > deepest)
			deepest = depth;
	}
	ck_assert_int_le(deepest, 15);		/* 2 * log2(201) = 15.3 */
}
END_TEST

START_TEST(postorder_visits_children_first)
{
	struct item *item, *n;
	int nr = 0;

	for (int i = 0; i < NR_KEYS; i++)
		insert(&items[i], false);
	rbtree_postorder_for_each_entry_safe(item, n, &tree.rb_root, rb) {
		for (int side = 0; side < 2; side++) {
			if (item->rb.rb_child[side])
				ck_assert_int_eq(rb_entry(item->rb.rb_child[side], struct item,
							  rb)->key, -1);
		}
		item->key = -1;
		nr++;
	}
	ck_assert_int_eq(nr, NR_KEYS);
}
END_TEST

static bool less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct item, rb)->key < rb_entry(b, struct item, rb)->key;
}

static int cmp(const void *key, const struct rb_node *rb)
{
	return *(const int *)key - rb_entry(rb, struct item, rb)->key;
}

START_TEST(add_and_find)
{
	for (int i = 0; i < NR_KEYS; i += 2)		/* 7 and 100 have no common factor */
		rb_add_cached(&items[i * 7 % NR_KEYS].rb, &tree, less);
	ck_assert_ptr_eq(rb_first_cached(&tree), &items[0].rb);
	for (int i = 0; i < NR_KEYS; i++)
		ck_assert_ptr_eq(rb_find(&i, &tree.rb_root, cmp), i % 2 ? NULL : &items[i].rb);
}
END_TEST

START_TEST(check_names_the_broken_invariant)
{
	struct rb_node *root;

	for (int i = 0; i < 20; i++)
		insert(&items[i], false);
	root = tree.rb_root.rb_node;
	root->__rb_parent_color &= ~1UL;
	ck_assert_int_eq(rb_check(&tree.rb_root), -2);
	root->__rb_parent_color |= 1;
	items[0].rb.__rb_parent_color ^= 1;
	ck_assert_int_lt(rb_check(&tree.rb_root), -2);	/* I3 or I4 */
	items[0].rb.__rb_parent_color ^= 1;
	root->rb_left->__rb_parent_color &= 1;
	ck_assert_int_eq(rb_check(&tree.rb_root), -1);
}
END_TEST

static Suite *rbtree_suite(void)
{
	Suite *s = suite_create("rbtree");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, random_plain);
	tcase_add_test(tc, random_augmented);
	tcase_add_test(tc, a_changed_value_propagates);
	tcase_add_test(tc, sorted_input_stays_shallow);
	tcase_add_test(tc, postorder_visits_children_first);
	tcase_add_test(tc, add_and_find);
	tcase_add_test(tc, check_names_the_broken_invariant);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(rbtree_suite);
