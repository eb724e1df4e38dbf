// SPDX-License-Identifier: GPL-2.0-only
/*
 * table_page.c - page tables come and go empty, so each hart keeps some that are empty.
 *
 * A table must be all zero when it starts, and clearing a page is the dearest part of
 * getting one (a quarter of a page fault). But a table that is taken down is all zero
 * already: its entries were cleared one by one when the pages went. So it is kept as it is,
 * and the next fork or exec, which needs half a dozen tables, clears none of them.
 *
 *	this hart   head -> table -> table -> ...    by page->table_next, at most KEEP
 *
 *   I1  a table in here is all zero and no walker can reach it (flushed, mmu_gather.c)
 *   I2  a hart's list is touched by that hart only, with interrupts off
 *
 * Small cousin of Linux's include/linux/quicklist.h (until 5.3).
 */
#include <linux-lite/bug.h>
#include <linux-lite/percpu.h>
#include <linux-lite/string.h>
#include <linux-lite/table_page.h>
#include <linux-lite/vmstat.h>

#define KEEP	24	/* tables: about two processes' worth in Sv57 */

struct table_stock {
	struct page *head;
	unsigned int nr;
};

static DEFINE_PER_CPU(struct table_stock, table_stock);

struct page *table_page_alloc(gfp_t gfp)
{
	unsigned long flags = local_irq_save();
	struct table_stock *stock = this_cpu_ptr(&table_stock);
	struct page *table = stock->head;

	if (table) {
		stock->head = table->table_next;
		WRITE_ONCE(stock->nr, stock->nr - 1);
	}
	local_irq_restore(flags);
	if (!table) {
		table = alloc_page(gfp | __GFP_ZERO);
		if (!table)
			return NULL;
		table->state = PGS_TABLE;
	}
	VM_BUG_ON(memchr_inv(page_address(table), 0, PAGE_SIZE));
	spin_lock_init(&table->ptl, RANK_PTE);
	mod_node_page_state(NR_PAGETABLE, 1);
	return table;
}

void table_page_free(struct page *table)
{
	unsigned long flags;
	struct table_stock *stock;
	bool kept = false;

	VM_BUG_ON(table->state != PGS_TABLE);
	mod_node_page_state(NR_PAGETABLE, -1);
	flags = local_irq_save();
	stock = this_cpu_ptr(&table_stock);
	if (stock->nr < KEEP) {
		table->table_next = stock->head;
		stock->head = table;
		WRITE_ONCE(stock->nr, stock->nr + 1);
		kept = true;
	}
	local_irq_restore(flags);
	if (!kept)
		__free_page(table);
}

unsigned int table_page_drain(void)
{
	unsigned long flags = local_irq_save();
	struct table_stock *stock = this_cpu_ptr(&table_stock);
	unsigned int nr = stock->nr;
	struct page *table, *next;

	table = stock->head;
	*stock = (struct table_stock){ NULL, 0 };
	local_irq_restore(flags);
	for (; table; table = next) {
		next = table->table_next;
		__free_page(table);
	}
	return nr;
}

unsigned long table_page_kept(unsigned int cpu)
{
	return READ_ONCE(per_cpu(table_stock, cpu).nr);
}
