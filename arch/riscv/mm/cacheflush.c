// SPDX-License-Identifier: GPL-2.0-only
/*
 * cacheflush.c - a page's instructions before they are fetched for the first time.
 * The theory is in asm/cacheflush.h. Both ports use this file.
 */
#include <asm/cacheflush.h>

/**
 * flush_icache_page - no hart has old instructions of a page
 * @page: about to be mapped executable, and PG_arch_1 was clear
 *
 * Two harts may find the bit clear at once; then both fence.
 *
 * Context: any.
 */
void flush_icache_page(struct page *page)
{
	flush_icache_all();
	set_page_flag(page, PG_arch_1);
}
