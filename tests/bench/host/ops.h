/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ops.h - whom bench.c measures: the same loops are compiled three times.
 *
 *	ours		kmalloc, alloc_pages of the host port, in this process
 *	peer		malloc, aligned_alloc of whatever library is linked
 *	loop		functions that do nothing: what loops and calls cost by themselves
 *
 * The functions are inline, so that each column pays for one call of its allocator.
 */
#ifndef TESTS_BENCH_HOST_OPS_H
#define TESTS_BENCH_HOST_OPS_H

#include <stdbool.h>
#include <stddef.h>

#define RAM_BYTES	(1UL << 30)	/* of the simulated machine */
#define FRAME		4096UL

#if defined(BENCH_PEER) || defined(BENCH_LOOP)

#include <stdlib.h>

#ifdef BENCH_LOOP
void *null_alloc(size_t size_bytes);
void *null_alloc_aligned(size_t align, size_t size_bytes);
void null_free(void *p);
#define malloc(n)		null_alloc(n)
#define aligned_alloc(a, n)	null_alloc_aligned(a, n)
#define free(p)			null_free(p)
#endif

#define OURS		false
#define LARGEST_ORDER	9u

static inline void *object_alloc(size_t size_bytes)
{
	return malloc(size_bytes);
}

static inline void object_free(void *p)
{
	free(p);
}

/* 2^order frames, aligned to their size as the buddy allocator's are. */
static inline void *block_alloc(unsigned int order)
{
	return aligned_alloc(FRAME << order, FRAME << order);
}

static inline void block_free(void *block, unsigned int order)
{
	(void)order;
	free(block);
}

#else

#include <linux-lite/gfp.h>
#include <linux-lite/slab.h>

#define OURS		true
#define LARGEST_ORDER	((unsigned int)MAX_ORDER)

static inline void *object_alloc(size_t size_bytes)
{
	return kmalloc(size_bytes, GFP_KERNEL);
}

static inline void object_free(void *p)
{
	kfree(p);
}

static inline void *block_alloc(unsigned int order)
{
	return alloc_pages(GFP_KERNEL, order);
}

static inline void block_free(void *block, unsigned int order)
{
	__free_pages(block, order);
}

#endif

/* What differs beyond the calls: ours.c, peer.c. */
void machine_boot(void);
/* Bytes that the allocator holds of the system, used or not. */
unsigned long machine_footprint(void);
/* Run @fn as two threads (harts) at the same time. Return: nanoseconds until both were done. */
unsigned long machine_run_twice(void (*fn)(void *), void *arg0, void *arg1);
/* Every block of that order that can still be had is taken. Return: how many. -1: no such thing. */
long machine_take_all(unsigned int order);

#endif
