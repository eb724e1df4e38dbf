// SPDX-License-Identifier: GPL-2.0-only
/*
 * sbi.c - what we ask of the firmware: output before drivers, other harts, reset.
 *
 * A set of harts crosses the interface as a 64-bit mask and the hart id of its
 * bit 0. Hart ids may be sparse and large, so a cpumask becomes one or more such
 * pairs: a new one begins when the next id is not within 64 of the last base.
 *
 * Small cousin of Linux's arch/riscv/kernel/sbi.c; left out: version 0.1 but for
 * its console, which OpenSBI 1.1 (QEMU 7.2) has instead of DBCN.
 */
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/vsprintf.h>
#include <asm/sbi.h>
#include <asm/sections.h>
#include <asm/setup.h>

enum { BASE_GET_SPEC_VERSION, BASE_GET_IMP_ID, BASE_GET_IMP_VERSION, BASE_PROBE_EXT };
enum { RFENCE_FENCE_I, RFENCE_SFENCE_VMA };

static bool has_dbcn;

/* Does the firmware offer an extension? */
static bool sbi_has_extension(unsigned long ext)
{
	struct sbiret ret = sbi_ecall(SBI_EXT_BASE, BASE_PROBE_EXT, ext, 0, 0, 0, 0);

	return ret.error == 0 && ret.value != 0;
}

static __init const char *implementation(long id)
{
	static const char *const names[] = {
		"BBL", "OpenSBI", "Xvisor", "KVM", "RustSBI", "Diosix", "Coffer",
	};

	return id >= 0 && (size_t)id < ARRAY_SIZE(names) ? names[id] : "firmware";
}

/**
 * sbi_init - look at the firmware and say what it is
 *
 * Context: boot, as early as the log works.
 */
void __init sbi_init(void)
{
	long spec = sbi_ecall(SBI_EXT_BASE, BASE_GET_SPEC_VERSION, 0, 0, 0, 0, 0).value;
	long imp = sbi_ecall(SBI_EXT_BASE, BASE_GET_IMP_ID, 0, 0, 0, 0, 0).value;
	long version = sbi_ecall(SBI_EXT_BASE, BASE_GET_IMP_VERSION, 0, 0, 0, 0, 0).value;

	has_dbcn = sbi_has_extension(SBI_EXT_DBCN);
	pr_info("SBI: specification v%ld.%ld, %s v%ld.%ld, extensions:%s%s%s%s%s%s\n",
		spec >> 24 & 0x7f, spec & 0xffffff, implementation(imp),
		version >> 16, version & 0xffff,
		sbi_has_extension(SBI_EXT_TIME) ? " TIME" : "",
		sbi_has_extension(SBI_EXT_IPI) ? " IPI" : "",
		sbi_has_extension(SBI_EXT_RFENCE) ? " RFENCE" : "",
		sbi_has_extension(SBI_EXT_HSM) ? " HSM" : "",
		sbi_has_extension(SBI_EXT_SRST) ? " SRST" : "",
		has_dbcn ? " DBCN" : "");
}

/* Physical address of something in the image or the direct map. */
static phys_addr_t virt_to_phys_any(const void *p)
{
	return (unsigned long)p >= KERNEL_LINK_ADDR ? __pa_symbol(p) : __pa(p);
}

/**
 * sbi_console_write - text to the firmware's console
 * @s: text, as it shall be sent
 * @n: bytes
 *
 * The debug console reads memory by physical address; text that may not be
 * contiguous there (a stack in vmalloc space) goes byte by byte.
 *
 * Context: any.
 */
void sbi_console_write(const char *s, size_t n)
{
	bool contiguous = (unsigned long)s >= PAGE_OFFSET;

	while (n && has_dbcn && contiguous) {
		struct sbiret ret = sbi_ecall(SBI_EXT_DBCN, 0, n, virt_to_phys_any(s), 0, 0, 0);

		if (ret.error || ret.value <= 0)
			return;
		s += ret.value;
		n -= ret.value;
	}
	while (n--)
		sbi_console_putchar(*s++);
}

/**
 * sbi_hart_start - let a stopped hart run
 * @hartid: the machine's number of it
 * @start: physical address of its first instruction, MMU off
 * @opaque: what it finds in a1
 *
 * Return: 0, or the SBI's negative error.
 */
long sbi_hart_start(unsigned long hartid, phys_addr_t start, unsigned long opaque)
{
	return sbi_ecall(SBI_EXT_HSM, 0, hartid, start, opaque, 0, 0).error;
}

/* The next (mask, base) pair of the harts left in @cpus, which it takes out. */
static unsigned long take_hart_mask(cpumask_t *cpus, unsigned long *base)
{
	unsigned long mask = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		unsigned long hartid = cpuid_to_hartid[cpu];

		if (!(cpus->bits >> cpu & 1))
			continue;
		if (!mask)
			*base = ALIGN_DOWN(hartid, 64UL);
		if (hartid - *base >= 64)
			continue;
		mask |= 1UL << (hartid - *base);
		cpus->bits &= ~(1UL << cpu);
	}
	return mask;
}

/**
 * sbi_send_ipi - make harts take a software interrupt
 * @cpus: which
 *
 * Context: any.
 */
void sbi_send_ipi(const cpumask_t *cpus)
{
	cpumask_t left = *cpus;
	unsigned long base = 0, mask;

	while ((mask = take_hart_mask(&left, &base)))
		sbi_ecall(SBI_EXT_IPI, 0, mask, base, 0, 0, 0);
}

/**
 * sbi_remote_sfence_vma - let harts forget translations, and wait until they have
 * @cpus: which
 * @start: first virtual address
 * @size: bytes; ~0: everything
 *
 * Context: any; the firmware interrupts the others in machine mode, so it works
 * while they have interrupts off.
 */
void sbi_remote_sfence_vma(const cpumask_t *cpus, unsigned long start, unsigned long size)
{
	cpumask_t left = *cpus;
	unsigned long base = 0, mask;

	while ((mask = take_hart_mask(&left, &base)))
		sbi_ecall(SBI_EXT_RFENCE, RFENCE_SFENCE_VMA, mask, base, start, size, 0);
}

/**
 * sbi_remote_fence_i - let harts forget instructions they have fetched
 * @cpus: which
 *
 * Context: as sbi_remote_sfence_vma().
 */
void sbi_remote_fence_i(const cpumask_t *cpus)
{
	cpumask_t left = *cpus;
	unsigned long base = 0, mask;

	while ((mask = take_hart_mask(&left, &base)))
		sbi_ecall(SBI_EXT_RFENCE, RFENCE_FENCE_I, mask, base, 0, 0, 0);
}
