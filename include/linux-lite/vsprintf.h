/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/vsprintf.h - formatted printing into a buffer
 *
 * The small cousin of what Linux declares in include/linux/sprintf.h.  Left out: sprintf() (no
 * bound), kasprintf() (lib/ does not allocate), and the %p extensions.
 *
 * Formats: %d %i %u %x %X %o %c %s %p %%, lengths hh h l ll z t j, flags - + space 0 #, width and
 * precision also as *.  No floating point, and no %n (a gift to attackers).
 *
 * vsnprintf() and snprintf() return what the whole text would need (C99); the two with sc return
 * what is in the buffer, which is what a loop that appends wants.  The first two are libc's names:
 * the host port takes libc's and leaves lib/vsprintf.c out of the link; lib/scnprintf.c is in both.
 */
#ifndef _LINUX_LITE_VSPRINTF_H
#define _LINUX_LITE_VSPRINTF_H

#include <stdarg.h>
#include <linux-lite/compiler.h>
#include <linux-lite/types.h>

int vsnprintf(char *buf, size_t size, const char *fmt, va_list args);
int snprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);
int vscnprintf(char *buf, size_t size, const char *fmt, va_list args);
int scnprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);

#endif /* _LINUX_LITE_VSPRINTF_H */
