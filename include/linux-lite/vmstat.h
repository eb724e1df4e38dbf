/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vmstat.h - what memory is used for and what happened to it. mm/frame/vmstat.c.
 *
 * Each hart counts in its own copy, where the event happens; a reader sums the
 * copies. One hart's count of a stat may be negative (a page allocated here and
 * freed there), only the sum means something.
 *
 * Names are those of /proc/vmstat; the lists below give enum and name together, in the order
 * in which Linux 6.1 shows them, because programs that read these files by position exist. A
 * name of which nobody counts anything yet says 0, as on a Linux where it never happened.
 *
 * Small cousin of Linux's include/linux/vmstat.h, vm_event_item.h. Left out, as a Linux without
 * the option leaves them out: NUMA nodes (numa_*, pgpromote_*, zone_reclaim_*), huge pages
 * (thp_*, htlb_*), CMA events, the balloon, ZSMALLOC; and what belongs to the zones Movable and
 * Device, which Linux always has and we never (pgalloc_movable and its like).
 */
#ifndef LINUX_LITE_VMSTAT_H
#define LINUX_LITE_VMSTAT_H

#include <linux-lite/percpu.h>
#include <linux-lite/zone.h>

/* Stats of each zone. The first is not counted here: zone->free_pages has it. Pages. */
#define VM_ZONE_STATS(X) \
	X(NR_FREE_PAGES, "nr_free_pages") \
	X(NR_ZONE_INACTIVE_ANON, "nr_zone_inactive_anon") \
	X(NR_ZONE_ACTIVE_ANON, "nr_zone_active_anon") \
	X(NR_ZONE_INACTIVE_FILE, "nr_zone_inactive_file") \
	X(NR_ZONE_ACTIVE_FILE, "nr_zone_active_file") \
	X(NR_ZONE_UNEVICTABLE, "nr_zone_unevictable") \
	X(NR_ZONE_WRITE_PENDING, "nr_zone_write_pending") \
	X(NR_MLOCK, "nr_mlock") \
	X(NR_BOUNCE, "nr_bounce") \
	X(NR_FREE_CMA_PAGES, "nr_free_cma")

/* Stats: a level, in pages unless the name says otherwise. */
#define VM_STATS(X) \
	X(NR_INACTIVE_ANON, "nr_inactive_anon") \
	X(NR_ACTIVE_ANON, "nr_active_anon") \
	X(NR_INACTIVE_FILE, "nr_inactive_file") \
	X(NR_ACTIVE_FILE, "nr_active_file") \
	X(NR_UNEVICTABLE, "nr_unevictable") \
	X(NR_SLAB_RECLAIMABLE, "nr_slab_reclaimable") \
	X(NR_SLAB_UNRECLAIMABLE, "nr_slab_unreclaimable") \
	X(NR_ISOLATED_ANON, "nr_isolated_anon") \
	X(NR_ISOLATED_FILE, "nr_isolated_file") \
	X(WORKINGSET_NODES, "workingset_nodes") \
	X(WORKINGSET_REFAULT_ANON, "workingset_refault_anon") \
	X(WORKINGSET_REFAULT_FILE, "workingset_refault_file") \
	X(WORKINGSET_ACTIVATE_ANON, "workingset_activate_anon") \
	X(WORKINGSET_ACTIVATE_FILE, "workingset_activate_file") \
	X(WORKINGSET_RESTORE_ANON, "workingset_restore_anon") \
	X(WORKINGSET_RESTORE_FILE, "workingset_restore_file") \
	X(WORKINGSET_NODERECLAIM, "workingset_nodereclaim") \
	X(NR_ANON_MAPPED, "nr_anon_pages") \
	X(NR_FILE_MAPPED, "nr_mapped") \
	X(NR_FILE_PAGES, "nr_file_pages") \
	X(NR_FILE_DIRTY, "nr_dirty") \
	X(NR_WRITEBACK, "nr_writeback") \
	X(NR_WRITEBACK_TEMP, "nr_writeback_temp") \
	X(NR_SHMEM, "nr_shmem") \
	X(NR_SHMEM_THPS, "nr_shmem_hugepages") \
	X(NR_SHMEM_PMDMAPPED, "nr_shmem_pmdmapped") \
	X(NR_FILE_THPS, "nr_file_hugepages") \
	X(NR_FILE_PMDMAPPED, "nr_file_pmdmapped") \
	X(NR_ANON_THPS, "nr_anon_transparent_hugepages") \
	X(NR_VMSCAN_WRITE, "nr_vmscan_write") \
	X(NR_VMSCAN_IMMEDIATE, "nr_vmscan_immediate_reclaim") \
	X(NR_DIRTIED, "nr_dirtied") \
	X(NR_WRITTEN, "nr_written") \
	X(NR_THROTTLED_WRITTEN, "nr_throttled_written") \
	X(NR_KERNEL_MISC_RECLAIMABLE, "nr_kernel_misc_reclaimable") \
	X(NR_FOLL_PIN_ACQUIRED, "nr_foll_pin_acquired") \
	X(NR_FOLL_PIN_RELEASED, "nr_foll_pin_released") \
	X(NR_KERNEL_STACK_KB, "nr_kernel_stack") \
	X(NR_PAGETABLE, "nr_page_table_pages") \
	X(NR_SECONDARY_PAGETABLE, "nr_sec_page_table_pages") \
	X(NR_SWAPCACHE, "nr_swapcached")

/* Events: counted up only. Names that begin with PGALLOC_ are in the order of the zones. */
#define VM_EVENTS(X) \
	X(PGPGIN, "pgpgin") \
	X(PGPGOUT, "pgpgout") \
	X(PSWPIN, "pswpin") \
	X(PSWPOUT, "pswpout") \
	X(PGALLOC_DMA32, "pgalloc_dma32") \
	X(PGALLOC_NORMAL, "pgalloc_normal") \
	X(ALLOCSTALL_DMA32, "allocstall_dma32") \
	X(ALLOCSTALL_NORMAL, "allocstall_normal") \
	X(PGSCAN_SKIP_DMA32, "pgskip_dma32") \
	X(PGSCAN_SKIP_NORMAL, "pgskip_normal") \
	X(PGFREE, "pgfree") \
	X(PGACTIVATE, "pgactivate") \
	X(PGDEACTIVATE, "pgdeactivate") \
	X(PGLAZYFREE, "pglazyfree") \
	X(PGFAULT, "pgfault") \
	X(PGMAJFAULT, "pgmajfault") \
	X(PGLAZYFREED, "pglazyfreed") \
	X(PGREFILL, "pgrefill") \
	X(PGREUSE, "pgreuse") \
	X(PGSTEAL_KSWAPD, "pgsteal_kswapd") \
	X(PGSTEAL_DIRECT, "pgsteal_direct") \
	X(PGDEMOTE_KSWAPD, "pgdemote_kswapd") \
	X(PGDEMOTE_DIRECT, "pgdemote_direct") \
	X(PGSCAN_KSWAPD, "pgscan_kswapd") \
	X(PGSCAN_DIRECT, "pgscan_direct") \
	X(PGSCAN_DIRECT_THROTTLE, "pgscan_direct_throttle") \
	X(PGSCAN_ANON, "pgscan_anon") \
	X(PGSCAN_FILE, "pgscan_file") \
	X(PGSTEAL_ANON, "pgsteal_anon") \
	X(PGSTEAL_FILE, "pgsteal_file") \
	X(PGINODESTEAL, "pginodesteal") \
	X(SLABS_SCANNED, "slabs_scanned") \
	X(KSWAPD_INODESTEAL, "kswapd_inodesteal") \
	X(KSWAPD_LOW_WMARK_HIT_QUICKLY, "kswapd_low_wmark_hit_quickly") \
	X(KSWAPD_HIGH_WMARK_HIT_QUICKLY, "kswapd_high_wmark_hit_quickly") \
	X(PAGEOUTRUN, "pageoutrun") \
	X(PGROTATED, "pgrotated") \
	X(DROP_PAGECACHE, "drop_pagecache") \
	X(DROP_SLAB, "drop_slab") \
	X(OOM_KILL, "oom_kill") \
	X(PGMIGRATE_SUCCESS, "pgmigrate_success") \
	X(PGMIGRATE_FAIL, "pgmigrate_fail") \
	X(COMPACTMIGRATE_SCANNED, "compact_migrate_scanned") \
	X(COMPACTFREE_SCANNED, "compact_free_scanned") \
	X(COMPACTISOLATED, "compact_isolated") \
	X(COMPACTSTALL, "compact_stall") \
	X(COMPACTFAIL, "compact_fail") \
	X(COMPACTSUCCESS, "compact_success") \
	X(KCOMPACTD_WAKE, "compact_daemon_wake") \
	X(KCOMPACTD_MIGRATE_SCANNED, "compact_daemon_migrate_scanned") \
	X(KCOMPACTD_FREE_SCANNED, "compact_daemon_free_scanned") \
	X(UNEVICTABLE_PGCULLED, "unevictable_pgs_culled") \
	X(UNEVICTABLE_PGSCANNED, "unevictable_pgs_scanned") \
	X(UNEVICTABLE_PGRESCUED, "unevictable_pgs_rescued") \
	X(UNEVICTABLE_PGMLOCKED, "unevictable_pgs_mlocked") \
	X(UNEVICTABLE_PGMUNLOCKED, "unevictable_pgs_munlocked") \
	X(UNEVICTABLE_PGCLEARED, "unevictable_pgs_cleared") \
	X(UNEVICTABLE_PGSTRANDED, "unevictable_pgs_stranded") \
	X(SWAP_RA, "swap_ra") \
	X(SWAP_RA_HIT, "swap_ra_hit")

#define VMSTAT_ENUM(id, name) id,
enum zone_stat_item { VM_ZONE_STATS(VMSTAT_ENUM) NR_VM_ZONE_STAT_ITEMS };
enum node_stat_item { VM_STATS(VMSTAT_ENUM) NR_VM_NODE_STAT_ITEMS };
enum vm_event_item { VM_EVENTS(VMSTAT_ENUM) NR_VM_EVENT_ITEMS };
#undef VMSTAT_ENUM

struct vm_stat_cpu {
	long zone_stat[MAX_NR_ZONES][NR_VM_ZONE_STAT_ITEMS];
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

static inline void mod_zone_page_state(const struct zone *zone, enum zone_stat_item item,
				       long delta)
{
	__atomic_fetch_add(&this_cpu(vm_stat_cpu).zone_stat[zone_idx(zone)][item], delta,
			   __ATOMIC_RELAXED);
}

/* Sum over all harts, never below 0. Context: any. */
unsigned long global_node_page_state(enum node_stat_item item);
unsigned long zone_page_state(const struct zone *zone, enum zone_stat_item item);
/* Of all zones together; NR_FREE_PAGES: nr_free_pages(). */
unsigned long global_zone_page_state(enum zone_stat_item item);
unsigned long sum_vm_event(enum vm_event_item item);

/* Linux's MemAvailable: free, less the reserves, plus half of what could be reclaimed. Pages. */
unsigned long si_mem_available(void);

struct seq_file;
int vmstat_show(struct seq_file *m);		/* /proc/vmstat */
int zoneinfo_show(struct seq_file *m);		/* /proc/zoneinfo */
int buddyinfo_show(struct seq_file *m);		/* /proc/buddyinfo */
int pagetypeinfo_show(struct seq_file *m);	/* /proc/pagetypeinfo; pagetypeinfo.c */

#endif
