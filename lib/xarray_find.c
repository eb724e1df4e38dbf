// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/xarray_find.c - the next entry with a certain mark
 *
 * The search for everything that iterates: xa_for_each() looks for XA_PRESENT, writeback for its
 * dirty mark.  The structure and its invariants are in lib/xarray.c.
 *
 * One loop, three moves.  At a node, with `index` the first one still in question:
 *
 *	the slot of index is marked	go down into it; in a leaf, it is found
 *	some slot further right is	let index be the first one of that slot
 *	none is				go up, and let index be the first one behind this subtree
 *
 * By I6 of lib/xarray.c a marked slot never disappoints, so the loop goes up once at most on each
 * level and down once at most: O(height), not O(distance).
 *
 * LOCKING: none here; the owner's lock, shared, suffices.
 */
#include <linux-lite/bitops.h>
#include <linux-lite/xarray.h>

/**
 * xa_find - the first entry from an index on
 * @xa: array
 * @indexp: where to begin; becomes the index of what is found
 * @max: last index to look at
 * @filter: XA_PRESENT, or the mark it must have
 *
 * Context: the owner's lock, shared; O(height).
 * Return: the entry, or NULL (and *@indexp is unchanged).
 */
void *xa_find(const struct xarray *xa, unsigned long *indexp, unsigned long max, xa_mark_t filter)
{
	const struct xa_node *node = xa->xa_head, *left;
	unsigned long index = *indexp;

	if (!node || index > xa_reach(node->shift))
		return NULL;
	while (index <= max) {
		unsigned int offset = xa_slot_of(node, index);
		unsigned long marked = node->marks[filter] & (~0UL << offset);

		if (marked && __ffs(marked) == offset) {
			if (!node->shift) {
				*indexp = index;
				return node->slots[offset];
			}
			node = node->slots[offset];
		} else if (marked) {	/* on to the first index of that slot */
			index &= ~xa_reach(node->shift);
			index |= __ffs(marked) << node->shift;
		} else {		/* up, and on to the first index behind this subtree */
			do {
				left = node;
				node = node->parent;
				if (!node)
					return NULL;
			} while (left->offset == XA_CHUNK_MASK);
			index = (index | xa_reach(left->shift)) + 1;
			if (!index)	/* there is nothing behind ~0UL */
				return NULL;
		}
	}
	return NULL;
}

/**
 * xa_find_after - the first entry behind an index
 * @xa: array
 * @indexp: where to begin; becomes the index of what is found
 * @max: last index to look at
 * @filter: XA_PRESENT, or the mark it must have
 *
 * Context: the owner's lock, shared; O(height).
 * Return: the entry, or NULL (and *@indexp is unchanged).
 */
void *xa_find_after(const struct xarray *xa, unsigned long *indexp, unsigned long max,
		    xa_mark_t filter)
{
	unsigned long index = *indexp + 1;
	void *entry;

	if (!index)		/* there is nothing behind ~0UL */
		return NULL;
	entry = xa_find(xa, &index, max, filter);
	if (entry)
		*indexp = index;
	return entry;
}
