/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/string.h - memory and strings
 *
 * The small cousin of Linux's include/linux/string.h.  Left out: what allocates (kstrdup), what
 * invites overflow (strcpy, strcat; strscpy() is the copy to use), and locale.
 *
 * Two files: lib/string.c has the names that libc has too, and stays out of the host port's link
 * (there libc, and a sanitizer over it, supplies them); lib/string_helpers.c has our own.
 */
#ifndef _LINUX_LITE_STRING_H
#define _LINUX_LITE_STRING_H

#include <linux-lite/types.h>

/* lib/string.c */
void *memcpy(void *dst, const void *src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int c, size_t n);
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
int strcasecmp(const char *a, const char *b);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *needle);
char *strpbrk(const char *s, const char *accept);
size_t strspn(const char *s, const char *accept);
size_t strcspn(const char *s, const char *reject);
char *strsep(char **s, const char *delim);

/* lib/string_helpers.c */
ssize_t strscpy(char *dst, const char *src, size_t size);
void *memchr_inv(const void *s, int c, size_t n);
char *skip_spaces(const char *s);
char *strim(char *s);
bool strstarts(const char *s, const char *prefix);
void memzero_explicit(void *s, size_t n);

#endif /* _LINUX_LITE_STRING_H */
