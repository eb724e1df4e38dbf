// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench.c - CONFIG_BENCH: what the allocators cost inside the kernel. `cat /proc/bench'.
 *
 * No system call allocates a page or an object and nothing else, so these loops run where the
 * callers of alloc_pages() and kmalloc() are. tests/bench/guest/bench.c reads the file on a
 * machine whose clock counts instructions, and `make bench' sets them beside Linux's.
 *
 *	row        before           timed, 1000 times       after
 *	pair       -                allocate, free          -
 *	allocate   -                allocate                free them
 *	free       allocate 1000    free                    -
 *
 *   B1  A row is the median of its batches: the interrupts that fall into some are left out.
 *   B2  Sizes and orders are variables: nothing is worked out by the compiler, as it would be
 *       for kmalloc(sizeof(struct x)).
 *   B3  What is allocated is not touched, and freed in the order in which it came.
 *   B4  A row of blocks that the page allocator never has (the free list's largest is a page)
 *       is left out.
 *   B5  The loop and the store of the pointer are in: some five instructions.
 *
 * No state: two readers disturb each other's figures and nothing else.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/bench.h>
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/slab.h>
#include <linux-lite/sort.h>
#include <linux-lite/time.h>
#include <linux-lite/vmalloc.h>
#include <asm/page.h>

#define BATCHES		9
#define NR		1000

struct work {
	void *object[NR];	/* pages, or what kmalloc gave */
	void *page;		/* to be cleared */
	bool failed;
};

typedef void (*bench_fn)(struct work *w, unsigned int arg);

static void page_pairs(struct work *w, unsigned int order)
{
	for (int i = 0; i < NR; i++) {
		struct page *page = alloc_pages(GFP_KERNEL, order);

		if (!page) {
			w->failed = true;
			return;
		}
		__free_pages(page, order);
	}
}

static void take_pages(struct work *w, unsigned int order)
{
	for (int i = 0; i < NR; i++)
		w->object[i] = alloc_pages(GFP_KERNEL, order);
}

static void give_pages(struct work *w, unsigned int order)
{
	for (int i = 0; i < NR; i++) {
		if (w->object[i])
			__free_pages(w->object[i], order);
		else
			w->failed = true;
	}
}

static void object_pairs(struct work *w, unsigned int size)
{
	for (int i = 0; i < NR; i++)
		kfree(kmalloc(size, GFP_KERNEL));
}

/* Against B2: what the compiler makes of a size that it knows. */
static void object_pairs_of_64(struct work *w, unsigned int arg)
{
	for (int i = 0; i < NR; i++)
		kfree(kmalloc(64, GFP_KERNEL));
}

static void take_objects(struct work *w, unsigned int size)
{
	for (int i = 0; i < NR; i++)
		w->object[i] = kmalloc(size, GFP_KERNEL);
}

static void give_objects(struct work *w, unsigned int size)
{
	for (int i = 0; i < NR; i++) {
		w->failed |= !w->object[i];
		kfree(w->object[i]);
	}
}

static void clear_pages(struct work *w, unsigned int arg)
{
	for (int i = 0; i < NR; i++)
		clear_page(w->page);
}

static const struct row {
	const char *name;
	bench_fn before, timed, after;	/* NULL: nothing */
	unsigned int arg;		/* order, or bytes */
} rows[] = {
	{ "first touch, of which clearing", NULL, clear_pages, NULL, 0 },
	{ "page pair, order 0", NULL, page_pairs, NULL, 0 },
	{ "page pair, order 3", NULL, page_pairs, NULL, 3 },
	{ "page pair, order 9", NULL, page_pairs, NULL, 9 },
	{ "1000 pages, allocate one", NULL, take_pages, give_pages, 0 },
	{ "1000 pages, free one", take_pages, give_pages, NULL, 0 },
	{ "kmalloc pair, 64 B", NULL, object_pairs, NULL, 64 },
	{ "kmalloc pair, 64 B, a constant", NULL, object_pairs_of_64, NULL, 0 },
	{ "kmalloc pair, 256 B", NULL, object_pairs, NULL, 256 },
	{ "kmalloc pair, 1 KiB", NULL, object_pairs, NULL, KiB(1) },
	{ "kmalloc pair, 4 KiB", NULL, object_pairs, NULL, KiB(4) },
	{ "kmalloc pair, 8 KiB", NULL, object_pairs, NULL, KiB(8) },
	{ "1000 x kmalloc(64), allocate one", NULL, take_objects, give_objects, 64 },
	{ "1000 x kmalloc(64), free one", take_objects, give_objects, NULL, 64 },
};

/* B4 */
static bool is_possible(const struct row *row)
{
	bool pages = row->timed == page_pairs || row->timed == take_pages;

	return pages ? row->arg <= MAX_ORDER : row->arg <= PAGE_SIZE << MAX_ORDER;
}

static void run(bench_fn fn, struct work *w, unsigned int arg)
{
	if (fn)
		fn(w, arg);
}

static int by_value(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return (x > y) - (x < y);
}

/* B1. Return: ns an operation. */
static u64 measure(const struct row *row, struct work *w)
{
	u64 ns[BATCHES];

	for (int i = 0; i < BATCHES; i++) {
		u64 start;

		run(row->before, w, row->arg);
		start = ktime_get_ns();
		run(row->timed, w, row->arg);
		ns[i] = ktime_get_ns() - start;
		run(row->after, w, row->arg);
	}
	sort(ns, BATCHES, sizeof(ns[0]), by_value);
	return (ns[BATCHES / 2] + NR / 2) / NR;
}

/**
 * bench_show - /proc/bench: run everything, one line a row: name, tab, ns an operation
 * @m: where to
 *
 * Context: task; some 50 ms, during which no other task of this hart runs.
 * Return: 0; -ENOMEM: there is not enough memory for the rows.
 */
int bench_show(struct seq_file *m)
{
	struct work *w = kvzalloc(sizeof(*w), GFP_KERNEL);
	int err;

	if (!w)
		return -ENOMEM;
	w->page = __get_free_page(GFP_KERNEL);
	w->failed = !w->page;
	for (unsigned int i = 0; i < ARRAY_SIZE(rows) && !w->failed; i++)
		if (is_possible(&rows[i]))
			seq_printf(m, "%s\t%lu\n", rows[i].name,
				   (unsigned long)measure(&rows[i], w));
	err = w->failed ? -ENOMEM : 0;
	free_page(w->page);
	kvfree(w);
	return err;
}
