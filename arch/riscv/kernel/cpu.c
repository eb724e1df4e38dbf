// SPDX-License-Identifier: GPL-2.0-only
/*
 * cpu.c - the harts the device tree lists, and what they can do.
 *
 *	hart id   the machine's number: `reg` of /cpus/cpu@N, sparse, any order
 *	cpu       ours: 0 is the boot hart, then the device tree's order
 *
 * ISA extensions are in one string, "rv64imafdch_zicsr_sstc", or, newer, in a list
 * of strings (riscv,isa-extensions). One counts only if all harts have it.
 *
 * All is written on the boot hart before the others start, and constant then.
 */
#include <linux-lite/bitops.h>
#include <linux-lite/exec.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/kstrtox.h>
#include <linux-lite/params.h>
#include <linux-lite/printk.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/smp.h>
#include <linux-lite/string.h>
#include <asm/cpuinfo.h>
#include <asm/sbi.h>
#include <asm/setup.h>

unsigned int nr_cpu_ids = 1;
cpumask_t cpu_online_mask = { 1 };
unsigned long cpuid_to_hartid[CONFIG_NR_CPUS];
unsigned long elf_hwcap;

/* Node of each cpu in the device tree, for /proc/cpuinfo. */
static int cpu_node[CONFIG_NR_CPUS];
static unsigned int max_cpus __initdata = CONFIG_NR_CPUS;

/* maxcpus=n: harts beyond the first n stay asleep; 0 means 1, as on Linux. */
static int __init set_maxcpus(char *value)
{
	unsigned int n;

	if (!value || kstrtouint(value, 0, &n))
		return -EINVAL;
	max_cpus = clamp_t(unsigned int, n, 1, CONFIG_NR_CPUS);
	return 0;
}
early_param("maxcpus", set_maxcpus);

/* Is @name one of the words after the single letters of an ISA string? */
static bool isa_string_has(const char *isa, const char *name)
{
	size_t len = strlen(name);

	if (len == 1) {
		for (isa += 4; *isa && *isa != '_'; isa++)	/* behind "rv64" */
			if (*isa == name[0])
				return true;
		return false;
	}
	while ((isa = strchr(isa, '_'))) {
		isa++;
		if (!strncmp(isa, name, len) && (isa[len] == '_' || isa[len] == '\0'))
			return true;
	}
	return false;
}

static bool node_has_extension(int node, const char *name)
{
	const char *isa = fdt_read_string(&device_tree, node, "riscv,isa");

	if (fdt_has_string(&device_tree, node, "riscv,isa-extensions", name))
		return true;
	return isa && strstarts(isa, "rv64") && isa_string_has(isa, name);
}

/**
 * riscv_has_extension - do all harts have an ISA extension?
 * @name: lower case, "c" or "sstc"
 *
 * Context: after setup_harts().
 */
bool riscv_has_extension(const char *name)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		if (!node_has_extension(cpu_node[cpu], name))
			return false;
	return true;
}

/* AT_HWCAP: one bit for each single-letter extension that programs may use. */
static __init void setup_hwcap(void)
{
	static const char letters[] = "imafdc";
	char name[2] = "";

	for (const char *s = letters; *s; s++) {
		name[0] = *s;
		if (riscv_has_extension(name))
			elf_hwcap |= 1UL << (*s - 'a');
	}
}

static __init void setup_cboz(void)
{
	u32 size;

	if (!riscv_has_extension("zicboz") ||
	    fdt_read_u32(&device_tree, cpu_node[0], "riscv,cboz-block-size", &size))
		return;
	if (size >= 8 && size <= 512 && (size & (size - 1)) == 0 && cbo_zero_works())
		cboz_block_size = size;
}

static __init void add_hart(unsigned int cpu, unsigned long hartid, int node)
{
	cpuid_to_hartid[cpu] = hartid;
	cpu_node[cpu] = node;
}

/**
 * setup_harts - number the harts and find out what they have in common
 *
 * Context: boot, command line parsed.
 */
void __init setup_harts(void)
{
	int cpus = fdt_path(&device_tree, "/cpus"), node;
	unsigned int found = 0, next = 1;
	u64 hartid;

	add_hart(0, boot_hartid, cpus);
	fdt_for_each_child(&device_tree, node, cpus) {
		const char *type = fdt_read_string(&device_tree, node, "device_type");

		if (!type || strcmp(type, "cpu") || !fdt_is_available(&device_tree, node) ||
		    fdt_reg(&device_tree, node, 0, &hartid, NULL))
			continue;
		found++;
		if (hartid == boot_hartid)
			add_hart(0, hartid, node);
		else if (next < max_cpus)
			add_hart(next++, hartid, node);
	}
	nr_cpu_ids = next;
	if (found > nr_cpu_ids)
		pr_info("SMP: using %u of %u harts\n", nr_cpu_ids, found);
	setup_hwcap();
	setup_cboz();
}

unsigned int num_online_cpus(void)
{
	return hweight64(READ_ONCE(cpu_online_mask.bits));
}

/**
 * cpuinfo_show - the text of /proc/cpuinfo
 * @m: where to
 *
 * Context: any.
 * Return: 0.
 */
int cpuinfo_show(struct seq_file *m)
{
	static const char *const mmu[] = { "sv39", "sv48", "sv57" };
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		const char *isa = fdt_read_string(&device_tree, cpu_node[cpu], "riscv,isa");
		const char *uarch = fdt_read_string(&device_tree, cpu_node[cpu], "compatible");

		seq_printf(m, "processor\t: %u\n", cpu);
		seq_printf(m, "hart\t\t: %lu\n", cpuid_to_hartid[cpu]);
		seq_printf(m, "isa\t\t: %s\n", isa ? isa : "rv64imafdc");
		seq_printf(m, "mmu\t\t: %s\n", mmu[pgtable_levels - 3]);
		if (uarch && strcmp(uarch, "riscv"))
			seq_printf(m, "uarch\t\t: %s\n", uarch);
		seq_printf(m, "mvendorid\t: 0x%lx\n", sbi_machine_id(SBI_MVENDORID));
		seq_printf(m, "marchid\t\t: 0x%lx\n", sbi_machine_id(SBI_MARCHID));
		seq_printf(m, "mimpid\t\t: 0x%lx\n\n", sbi_machine_id(SBI_MIMPID));
	}
	return 0;
}
