/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pcp.h - each hart's own lists of free pages in front of the buddy allocator.
 * mm/frame/pcp.c; without CONFIG_PCP every call goes straight to the buddy.
 *
 * Small cousin of Linux's struct per_cpu_pages (mmzone.h, page_alloc.c).
 */
#ifndef LINUX_LITE_PCP_H
#define LINUX_LITE_PCP_H

#include <linux-lite/page_alloc.h>
#include <linux-lite/percpu.h>
#include <linux-lite/zone.h>

#define PCP_MAX_ORDER	pageblock_order
#define PCP_SMALL_ORDER	3u	/* above it only pageblock_order may stay on a list */
#define PCP_NR_LISTS	((PCP_MAX_ORDER + 1) * MIGRATE_PCPTYPES)

struct pcp_list {
	struct page *head;	/* last freed first, by pcp_next */
	u32 count;		/* blocks on it */
	u16 limit;		/* more than this: the oldest go to the buddy; 0: none stays */
	u16 emptiness;		/* of the pageblock that it was last filled from */
};

/* One hart's share of one zone. Key: all (o) the hart, interrupts off. */
struct per_cpu_pages {
	struct pcp_list list[PCP_NR_LISTS];	/* [order * MIGRATE_PCPTYPES + migratetype] */
	struct pcp_list home[PCP_MAX_ORDER + 1];	/* from emptier pageblocks: to the buddy */
	unsigned long pgalloc, pgfree;		/* pages that passed, for /proc/vmstat */
} ____cacheline_aligned;

struct pcp_zones {
	struct per_cpu_pages zone[MAX_NR_ZONES];
};

DECLARE_PER_CPU(struct pcp_zones, pcp_zones);

/* A snapshot of one hart's share of one zone, for /proc. */
struct pcp_stat {
	unsigned long pages;		/* on the lists */
	unsigned int high, batch;	/* of the list of single pages */
	unsigned long pgalloc, pgfree;
};

#ifdef CONFIG_PCP

/**
 * pcp_alloc - take a block from this hart's list
 * @zone: which zone
 * @order: 0..PCP_MAX_ORDER
 * @type: for whom
 *
 * Context: any.
 * Return: the first page, state PGS_PCP; NULL when the list is empty (see pcp_refill).
 */
struct page *pcp_alloc(enum zone_type zone, unsigned int order, enum migratetype type);
/* Fetch a batch from the buddy allocator, then as pcp_alloc; NULL: the zone has none. */
struct page *pcp_refill(enum zone_type zone, unsigned int order, enum migratetype type);
/* Give a block of order 0..PCP_MAX_ORDER back; its state says that it is in use still. */
void pcp_free(struct page *page, unsigned int order);
void pcp_free_batch(struct page **pages, unsigned int nr);
/* Limits from the size of the zones. Boot. */
void pcp_init(void);
/* This hart's pages to the buddy allocator. Context: any. */
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
