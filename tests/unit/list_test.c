// SPDX-License-Identifier: GPL-2.0-only
/* list_test.c - include/linux-lite/list.h against an array that is shifted by hand. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include <linux-lite/list.h>

#define NR_ITEMS	32
#define NR_LISTS	3

struct item {
	int id;
	int where;			/* which list, or -1 */
	struct list_head link;
	struct hlist_node hash;
};

/* The model: the ids of a list's items, in order. */
struct model {
	int ids[NR_ITEMS];
	int nr;
};

static void model_insert(struct model *m, int at, int id)
{
	memmove(m->ids + at + 1, m->ids + at, (m->nr - at) * sizeof(int));
	m->ids[at] = id;
	m->nr++;
}

static int model_index(const struct model *m, int id)
{
	for (int i = 0; i < m->nr; i++) {
		if (m->ids[i] == id)
			return i;
	}
	ck_abort_msg("item %d is not in the model", id);
}

static void model_remove(struct model *m, int id)
{
	int at = model_index(m, id);

	m->nr--;
	memmove(m->ids + at, m->ids + at + 1, (m->nr - at) * sizeof(int));
}

static void model_splice(struct model *from, struct model *to, int at)
{
	while (from->nr) {
		from->nr--;
		model_insert(to, at, from->ids[from->nr]);
	}
}

static void compare(const struct list_head *head, const struct model *m)
{
	const struct item *item;
	int i = 0;

	test_assert(list_check(head) == m->nr);
	test_assert(list_empty(head) == (m->nr == 0));
	test_assert(list_is_singular(head) == (m->nr == 1));
	list_for_each_entry(item, head, link)
		test_assert(item->id == m->ids[i++]);
	test_assert(i == m->nr);
	list_for_each_entry_reverse(item, head, link)
		test_assert(item->id == m->ids[--i]);
	test_assert(i == 0);
}

static struct list_head heads[NR_LISTS];
static struct model models[NR_LISTS];
static struct item items[NR_ITEMS];

static void setup(void)
{
	memset(models, 0, sizeof(models));
	for (int i = 0; i < NR_LISTS; i++)
		INIT_LIST_HEAD(&heads[i]);
	for (int i = 0; i < NR_ITEMS; i++)
		items[i] = (struct item){ .id = i, .where = -1 };
}

static void add_or_move(struct item *item, int list, bool tail)
{
	if (item->where < 0) {
		(tail ? list_add_tail : list_add)(&item->link, &heads[list]);
	} else {
		(tail ? list_move_tail : list_move)(&item->link, &heads[list]);
		model_remove(&models[item->where], item->id);
	}
	item->where = list;
	model_insert(&models[list], tail ? models[list].nr : 0, item->id);
}

static void drop(struct item *item, bool init)
{
	if (item->where < 0)
		return;
	(init ? list_del_init : list_del)(&item->link);
	if (init)
		ck_assert(list_empty(&item->link));
	model_remove(&models[item->where], item->id);
	item->where = -1;
}

static void splice(int from, int to, bool tail)
{
	if (from == to)
		return;
	(tail ? list_splice_tail_init : list_splice_init)(&heads[from], &heads[to]);
	model_splice(&models[from], &models[to], tail ? models[to].nr : 0);
	for (int i = 0; i < NR_ITEMS; i++) {
		if (items[i].where == from)
			items[i].where = to;
	}
}

START_TEST(random_operations_match_an_array)
{
	uint64_t rnd = test_seed();

	for (int step = 0; step < 50000; step++) {
		uint64_t r = test_random(&rnd);
		struct item *item = &items[r % NR_ITEMS];
		int list = (r >> 8) % NR_LISTS;
		bool flag = r >> 16 & 1;

		switch ((r >> 20) % 16) {
		case 0:
			splice(list, (r >> 24) % NR_LISTS, flag);
			break;
		case 1 ... 5:
			drop(item, flag);
			break;
		default:
			add_or_move(item, list, flag);
		}
		for (int i = 0; i < NR_LISTS; i++)
			compare(&heads[i], &models[i]);
	}
}
END_TEST

START_TEST(safe_iteration_survives_removal)
{
	struct item *item, *n;
	int seen = 0;

	for (int i = 0; i < NR_ITEMS; i++)
		list_add_tail(&items[i].link, &heads[0]);
	list_for_each_entry_safe(item, n, &heads[0], link) {
		ck_assert_int_eq(item->id, seen++);
		if (item->id % 3)
			list_del(&item->link);
	}
	ck_assert_int_eq(seen, NR_ITEMS);
	ck_assert_int_eq(list_check(&heads[0]), (NR_ITEMS + 2) / 3);
	list_for_each_entry_safe_reverse(item, n, &heads[0], link)
		list_del(&item->link);
	ck_assert(list_empty(&heads[0]));
}
END_TEST

START_TEST(cut_replace_and_ends)
{
	struct item extra = { .id = 100 };
	struct list_head front;
	struct item *item;

	for (int i = 0; i < 6; i++)
		list_add_tail(&items[i].link, &heads[0]);
	list_cut_position(&front, &heads[0], &items[2].link);
	ck_assert_int_eq(list_check(&front), 3);
	ck_assert_int_eq(list_check(&heads[0]), 3);
	ck_assert_int_eq(list_last_entry(&front, struct item, link)->id, 2);
	ck_assert_int_eq(list_first_entry(&heads[0], struct item, link)->id, 3);
	list_replace_init(&items[3].link, &extra.link);
	ck_assert(list_is_first(&extra.link, &heads[0]));
	ck_assert(list_empty(&items[3].link));
	item = &extra;
	ck_assert_int_eq(list_next_entry(item, link)->id, 4);
	list_for_each_entry_continue(item, &heads[0], link)
		ck_assert_int_ge(item->id, 4);
	list_cut_position(&front, &heads[0], &heads[0]);
	ck_assert(list_empty(&front));
	ck_assert_ptr_null(list_first_entry_or_null(&front, struct item, link));
}
END_TEST

START_TEST(a_broken_link_is_noticed)
{
	for (int i = 0; i < 3; i++)
		list_add_tail(&items[i].link, &heads[0]);
	items[1].link.prev = &items[2].link;
	ck_assert_int_eq(list_check(&heads[0]), -1);
}
END_TEST

START_TEST(hash_chain_keeps_order_and_back_links)
{
	HLIST_HEAD(chain);
	struct hlist_node *n;
	struct item *item;
	int want[] = { 3, 1, 4, 0 }, i = 0;

	ck_assert(hlist_empty(&chain));
	hlist_add_head(&items[0].hash, &chain);
	hlist_add_head(&items[1].hash, &chain);
	hlist_add_before(&items[3].hash, &items[1].hash);
	hlist_add_behind(&items[4].hash, &items[1].hash);
	hlist_add_behind(&items[5].hash, &items[0].hash);
	hlist_del(&items[5].hash);
	ck_assert(hlist_unhashed(&items[5].hash));
	hlist_del_init(&items[5].hash);		/* twice is fine */
	hlist_for_each_entry(item, &chain, hash) {
		ck_assert_ptr_eq(*item->hash.pprev, &item->hash);
		ck_assert_int_eq(item->id, want[i++]);
	}
	ck_assert_int_eq(i, 4);
	hlist_for_each_entry_safe(item, n, &chain, hash)
		hlist_del(&item->hash);
	ck_assert(hlist_empty(&chain));
}
END_TEST

static Suite *list_suite(void)
{
	Suite *s = suite_create("list");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, random_operations_match_an_array);
	tcase_add_test(tc, safe_iteration_survives_removal);
	tcase_add_test(tc, cut_replace_and_ends);
	tcase_add_test(tc, a_broken_link_is_noticed);
	tcase_add_test(tc, hash_chain_keeps_order_and_back_links);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(list_suite);
