// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_util.c - pages by address and by the exact number, made of alloc_pages().
 *
 * Small cousin of the same functions in Linux's mm/page_alloc.c.
 */
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/page_owner.h>
#include <linux-lite/pcp.h>

void *__get_free_pages(gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_pages(gfp, order);

	return page ? page_address(page) : NULL;
}

/* Only the frame of such an address has a struct page that may be looked at. */
static bool is_page_address(const void *addr)
{
	return !((unsigned long)addr & ~PAGE_MASK) && pfn_valid(__pa(addr) >> PAGE_SHIFT);
}

void free_pages(void *addr, unsigned int order)
{
	if (unlikely(!is_page_address(addr))) {
		if (addr)
			bad_address(addr);
		return;
	}
	__free_pages(virt_to_page(addr), order);
}

void split_page(struct page *page, unsigned int order)
{
	VM_BUG_ON(page->state != PGS_KERNEL || page->order != order);
	split_page_owner(page, order);
	page->order = 0;
	for (unsigned int i = 1; i < 1u << order; i++) {
		page[i].state = PGS_KERNEL;
		page[i].order = 0;
		page[i].migratetype = page->migratetype;
		page[i].mapping = NULL;
		page[i].private = 0;
		atomic_set(&page[i]._refcount, 1);
	}
}

void *alloc_pages_exact(size_t size_bytes, gfp_t gfp)
{
	unsigned int order = get_order(size_bytes);
	struct page *page = alloc_pages(gfp & ~__GFP_COMP, order);

	if (!page)
		return NULL;
	split_page(page, order);
	for (unsigned long i = DIV_ROUND_UP(size_bytes, PAGE_SIZE); i < 1UL << order; i++)
		__free_page(page + i);
	return page_address(page);
}

void free_pages_exact(void *addr, size_t size_bytes)
{
	for (size_t done = 0; done < size_bytes; done += PAGE_SIZE)
		free_page((char *)addr + done);
}

unsigned long nr_free_pages(void)
{
	struct zone *zone;
	unsigned long sum = 0;

	for_each_populated_zone(zone)
		sum += READ_ONCE(zone->free_pages) + pcp_nr_pages(zone_idx(zone));
	return sum;
}

unsigned long totalram_pages(void)
{
	struct zone *zone;
	unsigned long sum = 0;

	for_each_populated_zone(zone)
		sum += READ_ONCE(zone->managed_pages);
	return sum;
}
