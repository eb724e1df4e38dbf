/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * os.h - what the host port asks of the operating system: nothing but plain
 * types, so that no libc header meets one of ours. os.c has memory and output,
 * os_threads.c threads and time; with HARTS=1 os_solo.c has no thread, and a time
 * of its own.
 */
#ifndef ARCH_HOST_OS_H
#define ARCH_HOST_OS_H

#include <stddef.h>

/* RAM: a memfd of that size, mapped shared. Dies with a message when it can't. */
void *os_ram_create(size_t size_bytes);
/* Address space without memory behind it; touching it faults. */
void *os_reserve(size_t size_bytes);
/* Zeroed memory that appears when touched. */
void *os_lazy_memory(size_t size_bytes);
/* Map RAM at @ram_offset to @at, or take what is there away. */
void os_map_ram(void *at, size_t ram_offset, size_t size_bytes);
void os_unmap(void *at, size_t size_bytes);

void os_write(const char *text, size_t len);
/* Did the user ask for the log (LINUX_LITE_LOG in the environment)? */
int os_verbose(void);
void os_abort(void) __attribute__((noreturn));
/* Return addresses, innermost first. Return: how many, @size at most. */
unsigned int os_backtrace(unsigned long *store, unsigned int size);

/* os_threads.c, or os_solo.c */
void *os_thread_start(void (*fn)(void *), void *arg);
void os_thread_join(void *thread);
void os_yield(void);
unsigned long os_now_ns(void);

#endif
