/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pcp.h - each hart's own lists of free pages in front of the buddy allocator.
 * mm/frame/pcp.c; without CONFIG_PCP every call goes straight to the buddy.
 *
 * pcp_alloc() and pcp_free() are here and not there because nearly every call of alloc_pages()
 * and __free_pages() ends in them: inline, each of those is one function without a call.
 *
 * Small cousin of Linux's struct per_cpu_pages (mmzone.h, page_alloc.c).
 */
#ifndef LINUX_LITE_PCP_H
#define LINUX_LITE_PCP_H

#include <linux-lite/frames.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/percpu.h>
#include <linux-lite/zone.h>

#define PCP_MAX_ORDER	(MAX_ORDER < pageblock_order ? MAX_ORDER + 0u : pageblock_order)
#define PCP_SMALL_ORDER	3u	/* above it only pageblock_order has room on a list at first */

/* Lists of one order in one zone: one each migrate type, and of pages on their way home. */
enum pcp_kind { PCP_HOME = MIGRATE_PCPTYPES, PCP_NR_KINDS };
#define PCP_NR_LISTS	((PCP_MAX_ORDER + 1) * MAX_NR_ZONES * PCP_NR_KINDS)

/* Key: all (o) the hart, interrupts off; /proc peeks at the counts. */
struct pcp_list {
	struct page *head;	/* last freed first, by pcp_next */
	unsigned long freed;	/* blocks that were put on it by their users, */
	unsigned long taken;	/* and taken off it, ever: pgfree and pgalloc of /proc/vmstat */
	u32 supplied;		/* blocks that came from the zone, less those that went there */
	u16 limit;		/* as many blocks may be on it */
	u16 emptiness;		/* of the pageblock that filled it, at least 1; 0: was full since */
};

/* All lists of a hart. */
struct per_cpu_pages {
	struct pcp_list list[PCP_MAX_ORDER + 1][MAX_NR_ZONES][PCP_NR_KINDS];
	u32 room[MAX_NR_ZONES];		/* pages by which limits may still grow */
} ____cacheline_aligned;

DECLARE_PER_CPU(struct per_cpu_pages, pcp);

/* A snapshot of one hart's share of one zone, for /proc. */
struct pcp_stat {
	unsigned long pages;		/* on the lists */
	unsigned int high, batch;	/* of the list of single pages */
	unsigned long pgalloc, pgfree;
};

#ifdef CONFIG_PCP

/* Blocks on a list. The three counts may wrap; their sum does not mind. */
static inline unsigned int pcp_length(const struct pcp_list *list)
{
	return READ_ONCE(list->supplied) + READ_ONCE(list->freed) - READ_ONCE(list->taken);
}

/**
 * pcp_alloc - take a block from this hart's list
 * @zone: which zone
 * @order: 0..PCP_MAX_ORDER
 * @type: for whom
 *
 * Context: any.
 * Return: the first page, state PGS_PCP; NULL when the list is empty (see pcp_refill).
 */
static inline struct page *pcp_alloc(enum zone_type zone, unsigned int order,
				     enum migratetype type)
{
	unsigned long flags = local_irq_save_leaf();
	struct pcp_list *list = this_cpu_ptr(&pcp.list[order][zone][type]);
	struct page *page = list->head;

	if (likely(page)) {
		VM_BUG_ON(page->state != PGS_PCP || page->order != order);
		list->head = page->pcp_next;
		WRITE_ONCE(list->taken, list->taken + 1);
	}
	local_irq_restore_leaf(flags);
	return page;
}

/* Fetch a batch from the buddy allocator, then as pcp_alloc; NULL: the zone has none. */
struct page *pcp_refill(enum zone_type zone, unsigned int order, enum migratetype type);

/* Does a block belong on this list? Those from emptier pageblocks do not. */
static inline bool pcp_wants(const struct pcp_list *list, const struct page *page)
{
	return frames_emptiness(page_zone(page), page_to_pfn(page)) <= list->emptiness &&
	       list->supplied + (u32)list->freed - (u32)list->taken < list->limit;
}

/* Interrupts off. */
static inline void pcp_push(struct pcp_list *list, struct page *page)
{
	page->state = PGS_PCP;
	page->pcp_next = list->head;
	list->head = page;
	WRITE_ONCE(list->freed, list->freed + 1);
}

/* The rare end of pcp_free: the list does not want it, or a call waits for this hart. */
void pcp_free_home(struct page *page);

/**
 * pcp_free - put a block on this hart's list
 * @page: its first page; its state says that it is in use still
 * @order: page->order, 0..PCP_MAX_ORDER
 *
 * Context: any.
 */
static inline void pcp_free(struct page *page, unsigned int order)
{
	unsigned long flags = local_irq_save_leaf();
	struct pcp_list *list = this_cpu_ptr(&pcp.list[order][page->zone][page->migratetype]);
	bool stays = pcp_wants(list, page) && !local_irq_waits();

	if (likely(stays))
		pcp_push(list, page);
	local_irq_restore_leaf(flags);
	if (unlikely(!stays))
		pcp_free_home(page);
}

/* The same for single pages. */
void pcp_free_batch(struct page **pages, unsigned int nr);
/* Limits from the size of the zones. Boot. */
void pcp_init(void);
/* This hart's pages to the buddy allocator, and its lists short again. Context: any. */
void drain_local_pages(void);
/* All harts'. Context: interrupts on. */
void drain_all_pages(void);
struct pcp_stat pcp_stat(unsigned int cpu, enum zone_type zone);
/* Pages on all harts' lists of a zone: a snapshot. */
unsigned long pcp_nr_pages(enum zone_type zone);

#else

static inline struct page *pcp_alloc(enum zone_type zone, unsigned int order,
				     enum migratetype type)
{
	return NULL;
}

static inline struct page *pcp_refill(enum zone_type zone, unsigned int order,
				      enum migratetype type)
{
	return rmqueue_buddy(&zones[zone], order, type);
}

static inline void pcp_free(struct page *page, unsigned int order)
{
	free_to_buddy(page, order);
}

static inline void pcp_free_batch(struct page **pages, unsigned int nr)
{
	for (unsigned int i = 0; i < nr; i++)
		free_to_buddy(pages[i], 0);
}

static inline void pcp_init(void) { }
static inline void drain_local_pages(void) { }
static inline void drain_all_pages(void) { }
static inline struct pcp_stat pcp_stat(unsigned int cpu, enum zone_type zone)
{
	return (struct pcp_stat){ 0 };
}
static inline unsigned long pcp_nr_pages(enum zone_type zone) { return 0; }

#endif

#endif
