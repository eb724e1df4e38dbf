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
 * drive them: driver.c under Check, with seeds and shrinking; selftest.c in the kernel, at boot;
 * suites.c has what both share: harts that race, allocations that fail.
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

/* Something that a hart has got and will give back. */
struct model_slot {
	void *p;			/* what it is; NULL: the slot is empty */
	unsigned long bytes;		/* of it */
	u64 tag;			/* what it is filled with */
	u8 kind, order, refs;		/* the model's own */
};

#define MODEL_SLOTS	256u
#define MODEL_LETTERS	32

/* Key: (c) constant during a run  (l) lock */
struct model_world {
	unsigned int harts;		/* more than 1: only claims that hold in a race (c) */
	bool may_fail;			/* allocations are made to fail (c) */
	unsigned long max_pages;	/* that a hart may hold; 0: model.share says (c) */
	/* Tells what is done, in words; NULL: silence. (c) */
	void (*tell)(const char *fmt, ...) __printf(1, 2);

	spinlock_t lock;
	unsigned int nr_letters;	/* (l) */
	struct model_slot letter[MODEL_LETTERS];	/* on their way from hart to hart (l) */
};

#define MODEL_WHY	160

/* A hart's part; a model that keeps more has a structure that begins with it. */
struct model_hart {
	const struct model *m;
	struct model_world *world;
	unsigned int nr;		/* 0, 1, ... */
	u64 next_tag;			/* for contents that nobody else has */
	unsigned long held;		/* bytes in slots */
	struct model_slot slot[MODEL_SLOTS];
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
	unsigned int nr_slots;		/* that it uses; 0: none, and nothing is held */
	unsigned int share;		/* a hart holds at most RAM / share, see max_pages */
	/* All that follow return NULL, or what is wrong. */
	const char *(*look_at)(struct model_hart *h, const struct model_slot *s);
	/* Give one reference back: the last one empties the slot (model_lose). */
	const char *(*drop)(struct model_hart *h, struct model_slot *s);
	/* Of hart 0. */
	const char *(*begin)(struct model_hart *h);
	const char *(*end)(struct model_hart *h);	/* all slots are empty, no letter waits */
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
struct model_hart *model_hart_init(const struct model *m, struct model_world *world,
				   unsigned int nr, void *memory);

static inline struct model_slot *model_slot(struct model_hart *h, unsigned int i)
{
	return &h->slot[i % h->m->nr_slots];
}

/* May it get @bytes more? */
bool model_may_hold(const struct model_hart *h, unsigned long bytes);
/* Fill a slot, with a new tag; empty it. */
void model_keep(struct model_hart *h, struct model_slot *s, void *p, unsigned long bytes);
void model_lose(struct model_hart *h, struct model_slot *s);
/* look_at each slot that is not empty. */
const char *model_look(struct model_hart *h);

/* Verbs: slot a's contents to the letters, unless there are too many; the oldest to slot a. */
const char *model_send(struct model_hart *h, struct model_op op);
const char *model_receive(struct model_hart *h, struct model_op op);

/* Pseudo-random operations, the same for a seed. */
void model_random(struct model_op *ops, size_t nr, u64 seed);
/* Do them, then give back what is left. Return: NULL, or what is wrong. */
const char *model_run(struct model_hart *h, const struct model_op *ops, size_t nr);
/* After the last model_run: give back what letters there are, then the model's own end. */
const char *model_end(struct model_hart *h);
/* A world with one hart: begin, run, end. @memory: m->hart_bytes. */
const char *model_solo(const struct model *m, struct model_world *world, void *memory,
		       const struct model_op *ops, size_t nr, unsigned long *at);

/**
 * model_shortage - the same operations again and again, each time another page allocation
 * fails, until there is none left to fail
 * @m: the model
 * @world: initialised; its max_pages counts
 * @memory: m->hart_bytes
 * @ops: operations
 * @nr: how many
 * @nr_failed: set to how many allocations failed, one a time
 *
 * Return: NULL, or what is wrong.
 */
const char *model_shortage(const struct model *m, struct model_world *world, void *memory,
			   const struct model_op *ops, size_t nr, unsigned long *nr_failed);

/* One hart of a race. Key: (c) set before, constant  (a) atomic  (o) its hart; then hart 0 */
struct model_racer {
	struct model_hart *h;		/* in one world with the others (c) */
	const struct model_op *ops;	/* (c) */
	size_t nr;			/* of ops (c) */
	const char *why;		/* what was wrong, or NULL (o) */
	bool in;			/* it has come in (a) */
};

/**
 * model_race - several harts at once, each with operations of its own
 * @racers: one a hart; the first is the caller
 * @harts: how many
 * @start: let a hart call fn(arg), now
 * @join: wait until it has
 *
 * Return: NULL, or what is wrong.
 */
const char *model_race(struct model_racer *racers, unsigned int harts,
		       void (*start)(unsigned int i, void (*fn)(void *), void *arg),
		       void (*join)(unsigned int i));

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
