// SPDX-License-Identifier: GPL-2.0-only
/*
 * vmalloc.c - memory and devices that get an address of their own in the kernel.
 *
 *	vmalloc   single pages from anywhere    -> one range of addresses
 *	vmap      pages that somebody has       -> a range of addresses
 *	ioremap   device registers              -> a range of addresses
 *
 *	| mapped pages ............ | guard |	the guard is never mapped: running over the
 *	start                           end	end is a fault and not somebody's memory
 *
 * vmap_area.c hands out the addresses, kernel_map.c writes the tables. Kernel stacks, which
 * have their guard below, are in kernel_stack.c.
 *
 * vfree() takes an area down in three steps, of which only the first two happen at once:
 *
 *	entries cleared  ->  pages to the page allocator  ...  one flush, addresses free
 *
 * In an interrupt it is not even begun: a large area is thousands of pages. The area waits on
 * `deferred` for the next task that calls vmalloc() or vfree(). (Linux wakes a worker.)
 *
 *   I1  an area is VMAP_DYING from the moment that somebody frees it: on `deferred`, or on the
 *       way down in release_area()
 *   I2  va->pages[0 .. nr_pages) are pages of the area's own (VMAP_ALLOC)
 *
 * Locking: an area belongs to who allocated it; deferred_lock for the list.
 *
 * Small cousin of Linux's mm/vmalloc.c; left out: per-CPU blocks (vm_map_ram), NUMA,
 * remap_vmalloc_range: no driver here lets its buffers be mapped.
 */
#include <linux-lite/atomic.h>
#include <linux-lite/bug.h>
#include <linux-lite/hardirq.h>
#include <linux-lite/kallsyms.h>
#include <linux-lite/kernel.h>
#include <linux-lite/kernel_map.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/printk.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/slab.h>
#include <linux-lite/vmalloc.h>
#include <linux-lite/vmap_area.h>
#include <asm/tlbflush.h>

#define HUGE_ORDER	(PMD_SHIFT - PAGE_SHIFT)
#define HUGE_PAGES	(1u << HUGE_ORDER)
#define KV_CONTIGUOUS	KiB(32)		/* kvmalloc() tries kmalloc() up to here: order 3 */

static unsigned long vmalloc_end;	/* (c) */
static atomic_long_t nr_vmalloc_pages;
static DEFINE_SPINLOCK(deferred_lock, RANK_VMALLOC);
static LIST_HEAD(deferred);		/* deferred_lock */

/* LCOV_EXCL_START: the host has one of its own. */
void __weak flush_cache_vmap(unsigned long start, unsigned long end)
{
	flush_tlb_kernel_range(start, end);
}
/* LCOV_EXCL_STOP */

void account_vmalloc_pages(long nr)
{
	atomic_long_add(nr, &nr_vmalloc_pages);
}

unsigned long vmalloc_nr_pages(void)
{
	return atomic_long_read(&nr_vmalloc_pages);
}

/* ---- taking down ---------------------------------------------------------------------- */

/* Give an area back with all that it has so far. */
static void release_area(struct vmap_area *va)
{
	unmap_kernel_range(va->mapped, va->mapped_bytes);
	for (unsigned int i = 0; i < va->nr_pages; i++)
		__free_page(va->pages[i]);
	account_vmalloc_pages(-(long)va->nr_pages);
	kvfree(va->pages);
	vmap_area_free(va);
}

static void defer(struct vmap_area *va)
{
	unsigned long flags;

	spin_lock_irqsave(&deferred_lock, flags);
	list_add(&va->list, &deferred);
	spin_unlock_irqrestore(&deferred_lock, flags);
}

static void release_deferred(void)
{
	struct vmap_area *va, *next;
	unsigned long flags;
	LIST_HEAD(list);

	spin_lock_irqsave(&deferred_lock, flags);
	list_splice_init(&deferred, &list);
	spin_unlock_irqrestore(&deferred_lock, flags);
	list_for_each_entry_safe(va, next, &list, list)
		release_area(va);
}

static void free_area(const void *addr, enum vmap_kind kind, const char *caller)
{
	struct vmap_area *va;

	if (!addr)
		return;
	va = vmap_area_claim((unsigned long)addr, kind);
	if (!va) {
		pr_err("Trying to %s() nonexistent vm area (%p)\n", caller, addr);
		WARN_ON(true);
	} else if (in_irq()) {
		defer(va);
	} else {
		release_deferred();
		release_area(va);
	}
}

void vfree(const void *addr)
{
	free_area(addr, VMAP_ALLOC, "vfree");
}

void vunmap(const void *addr)
{
	free_area(addr, VMAP_MAP, "vunmap");
}

void iounmap(void *addr)
{
	free_area((void *)((unsigned long)addr & PAGE_MASK), VMAP_IOREMAP, "iounmap");
}

/* ---- vmalloc -------------------------------------------------------------------------- */

struct vmalloc_request {
	unsigned long size_bytes;
	gfp_t gfp;
	bool huge, user;
	void *caller;
};

/* A block of 2 MiB as HUGE_PAGES single pages. Not at any price: small pages do as well. */
static bool get_huge(struct page **pages, gfp_t gfp)
{
	struct page *page = alloc_pages(gfp | __GFP_NORETRY | __GFP_NOWARN, HUGE_ORDER);

	if (!page)
		return false;
	split_page(page, HUGE_ORDER);
	for (unsigned int i = 0; i < HUGE_PAGES; i++)
		pages[i] = page + i;
	return true;
}

/* Pages for an area. false: no memory, some may be there. */
static bool get_pages(struct vmap_area *va, unsigned int nr, const struct vmalloc_request *req)
{
	bool huge = req->huge;

	while (va->nr_pages < nr) {
		struct page **at = va->pages + va->nr_pages;
		unsigned int got = 1;

		huge = huge && nr - va->nr_pages >= HUGE_PAGES && get_huge(at, req->gfp);
		if (huge)
			got = HUGE_PAGES;
		else
			*at = alloc_page(req->gfp);
		if (!*at)
			return false;
		va->nr_pages += got;
		account_vmalloc_pages(got);
	}
	return true;
}

static struct vmap_area *get_area(unsigned long bytes, bool huge, enum vmap_kind kind,
				  void *caller)
{
	struct vmap_area *va = NULL;

	if (huge)
		va = vmap_area_alloc(bytes + PAGE_SIZE, PMD_SIZE, kind);
	if (!va)
		va = vmap_area_alloc(bytes + PAGE_SIZE, PAGE_SIZE, kind);
	if (!va)
		return NULL;
	va->caller = caller;
	va->mapped = va->start;
	return va;
}

static void *vmalloc_request(const struct vmalloc_request *req)
{
	unsigned long bytes = ALIGN(req->size_bytes, PAGE_SIZE), nr = bytes >> PAGE_SHIFT;
	unsigned long array = nr * sizeof(struct page *);
	struct vmap_area *va;

	release_deferred();
	/*
	 * More than all RAM would only push everybody else out before it failed. The largest
	 * sizes, rounded up, are 0.
	 */
	if (!bytes || nr > totalram_pages())
		return NULL;
	va = get_area(bytes, req->huge && bytes >= PMD_SIZE, VMAP_ALLOC, req->caller);
	if (!va)
		return NULL;
	va->user = req->user;
	va->pages = array <= PAGE_SIZE ? kmalloc(array, GFP_KERNEL) : vmalloc(array);
	if (!va->pages || !get_pages(va, nr, req))
		goto out_release;
	va->mapped_bytes = bytes;
	if (map_kernel_pages(va->start, va->pages, nr, PAGE_KERNEL))
		goto out_release;
	flush_cache_vmap(va->start, va->start + bytes);
	return (void *)va->start;

out_release:
	release_area(va);
	return NULL;
}

void *__vmalloc(unsigned long size_bytes, gfp_t gfp)
{
	return vmalloc_request(&(struct vmalloc_request){
		.size_bytes = size_bytes, .gfp = gfp, .caller = __builtin_return_address(0) });
}

void *vmalloc(unsigned long size_bytes)
{
	return vmalloc_request(&(struct vmalloc_request){ .size_bytes = size_bytes,
		.gfp = GFP_KERNEL, .caller = __builtin_return_address(0) });
}

void *vzalloc(unsigned long size_bytes)
{
	return vmalloc_request(&(struct vmalloc_request){ .size_bytes = size_bytes,
		.gfp = GFP_KERNEL | __GFP_ZERO, .caller = __builtin_return_address(0) });
}

void *vmalloc_user(unsigned long size_bytes)
{
	return vmalloc_request(&(struct vmalloc_request){ .size_bytes = size_bytes,
		.gfp = GFP_KERNEL | __GFP_ZERO, .user = true,
		.caller = __builtin_return_address(0) });
}

void *vmalloc_huge(unsigned long size_bytes, gfp_t gfp)
{
	return vmalloc_request(&(struct vmalloc_request){ .size_bytes = size_bytes, .gfp = gfp,
		.huge = true, .caller = __builtin_return_address(0) });
}

void *kvmalloc(size_t size_bytes, gfp_t gfp)
{
	void *p = NULL;

	if (size_bytes <= PAGE_SIZE)
		return kmalloc(size_bytes, gfp);
	/* Pages side by side are better, but nothing to reclaim memory for. */
	if (size_bytes <= KV_CONTIGUOUS)
		p = kmalloc(size_bytes, (gfp & ~__GFP_DIRECT_RECLAIM) | __GFP_NOWARN);
	return p ?: vmalloc_request(&(struct vmalloc_request){ .size_bytes = size_bytes,
		.gfp = gfp, .caller = __builtin_return_address(0) });
}

void *kvzalloc(size_t size_bytes, gfp_t gfp)
{
	return kvmalloc(size_bytes, gfp | __GFP_ZERO);
}

void *kvmalloc_array(size_t n, size_t size_bytes, gfp_t gfp)
{
	size_t bytes;

	return __builtin_mul_overflow(n, size_bytes, &bytes) ? NULL : kvmalloc(bytes, gfp);
}

void *kvcalloc(size_t n, size_t size_bytes, gfp_t gfp)
{
	return kvmalloc_array(n, size_bytes, gfp | __GFP_ZERO);
}

void kvfree(const void *p)
{
	if (is_vmalloc_addr(p))
		vfree(p);
	else
		kfree(p);
}

/* ---- what others have ------------------------------------------------------------------ */

void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot)
{
	unsigned long bytes = (unsigned long)count << PAGE_SHIFT;
	struct vmap_area *va;

	if (WARN_ON(flags != VM_MAP) || !count || count > totalram_pages())
		return NULL;
	va = get_area(bytes, false, VMAP_MAP, __builtin_return_address(0));
	if (!va)
		return NULL;
	va->mapped_bytes = bytes;
	if (map_kernel_pages(va->start, pages, count, prot)) {
		release_area(va);
		return NULL;
	}
	flush_cache_vmap(va->start, va->start + bytes);
	return (void *)va->start;
}

void *ioremap(phys_addr_t pa, unsigned long size_bytes)
{
	unsigned long offset = pa & ~PAGE_MASK;
	unsigned long bytes = ALIGN(size_bytes + offset, PAGE_SIZE);
	struct vmap_area *va;

	if (!size_bytes || pa + size_bytes < pa || bytes < size_bytes)
		return NULL;
	va = get_area(bytes, IS_ALIGNED(pa, PMD_SIZE) && bytes >= PMD_SIZE, VMAP_IOREMAP,
		      __builtin_return_address(0));
	if (!va)
		return NULL;
	va->mapped_bytes = bytes;
	va->phys = pa - offset;
	if (map_kernel_range(va->start, va->phys, bytes, PAGE_KERNEL)) {
		release_area(va);
		return NULL;
	}
	flush_cache_vmap(va->start, va->start + bytes);
	return (void *)(va->start + offset);
}

struct page *vmalloc_to_page(const void *addr)
{
	unsigned long va = (unsigned long)addr;
	struct pt_cursor at = pt_walk(swapper_pg_dir, va);
	pte_t e = ptep_get(at.ptep);

	if (WARN_ON(!is_vmalloc_addr(addr)) || !pte_leaf(e))
		return NULL;
	return pfn_to_page(pte_pfn(e) + ((va & (level_size(at.level) - 1)) >> PAGE_SHIFT));
}

unsigned long vmalloc_total_bytes(void)
{
	return vmalloc_end - VMALLOC_START;
}

/* ---- /proc/vmallocinfo ----------------------------------------------------------------- */

static void show_range(struct seq_file *m, const struct vmap_area *va)
{
	seq_printf(m, "0x%016lx-0x%016lx %7ld", va->start, va->end, va->end - va->start);
}

static void show_area(struct seq_file *m, const struct vmap_area *va)
{
	static const char *const kinds[] = {
		[VMAP_ALLOC] = " vmalloc", [VMAP_MAP] = " vmap", [VMAP_IOREMAP] = " ioremap",
		[VMAP_STACK] = " vmalloc",
	};
	char caller[KSYM_SYMBOL_LEN];

	if (va->kind == VMAP_DYING)
		return;
	show_range(m, va);
	sprint_symbol(caller, (unsigned long)va->caller);
	seq_printf(m, " %s", caller);
	if (va->nr_pages)
		seq_printf(m, " pages=%u", va->nr_pages);
	if (va->kind == VMAP_IOREMAP)
		seq_printf(m, " phys=0x%016lx", (unsigned long)va->phys);
	seq_puts(m, kinds[va->kind]);
	if (va->user)
		seq_puts(m, " user");
	if (is_vmalloc_addr(va->pages))
		seq_puts(m, " vpages");
	seq_putc(m, '\n');
}

static void show_lazy(const struct vmap_area *va, void *m)
{
	show_range(m, va);
	seq_puts(m, " unpurged vm_area\n");
}

int vmallocinfo_show(struct seq_file *m)
{
	struct vmap_area va = { .end = VMALLOC_START };

	while (vmap_area_next(va.end, &va))
		show_area(m, &va);
	vmap_area_for_each_lazy(show_lazy, m);
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
	int err;

	vmalloc_end = VMALLOC_START + min(want, VMALLOC_END - VMALLOC_START);
	err = preallocate_kernel_tables(VMALLOC_START, vmalloc_end);
	if (err)	/* LCOV_EXCL_BR_LINE: at boot, with all the memory there is */
		panic("vmalloc_init: no memory for page tables (%d)\n", err);	/* LCOV_EXCL_LINE */
	vmap_area_init(VMALLOC_START, vmalloc_end);
}
