// SPDX-License-Identifier: GPL-2.0-only
/*
 * kpage_test.c - mm/frame/kpage.c: what it says of frames whose state is known.
 */
#include "suite.h"

#include <string.h>

#include <asm/host.h>
#include <linux-lite/abi/kernel-page-flags.h>
#include <linux-lite/frames.h>
#include <linux-lite/kpage.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>

#define KPF(name)	(1ULL << KPF_##name)

static struct zone *zone = &zones[ZONE_DMA32];

static void boot(void)
{
	host_boot(NULL);
}

static u64 kpage_flags(unsigned long pfn)
{
	u64 entry;

	kpage_read(KPAGE_FLAGS, pfn, 1, &entry);
	return entry;
}

static u64 kpage_count(unsigned long pfn)
{
	u64 entry;

	kpage_read(KPAGE_COUNT, pfn, 1, &entry);
	return entry;
}

static u64 flags_of(const struct page *page)
{
	return kpage_flags(page_to_pfn(page));
}

START_TEST(there_is_nothing_outside_ram)
{
	ck_assert_uint_eq(kpage_flags(0), KPF(NOPAGE));
	ck_assert_uint_eq(kpage_flags(min_pfn - 1), KPF(NOPAGE));
	ck_assert_uint_eq(kpage_flags(max_pfn), KPF(NOPAGE));
	ck_assert_uint_eq(kpage_flags(~0UL), KPF(NOPAGE));
	ck_assert_uint_eq(kpage_count(max_pfn), 0);
}
END_TEST

START_TEST(a_free_frame_is_not_looked_at)
{
	unsigned long nr = 0;

	drain_all_pages();
	for (unsigned long pfn = min_pfn; pfn < max_pfn; pfn++) {
		if (frames_order_at(zone, pfn) < 0) {
			ck_assert_uint_eq(kpage_flags(pfn) & KPF(BUDDY), 0);
			continue;
		}
		if (frames_writes_pages && pfn % 7 == 0)	/* as memory comes out of the machine */
			memset(pfn_to_page(pfn), 0xa5, sizeof(struct page));
		test_assert(kpage_flags(pfn) == KPF(BUDDY));
		test_assert(kpage_count(pfn) == 0);
		nr++;
	}
	ck_assert_uint_eq(nr, zone->free_pages);
}
END_TEST

/* However a range is cut, each of its frames has the same entry. */
START_TEST(many_at_once_are_as_each_by_itself)
{
	static u64 entry[3000];
	struct page *page[100];

	for (int i = 0; i < 100; i++)
		page[i] = alloc_page(GFP_KERNEL);
	for (int i = 0; i < 100; i += 2) {
		page[i]->state = PGS_SLAB;
		atomic_set(&page[i]->_mapcount, i);
	}
	for (unsigned int nr = 1; nr < 3000; nr = nr * 3 + 1) {
		for (unsigned long pfn = min_pfn - 10; pfn < max_pfn + 10; pfn += nr) {
			kpage_read(KPAGE_FLAGS, pfn, nr, entry);
			for (unsigned int i = 0; i < nr; i++)
				test_assert(entry[i] == kpage_flags(pfn + i));
			kpage_read(KPAGE_COUNT, pfn, nr, entry);
			for (unsigned int i = 0; i < nr; i++)
				test_assert(entry[i] == kpage_count(pfn + i));
		}
	}
	for (int i = 0; i < 100; i += 2)
		page[i]->state = PGS_KERNEL;
}
END_TEST

START_TEST(each_state_has_its_bits)
{
	struct page *page = alloc_page(GFP_KERNEL);

	ck_assert_uint_eq(flags_of(zero_page), KPF(RESERVED) | KPF(ZERO_PAGE));
	ck_assert_uint_eq(flags_of(page), 0);
	page->state = PGS_SLAB;
	ck_assert_uint_eq(flags_of(page), KPF(SLAB));
	page->state = PGS_TABLE;
	ck_assert_uint_eq(flags_of(page), KPF(PGTABLE));
	page->state = PGS_CACHE;
	page->flags = BIT(PG_uptodate) | BIT(PG_dirty) | BIT(PG_lru) | BIT(PG_waiters);
	ck_assert_uint_eq(flags_of(page), KPF(UPTODATE) | KPF(DIRTY) | KPF(LRU));
	page->flags = BIT(PG_locked) | BIT(PG_referenced) | BIT(PG_active);
	ck_assert_uint_eq(flags_of(page), KPF(LOCKED) | KPF(REFERENCED) | KPF(ACTIVE));
	page->flags = 0;
	page->state = PGS_ANON;
	ck_assert_uint_eq(flags_of(page), KPF(ANON) | KPF(SWAPBACKED));
	atomic_set(&page->_mapcount, 3);
	ck_assert_uint_eq(flags_of(page), KPF(ANON) | KPF(SWAPBACKED) | KPF(MMAP));
	ck_assert_uint_eq(kpage_count(page_to_pfn(page)), 3);
	atomic_set(&page->_mapcount, -1);	/* somebody's mistake is no huge number */
	ck_assert_uint_eq(kpage_count(page_to_pfn(page)), 0);
	ck_assert_uint_eq(flags_of(page) & KPF(MMAP), 0);
	page->state = PGS_PCP;
	page->flags = BIT(PG_dirty);
	ck_assert_uint_eq(flags_of(page), 0);
	page->state = PGS_NR_STATES;		/* torn by a race */
	ck_assert_uint_eq(flags_of(page), KPF(DIRTY));
}
END_TEST

START_TEST(tails_have_their_heads_bits)
{
	struct page *head = alloc_pages(GFP_KERNEL | __GFP_COMP, 2);

	head->state = PGS_SLAB;
	atomic_set(&head->_mapcount, 2);
	ck_assert_uint_eq(flags_of(head), KPF(SLAB) | KPF(COMPOUND_HEAD) | KPF(MMAP));
	for (int i = 1; i < 4; i++) {
		ck_assert_uint_eq(flags_of(head + i), KPF(SLAB) | KPF(COMPOUND_TAIL) |
				  KPF(MMAP));
		ck_assert_uint_eq(kpage_count(page_to_pfn(head + i)), 2);
	}
	/* A pointer that is none any more is not followed. */
	head[1].compound_head = (struct page *)8;
	head[2].compound_head = head + 3;
	head[3].compound_head = NULL;
	for (int i = 1; i < 4; i++)
		ck_assert_uint_eq(flags_of(head + i) & ~KPF(COMPOUND_TAIL), 0);
}
END_TEST

static Suite *kpage_suite(void)
{
	Suite *s = suite_create("kpage");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, boot, NULL);
	tcase_add_test(tc, there_is_nothing_outside_ram);
	tcase_add_test(tc, a_free_frame_is_not_looked_at);
	tcase_add_test(tc, many_at_once_are_as_each_by_itself);
	tcase_add_test(tc, each_state_has_its_bits);
	if (MAX_ORDER > 0)
		tcase_add_test(tc, tails_have_their_heads_bits);
	suite_add_tcase(s, tc);
	return s;
}
REGISTER_SUITE(kpage_suite);
