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
 */
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pcp.h>
#include <linux-lite/slab.h>
#include <linux-lite/slab_design.h>
#include <linux-lite/string.h>
#include <linux-lite/vmstat.h>
#include "model.h"

#define SLOTS		256u
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
	{ "model-5000", 5000, 0, 0, false },
};

#define NR_CACHES	ARRAY_SIZE(shapes)
#define KMALLOC		NR_CACHES		/* slot.from of an object of no cache */
#define CTOR_BYTE	0xc7

struct slot {
	u8 *p;				/* NULL: empty */
	size_t bytes;
	u64 tag;
	u32 from;
};

struct objects_hart {
	struct model_hart h;
	unsigned long held;		/* bytes, rounded up to what large ones take */
	struct slot slot[SLOTS];
};

static struct kmem_cache *caches[NR_CACHES];
static unsigned long total;

static struct objects_hart *mine(struct model_hart *h)
{
	return container_of(h, struct objects_hart, h);
}

static struct slot *slot_of(struct model_hart *h, unsigned int i)
{
	return &mine(h)->slot[i % SLOTS];
}

static void construct(void *object)
{
	memset(object, CTOR_BYTE, 200);
}

/* ---- the oracle ----------------------------------------------------------------------- */

static const char *overlaps(struct model_hart *h, const struct slot *s)
{
	for (unsigned int i = 0; i < SLOTS; i++) {
		const struct slot *o = &mine(h)->slot[i];

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

static size_t align_of(const struct slot *s)
{
	const struct shape *shape = &shapes[s->from];

	if (s->from == KMALLOC)
		return kmalloc_align(s->bytes);
	return shape->flags & SLAB_HWCACHE_ALIGN ? 64 : shape->align ? shape->align : sizeof(long);
}

/* O1, O3; then it is filled. */
static const char *is_new(struct model_hart *h, struct slot *s, gfp_t gfp)
{
	const char *why;

	if (s->p == NO_BYTES && s->bytes == 0)
		return NULL;
	if ((unsigned long)s->p % align_of(s))
		return model_violated(h, "%p of %lu bytes is not aligned to %lu", s->p,
				      (unsigned long)s->bytes, (unsigned long)align_of(s));
	why = overlaps(h, s);
	if (why)
		return why;
	if (gfp & __GFP_ZERO && model_not_byte(s->p, s->bytes, 0) != s->bytes)
		return model_violated(h, "%p was to be zeroed", s->p);
	if (s->from != KMALLOC && shapes[s->from].ctor &&
	    model_not_byte(s->p, s->bytes, CTOR_BYTE) != s->bytes)
		return model_violated(h, "%p is not as constructed", s->p);
	s->tag = model_tag(h);
	model_fill(s->p, s->bytes, s->tag);
	mine(h)->held += s->bytes;
	return NULL;
}

/* O2 */
static const char *look_at(struct model_hart *h, const struct slot *s, size_t bytes)
{
	size_t wrong = s->p == NO_BYTES ? bytes : model_unlike(s->p, bytes, s->bytes, s->tag);

	if (wrong != bytes)
		return model_violated(h, "%p of %lu bytes changed at byte %lu", s->p,
				      (unsigned long)s->bytes, (unsigned long)wrong);
	return NULL;
}

static bool may_hold(struct model_hart *h, size_t bytes)
{
	unsigned long most = h->world->max_pages ? h->world->max_pages : totalram_pages() / 4;

	return (mine(h)->held + bytes) / PAGE_SIZE < most;
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

/* ---- caches --------------------------------------------------------------------------- */

static unsigned int count_of(struct model_op op)
{
	return 1u << (op.c >> 5);
}

static const char *put_in_slot(struct model_hart *h, struct slot *s, void *p, size_t bytes,
			       u32 from, gfp_t gfp)
{
	if (!p)
		return refused(h, bytes);
	*s = (struct slot){ .p = p, .bytes = bytes, .from = from };
	model_tell(h, " %p", p);
	return is_new(h, s, gfp);
}

static const char *cache_alloc(struct model_hart *h, struct model_op op)
{
	unsigned int from = op.b % NR_CACHES, size = shapes[from].size;
	gfp_t gfp = GFP_KERNEL | __GFP_NOWARN | (op.c & 1 && !shapes[from].ctor ? __GFP_ZERO : 0);
	const char *why = NULL;

	model_tell(h, "%u of %s, slots %u..", count_of(op), shapes[from].name, op.a);
	for (unsigned int i = 0; i < count_of(op) && !why; i++) {
		struct slot *s = slot_of(h, op.a + i);

		if (!s->p && caches[from] && may_hold(h, size))
			why = put_in_slot(h, s, kmem_cache_alloc(caches[from], gfp), size, from,
					  gfp);
	}
	return why;
}

static const char *drop(struct model_hart *h, struct slot *s)
{
	const char *why;

	if (!s->p)
		return NULL;
	why = look_at(h, s, s->bytes);
	if (why)
		return why;
	model_tell(h, " %p", s->p);
	mine(h)->held -= s->bytes;
	if (s->from == KMALLOC) {
		kfree(s->p);
	} else {
		if (shapes[s->from].ctor)
			construct(s->p);
		kmem_cache_free(caches[s->from], s->p);
	}
	s->p = NULL;
	return NULL;
}

static const char *do_free(struct model_hart *h, struct model_op op)
{
	unsigned int nr = count_of(op);
	const char *why = NULL;

	model_tell(h, "%u slots %s %u:", nr, op.b & 1 ? "down from" : "from", op.a);
	for (unsigned int i = 0; i < nr && !why; i++)
		why = drop(h, slot_of(h, op.b & 1 ? op.a - i : op.a + i));
	return why;
}

/* ---- kmalloc -------------------------------------------------------------------------- */

/* Most are small; the largest are 320 KiB. */
static size_t size_of(struct model_op op)
{
	switch (op.c & 3) {
	case 0:
		return op.b;
	case 1:
		return op.b * 8 + op.c / 4;
	case 2:
		return op.b * 64 + op.c / 4;
	default:
		return op.b % 64 ? op.b * 16 : op.b * 1280 + op.c / 4;
	}
}

static const char *do_kmalloc(struct model_hart *h, struct model_op op)
{
	struct slot *s = slot_of(h, op.a);
	gfp_t gfp = GFP_KERNEL | __GFP_NOWARN | (op.what & 8 ? __GFP_ZERO : 0);
	size_t bytes = size_of(op);
	const char *why;

	model_tell(h, "%lu bytes%s, slot %u", (unsigned long)bytes,
		   gfp & __GFP_ZERO ? " zeroed" : "", op.a);
	if (s->p || !may_hold(h, bytes))
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

static const char *do_krealloc(struct model_hart *h, struct model_op op)
{
	struct slot *s = slot_of(h, op.a), old = *s;
	size_t bytes = size_of(op);
	const char *why;
	void *p;

	model_tell(h, "to %lu bytes, slot %u", (unsigned long)bytes, op.a);
	if ((s->p && s->from != KMALLOC) || !may_hold(h, bytes))
		return NULL;
	p = krealloc(s->p, bytes, GFP_KERNEL | __GFP_NOWARN);
	if (!p)
		return refused(h, bytes);
	model_tell(h, " %p -> %p", s->p, p);
	s->p = p;
	if (old.p) {
		why = look_at(h, s, min(old.bytes, bytes));
		if (why)
			return why;
		mine(h)->held -= old.bytes;
	}
	s->bytes = bytes;
	s->from = KMALLOC;
	/* It may not have moved, and then it is aligned as it was. */
	if ((unsigned long)p % sizeof(long))
		return model_violated(h, "%p is not aligned", p);
	why = overlaps(h, s);
	s->tag = model_tag(h);
	if (p != NO_BYTES)
		model_fill(p, bytes, s->tag);
	mine(h)->held += bytes;
	return why;
}

static const char *overflow(struct model_hart *h, struct model_op op)
{
	size_t n = 2 + op.b;

	if (kmalloc_array(~0UL / n + 1, n, GFP_KERNEL) || kcalloc(n, ~0UL / n + 1, GFP_KERNEL))
		return model_violated(h, "an array larger than the address space");
	return NULL;
}

/* ---- the whole ------------------------------------------------------------------------ */

static const char *shrink(struct model_hart *h, struct model_op op)
{
	model_tell(h, "%s", shapes[op.b % NR_CACHES].name);
	if (caches[op.b % NR_CACHES])
		kmem_cache_shrink(caches[op.b % NR_CACHES]);
	return NULL;
}

static const char *check_cache(struct model_hart *h, struct kmem_cache *s, const char *name)
{
	int broken = s ? slab_check(s) : 0;

	return broken ? model_violated(h, "cache %s breaks invariant %d", name, broken) : NULL;
}

/* O5 */
static const char *check_caches(struct model_hart *h)
{
	const char *why = NULL;

	for (unsigned int i = 0; i < NR_CACHES && !why; i++)
		why = check_cache(h, caches[i], shapes[i].name);
	for (size_t bytes = 8; bytes <= KiB(8) && !why; bytes *= 2)
		why = check_cache(h, kmalloc_cache_of(bytes), "of kmalloc");
	return why;
}

static const char *check(struct model_hart *h, struct model_op op)
{
	const char *why = NULL;

	for (unsigned int i = 0; i < SLOTS && !why; i++)
		if (mine(h)->slot[i].p)
			why = look_at(h, &mine(h)->slot[i], mine(h)->slot[i].bytes);
	return !why && model_alone(h) ? check_caches(h) : why;
}

static const char *send(struct model_hart *h, struct model_op op)
{
	struct slot *s = slot_of(h, op.a);
	struct model_letter l = { { (unsigned long)s->p, s->bytes, s->tag, s->from } };

	model_tell(h, "slot %u", op.a);
	if (!s->p || !model_send(h, &l))
		return NULL;
	mine(h)->held -= s->bytes;
	s->p = NULL;
	return NULL;
}

static const char *accept_letter(struct model_hart *h, struct slot *s)
{
	struct model_letter l;

	if (!model_receive(h, &l))
		return NULL;
	*s = (struct slot){ (u8 *)l.word[0], l.word[1], l.word[2], l.word[3] };
	mine(h)->held += s->bytes;
	return look_at(h, s, s->bytes);
}

static const char *receive(struct model_hart *h, struct model_op op)
{
	struct slot *s = slot_of(h, op.a);

	model_tell(h, "slot %u", op.a);
	return s->p ? NULL : accept_letter(h, s);
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
					      shapes[i].flags, shapes[i].ctor ? construct : NULL);
		if (!caches[i]) {
			destroy_caches();
			return model_may_fail(h) ? NULL : model_violated(h, "no cache");
		}
	}
	return NULL;
}

static const char *give_back(struct model_hart *h)
{
	const char *why = NULL;

	for (unsigned int i = 0; i < SLOTS && !why; i++)
		why = drop(h, &mine(h)->slot[i]);
	return why;
}

static const char *end(struct model_hart *h)
{
	struct slot *s = &mine(h)->slot[0];
	unsigned long now;
	const char *why;

	do {
		why = accept_letter(h, s);
		if (!why && !s->p)
			break;
		if (!why)
			why = drop(h, s);
	} while (!why);
	if (!why)
		why = check_caches(h);
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
	{ "check", 2, check }, { "send", 10, send }, { "receive", 10, receive },
};

const struct model objects_model = {
	.name = "objects", .hart_bytes = sizeof(struct objects_hart),
	.verbs = verbs, .nr_verbs = ARRAY_SIZE(verbs),
	.begin = begin, .give_back = give_back, .end = end,
};
