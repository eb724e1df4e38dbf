// SPDX-License-Identifier: GPL-2.0-only
/*
 * buddy.c - free frames in blocks of 1, 2, 4, ... 1024, split and merged.
 *
 * A block of order k is 2^k frames whose first frame number is a multiple of 2^k. Its buddy
 * is the other half of the block of order k+1: the frame number with bit k flipped. So a
 * block's buddy is found by one XOR, and whether it can be joined by one look at its
 * struct page: there is nothing to search.
 *
 *	order 2   |       8..11       |  12 = 8 ^ 4: the buddy of block 8 of order 2
 *	order 1   |  8..9   | 10..11  |  10 = 8 ^ 2
 *	order 0   | 8  | 9  | 10 | 11 |   9 = 8 ^ 1
 *
 *	zone->free_area[k].free_list[type]: blocks of order k, linked by page->lru
 *
 * Only a block's first page says so (state PGS_FREE, order k); all others are PGS_FREE_TAIL.
 *
 *   I1  a page on free_area[k] has state PGS_FREE and order k, and only such a page has
 *       state PGS_FREE; the block is aligned, inside its zone, and its others are FREE_TAIL
 *   I2  blocks do not overlap (follows from I1: a tail would have two answers)
 *   I3  two buddies of one order below MAX_ORDER are never both free: they would be one
 *   I4  nr_free of an order is the length of its lists, free_pages the sum of all blocks
 *   I5  a free block is on the list of its pageblock's type; larger than a pageblock: all
 *       its pageblocks have one type
 *
 * Mobility. Page tables and slabs can never move, and one of them in a 2 MiB block spoils it
 * for a huge leaf. So each pageblock (2 MiB) has a type and serves requests of that type.
 * When a type has nothing left it turns to the others, largest block first, because a large
 * block comes with the best hope to make the whole pageblock its own (claim_pageblock): the
 * damage is done in one place instead of in many.
 *
 * Who locks what: zone->lock for all of it, by the caller.
 *
 * The algorithm is Knowlton's (CACM 8/1965), described in Knuth, The Art of Computer
 * Programming 1, 2.5. Small cousin of Linux's mm/page_alloc.c (__rmqueue, __free_one_page).
 */
#include <linux-lite/bitops.h>
#include <linux-lite/buddy.h>
#include <linux-lite/bug.h>
#include <linux-lite/string.h>

/* Whom to ask next: the other unmovable kind first, so that they share pageblocks. */
static const u8 fallbacks[MIGRATE_TYPES][MIGRATE_TYPES - 1] = {
	[MIGRATE_UNMOVABLE]   = { MIGRATE_RECLAIMABLE, MIGRATE_MOVABLE },
	[MIGRATE_MOVABLE]     = { MIGRATE_RECLAIMABLE, MIGRATE_UNMOVABLE },
	[MIGRATE_RECLAIMABLE] = { MIGRATE_UNMOVABLE, MIGRATE_MOVABLE },
};

static u8 *pageblock_type_of(struct zone *zone, unsigned long pfn)
{
	return &zone->pageblock_type[(pfn >> pageblock_order) -
				     (zone->start_pfn >> pageblock_order)];
}

/*
 * Is a free block of @order here? The answer is yes only under our lock, so it is right; but
 * an owner writes the state of its page without that lock, which ThreadSanitizer calls a race.
 */
static bool __no_sanitize_thread is_block(const struct page *page, unsigned int order)
{
	return page->state == PGS_FREE && page->order == order;
}

/* Watermarks and /proc look at the counts without the lock. */
static void count_block(struct zone *zone, unsigned int order, long n)
{
	struct free_area *area = &zone->free_area[order];

	WRITE_ONCE(area->nr_free, area->nr_free + n);
}

static void add_block(struct zone *zone, struct page *page, unsigned int order,
		      enum migratetype type)
{
	page->state = PGS_FREE;
	page->order = order;
	list_add(&page->lru, &zone->free_area[order].free_list[type]);
	count_block(zone, order, 1);
}

/* Off its list: nobody takes it for a free block any more. */
static void del_block(struct zone *zone, struct page *page)
{
	VM_BUG_ON(page->state != PGS_FREE);
	page->state = PGS_FREE_TAIL;
	list_del(&page->lru);
	count_block(zone, page->order, -1);
}

/*
 * Cut a block that is off its list down from order @from to @to: each time the upper half
 * becomes a free block of its own.
 *
 *	from 3  |0 . . . . . . .|	free: 4 (order 2), 2 (order 1), 1 (order 0)
 *	to   0  |0|1|2  .|4  .  .  .|	kept: 0
 */
static void split_block(struct zone *zone, struct page *page, unsigned int from,
			unsigned int to, enum migratetype type)
{
	while (from > to) {
		from--;
		add_block(zone, page + (1UL << from), from, type);
	}
	page->order = to;
}

/*
 * The smallest block of @type that holds 2^@order, cut down to no more than 2^@want
 * (@want >= @order). *@got: its order.
 */
static struct page *take_block(struct zone *zone, unsigned int order, unsigned int want,
			       enum migratetype type, unsigned int *got)
{
	for (unsigned int o = order; o <= MAX_ORDER; o++) {
		struct list_head *list = &zone->free_area[o].free_list[type];
		struct page *page;

		if (list_empty(list))
			continue;
		page = list_first_entry(list, struct page, lru);
		del_block(zone, page);
		*got = min(o, want);
		split_block(zone, page, o, *got, type);
		WRITE_ONCE(zone->free_pages, zone->free_pages - (1UL << *got));
		return page;
	}
	return NULL;
}

/* Call @fn for each free block of the pageblock of @pfn (blocks smaller than it). */
static unsigned long __no_sanitize_thread
for_each_free_block(struct zone *zone, unsigned long pfn,
		    void (*fn)(struct zone *, struct page *, u8), u8 type)
{
	unsigned long start = ALIGN_DOWN(pfn, pageblock_nr_pages);
	unsigned long end = min(start + pageblock_nr_pages, zone_end_pfn(zone));
	unsigned long nr_free = 0;

	for (pfn = max(start, zone->start_pfn); pfn < end; ) {
		struct page *page = pfn_to_page(pfn);
		unsigned long step = 1;

		if (page->state == PGS_FREE) {
			step = 1UL << page->order;
			nr_free += step;
			if (fn)
				fn(zone, page, type);
		}
		pfn += step;
	}
	return nr_free;
}

static void move_block(struct zone *zone, struct page *page, u8 type)
{
	list_move(&page->lru, &zone->free_area[page->order].free_list[type]);
}

/*
 * Make the pageblock(s) around a free block @type's, if that is better than mixing: when the
 * larger half of it is free, and the taker is either unmovable or wants much.
 */
static bool claim_pageblock(struct zone *zone, struct page *page, enum migratetype type)
{
	unsigned long pfn = page_to_pfn(page);
	unsigned int order = page->order;

	if (order >= pageblock_order) {
		memset(pageblock_type_of(zone, pfn), type, 1UL << (order - pageblock_order));
		move_block(zone, page, type);
		return true;
	}
	if (type == MIGRATE_MOVABLE && order < pageblock_order / 2)
		return false;
	if (for_each_free_block(zone, pfn, NULL, 0) < pageblock_nr_pages / 2)
		return false;
	for_each_free_block(zone, pfn, move_block, type);
	*pageblock_type_of(zone, pfn) = type;
	return true;
}

/* @type has no block of @order: take from another type, its pageblock too if it pays. */
static struct page *steal_block(struct zone *zone, unsigned int order, enum migratetype type)
{
	for (unsigned int o = MAX_ORDER + 1; o-- > order; ) {
		for (unsigned int i = 0; i < MIGRATE_TYPES - 1; i++) {
			enum migratetype other = fallbacks[type][i];
			struct list_head *list = &zone->free_area[o].free_list[other];
			struct page *page;
			unsigned int got;

			if (list_empty(list))
				continue;
			page = list_first_entry(list, struct page, lru);
			if (claim_pageblock(zone, page, type))
				other = type;
			return take_block(zone, order, order, other, &got);
		}
	}
	return NULL;
}

struct page *buddy_alloc(struct zone *zone, unsigned int order, enum migratetype type)
{
	unsigned int got;
	struct page *page = take_block(zone, order, order, type, &got);

	return page ? page : steal_block(zone, order, type);
}

/* Chain the pieces of 2^@order of a block, the lowest in front; none is on a free list. */
static struct page *chop_block(struct page *block, unsigned int block_order, unsigned int order,
			       enum migratetype type, struct page *chain)
{
	struct page *page = block + (1UL << block_order);

	do {
		page -= 1UL << order;
		page->order = order;
		page->migratetype = type;
		page->pcp_next = chain;
		chain = page;
	} while (page != block);
	return chain;
}

/*
 * A batch costs little more than one block: it is taken in the largest pieces that are
 * wanted, and those are cut up without ever being listed.
 */
unsigned int buddy_alloc_bulk(struct zone *zone, unsigned int order, enum migratetype type,
			      unsigned int nr, struct page **chain)
{
	unsigned int left = nr;

	while (left) {
		unsigned int got, want = min(order + (unsigned int)__fls(left), MAX_ORDER + 0u);
		struct page *block = take_block(zone, order, want, type, &got);

		if (!block) {
			block = steal_block(zone, order, type);
			got = order;
		}
		if (!block)
			break;
		*chain = chop_block(block, got, order, type, *chain);
		left -= 1u << (got - order);
	}
	return nr - left;
}

/* Two free blocks that become one larger than a pageblock must have one type (I5). */
static void join_types(struct zone *zone, unsigned long pfn, unsigned int order)
{
	u8 *type = pageblock_type_of(zone, pfn & ~((2UL << order) - 1));

	memset(type, *type, 2UL << (order - pageblock_order));
}

void buddy_free(struct zone *zone, struct page *page, unsigned int order)
{
	unsigned long pfn = page_to_pfn(page);

	VM_BUG_ON(page->state == PGS_FREE);
	VM_BUG_ON(pfn & ((1UL << order) - 1));
	VM_BUG_ON(!zone_spans_pfn(zone, pfn));
	WRITE_ONCE(zone->free_pages, zone->free_pages + (1UL << order));

	page->state = PGS_FREE_TAIL;
	for (; order < MAX_ORDER; order++) {
		unsigned long buddy_pfn = pfn ^ (1UL << order);
		struct page *buddy = pfn_to_page(buddy_pfn);

		if (!zone_spans_pfn(zone, buddy_pfn) || !is_block(buddy, order))
			break;
		del_block(zone, buddy);
		if (unlikely(order >= pageblock_order))
			join_types(zone, pfn, order);
		pfn &= buddy_pfn;
	}
	add_block(zone, pfn_to_page(pfn), order, pageblock_type(zone, pfn));
}

void buddy_free_range(struct zone *zone, unsigned long start_pfn, unsigned long end_pfn)
{
	while (start_pfn < end_pfn) {
		unsigned int order = MAX_ORDER;

		while (start_pfn & ((1UL << order) - 1) || start_pfn + (1UL << order) > end_pfn)
			order--;
		buddy_free(zone, pfn_to_page(start_pfn), order);
		start_pfn += 1UL << order;
	}
}

size_t buddy_index_size(const struct zone *zone)
{
	return DIV_ROUND_UP(zone_end_pfn(zone), pageblock_nr_pages) -
	       (zone->start_pfn >> pageblock_order);
}

void buddy_init(struct zone *zone, u8 *pageblock_type)
{
	zone->pageblock_type = pageblock_type;
	memset(pageblock_type, MIGRATE_MOVABLE, buddy_index_size(zone));
	zone->free_pages = 0;
	for (unsigned int order = 0; order <= MAX_ORDER; order++) {
		zone->free_area[order].nr_free = 0;
		for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
			INIT_LIST_HEAD(&zone->free_area[order].free_list[type]);
	}
}
