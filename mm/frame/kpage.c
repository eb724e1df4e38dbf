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
 *       It is asked for 64 frames at a time, and a free block answers for all of its frames, so
 *       that 64 GiB can be read through.
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

/* I1. Bit i: frame @pfn + i is in use; all @nr, at most 64, are in the zone. */
static u64 used_frames(struct zone *zone, unsigned long pfn, unsigned int nr)
{
	unsigned long flags;
	u64 used = 0;

	spin_lock_irqsave(&zone->lock, flags);
	for (unsigned long i = 0; i < nr;) {
		int order = frames_order_at(zone, pfn + i);

		if (order < 0)
			used |= 1ULL << i++;
		else
			i = ((pfn + i) | ((1UL << order) - 1)) + 1 - pfn;
	}
	spin_unlock_irqrestore(&zone->lock, flags);
	return used;
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

static u64 flags_of(const struct page *page)
{
	const struct page *head = checked_head(page);
	u64 bits = state_bits(head);

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

static u64 count_of(const struct page *page)
{
	int count = page_mapcount(checked_head(page));

	return count > 0 ? count : 0;
}

void kpage_read(enum kpage_what what, unsigned long pfn, unsigned int nr, u64 *entry)
{
	static const struct {
		u64 (*used)(const struct page *page);
		u64 no_page, free;
	} of[] = {
		[KPAGE_FLAGS] = { flags_of, KPF(NOPAGE), KPF(BUDDY) },
		[KPAGE_COUNT] = { count_of, 0, 0 },
	};
	unsigned int run;

	for (; nr; nr -= run, pfn += run, entry += run) {
		struct zone *zone = pfn_zone(pfn);
		u64 used;

		run = zone ? min((unsigned long)nr, min(zone_end_pfn(zone) - pfn, 64ul)) : 1;
		used = zone ? used_frames(zone, pfn, run) : 0;
		for (unsigned int i = 0; i < run; i++)
			entry[i] = !zone ? of[what].no_page : !(used >> i & 1) ? of[what].free :
				   of[what].used(pfn_to_page(pfn + i));
	}
}
