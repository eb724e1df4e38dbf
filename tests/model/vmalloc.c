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
 *   V3  it keeps what was written to it; vzalloc, vmalloc_user: all zeroes; vmap: it is the
 *       caller's pages, in their order, and they stay the caller's
 *   V4  alone, and at the end: vmap_area_check() finds nothing; when all is freed no address
 *       space is in use that was not at the beginning, and what pages are gone are in slabs and
 *       page tables
 */
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/pcp.h>
#include <linux-lite/smp.h>
#include <linux-lite/table_page.h>
#include <linux-lite/vmalloc.h>
#include <linux-lite/vmap_area.h>
#include <linux-lite/vmstat.h>
#include "model.h"

#define SLOTS	64u

enum kind { OWN, MAPPED };		/* slot.kind: of vmalloc and its like; of vmap */

static unsigned long total_pages, used_bytes;

static unsigned long pages_of(const struct model_slot *s)
{
	return DIV_ROUND_UP(s->bytes, PAGE_SIZE);
}

/* ---- the oracle ----------------------------------------------------------------------- */

static bool is_mapped(const void *va)
{
	struct pt_cursor at = pt_walk(swapper_pg_dir, (unsigned long)va);

	return pte_present(ptep_get(at.ptep));
}

/* V1, V2 */
static const char *is_new(struct model_hart *h, const struct model_slot *s)
{
	const void *end = s->p + pages_of(s) * PAGE_SIZE;

	if ((unsigned long)s->p & ~PAGE_MASK || (unsigned long)s->p < VMALLOC_START ||
	    (unsigned long)end >= VMALLOC_START + vmalloc_total_bytes())
		return model_violated(h, "%p is not where areas are", s->p);
	for (unsigned int i = 0; i < SLOTS; i++) {
		const struct model_slot *o = &h->slot[i];

		if (o != s && o->p && s->p <= o->p + pages_of(o) * PAGE_SIZE && o->p <= end)
			return model_violated(h, "%p meets slot %u's %p", s->p, i, o->p);
	}
	for (unsigned long i = 0; i < pages_of(s); i++)
		if (!is_mapped(s->p + i * PAGE_SIZE))
			return model_violated(h, "page %lu of %p is not mapped", i, s->p);
	if (is_mapped(end))
		return model_violated(h, "the guard behind %p is mapped", s->p);
	return NULL;
}

static u64 *word_of(const struct model_slot *s, unsigned long page)
{
	return (u64 *)(s->p + page * PAGE_SIZE + s->tag % 512 * 8);
}

/* V3 */
static const char *look_at(struct model_hart *h, const struct model_slot *s)
{
	for (unsigned long i = 0; i < pages_of(s); i++)
		if (*word_of(s, i) != s->tag + i)
			return model_violated(h, "page %lu of %p was written to", i, s->p);
	return NULL;
}

/* ---- verbs ---------------------------------------------------------------------------- */

static const char *hold(struct model_hart *h, struct model_slot *s, void *p, unsigned long bytes,
			enum kind kind)
{
	const char *why;

	model_tell(h, " %p", p);
	model_keep(h, s, p, bytes);
	s->kind = kind;
	why = is_new(h, s);
	for (unsigned long i = 0; i < pages_of(s) && !why; i++)
		*word_of(s, i) = s->tag + i;
	return why;
}

static const char *refused(struct model_hart *h)
{
	model_tell(h, ": refused");
	return model_may_fail(h) ? NULL : model_violated(h, "no area");
}

static const char *const ways[] = { "", " zeroed", " for user", " huge" };

static void *alloc_by(unsigned int way, unsigned long bytes)
{
	switch (way) {
	case 0:
		return vmalloc(bytes);
	case 1:
		return vzalloc(bytes);
	case 2:
		return vmalloc_user(bytes);
	default:
		return vmalloc_huge(bytes, GFP_KERNEL);
	}
}

static const char *alloc(struct model_hart *h, struct model_op op)
{
	/* Small ones mostly; b >= 250: 2 MiB and more, where huge leaves can be. */
	unsigned long nr = op.b < 200 ? op.b % 16 : op.b < 250 ? op.b - 190 : 511 + op.b % 4;
	unsigned long bytes = nr * PAGE_SIZE + op.c * 16 + 1;
	struct model_slot *s = model_slot(h, op.a);
	unsigned int way = op.what & 3;
	void *p;

	model_tell(h, "%lu bytes%s, slot %u", bytes, ways[way], op.a % SLOTS);
	if (s->p || !model_may_hold(h, bytes))
		return NULL;
	p = alloc_by(way, bytes);
	if (!p)
		return refused(h);
	for (unsigned long i = 0; i <= nr && (way == 1 || way == 2); i++)
		if (model_not_byte((char *)p + i * PAGE_SIZE, PAGE_SIZE, 0) != PAGE_SIZE)
			return model_violated(h, "page %lu of %p was to be zeroed", i, p);
	return hold(h, s, p, bytes, OWN);
}

#define MAX_MAPPED	16u

static void free_mapped(struct page **pages, unsigned int nr)
{
	while (nr--)
		__free_page(pages[nr]);
}

static const char *map(struct model_hart *h, struct model_op op)
{
	unsigned int nr = op.b % MAX_MAPPED + 1, got = 0;
	struct model_slot *s = model_slot(h, op.a);
	struct page *pages[MAX_MAPPED];
	void *p;

	model_tell(h, "%u pages, slot %u", nr, op.a % SLOTS);
	if (s->p || !model_may_hold(h, nr * PAGE_SIZE))
		return NULL;
	while (got < nr && (pages[got] = alloc_page(GFP_KERNEL)))
		got++;
	p = got == nr ? vmap(pages, nr, VM_MAP, PAGE_KERNEL) : NULL;
	if (!p) {
		free_mapped(pages, got);
		return refused(h);
	}
	for (unsigned int i = 0; i < nr; i++)
		if (vmalloc_to_page(p + i * PAGE_SIZE) != pages[i])
			return model_violated(h, "page %u of %p is another one", i, p);
	return hold(h, s, p, nr * PAGE_SIZE, MAPPED);
}

/* V3: what was written through the map is in the pages, when the map is gone. */
static const char *unmap(struct model_hart *h, const struct model_slot *s)
{
	struct page *pages[MAX_MAPPED];
	unsigned long nr = pages_of(s);
	const char *why = NULL;

	for (unsigned long i = 0; i < nr; i++)
		pages[i] = vmalloc_to_page(s->p + i * PAGE_SIZE);
	vunmap(s->p);
	for (unsigned long i = 0; i < nr && !why; i++)
		if (*(u64 *)(page_address(pages[i]) + s->tag % 512 * 8) != s->tag + i)
			why = model_violated(h, "page %lu of what was %p has changed", i, s->p);
	free_mapped(pages, nr);
	return why;
}

static const char *drop(struct model_hart *h, struct model_slot *s)
{
	struct model_slot was = *s;
	const char *why = look_at(h, s);

	if (why)
		return why;
	model_tell(h, " %p", s->p);
	model_lose(h, s);
	if (was.kind == MAPPED)
		why = unmap(h, &was);
	else
		vfree(was.p);
	/* Unmapped at once; alone: nobody can have got the addresses yet. */
	for (unsigned long i = 0; i < pages_of(&was) && model_alone(h) && !why; i++)
		if (is_mapped(was.p + i * PAGE_SIZE))
			why = model_violated(h, "page %lu of %p is mapped still", i, was.p);
	return why;
}

static const char *do_free(struct model_hart *h, struct model_op op)
{
	unsigned int nr = op.b % 8 + 1;
	const char *why = NULL;

	model_tell(h, "slots %u..:", op.a % SLOTS);
	for (unsigned int i = 0; i < nr && !why; i++)
		if (model_slot(h, op.a + i)->p)
			why = drop(h, model_slot(h, op.a + i));
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
	int broken = model_alone(h) ? vmap_area_check() : 0;

	return broken ? model_violated(h, "areas break invariant %d", broken) : model_look(h);
}

/* ---- the beginning and the end -------------------------------------------------------- */

static void drain_tables(void *unused)
{
	table_page_drain();
}

/* Page tables of the kernel stay when they are empty, unless a huge leaf takes their place. */
static unsigned long pages_accounted(void)
{
	on_each_cpu(drain_tables, NULL);
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

static const char *end(struct model_hart *h)
{
	unsigned long now;
	const char *why;

	vm_unmap_aliases();
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
	{ "purge", 2, purge }, { "check", 2, check }, { "send", 5, model_send },
	{ "receive", 5, model_receive }, { "vmap", 12, map },
};

const struct model vmalloc_model = {
	.name = "vmalloc", .hart_bytes = sizeof(struct model_hart), .nr_slots = SLOTS, .share = 4,
	.verbs = verbs, .nr_verbs = ARRAY_SIZE(verbs),
	.look_at = look_at, .drop = drop, .begin = begin, .end = end,
};
