// SPDX-License-Identifier: GPL-2.0-only
/*
 * show_mem.c - what the page allocator says in the log when something is wrong.
 *
 * Small cousin of Linux's mm/show_mem.c, mm/debug.c and warn_alloc().
 */
#include <linux-lite/frames.h>
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/vmstat.h>

#define K(pages)	((pages) << (PAGE_SHIFT - 10))

static const struct {
	gfp_t bits;
	const char *name;
} gfp_names[] = {		/* the first that fits wins, combinations come first */
	{ GFP_HIGHUSER_MOVABLE, "GFP_HIGHUSER_MOVABLE" },
	{ GFP_KERNEL, "GFP_KERNEL" },
	{ GFP_ATOMIC, "GFP_ATOMIC" },
	{ GFP_NOWAIT, "GFP_NOWAIT" },
	{ __GFP_DMA32, "GFP_DMA32" },
	{ __GFP_MOVABLE, "__GFP_MOVABLE" },
	{ __GFP_RECLAIMABLE, "__GFP_RECLAIMABLE" },
	{ __GFP_HIGH, "__GFP_HIGH" },
	{ __GFP_DIRECT_RECLAIM, "__GFP_DIRECT_RECLAIM" },
	{ __GFP_NORETRY, "__GFP_NORETRY" },
	{ __GFP_NOFAIL, "__GFP_NOFAIL" },
	{ __GFP_NOWARN, "__GFP_NOWARN" },
	{ __GFP_ZERO, "__GFP_ZERO" },
	{ __GFP_COMP, "__GFP_COMP" },
	{ __GFP_MEMALLOC, "__GFP_MEMALLOC" },
};

static const char *const state_names[PGS_NR_STATES] = {
	[PGS_RESERVED] = "reserved", [PGS_FREE] = "free", [PGS_FREE_TAIL] = "free_tail",
	[PGS_PCP] = "pcp", [PGS_KERNEL] = "kernel", [PGS_SLAB] = "slab",
	[PGS_TABLE] = "table", [PGS_ANON] = "anon", [PGS_CACHE] = "cache",
	[PGS_MOVABLE] = "movable", [PGS_TAIL] = "tail",
};

static const char *comm(void)
{
	return current ? ((struct task_struct *)current)->comm : "swapper";
}

static void print_gfp(gfp_t gfp)
{
	const char *separator = "";

	for (unsigned int i = 0; i < ARRAY_SIZE(gfp_names) && gfp; i++) {
		if ((gfp & gfp_names[i].bits) != gfp_names[i].bits)
			continue;
		gfp &= ~gfp_names[i].bits;
		pr_cont("%s%s", separator, gfp_names[i].name);
		separator = "|";
	}
	pr_cont(")\n");
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
	unsigned int nr = atomic_inc_return(&nr_failures);

	if (nr > 10 && nr % 256)
		return;
	pr_warn("%s: page allocation failure: order:%u, mode:%#x(", comm(), order, gfp);
	print_gfp(gfp);
	show_mem();
}

void bad_page(struct page *page, const char *reason)
{
	pr_err("BUG: Bad page state in process %s  pfn:%05lx\n", comm(), page_to_pfn(page));
	pr_err("page:%p refcount:%d mapcount:%d mapping:%p index:%#lx pfn:%#lx\n", page,
	       page_ref_count(page), page_mapcount(page), page->mapping, page->index,
	       page_to_pfn(page));
	pr_err("flags: %#x state: %s order:%u zone:%u\n", page->flags,
	       page->state < PGS_NR_STATES ? state_names[page->state] : "?", page->order,
	       page->zone);
	pr_err("page dumped because: %s\n", reason);
}
