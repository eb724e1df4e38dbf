// SPDX-License-Identifier: GPL-2.0-only
/*
 * init.c - what memory there is, and the kernel's final page tables.
 *
 *	setup_memory   device tree -> memblock
 *	   RAM           /memory nodes, below 128 GiB (the direct map's reach)
 *	   not RAM       /reserved-memory with no-map (the firmware's own)
 *	   taken         kernel image, device tree, initrd, other reservations
 *	paging_init    early.c's rough tables -> these:
 *
 *	   kernel image  4 KiB leaves: .text RX, .rodata R, .data .bss RW
 *	   direct map    RAM only: largest leaves that fit, RW; R where the image's
 *	                 .text and .rodata are, so they cannot be written that way
 *	   vmemmap       struct page of each frame from the first of RAM to the last
 *
 * The tables of vmalloc space are vmalloc_init()'s: in Sv39 it makes all that
 * swapper_l2 will ever point to, because processes copy that.
 *
 * During boot .init.text is executable in the image and writable in the direct
 * map: the one breach of W^X, gone with free_initmem().
 *
 * I1  After vmalloc_init() swapper_l2 changes only if nobody copies it (Sv48, Sv57).
 * I2  Tables taken from memblock are written through the direct map, so each step
 *     leaves a direct map that covers all RAM.
 *
 * Locking: none, one hart.
 *
 * Small cousin of Linux's arch/riscv/mm/init.c.
 */
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/kstrtox.h>
#include <linux-lite/memblock.h>
#include <linux-lite/page.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/params.h>
#include <linux-lite/printk.h>
#include <asm/csr.h>
#include <asm/sections.h>
#include <asm/setup.h>
#include <asm/tlbflush.h>

pte_t *swapper_pg_dir;
#ifdef CONFIG_PGTABLE_AUTO
unsigned int pgtable_levels = 3;
#endif

static unsigned int max_levels __initdata = 5;
static phys_addr_t initrd_start, initrd_end;	/* physical */

/* --- what the command line says ------------------------------------------- */

static int __init set_mem(char *value)
{
	unsigned long limit = value ? memparse(value, &value) : 0;

	if (limit < MiB(4))
		return -EINVAL;
	memblock_enforce_memory_limit(limit);
	pr_info("Memory limited to %lu MiB by mem=\n", limit >> 20);
	return 0;
}
early_param("mem", set_mem);

/* Linux's words: no fourth level means no fifth, too. */
static int __init set_no4lvl(char *value)
{
	max_levels = 3;
	return 0;
}
early_param("no4lvl", set_no4lvl);

static int __init set_no5lvl(char *value)
{
	max_levels = min(max_levels, 4u);
	return 0;
}
early_param("no5lvl", set_no5lvl);

/* --- what the device tree says -------------------------------------------- */

static __init void reserve(phys_addr_t base, phys_addr_t size)
{
	if (size && memblock_reserve(base, size))
		panic("memblock is full\n");
}

static __init void add_ram(phys_addr_t base, phys_addr_t size)
{
	phys_addr_t end = base + size;

	if (end > DIRECT_MAP_SIZE) {
		phys_addr_t from = max_t(phys_addr_t, base, DIRECT_MAP_SIZE);

		pr_warn("Ignoring RAM beyond 128 GiB: [mem %#018lx-%#018lx]\n", from, end - 1);
		end = from;
	}
	if (end > base && memblock_add(base, end - base))
		panic("memblock is full\n");
}

static __init void find_ram(void)
{
	u64 base, size;
	int node = -1;

	while ((node = fdt_find_device_type(&device_tree, node, "memory")) >= 0) {
		if (!fdt_is_available(&device_tree, node))
			continue;
		for (unsigned int i = 0; !fdt_reg(&device_tree, node, i, &base, &size); i++)
			add_ram(base, size);
	}
	if (!memblock_phys_mem_size())
		panic("the device tree names no memory\n");
}

static __init void find_reserved(void)
{
	int parent = fdt_path(&device_tree, "/reserved-memory"), node;
	u64 base, size;
	u32 len;

	for (unsigned int i = 0; !fdt_reserved(&device_tree, i, &base, &size); i++)
		reserve(base, size);
	if (parent < 0)
		return;
	fdt_for_each_child(&device_tree, node, parent) {
		bool no_map = fdt_getprop(&device_tree, node, "no-map", &len);

		if (!fdt_is_available(&device_tree, node))
			continue;
		for (unsigned int i = 0; !fdt_reg(&device_tree, node, i, &base, &size); i++) {
			pr_info("Reserved memory: [mem %#018lx-%#018lx]%s %s\n", base,
				base + size - 1, no_map ? " no-map" : "",
				fdt_node_name(&device_tree, node));
			if (!no_map)
				reserve(base, size);
			else if (memblock_mark_nomap(base, size))
				panic("memblock is full\n");
		}
	}
}

static __init void find_initrd(void)
{
	int chosen = fdt_path(&device_tree, "/chosen");
	u64 start, end;

	if (chosen < 0 || fdt_read_u64(&device_tree, chosen, "linux,initrd-start", &start) ||
	    fdt_read_u64(&device_tree, chosen, "linux,initrd-end", &end) || end <= start)
		return;
	initrd_start = start;
	initrd_end = end;
	reserve(start & PAGE_MASK, ALIGN(end, PAGE_SIZE) - (start & PAGE_MASK));
	pr_info("Initrd: [mem %#018lx-%#018lx] %lu KiB\n", start, end - 1, (end - start) >> 10);
}

/* It may never have been in RAM, or mem= has cut it off. */
static __init void check_initrd(void)
{
	if (!initrd_end || (memblock_is_map_memory(initrd_start) &&
			    memblock_is_map_memory(initrd_end - 1)))
		return;
	pr_err("Initrd [mem %#018lx-%#018lx] is not in RAM: ignored\n", initrd_start,
	       initrd_end - 1);
	initrd_end = 0;
}

/**
 * setup_memory - tell memblock what RAM there is and what of it is taken
 *
 * Context: boot, device tree readable.
 */
void __init setup_memory(void)
{
	phys_addr_t base, size;

	find_ram();
	find_reserved();
	reserve(__pa_symbol(_text), _end - _text);
	reserve(dtb_pa & PAGE_MASK,
		ALIGN(device_tree.total_size + (dtb_pa & ~PAGE_MASK), PAGE_SIZE));
	find_initrd();
	memblock_allow_resize();	/* all that is taken is known, and the direct map works */
	for (unsigned int i = 0; memblock_memory_region(i, &base, &size); i++)
		pr_info("RAM: [mem %#018lx-%#018lx] %lu MiB\n", base, base + size - 1, size >> 20);
}

bool initrd_get(void **start, void **end)
{
	if (!initrd_end)
		return false;
	*start = __va(initrd_start);
	*end = __va(initrd_end);
	return true;
}

void initrd_free(void)
{
	phys_addr_t start = initrd_start & PAGE_MASK;

	if (initrd_end && memblock_phys_free(start, ALIGN(initrd_end, PAGE_SIZE) - start))
		WARN_ON(1);
	initrd_end = 0;
}

/* --- the final tables ------------------------------------------------------ */

static __init pte_t *early_table(void)
{
	phys_addr_t pa = memblock_phys_alloc(PAGE_SIZE, PAGE_SIZE);

	if (!pa)
		panic("no memory for the kernel's page tables\n");
	return __va(pa);
}

/* How much of [pa, pa + size) is in [start, end)? */
enum cover { NONE, PART, ALL };

static __init enum cover cover(phys_addr_t pa, phys_addr_t size, phys_addr_t start, phys_addr_t end)
{
	if (pa + size <= start || pa >= end)
		return NONE;
	return pa >= start && pa + size <= end ? ALL : PART;
}

static __init enum cover ram_cover(phys_addr_t pa, phys_addr_t size)
{
	phys_addr_t pos = pa, start, end;
	enum cover most = NONE;

	/* Asked for each page of a leaf that must be cut: looks no further than it must. */
	while (most != ALL && memblock_next_mapped(&pos, &start, &end) && start < pa + size)
		most = max(most, cover(pa, size, start & PAGE_MASK, ALIGN(end, PAGE_SIZE)));
	return most;
}

/* The image's .text and .rodata, without .init.text, which will be free pages. */
static __init enum cover read_only_cover(phys_addr_t pa, phys_addr_t size)
{
	enum cover text = cover(pa, size, __pa_symbol(_text), __pa_symbol(_sinittext));
	enum cover rodata = cover(pa, size, __pa_symbol(_srodata), __pa_symbol(_sdata));

	return max(text, rodata);
}

/*
 * The entry of the direct map for the level_size(level) bytes at @pa: a leaf if all
 * of it is RAM of one kind, a table if some is, else nothing. A page that is only
 * partly RAM counts as RAM.
 */
static __init pte_t direct_map_entry(phys_addr_t pa, unsigned int level)
{
	phys_addr_t size = level_size(level);
	enum cover ram = ram_cover(pa, size), read_only = read_only_cover(pa, size);
	pte_t *table;

	if (ram == NONE)
		return __pte(0);
	if (ram == ALL && read_only != PART)
		return pfn_pte(pa >> PAGE_SHIFT, read_only == ALL ? PAGE_KERNEL_RO : PAGE_KERNEL);
	table = early_table();
	for (unsigned int i = 0; i < PTRS_PER_TABLE; i++)
		table[i] = direct_map_entry(pa + i * level_size(level - 1), level - 1);
	return table_pte(__pa(table));
}

static __init void map_ram(void)
{
	for (phys_addr_t pa = 0; pa < DIRECT_MAP_SIZE; pa += PUD_SIZE)
		set_pte(&swapper_l2[level_index(PAGE_OFFSET + pa, 2)], direct_map_entry(pa, 2));
	local_flush_tlb_all();
}

static __init pgprot_t image_prot(unsigned long va)
{
	if (va < (unsigned long)_etext)
		return PAGE_KERNEL_RX;
	if (va < (unsigned long)_sdata)
		return PAGE_KERNEL_RO;
	return PAGE_KERNEL;
}

/* We run in what we replace, so it is built aside and put in place by one store. */
static __init void map_image(void)
{
	unsigned long va = (unsigned long)_text;
	pte_t *l1 = early_table(), *l0 = NULL;

	for (; va < (unsigned long)_end; va += PAGE_SIZE) {
		if (!l0 || level_index(va, 0) == 0) {
			l0 = early_table();
			l1[level_index(va, 1)] = table_pte(__pa(l0));
		}
		l0[level_index(va, 0)] = pfn_pte(__pa_symbol(va) >> PAGE_SHIFT, image_prot(va));
	}
	set_pte(&swapper_l2[level_index(KERNEL_LINK_ADDR, 2)], table_pte(__pa(l1)));
	local_flush_tlb_all();
}

/* Frames for [va, va + size) of vmemmap, which mem_init() writes: not cleared here. */
static __init void map_vmemmap_piece(unsigned long va, unsigned long size)
{
	phys_addr_t pa = memblock_phys_alloc_raw(size, size);

	if (!pa || map_kernel_range(va, pa, size, PAGE_KERNEL))
		panic("no memory for struct pages\n");
}

static __init void map_vmemmap(void)
{
	unsigned long first = memblock_start_of_dram() >> PAGE_SHIFT;
	unsigned long last = DIV_ROUND_UP(memblock_end_of_dram(), PAGE_SIZE);
	unsigned long va = (unsigned long)pfn_to_page(first) & PAGE_MASK;
	unsigned long end = ALIGN((unsigned long)pfn_to_page(last), PAGE_SIZE);

	while (va < end) {
		bool large = IS_ALIGNED(va, PMD_SIZE) && end - va >= PMD_SIZE;

		map_vmemmap_piece(va, large ? PMD_SIZE : PAGE_SIZE);
		va += large ? PMD_SIZE : PAGE_SIZE;
	}
}

/* The mode that head.S found, or fewer levels if the command line says so. */
static __init void choose_root(void)
{
	pte_t *const roots[] = { swapper_l2, swapper_l3, swapper_l4 };
	unsigned int levels = (csr_read(satp) >> SATP_MODE_SHIFT) - SATP_LEVELS_TO_MODE;

#ifdef CONFIG_PGTABLE_AUTO
	levels = min(levels, max_levels);
	pgtable_levels = levels;
#endif
	swapper_pg_dir = __va(__pa_symbol(roots[levels - 3]));
	/* The same translations for all we use, from another root. */
	secondary_satp = make_satp(levels, __pa(swapper_pg_dir));
	csr_write(satp, secondary_satp);
	local_flush_tlb_all();
}

/**
 * paging_init - replace the early tables by the final ones
 *
 * Context: boot, memblock filled, early parameters read.
 */
void __init paging_init(void)
{
	check_initrd();
	choose_root();
	map_ram();
	map_image();
	map_vmemmap();
	local_flush_tlb_all();
}

/* Give back [start, end) of the image. */
static void free_image_range(char *start, char *end)
{
	unsigned long size = end - start;

	if (!size)
		return;
	unmap_kernel_range((unsigned long)start, size);
	flush_tlb_kernel_range((unsigned long)start, (unsigned long)end);
	if (memblock_phys_free(__pa_symbol(start), size))
		WARN_ON(1);
}

/**
 * free_initmem - what only boot needed becomes free memory, and unmapped
 *
 * Context: kernel_init, after the last __init function has returned.
 */
void free_initmem(void)
{
	free_image_range(_sinittext, _einittext);
	free_image_range(_sinitdata, _einitdata);
	pr_info("Freeing unused kernel memory: %luK\n",
		(unsigned long)(_einittext - _sinittext + _einitdata - _sinitdata) >> 10);
}
