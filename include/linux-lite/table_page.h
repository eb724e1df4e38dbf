/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * table_page.h - pages that are page tables. mm/table/table_page.c; for mm/table only.
 *
 * Small cousin of Linux's pagetable_pte_ctor() and the quicklists it once had.
 */
#ifndef LINUX_LITE_TABLE_PAGE_H
#define LINUX_LITE_TABLE_PAGE_H

#include <linux-lite/gfp.h>

/* An empty table, state PGS_TABLE, its ptl free. NULL: no memory. */
struct page *table_page_alloc(gfp_t gfp);
/* An EMPTY table: every entry is 0. No hart walks it any more. Context: any. */
void table_page_free(struct page *table);
/* Give the tables that this hart keeps to the page allocator. Return: how many. */
unsigned int table_page_drain(void);
/* A hart's kept ones. */
unsigned long table_page_kept(unsigned int cpu);

#endif
