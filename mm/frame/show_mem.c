// SPDX-License-Identifier: GPL-2.0-only
/*
 * show_mem.c - what the page allocator says in the log when it has nothing to give.
 *
 *	sh: page allocation failure: order:4, mode:0x...(GFP_KERNEL), nodemask=(null)
 *	CPU: ..., Call Trace:			who wanted it
 *	Mem-Info:
 *	 what memory is used for		in pages
 *	Node 0 ...				the same, in kB
 *	Node 0 DMA32 free:... min:...		each zone: is it below a watermark?
 *	lowmem_reserve[]: 0 0			what is kept from requests that may go elsewhere
 *	Node 0 DMA32: 4*4kB (UM) 1*8kB ...	its free blocks: is it fragmentation?
 *
 * The letters name the migrate types that have a free block of the size: U unmovable, M movable,
 * E reclaimable, I isolated.
 *
 * Small cousin of Linux's mm/show_mem.c and of warn_alloc(), in their words; left out, as a
 * Linux without the option leaves them out: cpusets, huge pages, CMA (0), highmem. Swap has its
 * lines, and is 0.
 */
#include <linux-lite/flag_names.h>
#include <linux-lite/frames.h>
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/panic.h>
#include <linux-lite/pcp.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/smp.h>
#include <linux-lite/vmstat.h>

#define K(pages)	((unsigned long)(pages) << (PAGE_SHIFT - 10))
#define NODE(item)	global_node_page_state(item)
#define ZONE(zone, item) zone_page_state(zone, item)

static const char *comm(void)
{
	return current ? ((struct task_struct *)current)->comm : "swapper";
}

void dump_caller(void)
{
	pr_warn("CPU: %u PID: %d Comm: %s\n", smp_processor_id(), current ? current->pid : 0,
		comm());
	dump_stack();
}

static void show_counts(void)
{
	unsigned long free_pcp = 0;
	struct zone *zone;

	for_each_populated_zone(zone)
		free_pcp += pcp_nr_pages(zone_idx(zone));
	pr_warn("active_anon:%lu inactive_anon:%lu isolated_anon:%lu\n", NODE(NR_ACTIVE_ANON),
		NODE(NR_INACTIVE_ANON), NODE(NR_ISOLATED_ANON));
	pr_warn(" active_file:%lu inactive_file:%lu isolated_file:%lu\n", NODE(NR_ACTIVE_FILE),
		NODE(NR_INACTIVE_FILE), NODE(NR_ISOLATED_FILE));
	pr_warn(" unevictable:%lu dirty:%lu writeback:%lu\n", NODE(NR_UNEVICTABLE),
		NODE(NR_FILE_DIRTY), NODE(NR_WRITEBACK));
	pr_warn(" slab_reclaimable:%lu slab_unreclaimable:%lu\n", NODE(NR_SLAB_RECLAIMABLE),
		NODE(NR_SLAB_UNRECLAIMABLE));
	pr_warn(" mapped:%lu shmem:%lu pagetables:%lu\n", NODE(NR_FILE_MAPPED), NODE(NR_SHMEM),
		NODE(NR_PAGETABLE));
	/* Not Linux's: they will be active_anon or inactive_anon, once there are such lists. */
	pr_warn(" anon_pages:%lu\n", NODE(NR_ANON_MAPPED));
	pr_warn(" sec_pagetables:%lu bounce:%lu\n", NODE(NR_SECONDARY_PAGETABLE),
		global_zone_page_state(NR_BOUNCE));
	pr_warn(" kernel_misc_reclaimable:%lu\n", NODE(NR_KERNEL_MISC_RECLAIMABLE));
	pr_warn(" free:%lu free_pcp:%lu free_cma:%lu\n", nr_free_pages() - free_pcp, free_pcp,
		global_zone_page_state(NR_FREE_CMA_PAGES));
}

static void show_node(void)
{
	pr_warn("Node 0 active_anon:%lukB inactive_anon:%lukB active_file:%lukB "
		"inactive_file:%lukB unevictable:%lukB isolated(anon):%lukB "
		"isolated(file):%lukB mapped:%lukB dirty:%lukB writeback:%lukB shmem:%lukB "
		"writeback_tmp:%lukB kernel_stack:%lukB pagetables:%lukB sec_pagetables:%lukB "
		"all_unreclaimable? %s\n", K(NODE(NR_ACTIVE_ANON)), K(NODE(NR_INACTIVE_ANON)),
		K(NODE(NR_ACTIVE_FILE)), K(NODE(NR_INACTIVE_FILE)), K(NODE(NR_UNEVICTABLE)),
		K(NODE(NR_ISOLATED_ANON)), K(NODE(NR_ISOLATED_FILE)), K(NODE(NR_FILE_MAPPED)),
		K(NODE(NR_FILE_DIRTY)), K(NODE(NR_WRITEBACK)), K(NODE(NR_SHMEM)),
		K(NODE(NR_WRITEBACK_TEMP)), NODE(NR_KERNEL_STACK_KB), K(NODE(NR_PAGETABLE)),
		K(NODE(NR_SECONDARY_PAGETABLE)), "no");
}

static void show_zone(const struct zone *zone)
{
	enum zone_type idx = zone_idx(zone);

	pr_warn("Node 0 %s free:%lukB boost:%lukB min:%lukB low:%lukB high:%lukB "
		"reserved_highatomic:%luKB active_anon:%lukB inactive_anon:%lukB "
		"active_file:%lukB inactive_file:%lukB unevictable:%lukB writepending:%lukB "
		"present:%lukB managed:%lukB mlocked:%lukB bounce:%lukB free_pcp:%lukB "
		"local_pcp:%lukB free_cma:%lukB\n", zone->name,
		K(READ_ONCE(zone->free_pages)), 0UL, K(zone->watermark[WMARK_MIN]),
		K(zone->watermark[WMARK_LOW]), K(zone->watermark[WMARK_HIGH]), 0UL,
		K(ZONE(zone, NR_ZONE_ACTIVE_ANON)), K(ZONE(zone, NR_ZONE_INACTIVE_ANON)),
		K(ZONE(zone, NR_ZONE_ACTIVE_FILE)), K(ZONE(zone, NR_ZONE_INACTIVE_FILE)),
		K(ZONE(zone, NR_ZONE_UNEVICTABLE)), K(ZONE(zone, NR_ZONE_WRITE_PENDING)),
		K(zone->present_pages), K(READ_ONCE(zone->managed_pages)),
		K(ZONE(zone, NR_MLOCK)), K(ZONE(zone, NR_BOUNCE)), K(pcp_nr_pages(idx)),
		K(pcp_stat(smp_processor_id(), idx).pages), 0UL);
	pr_warn("lowmem_reserve[]:");
	for (unsigned int i = 0; i < MAX_NR_ZONES; i++)
		pr_cont(" %lu", zone->lowmem_reserve[i]);
	pr_cont("\n");
}

/* " (UM)": which types have a free block of this order. */
static void show_types(const struct type_sums *sums, unsigned int order)
{
	static const char letters[MIGRATE_TYPES] = {
		[MIGRATE_UNMOVABLE] = 'U', [MIGRATE_MOVABLE] = 'M', [MIGRATE_RECLAIMABLE] = 'E',
		[MIGRATE_ISOLATE] = 'I',
	};

	pr_cont(" (");
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		if (sums->free[type][order])
			pr_cont("%c", letters[type]);
	pr_cont(")");
}

static void show_blocks(const struct zone *zone)
{
	struct type_sums sums;
	unsigned long total = 0;

	frames_count_types(zone, &sums);
	pr_warn("Node 0 %s:", zone->name);
	for (unsigned int order = 0; order <= MAX_ORDER; order++) {
		unsigned long nr = 0;

		for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
			nr += sums.free[type][order];
		total += nr << order;
		pr_cont(" %lu*%lukB", nr, K(1UL) << order);
		if (nr)
			show_types(&sums, order);
	}
	pr_cont(" = %lukB\n", K(total));
}

void show_mem(void)
{
	unsigned long present = 0;
	struct zone *zone;

	pr_warn("Mem-Info:\n");
	show_counts();
	show_node();
	for_each_populated_zone(zone)
		show_zone(zone);
	for_each_populated_zone(zone) {
		show_blocks(zone);
		present += zone->present_pages;
	}
	pr_warn("%lu total pagecache pages\n", NODE(NR_FILE_PAGES));
	pr_warn("%lu pages in swap cache\n", NODE(NR_SWAPCACHE));
	pr_warn("Free swap  = %lukB\n", 0UL);
	pr_warn("Total swap = %lukB\n", 0UL);
	pr_warn("%lu pages RAM\n", present);
	pr_warn("%lu pages HighMem/MovableOnly\n", 0UL);
	pr_warn("%lu pages reserved\n", present - totalram_pages());
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
	dump_caller();
	show_mem();
}
