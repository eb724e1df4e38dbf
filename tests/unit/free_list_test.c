// SPDX-License-Identifier: GPL-2.0-only
/*
 * free_list_test.c - mm/frame/free_list.c: what it does beyond frames_test.c; and how the page
 * allocator is without larger blocks.
 */
#include "one_zone.h"

#ifdef CONFIG_FRAMES_FREE_LIST

#include <asm/host.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/slab.h>
#include <linux-lite/vmalloc.h>

static struct page *alloc(void)
{
	struct page *page = frames_alloc(zone, 0, MIGRATE_MOVABLE);

	ck_assert_ptr_nonnull(page);
	return page;
}

START_TEST(what_was_freed_last_is_taken_first)
{
	struct page *a, *b;

	make_zone(3, 4099);
	a = alloc();
	b = alloc();
	ck_assert_uint_eq(index_of(a), 3);	/* boot: the lowest first */
	ck_assert_uint_eq(index_of(b), 4);
	give(a, 0);
	give(b, 0);
	ck_assert_ptr_eq(alloc(), b);
	ck_assert_ptr_eq(alloc(), a);
}
END_TEST

START_TEST(check_finds_what_is_broken)
{
	struct page *page, *next;

	make_zone(0, 4096);
	page = alloc();
	ck_assert_int_eq(frames_check(zone), 0);
	page->state = PGS_FREE;			/* I1: not on the chain */
	ck_assert_int_eq(frames_check(zone), 1);
	page->state = PGS_KERNEL;
	zone->free_list->state = PGS_KERNEL;	/* I1: on it, and somebody's */
	ck_assert_int_eq(frames_check(zone), 1);
	zone->free_list->state = PGS_FREE;
	zone->spanned_pages--;			/* I1: the last one is outside */
	ck_assert_int_eq(frames_check(zone), 1);
	zone->spanned_pages++;
	zone->free_pages++;			/* I2: one was lost */
	ck_assert_int_eq(frames_check(zone), 2);
	zone->free_pages -= 2;
	ck_assert_int_eq(frames_check(zone), 2);
	zone->free_pages++;
	next = zone->free_list->pcp_next;
	zone->free_list->pcp_next = zone->free_list;	/* I2: a ring */
	ck_assert_int_eq(frames_check(zone), 2);
	zone->free_list->pcp_next = next;
	ck_assert_int_eq(frames_check(zone), 0);
}
END_TEST

/* Whoever asks for a larger block is told so at once: no reclaim, no killing, no waiting. */
static bool reclaim_asked;

static unsigned long reclaim(gfp_t gfp, unsigned int order)
{
	reclaim_asked = true;
	return 1;
}

START_TEST(larger_blocks_are_refused_at_once)
{
	static const struct reclaim_hooks hooks = { .try_to_free_pages = reclaim };

	host_boot(NULL);
	reclaim_hooks = &hooks;
	ck_assert_ptr_null(alloc_pages(GFP_KERNEL | __GFP_NOWARN, 1));
	ck_assert_ptr_null(alloc_pages(GFP_KERNEL | __GFP_NOWARN | __GFP_NOFAIL, 3));
	ck_assert_ptr_null(alloc_pages_exact(PAGE_SIZE + 1, GFP_KERNEL | __GFP_NOWARN));
	ck_assert_ptr_null(kmalloc(PAGE_SIZE + 1, GFP_KERNEL));
	ck_assert(!reclaim_asked);
}
END_TEST

START_TEST(stacks_and_tables_make_do_with_pages)
{
	char *stack, *table;

	host_boot(NULL);
	stack = alloc_kernel_stack(2);
	ck_assert_ptr_nonnull(stack);
	for (unsigned int i = 0; i < 4 * PAGE_SIZE; i++)
		stack[i] = 1;
	free_kernel_stack(stack, 2);
	table = kvzalloc(5 * PAGE_SIZE, GFP_KERNEL);
	ck_assert(is_vmalloc_addr(table));
	ck_assert_int_eq(table[5 * PAGE_SIZE - 1], 0);
	kvfree(table);
}
END_TEST

static Suite *free_list_suite(void)
{
	Suite *s = suite_create("free_list");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, what_was_freed_last_is_taken_first);
	tcase_add_test(tc, check_finds_what_is_broken);
	tcase_add_test(tc, larger_blocks_are_refused_at_once);
	tcase_add_test(tc, stacks_and_tables_make_do_with_pages);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(free_list_suite);

#endif
