// SPDX-License-Identifier: GPL-2.0-only
/*
 * first_fit.c - a bit for each frame, and a search from the lowest: the plainest page allocator
 * that can do blocks.
 *
 *	frame    base                                          base + 64
 *	         |0              8               16             ...
 *	free[0]  |0 0 0 1 0 1 1 1 0 0 1 0 1 1 1 1 1 1 1 1 1 1 ...	1: free
 *	                ^         ^       ^
 *	         from[0]= 3       |       from[3] = 16: eight, aligned to eight
 *	                  from[1]= 6: two aligned to two, 6 and 7
 *
 * To allocate 2^k frames: look for the lowest aligned run of 2^k ones and clear it. To free:
 * set them. Nothing is split and nothing is merged, because a block is nothing but a run of
 * ones: whether 512 frames are one free block or 512 is asked only when somebody wants them.
 *
 * Up to 32 frames a run lies in one word, and all runs of a word are found at once, by folding:
 * w & w >> 1 has a one wherever two ones stand side by side, and again with >> 2: four. Of
 * those the aligned ones are kept. Larger runs are whole words, all ones.
 *
 * What it costs. Memory: a bit a frame, 32 KiB for 1 GiB; no word in struct page. Time: as many
 * words as lie between from[k] and the first fit. Small requests find it at once; a large one
 * may walk through all of a fragmented zone, with interrupts off, where the buddy allocator
 * looks at eleven list heads (but only once: then from[k] says so). And the counts of
 * /proc/buddyinfo are not there to be read: they are counted each time.
 *
 * What it gives. The lowest address that fits fills holes before it opens new ground, so
 * fragmentation is lower than one would think: memory in use gathers at the low end, and whole
 * 2 MiB blocks come free at the other. (pcp.c helps, as first_fit_emptiness() asks it to: pages
 * from higher up than its last batch go home.) But types are not kept apart: a page table that
 * lies there by bad luck is there to stay, and no huge leaf is left of its block.
 *
 *   I1  a bit is 1 if the frame is free; all of them are inside the zone, their state FREE_TAIL
 *   I2  no free block of 2^k frames begins before from[k], which never is after the last word
 *   I3  zone->free_pages is the number of ones
 *
 * Who locks what: zone->lock for all of it, by the caller.
 *
 * First fit is described in Knuth, The Art of Computer Programming 1, 2.5. Linux itself had
 * this allocator, for boot (mm/bootmem.c, until memblock took its place in 4.20); SerenityOS
 * had it for all of its memory, until buddies took over in 2021.
 */
#include <linux-lite/bitops.h>
#include <linux-lite/bug.h>
#include <linux-lite/first_fit.h>
#include <linux-lite/string.h>

#define WORD_ORDER	6u		/* a word is a block of 64 frames */

/* Words that a block of 2^order frames has, or shares. */
static unsigned long words_of(unsigned int order)
{
	return order > WORD_ORDER ? 1UL << (order - WORD_ORDER) : 1;
}

/* Bits of a word at which a block of less than a word may begin, as alignment goes. */
static unsigned long aligned(unsigned int order)
{
	return ~0UL / ((1UL << (1UL << order)) - 1);
}

/* Where in words_of(@order) words free blocks of 2^@order frames begin: bit by bit. */
static unsigned long heads(const unsigned long *word, unsigned int order)
{
	unsigned long ones = READ_ONCE(*word);

	for (unsigned int k = 0; k < min(order, WORD_ORDER) && ones; k++)
		ones &= ones >> (1UL << k);
	if (order < WORD_ORDER)
		return ones & aligned(order);
	for (unsigned long i = 1; i < words_of(order) && ones; i++)
		ones = READ_ONCE(word[i]) == ~0UL;
	return ones;
}

static bool block_is_free(const struct first_fit *ff, unsigned long i, unsigned int order)
{
	return heads(&ff->free[i / BITS_PER_LONG], order) >> (i % BITS_PER_LONG) & 1;
}

/* Set or clear a block's bits. */
static void mark(struct first_fit *ff, unsigned long i, unsigned int order, bool free)
{
	unsigned long *word = &ff->free[i / BITS_PER_LONG], bits = ~0UL;

	if (order < WORD_ORDER)
		bits = ((1UL << (1UL << order)) - 1) << i % BITS_PER_LONG;
	for (unsigned long w = 0; w < words_of(order); w++)
		WRITE_ONCE(word[w], free ? word[w] | bits : word[w] & ~bits);
}

/* Return: the first frame of the lowest block, counted from base; beyond the last: none. */
static unsigned long find(const struct first_fit *ff, unsigned int order)
{
	unsigned long step = words_of(order), w = ff->from[order] / BITS_PER_LONG & -step;

	for (; w < ff->nr_words; w += step) {
		unsigned long ones = heads(&ff->free[w], order);

		if (ones)
			return w * BITS_PER_LONG + __ffs(ones);
	}
	return ff->nr_words * BITS_PER_LONG;
}

struct page *first_fit_alloc(struct zone *zone, unsigned int order, enum migratetype type)
{
	struct first_fit *ff = zone->first_fit;
	unsigned long i = find(ff, order);
	struct page *page;

	if (i == ff->nr_words * BITS_PER_LONG) {
		WRITE_ONCE(ff->from[order], i);
		return NULL;
	}
	WRITE_ONCE(ff->from[order], i + (1UL << order));
	mark(ff, i, order, false);
	WRITE_ONCE(zone->free_pages, zone->free_pages - (1UL << order));
	page = pfn_to_page(ff->base + i);
	page->order = order;
	return page;
}

unsigned int first_fit_alloc_bulk(struct zone *zone, unsigned int order, enum migratetype type,
				  unsigned int nr, struct page **chain)
{
	struct page *rest = *chain, *page;
	unsigned int got;

	for (got = 0; got < nr && (page = first_fit_alloc(zone, order, type)); got++) {
		page->migratetype = type;
		*chain = page;
		chain = &page->pcp_next;
	}
	*chain = rest;
	return got;
}

/* The frame is the last that was missing in a block of some orders: they may begin earlier (I2). */
static void lower_hints(struct first_fit *ff, unsigned long i, unsigned int order)
{
	for (unsigned int k = 0; k <= MAX_ORDER; k++) {
		unsigned long first = i & ~((1UL << k) - 1);

		if (k > order && !block_is_free(ff, first, k))
			return;
		if (first < ff->from[k])
			WRITE_ONCE(ff->from[k], first);
	}
}

static void free_block(struct zone *zone, unsigned long pfn, unsigned int order)
{
	struct first_fit *ff = zone->first_fit;

	mark(ff, pfn - ff->base, order, true);
	lower_hints(ff, pfn - ff->base, order);
	WRITE_ONCE(zone->free_pages, zone->free_pages + (1UL << order));
}

void first_fit_free(struct zone *zone, struct page *page, unsigned int order)
{
	unsigned long pfn = page_to_pfn(page);

	VM_BUG_ON(pfn & ((1UL << order) - 1));
	VM_BUG_ON(!zone_spans_pfn(zone, pfn));
	VM_BUG_ON(first_fit_order_at(zone, pfn) >= 0);
	page->state = PGS_FREE_TAIL;
	free_block(zone, pfn, order);
}

void first_fit_free_range(struct zone *zone, unsigned long start_pfn, unsigned long end_pfn)
{
	while (start_pfn < end_pfn) {
		unsigned int order = MAX_ORDER;

		while (start_pfn & ((1UL << order) - 1) || start_pfn + (1UL << order) > end_pfn)
			order--;
		free_block(zone, start_pfn, order);
		start_pfn += 1UL << order;
	}
}

int first_fit_order_at(const struct zone *zone, unsigned long pfn)
{
	const struct first_fit *ff = zone->first_fit;
	int order = -1;

	while (order < MAX_ORDER &&
	       block_is_free(ff, (pfn - ff->base) & ~((1UL << (order + 1)) - 1), order + 1))
		order++;
	return order;
}

/* All free blocks of an order, also those that are part of a larger one. */
static unsigned long count(const struct first_fit *ff, unsigned int order)
{
	unsigned long sum = 0;

	for (unsigned long w = 0; w < ff->nr_words && order <= MAX_ORDER; w += words_of(order))
		sum += hweight_long(heads(&ff->free[w], order));
	return sum;
}

/* Each block of the next order is counted there, and is two of this one. */
unsigned long first_fit_nr_free(const struct zone *zone, unsigned int order)
{
	unsigned long all = count(zone->first_fit, order);
	unsigned long paired = 2 * count(zone->first_fit, order + 1);

	return all - min(all, paired);		/* somebody may free in between */
}

int first_fit_check(const struct zone *zone)
{
	const struct first_fit *ff = zone->first_fit;
	unsigned long sum = 0;

	for (unsigned long i = 0; i < ff->nr_words * BITS_PER_LONG; i++) {
		if (!block_is_free(ff, i, 0))
			continue;
		sum++;
		if (!zone_spans_pfn(zone, ff->base + i) ||
		    pfn_to_page(ff->base + i)->state != PGS_FREE_TAIL)
			return 1;
		for (int k = first_fit_order_at(zone, ff->base + i); k >= 0; k--)
			if ((i & ~((1UL << k) - 1)) < ff->from[k])
				return 2;
	}
	for (unsigned int k = 0; k <= MAX_ORDER; k++)
		if (ff->from[k] > ff->nr_words * BITS_PER_LONG)
			return 2;
	return sum == zone->free_pages ? 0 : 3;
}

/* ---- boot ------------------------------------------------------------------------------ */

static unsigned long base_of(const struct zone *zone)
{
	return ALIGN_DOWN(zone->start_pfn, MAX_ORDER_NR_PAGES);
}

/* Whole blocks of the largest order, so that find() never looks beyond the end. */
static unsigned long nr_words(const struct zone *zone)
{
	return ALIGN(zone_end_pfn(zone) - base_of(zone), MAX_ORDER_NR_PAGES) / BITS_PER_LONG;
}

size_t first_fit_index_size(const struct zone *zone)
{
	return sizeof(struct first_fit) + nr_words(zone) * sizeof(long);
}

void first_fit_init(struct zone *zone, void *index)
{
	struct first_fit *ff = index;

	memset(ff, 0, first_fit_index_size(zone));
	ff->base = base_of(zone);
	ff->nr_words = nr_words(zone);
	for (unsigned int k = 0; k <= MAX_ORDER; k++)
		ff->from[k] = ff->nr_words * BITS_PER_LONG;
	zone->first_fit = ff;
	zone->free_pages = 0;
}
