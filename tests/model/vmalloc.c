// SPDX-License-Identifier: GPL-2.0-only
/*
 * vmalloc.c - the model of vmalloc: the intervals that are in use.
 *
 *	VMALLOC_START                                               + vmalloc_total_bytes()
 *	|   [0 ====)g  [3 ==)g        [1 ===========)g     ...      |
 *	      slot     guard: nobody's, and not mapped
 *
 * Claims:
 *   V1  an area begins at a page, lies inside the whole, and neither it nor the page behind it
 *       meets another one of this hart
 *   V2  its pages are mapped, the page behind it is not
 *   V3  it keeps what was written to it; vzalloc: all zeroes
 *   V4  alone, and at the end: vmap_area_check() finds nothing; when all is freed no address
 *       space is in use that was not at the beginning, and what pages are gone are in slabs and
 *       page tables
 */
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/pcp.h>
#include <linux-lite/vmalloc.h>
#include <linux-lite/vmap_area.h>
#include <linux-lite/vmstat.h>
#include "model.h"

#define SLOTS	64u

struct slot {
	char *p;			/* NULL: empty */
	unsigned long bytes;
	u64 tag;
};

struct vmalloc_hart {
	struct model_hart h;
	unsigned long held;		/* pages */
	struct slot slot[SLOTS];
};

static unsigned long total_pages, used_bytes;

static struct vmalloc_hart *mine(struct model_hart *h)
{
	return container_of(h, struct vmalloc_hart, h);
}

static struct slot *slot_of(struct model_hart *h, unsigned int i)
{
	return &mine(h)->slot[i % SLOTS];
}

static unsigned long pages_of(const struct slot *s)
{
	return DIV_ROUND_UP(s->bytes, PAGE_SIZE);
}

/* ---- the oracle ----------------------------------------------------------------------- */

static bool is_mapped(const char *va)
{
	struct pt_cursor at = pt_walk(swapper_pg_dir, (unsigned long)va);

	return pte_present(ptep_get(at.ptep));
}

/* V1, V2 */
static const char *is_new(struct model_hart *h, const struct slot *s)
{
	unsigned long nr = pages_of(s);
	const char *end = s->p + nr * PAGE_SIZE;

	if ((unsigned long)s->p & ~PAGE_MASK || (unsigned long)s->p < VMALLOC_START ||
	    (unsigned long)end >= VMALLOC_START + vmalloc_total_bytes())
		return model_violated(h, "%p is not where areas are", s->p);
	for (unsigned int i = 0; i < SLOTS; i++) {
		const struct slot *o = &mine(h)->slot[i];

		if (o != s && o->p && s->p <= o->p + pages_of(o) * PAGE_SIZE && o->p <= end)
			return model_violated(h, "%p meets slot %u's %p", s->p, i, o->p);
	}
	for (unsigned long i = 0; i < nr; i++)
		if (!is_mapped(s->p + i * PAGE_SIZE))
			return model_violated(h, "page %lu of %p is not mapped", i, s->p);
	if (is_mapped(end))
		return model_violated(h, "the guard behind %p is mapped", s->p);
	return NULL;
}

static u64 *word_of(const struct slot *s, unsigned long page)
{
	return (u64 *)(s->p + page * PAGE_SIZE + s->tag % 512 * 8);
}

/* V3 */
static const char *look_at(struct model_hart *h, const struct slot *s)
{
	for (unsigned long i = 0; i < pages_of(s); i++)
		if (*word_of(s, i) != s->tag + i)
			return model_violated(h, "page %lu of %p was written to", i, s->p);
	return NULL;
}

static void fill(struct model_hart *h, struct slot *s)
{
	s->tag = model_tag(h);
	for (unsigned long i = 0; i < pages_of(s); i++)
		*word_of(s, i) = s->tag + i;
	mine(h)->held += pages_of(s);
}

/* ---- verbs ---------------------------------------------------------------------------- */

static bool may_hold(struct model_hart *h, unsigned long nr)
{
	unsigned long most = h->world->max_pages ? h->world->max_pages : totalram_pages() / 4;

	return mine(h)->held + nr <= most;
}

static const char *hold(struct model_hart *h, struct slot *s, void *p, unsigned long bytes)
{
	const char *why;

	*s = (struct slot){ .p = p, .bytes = bytes };
	model_tell(h, " %p", p);
	why = is_new(h, s);
	if (!why)
		fill(h, s);
	return why;
}

static const char *alloc(struct model_hart *h, struct model_op op)
{
	/* Small ones mostly; b = 255: 2 MiB and more, where huge leaves could be. */
	unsigned long nr = op.b < 200 ? op.b % 16 : op.b < 250 ? op.b - 190 : 512 + op.b % 2;
	unsigned long bytes = nr * PAGE_SIZE + op.c * 16 + 1;
	struct slot *s = slot_of(h, op.a);
	const char *why;
	void *p;

	model_tell(h, "%lu bytes%s, slot %u", bytes, op.what & 1 ? " zeroed" : "", op.a % SLOTS);
	if (s->p || !may_hold(h, nr + 1))
		return NULL;
	p = op.what & 1 ? vzalloc(bytes) : vmalloc(bytes);
	if (!p) {
		model_tell(h, ": refused");
		return model_may_fail(h) ? NULL : model_violated(h, "no area");
	}
	for (unsigned long i = 0; i <= nr && op.what & 1; i++)
		if (model_not_byte((char *)p + i * PAGE_SIZE, PAGE_SIZE, 0) != PAGE_SIZE)
			return model_violated(h, "page %lu of %p was to be zeroed", i, p);
	why = hold(h, s, p, bytes);
	return why;
}

static const char *drop(struct model_hart *h, struct slot *s)
{
	const char *why;

	if (!s->p)
		return NULL;
	why = look_at(h, s);
	if (why)
		return why;
	model_tell(h, " %p", s->p);
	mine(h)->held -= pages_of(s);
	vfree(s->p);
	/* Unmapped at once; alone: nobody can have got the addresses yet. */
	for (unsigned long i = 0; i < pages_of(s) && model_alone(h); i++)
		if (is_mapped(s->p + i * PAGE_SIZE))
			return model_violated(h, "page %lu of %p is mapped still", i, s->p);
	s->p = NULL;
	return NULL;
}

static const char *do_free(struct model_hart *h, struct model_op op)
{
	unsigned int nr = op.b % 8 + 1;
	const char *why = NULL;

	model_tell(h, "slots %u..:", op.a % SLOTS);
	for (unsigned int i = 0; i < nr && !why; i++)
		why = drop(h, slot_of(h, op.a + i));
	return why;
}

static const char *absurd(struct model_hart *h, struct model_op op)
{
	if (vmalloc(0) || vmalloc(~0UL - op.b) || vmalloc((totalram_pages() + 1) << PAGE_SHIFT))
		return model_violated(h, "an area of an impossible size");
	vfree(NULL);
	return NULL;
}

static const char *purge(struct model_hart *h, struct model_op op)
{
	vm_unmap_aliases();
	return NULL;
}

static const char *check(struct model_hart *h, struct model_op op)
{
	const char *why = NULL;
	int broken = model_alone(h) ? vmap_area_check() : 0;

	if (broken)
		return model_violated(h, "areas break invariant %d", broken);
	for (unsigned int i = 0; i < SLOTS && !why; i++)
		if (mine(h)->slot[i].p)
			why = look_at(h, &mine(h)->slot[i]);
	return why;
}

static const char *send(struct model_hart *h, struct model_op op)
{
	struct slot *s = slot_of(h, op.a);
	struct model_letter l = { { (unsigned long)s->p, s->bytes, s->tag } };

	model_tell(h, "slot %u", op.a % SLOTS);
	if (!s->p || !model_send(h, &l))
		return NULL;
	mine(h)->held -= pages_of(s);
	s->p = NULL;
	return NULL;
}

static const char *accept_letter(struct model_hart *h, struct slot *s)
{
	struct model_letter l;

	if (!model_receive(h, &l))
		return NULL;
	*s = (struct slot){ (char *)l.word[0], l.word[1], l.word[2] };
	mine(h)->held += pages_of(s);
	return look_at(h, s);
}

static const char *receive(struct model_hart *h, struct model_op op)
{
	struct slot *s = slot_of(h, op.a);

	model_tell(h, "slot %u", op.a % SLOTS);
	return s->p ? NULL : accept_letter(h, s);
}

/* ---- the beginning and the end -------------------------------------------------------- */

/* Page tables of the kernel stay when they are empty. */
static unsigned long pages_accounted(void)
{
	drain_all_pages();
	return nr_free_pages() + global_node_page_state(NR_SLAB_RECLAIMABLE) +
	       global_node_page_state(NR_SLAB_UNRECLAIMABLE) +
	       global_node_page_state(NR_PAGETABLE);
}

static const char *begin(struct model_hart *h)
{
	vm_unmap_aliases();
	total_pages = pages_accounted();
	used_bytes = vmap_area_used_bytes();
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
	vm_unmap_aliases();
	if (!why)
		why = check(h, (struct model_op){ 0 });
	if (why)
		return why;
	if (vmap_area_used_bytes() != used_bytes)
		return model_violated(h, "%lu bytes were in use, and %lu are", used_bytes,
				      vmap_area_used_bytes());
	now = pages_accounted();
	if (now != total_pages)
		return model_violated(h, "%lu pages were accounted for, and %lu are", total_pages,
				      now);
	return NULL;
}

static const struct model_verb verbs[] = {
	{ "alloc", 40, alloc }, { "free", 20, do_free }, { "absurd", 1, absurd },
	{ "purge", 2, purge }, { "check", 2, check }, { "send", 5, send },
	{ "receive", 5, receive },
};

const struct model vmalloc_model = {
	.name = "vmalloc", .hart_bytes = sizeof(struct vmalloc_hart),
	.verbs = verbs, .nr_verbs = ARRAY_SIZE(verbs),
	.begin = begin, .give_back = give_back, .end = end,
};
