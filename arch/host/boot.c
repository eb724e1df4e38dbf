// SPDX-License-Identifier: GPL-2.0-only
/*
 * boot.c - the simulated machine comes up: the host's setup_arch().
 *
 *	RAM (a memfd), struct pages, the vmalloc area     os.c
 *	memblock: all of RAM
 *	hart 0 = this thread
 *	setup_per_cpu_areas, swapper_pg_dir
 *	mem_init, kmem_cache_init, vmalloc_init, mm_cache_init   as start_kernel() does
 */
#include <linux-lite/bug.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/memblock.h>
#include <linux-lite/percpu.h>
#include <linux-lite/printk.h>
#include <linux-lite/slab_debug.h>
#include <linux-lite/slab_merge.h>
#include <linux-lite/string.h>
#include <linux-lite/vmalloc.h>
#include "harts.h"
#include "os.h"

unsigned long host_page_offset;
struct page *host_vmemmap;
struct page *host_vmemmap_va0;
unsigned long host_vmalloc_start;
unsigned int pgtable_levels;
pte_t *swapper_pg_dir;

void clear_page(void *page)
{
	memset(page, 0, PAGE_SIZE);
}

void copy_page(void *to, const void *from)
{
	memcpy(to, from, PAGE_SIZE);
}

static void hart_init(unsigned int cpu, unsigned int tlb_entries)
{
	struct tlb *tlb = hart_tlb(cpu);
	unsigned int i;

	for (i = 0; i < RLIM_NLIMITS; i++)
		harts[cpu].signal.rlim[i].rlim_cur = RLIM_INFINITY;
	harts[cpu].task.signal = &harts[cpu].signal;
	spin_lock_init(&tlb->lock, RANK_UNCHECKED);
	tlb->nr_slots = tlb_entries;
	tlb->slots = os_lazy_memory(tlb_entries * sizeof(*tlb->slots));
	spin_lock_init(&harts[cpu].icache.lock, RANK_UNCHECKED);
	harts[cpu].task.state = TASK_RUNNING;
	harts[cpu].task.pid = cpu + 1;
}

static void memory_init(unsigned long ram_bytes)
{
	unsigned long first = HOST_RAM_BASE >> PAGE_SHIFT;

	host_page_offset = (unsigned long)os_ram_create(ram_bytes) - HOST_RAM_BASE;
	host_vmemmap = (struct page *)os_lazy_memory((ram_bytes >> PAGE_SHIFT) *
						     sizeof(struct page)) - first;
	host_vmemmap_va0 = host_vmemmap - ((long)host_page_offset >> PAGE_SHIFT);
	host_vmalloc_start = ALIGN((unsigned long)os_reserve(HOST_VMALLOC_SIZE + PMD_SIZE),
				   PMD_SIZE);
	kernel_tlb_init();
	BUG_ON(memblock_add(HOST_RAM_BASE, ram_bytes));
}

void host_boot(const struct host_config *config)
{
	static const struct host_config defaults;
	unsigned int cpu, entries;

	config = config ? config : &defaults;
	if (host_page_offset)
		panic("host_boot: a process has one machine (with GDB=1 pick a single test: T=suite/test)");
	pgtable_levels = config->levels ? config->levels : 3;
	mmu_hw_ad = config->hw_ad;
	nr_cpu_ids = config->harts ? config->harts : 1;
	entries = config->tlb_entries ? config->tlb_entries : 4096;
	BUG_ON(nr_cpu_ids > CONFIG_NR_CPUS || (entries & (entries - 1)));
	for_each_possible_cpu(cpu)
		hart_init(cpu, entries);
	hart_enter(&harts[0], 0);

	memory_init(config->ram_bytes ? config->ram_bytes : MiB(64));
	if (setup_per_cpu_areas())
		panic("no memory for per-CPU data");
	swapper_pg_dir = memblock_alloc(PAGE_SIZE, PAGE_SIZE);
	init_mm.pgd = swapper_pg_dir;
	mem_init();
	slab_debug_setup(config->slab_debug ? config->slab_debug : "-");
	slab_nomerge = !config->slab_merge;
	kmem_cache_init();
	vmalloc_init();
	mm_cache_init();
}
