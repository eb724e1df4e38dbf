// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/ffs.c - ffs() under the name that libc has too
 *
 * A file of its own, because the host port leaves it out of its link.
 */
#include <linux-lite/bitops.h>

/**
 * ffs - the lowest bit set
 * @x: a number
 * Return: 1 to 32, or 0 if @x is 0.
 */
int (ffs)(int x)
{
	return x ? __ffs((unsigned int)x) + 1 : 0;
}
