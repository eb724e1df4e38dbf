// SPDX-License-Identifier: GPL-2.0-only
/*
 * iomem.c - /proc/iomem: what is at which physical address, as a tree.
 *
 *	10001000-10001fff : 10001000.virtio_mmio virtio_mmio@10001000	a device
 *	80000000-8fffffff : System RAM					memblock's memory
 *	  80000000-8007ffff : Reserved					memblock's reserved
 *	  80200000-80343fff : Kernel image
 *	    80200000-8026dfff : Kernel code
 *
 * Linux keeps a tree of struct resource, in which drivers enter what they take. Everything we
 * could enter is known elsewhere, in memblock, the device tree and the linker script, so the
 * tree is made when somebody reads it:
 *
 *   collect  all ranges into an array, in any order
 *   sort     by start; what starts at the same place, the longer first
 *   print    a range's depth is the number of ranges before it that have not ended yet
 *
 * Ranges do not overlap but by being in each other: what is Reserved is cut at the borders of
 * RAM and of the kernel image.
 *
 * Two things differ from Linux: it shows a device when a driver has asked for it, and we show
 * each one of the device tree; and it asks for the rights of who opened the file, we for those
 * of who reads it first. Others see zeroes for addresses.
 *
 * Small cousin of Linux's kernel/resource.c and of arch/riscv/kernel/setup.c (init_resources).
 */
#include <linux-lite/cred.h>
#include <linux-lite/fdt.h>
#include <linux-lite/kernel.h>
#include <linux-lite/memblock.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/sort.h>
#include <linux-lite/string.h>
#include <linux-lite/vmalloc.h>
#include <asm/page.h>
#include <asm/sections.h>
#include <asm/setup.h>

#define MAX_DEPTH	8

struct range {
	phys_addr_t start, end;		/* half open */
	const char *name;		/* NULL: a device */
	int node;			/* then: of the device tree */
	unsigned int nr;		/* the how many-th: keeps sort() stable */
};

struct ranges {
	struct range *range;		/* the first @max of them; NULL: count only */
	unsigned int nr, max;
};

static void add(struct ranges *r, phys_addr_t start, phys_addr_t end, const char *name, int node)
{
	if (start >= end)
		return;
	if (r->nr < r->max)
		r->range[r->nr] = (struct range){ start, end, name, node, r->nr };
	r->nr++;
}

static void add_symbols(struct ranges *r, const char *start, const char *end, const char *name)
{
	add(r, __pa_symbol(start), __pa_symbol(end), name, 0);
}

static void add_kernel(struct ranges *r)
{
	add_symbols(r, _text, __bss_stop, "Kernel image");
	add_symbols(r, _text, _etext, "Kernel code");
	add_symbols(r, _srodata, _sdata, "Kernel rodata");
	add_symbols(r, _sdata, __bss_start, "Kernel data");
	add_symbols(r, __bss_start, __bss_stop, "Kernel bss");
}

/* The part of [start, end) that is before the kernel's image, and the part behind it. */
static void add_reserved(struct ranges *r, phys_addr_t start, phys_addr_t end)
{
	add(r, start, min(end, __pa_symbol(_text)), "Reserved", 0);
	add(r, max(start, __pa_symbol(__bss_stop)), end, "Reserved", 0);
}

typedef bool (*get_region)(unsigned int i, phys_addr_t *base, phys_addr_t *size_bytes);

/* Memblock counts bytes; here a frame is either reserved or not. */
static void add_reserved_in(struct ranges *r, get_region get, phys_addr_t base, phys_addr_t end)
{
	phys_addr_t start = 0, stop = 0, taken, size;

	for (unsigned int i = 0; get(i, &taken, &size); i++) {
		phys_addr_t lo = max(ALIGN_DOWN(taken, PAGE_SIZE), base);
		phys_addr_t hi = min(ALIGN(taken + size, PAGE_SIZE), end);

		if (lo > stop) {
			add_reserved(r, start, stop);
			start = lo;
		}
		stop = hi;
	}
	add_reserved(r, start, stop);
}

static void add_ram(struct ranges *r)
{
	phys_addr_t base, size;

	for (unsigned int i = 0; memblock_memory_region(i, &base, &size); i++) {
		add(r, base, base + size, "System RAM", 0);
		add_reserved_in(r, memblock_reserved_region, base, base + size);
		add_reserved_in(r, memblock_nomap_region, base, base + size);
	}
}

/* Is this node a device with registers, and not RAM, a part of RAM or a processor? */
static bool is_device(int node)
{
	const char *type = fdt_read_string(&device_tree, node, "device_type");
	int parent = fdt_parent(&device_tree, node);

	return fdt_is_available(&device_tree, node) && !(type && !strcmp(type, "memory")) &&
	       parent >= 0 && strcmp(fdt_node_name(&device_tree, parent), "reserved-memory");
}

static void add_devices(struct ranges *r)
{
	u64 base, size, pa;

	for (int node = fdt_root(&device_tree); node >= 0;
	     node = fdt_next_node(&device_tree, node, NULL)) {
		if (!is_device(node))
			continue;
		for (unsigned int i = 0; !fdt_reg(&device_tree, node, i, &base, &size); i++)
			if (!fdt_translate(&device_tree, node, base, &pa))
				add(r, pa, pa + size, NULL, node);
	}
}

static void collect(struct ranges *r)
{
	r->nr = 0;
	add_kernel(r);
	add_ram(r);
	add_devices(r);
}

static int compare(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return x->nr < y->nr ? -1 : 1;
}

/* As Linux names a device of the tree, and the range by its node: "101000.rtc rtc@101000". */
static void show_device(struct seq_file *m, int node)
{
	const char *name = fdt_node_name(&device_tree, node);
	int len = strcspn(name, "@");
	u64 base, pa;

	if (!fdt_reg(&device_tree, node, 0, &base, NULL) &&
	    !fdt_translate(&device_tree, node, base, &pa))
		seq_printf(m, "%lx.%.*s ", pa, len, name);
	seq_printf(m, "%s\n", name);
}

static void show(struct seq_file *m, const struct range *r, unsigned int depth)
{
	bool may_see = capable();

	seq_printf(m, "%*s%08lx-%08lx : ", depth * 2, "", may_see ? r->start : 0UL,
		   may_see ? r->end - 1 : 0UL);
	if (r->name)
		seq_printf(m, "%s\n", r->name);
	else
		show_device(m, r->node);
}

int iomem_show(struct seq_file *m)
{
	struct ranges r = { .max = 64 };
	phys_addr_t ends[MAX_DEPTH];		/* of those around this one */
	unsigned int depth = 0;

	/* Somebody may give boot memory back meanwhile: fewer ranges, or one more by a cut. */
	do {
		kvfree(r.range);
		r.max = max(r.max, r.nr + 4);
		r.range = kvmalloc(r.max * sizeof(*r.range), GFP_KERNEL);
		if (!r.range)
			return -ENOMEM;
		collect(&r);
	} while (r.nr > r.max);
	sort(r.range, r.nr, sizeof(*r.range), compare);
	for (unsigned int i = 0; i < r.nr; i++) {
		while (depth && ends[depth - 1] <= r.range[i].start)
			depth--;
		show(m, &r.range[i], depth);
		if (depth < MAX_DEPTH)
			ends[depth++] = r.range[i].end;
	}
	kvfree(r.range);
	return 0;
}
