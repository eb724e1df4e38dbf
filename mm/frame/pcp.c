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
 *       (Readers of /proc peek at the counters, hence WRITE_ONCE.)
 *   I2  a page on a list has state PGS_PCP, the order and migratetype of its list, refcount 0
 *   I3  count is the length of the list, and count <= limit whenever interrupts are on
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

DEFINE_PER_CPU(struct pcp_zones, pcp_zones);

static struct per_cpu_pages *this_pcp(enum zone_type zone)
{
	return &this_cpu_ptr(&pcp_zones)->zone[zone];
}

static struct pcp_list *pcp_list(struct per_cpu_pages *pcp, unsigned int order,
				 enum migratetype type)
{
	return &pcp->list[order * MIGRATE_PCPTYPES + type];
}

/* The list is not empty. */
static struct page *pop(struct per_cpu_pages *pcp, struct pcp_list *list, unsigned int order)
{
	struct page *page = list->head;

	VM_BUG_ON(page->state != PGS_PCP || page->order != order);
	list->head = page->pcp_next;
	WRITE_ONCE(list->count, list->count - 1);
	WRITE_ONCE(pcp->pgalloc, pcp->pgalloc + (1UL << order));
	return page;
}

struct page *pcp_alloc(enum zone_type zone, unsigned int order, enum migratetype type)
{
	unsigned long flags = local_irq_save();
	struct per_cpu_pages *pcp = this_pcp(zone);
	struct pcp_list *list = pcp_list(pcp, order, type);
	struct page *page = NULL;

	if (likely(list->head))
		page = pop(pcp, list, order);
	local_irq_restore(flags);
	return page;
}

struct page *pcp_refill(enum zone_type zone, unsigned int order, enum migratetype type)
{
	unsigned long flags = local_irq_save();
	struct per_cpu_pages *pcp = this_pcp(zone);
	struct pcp_list *list = pcp_list(pcp, order, type);
	struct page *page;

	if (!list->head) {
		spin_lock(&zones[zone].lock);
		WRITE_ONCE(list->count, frames_alloc_bulk(&zones[zone], order, type,
							  max(1u, list->limit / 4u),
							  &list->head));
		if (list->head)
			list->emptiness = frames_emptiness(&zones[zone],
							   page_to_pfn(list->head));
		spin_unlock(&zones[zone].lock);
		for (page = list->head; page; page = page->pcp_next)
			page->state = PGS_PCP;
	}
	page = list->head ? pop(pcp, list, order) : NULL;
	local_irq_restore(flags);
	return page;
}

/* All but the first @keep blocks of a list go to the buddy allocator. Interrupts off. */
static void drain_list(enum zone_type zone, struct pcp_list *list, unsigned int keep)
{
	struct page **cut = &list->head, *page, *next;

	if (list->count <= keep)
		return;
	for (unsigned int i = 0; i < keep; i++)
		cut = &(*cut)->pcp_next;
	page = *cut;
	*cut = NULL;
	WRITE_ONCE(list->count, keep);

	spin_lock(&zones[zone].lock);
	for (; page; page = next) {
		next = page->pcp_next;
		frames_free(&zones[zone], page, page->order);
	}
	spin_unlock(&zones[zone].lock);
}

/* Interrupts off. */
static noinline void go_home(enum zone_type zone, struct pcp_list *home, struct page *page)
{
	page->pcp_next = home->head;
	home->head = page;
	WRITE_ONCE(home->count, home->count + 1);
	if (home->count >= home->limit)
		drain_list(zone, home, 0);
}

static void push(struct page *page, unsigned int order)
{
	struct per_cpu_pages *pcp = this_pcp(page->zone);
	struct pcp_list *list = pcp_list(pcp, order, page->migratetype);
	unsigned int emptiness = frames_emptiness(&zones[page->zone], page_to_pfn(page));

	page->state = PGS_PCP;
	if (unlikely(emptiness > list->emptiness)) {
		WRITE_ONCE(pcp->pgfree, pcp->pgfree + (1UL << order));
		go_home(page->zone, &pcp->home[order], page);
		return;
	}
	page->pcp_next = list->head;
	list->head = page;
	WRITE_ONCE(pcp->pgfree, pcp->pgfree + (1UL << order));
	WRITE_ONCE(list->count, list->count + 1);
	if (unlikely(list->count > list->limit)) {
		drain_list(page->zone, list, list->limit - list->limit / 4);
		list->emptiness = 0;	/* enough: keep only from full ones */
	}
}

void pcp_free(struct page *page, unsigned int order)
{
	unsigned long flags = local_irq_save();

	push(page, order);
	local_irq_restore(flags);
}

void pcp_free_batch(struct page **pages, unsigned int nr)
{
	unsigned long flags = local_irq_save();

	for (unsigned int i = 0; i < nr; i++)
		push(pages[i], 0);
	local_irq_restore(flags);
}

void drain_local_pages(void)
{
	unsigned long flags = local_irq_save();

	for (unsigned int zone = 0; zone < MAX_NR_ZONES; zone++) {
		struct per_cpu_pages *pcp = this_pcp(zone);

		for (unsigned int i = 0; i < PCP_NR_LISTS; i++)
			drain_list(zone, &pcp->list[i], 0);
		for (unsigned int order = 0; order <= PCP_MAX_ORDER; order++)
			drain_list(zone, &pcp->home[order], 0);
	}
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
	const struct per_cpu_pages *pcp = &per_cpu(pcp_zones, cpu).zone[zone];
	struct pcp_stat stat = {
		.high = pcp->list[0].limit,
		.batch = pcp->list[0].limit / 4,
		.pgalloc = READ_ONCE(pcp->pgalloc),
		.pgfree = READ_ONCE(pcp->pgfree),
	};

	for (unsigned int i = 0; i < PCP_NR_LISTS; i++)
		stat.pages += (unsigned long)READ_ONCE(pcp->list[i].count) << i / MIGRATE_PCPTYPES;
	for (unsigned int order = 0; order <= PCP_MAX_ORDER; order++)
		stat.pages += (unsigned long)READ_ONCE(pcp->home[order].count) << order;
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

void pcp_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		for (unsigned int zone = 0; zone < MAX_NR_ZONES; zone++) {
			struct per_cpu_pages *pcp = &per_cpu(pcp_zones, cpu).zone[zone];

			for (unsigned int i = 0; i < PCP_NR_LISTS; i++)
				pcp->list[i].limit = list_limit(&zones[zone], i / MIGRATE_PCPTYPES);
			for (unsigned int order = 0; order <= PCP_MAX_ORDER; order++)
				pcp->home[order].limit = order > PCP_SMALL_ORDER ? 1 :
							 HOME_BATCH >> order;
		}
	}
}
