// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/sort.c - heap sort
 *
 * Why not quicksort: it is faster on average, but its worst case is quadratic and its recursion
 * needs stack.  A kernel sorts small tables (memory regions, exception entries) and wants a bound:
 * heap sort takes O(n log n) comparisons whatever the input, in place, without recursion.
 *
 * The array is read as a binary tree: the children of element i are 2i + 1 and 2i + 2.
 *
 *		  0			I1  heap: no child is greater than its parent
 *	       /     \			I2  array = [ heap | sorted tail ], and no element of the
 *	      1       2			    heap is greater than one of the tail
 *	     / \     / \
 *	    3   4   5   6
 *
 * First make all of it a heap, from the last parent to the root; then, again and again, exchange
 * the root (the greatest) with the heap's last element, which thereby joins the tail.  Not stable.
 *
 * CONTEXT: any; no locks, no allocation.
 *
 * Source: J. W. J. Williams, "Algorithm 232: Heapsort", CACM 7 (1964).
 */
#include <linux-lite/kernel.h>
#include <linux-lite/sort.h>

static void swap_elements(u8 *a, u8 *b, size_t size)
{
	while (size--) {
		swap(*a, *b);
		a++;
		b++;
	}
}

/* Let element @i of a heap of @nr sink until no child is greater (I1). */
static void sift_down(u8 *base, size_t i, size_t nr, size_t size,
		      int (*cmp)(const void *a, const void *b))
{
	size_t child;

	while ((child = 2 * i + 1) < nr) {
		if (child + 1 < nr && cmp(base + child * size, base + (child + 1) * size) < 0)
			child++;
		if (cmp(base + i * size, base + child * size) >= 0)
			return;
		swap_elements(base + i * size, base + child * size, size);
		i = child;
	}
}

/**
 * sort - sort an array in place
 * @base: its first element
 * @nr: how many elements
 * @size: of an element, in bytes
 * @cmp: compares two elements
 *
 * Context: any; O(nr * log(nr)) always.
 */
void sort(void *base, size_t nr, size_t size, int (*cmp)(const void *a, const void *b))
{
	u8 *first = base;

	for (size_t i = nr / 2; i-- > 0; )
		sift_down(first, i, nr, size, cmp);
	for (size_t end = nr; end-- > 1; ) {
		swap_elements(first, first + end * size, size);
		sift_down(first, 0, end, size, cmp);
	}
}
