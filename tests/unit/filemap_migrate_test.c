// SPDX-License-Identifier: GPL-2.0-only
/*
 * filemap_migrate_test.c - mm/backing/filemap_migrate.c: cached pages move while nobody looks, and
 * whoever looks afterwards sees the same.
 */
#include "suite.h"

#include <asm/host.h>

#ifdef CONFIG_COMPACTION	/* without it there is nothing to test */

#include <stdlib.h>

#include <linux-lite/buddy.h>
#include <linux-lite/compaction.h>
#include <linux-lite/contig.h>
#include <linux-lite/err.h>
#include <linux-lite/frames.h>
#include <linux-lite/migrate.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/pcp.h>
#include <linux-lite/vmstat.h>

static struct zone *zone = &zones[ZONE_DMA32];

static u64 *word(struct page *page, unsigned int i)
{
	return (u64 *)page_address(page) + i * 511;	/* the first and the last one */
}

static u64 pattern(pgoff_t index, u64 tag)
{
	return (index + tag) * 0x9e3779b97f4a7c15 + 1;
}

static void write_page(struct address_space *mapping, pgoff_t index, u64 tag)
{
	struct page *page = read_mapping_page(mapping, index);

	test_assert(!IS_ERR(page));
	*word(page, 0) = pattern(index, tag);
	*word(page, 1) = ~pattern(index, tag);
	set_page_dirty(page);
	put_page(page);
}

/* NULL, or the page, which has what was written, with a reference. */
static struct page *look_at(struct address_space *mapping, pgoff_t index, u64 tag)
{
	struct page *page = find_get_page(mapping, index);

	if (page) {
		test_assert(page->state == PGS_CACHE && page->index == index);
		test_assert(test_page_flag(page, PG_uptodate) && test_page_flag(page, PG_dirty));
		test_assert(*word(page, 0) == pattern(index, tag));
		test_assert(*word(page, 1) == ~pattern(index, tag));
	}
	return page;
}

/* On libc's heap: a use after free() is reported. */
static struct address_space *new_mapping(pgoff_t nr, u64 tag)
{
	struct address_space *mapping = malloc(sizeof(*mapping));

	address_space_init(mapping, NULL, NULL);
	mapping->size = nr * PAGE_SIZE;
	for (pgoff_t i = 0; i < nr; i++)
		write_page(mapping, i, tag);
	return mapping;
}

static void end_mapping(struct address_space *mapping)
{
	truncate_inode_pages_final(mapping);
	free(mapping);
}

static unsigned long whole_pageblocks(void)
{
	return buddy_nr_free(zone, pageblock_order) + 2 * buddy_nr_free(zone, MAX_ORDER);
}

static void settle(void)
{
	drain_all_pages();
	ck_assert_int_eq(frames_check(zone), 0);
}

/* A file in nearly all of RAM, of which every second page is punched out. */
static struct address_space *fragment(pgoff_t nr)
{
	struct address_space *mapping = new_mapping(nr, 0);

	for (pgoff_t i = 0; i < nr; i += 2)
		truncate_pagecache_range(mapping, i * PAGE_SIZE, (i + 1) * PAGE_SIZE);
	settle();
	return mapping;
}

START_TEST(a_file_full_of_holes_is_compacted)
{
	struct address_space *mapping;
	unsigned long before, free;

	host_boot(NULL);
	before = nr_free_pages();
	mapping = fragment(14000);
	ck_assert_uint_le(whole_pageblocks(), 4);
	free = nr_free_pages();
	compact_nodes();
	settle();
	ck_assert_uint_eq(nr_free_pages(), free);
	ck_assert_uint_ge(whole_pageblocks(), free / pageblock_nr_pages - 2);
	ck_assert_uint_gt(sum_vm_event(PGMIGRATE_SUCCESS), 2500);
	for (pgoff_t i = 0; i < 14000; i++) {
		struct page *page = look_at(mapping, i, 0);

		test_assert(!page == !(i & 1));
		if (page) {
			test_assert(page_ref_count(page) == 2 && page->mapping == mapping);
			put_page(page);
		}
	}
	ck_assert_uint_eq(mapping->nrpages, 7000);
	end_mapping(mapping);
	drain_all_pages();
	ck_assert_uint_ge(nr_free_pages() + 64, before);	/* slabs of tree nodes may stay */
}
END_TEST

START_TEST(a_page_in_use_stays)
{
	struct address_space *mapping;
	struct page *held, *page;
	unsigned long pfn;

	host_boot(NULL);
	mapping = new_mapping(600, 0);
	held = find_get_page(mapping, 300);
	pfn = page_to_pfn(held);
	ck_assert_int_eq(alloc_contig_range(pfn, pfn + 1, GFP_KERNEL), -EBUSY);
	page = find_get_page(mapping, 300);
	ck_assert_ptr_eq(page, held);
	put_page(page);
	put_page(held);
	ck_assert_int_eq(alloc_contig_range(pfn, pfn + 1, GFP_KERNEL), 0);
	page = look_at(mapping, 300, 0);
	ck_assert_ptr_ne(page, held);
	ck_assert_int_eq(page_ref_count(page), 2);
	put_page(page);
	free_contig_range(pfn, 1);
	end_mapping(mapping);
}
END_TEST

/* Between isolating and moving, the page gets a user, or its file goes away. */
START_TEST(things_change_behind_isolation)
{
	struct page_batch batch = { .nr = 0 };
	struct address_space *mapping;
	struct page *page, *dst;
	unsigned long pfn;

	host_boot(NULL);
	mapping = new_mapping(10, 0);
	page = find_get_page(mapping, 5);
	pfn = page_to_pfn(page);
	put_page(page);
	isolate_movable_pages(zone, pfn, pfn + 1, &batch);
	ck_assert_uint_eq(batch.nr, 1);
	dst = alloc_page(GFP_KERNEL);
	switch (_i) {
	case 0:					/* a user */
		ck_assert_ptr_eq(find_get_page(mapping, 5), page);
		ck_assert_int_eq(migrate_page(dst, page), -EAGAIN);
		ck_assert_ptr_eq(look_at(mapping, 5, 0), page);
		put_page(page);
		put_page(page);
		ck_assert_int_eq(page_ref_count(page), 1);
		end_mapping(mapping);
		break;
	case 1:					/* truncated */
		truncate_pagecache(mapping, 0);
		ck_assert_int_eq(page_ref_count(page), 1);
		ck_assert_int_eq(migrate_page(dst, page), -EAGAIN);
		ck_assert_int_eq(page_ref_count(page), 0);
		end_mapping(mapping);
		break;
	case 2:					/* the whole file is gone */
		end_mapping(mapping);
		ck_assert_int_eq(migrate_page(dst, page), -EAGAIN);
		ck_assert_int_eq(page_ref_count(page), 0);
		break;
	case 3:					/* another page is there now */
		truncate_pagecache_range(mapping, 5 * PAGE_SIZE, 6 * PAGE_SIZE);
		write_page(mapping, 5, 1);
		page->mapping = mapping;	/* as if it were to be put there */
		get_page(page);
		ck_assert_int_eq(migrate_page(dst, page), -EAGAIN);
		page->mapping = NULL;
		put_page(page);
		put_page(look_at(mapping, 5, 1));
		end_mapping(mapping);
		break;
	case 4:					/* nothing does */
		ck_assert_int_eq(migrate_page(dst, page), 0);
		ck_assert_ptr_eq(look_at(mapping, 5, 0), dst);
		ck_assert_ptr_null(page->mapping);
		ck_assert_int_eq(page_ref_count(page), 0);
		put_page(dst);
		end_mapping(mapping);
		dst = alloc_page(GFP_KERNEL);
		break;
	}
	ck_assert_int_eq(page_ref_count(dst), 1);
	__free_page(dst);
	settle();
}
END_TEST

/* ---- races ------------------------------------------------------------------------------- */

#define FILES	24
#define PAGES	96

#define ENOUGH	100		/* pages that moved meanwhile */

static bool work_is_over;

/* Files come and go, have holes punched and filled, are read and written; until enough has moved. */
static void work(void *arg)
{
	uint64_t rng = test_seed() + (unsigned long)arg;
	struct address_space *file[FILES] = { NULL };
	u64 tag[FILES];

	for (u64 round = 0; round < 1500 || sum_vm_event(PGMIGRATE_SUCCESS) <= ENOUGH; round++) {
		unsigned int f = test_random(&rng) % FILES;
		pgoff_t i = test_random(&rng) % PAGES;
		struct page *page;

		if (!file[f]) {
			tag[f] = round;
			file[f] = new_mapping(PAGES, round);
		} else if (round % 16 == 0) {
			end_mapping(file[f]);
			file[f] = NULL;
		} else if (round % 4 == 0) {
			truncate_pagecache_range(file[f], i * PAGE_SIZE, (i + 20) * PAGE_SIZE);
			write_page(file[f], i, tag[f]);
		} else {
			page = look_at(file[f], i, tag[f]);
			if (page)
				put_page(page);
		}
	}
	for (unsigned int f = 0; f < FILES; f++)
		if (file[f])
			end_mapping(file[f]);
}

static void compact(void *unused)
{
	while (!READ_ONCE(work_is_over))
		compact_nodes();
}

START_TEST(files_are_used_while_their_pages_move)
{
	host_boot(&(struct host_config){ .ram_bytes = 40UL << 20, .harts = 4 });
	host_run_on(1, work, (void *)1);
	host_run_on(2, compact, NULL);
	host_run_on(3, compact, NULL);
	work((void *)0);
	host_join(1);
	WRITE_ONCE(work_is_over, true);
	host_join(2);
	host_join(3);
	ck_assert_uint_gt(sum_vm_event(PGMIGRATE_SUCCESS), ENOUGH);
	ck_assert_int_eq(frames_check(zone), 0);
	ck_assert_uint_eq(global_node_page_state(NR_FILE_PAGES), 0);
}
END_TEST

/* Two frames of a file that is there for a moment only, and migrators that wait for just these. */
static unsigned long bait, over;

static void come_and_go(void *unused)
{
	for (u64 round = 0; round < 20000; round++) {
		struct address_space *mapping = new_mapping(2, round);
		struct page *page = find_get_page(mapping, 1);

		WRITE_ONCE(bait, page_to_pfn(page));
		put_page(page);
		for (unsigned int i = round % 64; i--; )
			cpu_relax();
		end_mapping(mapping);
	}
	WRITE_ONCE(over, 1);
}

static void bite(void *unused)
{
	struct page *dst = NULL;

	while (!READ_ONCE(over)) {
		struct page_batch batch = { .nr = 0 };
		unsigned long pfn = READ_ONCE(bait);

		if (pfn)
			isolate_movable_pages(zone, pfn, pfn + 1, &batch);
		if (!batch.nr) {
			cpu_relax();		/* there may be fewer processors than harts */
			continue;
		}
		if (!dst)
			dst = alloc_page(GFP_HIGHUSER_MOVABLE);
		if (!migrate_page(dst, batch.page[0]))
			dst = NULL;
	}
	if (dst)
		__free_page(dst);
}

START_TEST(a_file_ends_while_its_pages_move)
{
	host_boot(&(struct host_config){ .harts = 3 });
	host_run_on(1, bite, NULL);
	host_run_on(2, bite, NULL);
	come_and_go(NULL);
	host_join(1);
	host_join(2);
	ck_assert_int_eq(frames_check(zone), 0);
	ck_assert_uint_eq(global_node_page_state(NR_FILE_PAGES), 0);
}
END_TEST

static Suite *filemap_migrate_suite(void)
{
	Suite *s = suite_create("filemap_migrate");
	TCase *tc = tcase_create("core"), *race = tcase_create("four_harts");

	tcase_add_test(tc, a_file_full_of_holes_is_compacted);
	tcase_add_test(tc, a_page_in_use_stays);
	tcase_add_loop_test(tc, things_change_behind_isolation, 0, 5);
	suite_add_tcase(s, tc);
	tcase_add_test(race, files_are_used_while_their_pages_move);
	tcase_add_test(race, a_file_ends_while_its_pages_move);
	suite_add_tcase(s, race);
	return s;
}
REGISTER_SUITE(filemap_migrate_suite);

#endif
