// SPDX-License-Identifier: GPL-2.0-only
/*
 * shrink.c - from two thousand operations that fail to the few that matter.
 *
 *	nr = 16   |################|	leave out 8: |........########|  fails still? keep that
 *	          |########|		leave out 4: |....####|          passes: put them back
 *	                                             |####....|          ...
 *	          |##|			down to one at a time, again until nothing can go
 *
 * Then each operation that is left is made simpler: each of its bytes as small as it may be, 0
 * at best. The result fails, and no single operation of it can be left out.
 *
 * Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input (IEEE TSE 28/2,
 * 2002), without its complements: the chunks are tried from the end, where the failure is.
 */
#include "driver.h"

#include <string.h>

#define MAX_OPS		16384

typedef bool (*fails_fn)(const struct model_op *ops, size_t nr, void *arg);

/* Leave out chunks of @chunk operations where that goes. Return: how many are left. */
static size_t drop_chunks(struct model_op *ops, size_t nr, size_t chunk, fails_fn fails, void *arg)
{
	static struct model_op less[MAX_OPS];

	for (size_t end = nr; end > 0; ) {
		size_t start = end > chunk ? end - chunk : 0;

		memcpy(less, ops, start * sizeof(*ops));
		memcpy(less + start, ops + end, (nr - end) * sizeof(*ops));
		if (fails(less, nr - (end - start), arg)) {
			nr -= end - start;
			memcpy(ops, less, nr * sizeof(*ops));
		}
		end = start;
	}
	return nr;
}

/* The smallest value of a byte that does; where larger ones do and smaller don't. */
static void lower(uint8_t *byte, const struct model_op *ops, size_t nr, fails_fn fails, void *arg)
{
	int too_small = -1, enough = *byte;

	while (enough - too_small > 1) {
		*byte = too_small < 0 ? 0 : (too_small + enough) / 2;
		if (fails(ops, nr, arg))
			enough = *byte;
		else
			too_small = *byte;
	}
	*byte = enough;
}

static void simplify(struct model_op *ops, size_t nr, fails_fn fails, void *arg)
{
	for (size_t i = 0; i < nr; i++) {
		lower(&ops[i].a, ops, nr, fails, arg);
		lower(&ops[i].b, ops, nr, fails, arg);
		lower(&ops[i].c, ops, nr, fails, arg);
	}
}

size_t model_shrink(struct model_op *ops, size_t nr, fails_fn fails, void *arg)
{
	size_t before;

	do {
		before = nr;
		for (size_t chunk = nr / 2; chunk > 0; chunk /= 2)
			nr = drop_chunks(ops, nr, chunk, fails, arg);
	} while (nr < before && nr > 1);
	simplify(ops, nr, fails, arg);
	return nr;
}
