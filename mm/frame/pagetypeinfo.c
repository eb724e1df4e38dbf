// SPDX-License-Identifier: GPL-2.0-only
/*
 * pagetypeinfo.c - /proc/pagetypeinfo: is memory grouped by mobility, and how well?
 *
 *	free blocks of each order, a line a migrate type	what could be handed out, to whom
 *	pageblocks of each type					who has how many 2 MiB for himself
 *	and, with page_owner=on, how many of these have pages of others in them
 *
 * On a machine that groups well nearly all large blocks are Movable and the pageblocks of the
 * other two types are few. /proc/buddyinfo is the upper table with its lines added up.
 *
 * A design without migrate types (frames.h) shows all that it has as Movable.
 *
 * Small cousin of pagetypeinfo_show() in Linux's mm/vmstat.c, whose text this is; left out: the
 * types HighAtomic and CMA.
 */
#include <linux-lite/frames.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/page_owner.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/string.h>
#include <linux-lite/vmstat.h>

const char *const migratetype_names[MIGRATE_TYPES] = {
	[MIGRATE_UNMOVABLE] = "Unmovable", [MIGRATE_MOVABLE] = "Movable",
	[MIGRATE_RECLAIMABLE] = "Reclaimable", [MIGRATE_ISOLATE] = "Isolate",
};

void count_untyped(const struct zone *zone, struct type_sums *sums)
{
	*sums = (struct type_sums){ 0 };
	for (unsigned int order = 0; order <= MAX_ORDER; order++)
		sums->free[MIGRATE_MOVABLE][order] = frames_nr_free(zone, order);
	sums->pageblocks[MIGRATE_MOVABLE] =
		DIV_ROUND_UP(zone_end_pfn(zone), pageblock_nr_pages) -
		(zone->start_pfn >> pageblock_order);
}

static void show_free(struct seq_file *m, const struct zone *zone, unsigned int type,
		      const unsigned long *nr)
{
	seq_printf(m, "Node %4d, zone %8s, type %12s ", 0, zone->name, migratetype_names[type]);
	for (unsigned int order = 0; order <= MAX_ORDER; order++)
		seq_printf(m, "%6lu ", nr[order]);
	seq_putc(m, '\n');
}

static void show_all_free(struct seq_file *m)
{
	struct type_sums sums;
	struct zone *zone;

	seq_printf(m, "%-43s ", "Free pages count per migrate type at order");
	for (int order = 0; order <= MAX_ORDER; order++)
		seq_printf(m, "%6d ", order);
	seq_putc(m, '\n');
	for_each_populated_zone(zone) {
		frames_count_types(zone, &sums);
		for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
			show_free(m, zone, type, sums.free[type]);
	}
}

static void show_types(struct seq_file *m, const char *title)
{
	seq_printf(m, "\n%-23s", title);
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		seq_printf(m, "%12s ", migratetype_names[type]);
	seq_putc(m, '\n');
}

static void show_counts(struct seq_file *m, const struct zone *zone, const unsigned long *nr)
{
	seq_printf(m, "Node %d, zone %8s ", 0, zone->name);
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		seq_printf(m, "%12lu ", nr[type]);
	seq_putc(m, '\n');
}

static void show_pageblocks(struct seq_file *m)
{
	struct type_sums sums;
	struct zone *zone;

	show_types(m, "Number of blocks type ");
	for_each_populated_zone(zone) {
		frames_count_types(zone, &sums);
		show_counts(m, zone, sums.pageblocks);
	}
}

/* Is there a page in this pageblock that was asked for with another type? */
static bool is_mixed(const struct zone *zone, unsigned long pfn, unsigned int type)
{
	unsigned long end = min(pfn + pageblock_nr_pages, zone_end_pfn(zone));

	for (pfn = max(pfn, zone->start_pfn); pfn < end; pfn++) {
		int asked = page_owner_type(pfn);

		if (asked >= 0 && asked != (int)type)
			return true;
	}
	return false;
}

/* By the records of CONFIG_PAGE_OWNER: how many pageblocks of each type are not pure. */
static void show_mixed(struct seq_file *m)
{
	struct zone *zone;

	show_types(m, "Number of mixed blocks ");
	for_each_populated_zone(zone) {
		unsigned long nr[MIGRATE_TYPES] = { 0 };
		unsigned long pfn = ALIGN_DOWN(zone->start_pfn, pageblock_nr_pages);

		for (; pfn < zone_end_pfn(zone); pfn += pageblock_nr_pages) {
			unsigned int type = frames_block_type(zone, max(pfn, zone->start_pfn));

			nr[type] += is_mixed(zone, pfn, type);
		}
		show_counts(m, zone, nr);
	}
}

int pagetypeinfo_show(struct seq_file *m)
{
	seq_printf(m, "Page block order: %d\n", pageblock_order);
	seq_printf(m, "Pages per block:  %lu\n\n", pageblock_nr_pages);
	show_all_free(m);
	show_pageblocks(m);
	if (page_owner_on)
		show_mixed(m);
	return 0;
}
