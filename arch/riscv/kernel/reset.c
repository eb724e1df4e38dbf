// SPDX-License-Identifier: GPL-2.0-only
/*
 * reset.c - how the machine stops.
 *
 * Through the SBI's system reset, or where that does not do, QEMU's test device:
 * OpenSBI turns the reason "system failure" into a failure with exit status 0, and
 * after a panic the status shall tell (1).
 */
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/panic.h>
#include <linux-lite/printk.h>
#include <asm/io.h>
#include <asm/irqflags.h>
#include <asm/processor.h>
#include <asm/sbi.h>
#include <asm/setup.h>

/* sifive,test0: one register; QEMU takes the exit status from the upper half. */
#define TEST_FAIL	0x3333u
#define TEST_PASS	0x5555u
#define TEST_RESET	0x7777u

static void write_test_device(u32 value)
{
	int node = fdt_find_compatible(&device_tree, -1, "sifive,test0");
	u64 base, pa;
	pte_t *entry;

	if (node < 0 || fdt_reg(&device_tree, node, 0, &base, NULL) ||
	    fdt_translate(&device_tree, node, base, &pa))
		return;
	/* The last page of the fixmap: no allocation in a dying machine. */
	entry = &fixmap_l1[PTRS_PER_TABLE - 1];
	set_pte(entry, pfn_pte(ALIGN_DOWN(pa, PMD_SIZE) >> PAGE_SHIFT, PAGE_KERNEL));
	__asm__ __volatile__("sfence.vma" : : : "memory");
	writel(value, (char *)FIXADDR_START + (PTRS_PER_TABLE - 1) * PMD_SIZE +
	       (pa & (PMD_SIZE - 1)));
}

/**
 * machine_stop - power off, reboot or halt
 * @how: see enum machine_stop
 *
 * Context: any.
 */
void machine_stop(enum machine_stop how)
{
	local_irq_disable();
	smp_send_stop();
	switch (how) {
	case MACHINE_POWER_OFF:
		sbi_system_reset(SBI_RESET_SHUTDOWN, SBI_REASON_NONE);
		write_test_device(TEST_PASS);
		break;
	case MACHINE_PANIC_OFF:
		write_test_device(1u << 16 | TEST_FAIL);
		sbi_system_reset(SBI_RESET_SHUTDOWN, SBI_REASON_FAILURE);
		break;
	case MACHINE_REBOOT:
		sbi_system_reset(SBI_RESET_COLD_REBOOT, SBI_REASON_NONE);
		write_test_device(TEST_RESET);
		break;
	case MACHINE_HALT:
		break;
	}
	for (;;)
		wait_for_interrupt();
}
