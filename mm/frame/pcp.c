// SPDX-License-Identifier: GPL-2.0-only
/*
 * pcp.c - per-CPU pages: a hart's own supply of small blocks in front of the buddy lists.
 *
 *	      hart 0                       hart 1
 *	list[0] -> p -> p -> p       list[0] -> p -> p		pop, push: no lock, no atomic
 *	list[1] -> p -> p            list[1] -> (empty)
 *	   | ^                          | ^
 *	   v | a batch, under zone->lock v |
 *	+------------------------------------+
 *	|        buddy lists of the zone     |
 *	+------------------------------------+
 *
 * One list for each order and each migrate type, last in first out: what was freed last is in
 * the cache still. Blocks of orders 0 to 3 stay there, and a few of order 9, a huge leaf each,
 * where the zone is large enough; those between are seldom asked for, and pass through a list
 * whose limit is 0 to the buddy allocator. A list that is empty fetches a batch; one that has
 * more than its limit gives back all but three quarters, the oldest, so that a program which
 * allocates and frees around either end does not run into the zone's lock each time.
 *
 *   I1  a list and its counters are touched by their hart only, with interrupts off: an
 *       interrupt handler may allocate. Nothing in the kernel is preempted, so that is all.
 *       (Readers of /proc peek at the counters, hence WRITE_ONCE.) The short paths, inline in
 *       pcp.h, are leaf sections (asm/irqflags.h); pcp_free asks whether a call waits.
 *   I2  a page on a list has state PGS_PCP, the order and migratetype of its list, refcount 0
 *   I3  supplied + freed - taken is the length of the list: counting who came and who went
 *       costs no more than the length alone, and /proc/vmstat wants to know. Who makes a list
 *       longer than its limit has it trimmed before he returns.
 *   I4  these pages count as free for nr_free_pages(), but not for watermarks: only their
 *       hart can use them
 *
 * Reuse against order. To hand out again what was freed last keeps a frame that lies alone in
 * its 2 MiB block in use for ever. So a list notes how empty the pageblock was that it was last
 * filled from, and a page from an emptier one goes home: to a chain that is given back to the
 * buddy allocator when it is a batch long. Emptier pageblocks are left alone until they are
 * whole, and a program that allocates and frees in one place notices nothing. It must be
 * counted in pages: by the size of the largest free block most pageblocks are equally empty,
 * all their pages would be reused, and none would ever become whole.
 *
 * Which type's list a page goes to when freed: the one it was handed out for. The buddy
 * allocator sorts it by its pageblock when it comes back there.
 *
 * Small cousin of Linux's per_cpu_pages (mm/page_alloc.c: rmqueue_pcplist, free_unref_page);
 * left out: scaling of the batch with the rate of frees. Linux takes a spinlock that is
 * nearly always free, so that other harts can drain; we ask the hart to do it itself.
 */
#include <linux-lite/frames.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pcp.h>
#include <linux-lite/smp.h>

#define HOME_BATCH	32	/* pages that go home together, in blocks of one order */

DEFINE_PER_CPU(struct per_cpu_pages, pcp);

/* Where a block belongs that is free again. */
static struct pcp_list *list_of(const struct page *page)
{
	return &this_cpu_ptr(&pcp)->list[page->order][page->zone][page->migratetype];
}

static void supply(struct pcp_list *list, int nr)
{
	WRITE_ONCE(list->supplied, list->supplied + nr);
}

static void refill(struct zone *zone, unsigned int order, enum migratetype type,
		   struct pcp_list *list)
{
	struct page *page;

	spin_lock(&zone->lock);
	supply(list, frames_alloc_bulk(zone, order, type, max(1u, list->limit / 4u),
				       &list->head));
	if (list->head)
		list->emptiness = frames_emptiness(zone, page_to_pfn(list->head));
	spin_unlock(&zone->lock);
	for (page = list->head; page; page = page->pcp_next)
		page->state = PGS_PCP;
}

struct page *pcp_refill(enum zone_type zone, unsigned int order, enum migratetype type)
{
	unsigned long flags = local_irq_save();
	struct pcp_list *list = &this_cpu_ptr(&pcp)->list[order][zone][type];
	struct page *page;

	if (!list->head)
		refill(&zones[zone], order, type, list);
	page = pcp_alloc(zone, order, type);
	local_irq_restore(flags);
	return page;
}

/* All but the first @keep blocks of a list go to the buddy allocator. Interrupts off. */
static void drain_list(struct pcp_list *list, unsigned int keep)
{
	struct page **cut = &list->head, *page, *next;
	unsigned int length = pcp_length(list);
	struct zone *zone;

	if (length <= keep)
		return;
	for (unsigned int i = 0; i < keep; i++)
		cut = &(*cut)->pcp_next;
	page = *cut;
	*cut = NULL;
	supply(list, keep - length);

	zone = page_zone(page);
	spin_lock(&zone->lock);
	for (; page; page = next) {
		next = page->pcp_next;
		frames_free(zone, page, page->order);
	}
	spin_unlock(&zone->lock);
}

/* Interrupts off. */
static void go_home(struct page *page)
{
	struct pcp_list *home = &this_cpu_ptr(&pcp)->list[page->order][page->zone][PCP_HOME];

	if (pcp_push(home, page))
		drain_list(home, 0);
}

/* Interrupts off. */
static void trim(struct pcp_list *list)
{
	if (pcp_length(list) <= list->limit)
		return;
	drain_list(list, list->limit - list->limit / 4);
	list->emptiness = 0;	/* enough: keep only from full ones */
}

void pcp_free_home(struct page *page)
{
	unsigned long flags = local_irq_save();

	go_home(page);
	local_irq_restore(flags);
}

void pcp_trim(struct pcp_list *list)
{
	unsigned long flags = local_irq_save();

	trim(list);
	local_irq_restore(flags);
}

void pcp_free_batch(struct page **pages, unsigned int nr)
{
	unsigned long flags = local_irq_save();

	for (unsigned int i = 0; i < nr; i++) {
		struct page *page = pages[i];
		struct pcp_list *list = list_of(page);
		unsigned int emptiness = frames_emptiness(page_zone(page), page_to_pfn(page));

		if (unlikely(emptiness > list->emptiness))
			go_home(page);
		else if (pcp_push(list, page))
			trim(list);
	}
	local_irq_restore(flags);
}

void drain_local_pages(void)
{
	unsigned long flags = local_irq_save();
	struct pcp_list *list = this_cpu_ptr(&pcp)->list[0][0];

	for (unsigned int i = 0; i < PCP_NR_LISTS; i++)
		drain_list(&list[i], 0);
	local_irq_restore(flags);
}

static void drain_one_cpu(void *unused)
{
	drain_local_pages();
}

void drain_all_pages(void)
{
	on_each_cpu(drain_one_cpu, NULL);
}

struct pcp_stat pcp_stat(unsigned int cpu, enum zone_type zone)
{
	const struct per_cpu_pages *cpu_pcp = &per_cpu(pcp, cpu);
	struct pcp_stat stat = {
		.high = cpu_pcp->list[0][zone][0].limit,
		.batch = cpu_pcp->list[0][zone][0].limit / 4,
	};

	for (unsigned int order = 0; order <= PCP_MAX_ORDER; order++)
		for (unsigned int kind = 0; kind < PCP_NR_KINDS; kind++) {
			const struct pcp_list *list = &cpu_pcp->list[order][zone][kind];

			stat.pages += (unsigned long)pcp_length(list) << order;
			stat.pgalloc += READ_ONCE(list->taken) << order;
			stat.pgfree += READ_ONCE(list->freed) << order;
		}
	return stat;
}

unsigned long pcp_nr_pages(enum zone_type zone)
{
	unsigned long sum = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		sum += pcp_stat(cpu, zone).pages;
	return sum;
}

/*
 * Single pages: as many as Linux keeps, 1/1024 of the zone a batch and four batches at most,
 * but no more than 128. Larger blocks: a batch's worth of pages, and at least two blocks.
 * Huge leaves: up to four, but all harts' of one type no more than 1/32 of the zone, because
 * what is on a list is missed by the others.
 */
static u32 list_limit(const struct zone *zone, unsigned int order)
{
	unsigned long batch = clamp_t(unsigned long, zone->managed_pages / 1024, 4, 32);

	if (order == pageblock_order)
		return min(zone->managed_pages / (32 * pageblock_nr_pages * nr_cpu_ids), 4UL);
	if (order > PCP_SMALL_ORDER)
		return 0;
	return order ? max(batch >> order, 2UL) : batch * 4;
}

/* Pages that go home together, in blocks of one order: HOME_BATCH of them. */
static u32 home_limit(unsigned int order)
{
	return max(HOME_BATCH >> order, 1) - 1;
}

static void init_lists(struct pcp_list *list, const struct zone *zone, unsigned int order)
{
	for (unsigned int kind = 0; kind < PCP_NR_KINDS; kind++)
		list[kind].limit = kind == PCP_HOME ? home_limit(order) : list_limit(zone, order);
}

void pcp_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		for (unsigned int order = 0; order <= PCP_MAX_ORDER; order++)
			for (unsigned int zone = 0; zone < MAX_NR_ZONES; zone++)
				init_lists(per_cpu(pcp, cpu).list[order][zone],
					   &zones[zone], order);
}
