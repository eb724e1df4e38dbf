// SPDX-License-Identifier: GPL-2.0-only
/*
 * mem_init.c - from memblock's ranges to zones full of free pages.
 *
 *	setup_zones      which frames belong to DMA32, which to NORMAL
 *	memmap_init      struct page of each frame: free, reserved, or a hole
 *	free_all         what memblock has not reserved goes to the buddy lists
 *	watermarks       how much of it should stay free
 *
 * The port has mapped the struct pages of all frames from the first of RAM to the last
 * (vmemmap); they need not be zeroed, because writing two words of each is all it takes: a
 * struct page's union means nothing until somebody owns the page.
 *
 * struct pages of holes say RESERVED, so that nobody maps them.
 *
 * At 1.6 % of RAM these would be the longest loop of the boot on a large machine: six
 * instructions a page are 100 million for 64 GiB, and a gigabyte written. So the pages of a
 * free 2 MiB block are left alone where the design can do without (frames_writes_pages): it
 * calls memmap_init_range() when the first of them is handed out. So nobody may look into the
 * struct page of a frame that is not his without asking the design (pageblock->fresh). Linux
 * can have the same work done later, by kernel threads (deferred_init_memmap).
 *
 * Small cousin of Linux's mm/mm_init.c and arch/riscv/mm/init.c.
 */
#include <linux-lite/frames.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/memblock.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/page_owner.h>
#include <linux-lite/pcp.h>
#include <linux-lite/printk.h>

unsigned long min_pfn, max_pfn;
struct page *zero_page;

#define DMA32_END_PFN	(1UL << (32 - PAGE_SHIFT))

static __init unsigned long present_in(unsigned long start_pfn, unsigned long end_pfn)
{
	phys_addr_t base, size;
	unsigned long sum = 0;

	for (unsigned int i = 0; memblock_memory_region(i, &base, &size); i++) {
		unsigned long lo = max(DIV_ROUND_UP(base, PAGE_SIZE), start_pfn);
		unsigned long hi = min((base + size) >> PAGE_SHIFT, end_pfn);

		sum += hi > lo ? hi - lo : 0;
	}
	return sum;
}

static __init void setup_zone(struct zone *zone, const char *name, unsigned long lo,
			      unsigned long hi)
{
	void *index;

	lo = max(lo, min_pfn);
	hi = min(hi, max_pfn);
	*zone = (struct zone){ .name = name, .start_pfn = lo };
	spin_lock_init(&zone->lock, RANK_ZONE);
	if (hi > lo) {
		zone->spanned_pages = hi - lo;
		zone->present_pages = present_in(lo, hi);
		pr_info("  %-8s [mem %#018lx-%#018lx]\n", name, lo << PAGE_SHIFT,
			(hi << PAGE_SHIFT) - 1);
	} else {
		pr_info("  %-8s empty\n", name);
	}
	index = memblock_alloc(frames_index_size(zone) + 1, sizeof(long));
	if (!index)
		panic("mem_init: no memory for the index of zone %s\n", name);
	frames_init(zone, index);
}

static __init void setup_zones(void)
{
	min_pfn = memblock_start_of_dram() >> PAGE_SHIFT;
	max_pfn = DIV_ROUND_UP(memblock_end_of_dram(), PAGE_SIZE);

	pr_info("Zone ranges:\n");
	setup_zone(&zones[ZONE_DMA32], "DMA32", 0, DMA32_END_PFN);
	setup_zone(&zones[ZONE_NORMAL], "Normal", DMA32_END_PFN, ~0UL);
	gfp_first_zone[0] = zones[ZONE_NORMAL].present_pages ? ZONE_NORMAL : ZONE_DMA32;
	gfp_first_zone[1] = ZONE_DMA32;
}

void memmap_init_range(unsigned long pfn, unsigned long end, enum zone_type zone,
		       enum page_state state)
{
	const union {
		struct page page;
		u64 word[2];
	} first = { .page = { .state = state, .zone = zone,
			      ._refcount = ATOMIC_INIT(state == PGS_RESERVED) } };
	u64 state_word = first.word[0], count_word = first.word[1];

	static_assert(offsetof(struct page, lru) == sizeof(first.word), "the words before lru");
	for (struct page *page = pfn_to_page(pfn); pfn < end; pfn++, page++) {
		((u64 *)page)[0] = state_word;
		((u64 *)page)[1] = count_word;
	}
}

static __init void init_pages(unsigned long pfn, unsigned long end, enum page_state state)
{
	unsigned long border = clamp_t(unsigned long, DMA32_END_PFN, pfn, end);

	memmap_init_range(pfn, border, ZONE_DMA32, state);
	memmap_init_range(border, end, ZONE_NORMAL, state);
}

/* Call @fn for each run of whole free frames in memblock. */
static __init void for_each_free_run(void (*fn)(unsigned long pfn, unsigned long end))
{
	phys_addr_t pos = 0, start, end;

	while (memblock_next_free(&pos, &start, &end)) {
		unsigned long lo = DIV_ROUND_UP(start, PAGE_SIZE), hi = end >> PAGE_SHIFT;

		if (lo < hi)
			fn(lo, hi);
	}
}

static __initdata unsigned long next_pfn;	/* all before it are initialised */

static __init void init_run(unsigned long pfn, unsigned long end)
{
	/* The whole pageblocks of the run, or nothing. */
	unsigned long lo = min(ALIGN(pfn, pageblock_nr_pages), end);
	unsigned long hi = max(ALIGN_DOWN(end, pageblock_nr_pages), lo);

	if (!frames_writes_pages)
		lo = hi;
	init_pages(next_pfn, pfn, PGS_RESERVED);
	init_pages(pfn, lo, PGS_FREE_TAIL);
	init_pages(hi, end, PGS_FREE_TAIL);
	next_pfn = end;
}

static __init void free_run(unsigned long pfn, unsigned long end)
{
	struct zone *zone;

	for_each_populated_zone(zone) {
		unsigned long lo = max(pfn, zone->start_pfn);
		unsigned long hi = min(end, zone_end_pfn(zone));

		if (lo < hi) {
			frames_free_range(zone, lo, hi);
			zone->managed_pages += hi - lo;
		}
	}
}

/**
 * mem_init - bring the page allocator up
 *
 * Context: boot, one hart; memblock filled, direct map and vmemmap mapped, per-CPU areas
 * set up. From here on alloc_pages() works and memblock's allocators do not.
 */
void __init mem_init(void)
{
	void *zeroes;
	unsigned long present = memblock_phys_mem_size() >> 10;

	setup_zones();
	page_owner_init();
	zeroes = memblock_alloc(PAGE_SIZE, PAGE_SIZE);
	if (!zeroes)
		panic("mem_init: no memory for the zero page\n");
	zero_page = virt_to_page(zeroes);

	next_pfn = min_pfn;
	for_each_free_run(init_run);
	init_pages(next_pfn, max_pfn, PGS_RESERVED);
	for_each_free_run(free_run);		/* looks at neighbours: all must be there */
	memblock_discard();

	setup_per_zone_wmarks();
	pcp_init();
	pr_info("Memory: %luK/%luK available (%luK reserved)\n",
		totalram_pages() << (PAGE_SHIFT - 10), present,
		present - (totalram_pages() << (PAGE_SHIFT - 10)));
}
