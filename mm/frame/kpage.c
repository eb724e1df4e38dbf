// SPDX-License-Identifier: GPL-2.0-only
/*
 * kpage.c - what /proc says of each single frame: its flags, and how many map it.
 *
 *	state of the frame      bits                            besides
 *	free                    BUDDY                           never looked at: see I1
 *	on a hart's list        none, as on Linux
 *	RESERVED                RESERVED                        ZERO_PAGE: the page of zeroes
 *	KERNEL                  none
 *	SLAB                    SLAB
 *	TABLE                   PGTABLE
 *	ANON                    ANON, SWAPBACKED                MMAP if a program maps it
 *	CACHE                   none                            MMAP
 *	TAIL                    COMPOUND_TAIL, and its head's    MMAP if the head is mapped
 *
 * and for those in use the flags of struct page: LOCKED, UPTODATE and so on.
 *
 *   I1  a struct page is read only after the design has said, under zone->lock, that its frame
 *       is not free. The struct pages of what is free since boot are not written (mem_init.c).
 *   I2  nobody holds a reference, so what was read may be wrong a moment later. It is taken as
 *       a number, and the one pointer that is followed (a tail's head) is checked first.
 *
 * Small cousin of stable_page_flags() in Linux's fs/proc/page.c.
 */
#include <linux-lite/abi/kernel-page-flags.h>
#include <linux-lite/frames.h>
#include <linux-lite/kpage.h>
#include <linux-lite/page_alloc.h>

#define KPF(name)	(1ULL << KPF_##name)

static struct zone *pfn_zone(unsigned long pfn)
{
	struct zone *zone;

	for_each_populated_zone(zone)
		if (zone_spans_pfn(zone, pfn))
			return zone;
	return NULL;
}

bool pfn_to_used_page(unsigned long pfn, struct page **page)
{
	struct zone *zone = pfn_zone(pfn);
	unsigned long flags;
	bool used;

	*page = NULL;
	if (!zone)
		return false;
	spin_lock_irqsave(&zone->lock, flags);
	used = frames_order_at(zone, pfn) < 0;
	spin_unlock_irqrestore(&zone->lock, flags);
	if (used)
		*page = pfn_to_page(pfn);
	return true;
}

/* I2. Return: the head of a compound page that @page is a tail of; else @page. */
static const struct page *checked_head(const struct page *page)
{
	const struct page *head;

	unsigned int state = READ_ONCE(page->state);

	if (state != PGS_TAIL && state != PGS_SLAB)
		return page;
	head = READ_ONCE(page->compound_head);
	return page > head && (size_t)(page - head) < MAX_ORDER_NR_PAGES ? head : page;
}

static u64 state_bits(const struct page *page)
{
	static const u64 bits[PGS_NR_STATES] = {
		[PGS_RESERVED] = KPF(RESERVED), [PGS_SLAB] = KPF(SLAB), [PGS_TABLE] = KPF(PGTABLE),
		[PGS_ANON] = KPF(ANON) | KPF(SWAPBACKED),
	};
	unsigned int state = READ_ONCE(page->state);

	return state < PGS_NR_STATES ? bits[state] : 0;
}

static u64 flag_bits(const struct page *page)
{
	static const u8 bit[] = {
		[PG_locked] = KPF_LOCKED, [PG_uptodate] = KPF_UPTODATE, [PG_dirty] = KPF_DIRTY,
		[PG_referenced] = KPF_REFERENCED, [PG_active] = KPF_ACTIVE, [PG_lru] = KPF_LRU,
	};
	u32 flags = READ_ONCE(page->flags);
	u64 bits = (u64)(flags >> PG_arch_1 & 1) << KPF_ARCH;

	for (unsigned int i = 0; i < ARRAY_SIZE(bit); i++)
		bits |= (u64)(flags >> i & 1) << bit[i];
	return bits;
}

u64 kpage_flags(unsigned long pfn)
{
	const struct page *head;
	struct page *page;
	u64 bits;

	if (!pfn_to_used_page(pfn, &page))
		return KPF(NOPAGE);
	if (!page)
		return KPF(BUDDY);
	head = checked_head(page);
	bits = state_bits(head);
	if (READ_ONCE(page->state) == PGS_PCP)
		return 0;			/* its flags are its last owner's */
	bits |= flag_bits(head);
	if (page_mapcount(head) > 0)
		bits |= KPF(MMAP);
	if (head != page)
		bits |= KPF(COMPOUND_TAIL);
	else if (test_page_flag(page, PG_head))
		bits |= KPF(COMPOUND_HEAD);
	return page == zero_page ? bits | KPF(ZERO_PAGE) : bits;
}

u64 kpage_count(unsigned long pfn)
{
	struct page *page;
	int count;

	if (!pfn_to_used_page(pfn, &page) || !page)
		return 0;
	count = page_mapcount(checked_head(page));
	return count > 0 ? count : 0;
}
