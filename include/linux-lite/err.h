/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * err.h - a pointer or an errno in one word: the last page of the address space
 * is never mapped, so its addresses can stand for -1..-4095.
 *
 * Small cousin of Linux's include/linux/err.h.
 */
#ifndef LINUX_LITE_ERR_H
#define LINUX_LITE_ERR_H

#include <linux-lite/abi/errno.h>
#include <linux-lite/kernel.h>

#define MAX_ERRNO	4095

#define IS_ERR_VALUE(x)	unlikely((unsigned long)(x) >= (unsigned long)-MAX_ERRNO)

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

static inline long PTR_ERR(const void *ptr)
{
	return (long)ptr;
}

static inline bool IS_ERR(const void *ptr)
{
	return IS_ERR_VALUE(ptr);
}

static inline bool IS_ERR_OR_NULL(const void *ptr)
{
	return !ptr || IS_ERR_VALUE(ptr);
}

#endif
