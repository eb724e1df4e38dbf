/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_map.h - what mm/table/kernel_map.c offers beside map_kernel_range() and
 * unmap_kernel_range() (pagetable.h).
 */
#ifndef LINUX_LITE_KERNEL_MAP_H
#define LINUX_LITE_KERNEL_MAP_H

/**
 * preallocate_kernel_tables - fill the root's entries for a range, once and for all
 * @va: first byte
 * @end: first byte behind
 *
 * Processes copy the root, so an entry that came later would be missing in theirs.
 * Context: boot, before the first process.
 * Return: 0 or -ENOMEM.
 */
int __must_check preallocate_kernel_tables(unsigned long va, unsigned long end);

#endif
