// SPDX-License-Identifier: GPL-2.0-only
/*
 * show_mem.c - what the page allocator says in the log when something is wrong.
 *
 * Small cousin of Linux's mm/show_mem.c and of warn_alloc().
 */
#include <linux-lite/flag_names.h>
#include <linux-lite/frames.h>
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/vmstat.h>

#define K(pages)	((pages) << (PAGE_SHIFT - 10))

static const char *comm(void)
{
	return current ? ((struct task_struct *)current)->comm : "swapper";
}

static void show_zone(struct zone *zone)
{
	unsigned long total = 0;

	pr_warn("%s free:%lukB min:%lukB low:%lukB high:%lukB present:%lukB managed:%lukB "
		"free_pcp:%lukB\n", zone->name, K(zone->free_pages),
		K(zone->watermark[WMARK_MIN]), K(zone->watermark[WMARK_LOW]),
		K(zone->watermark[WMARK_HIGH]), K(zone->present_pages),
		K(zone->managed_pages), K(pcp_nr_pages(zone_idx(zone))));
	pr_warn("%s:", zone->name);
	for (unsigned int order = 0; order <= MAX_ORDER; order++) {
		unsigned long nr = frames_nr_free(zone, order);

		total += nr << order;
		pr_cont(" %lu*%lukB", nr, K(1UL) << order);
	}
	pr_cont(" = %lukB\n", K(total));
}

void show_mem(void)
{
	struct zone *zone;

	pr_warn("Mem-Info:\n");
	pr_warn("anon:%lu file:%lu slab_reclaimable:%lu slab_unreclaimable:%lu pagetables:%lu "
		"free:%lu\n", global_node_page_state(NR_ANON_MAPPED),
		global_node_page_state(NR_FILE_PAGES),
		global_node_page_state(NR_SLAB_RECLAIMABLE),
		global_node_page_state(NR_SLAB_UNRECLAIMABLE),
		global_node_page_state(NR_PAGETABLE), nr_free_pages());
	for_each_populated_zone(zone)
		show_zone(zone);
	pr_warn("%lu pages RAM\n", totalram_pages());
}

/* Failures come in crowds: the first ten are told in full, then each 256th. */
void warn_alloc(gfp_t gfp, unsigned int order)
{
	static atomic_t nr_failures;
	char names[FLAG_NAMES_LEN];
	unsigned int nr = atomic_inc_return(&nr_failures);

	if (nr > 10 && nr % 256)
		return;
	pr_warn("%s: page allocation failure: order:%u, mode:%#x(%s), nodemask=(null)\n", comm(),
		order, gfp, gfp_names(gfp, names));
	show_mem();
}
