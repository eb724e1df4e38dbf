/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stacktrace.h - who called whom, kept as an array of addresses to be printed later.
 * arch/.../stacktrace.c takes it, kernel/stacktrace.c prints it.
 *
 * Small cousin of Linux's include/linux/stacktrace.h; left out: traces of other tasks, of
 * registers, and of user space.
 */
#ifndef LINUX_LITE_STACKTRACE_H
#define LINUX_LITE_STACKTRACE_H

/**
 * stack_trace_save - keep the return addresses of the calls that led here
 * @store: where they go, innermost first: the caller of this function is the first
 * @size: room in @store, entries
 * @skip: leave out so many of the innermost
 *
 * Context: any.
 * Return: how many were stored.
 */
unsigned int stack_trace_save(unsigned long *store, unsigned int size, unsigned int skip);

/**
 * stack_trace_print - print such addresses with their functions' names, one a line
 * @entries: what stack_trace_save() has stored
 * @nr: how many
 * @spaces: by which each line is indented, besides one
 *
 * Context: any.
 */
void stack_trace_print(const unsigned long *entries, unsigned int nr, int spaces);

#endif
