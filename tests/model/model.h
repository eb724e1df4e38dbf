/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * model.h - random operations on a structure, and a dumb model that knows what must be true.
 *
 *	bytes      17 03 00 41 | 88 03 9a 00 | ...		four an operation
 *	             |                                          from a seed, a fuzzer, a shrinker
 *	model_run    v
 *	verb       "alloc: slots 3.., order 0"  --> alloc_pages()     the code under test
 *	             |                               |
 *	             v                               v
 *	shadow     bitmap of who has which frame,   the answer: aligned? free until now?
 *	           what each object holds, ...      counts right? contents kept?
 *
 * Whatever the bytes are, they mean something: a slot that is taken already is passed over, a
 * number too large is cut. So operations can be left out (shrinking) or mangled (fuzzing), and
 * what is left is a program as well.
 *
 * The interpreters use public functions of the kernel and no C library, so whoever has bytes can
 * drive them. driver.c does under Check: seeds, shrinking, harts that race, allocations that fail.
 *
 * One world of one model at a time:
 *
 *	begin(world)				one hart
 *	    model_run(hart, ops)...		one hart or several at once, each with its slots
 *	end(world)				one hart: everything was given back; is it all there?
 *
 * Several harts hand things to each other through letters: allocated here, freed there.
 */
#ifndef TESTS_MODEL_MODEL_H
#define TESTS_MODEL_MODEL_H

#include <linux-lite/compiler.h>
#include <linux-lite/spinlock.h>
#include <linux-lite/types.h>

struct model_op {
	u8 what;		/* which verb */
	u8 a;			/* mostly: the first slot */
	u8 b, c;
};

/* Something that one hart sends and any hart may receive. */
struct model_letter {
	unsigned long word[5];
};

#define MODEL_LETTERS	32

/* Key: (c) constant during a run  (l) lock */
struct model_world {
	unsigned int harts;		/* more than 1: only claims that hold in a race (c) */
	bool may_fail;			/* allocations are made to fail (c) */
	unsigned long max_pages;	/* that a hart may hold; 0: all it can get (c) */
	/* Tells what is done, in words; NULL: silence. (c) */
	void (*tell)(const char *fmt, ...) __printf(1, 2);

	spinlock_t lock;
	unsigned int nr_letters;	/* (l) */
	struct model_letter letter[MODEL_LETTERS];	/* (l) */
};

#define MODEL_WHY	160

/* A hart's part; a model's own structure begins with it. */
struct model_hart {
	struct model_world *world;
	unsigned int nr;		/* 0, 1, ... */
	u64 next_tag;			/* for contents that nobody else has */
	unsigned long *at;		/* where the number of the operation is noted; or NULL */
	char why[MODEL_WHY];		/* what was wrong */
};

struct model_verb {
	const char *name;
	u8 weight;			/* how often, among the others */
	/* Return: NULL, or what is wrong. */
	const char *(*act)(struct model_hart *h, struct model_op op);
};

struct model {
	const char *name;
	size_t hart_bytes;		/* of the structure that begins with a model_hart */
	const struct model_verb *verbs;
	unsigned int nr_verbs;
	/* NULL, or what is wrong; may be absent. @h is hart 0's. */
	const char *(*begin)(struct model_hart *h);
	const char *(*give_back)(struct model_hart *h);
	const char *(*end)(struct model_hart *h);
};

extern const struct model frames_model, objects_model, vmalloc_model, memblock_model;

/**
 * model_violated - note what is wrong
 * @h: who found it
 * @fmt: in words
 *
 * Return: the words, which a verb returns.
 */
const char *model_violated(struct model_hart *h, const char *fmt, ...) __printf(2, 3);

#define model_tell(h, ...) do {						\
	if (unlikely((h)->world->tell))					\
		(h)->world->tell(__VA_ARGS__);				\
} while (0)

/* Nobody else uses the structure: exact claims are possible. */
static inline bool model_alone(const struct model_hart *h)
{
	return h->world->harts == 1;
}

/* One of the harts races, or memory is made short: NULL is an answer. */
static inline bool model_may_fail(const struct model_hart *h)
{
	return h->world->may_fail || !model_alone(h);
}

/* A value that no other object of this run is filled with. */
static inline u64 model_tag(struct model_hart *h)
{
	return ++h->next_tag * 0x9e3779b97f4a7c15 ^ (u64)h->nr << 56;
}

void model_world_init(struct model_world *world, unsigned int harts);
/* @memory: m->hart_bytes, zeroed. Return: it, as what it begins with. */
struct model_hart *model_hart_init(struct model_world *world, unsigned int nr, void *memory);

/* Post a letter; false: the box is full. Take one; false: it is empty. */
bool model_send(struct model_hart *h, const struct model_letter *letter);
bool model_receive(struct model_hart *h, struct model_letter *letter);

/* Pseudo-random operations, the same for a seed. */
void model_random(struct model_op *ops, size_t nr, u64 seed);
/* Do them, then give back what is left. Return: NULL, or what is wrong. */
const char *model_run(const struct model *m, struct model_hart *h, const struct model_op *ops,
		      size_t nr);
/* A world with one hart: begin, run, end. @memory: m->hart_bytes. */
const char *model_solo(const struct model *m, struct model_world *world, void *memory,
		       const struct model_op *ops, size_t nr, unsigned long *at);

/* Contents: a pattern that depends on the tag and on the place. */
void model_fill(void *p, size_t bytes, u64 tag);
/*
 * Are the first @bytes of what model_fill(p, @filled, @tag) wrote still there?
 * Return: the offset of the first that is not, or @bytes.
 */
size_t model_unlike(const void *p, size_t bytes, size_t filled, u64 tag);
/* Return: the offset of the first byte that is not @byte, or @bytes. */
size_t model_not_byte(const void *p, size_t bytes, u8 byte);

#endif
