// SPDX-License-Identifier: GPL-2.0-only
/*
 * vmalloc.c - memory and devices that get an address of their own in the kernel.
 *
 *	vmalloc   single pages from anywhere    -> one range of addresses
 *	ioremap   device registers              -> a range of addresses
 *
 *	| mapped pages ............ | guard |	the guard is never mapped: running over the
 *	start                           end	end is a fault and not somebody's memory
 *
 * vmap_area.c hands out the addresses, kernel_map.c writes the tables. Kernel stacks, which
 * have their guard below, are in kernel_stack.c.
 *
 * Locking: none here; an area belongs to who allocated it.
 *
 * Small cousin of Linux's mm/vmalloc.c; left out: huge leaves, vmap of given pages, per-CPU
 * blocks.
 */
#include <linux-lite/bug.h>
#include <linux-lite/kernel.h>
#include <linux-lite/kernel_map.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/printk.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/slab.h>
#include <linux-lite/vmalloc.h>
#include <linux-lite/vmap_area.h>
#include <asm/tlbflush.h>

static unsigned long vmalloc_end;	/* (c) */

void __weak flush_cache_vmap(unsigned long start, unsigned long end)
{
	flush_tlb_kernel_range(start, end);
}

/* Give an area back with all that it has so far. */
static void release_area(struct vmap_area *va)
{
	unmap_kernel_range(va->mapped, va->mapped_bytes);
	for (unsigned int i = 0; i < va->nr_pages; i++)
		__free_page(va->pages[i]);
	kfree(va->pages);
	vmap_area_free(va);
}

/* Pages for an area, each mapped as it comes. false: no memory. */
static bool fill_area(struct vmap_area *va, unsigned int nr, gfp_t gfp)
{
	for (; va->nr_pages < nr; va->nr_pages++) {
		struct page *page = alloc_page(gfp);

		if (!page)
			return false;
		va->pages[va->nr_pages] = page;
		if (map_kernel_range(va->start + va->nr_pages * PAGE_SIZE, page_to_phys(page),
				     PAGE_SIZE, PAGE_KERNEL)) {
			__free_page(page);
			return false;
		}
		va->mapped_bytes += PAGE_SIZE;
	}
	return true;
}

static void *vmalloc_gfp(unsigned long size_bytes, gfp_t gfp, void *caller)
{
	unsigned long nr = DIV_ROUND_UP(size_bytes, PAGE_SIZE);
	struct vmap_area *va;

	/*
	 * More than all RAM would only push everybody else out before it failed. In bytes:
	 * the largest sizes, rounded up, are no pages at all.
	 */
	if (!size_bytes || size_bytes > totalram_pages() << PAGE_SHIFT)
		return NULL;
	va = vmap_area_alloc((nr + 1) << PAGE_SHIFT, PAGE_SIZE, VMAP_ALLOC);
	if (!va)
		return NULL;
	va->caller = caller;
	va->mapped = va->start;
	va->pages = kmalloc_array(nr, sizeof(struct page *), GFP_KERNEL);
	if (!va->pages || !fill_area(va, nr, gfp)) {
		release_area(va);
		return NULL;
	}
	flush_cache_vmap(va->start, va->start + va->mapped_bytes);
	return (void *)va->start;
}

void *vmalloc(unsigned long size_bytes)
{
	return vmalloc_gfp(size_bytes, GFP_KERNEL, __builtin_return_address(0));
}

void *vzalloc(unsigned long size_bytes)
{
	return vmalloc_gfp(size_bytes, GFP_KERNEL | __GFP_ZERO, __builtin_return_address(0));
}

static void free_area(const void *addr, enum vmap_kind kind)
{
	struct vmap_area *va = vmap_area_find((unsigned long)addr & PAGE_MASK);

	if (WARN_ON(!va || va->kind != kind || va->mapped != ((unsigned long)addr & PAGE_MASK)))
		return;
	release_area(va);
}

void vfree(const void *addr)
{
	if (addr)
		free_area(addr, VMAP_ALLOC);
}

void *ioremap(phys_addr_t pa, unsigned long size_bytes)
{
	unsigned long offset = pa & ~PAGE_MASK;
	unsigned long bytes = ALIGN(size_bytes + offset, PAGE_SIZE);
	struct vmap_area *va;

	if (!size_bytes || pa + size_bytes < pa || bytes < size_bytes)
		return NULL;
	va = vmap_area_alloc(bytes + PAGE_SIZE, PAGE_SIZE, VMAP_IOREMAP);
	if (!va)
		return NULL;
	va->caller = __builtin_return_address(0);
	va->mapped = va->start;
	va->mapped_bytes = bytes;
	va->phys = pa - offset;
	if (map_kernel_range(va->start, va->phys, bytes, PAGE_KERNEL)) {
		release_area(va);
		return NULL;
	}
	flush_cache_vmap(va->start, va->start + bytes);
	return (void *)(va->start + offset);
}

void iounmap(void *addr)
{
	if (addr)
		free_area(addr, VMAP_IOREMAP);
}

unsigned long vmalloc_used_bytes(void)
{
	return vmap_area_used_bytes();
}

unsigned long vmalloc_total_bytes(void)
{
	return vmalloc_end - VMALLOC_START;
}

static void show_area(const struct vmap_area *va, void *arg)
{
	static const char *const kinds[] = {
		[VMAP_ALLOC] = "vmalloc", [VMAP_IOREMAP] = "ioremap", [VMAP_STACK] = "stack",
	};
	struct seq_file *m = arg;

	seq_printf(m, "0x%016lx-0x%016lx %7ld %p", va->start, va->end, va->end - va->start,
		   va->caller);
	if (va->nr_pages)
		seq_printf(m, " pages=%u", va->nr_pages);
	if (va->phys)
		seq_printf(m, " phys=0x%016lx", (unsigned long)va->phys);
	seq_printf(m, " %s\n", kinds[va->kind]);
}

int vmallocinfo_show(struct seq_file *m)
{
	vmap_area_for_each(show_area, m);
	return 0;
}

/**
 * vmalloc_init - bring vmalloc up
 *
 * Nobody can fill more addresses than there is RAM, guards and alignment doubling them; so
 * on a small machine only the first GiBs are used, and only their root entries need tables.
 * Context: boot, after kmem_cache_init, before the first process.
 */
void vmalloc_init(void)
{
	unsigned long want = ALIGN(totalram_pages() * PAGE_SIZE * 2 + GiB(2), GiB(1));

	vmalloc_end = VMALLOC_START + min(want, VMALLOC_END - VMALLOC_START);
	if (preallocate_kernel_tables(VMALLOC_START, vmalloc_end))
		panic("vmalloc_init: no memory for the kernel's page tables\n");
	vmap_area_init(VMALLOC_START, vmalloc_end);
}
