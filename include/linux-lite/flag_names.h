/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * flag_names.h - GFP_* and PG_* bits as words, in Linux's spelling. mm/debug/flag_names.c.
 *
 * Linux has printf formats for them, %pGg and %pGp; ours has no such things (it is in lib/ and
 * knows no flags), so the caller gives a buffer and prints it with %s.
 */
#ifndef LINUX_LITE_FLAG_NAMES_H
#define LINUX_LITE_FLAG_NAMES_H

#include <linux-lite/gfp.h>

#define FLAG_NAMES_LEN	160		/* room for all of either kind, and the NUL */

/* "GFP_KERNEL|__GFP_ZERO". Context: any. Return: @buf, FLAG_NAMES_LEN bytes. */
const char *gfp_names(gfp_t gfp, char *buf);
/* "0x4(uptodate|slab|zone=0)". Context: any; reads @page once. Return: @buf, as above. */
const char *page_flag_names(const struct page *page, char *buf);
/* What enum page_state calls a state, in small letters. */
const char *page_state_name(unsigned int state);

#endif
