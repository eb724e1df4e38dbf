// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/xarray_check.c - verify the invariants I1 to I6 of lib/xarray.c
 *
 * For tests and debugging: it visits every node.  The recursion is as deep as the tree: 11 at most.
 */
#include <linux-lite/bitops.h>
#include <linux-lite/xarray.h>

/* The marks of one slot of a leaf (I5).  Return: false if they are wrong. */
static bool leaf_marks_ok(const struct xa_node *node, unsigned int offset)
{
	void *slot = node->slots[offset];
	bool present = node->marks[XA_PRESENT] & BIT(offset);

	if (present != (slot && slot != XA_ZERO_ENTRY))
		return false;
	for (int mark = 0; mark < XA_PRESENT; mark++) {
		if (!present && (node->marks[mark] & BIT(offset)))
			return false;
	}
	return true;
}

/* The marks of one slot further up (I6).  Return: false if they are wrong. */
static bool inner_marks_ok(const struct xa_node *node, unsigned int offset)
{
	const struct xa_node *child = node->slots[offset];

	for (int mark = 0; mark < XA_NR_MARKS; mark++) {
		if (!(node->marks[mark] & BIT(offset)) != !(child && child->marks[mark]))
			return false;
	}
	return true;
}

/* Return: nodes in this subtree, or -k if invariant Ik is broken. */
static long check_node(const struct xa_node *node)
{
	unsigned int offset, count = 0;
	long total = 1;

	for (offset = 0; offset < XA_CHUNK_SIZE; offset++) {
		const struct xa_node *child = node->slots[offset];
		long n;

		count += child != NULL;
		if (!node->shift) {
			if (!leaf_marks_ok(node, offset))
				return -5;
			continue;
		}
		if (!inner_marks_ok(node, offset))
			return -6;
		if (!child)
			continue;
		if (child->parent != node || child->offset != offset ||
		    child->shift + XA_CHUNK_SHIFT != node->shift)
			return -1;
		n = check_node(child);
		if (n < 0)
			return n;
		total += n;
	}
	if (count != node->count)
		return -2;
	return count ? total : -3;
}

/**
 * xa_check - walk a whole array and verify I1 to I6
 * @xa: array
 *
 * Context: the owner's lock; O(nodes), for debugging.
 * Return: the number of nodes, or -k if invariant Ik is broken.
 */
long xa_check(const struct xarray *xa)
{
	const struct xa_node *head = xa->xa_head;

	if (!head)
		return 0;
	if (head->parent || head->shift >= BITS_PER_LONG)
		return -1;
	if (head->shift && head->count == 1 && head->slots[0])
		return -4;
	return check_node(head);
}
