// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench.c - what an allocation costs on this machine: the rows, for us and for our peers.
 *
 *	bench list			the names of the rows
 *	bench ROW COUNT			do COUNT operations; print "value unit"
 *
 * tests/bench/host/run calls it: for time (the value is ns an operation), and under valgrind
 * with N and 2N operations, so that the difference is N operations and nothing else.
 *
 *   B1  An operation is an allocation and its free.
 *   B2  What is random is drawn before (setup), the same for every column and every COUNT.
 *   B3  Objects are not touched, except for the footprint, where every byte is: memory
 *       nobody has touched is not resident, and a program that asks for bytes writes them.
 *   B4  Time is this thread's CPU time, so that a busy machine disturbs less; with two
 *       threads it is time on the wall.
 */
#include "ops.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BATCH		1000		/* objects of the rows that free in random order */
#define LIVE		10000		/* objects of the mix of sizes */
#define LIVE_BLOCKS	256		/* blocks of the mix of orders: a tenth of RAM */
#define STEPS		65536		/* of a mix, then again from the first */
#define FRAG_PAGES	(RAM_BYTES / FRAME)
#define FRAG_STEPS	2000000
#define BLOCK_ORDER	9		/* 2 MiB */

struct step {
	uint32_t slot;		/* whose object is freed and replaced */
	uint32_t size;		/* of the new one: bytes, or order */
};

static uint32_t order_of_free[BATCH];	/* a permutation */
static struct step steps[STEPS];
static uint32_t first_size[LIVE];
static void *live[LIVE];
static uint32_t live_size[LIVE];

static uint64_t rng = 1;

/* splitmix64 */
static uint64_t draw(void)
{
	uint64_t z = (rng += 0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static void shuffle(uint32_t *index, uint32_t nr)
{
	for (uint32_t i = 0; i < nr; i++) {
		uint32_t j = draw() % (i + 1);

		index[i] = index[j];
		index[j] = i;
	}
}

static void setup_batch(void)
{
	shuffle(order_of_free, BATCH);
}

/*
 * 17 bytes to 4 KiB, each doubling equally likely, even inside it: half of the objects are
 * of at most 256 bytes, and half of the bytes in those above 2 KiB.
 */
static uint32_t draw_size(void)
{
	uint32_t low = 16u << draw() % 8;

	return low + 1 + draw() % low;
}

static void setup_sizes(void)
{
	for (int i = 0; i < LIVE; i++)
		first_size[i] = draw_size();
	for (int i = 0; i < STEPS; i++)
		steps[i] = (struct step){ draw() % LIVE, draw_size() };
}

/* Every order from 0 to 9 is equally likely. */
static void setup_orders(void)
{
	for (int i = 0; i < LIVE_BLOCKS; i++)
		first_size[i] = draw() % 10;
	for (int i = 0; i < STEPS; i++)
		steps[i] = (struct step){ draw() % LIVE_BLOCKS, draw() % 10 };
}

static void setup_nothing(void)
{
}

/* ---- the loops ------------------------------------------------------------------------ */

#define DEFINE_OBJECT_PAIR(size)				\
static void object_pair_##size(unsigned long count)		\
{								\
	for (unsigned long i = 0; i < count; i++)		\
		object_free(object_alloc(size));		\
}

#define DEFINE_BLOCK_PAIR(order)				\
static void block_pair_##order(unsigned long count)		\
{								\
	for (unsigned long i = 0; i < count; i++)		\
		block_free(block_alloc(order), order);		\
}

#define DEFINE_BATCH(name, alloc, free)				\
static void name(unsigned long count)				\
{								\
	for (; count >= BATCH; count -= BATCH) {		\
		for (int i = 0; i < BATCH; i++)			\
			live[i] = alloc;			\
		for (int i = 0; i < BATCH; i++) {		\
			void *object = live[order_of_free[i]];	\
								\
			free;					\
		}						\
	}							\
}

DEFINE_OBJECT_PAIR(64)
DEFINE_OBJECT_PAIR(1024)
DEFINE_OBJECT_PAIR(4096)
DEFINE_BLOCK_PAIR(0)
DEFINE_BLOCK_PAIR(9)
DEFINE_BATCH(batch_64, object_alloc(64), object_free(object))
DEFINE_BATCH(batch_4096, object_alloc(4096), object_free(object))
DEFINE_BATCH(batch_pages, block_alloc(0), block_free(object, 0))

static void mix_of_sizes(unsigned long count)
{
	for (int i = 0; i < LIVE; i++)
		live[i] = object_alloc(first_size[i]);
	for (unsigned long i = 0; i < count; i++) {
		const struct step *step = &steps[i % STEPS];

		object_free(live[step->slot]);
		live[step->slot] = object_alloc(step->size);
	}
}

static void mix_of_orders(unsigned long count)
{
	for (int i = 0; i < LIVE_BLOCKS; i++) {
		live_size[i] = first_size[i];
		live[i] = block_alloc(live_size[i]);
	}
	for (unsigned long i = 0; i < count; i++) {
		const struct step *step = &steps[i % STEPS];

		block_free(live[step->slot], live_size[step->slot]);
		live_size[step->slot] = step->size;
		live[step->slot] = block_alloc(step->size);
	}
}

/* ---- rows that are not a count of instructions ---------------------------------------- */

static void fill(int slot, uint32_t size)
{
	live[slot] = object_alloc(size);
	live_size[slot] = size;
	memset(live[slot], 1, size);
}

/* Bytes held over bytes live, after @count steps of the mix of sizes. */
static double footprint(unsigned long count)
{
	unsigned long before, bytes = 0;

	memset(live, 0, sizeof(live));		/* our own memory is resident before */
	memset(live_size, 0, sizeof(live_size));
	before = machine_footprint();
	for (int i = 0; i < LIVE; i++)
		fill(i, first_size[i]);
	for (unsigned long i = 0; i < count; i++) {
		const struct step *step = &steps[i % STEPS];

		object_free(live[step->slot]);
		fill(step->slot, step->size);
	}
	for (int i = 0; i < LIVE; i++)
		bytes += live_size[i];
	return (double)(machine_footprint() - before) / bytes;
}

/* 1000 pages, given back in the order in which they came: twice at the same time. */
struct batches {
	unsigned long count;
	void *page[BATCH];
};

static void page_batches(void *arg)
{
	struct batches *work = arg;

	for (unsigned long count = work->count; count >= BATCH; count -= BATCH) {
		for (int i = 0; i < BATCH; i++)
			work->page[i] = block_alloc(0);
		for (int i = 0; i < BATCH; i++)
			block_free(work->page[i], 0);
	}
}

/* ns that a thread needs for an operation while the other one does the same. */
static double two_threads(unsigned long count)
{
	static struct batches work[2];

	work[0].count = work[1].count = count;
	return (double)machine_run_twice(page_batches, &work[0], &work[1]) / count;
}

/*
 * All memory is taken page by page and a random half given back: hardly any 2 MiB block is
 * whole. Then @count times one random page goes and another one comes. Whole blocks at the
 * end, in percent of what the free pages would make.
 */
static double regained(unsigned long count)
{
	void **page = calloc(FRAG_PAGES, sizeof(*page));
	unsigned long nr = 0, half;
	long whole;

	while (nr < FRAG_PAGES - 2048 && (page[nr] = block_alloc(0)))	/* the low watermark stays */
		nr++;
	half = nr / 2;
	for (; nr > half; nr--) {
		unsigned long i = draw() % nr;

		block_free(page[i], 0);
		page[i] = page[nr - 1];
	}
	for (unsigned long i = 0; i < count; i++) {
		unsigned long slot = draw() % half;

		block_free(page[slot], 0);
		page[slot] = block_alloc(0);
	}
	whole = machine_take_all(BLOCK_ORDER);
	return whole < 0 ? -1 : 100.0 * whole / ((FRAG_PAGES - half) >> BLOCK_ORDER);
}

/* ---- the table ------------------------------------------------------------------------ */

static const struct row {
	const char *name;
	void (*setup)(void);
	void (*loop)(unsigned long count);	/* in instructions and in ns */
	double (*value)(unsigned long count);	/* or a figure of its own */
	const char *unit;
	unsigned int order;			/* of the largest block it asks for */
} rows[] = {
	{ "kmalloc pair, 64 B", setup_nothing, object_pair_64, NULL, "ns", 0 },
	{ "kmalloc pair, 1 KiB", setup_nothing, object_pair_1024, NULL, "ns", 0 },
	{ "kmalloc pair, 4 KiB", setup_nothing, object_pair_4096, NULL, "ns", 0 },
	{ "1000 x 64 B, random free", setup_batch, batch_64, NULL, "ns", 0 },
	{ "1000 x 4 KiB, random free", setup_batch, batch_4096, NULL, "ns", 0 },
	{ "mix of sizes, 10k live", setup_sizes, mix_of_sizes, NULL, "ns", 0 },
	{ "footprint over live bytes of that mix", setup_sizes, NULL, footprint, "ratio", 0 },
	{ "page pair, order 0", setup_nothing, block_pair_0, NULL, "ns", 0 },
	{ "page pair, order 9", setup_nothing, block_pair_9, NULL, "ns", 9 },
	{ "1000 pages, random free", setup_batch, batch_pages, NULL, "ns", 0 },
	{ "mix of orders 0..9", setup_orders, mix_of_orders, NULL, "ns", 9 },
	{ "2 threads, 1000-page batches", setup_nothing, NULL, two_threads, "ns", 0 },
	{ "2 MiB blocks regained at half load", setup_nothing, NULL, regained, "%", 0 },
};

static double cpu_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return now.tv_sec * 1e9 + now.tv_nsec;
}

int main(int argc, char **argv)
{
	unsigned long count = argc == 3 ? strtoul(argv[2], NULL, 0) : 0;

	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *row = &rows[i];
		double begin;

		if (argc == 2 && !strcmp(argv[1], "list"))
			printf("%s\n", row->name);
		if (argc != 3 || strcmp(argv[1], row->name))
			continue;
		if (row->order > LARGEST_ORDER) {	/* a design that has none: no figure */
			printf("-1 %s\n", row->unit);
			return 0;
		}
		machine_boot();
		row->setup();
		if (row->value) {
			printf("%.3f %s\n", row->value(count), row->unit);
			return 0;
		}
		begin = cpu_ns();
		row->loop(count);
		printf("%.3f %s\n", (cpu_ns() - begin) / count, row->unit);
		return 0;
	}
	return argc == 2 ? 0 : 1;
}
