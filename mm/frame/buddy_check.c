// SPDX-License-Identifier: GPL-2.0-only
/*
 * buddy_check.c - does a zone keep the invariants that buddy.c promises? For tests and for
 * the debugger; slow: it looks at every free page.
 */
#include <linux-lite/buddy.h>

/* I1, I3, I5 of one block on the list of @order and @type. */
static int check_block(const struct zone *zone, const struct page *page, unsigned int order,
		       unsigned int type)
{
	unsigned long pfn = page_to_pfn(page), nr = 1UL << order;
	unsigned long buddy = pfn ^ nr;

	if (page->state != PGS_FREE || page->order != order || pfn & (nr - 1) ||
	    !zone_spans_pfn(zone, pfn) || !zone_spans_pfn(zone, pfn + nr - 1))
		return 1;
	for (unsigned long i = 1; i < nr; i++)
		if (page[i].state != PGS_FREE_TAIL)
			return 1;
	if (order < MAX_ORDER && zone_spans_pfn(zone, buddy) &&
	    pfn_to_page(buddy)->state == PGS_FREE && pfn_to_page(buddy)->order == order)
		return 3;
	for (unsigned long i = 0; i < nr; i += pageblock_nr_pages)
		if (pageblock_type(zone, pfn + i) != type)
			return 5;
	return 0;
}

int buddy_check(const struct zone *zone)
{
	unsigned long sum = 0, heads = 0, listed = 0;

	for (unsigned int order = 0; order <= MAX_ORDER; order++) {
		const struct free_area *area = &zone->free_area[order];
		unsigned long nr = 0;

		for (unsigned int type = 0; type < MIGRATE_TYPES; type++) {
			struct page *page;

			if (list_check(&area->free_list[type]) < 0)
				return 1;
			list_for_each_entry(page, &area->free_list[type], lru) {
				int broken = check_block(zone, page, order, type);

				if (broken)
					return broken;
				nr++;
			}
		}
		if (nr != area->nr_free)
			return 4;
		listed += nr;
		sum += nr << order;
	}
	if (sum != zone->free_pages)
		return 4;
	for (unsigned long i = 0; i < zone->spanned_pages; i++)
		heads += pfn_to_page(zone->start_pfn + i)->state == PGS_FREE;
	return heads == listed ? 0 : 1;		/* the other half of I1 */
}
