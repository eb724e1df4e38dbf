// SPDX-License-Identifier: GPL-2.0-only
/*
 * kernel_stack.c - the stack a task has while it is in the kernel.
 *
 *	|  never mapped, 2^order pages  |  stack, 2^order pages  |
 *	va->start, aligned to both      |                        ^ sp starts here and goes down
 *	                                ^ stack
 *
 * A stack that overflows runs into the unmapped half and faults, instead of writing over
 * somebody's memory. The pair is aligned to its size, so bit (PAGE_SHIFT + order) of sp is 1
 * in the stack and 0 below it: entry code can tell an overflow with one test.
 *
 * fork needs one each time, and mapping it costs a walk and a flush on all harts, so each
 * hart keeps the last KEEP that were freed there, mapped as they are, until memory is short.
 *
 * Its pages are single ones from anywhere: fork must not fail because memory is fragmented.
 *
 *   I1  a stack in stacks.kept is mapped, and nobody runs on it
 *   I2  stacks is touched by its hart only, with interrupts off
 *
 * Small cousin of Linux's kernel/fork.c (alloc_thread_stack_node, cached_stacks).
 */
#include <linux-lite/bug.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/percpu.h>
#include <linux-lite/vmalloc.h>
#include <linux-lite/vmap_area.h>
#include <linux-lite/vmstat.h>
#include <asm/tlbflush.h>

#define KEEP		2u
#define KEPT_ORDER	(CONFIG_THREAD_SIZE_ORDER + 0u)
#define MAX_STACK_PAGES	16u		/* CONFIG_THREAD_SIZE_ORDER's range */

struct kept_stacks {
	unsigned int nr;
	void *kept[KEEP];
};

static DEFINE_PER_CPU(struct kept_stacks, stacks);

static void account_stack(unsigned int order, int sign)
{
	mod_node_page_state(NR_KERNEL_STACK_KB, sign * (long)((PAGE_SIZE << order) / 1024));
}

static void *take_kept(unsigned int order)
{
	void *stack = NULL;
	unsigned long flags;

	if (order != KEPT_ORDER)
		return NULL;
	flags = local_irq_save();
	if (this_cpu(stacks).nr)
		stack = this_cpu(stacks).kept[--this_cpu(stacks).nr];
	local_irq_restore(flags);
	return stack;
}

static void free_stack_pages(struct page **pages, unsigned int nr)
{
	for (unsigned int i = 0; i < nr; i++)
		__free_page(pages[i]);
}

void *alloc_kernel_stack(unsigned int order)
{
	struct page *pages[MAX_STACK_PAGES] = { NULL };
	unsigned int nr = 1u << order, got;
	unsigned long size = PAGE_SIZE << order;
	void *stack = take_kept(order);
	struct vmap_area *va;

	if (stack)
		goto out;
	got = alloc_pages_bulk(GFP_KERNEL, nr, pages);
	va = got == nr ? vmap_area_alloc(2 * size, 2 * size, VMAP_STACK) : NULL;
	if (!va)
		goto out_free_pages;
	va->caller = __builtin_return_address(0);
	va->mapped = va->start + size;
	va->mapped_bytes = size;
	va->nr_pages = nr;
	if (map_kernel_pages(va->mapped, pages, nr, PAGE_KERNEL))
		goto out_free_area;
	flush_cache_vmap(va->mapped, va->mapped + size);
	account_vmalloc_pages(nr);
	stack = (void *)va->mapped;
out:
	account_stack(order, 1);
	return stack;

out_free_area:
	unmap_kernel_range(va->mapped, size);
	vmap_area_free(va);
out_free_pages:
	free_stack_pages(pages, got);
	return NULL;
}

static void release(void *stack, unsigned int order)
{
	struct vmap_area *va = vmap_area_claim((unsigned long)stack, VMAP_STACK);
	struct page *pages[MAX_STACK_PAGES];
	unsigned int nr = 1u << order;

	if (WARN_ON(!va || va->mapped_bytes != PAGE_SIZE << order))
		return;
	for (unsigned int i = 0; i < nr; i++)
		pages[i] = vmalloc_to_page(stack + i * PAGE_SIZE);
	account_vmalloc_pages(-(long)nr);
	unmap_kernel_range(va->mapped, va->mapped_bytes);
	vmap_area_free(va);
	free_stack_pages(pages, nr);
}

void free_kernel_stack(void *stack, unsigned int order)
{
	bool kept = false;
	unsigned long flags;

	if (!stack)
		return;
	account_stack(order, -1);
	flags = local_irq_save();
	if (order == KEPT_ORDER && this_cpu(stacks).nr < KEEP) {
		this_cpu(stacks).kept[this_cpu(stacks).nr++] = stack;
		kept = true;
	}
	local_irq_restore(flags);
	if (!kept)
		release(stack, order);
}

void kernel_stack_drain(void)
{
	void *stack;

	while ((stack = take_kept(KEPT_ORDER)))
		release(stack, KEPT_ORDER);
}

unsigned long kernel_stack_kept(unsigned int cpu)
{
	return (unsigned long)READ_ONCE(per_cpu(stacks, cpu).nr) << KEPT_ORDER;
}

bool vmalloc_guard_hit(unsigned long addr)
{
	struct vmap_area *va = vmap_area_find(addr);

	return va && va->kind == VMAP_STACK && addr < va->mapped;
}
