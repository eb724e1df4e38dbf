// SPDX-License-Identifier: GPL-2.0-only
/*
 * memblock_debug.c - memblock=debug: what memblock is told, and what it knows.
 *
 *	memblock_reserve: [0x000000008fff3000-0x000000008fff3fff] memblock_phys_alloc+0x12/0x40
 *	MEMBLOCK configuration:
 *	 memory size = 0x10000000 reserved size = 0x6a2000
 *	 memory.cnt  = 0x1
 *	 memory[0x0]	[0x0000000080000000-0x000000008fffffff], 0x10000000 bytes flags: 0x0
 *
 * The command line is read when RAM and the image are known already; so the log begins with all
 * of it, and goes on with changes. In Linux's words, but that a range's flag 0x4, NOMAP, is a
 * set of its own here.
 *
 * Small cousin of memblock_dump_all() in Linux's mm/memblock.c.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/init.h>
#include <linux-lite/kallsyms.h>
#include <linux-lite/kernel.h>
#include <linux-lite/memblock.h>
#include <linux-lite/params.h>
#include <linux-lite/printk.h>
#include <linux-lite/string.h>

bool memblock_debug;

void __memblock_dbg(const char *what, phys_addr_t base, phys_addr_t size_bytes,
		    unsigned long caller)
{
	char name[KSYM_SYMBOL_LEN];

	sprint_symbol(name, caller);
	pr_info("%s: [%#018lx-%#018lx] %s\n", what, base, base + size_bytes - 1, name);
}

typedef bool (*get_region)(unsigned int i, phys_addr_t *base, phys_addr_t *size_bytes);

static phys_addr_t sum_of(get_region get, unsigned int *nr)
{
	phys_addr_t base, size, sum = 0;

	for (*nr = 0; get(*nr, &base, &size); (*nr)++)
		sum += size;
	return sum;
}

static void dump_set(const char *name, get_region get)
{
	phys_addr_t base, size;
	unsigned int nr;

	sum_of(get, &nr);
	pr_info(" %s.cnt  = 0x%x\n", name, nr);
	for (unsigned int i = 0; get(i, &base, &size); i++)
		pr_info(" %s[0x%x]\t[%#018lx-%#018lx], %#lx bytes flags: 0x0\n", name, i, base,
			base + size - 1, size);
}

void memblock_dump_all(void)
{
	unsigned int nr;

	if (!memblock_debug)
		return;
	pr_info("MEMBLOCK configuration:\n");
	pr_info(" memory size = %#lx reserved size = %#lx\n", sum_of(memblock_memory_region, &nr),
		sum_of(memblock_reserved_region, &nr));
	dump_set("memory", memblock_memory_region);
	dump_set("reserved", memblock_reserved_region);
	if (sum_of(memblock_nomap_region, &nr))
		dump_set("nomap", memblock_nomap_region);
}

static int __init set_memblock(char *value)
{
	if (!value || strcmp(value, "debug"))
		return -EINVAL;
	memblock_debug = true;
	memblock_dump_all();
	return 0;
}
early_param("memblock", set_memblock);
