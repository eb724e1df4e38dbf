/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/ctype.h - classes of characters, ASCII only
 *
 * The small cousin of Linux's include/linux/ctype.h.  Left out: Latin-1 and the classes nobody asks
 * for.  The names are libc's, so on the host libc supplies them and lib/ctype.c stays out of the
 * link; the parentheses keep a macro of libc's from expanding here.
 *
 * All take a character as unsigned char widened to int, and answer non-zero or 0.
 */
#ifndef _LINUX_LITE_CTYPE_H
#define _LINUX_LITE_CTYPE_H

int (isdigit)(int c);
int (isxdigit)(int c);
int (isalpha)(int c);
int (isalnum)(int c);
int (isupper)(int c);
int (islower)(int c);
int (isspace)(int c);
int (isprint)(int c);
int (iscntrl)(int c);
int (tolower)(int c);
int (toupper)(int c);

#endif /* _LINUX_LITE_CTYPE_H */
