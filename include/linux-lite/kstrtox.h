/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/kstrtox.h - text to numbers
 *
 * The small cousin of Linux's include/linux/kstrtox.h.  Left out: the *_from_user forms.
 *
 * The kstrto* functions are strict: the whole string must be one number (a final newline is
 * forgiven, so that `echo 1 >file` works) and fit.  simple_strtoull() and memparse() take what they
 * can and say where they stopped.
 *
 * Base 0 means: 0x... hexadecimal, 0... octal, else decimal.
 */
#ifndef _LINUX_LITE_KSTRTOX_H
#define _LINUX_LITE_KSTRTOX_H

#include <linux-lite/compiler.h>
#include <linux-lite/types.h>

int __must_check kstrtoull(const char *s, unsigned int base, unsigned long long *res);
int __must_check kstrtoll(const char *s, unsigned int base, long long *res);
int __must_check kstrtoul(const char *s, unsigned int base, unsigned long *res);
int __must_check kstrtol(const char *s, unsigned int base, long *res);
int __must_check kstrtouint(const char *s, unsigned int base, unsigned int *res);
int __must_check kstrtoint(const char *s, unsigned int base, int *res);
int __must_check kstrtobool(const char *s, bool *res);

unsigned long long simple_strtoull(const char *s, char **end, unsigned int base);
unsigned long simple_strtoul(const char *s, char **end, unsigned int base);
long simple_strtol(const char *s, char **end, unsigned int base);
unsigned long long memparse(const char *s, char **end);

#endif /* _LINUX_LITE_KSTRTOX_H */
