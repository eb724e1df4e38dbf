// SPDX-License-Identifier: GPL-2.0-only
/*
 * free_list.c - free frames as a chain: the last one freed is the next one taken.
 *
 *	zone->free_list -> struct page 17 -> 4 -> 99 -> NULL	by pcp_next
 *
 * That is all of it. Both directions are a few instructions, whatever the zone's size; nothing
 * is searched, nothing is merged, and no memory is needed but a word in the struct page of a
 * frame that nobody uses.
 *
 * The price is that a chain knows no neighbours. After some minutes of use it is in no order at
 * all, and to find two free frames side by side one would have to sort it. So there are only
 * single frames: CONFIG_ARCH_FORCE_MAX_ORDER, which is MAX_ORDER, is 0 with this design, and
 * alloc_pages() refuses larger blocks before it comes here. This is a fine thing to live
 * without for as long as every user of memory is content with pages. Who was not, and what they
 * do now:
 *
 *	slabs			one page each; kmalloc ends at 4 KiB, larger tables of the kernel
 *				(open files, poll, iovec) come from kvmalloc and so from vmalloc
 *	kernel stacks		single pages, side by side in vmalloc space (kernel_stack.c)
 *	vmalloc			never maps 2 MiB by one huge leaf
 *	virtio rings		shorter, so that they fit into a page: devices know no page tables
 *	alloc_pages_exact	NULL above a page
 *
 * So do cache colours, huge pages, and DMA to devices without scatter lists: what an operating
 * system loses that stays with the chain for ever.
 *
 *   I1  a page's state is FREE if it is on the chain, and only then; it is inside the zone
 *   I2  zone->free_pages is the chain's length
 *
 * Who locks what: zone->lock for all of it, by the caller.
 *
 * xv6's kalloc.c (Cox, Kaashoek and Morris, MIT, since 2006) is the teacher of this; there the
 * chain runs through the free pages themselves, for it has no struct page. So did 4.xBSD keep
 * its core map (cmap), Mach its one queue of free pages, Plan 9 its Palloc, and NetBSD still
 * searches all frames if somebody wants a few in a row (uvm_pglistalloc).
 */
#include <linux-lite/bug.h>
#include <linux-lite/free_list.h>

static void set_free_pages(struct zone *zone, unsigned long nr)
{
	WRITE_ONCE(zone->free_pages, nr);
}

static void push(struct zone *zone, struct page *page)
{
	page->state = PGS_FREE;
	page->pcp_next = zone->free_list;
	zone->free_list = page;
	set_free_pages(zone, zone->free_pages + 1);
}

struct page *free_list_alloc(struct zone *zone, unsigned int order, enum migratetype type)
{
	struct page *page = zone->free_list;

	VM_BUG_ON(order);
	if (!page)
		return NULL;
	VM_BUG_ON(page->state != PGS_FREE);
	zone->free_list = page->pcp_next;
	set_free_pages(zone, zone->free_pages - 1);
	page->state = PGS_FREE_TAIL;
	page->order = 0;
	return page;
}

unsigned int free_list_alloc_bulk(struct zone *zone, unsigned int order, enum migratetype type,
				  unsigned int nr, struct page **chain)
{
	struct page *rest = *chain, *page;
	unsigned int got;

	for (got = 0; got < nr && (page = free_list_alloc(zone, order, type)); got++) {
		page->migratetype = type;
		*chain = page;
		chain = &page->pcp_next;
	}
	*chain = rest;
	return got;
}

void free_list_free(struct zone *zone, struct page *page, unsigned int order)
{
	VM_BUG_ON(order);
	VM_BUG_ON(!zone_spans_pfn(zone, page_to_pfn(page)));
	VM_BUG_ON(page->state == PGS_FREE);
	push(zone, page);
}

/* From the end, so that the first one taken is the lowest. */
void free_list_free_range(struct zone *zone, unsigned long start_pfn, unsigned long end_pfn)
{
	while (end_pfn > start_pfn)
		push(zone, pfn_to_page(--end_pfn));
}

int free_list_check(const struct zone *zone)
{
	unsigned long nr = 0;

	for (const struct page *page = zone->free_list; page; page = page->pcp_next) {
		if (!zone_spans_pfn(zone, page_to_pfn(page)) || page->state != PGS_FREE)
			return 1;
		if (++nr > zone->free_pages)
			return 2;		/* or it is a ring */
	}
	if (nr != zone->free_pages)
		return 2;
	for (unsigned long pfn = zone->start_pfn; pfn < zone_end_pfn(zone); pfn++)
		nr -= pfn_to_page(pfn)->state == PGS_FREE;
	return nr ? 1 : 0;
}

void free_list_init(struct zone *zone, void *index)
{
	zone->free_list = NULL;
	set_free_pages(zone, 0);
}
