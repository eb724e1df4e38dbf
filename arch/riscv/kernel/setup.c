// SPDX-License-Identifier: GPL-2.0-only
/*
 * setup.c - from the device tree to a machine that the other floors can use.
 *
 *	setup_arch
 *	  timebase_init     stamps in the log from here on
 *	  use_boot_seed     random numbers
 *	  setup_memory      memblock: RAM, what is taken in it        (mm/init.c)
 *	  early parameters  mem=, maxcpus=, no4lvl, ...
 *	  paging_init       final page tables                         (mm/init.c)
 *	  setup_harts       who they are, what they can do            (cpu.c)
 *
 * The device tree stays where the loader put it: reserved, and mapped read-only
 * in the fixmap, so that strings found in it are good for ever.
 *
 * Small cousin of Linux's arch/riscv/kernel/setup.c.
 */
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/memblock.h>
#include <linux-lite/params.h>
#include <linux-lite/printk.h>
#include <linux-lite/random.h>
#include <linux-lite/sched.h>
#include <asm/sbi.h>
#include <asm/sections.h>
#include <asm/setup.h>

struct fdt device_tree;

static __init void find_device_tree(void)
{
	const char *blob = (const char *)FIXADDR_START + (dtb_pa & (PMD_SIZE - 1));
	int err = fdt_init(&device_tree, blob, DTB_MAX_SIZE);

	if (err)
		panic("no device tree at physical address %#lx (error %d)\n", dtb_pa, err);
}

static __init void find_command_line(void)
{
	int chosen = fdt_path(&device_tree, "/chosen");
	const char *bootargs = NULL;

	if (chosen >= 0)
		bootargs = fdt_read_string(&device_tree, chosen, "bootargs");
	boot_command_line = bootargs && *bootargs ? bootargs : CONFIG_DEFAULT_CMDLINE;
}

/*
 * The loader's random bytes (QEMU: from its host): the first seed there is, and so early that
 * the object allocator's secrets can be made of it.
 */
static __init void use_boot_seed(void)
{
	int chosen = fdt_path(&device_tree, "/chosen");
	const void *seed;
	u32 len;

	if (chosen < 0)
		return;
	seed = fdt_getprop(&device_tree, chosen, "rng-seed", &len);
	if (seed && len)
		add_random_seed(seed, len, true);
}

static __init void say_hello(void)
{
	const char *model = fdt_read_string(&device_tree, fdt_root(&device_tree), "model");

	pr_info("Machine model: %s\n", model ? model : "unknown");
	sbi_init();
	pr_info("Boot hart %lu, device tree at %#lx, kernel loaded at %#lx\n",
		boot_hartid, dtb_pa, (unsigned long)__pa_symbol(_text));
}

/**
 * setup_arch - the port's share of start_kernel()
 *
 * Context: boot hart, interrupts off; nothing but the log works yet.
 */
void __init setup_arch(void)
{
	init_task.stack = init_stack;
	find_device_tree();
	find_command_line();
	timebase_init();
	use_boot_seed();
	say_hello();
	setup_memory();
	parse_early_params(boot_command_line);
	printk_start_console();
	paging_init();
	setup_harts();
	init_mm.pgd = swapper_pg_dir;
	pr_info("Paging: Sv%u, direct map %#lx + %lu GiB\n", 12 + 9 * pgtable_levels,
		PAGE_OFFSET, DIRECT_MAP_SIZE >> 30);
}
