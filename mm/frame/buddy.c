// SPDX-License-Identifier: GPL-2.0-only
/*
 * buddy.c - free frames in blocks of 1, 2, 4, ... 1024, split and merged.
 *
 * A block of order k is 2^k frames whose first frame number is a multiple of 2^k. Its buddy
 * is the other half of the block of order k+1: the frame number with bit k flipped. So a
 * block's buddy is found by one XOR, and whether it can be joined by one look at one bit:
 * there is nothing to search.
 *
 *	order 2   |       8..11       |  12 = 8 ^ 4: the buddy of block 8 of order 2
 *	order 1   |  8..9   | 10..11  |  10 = 8 ^ 2
 *	order 0   | 8  | 9  | 10 | 11 |   9 = 8 ^ 1
 *
 * Which blocks are free is written down for each pageblock (2 MiB, a huge leaf) by itself, as
 * a tree in 1024 bits: pageblock.h. A zone arranges its pageblocks on shelves, by the largest
 * block that each still has, and by its type:
 *
 *	          UNMOVABLE   MOVABLE     RECLAIMABLE
 *	shelf 10      -       40 . 42         -         pairs that are free as a whole: 4 MiB
 *	shelf 9       -          37           -         free as a whole
 *	 ...
 *	shelf 3      12        31 . 30        -         something of 8 frames, nothing larger
 *	 ...
 *	shelf 0       3       4 . 9 . 28      11        single frames only: nearly full
 *	(none)                 1, 2, 5 ...              full
 *
 * A request of order k takes from the lowest shelf from k up that is not bare: from the
 * fullest pageblock, roughly, that can serve it. The full ones fill up for good, and the
 * emptier ones, left alone, lose page after page until they are whole again. A free list of
 * frames, as Linux has it, hands out what was freed last, wherever it is, and so keeps all
 * pageblocks half full for ever. On a shelf, who came down from above (is being filled)
 * stands in front and is taken next, who came up from below (is being emptied) at the back.
 *
 *   I1  a set bit is a block that is free, inside the zone, and its state is FREE_TAIL on all
 *       frames; no bit of it or above it is set as well: blocks do not overlap
 *   I2  two buddies of one order are never both free: they would be one. (Orders 9: two
 *       pageblocks, if none of them is isolated.)
 *   I3  nr[k], orders, nr_free and rank say what the bits say; zone->nr_free[k] is the sum of
 *       the nr[k], zone->free_pages that of nr_free but for isolated pageblocks
 *   I4  a pageblock of rank r > 0 is on shelf[r - 1] of its type, one of rank 0 on none
 *   I5  a free block of order 10 is in nr[10] of its first pageblock, both have all 512 frames
 *       free and one type, no bit is set in them, and the second has rank 0
 *   I6  the struct pages of a fresh pageblock are not written, and all of it is free
 *   I7  zone->emptiness of a pageblock is its nr_free; EMPTINESS_ISOLATED if it is isolated
 *
 * Mobility. Page tables and slabs can never move, and one of them in a 2 MiB block spoils it
 * for a huge leaf. So each pageblock has a type and serves requests of that type. When a type
 * has nothing left it turns to the others, largest block first, because a large block comes
 * with the best hope to make the whole pageblock its own (claim_pageblock): the damage is done
 * in one place instead of in many.
 *
 * Since no struct page is looked at before its frame is handed out, those of a pageblock that
 * is free at boot are written only then (fresh): a machine with much RAM boots sooner.
 *
 * Who locks what: zone->lock for all of it, by the caller.
 *
 * The algorithm is Knowlton's (CACM 8/1965), described in Knuth, The Art of Computer
 * Programming 1, 2.5; filling the fullest part first is from LLFree (Wrenger et al., USENIX
 * ATC 2023). Small cousin of Linux's mm/page_alloc.c (__rmqueue, __free_one_page).
 */
#include <linux-lite/buddy.h>
#include <linux-lite/bug.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/string.h>

/* Whom to ask next: the other unmovable kind first, so that they share pageblocks. */
static const u8 fallbacks[MIGRATE_PCPTYPES][MIGRATE_PCPTYPES - 1] = {
	[MIGRATE_UNMOVABLE]   = { MIGRATE_RECLAIMABLE, MIGRATE_MOVABLE },
	[MIGRATE_MOVABLE]     = { MIGRATE_RECLAIMABLE, MIGRATE_UNMOVABLE },
	[MIGRATE_RECLAIMABLE] = { MIGRATE_UNMOVABLE, MIGRATE_MOVABLE },
};

/* ---- shelves --------------------------------------------------------------------------- */

/* I4 */
static void move_to_shelf(struct zone *zone, struct pageblock *pb, unsigned int rank)
{
	if (pb->rank)
		list_del(&pb->on_shelf);
	if (rank > pb->rank)
		list_add_tail(&pb->on_shelf, &zone->shelf[rank - 1][pb->type]);
	else if (rank)
		list_add(&pb->on_shelf, &zone->shelf[rank - 1][pb->type]);
	pb->rank = rank;
}

/* I7 */
static void publish_emptiness(struct zone *zone, const struct pageblock *pb)
{
	WRITE_ONCE(zone->emptiness[pageblock_pfn(zone, pb) >> pageblock_order],
		   unlikely(pb->type == MIGRATE_ISOLATE) ? EMPTINESS_ISOLATED : pb->nr_free);
}

void buddy_shelve(struct zone *zone, struct pageblock *pb)
{
	move_to_shelf(zone, pb, fls(pb->orders));
	publish_emptiness(zone, pb);
}

/* Return: the pageblock before or after @pb that makes a block of order 10 with it; NULL: none. */
static struct pageblock *other_of_pair(const struct zone *zone, const struct pageblock *pb)
{
	unsigned long pfn = pageblock_pfn(zone, pb) ^ pageblock_nr_pages;

	return zone_spans_pfn(zone, pfn) ? pageblock_of(zone, pfn) : NULL;
}

/**
 * buddy_join_pair - one step of merging more: two whole pageblocks become one block (I5)
 * @zone: the zone
 * @pb: a pageblock
 *
 * Nothing happens unless it and its neighbour are whole and not isolated.
 */
void buddy_join_pair(struct zone *zone, struct pageblock *pb)
{
	struct pageblock *other = other_of_pair(zone, pb), *first = pb < other ? pb : other;

	if (!other || !pb->nr[pageblock_order] || !other->nr[pageblock_order] ||
	    pb->type == MIGRATE_ISOLATE || other->type == MIGRATE_ISOLATE)
		return;
	node_del(zone, pb, 1, pageblock_order);
	node_del(zone, other, 1, pageblock_order);
	count_add(zone, first, MAX_ORDER);
	buddy_shelve(zone, pb);
	buddy_shelve(zone, other);
	pb->type = first->type;
	other->type = first->type;
}

/* The inverse; @pb is either half of a free block of order 10. */
void buddy_split_pair(struct zone *zone, struct pageblock *pb)
{
	struct pageblock *other = other_of_pair(zone, pb);

	count_del(zone, pb < other ? pb : other, MAX_ORDER);
	node_add(zone, pb, 1, pageblock_order);
	node_add(zone, other, 1, pageblock_order);
	buddy_shelve(zone, other);
	buddy_shelve(zone, pb);
}

/* ---- allocation ------------------------------------------------------------------------ */

static void change_free(struct zone *zone, struct pageblock *pb, long nr_pages)
{
	pb->nr_free += nr_pages;
	WRITE_ONCE(zone->free_pages, zone->free_pages + nr_pages);
	publish_emptiness(zone, pb);
}

/* I6: somebody wants frames of a pageblock that nobody has used yet. */
noinline void buddy_write_fresh(struct zone *zone, struct pageblock *pb)
{
	unsigned long pfn = pageblock_pfn(zone, pb);

	memmap_init_range(pfn, pfn + pageblock_nr_pages, zone_idx(zone), PGS_FREE_TAIL);
	pb->fresh = false;
}

static struct page *take_pair(struct zone *zone, struct pageblock *pb)
{
	struct pageblock *other = other_of_pair(zone, pb);

	count_del(zone, pb, MAX_ORDER);
	buddy_shelve(zone, pb);
	change_free(zone, pb, -(long)pageblock_nr_pages);
	change_free(zone, other, -(long)pageblock_nr_pages);
	if (pb->fresh)
		buddy_write_fresh(zone, pb);
	if (other->fresh)
		buddy_write_fresh(zone, other);
	return pfn_to_page(pageblock_pfn(zone, pb));
}

/*
 * Take the smallest block of at least 2^@order from a pageblock that has one, and cut it down
 * to no more than 2^@want (@want >= @order): each time the upper half becomes a free block.
 *
 *	from 3  |0 . . . . . . .|	free: 4 (order 2), 2 (order 1), 1 (order 0)
 *	to   0  |0|1|2  .|4  .  .  .|	taken: 0
 */
static struct page *take_from(struct zone *zone, struct pageblock *pb, unsigned int order,
			      unsigned int want, unsigned int *got)
{
	unsigned int o, node;

	if (unlikely(pb->rank > MAX_ORDER)) {
		if (want == MAX_ORDER) {
			*got = MAX_ORDER;
			return take_pair(zone, pb);
		}
		buddy_split_pair(zone, pb);
	}
	o = order + __ffs(pb->orders >> order);
	node = first_node(pb, o);
	node_del(zone, pb, node, o);
	while (o > want) {
		o--;
		node <<= 1;
		node_add(zone, pb, node + 1, o);
	}
	*got = o;
	change_free(zone, pb, -(1L << o));
	if (!(pb->orders >> (pb->rank - 1)))
		buddy_shelve(zone, pb);
	if (unlikely(pb->fresh))
		buddy_write_fresh(zone, pb);
	return pfn_to_page(pageblock_pfn(zone, pb) + node_offset(node, o));
}

struct page *buddy_take_page(struct zone *zone, struct pageblock *pb)
{
	unsigned int got;

	return take_from(zone, pb, 0, 0, &got);
}

/* As take_from, from the lowest shelf of @type that serves. */
static struct page *take_block(struct zone *zone, unsigned int order, unsigned int want,
			       enum migratetype type, unsigned int *got)
{
	for (unsigned int o = order; o <= MAX_ORDER; o++) {
		struct list_head *shelf = &zone->shelf[o][type];

		if (!list_empty(shelf))
			return take_from(zone, list_first_entry(shelf, struct pageblock, on_shelf),
					 order, want, got);
	}
	return NULL;
}

static void set_type(struct zone *zone, struct pageblock *pb, enum migratetype type)
{
	pb->type = type;
	list_move(&pb->on_shelf, &zone->shelf[pb->rank - 1][type]);
}

/*
 * Make a pageblock @type's, if that is better than mixing: when the larger half of it is free,
 * and the taker is either unmovable or wants much.
 */
static void claim_pageblock(struct zone *zone, struct pageblock *pb, enum migratetype type)
{
	unsigned int largest = pb->rank - 1;

	if (type == MIGRATE_MOVABLE && largest < pageblock_order / 2)
		return;
	if (pb->nr_free < pageblock_nr_pages / 2)
		return;
	set_type(zone, pb, type);
	if (largest == MAX_ORDER)
		other_of_pair(zone, pb)->type = type;
}

/* @type has no block of @order: take from another type, its pageblock too if it pays. */
static struct page *steal_block(struct zone *zone, unsigned int order, enum migratetype type)
{
	for (unsigned int o = MAX_ORDER + 1; o-- > order; ) {
		for (unsigned int i = 0; i < MIGRATE_PCPTYPES - 1; i++) {
			struct list_head *shelf = &zone->shelf[o][fallbacks[type][i]];
			struct pageblock *pb;
			unsigned int got;

			if (list_empty(shelf))
				continue;
			pb = list_first_entry(shelf, struct pageblock, on_shelf);
			claim_pageblock(zone, pb, type);
			return take_from(zone, pb, order, order, &got);
		}
	}
	return NULL;
}

struct page *buddy_alloc(struct zone *zone, unsigned int order, enum migratetype type)
{
	unsigned int got;
	struct page *page = take_block(zone, order, order, type, &got);

	if (!page)
		page = steal_block(zone, order, type);
	if (page)
		page->order = order;
	return page;
}

/* Chain the pieces of 2^@order of a block, the lowest in front. */
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
 * wanted, and those are cut up without ever being free.
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

/* ---- freeing --------------------------------------------------------------------------- */

/* The tree's part: merge, as far as buddies are free. */
static void free_node(struct zone *zone, struct pageblock *pb, unsigned int node,
		      unsigned int order)
{
	for (; order < pageblock_order && node_is_free(pb, node ^ 1); order++) {
		node_del(zone, pb, node ^ 1, order);
		node >>= 1;
	}
	node_add(zone, pb, node, order);
	if (pb->rank <= order)
		move_to_shelf(zone, pb, order + 1);
	if (unlikely(order == pageblock_order))
		buddy_join_pair(zone, pb);
}

static void free_block(struct zone *zone, unsigned long pfn, unsigned int order)
{
	struct pageblock *pb = pageblock_of(zone, pfn);

	pb->nr_free += 1U << order;
	if (likely(pb->type != MIGRATE_ISOLATE))
		WRITE_ONCE(zone->free_pages, zone->free_pages + (1UL << order));
	publish_emptiness(zone, pb);
	free_node(zone, pb, pageblock_node(pfn, order), order);
}

void buddy_free(struct zone *zone, struct page *page, unsigned int order)
{
	unsigned long pfn = page_to_pfn(page);

	VM_BUG_ON(pfn & ((1UL << order) - 1));
	VM_BUG_ON(!zone_spans_pfn(zone, pfn));
	VM_BUG_ON(buddy_order_at(zone, pfn) >= 0);
	page->state = PGS_FREE_TAIL;
	if (unlikely(order > pageblock_order)) {
		order = pageblock_order;
		free_block(zone, pfn + pageblock_nr_pages, order);
	}
	free_block(zone, pfn, order);
}

void buddy_free_range(struct zone *zone, unsigned long start_pfn, unsigned long end_pfn)
{
	while (start_pfn < end_pfn) {
		unsigned int order = pageblock_order;

		while (start_pfn & ((1UL << order) - 1) || start_pfn + (1UL << order) > end_pfn)
			order--;
		if (order == pageblock_order)
			pageblock_of(zone, start_pfn)->fresh = true;
		free_block(zone, start_pfn, order);
		start_pfn += 1UL << order;
	}
}

int buddy_order_at(const struct zone *zone, unsigned long pfn)
{
	const struct pageblock *pb = pageblock_of(zone, pfn);

	for (unsigned int order = 0; order <= pageblock_order; order++)
		if (node_is_free(pb, pageblock_node(pfn, order)))
			return order;
	/* All is free, and yet no bit is set: half of a pair. */
	return pb->nr_free == pageblock_nr_pages ? MAX_ORDER : -1;
}

/* ---- boot ------------------------------------------------------------------------------ */

size_t buddy_index_size(const struct zone *zone)
{
	return nr_pageblocks(zone) * (sizeof(struct pageblock) + sizeof(*zone->emptiness));
}

void buddy_init(struct zone *zone, void *index)
{
	zone->pageblocks = index;
	zone->emptiness = (u16 *)(zone->pageblocks + nr_pageblocks(zone)) -
			  (zone->start_pfn >> pageblock_order);
	memset(index, 0, buddy_index_size(zone));
	for (size_t i = 0; i < nr_pageblocks(zone); i++)
		zone->pageblocks[i].type = MIGRATE_MOVABLE;
	zone->free_pages = 0;
	for (unsigned int order = 0; order <= MAX_ORDER; order++) {
		zone->nr_free[order] = 0;
		for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
			INIT_LIST_HEAD(&zone->shelf[order][type]);
	}
}
