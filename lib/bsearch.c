// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/bsearch.c - binary search
 *
 *	I1  an element that matches lies in [base, base + nr) or nowhere
 *
 * Each step compares the middle element and keeps one half: log2(n) steps.  CONTEXT: any.
 */
#include <linux-lite/sort.h>

/**
 * bsearch - find an element of a sorted array
 * @key: handed to @cmp
 * @base: first element
 * @nr: how many elements
 * @size: of an element, in bytes
 * @cmp: <0 if @key comes before the element, 0 if that is it, >0 if behind
 *
 * Return: an element that matches, or NULL.
 */
void *bsearch(const void *key, const void *base, size_t nr, size_t size,
	      int (*cmp)(const void *key, const void *elem))
{
	const u8 *first = base;

	while (nr) {
		const u8 *middle = first + nr / 2 * size;
		int side = cmp(key, middle);

		if (!side)
			return (void *)middle;
		if (side > 0) {
			first = middle + size;
			nr--;
		}
		nr /= 2;
	}
	return NULL;
}
