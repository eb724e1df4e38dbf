/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vmstat.h - what memory is used for and what happened to it. mm/frame/vmstat.c.
 *
 * Each hart counts in its own copy, where the event happens; a reader sums the
 * copies. One hart's count of a stat may be negative (a page allocated here and
 * freed there), only the sum means something.
 *
 * Names are those of /proc/vmstat; the lists below give enum and name together.
 *
 * Small cousin of Linux's include/linux/vmstat.h, vm_event_item.h.
 */
#ifndef LINUX_LITE_VMSTAT_H
#define LINUX_LITE_VMSTAT_H

#include <linux-lite/percpu.h>
#include <linux-lite/zone.h>

/* Stats: a level, in pages unless the name says otherwise. */
#define VM_STATS(X) \
	X(NR_INACTIVE_ANON, "nr_inactive_anon") \
	X(NR_ACTIVE_ANON, "nr_active_anon") \
	X(NR_INACTIVE_FILE, "nr_inactive_file") \
	X(NR_ACTIVE_FILE, "nr_active_file") \
	X(NR_UNEVICTABLE, "nr_unevictable") \
	X(NR_SLAB_RECLAIMABLE, "nr_slab_reclaimable") \
	X(NR_SLAB_UNRECLAIMABLE, "nr_slab_unreclaimable") \
	X(NR_ANON_MAPPED, "nr_anon_pages") \
	X(NR_FILE_MAPPED, "nr_mapped") \
	X(NR_FILE_PAGES, "nr_file_pages") \
	X(NR_FILE_DIRTY, "nr_dirty") \
	X(NR_WRITEBACK, "nr_writeback") \
	X(NR_SHMEM, "nr_shmem") \
	X(NR_KERNEL_STACK_KB, "nr_kernel_stack") \
	X(NR_PAGETABLE, "nr_page_table_pages") \
	X(NR_MLOCK, "nr_mlock")

/* Events: counted up only. */
#define VM_EVENTS(X) \
	X(PSWPIN, "pswpin") \
	X(PSWPOUT, "pswpout") \
	X(PGALLOC_DMA32, "pgalloc_dma32") \
	X(PGALLOC_NORMAL, "pgalloc_normal") \
	X(ALLOCSTALL, "allocstall_normal") \
	X(PGFREE, "pgfree") \
	X(PGACTIVATE, "pgactivate") \
	X(PGDEACTIVATE, "pgdeactivate") \
	X(PGFAULT, "pgfault") \
	X(PGMAJFAULT, "pgmajfault") \
	X(PGSTEAL_KSWAPD, "pgsteal_kswapd") \
	X(PGSTEAL_DIRECT, "pgsteal_direct") \
	X(PGSCAN_KSWAPD, "pgscan_kswapd") \
	X(PGSCAN_DIRECT, "pgscan_direct") \
	X(OOM_KILL, "oom_kill")

#define VMSTAT_ENUM(id, name) id,
enum node_stat_item { VM_STATS(VMSTAT_ENUM) NR_VM_NODE_STAT_ITEMS };
enum vm_event_item { VM_EVENTS(VMSTAT_ENUM) NR_VM_EVENT_ITEMS };
#undef VMSTAT_ENUM

struct vm_stat_cpu {
	long stat[NR_VM_NODE_STAT_ITEMS];
	unsigned long event[NR_VM_EVENT_ITEMS];
} ____cacheline_aligned;

DECLARE_PER_CPU(struct vm_stat_cpu, vm_stat_cpu);

/* One atomic add to the hart's own cache line: right even when interrupted. Context: any. */
static inline void count_vm_events(enum vm_event_item item, unsigned long n)
{
	__atomic_fetch_add(&this_cpu(vm_stat_cpu).event[item], n, __ATOMIC_RELAXED);
}

static inline void count_vm_event(enum vm_event_item item)
{
	count_vm_events(item, 1);
}

static inline void mod_node_page_state(enum node_stat_item item, long delta)
{
	__atomic_fetch_add(&this_cpu(vm_stat_cpu).stat[item], delta, __ATOMIC_RELAXED);
}

/* Sum over all harts, never below 0. Context: any. */
unsigned long global_node_page_state(enum node_stat_item item);
unsigned long sum_vm_event(enum vm_event_item item);

/* Linux's MemAvailable: free, less the reserves, plus half of what could be reclaimed. Pages. */
unsigned long si_mem_available(void);

struct seq_file;
int vmstat_show(struct seq_file *m);		/* /proc/vmstat */
int zoneinfo_show(struct seq_file *m);		/* /proc/zoneinfo */
int buddyinfo_show(struct seq_file *m);		/* /proc/buddyinfo */

#endif
