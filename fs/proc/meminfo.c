// SPDX-License-Identifier: GPL-2.0-only
/*
 * meminfo.c - /proc/meminfo: where the memory is, in Linux's words.
 *
 * Cached is the page cache without the pages of disks (Buffers); tmpfs files and
 * shared memory count in it, and again in Shmem. What reclaim and swap will
 * bring (Active, Inactive, Swap*) is shown as the counters have it.
 */
#include <linux-lite/devices.h>
#include <linux-lite/gfp.h>
#include <linux-lite/mman.h>
#include <linux-lite/overcommit.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/vmalloc.h>
#include <linux-lite/vmstat.h>

static void show_kb(struct seq_file *m, const char *name, unsigned long kb)
{
	seq_printf(m, "%-16s%8lu kB\n", name, kb);
}

static void show_pages(struct seq_file *m, const char *name, unsigned long pages)
{
	show_kb(m, name, pages << (PAGE_SHIFT - 10));
}

static void show_lists(struct seq_file *m)
{
	unsigned long anon = global_node_page_state(NR_ACTIVE_ANON);
	unsigned long ianon = global_node_page_state(NR_INACTIVE_ANON);
	unsigned long file = global_node_page_state(NR_ACTIVE_FILE);
	unsigned long ifile = global_node_page_state(NR_INACTIVE_FILE);

	show_pages(m, "Active:", anon + file);
	show_pages(m, "Inactive:", ianon + ifile);
	show_pages(m, "Active(anon):", anon);
	show_pages(m, "Inactive(anon):", ianon);
	show_pages(m, "Active(file):", file);
	show_pages(m, "Inactive(file):", ifile);
	show_pages(m, "Unevictable:", global_node_page_state(NR_UNEVICTABLE));
	show_pages(m, "Mlocked:", global_zone_page_state(NR_MLOCK));
}

static void show_kernel(struct seq_file *m)
{
	unsigned long reclaimable = global_node_page_state(NR_SLAB_RECLAIMABLE);
	unsigned long unreclaimable = global_node_page_state(NR_SLAB_UNRECLAIMABLE);

	show_pages(m, "KReclaimable:", reclaimable);
	show_pages(m, "Slab:", reclaimable + unreclaimable);
	show_pages(m, "SReclaimable:", reclaimable);
	show_pages(m, "SUnreclaim:", unreclaimable);
	show_kb(m, "KernelStack:", global_node_page_state(NR_KERNEL_STACK_KB));
	show_pages(m, "PageTables:", global_node_page_state(NR_PAGETABLE));
}

/** meminfo_show - /proc/meminfo. Context: any. Return: 0. */
int meminfo_show(struct seq_file *m)
{
	unsigned long buffers = nr_blockdev_pages();
	unsigned long cached = global_node_page_state(NR_FILE_PAGES);

	cached = cached > buffers ? cached - buffers : 0;
	show_pages(m, "MemTotal:", totalram_pages());
	show_pages(m, "MemFree:", nr_free_pages());
	show_pages(m, "MemAvailable:", si_mem_available());
	show_pages(m, "Buffers:", buffers);
	show_pages(m, "Cached:", cached);
	show_pages(m, "SwapCached:", 0);
	show_lists(m);
	show_pages(m, "SwapTotal:", 0);
	show_pages(m, "SwapFree:", 0);
	show_pages(m, "Dirty:", global_node_page_state(NR_FILE_DIRTY));
	show_pages(m, "Writeback:", global_node_page_state(NR_WRITEBACK));
	show_pages(m, "AnonPages:", global_node_page_state(NR_ANON_MAPPED));
	show_pages(m, "Mapped:", global_node_page_state(NR_FILE_MAPPED));
	show_pages(m, "Shmem:", global_node_page_state(NR_SHMEM));
	show_kernel(m);
	show_pages(m, "CommitLimit:", vm_commit_limit());
	show_pages(m, "Committed_AS:", vm_committed());
	show_kb(m, "VmallocTotal:", (VMALLOC_END - VMALLOC_START) >> 10);
	show_pages(m, "VmallocUsed:", vmalloc_nr_pages());
	show_kb(m, "VmallocChunk:", 0);
	return 0;
}
