// SPDX-License-Identifier: GPL-2.0-only
/*
 * dump_page.c - all that is known of a page, in the log, when something is wrong with it.
 *
 *	BUG: Bad page state in process sh  pfn:8a3f2		whose mistake it may be, which frame
 *	page:ff.. refcount:0 mapcount:0 mapping:0 index:0 pfn:	struct page, in words
 *	flags: 0x0(zone=0) state:pcp order:0
 *	raw: ... ... ... ...					and as it is in memory
 *	page dumped because: page is free already ...
 *	page_owner tracks the page as freed ...			with page_owner=on: who had it
 *	CPU: ..., Call Trace:					who has just come
 *
 * Small cousin of Linux's mm/debug.c (dump_page) and of bad_page() in mm/page_alloc.c. Its lines
 * are Linux's; state and order, which Linux encodes in flags, are added to the second.
 */
#include <linux-lite/flag_names.h>
#include <linux-lite/kernel.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/page_owner.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>

static void dump_raw(const char *prefix, const struct page *page)
{
	const unsigned long *word = (const unsigned long *)page;

	for (unsigned int i = 0; i < sizeof(*page) / sizeof(*word); i += 4)
		pr_warn("%s: %016lx %016lx %016lx %016lx\n", prefix, word[i], word[i + 1],
			word[i + 2], word[i + 3]);
}

/* The head of a compound page, if @page says one that can be. */
static struct page *head_of(struct page *page)
{
	struct page *head = compound_head(page);

	return page >= head && (size_t)(page - head) < MAX_ORDER_NR_PAGES ? head : page;
}

void dump_page(struct page *page, const char *reason)
{
	struct page *head = head_of(page);
	char names[FLAG_NAMES_LEN];

	pr_warn("page:%p refcount:%d mapcount:%d mapping:%p index:%#lx pfn:%#lx\n", page,
		page_ref_count(head), page_mapcount(head), page->mapping, page->index,
		page_to_pfn(page));
	if (head != page || test_page_flag(page, PG_head))
		pr_warn("head:%p order:%u\n", head, head->order);
	pr_warn("%sflags: %s state:%s order:%u\n", page->state == PGS_ANON ? "anon " : "",
		page_flag_names(page, names), page_state_name(page->state), page->order);
	dump_raw("raw", page);
	if (head != page)
		dump_raw("head", head);
	if (reason)
		pr_warn("page dumped because: %s\n", reason);
	dump_page_owner(page);
}

void bad_page(struct page *page, const char *reason)
{
	const char *comm = current ? ((struct task_struct *)current)->comm : "swapper";

	if (!printk_ratelimit())		/* mistakes come in crowds */
		return;
	pr_err("BUG: Bad page state in process %s  pfn:%05lx\n", comm, page_to_pfn(page));
	dump_page(page, reason);
	dump_caller();
}

void bad_address(const void *addr)
{
	if (!printk_ratelimit())
		return;
	pr_err("BUG: Bad address %p freed, which is no page's\n", addr);
	dump_caller();
}
