// SPDX-License-Identifier: GPL-2.0-only
/*
 * objects.c - the model of kmem_cache and kmalloc: a shadow heap that knows what each object
 * should hold.
 *
 *	slot      0             1              2
 *	          cache 24      kmalloc 100    (empty)
 *	          p, tag        p, tag         contents are a pattern made of the tag
 *
 * Claims:
 *   O1  an object is aligned as promised, and overlaps no other one of this hart
 *   O2  it keeps its contents until it is freed, and across krealloc the smaller of both sizes;
 *       of a cache with a constructor it comes as the constructor or the last user left it
 *   O3  __GFP_ZERO: all zeroes
 *   O4  ksize() is no less than what was asked for
 *   O5  alone, and at the end: each cache's check finds nothing; when all is freed the pages of
 *       caches and the free pages together are as many as before
 *       when they are watched (slab_debug=), nothing was reported
 *   O6  a bulk of objects comes as a whole or not at all; what nothing can hold is refused, and
 *       what krealloc refuses is as it was
 */
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>
#include <linux-lite/slab.h>
#include <linux-lite/slab_debug.h>
#include <linux-lite/slab_design.h>
#include <linux-lite/string.h>
#include <linux-lite/vmstat.h>
#include "model.h"

#define NO_BYTES	((void *)16)		/* kmalloc(0) */

static const struct shape {
	const char *name;
	unsigned int size, align, flags;
	bool ctor;
} shapes[] = {
	{ "model-8", 8, 0, 0, false },
	{ "model-24", 24, 0, 0, false },
	{ "model-72-hw", 72, 0, SLAB_HWCACHE_ALIGN, false },
	{ "model-200-ctor", 200, 0, 0, true },
	{ "model-1000", 1000, 128, SLAB_RECLAIM_ACCOUNT, false },
	{ "model-large", MAX_ORDER ? 5000 : 3000, 0, 0, false },
};

#define NR_CACHES	ARRAY_SIZE(shapes)
#define KMALLOC		NR_CACHES		/* slot.kind of an object of no cache */
#define MAX_BULK	32u
#define CTOR_BYTE	0xc7

static struct kmem_cache *caches[NR_CACHES];
static unsigned long total;

static void construct(void *object)
{
	memset(object, CTOR_BYTE, 200);
}

/* ---- the oracle ----------------------------------------------------------------------- */

static const char *overlaps(struct model_hart *h, const struct model_slot *s)
{
	for (unsigned int i = 0; i < MODEL_SLOTS; i++) {
		const struct model_slot *o = &h->slot[i];

		if (o != s && o->p && o->p != NO_BYTES && s->p < o->p + o->bytes &&
		    o->p < s->p + s->bytes)
			return model_violated(h, "%p is inside the object of slot %u", s->p, i);
	}
	return NULL;
}

/* O1: what kmalloc promises. */
static size_t kmalloc_align(size_t bytes)
{
	return bytes & (bytes - 1) ? sizeof(long) : clamp_t(size_t, bytes, sizeof(long), PAGE_SIZE);
}

static size_t align_of(const struct model_slot *s)
{
	const struct shape *shape = &shapes[s->kind];

	if (s->kind == KMALLOC)
		return kmalloc_align(s->bytes);
	return shape->flags & SLAB_HWCACHE_ALIGN ? 64 : shape->align ? shape->align : sizeof(long);
}

/* O1, O3 */
static const char *is_new(struct model_hart *h, const struct model_slot *s, gfp_t gfp)
{
	if ((unsigned long)s->p % align_of(s))
		return model_violated(h, "%p of %lu bytes is not aligned to %lu", s->p, s->bytes,
				      (unsigned long)align_of(s));
	if (gfp & __GFP_ZERO && model_not_byte(s->p, s->bytes, 0) != s->bytes)
		return model_violated(h, "%p was to be zeroed", s->p);
	if (s->kind != KMALLOC && shapes[s->kind].ctor &&
	    model_not_byte(s->p, s->bytes, CTOR_BYTE) != s->bytes)
		return model_violated(h, "%p is not as constructed", s->p);
	return overlaps(h, s);
}

/* O2: the first @bytes. */
static const char *keeps(struct model_hart *h, const struct model_slot *s, size_t bytes)
{
	size_t wrong = s->p == NO_BYTES ? bytes : model_unlike(s->p, bytes, s->bytes, s->tag);

	if (wrong != bytes)
		return model_violated(h, "%p of %lu bytes changed at byte %lu", s->p, s->bytes,
				      (unsigned long)wrong);
	return NULL;
}

static const char *look_at(struct model_hart *h, const struct model_slot *s)
{
	return keeps(h, s, s->bytes);
}

/* Little is held: there is no reason for NULL. */
static const char *refused(struct model_hart *h, size_t bytes)
{
	model_tell(h, ": refused");
	if (bytes <= PAGE_SIZE && !model_may_fail(h))
		return model_violated(h, "no %lu bytes, but %lu pages are free",
				      (unsigned long)bytes, nr_free_pages());
	return NULL;
}

static const char *put_in_slot(struct model_hart *h, struct model_slot *s, void *p, size_t bytes,
			       unsigned int from, gfp_t gfp)
{
	const char *why;

	if (!p)
		return refused(h, bytes);
	model_tell(h, " %p", p);
	model_keep(h, s, p, bytes);
	s->kind = from;
	if (p == NO_BYTES && bytes == 0)
		return NULL;
	why = is_new(h, s, gfp);
	if (!why)
		model_fill(p, bytes, s->tag);
	return why;
}

/* ---- caches --------------------------------------------------------------------------- */

static unsigned int count_of(struct model_op op)
{
	return 1u << (op.c >> 5);
}

static gfp_t cache_gfp(struct model_op op, unsigned int from)
{
	return GFP_KERNEL | __GFP_NOWARN | (op.c & 1 && !shapes[from].ctor ? __GFP_ZERO : 0);
}

static const char *cache_alloc(struct model_hart *h, struct model_op op)
{
	unsigned int from = op.b % NR_CACHES, size = shapes[from].size;
	gfp_t gfp = cache_gfp(op, from);
	const char *why = NULL;

	model_tell(h, "%u of %s, slots %u..", count_of(op), shapes[from].name, op.a);
	for (unsigned int i = 0; i < count_of(op) && !why; i++) {
		struct model_slot *s = model_slot(h, op.a + i);

		if (!s->p && caches[from] && model_may_hold(h, size))
			why = put_in_slot(h, s, kmem_cache_alloc(caches[from], gfp), size, from,
					  gfp);
	}
	return why;
}

/* O6 */
static const char *bulk_alloc(struct model_hart *h, struct model_op op)
{
	unsigned int from = op.b % NR_CACHES, size = shapes[from].size, nr = 0, got;
	struct model_slot *slot[MAX_BULK];
	gfp_t gfp = cache_gfp(op, from);
	void *objects[MAX_BULK] = { NULL };
	const char *why = NULL;

	for (unsigned int i = 0; i < op.c / 8 + 1u; i++)
		if (!model_slot(h, op.a + i)->p)
			slot[nr++] = model_slot(h, op.a + i);
	model_tell(h, "%u of %s, slots %u..", nr, shapes[from].name, op.a);
	if (!caches[from] || !model_may_hold(h, nr * size))
		return NULL;
	got = kmem_cache_alloc_bulk(caches[from], gfp, nr, objects);
	if (got != nr)
		return got ? model_violated(h, "%u objects of %u", got, nr) : refused(h, size);
	for (unsigned int i = 0; i < nr && !why; i++)
		why = put_in_slot(h, slot[i], objects[i], size, from, gfp);
	return why;
}

/* Look at it a last time, and leave it as its cache wants it back. Return: the object. */
static void *take_out(struct model_hart *h, struct model_slot *s, const char **why)
{
	void *p = s->p;

	*why = look_at(h, s);
	if (*why)
		return NULL;
	model_tell(h, " %p", p);
	if (s->kind != KMALLOC && shapes[s->kind].ctor)
		construct(p);
	model_lose(h, s);
	return p;
}

static const char *drop(struct model_hart *h, struct model_slot *s)
{
	const char *why;
	void *p = take_out(h, s, &why);

	if (!p)
		return why;
	if (s->kind == KMALLOC)
		kfree(p);
	else
		kmem_cache_free(caches[s->kind], p);
	return NULL;
}

static const char *bulk_free(struct model_hart *h, struct model_op op)
{
	unsigned int from = op.b % NR_CACHES, nr = 0;
	void *objects[MAX_BULK];
	const char *why = NULL;

	model_tell(h, "of %s, slots %u..", shapes[from].name, op.a);
	for (unsigned int i = 0; i < MODEL_SLOTS && nr < op.c / 8 + 1u && !why; i++) {
		struct model_slot *s = model_slot(h, op.a + i);

		if (s->p && s->kind == from)
			objects[nr++] = take_out(h, s, &why);
	}
	if (!why && nr)
		kmem_cache_free_bulk(caches[from], nr, objects);
	return why;
}

static const char *do_free(struct model_hart *h, struct model_op op)
{
	unsigned int nr = count_of(op);
	const char *why = NULL;

	model_tell(h, "%u slots %s %u:", nr, op.b & 1 ? "down from" : "from", op.a);
	for (unsigned int i = 0; i < nr && !why; i++)
		if (model_slot(h, op.b & 1 ? op.a - i : op.a + i)->p)
			why = drop(h, model_slot(h, op.b & 1 ? op.a - i : op.a + i));
	return why;
}

/* ---- kmalloc -------------------------------------------------------------------------- */

/*
 * Most are small. One in four is at the border of a size class, or of an order: 8, 10, 12, 14,
 * 16, 20 ... 7 MiB, or a byte less or more. 4 MiB is the largest that there is.
 */
static size_t size_of(struct model_op op)
{
	switch (op.c & 3) {
	case 0:
		return op.b;
	case 1:
		return op.b * 8 + op.c / 4;
	case 2:
		return op.b % 4 ? op.b * 64 + op.c / 4 : op.b * 1280 + op.c / 4;
	default:
		return ((4UL + op.b % 4) << (1 + op.b / 4 % (op.c & 4 ? 10 : 20))) + op.c / 8 % 3 - 1;
	}
}

static const char *do_kmalloc(struct model_hart *h, struct model_op op)
{
	struct model_slot *s = model_slot(h, op.a);
	gfp_t gfp = GFP_KERNEL | __GFP_NOWARN | (op.what & 8 ? __GFP_ZERO : 0);
	size_t bytes = size_of(op);
	const char *why;

	model_tell(h, "%lu bytes%s, slot %u", (unsigned long)bytes,
		   gfp & __GFP_ZERO ? " zeroed" : "", op.a);
	if (s->p || !model_may_hold(h, bytes))
		return NULL;
	why = put_in_slot(h, s, op.what & 16 && bytes % 2 == 0 ?
			  kmalloc_array(bytes / 2, 2, gfp) : kmalloc(bytes, gfp), bytes, KMALLOC,
			  gfp);
	/* O4 */
	if (!why && s->p && ksize(s->p) < bytes)
		why = model_violated(h, "ksize of %lu bytes is %lu", (unsigned long)bytes,
				     (unsigned long)ksize(s->p));
	return why;
}

/* The slot at @i or behind it that kmalloc has filled; one that is empty; or NULL. */
static struct model_slot *to_krealloc(struct model_hart *h, unsigned int i)
{
	for (unsigned int n = 0; n < MODEL_SLOTS; n++)
		if (model_slot(h, i + n)->p && model_slot(h, i + n)->kind == KMALLOC)
			return model_slot(h, i + n);
	return model_slot(h, i)->p ? NULL : model_slot(h, i);
}

static const char *do_krealloc(struct model_hart *h, struct model_op op)
{
	struct model_slot *s = to_krealloc(h, op.a), old;
	size_t bytes = size_of(op);
	const char *why;
	void *p;

	model_tell(h, "to %lu bytes, slot %u", (unsigned long)bytes, op.a);
	if (!s || !model_may_hold(h, bytes))
		return NULL;
	old = *s;
	p = krealloc(s->p, bytes, GFP_KERNEL | __GFP_NOWARN);
	if (!p) {
		why = s->p ? look_at(h, s) : NULL;	/* O6 */
		return why ? why : refused(h, bytes);
	}
	model_tell(h, " %p -> %p", s->p, p);
	s->p = p;
	if (old.p) {
		why = keeps(h, s, min(old.bytes, bytes));
		if (why)
			return why;
		h->held -= old.bytes;
	}
	model_keep(h, s, p, bytes);
	s->kind = KMALLOC;
	/* It may not have moved, and then it is aligned as it was. */
	if ((unsigned long)p % sizeof(long))
		return model_violated(h, "%p is not aligned", p);
	if (p != NO_BYTES)
		model_fill(p, bytes, s->tag);
	return overlaps(h, s);
}

/* O6 */
static const char *overflow(struct model_hart *h, struct model_op op)
{
	size_t n = 2 + op.b, much = (PAGE_SIZE << MAX_ORDER) + 1;
	struct model_slot *s = model_slot(h, op.a);

	if (kmalloc_array(~0UL / n + 1, n, GFP_KERNEL) || kcalloc(n, ~0UL / n + 1, GFP_KERNEL) ||
	    kmalloc(~0UL - op.b, GFP_KERNEL))
		return model_violated(h, "an array larger than the address space");
	if (kmalloc(much, GFP_KERNEL | __GFP_NOWARN))
		return model_violated(h, "more than the largest block");
	if (!s->p || s->kind != KMALLOC)
		return NULL;
	if (krealloc(s->p, much, GFP_KERNEL | __GFP_NOWARN))
		return model_violated(h, "%p became more than the largest block", s->p);
	return look_at(h, s);
}

/* ---- the whole ------------------------------------------------------------------------ */

static const char *shrink(struct model_hart *h, struct model_op op)
{
	model_tell(h, "%s", op.c & 1 ? "all" : shapes[op.b % NR_CACHES].name);
	if (op.c & 1)
		slab_reclaim(op.b);
	else if (caches[op.b % NR_CACHES])
		kmem_cache_shrink(caches[op.b % NR_CACHES]);
	return NULL;
}

/* O5: of all caches, kmalloc's among them. */
static const char *check_caches(struct model_hart *h)
{
	struct kmem_cache *s;

	list_for_each_entry(s, &slab_caches, list) {
		int broken = slab_check(s);

		if (broken)
			return model_violated(h, "cache %s breaks invariant %d", s->name, broken);
	}
	return slab_reported() ? model_violated(h, "there was a report, see the log") : NULL;
}

static const char *check(struct model_hart *h, struct model_op op)
{
	const char *why = model_look(h);

	return !why && model_alone(h) ? check_caches(h) : why;
}

static unsigned long pages_accounted(void)
{
	drain_all_pages();
	return nr_free_pages() + global_node_page_state(NR_SLAB_RECLAIMABLE) +
	       global_node_page_state(NR_SLAB_UNRECLAIMABLE);
}

static void destroy_caches(void)
{
	for (unsigned int i = 0; i < NR_CACHES; i++) {
		kmem_cache_destroy(caches[i]);
		caches[i] = NULL;
	}
}

static const char *begin(struct model_hart *h)
{
	total = pages_accounted();
	for (unsigned int i = 0; i < NR_CACHES; i++) {
		caches[i] = kmem_cache_create(shapes[i].name, shapes[i].size, shapes[i].align,
					      shapes[i].flags | SLAB_NO_MERGE,
					      shapes[i].ctor ? construct : NULL);
		if (!caches[i]) {
			destroy_caches();
			return model_may_fail(h) ? NULL : model_violated(h, "no cache");
		}
	}
	return NULL;
}

static const char *end(struct model_hart *h)
{
	const char *why = check_caches(h);
	unsigned long now;

	if (why)
		return why;
	destroy_caches();
	now = pages_accounted();
	if (now != total)
		why = model_violated(h, "%lu pages were free or in caches, and %lu are", total, now);
	return why;
}

static const struct model_verb verbs[] = {
	{ "alloc", 30, cache_alloc }, { "free", 40, do_free }, { "kmalloc", 30, do_kmalloc },
	{ "krealloc", 10, do_krealloc }, { "overflow", 1, overflow }, { "shrink", 3, shrink },
	{ "check", 2, check }, { "send", 10, model_send }, { "receive", 10, model_receive },
	{ "bulk", 12, bulk_alloc }, { "bulkfree", 12, bulk_free },
};

const struct model objects_model = {
	.name = "objects", .hart_bytes = sizeof(struct model_hart), .nr_slots = MODEL_SLOTS, .share = 4,
	.verbs = verbs, .nr_verbs = ARRAY_SIZE(verbs),
	.look_at = look_at, .drop = drop, .begin = begin, .end = end,
};
