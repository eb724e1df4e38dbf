/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kallsyms.h - from an address in the kernel's text to the function's name.
 *
 * Small cousin of Linux's include/linux/kallsyms.h; left out: names to addresses, modules,
 * and the compression of names.
 */
#ifndef LINUX_LITE_KALLSYMS_H
#define LINUX_LITE_KALLSYMS_H

#include <linux-lite/types.h>

/**
 * kallsyms_lookup - name the function that an address is in
 * @addr: any address
 * @offset: where to store the bytes from the function's start to @addr, or NULL
 * @size: where to store the function's length in bytes, or NULL
 *
 * Context: any; reads constants only, so it works in the middle of a panic.
 * Return: the name, or NULL when @addr is not in the kernel's text (and always without
 * CONFIG_KALLSYMS, which leaves the table empty).
 */
const char *kallsyms_lookup(unsigned long addr, unsigned long *offset, unsigned long *size);

#define KSYM_SYMBOL_LEN		128		/* of a name with its offset; cut off, if need be */

/**
 * sprint_symbol - write an address as "name+0xoffset/0xsize", or as a number if it has no name
 * @buf: KSYM_SYMBOL_LEN bytes
 * @addr: any address
 *
 * Context: any.
 * Return: the text's length in bytes.
 */
int sprint_symbol(char *buf, unsigned long addr);

#endif
