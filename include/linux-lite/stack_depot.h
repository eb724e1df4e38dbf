/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stack_depot.h - backtraces kept once each, known by a number. mm/debug/stack_depot.c.
 *
 * Small cousin of Linux's include/linux/stackdepot.h.
 */
#ifndef LINUX_LITE_STACK_DEPOT_H
#define LINUX_LITE_STACK_DEPOT_H

#include <linux-lite/types.h>

#define STACK_DEPOT_DEPTH	16u		/* entries of a backtrace, at most */

struct seq_file;

/* Boot: @memory, zeroed and aligned to 8 bytes, is all there will ever be. */
void stack_depot_init(void *memory, size_t size_bytes);
/* Keep the calls that led to the caller's caller. Context: any. Return: a number, or 0: full. */
u32 stack_depot_save_here(void);
/* Its return addresses. Context: any; any number is fine. Return: how many. */
unsigned int stack_depot_fetch(u32 handle, const unsigned long **entries);
/* A line each, in the log; into a file. Context: any. */
void stack_depot_print(u32 handle);
void stack_depot_show(struct seq_file *m, u32 handle);

#endif
