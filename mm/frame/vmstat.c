// SPDX-License-Identifier: GPL-2.0-only
/*
 * vmstat.c - the counters of vmstat.h, summed and shown in the words of /proc.
 *
 * Small cousin of Linux's mm/vmstat.c. The formats are Linux 6.1's, byte for byte: which fields
 * there are, see vmstat.h. Two of them have no meaning here and are 0: "vm stats threshold"
 * (Linux counts up to it on a hart before the others may see it; here a reader sums the harts'
 * copies itself), and the limits for dirty pages, which no file has that could be written back.
 * Linux's further zones, Movable and Device, would be two empty paragraphs of zoneinfo.
 */
#include <linux-lite/frames.h>
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/smp.h>
#include <linux-lite/vmstat.h>

DEFINE_PER_CPU(struct vm_stat_cpu, vm_stat_cpu);

#define VMSTAT_NAME(id, name) [id] = name,
static const char *const zone_stat_names[] = { VM_ZONE_STATS(VMSTAT_NAME) };
static const char *const stat_names[] = { VM_STATS(VMSTAT_NAME) };
static const char *const event_names[] = { VM_EVENTS(VMSTAT_NAME) };

unsigned long global_node_page_state(enum node_stat_item item)
{
	unsigned int cpu;
	long sum = 0;

	for_each_possible_cpu(cpu)
		sum += __atomic_load_n(&per_cpu(vm_stat_cpu, cpu).stat[item], __ATOMIC_RELAXED);
	return max(sum, 0L);
}

unsigned long zone_page_state(const struct zone *zone, enum zone_stat_item item)
{
	unsigned int cpu;
	long sum = 0;

	if (item == NR_FREE_PAGES)
		return READ_ONCE(zone->free_pages);
	for_each_possible_cpu(cpu)
		sum += __atomic_load_n(&per_cpu(vm_stat_cpu, cpu).zone_stat[zone_idx(zone)][item],
				       __ATOMIC_RELAXED);
	return max(sum, 0L);
}

unsigned long global_zone_page_state(enum zone_stat_item item)
{
	unsigned long sum = 0;
	struct zone *zone;

	if (item == NR_FREE_PAGES)
		return nr_free_pages();
	for_each_populated_zone(zone)
		sum += zone_page_state(zone, item);
	return sum;
}

/* pcp.c counts its pages in its own structure, which is at hand there. */
static unsigned long pcp_event(unsigned int cpu, enum vm_event_item item)
{
	switch (item) {
	case PGALLOC_DMA32:
		return pcp_stat(cpu, ZONE_DMA32).pgalloc;
	case PGALLOC_NORMAL:
		return pcp_stat(cpu, ZONE_NORMAL).pgalloc;
	case PGFREE:
		return pcp_stat(cpu, ZONE_DMA32).pgfree + pcp_stat(cpu, ZONE_NORMAL).pgfree;
	default:
		return 0;
	}
}

unsigned long sum_vm_event(enum vm_event_item item)
{
	unsigned long sum = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		sum += __atomic_load_n(&per_cpu(vm_stat_cpu, cpu).event[item], __ATOMIC_RELAXED);
		sum += pcp_event(cpu, item);
	}
	return sum;
}

unsigned long si_mem_available(void)
{
	unsigned long cache = global_node_page_state(NR_ACTIVE_FILE) +
			      global_node_page_state(NR_INACTIVE_FILE);
	unsigned long slab = global_node_page_state(NR_SLAB_RECLAIMABLE);
	unsigned long low = 0, available;
	struct zone *zone;

	for_each_populated_zone(zone)
		low += zone->watermark[WMARK_LOW];
	available = nr_free_pages();
	available -= min(available, totalreserve_pages);
	return available + cache - min(cache / 2, low) + slab - min(slab / 2, low);
}

int vmstat_show(struct seq_file *m)
{
	for (unsigned int i = 0; i < NR_VM_ZONE_STAT_ITEMS; i++)
		seq_printf(m, "%s %lu\n", zone_stat_names[i], global_zone_page_state(i));
	for (unsigned int i = 0; i < NR_VM_NODE_STAT_ITEMS; i++)
		seq_printf(m, "%s %lu\n", stat_names[i], global_node_page_state(i));
	seq_puts(m, "nr_dirty_threshold 0\nnr_dirty_background_threshold 0\n");
	for (unsigned int i = 0; i < NR_VM_EVENT_ITEMS; i++)
		seq_printf(m, "%s %lu\n", event_names[i], sum_vm_event(i));
	seq_puts(m, "nr_unstable 0\n");	/* Linux's last line, for programs that want it */
	return 0;
}

int buddyinfo_show(struct seq_file *m)
{
	struct zone *zone;

	for_each_populated_zone(zone) {
		seq_printf(m, "Node %d, zone %8s ", 0, zone->name);
		for (unsigned int order = 0; order <= MAX_ORDER; order++)
			seq_printf(m, "%6lu ", frames_nr_free(zone, order));
		seq_putc(m, '\n');
	}
	return 0;
}

static void show_pagesets(struct seq_file *m, enum zone_type zone)
{
	unsigned int cpu;

	seq_puts(m, "\n  pagesets");
	for_each_online_cpu(cpu) {
		struct pcp_stat pcp = pcp_stat(cpu, zone);

		seq_printf(m, "\n    cpu: %u\n              count: %lu\n              high:  %u"
			   "\n              batch: %u\n  vm stats threshold: %d", cpu, pcp.pages,
			   pcp.high, pcp.batch, 0);
	}
}

static void show_node(struct seq_file *m)
{
	seq_puts(m, "\n  per-node stats");
	for (unsigned int i = 0; i < NR_VM_NODE_STAT_ITEMS; i++)
		seq_printf(m, "\n      %-12s %lu", stat_names[i], global_node_page_state(i));
}

static void show_zone_pages(struct seq_file *m, const struct zone *zone)
{
	seq_printf(m, "\n  pages free     %lu\n        boost    %lu\n        min      %lu"
		   "\n        low      %lu\n        high     %lu\n        spanned  %lu"
		   "\n        present  %lu\n        managed  %lu\n        cma      %lu",
		   READ_ONCE(zone->free_pages), 0UL, zone->watermark[WMARK_MIN],
		   zone->watermark[WMARK_LOW], zone->watermark[WMARK_HIGH],
		   zone->spanned_pages, zone->present_pages, zone->managed_pages, 0UL);
	seq_printf(m, "\n        protection: (%ld", zone->lowmem_reserve[0]);
	for (unsigned int i = 1; i < MAX_NR_ZONES; i++)
		seq_printf(m, ", %ld", zone->lowmem_reserve[i]);
	seq_putc(m, ')');
}

static void show_zone(struct seq_file *m, const struct zone *zone, bool first)
{
	seq_printf(m, "Node %d, zone %8s", 0, zone->name);
	if (first)
		show_node(m);
	show_zone_pages(m, zone);
	if (zone->present_pages) {
		for (unsigned int i = 0; i < NR_VM_ZONE_STAT_ITEMS; i++)
			seq_printf(m, "\n      %-12s %lu", zone_stat_names[i],
				   zone_page_state(zone, i));
		show_pagesets(m, zone_idx(zone));
		seq_printf(m, "\n  node_unreclaimable:  %u\n  start_pfn:           %lu", 0,
			   zone->start_pfn);
	}
	seq_putc(m, '\n');
}

/* The node's stats stand in its first zone that has memory. */
int zoneinfo_show(struct seq_file *m)
{
	unsigned int first = 0;

	while (first < MAX_NR_ZONES - 1 && !zones[first].present_pages)
		first++;
	for (unsigned int i = 0; i < MAX_NR_ZONES; i++)
		show_zone(m, &zones[i], i == first);
	return 0;
}
