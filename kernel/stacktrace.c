// SPDX-License-Identifier: GPL-2.0-only
/*
 * stacktrace.c - print a backtrace that was taken earlier.
 *
 * Small cousin of Linux's kernel/stacktrace.c.
 */
#include <linux-lite/kallsyms.h>
#include <linux-lite/printk.h>
#include <linux-lite/stacktrace.h>

void stack_trace_print(const unsigned long *entries, unsigned int nr, int spaces)
{
	char name[KSYM_SYMBOL_LEN];

	for (unsigned int i = 0; i < nr; i++) {
		sprint_symbol(name, entries[i]);
		pr_err("%*s%s\n", 1 + spaces, "", name);
	}
}
