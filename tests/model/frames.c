// SPDX-License-Identifier: GPL-2.0-only
/*
 * frames.c - the model of page frames: a bitmap of who has which.
 *
 *	slot      0        1        2                 what this hart has
 *	          block    pages    (empty)
 *	          pfn 8    pfn 17
 *	          order 2  5 of them
 *
 *	owned     ........XXXX.....XXXXX........	one bit a frame, shared by all harts
 *
 * Claims:
 *   F1  what is handed out was owned by nobody, is RAM, inside its zone, and a block is aligned
 *       to its size
 *   F2  its struct page is as page_alloc.c promises (I1 there); __GFP_ZERO: all zeroes
 *   F3  a block keeps what was written to it until it is given back
 *   F4  alone: free pages + held pages do not change; a single page is refused only near the
 *       watermarks
 *   F5  alone, and at the end: each zone's check finds nothing
 */
#include <linux-lite/bitops.h>
#include <linux-lite/frames.h>
#include <linux-lite/contig.h>
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>
#include <linux-lite/string.h>
#include "model.h"

enum kind { BLOCK, COMPOUND, PAGES };		/* slot.kind; slot.order: of the first two */

static unsigned long *owned;		/* bit 0: min_pfn; atomic */
static unsigned int owned_order;	/* of the block that the bitmap is in */
static unsigned long total;		/* free pages at the beginning */

static struct page *page_of(const struct model_slot *s)
{
	return s->p;
}

static unsigned long nr_pages(const struct model_slot *s)
{
	return s->bytes >> PAGE_SHIFT;
}

/* ---- the oracle ----------------------------------------------------------------------- */

/* F1 */
static const char *take(struct model_hart *h, struct page *page, unsigned long nr)
{
	unsigned long pfn = page_to_pfn(page);

	for (unsigned long i = pfn; i < pfn + nr; i++) {
		if (!pfn_valid(i))
			return model_violated(h, "frame %#lx is no RAM", i);
		if (!zone_spans_pfn(page_zone(page), i))
			return model_violated(h, "frame %#lx is outside its zone", i);
		if (test_and_set_bit(i - min_pfn, owned))
			return model_violated(h, "frame %#lx was handed out twice", i);
	}
	return NULL;
}

/* Before the frames are given back: from then on somebody else may get them. */
static void give(struct model_hart *h, struct model_slot *s)
{
	unsigned long pfn = page_to_pfn(page_of(s));

	for (unsigned long i = pfn; i < pfn + nr_pages(s); i++)
		clear_bit(i - min_pfn, owned);
	model_lose(h, s);
}

static u64 *last_word(struct page *page)
{
	return (u64 *)((char *)page_address(page) + PAGE_SIZE) - 1;
}

static void fill(struct model_slot *s)
{
	for (unsigned int i = 0; i < nr_pages(s); i++) {
		*(u64 *)page_address(page_of(s) + i) = s->tag + i;
		*last_word(page_of(s) + i) = ~s->tag - i;
	}
}

/* F3 */
static const char *look_at(struct model_hart *h, const struct model_slot *s)
{
	struct page *page = page_of(s);

	for (unsigned int i = 0; i < nr_pages(s); i++)
		if (*(u64 *)page_address(page + i) != s->tag + i ||
		    *last_word(page + i) != ~s->tag - i)
			return model_violated(h, "frame %#lx was written to by somebody else",
					      page_to_pfn(page + i));
	if (page_ref_count(page) != s->refs)
		return model_violated(h, "frame %#lx has %d references, not %u",
				      page_to_pfn(page), page_ref_count(page), s->refs);
	return NULL;
}

/* F2 */
static const char *is_new(struct model_hart *h, struct page *page, unsigned int order, gfp_t gfp)
{
	bool compound = order && gfp & __GFP_COMP;
	unsigned long pfn = page_to_pfn(page);

	if (pfn & ((1UL << order) - 1))
		return model_violated(h, "frame %#lx is not aligned to order %u", pfn, order);
	if (page->state != PGS_KERNEL || page->order != order || page_ref_count(page) != 1 ||
	    page_mapcount(page) || page->flags != (compound ? BIT(PG_head) : 0) ||
	    page->mapping || page->private)
		return model_violated(h, "frame %#lx is not as new: state %u order %u refs %d "
				      "maps %d flags %#x", pfn, page->state, page->order,
				      page_ref_count(page), page_mapcount(page), page->flags);
	for (unsigned int i = 1; compound && i < 1u << order; i++)
		if (compound_head(page + i) != page)
			return model_violated(h, "tail %u of frame %#lx has another head", i, pfn);
	if (gfp & __GFP_ZERO &&
	    model_not_byte(page_address(page), PAGE_SIZE << order, 0) != PAGE_SIZE << order)
		return model_violated(h, "frame %#lx was to be zeroed", pfn);
	return NULL;
}

/* F4: there were @before free pages. */
static const char *refused(struct model_hart *h, unsigned int order, unsigned long before)
{
	unsigned long reserve = 64;
	struct zone *zone;

	model_tell(h, ": refused");
	for_each_populated_zone(zone)
		reserve += 2 * zone->watermark[WMARK_HIGH];
	if (order == 0 && !model_may_fail(h) && before > reserve)
		return model_violated(h, "no page, but %lu are free", before);
	return NULL;
}

static const char *balance(struct model_hart *h)
{
	unsigned long free = nr_free_pages(), held = h->held;

	for (unsigned int i = 0; model_alone(h) && i < h->world->nr_letters; i++)
		held += h->world->letter[i].bytes;
	held >>= PAGE_SHIFT;
	if (model_alone(h) && free + held != total)
		return model_violated(h, "%lu free and %lu held are not %lu", free, held, total);
	return NULL;
}

/* ---- verbs ---------------------------------------------------------------------------- */

static const char *hold(struct model_hart *h, struct model_slot *s, enum kind kind,
			struct page *page, unsigned int nr, unsigned int order)
{
	const char *why = take(h, page, nr);

	if (why)
		return why;
	model_keep(h, s, page, nr * PAGE_SIZE);
	s->kind = kind;
	s->order = order;
	s->refs = 1;
	fill(s);
	return NULL;
}

static const gfp_t flags[16] = {
	GFP_KERNEL, GFP_HIGHUSER_MOVABLE, GFP_KERNEL | __GFP_RECLAIMABLE, GFP_ATOMIC,
	GFP_KERNEL | __GFP_COMP, GFP_HIGHUSER_MOVABLE | __GFP_ZERO, GFP_NOWAIT,
	GFP_KERNEL | __GFP_DMA32, GFP_KERNEL | __GFP_NORETRY, GFP_ATOMIC | __GFP_MOVABLE,
	GFP_KERNEL | __GFP_COMP | __GFP_ZERO, GFP_HIGHUSER_MOVABLE | __GFP_COMP,
	GFP_KERNEL | __GFP_ZERO, GFP_KERNEL | __GFP_MEMALLOC, GFP_HIGHUSER_MOVABLE, GFP_KERNEL,
};

/* Small orders more often; the top three bits of b say how many blocks: 1 .. 128. */
static unsigned int order_of(struct model_op op)
{
	unsigned int n = op.b & 31;

	return n < 20 ? n % 4 : n - 20 > MAX_ORDER ? 0 : n - 20;
}

static const char *alloc(struct model_hart *h, struct model_op op)
{
	unsigned int order = order_of(op), nr = 1u << (op.b >> 5);
	gfp_t gfp = flags[op.c & 15] | __GFP_NOWARN;
	const char *why = NULL;

	model_tell(h, "%u of order %u, gfp %#x, slots %u..", nr, order, gfp, op.a);
	for (unsigned int i = 0; i < nr && !why; i++) {
		struct model_slot *s = model_slot(h, op.a + i);
		unsigned long before = nr_free_pages();
		struct page *page;

		if (s->p || !model_may_hold(h, PAGE_SIZE << order))
			continue;
		page = alloc_pages(gfp, order);
		if (!page) {
			why = refused(h, order + (gfp & __GFP_DMA32), before);
			continue;
		}
		model_tell(h, " %#lx", page_to_pfn(page));
		why = is_new(h, page, order, gfp);
		if (!why)
			why = hold(h, s, order && gfp & __GFP_COMP ? COMPOUND : BLOCK, page,
				   1u << order, order);
	}
	return why ? why : balance(h);
}

/* Slots that are full stay as they are; where it ends, all before it is full. */
static const char *bulk(struct model_hart *h, struct model_op op)
{
	struct page *array[64] = { NULL };
	unsigned long nr = op.b % ARRAY_SIZE(array) + 1, before = nr_free_pages(), full;
	gfp_t gfp = (flags[op.c & 15] & ~__GFP_COMP) | __GFP_NOWARN;
	const char *why = NULL;

	model_tell(h, "%lu slots %u.., gfp %#x", nr, op.a, gfp);
	if (!model_may_hold(h, nr * PAGE_SIZE))
		return NULL;
	for (unsigned long i = 0; i < nr; i++)
		if (model_slot(h, op.a + i)->p)
			array[i] = zero_page;
	full = alloc_pages_bulk(gfp, nr, array);
	if (full < nr)
		why = refused(h, gfp & __GFP_DMA32, before);
	for (unsigned long i = 0; i < nr && !why; i++) {
		if (model_slot(h, op.a + i)->p)
			why = array[i] == zero_page ? NULL : model_violated(h, "a full slot changed");
		else if (!array[i] != (i >= full))
			why = model_violated(h, "slot %lu of %lu full ones: %p", i, full, array[i]);
		else if (array[i])
			why = is_new(h, array[i], 0, gfp);
		if (!why && array[i] && array[i] != zero_page)
			why = hold(h, model_slot(h, op.a + i), BLOCK, array[i], 1, 0);
	}
	return why ? why : balance(h);
}

/* The last reference goes by one of the ways there are. */
static void free_slot(const struct model_slot *s)
{
	struct page *page = page_of(s);
	void *va = page_address(page);
	unsigned int how = s->tag >> 32;

	if (s->kind == PAGES)
		free_pages_exact(va, s->bytes);
	else if (s->kind == COMPOUND && how & 1)
		put_page(page + how % nr_pages(s));
	else if (how & 2)
		put_page(page);
	else if (how & 4)
		free_pages(va, s->order);
	else
		__free_pages(page, s->order);
}

static const char *drop(struct model_hart *h, struct model_slot *s)
{
	struct model_slot was = *s;
	const char *why = look_at(h, s);

	if (why)
		return why;
	model_tell(h, " %#lx", page_to_pfn(page_of(s)));
	if (--s->refs) {
		put_page(page_of(s));
		return look_at(h, s);
	}
	give(h, s);
	free_slot(&was);
	return NULL;
}

static const char *do_free(struct model_hart *h, struct model_op op)
{
	unsigned int nr = 1u << (op.b >> 5);
	const char *why = NULL;

	model_tell(h, "slots %u..%u:", op.a, (op.a + nr - 1) % MODEL_SLOTS);
	for (unsigned int i = 0; i < nr && !why; i++)
		if (model_slot(h, op.a + i)->p)
			why = drop(h, model_slot(h, op.a + i));
	return why ? why : balance(h);
}

/* munmap's way: the references are dropped first, then the pages go as one batch. */
static const char *free_batch(struct model_hart *h, struct model_op op)
{
	struct page *batch[16];
	unsigned int nr = 0;

	model_tell(h, "slots %u..:", op.a);
	for (unsigned int i = 0; i < ARRAY_SIZE(batch); i++) {
		struct model_slot *s = model_slot(h, op.a + i);
		const char *why;

		if (!s->p || s->kind != BLOCK || s->refs > 1)
			continue;
		why = look_at(h, s);
		if (why)
			return why;
		if (!put_page_testzero(page_of(s)))
			return model_violated(h, "a last reference was not");
		model_tell(h, " %#lx", page_to_pfn(page_of(s)));
		batch[nr++] = page_of(s);
		give(h, s);
	}
	free_unref_pages(batch, nr);
	return balance(h);
}

static const char *exact(struct model_hart *h, struct model_op op)
{
	size_t bytes = (op.b % 80 + 1) * PAGE_SIZE - op.c;
	unsigned int nr = DIV_ROUND_UP(bytes, PAGE_SIZE);
	struct model_slot *s = model_slot(h, op.a);
	const char *why;
	void *va;

	model_tell(h, "%lu bytes, slot %u", (unsigned long)bytes, op.a);
	/* For a moment it holds a whole block. */
	if (s->p || !model_may_hold(h, PAGE_SIZE << get_order(bytes)))
		return NULL;
	va = alloc_pages_exact(bytes, flags[op.c & 3] | __GFP_NOWARN);
	if (!va)
		return refused(h, 1, 0);
	model_tell(h, " %#lx", page_to_pfn(virt_to_page(va)));
	for (unsigned int i = 0; i < nr; i++) {
		why = is_new(h, virt_to_page(va) + i, 0, 0);
		if (why)
			return why;
	}
	why = hold(h, s, PAGES, virt_to_page(va), nr, 0);
	return why ? why : balance(h);
}

#ifdef CONFIG_COMPACTION

/* Frames by number: whose they are, nobody asks but the page allocator. */
static const char *contig(struct model_hart *h, struct model_op op)
{
	unsigned long pfn = min_pfn + (op.b << 8 | op.c) % (max_pfn - min_pfn), nr = op.a % 80 + 1;
	struct model_slot *s = model_slot(h, op.a);
	gfp_t gfp = flags[op.c & 3] | (op.c & 4 ? __GFP_ZERO : 0);
	const char *why = NULL;

	model_tell(h, "%#lx, %lu frames, slot %u", pfn, nr, op.a);
	if (s->p || !model_may_hold(h, nr * PAGE_SIZE) || pfn + nr > max_pfn)
		return NULL;
	if (alloc_contig_range(pfn, pfn + nr, gfp))
		return refused(h, 1, 0);
	for (unsigned long i = 0; i < nr && !why; i++)
		why = is_new(h, pfn_to_page(pfn + i), 0, gfp);
	if (!why)
		why = hold(h, s, PAGES, pfn_to_page(pfn), nr, 0);
	return why ? why : balance(h);
}

#else
#define contig	exact
#endif

static const char *split(struct model_hart *h, struct model_op op)
{
	struct model_slot *s = model_slot(h, op.a);

	model_tell(h, "slot %u", op.a);
	if (!s->p || s->kind != BLOCK || s->refs > 1)
		return NULL;
	split_page(page_of(s), s->order);
	s->kind = PAGES;
	for (unsigned int i = 0; i < nr_pages(s); i++) {
		const char *why = is_new(h, page_of(s) + i, 0, 0);

		if (why)
			return why;
	}
	return look_at(h, s);
}

static const char *get(struct model_hart *h, struct model_op op)
{
	struct model_slot *s = model_slot(h, op.a);

	model_tell(h, "slot %u", op.a);
	if (!s->p || s->kind == PAGES || s->refs > 5)
		return NULL;
	if (op.b & 1)
		get_page(page_of(s));
	else if (!try_get_page(page_of(s)))
		return model_violated(h, "a page in use gives no reference");
	s->refs++;
	return look_at(h, s);
}

static const char *drain(struct model_hart *h, struct model_op op)
{
	model_tell(h, op.b & 1 ? "all" : "local");
	if (op.b & 1)
		drain_all_pages();
	else
		drain_local_pages();
	return balance(h);
}

/* F5 */
static const char *check_zones(struct model_hart *h)
{
	struct zone *zone;

	for_each_populated_zone(zone) {
		unsigned long flags;
		int broken;

		spin_lock_irqsave(&zone->lock, flags);
		broken = frames_check(zone);
		spin_unlock_irqrestore(&zone->lock, flags);
		if (broken)
			return model_violated(h, "zone %s breaks invariant %d", zone->name, broken);
	}
	return NULL;
}

static const char *check(struct model_hart *h, struct model_op op)
{
	const char *why = model_look(h);

	if (!why && model_alone(h))
		why = check_zones(h);
	return why ? why : balance(h);
}

/* ---- the beginning and the end -------------------------------------------------------- */

static const char *begin(struct model_hart *h)
{
	size_t bytes = DIV_ROUND_UP(max_pfn - min_pfn, 8);

	owned_order = get_order(ALIGN(bytes, sizeof(long)));
	owned = __get_free_pages(GFP_KERNEL | __GFP_ZERO | __GFP_NOFAIL, owned_order);
	total = nr_free_pages();
	return NULL;
}

static const char *end(struct model_hart *h)
{
	unsigned long free;
	const char *why;

	drain_all_pages();
	why = check_zones(h);
	free = nr_free_pages();
	if (!why && free != total)
		why = model_violated(h, "%lu pages were free, and %lu are", total, free);
	for (unsigned long pfn = min_pfn; pfn < max_pfn && !why; pfn++)
		if (test_bit(pfn - min_pfn, owned))
			why = model_violated(h, "frame %#lx is still owned", pfn);
	free_pages(owned, owned_order);
	return why;
}

static const struct model_verb verbs[] = {
	{ "alloc", 40, alloc }, { "free", 40, do_free }, { "exact", 8, exact }, { "bulk", 4, bulk },
	{ "contig", 4, contig },
	{ "batch", 6, free_batch }, { "split", 4, split }, { "get", 6, get },
	{ "drain", 3, drain }, { "check", 2, check }, { "send", 8, model_send },
	{ "receive", 8, model_receive },
};

const struct model frames_model = {
	.name = "frames", .hart_bytes = sizeof(struct model_hart), .nr_slots = MODEL_SLOTS, .share = 1,
	.verbs = verbs, .nr_verbs = ARRAY_SIZE(verbs),
	.look_at = look_at, .drop = drop, .begin = begin, .end = end,
};
