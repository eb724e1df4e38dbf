// SPDX-License-Identifier: GPL-2.0-only
/*
 * model.c - what the models share: the loop over operations, letters, contents.
 */
#include <linux-lite/gfp.h>
#include <linux-lite/kernel.h>
#include <linux-lite/string.h>
#include <linux-lite/vsprintf.h>
#include "model.h"

const char *model_violated(struct model_hart *h, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vscnprintf(h->why, sizeof(h->why), fmt, args);
	va_end(args);
	return h->why;
}

void model_world_init(struct model_world *world, unsigned int harts)
{
	*world = (struct model_world){ .harts = harts };
	spin_lock_init(&world->lock, RANK_UNCHECKED);
}

struct model_hart *model_hart_init(const struct model *m, struct model_world *world,
				   unsigned int nr, void *memory)
{
	struct model_hart *h = memory;

	h->m = m;
	h->world = world;
	h->nr = nr;
	return h;
}

/* ---- slots and letters ---------------------------------------------------------------- */

bool model_may_hold(const struct model_hart *h, unsigned long bytes)
{
	unsigned long pages = h->world->max_pages;

	if (!pages)
		pages = totalram_pages() / h->m->share;
	return h->held + bytes <= pages << PAGE_SHIFT;
}

void model_keep(struct model_hart *h, struct model_slot *s, void *p, unsigned long bytes)
{
	*s = (struct model_slot){ .p = p, .bytes = bytes, .tag = model_tag(h) };
	h->held += bytes;
}

void model_lose(struct model_hart *h, struct model_slot *s)
{
	h->held -= s->bytes;
	s->p = NULL;
}

const char *model_look(struct model_hart *h)
{
	const char *why = NULL;

	for (unsigned int i = 0; i < h->m->nr_slots && !why; i++)
		if (h->slot[i].p)
			why = h->m->look_at(h, &h->slot[i]);
	return why;
}

const char *model_send(struct model_hart *h, struct model_op op)
{
	struct model_slot *s = model_slot(h, op.a);
	struct model_world *w = h->world;

	model_tell(h, "slot %u", op.a);
	if (!s->p)
		return NULL;
	spin_lock(&w->lock);
	if (w->nr_letters < MODEL_LETTERS) {
		w->letter[w->nr_letters++] = *s;
		model_lose(h, s);
	}
	spin_unlock(&w->lock);
	return NULL;
}

/* The oldest first: what is sent should be away for a while. @s is empty, and may stay so. */
static const char *open_letter(struct model_hart *h, struct model_slot *s)
{
	struct model_world *w = h->world;

	spin_lock(&w->lock);
	if (w->nr_letters) {
		*s = w->letter[0];
		memmove(w->letter, w->letter + 1, --w->nr_letters * sizeof(*s));
	}
	spin_unlock(&w->lock);
	if (!s->p)
		return NULL;
	h->held += s->bytes;
	return h->m->look_at(h, s);
}

const char *model_receive(struct model_hart *h, struct model_op op)
{
	struct model_slot *s = model_slot(h, op.a);

	model_tell(h, "slot %u", op.a);
	return s->p ? NULL : open_letter(h, s);
}

static const char *give_back(struct model_hart *h, struct model_slot *s)
{
	const char *why = NULL;

	while (s->p && !why)
		why = h->m->drop(h, s);
	return why;
}

static const char *give_all_back(struct model_hart *h)
{
	const char *why = NULL;

	for (unsigned int i = 0; i < h->m->nr_slots && !why; i++)
		why = give_back(h, &h->slot[i]);
	return why;
}

const char *model_end(struct model_hart *h)
{
	struct model_slot *s = &h->slot[0];
	const char *why;

	do {
		why = open_letter(h, s);
		if (!why && !s->p)
			return h->m->end ? h->m->end(h) : NULL;
		if (!why)
			why = give_back(h, s);
	} while (!why);
	return why;
}

/* ---- operations ----------------------------------------------------------------------- */

static u64 next_random(u64 *state)
{
	u64 z = (*state += 0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

void model_random(struct model_op *ops, size_t nr, u64 seed)
{
	for (size_t i = 0; i < nr; i++) {
		u64 r = next_random(&seed);

		ops[i] = (struct model_op){ r >> 8, r >> 16, r >> 24, r >> 32 };
	}
}

static const struct model_verb *verb_of(const struct model *m, u8 what)
{
	unsigned int sum = 0;

	for (unsigned int i = 0; i < m->nr_verbs; i++)
		sum += m->verbs[i].weight;
	what %= sum;
	for (const struct model_verb *verb = m->verbs; ; verb++) {
		if (what < verb->weight)
			return verb;
		what -= verb->weight;
	}
}

const char *model_run(struct model_hart *h, const struct model_op *ops, size_t nr)
{
	const char *why = NULL;

	for (size_t i = 0; i < nr && !why; i++) {
		const struct model_verb *verb = verb_of(h->m, ops[i].what);

		if (h->at)
			*h->at = i;
		model_tell(h, "%4lu  %-8s ", (unsigned long)i, verb->name);
		why = verb->act(h, ops[i]);
		model_tell(h, "\n");
	}
	if (h->at && !why)
		*h->at = nr;
	if (!why && h->m->nr_slots) {
		model_tell(h, "      give all back");
		why = give_all_back(h);
		model_tell(h, "\n");
	}
	return why;
}

const char *model_solo(const struct model *m, struct model_world *world, void *memory,
		       const struct model_op *ops, size_t nr, unsigned long *at)
{
	struct model_hart *h;
	const char *why;

	memset(memory, 0, m->hart_bytes);
	h = model_hart_init(m, world, 0, memory);
	h->at = at;
	why = m->begin ? m->begin(h) : NULL;
	if (!why)
		why = model_run(h, ops, nr);
	return why ? why : model_end(h);
}

/* ---- contents ------------------------------------------------------------------------- */

/* Larger objects are filled and looked at in part: at both ends and here and there. */
#define WHOLE_BYTES	2048
#define EDGE_BYTES	64
#define STRIDE_BYTES	1021

static u8 pattern(size_t i, u64 tag)
{
	return (tag + i / 8 * 0x9e3779b9) >> i % 8 * 8;
}

static size_t next_place(size_t i, size_t bytes)
{
	if (bytes <= WHOLE_BYTES || i < EDGE_BYTES || i + 1 >= bytes - EDGE_BYTES)
		return i + 1;
	return min(i + STRIDE_BYTES, bytes - EDGE_BYTES);
}

void model_fill(void *p, size_t bytes, u64 tag)
{
	for (size_t i = 0; i < bytes; i = next_place(i, bytes))
		((u8 *)p)[i] = pattern(i, tag);
}

size_t model_unlike(const void *p, size_t bytes, size_t filled, u64 tag)
{
	for (size_t i = 0; i < bytes; i = next_place(i, filled))
		if (((const u8 *)p)[i] != pattern(i, tag))
			return i;
	return bytes;
}

size_t model_not_byte(const void *p, size_t bytes, u8 byte)
{
	for (size_t i = 0; i < bytes; i = next_place(i, bytes))
		if (((const u8 *)p)[i] != byte)
			return i;
	return bytes;
}
