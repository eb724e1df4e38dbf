// SPDX-License-Identifier: GPL-2.0-only
/*
 * reclaim.c - what this floor does for the page allocator, which is five floors below: the
 * one place where it is told whom to call. See struct reclaim_hooks.
 *
 *	page_alloc.c --- reclaim_hooks ---> out_of_memory      oom.c
 */
#include <linux-lite/init.h>
#include <linux-lite/oom.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/reclaim.h>

static const struct reclaim_hooks hooks = {
	.out_of_memory = out_of_memory,
};

/**
 * reclaim_init - from now on a lack of memory is dealt with
 *
 * Context: boot.
 */
void __init reclaim_init(void)
{
	reclaim_hooks = &hooks;
}
