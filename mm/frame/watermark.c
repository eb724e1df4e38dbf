// SPDX-License-Identifier: GPL-2.0-only
/*
 * watermark.c - how many pages of each zone should stay free.
 *
 *   min   ordinary requests stop here. In all: 4 * sqrt(RAM in KiB) KiB, so that a machine
 *         with 100 times the RAM keeps 10 times the reserve; split by the zones' size.
 *   low   kswapd starts   } each a quarter of min above the last, or 0.1 % of the zone
 *   high  kswapd stops    } if that is more
 *
 * The formulas are Linux's (mm/page_alloc.c), so that /proc/zoneinfo can be compared.
 */
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>

unsigned long totalreserve_pages;

/* One page of DMA32 is kept from NORMAL requests for each 256 pages that NORMAL has. */
#define LOWMEM_RESERVE_RATIO	256
#define WATERMARK_SCALE_FACTOR	10	/* of 10,000 */

static unsigned long int_sqrt(unsigned long x)
{
	unsigned long root = 0;

	for (unsigned long bit = 1UL << 31; bit; bit >>= 1)
		if ((root + bit) * (root + bit) <= x)
			root += bit;
	return root;
}

/* How many pages programs can't get at: MemAvailable's deduction. The marks are set. */
static void calculate_totalreserve(void)
{
	struct zone *zone;

	totalreserve_pages = 0;
	for_each_populated_zone(zone) {
		unsigned long most = 0;

		for (unsigned int i = 0; i < MAX_NR_ZONES; i++)
			most = max(most, zone->lowmem_reserve[i]);
		totalreserve_pages += min(most + zone->watermark[WMARK_HIGH],
					  zone->managed_pages);
	}
}

/**
 * setup_per_zone_wmarks - set min, low, high and the lowmem reserve of each zone
 *
 * Context: after the zones got their pages, or when many were added.
 */
void setup_per_zone_wmarks(void)
{
	unsigned long total = max(totalram_pages(), 1UL);
	unsigned long min_kbytes = int_sqrt((total << (PAGE_SHIFT - 10)) * 16);
	unsigned long min_pages;
	struct zone *zone;

	min_kbytes = clamp_t(unsigned long, min_kbytes, 128, 262144);
	min_pages = min_kbytes >> (PAGE_SHIFT - 10);
	for_each_populated_zone(zone) {
		unsigned long mark = min_pages * zone->managed_pages / total;
		unsigned long step = max(mark / 4,
				zone->managed_pages * WATERMARK_SCALE_FACTOR / 10000);

		zone->watermark[WMARK_MIN] = mark;
		zone->watermark[WMARK_LOW] = mark + step;
		zone->watermark[WMARK_HIGH] = mark + 2 * step;
	}
	zones[ZONE_DMA32].lowmem_reserve[ZONE_NORMAL] =
		zones[ZONE_NORMAL].managed_pages / LOWMEM_RESERVE_RATIO;
	calculate_totalreserve();
}
