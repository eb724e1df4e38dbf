// SPDX-License-Identifier: GPL-2.0-only
/*
 * flag_names.c - GFP_* and PG_* bits as words, for reports.
 *
 * Small cousin of the tables in Linux's include/trace/events/mmflags.h and of format_flags() in
 * lib/vsprintf.c: names in their order, joined by '|', what has no name as a number behind them.
 *
 * A page's state (an enum here) is among its flags on Linux; it is shown in Linux's word where
 * Linux has one: reserved, slab.
 */
#include <linux-lite/flag_names.h>
#include <linux-lite/kernel.h>
#include <linux-lite/vsprintf.h>

struct flag_name {
	u32 bits;
	const char *name;
};

/* The first that fits wins and its bits are gone: combinations come first. */
static const struct flag_name gfp_table[] = {
	{ GFP_HIGHUSER_MOVABLE, "GFP_HIGHUSER_MOVABLE" },
	{ GFP_KERNEL, "GFP_KERNEL" },
	{ GFP_ATOMIC, "GFP_ATOMIC" },
	{ GFP_NOWAIT, "GFP_NOWAIT" },
	{ __GFP_DMA32, "GFP_DMA32" },
	{ __GFP_HIGH, "__GFP_HIGH" },
	{ __GFP_NOWARN, "__GFP_NOWARN" },
	{ __GFP_NOFAIL, "__GFP_NOFAIL" },
	{ __GFP_NORETRY, "__GFP_NORETRY" },
	{ __GFP_COMP, "__GFP_COMP" },
	{ __GFP_ZERO, "__GFP_ZERO" },
	{ __GFP_MEMALLOC, "__GFP_MEMALLOC" },
	{ __GFP_RECLAIMABLE, "__GFP_RECLAIMABLE" },
	{ __GFP_MOVABLE, "__GFP_MOVABLE" },
	{ __GFP_DIRECT_RECLAIM, "__GFP_DIRECT_RECLAIM" },
	{ __GFP_KSWAPD_RECLAIM, "__GFP_KSWAPD_RECLAIM" },
};

static const struct flag_name page_table[] = {
	{ BIT(PG_locked), "locked" },
	{ BIT(PG_waiters), "waiters" },
	{ BIT(PG_referenced), "referenced" },
	{ BIT(PG_uptodate), "uptodate" },
	{ BIT(PG_dirty), "dirty" },
	{ BIT(PG_lru), "lru" },
	{ BIT(PG_head), "head" },
	{ BIT(PG_active), "active" },
	{ BIT(PG_arch_1), "arch_1" },
};

static const char *const state_names[PGS_NR_STATES] = {
	[PGS_RESERVED] = "reserved", [PGS_FREE] = "free", [PGS_FREE_TAIL] = "free_tail",
	[PGS_PCP] = "pcp", [PGS_KERNEL] = "kernel", [PGS_SLAB] = "slab",
	[PGS_TABLE] = "table", [PGS_ANON] = "anon", [PGS_CACHE] = "cache",
	[PGS_MOVABLE] = "movable", [PGS_TAIL] = "tail",
};

/* Append @bits' names to the @len bytes in @buf. Return: the new length. */
static int put_names(char *buf, int len, u32 bits, const struct flag_name *table,
		     unsigned int nr)
{
	const char *separator = "";

	for (unsigned int i = 0; i < nr && bits; i++) {
		if ((bits & table[i].bits) != table[i].bits)
			continue;
		bits &= ~table[i].bits;
		len += scnprintf(buf + len, FLAG_NAMES_LEN - len, "%s%s", separator, table[i].name);
		separator = "|";
	}
	if (bits)
		len += scnprintf(buf + len, FLAG_NAMES_LEN - len, "%s%#x", separator, bits);
	return len;
}

const char *gfp_names(gfp_t gfp, char *buf)
{
	buf[0] = '\0';
	put_names(buf, 0, gfp, gfp_table, ARRAY_SIZE(gfp_table));
	return buf;
}

const char *page_flag_names(const struct page *page, char *buf)
{
	u32 flags = READ_ONCE(page->flags);
	unsigned int state = READ_ONCE(page->state);
	int len = scnprintf(buf, FLAG_NAMES_LEN, "0x%x(", flags);
	int before = len;

	len = put_names(buf, len, flags, page_table, ARRAY_SIZE(page_table));
	if (state == PGS_RESERVED || state == PGS_SLAB)
		len += scnprintf(buf + len, FLAG_NAMES_LEN - len, "%s%s", len > before ? "|" : "",
				 state_names[state]);
	scnprintf(buf + len, FLAG_NAMES_LEN - len, "%szone=%u)", len > before ? "|" : "",
		  page->zone);
	return buf;
}

const char *page_state_name(unsigned int state)
{
	return state < PGS_NR_STATES ? state_names[state] : "?";
}
