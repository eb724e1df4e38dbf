// SPDX-License-Identifier: GPL-2.0-only
/*
 * pagetypeinfo_test.c - mm/frame/pagetypeinfo.c and vmstat.c: do the tables say what the
 * allocator did?
 */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include <asm/host.h>
#include <linux-lite/frames.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/vmstat.h>

static struct zone *zone = &zones[ZONE_DMA32];

static void boot(void)
{
	host_boot(&(struct host_config){ .ram_bytes = 512UL << 20 });
}

static unsigned long free_of(enum migratetype type)
{
	struct type_sums sums;
	unsigned long pages = 0;

	drain_all_pages();
	frames_count_types(zone, &sums);
	for (unsigned int order = 0; order <= MAX_ORDER; order++)
		pages += sums.free[type][order] << order;
	return pages;
}

/* What is counted by type is what is counted without. */
static void check_sums(void)
{
	unsigned long pages = 0, blocks = 0;
	struct type_sums sums;

	drain_all_pages();
	frames_count_types(zone, &sums);
	for (unsigned int order = 0; order <= MAX_ORDER; order++) {
		unsigned long nr = 0;

		for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
			nr += sums.free[type][order];
		ck_assert_uint_eq(nr, frames_nr_free(zone, order));
		pages += nr << order;
	}
	ck_assert_uint_eq(pages, zone->free_pages);
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		blocks += sums.pageblocks[type];
	ck_assert_uint_eq(blocks, DIV_ROUND_UP(zone->spanned_pages, pageblock_nr_pages));
}

START_TEST(free_blocks_are_counted_by_type)
{
	struct page *page[600];

	check_sums();
	for (unsigned int i = 0; i < 600; i++) {
		page[i] = alloc_pages(i % 2 ? GFP_HIGHUSER_MOVABLE : GFP_KERNEL,
				      i % min(4, NR_PAGE_ORDERS));
		ck_assert_ptr_nonnull(page[i]);
	}
	check_sums();
	for (unsigned int i = 0; i < 600; i += 3)
		__free_pages(page[i], i % min(4, NR_PAGE_ORDERS));
	check_sums();
}
END_TEST

START_TEST(without_types_all_is_movable)
{
	struct type_sums sums, untyped;

	frames_count_types(zone, &sums);
	count_untyped(zone, &untyped);
	for (unsigned int order = 0; order <= MAX_ORDER; order++) {
		ck_assert_uint_eq(untyped.free[MIGRATE_MOVABLE][order], frames_nr_free(zone, order));
		ck_assert_uint_eq(untyped.free[MIGRATE_UNMOVABLE][order], 0);
	}
	for (unsigned int type = 0, nr = 0; type < MIGRATE_TYPES; type++) {
		nr += sums.pageblocks[type];
		if (type == MIGRATE_TYPES - 1)
			ck_assert_uint_eq(untyped.pageblocks[MIGRATE_MOVABLE], nr);
	}
}
END_TEST

START_TEST(the_text_shows_what_is_free)
{
	static char text[8192];
	struct seq_file m = { .buf = text, .size_bytes = sizeof(text) - 1 };
	unsigned long pages = 0, nr;
	char *at;

	free_of(MIGRATE_MOVABLE);
	ck_assert_int_eq(pagetypeinfo_show(&m), 0);
	ck_assert(!seq_overflow(&m));
	text[m.count] = 0;
	at = strstr(text, "type      Movable ");
	ck_assert_ptr_nonnull(at);
	at += strlen("type      Movable ");
	for (int order = 0, n; order <= MAX_ORDER; order++, at += n) {
		ck_assert_int_eq(sscanf(at, "%lu%n", &nr, &n), 1);
		pages += nr << order;
	}
	ck_assert_uint_eq(pages, free_of(MIGRATE_MOVABLE));
}
END_TEST

START_TEST(stats_of_zones_add_up)
{
	mod_zone_page_state(zone, NR_MLOCK, 7);
	mod_zone_page_state(zone, NR_MLOCK, -2);
	ck_assert_uint_eq(zone_page_state(zone, NR_MLOCK), 5);
	ck_assert_uint_eq(zone_page_state(&zones[ZONE_NORMAL], NR_MLOCK), 0);
	ck_assert_uint_eq(global_zone_page_state(NR_MLOCK), 5);
	mod_zone_page_state(zone, NR_MLOCK, -6);
	ck_assert_uint_eq(zone_page_state(zone, NR_MLOCK), 0);	/* -1 is nonsense */
	ck_assert_uint_eq(zone_page_state(zone, NR_FREE_PAGES), zone->free_pages);
	ck_assert_uint_eq(global_zone_page_state(NR_FREE_PAGES), nr_free_pages());
}
END_TEST

static Suite *pagetypeinfo_suite(void)
{
	Suite *s = suite_create("pagetypeinfo");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, boot, NULL);
	tcase_add_test(tc, free_blocks_are_counted_by_type);
	tcase_add_test(tc, without_types_all_is_movable);
	tcase_add_test(tc, the_text_shows_what_is_free);
	tcase_add_test(tc, stats_of_zones_add_up);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(pagetypeinfo_suite);
