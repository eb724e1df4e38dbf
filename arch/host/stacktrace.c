// SPDX-License-Identifier: GPL-2.0-only
/*
 * stacktrace.c - the calls that led here: the C library's unwinder knows them.
 */
#include <linux-lite/compiler.h>
#include <linux-lite/kernel.h>
#include <linux-lite/panic.h>
#include <linux-lite/printk.h>
#include <linux-lite/stacktrace.h>
#include "os.h"

#define MAX_DEPTH	64u

noinline unsigned int stack_trace_save(unsigned long *store, unsigned int size, unsigned int skip)
{
	unsigned long here = (unsigned long)__builtin_return_address(0);
	unsigned long all[MAX_DEPTH];
	unsigned int nr = os_backtrace(all, MAX_DEPTH), first = 0, n = 0;

	while (first < nr && all[first] != here)	/* the unwinder's own calls */
		first++;
	for (unsigned int i = first + skip; i < nr && n < size; i++)
		store[n++] = all[i];
	return n;
}

void dump_stack(void)
{
	unsigned long entries[MAX_DEPTH];

	pr_err("Call Trace:\n");
	stack_trace_print(entries, stack_trace_save(entries, MAX_DEPTH, 0), 0);
}
