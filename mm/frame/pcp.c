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
 * the cache still. A list that is empty fetches a batch. What is freed while it is full goes
 * home: onto a chain that is given back to the buddy allocator when it is a batch long.
 *
 * How long a list may become. At first some blocks of orders 0 to 3, and a few of order 9, a
 * huge leaf each, where the zone is large enough; those between are seldom asked for, and their
 * limit is 0. But a list that was full, and later runs dry, is too short for what is going on:
 * it doubles its limit. So whatever is allocated and freed again and again, in whatever burst,
 * soon stays with its hart. All limits of a hart may grow by an eighth of the zone, divided
 * by the number of harts (as much as Linux keeps at most). Who drains the lists, because
 * memory is short or a pageblock must be whole, makes them short again.
 *
 *   I1  a list and its counters are touched by their hart only, with interrupts off: an
 *       interrupt handler may allocate. Nothing in the kernel is preempted, so that is all.
 *       (Readers of /proc peek at the counters, hence WRITE_ONCE.) The short paths, inline in
 *       pcp.h, are leaf sections (asm/irqflags.h); pcp_free asks whether a call waits.
 *   I2  a page on a list has state PGS_PCP, the order and migratetype of its list, refcount 0
 *   I3  supplied + freed - taken is the length of the list: counting who came and who went
 *       costs no more than the length alone, and /proc/vmstat wants to know. No list is
 *       longer than its limit.
 *   I4  these pages count as free for nr_free_pages(), but not for watermarks: only their
 *       hart can use them
 *
 * Reuse against order. To hand out again what was freed last keeps a frame that lies alone in
 * its 2 MiB block in use for ever. So a list notes how empty the pageblock was that it was last
 * filled from, and a page from an emptier one goes home, too. Emptier pageblocks are left alone
 * until they are whole, and a program that allocates and frees in one place notices nothing.
 * It must be counted in pages: by the size of the largest free block most pageblocks are
 * equally empty, all their pages would be reused, and none would ever become whole.
 *
 * Which type's list a page goes to when freed: the one it was handed out for. The buddy
 * allocator sorts it by its pageblock when it comes back there.
 *
 * Small cousin of Linux's per_cpu_pages (mm/page_alloc.c: rmqueue_pcplist, free_unref_page,
 * since 6.7 with limits that follow the load); left out: limits that shrink with time. Linux
 * takes a spinlock that is nearly always free, so that other harts can drain; we ask the hart
 * to do it itself.
 */
#include <linux-lite/frames.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pcp.h>
#include <linux-lite/smp.h>

#define HOME_BATCH	32	/* pages that go home together, in blocks of one order */
#define MAX_BATCH	64u	/* pages that come together: interrupts are off meanwhile */
#define MAX_LIST	4096u	/* pages on one list */

DEFINE_PER_CPU(struct per_cpu_pages, pcp);

/* ---- limits -------------------------------------------------------------------------- */

/*
 * Single pages: as many as Linux keeps, 1/1024 of the zone a batch and four batches at most,
 * but no more than 128. Larger blocks: a batch's worth of pages, and at least two blocks.
 * Huge leaves: up to four, but all harts' of one type no more than 1/32 of the zone, because
 * what is on a list is missed by the others.
 */
static u32 first_limit(const struct zone *zone, unsigned int order)
{
	unsigned long batch = clamp_t(unsigned long, zone->managed_pages / 1024, 4, 32);

	if (order == pageblock_order)
		return min(zone->managed_pages / (32 * pageblock_nr_pages * nr_cpu_ids), 4UL);
	if (order > PCP_SMALL_ORDER)
		return 0;
	return order ? max(batch >> order, 2UL) : batch * 4;
}

/* The lists of one order in one zone. */
static void init_lists(struct pcp_list *lists, const struct zone *zone, unsigned int order)
{
	for (unsigned int type = 0; type < MIGRATE_PCPTYPES; type++) {
		WRITE_ONCE(lists[type].limit, first_limit(zone, order));
		lists[type].emptiness = 1;
	}
	lists[PCP_HOME].limit = order > PCP_SMALL_ORDER ? 1 : HOME_BATCH >> order;
}

static void init_limits(struct per_cpu_pages *cpu_pcp)
{
	for (unsigned int zone = 0; zone < MAX_NR_ZONES; zone++) {
		for (unsigned int order = 0; order <= PCP_MAX_ORDER; order++)
			init_lists(cpu_pcp->list[order][zone], &zones[zone], order);
		cpu_pcp->room[zone] = zones[zone].managed_pages / 8 / nr_cpu_ids;
	}
}

static void grow(struct pcp_list *list, unsigned int order, u32 *room)
{
	u32 wanted = min(max(2u * list->limit, 1u), MAX_LIST >> order);
	u32 more = min(wanted - list->limit, *room >> order);

	WRITE_ONCE(list->limit, list->limit + more);
	*room -= more << order;
}

void pcp_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		init_limits(per_cpu_ptr(&pcp, cpu));
}

static void supply(struct pcp_list *list, int nr)
{
	WRITE_ONCE(list->supplied, list->supplied + nr);
}

/* ---- from the zone ------------------------------------------------------------------- */

/* In blocks. A quarter of the list: what is freed meanwhile has its place, too. */
static unsigned int batch_size(unsigned int limit, unsigned int order)
{
	return clamp_t(unsigned int, limit / 4, 1, max(MAX_BATCH >> order, 1u));
}

static void refill(struct zone *zone, unsigned int order, struct pcp_list *list,
		   enum migratetype type)
{
	unsigned int batch = batch_size(list->limit, order);
	struct page *page;

	spin_lock(&zone->lock);
	supply(list, frames_alloc_bulk(zone, order, type, batch, &list->head));
	if (list->head)			/* unless another hart was faster */
		list->emptiness = max(1u, frames_emptiness(zone, page_to_pfn(list->head)));
	spin_unlock(&zone->lock);
	for (page = list->head; page; page = page->pcp_next)
		page->state = PGS_PCP;
}

struct page *pcp_refill(enum zone_type zone, unsigned int order, enum migratetype type)
{
	unsigned long flags = local_irq_save();
	struct per_cpu_pages *this_pcp = this_cpu_ptr(&pcp);
	struct pcp_list *list = &this_pcp->list[order][zone][type];
	struct page *page;

	if (!list->head) {		/* still: an interrupt may have freed here */
		if (!list->emptiness)	/* it was full, and now it is empty */
			grow(list, order, &this_pcp->room[zone]);
		refill(&zones[zone], order, list, type);
	}
	page = pcp_alloc(zone, order, type);
	local_irq_restore(flags);
	return page;
}

/* ---- to the zone --------------------------------------------------------------------- */

static struct pcp_list *lists_of(const struct page *page)
{
	return this_cpu_ptr(&pcp)->list[page->order][page->zone];
}

/* Interrupts off. */
static void drain_list(struct pcp_list *list)
{
	struct page *page = list->head, *next;
	struct zone *zone;

	if (!page)
		return;
	list->head = NULL;
	supply(list, -pcp_length(list));

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
	struct pcp_list *lists = lists_of(page), *home = &lists[PCP_HOME];
	struct pcp_list *list = &lists[page->migratetype];

	if (pcp_length(list) >= list->limit)
		list->emptiness = 0;	/* enough: keep only from full pageblocks */
	pcp_push(home, page);
	if (pcp_length(home) >= home->limit)
		drain_list(home);
}

void pcp_free_home(struct page *page)
{
	unsigned long flags = local_irq_save();

	go_home(page);
	local_irq_restore(flags);
}

void pcp_free_batch(struct page **pages, unsigned int nr)
{
	unsigned long flags = local_irq_save();

	for (unsigned int i = 0; i < nr; i++) {
		struct pcp_list *list = &lists_of(pages[i])[pages[i]->migratetype];

		if (likely(pcp_wants(list, pages[i])))
			pcp_push(list, pages[i]);
		else
			go_home(pages[i]);
	}
	local_irq_restore(flags);
}

void drain_local_pages(void)
{
	unsigned long flags = local_irq_save();
	struct pcp_list *list = this_cpu_ptr(&pcp)->list[0][0];

	for (unsigned int i = 0; i < PCP_NR_LISTS; i++)
		drain_list(&list[i]);
	init_limits(this_cpu_ptr(&pcp));
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
		.high = READ_ONCE(cpu_pcp->list[0][zone][MIGRATE_MOVABLE].limit),
	};

	stat.batch = batch_size(stat.high, 0);

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
