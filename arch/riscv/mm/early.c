// SPDX-License-Identifier: GPL-2.0-only
/*
 * early.c - the page tables the kernel wakes up with.
 *
 * One chain of static tables serves the three modes, because all kernel addresses
 * are in the top 256 GiB (asm/page.h): the root of 3 levels is the last table of
 * the root of 4 levels, and that the last of the root of 5.
 *
 *	Sv57 root        Sv48 root        Sv39 root
 *	swapper_l4       swapper_l3       swapper_l2
 *	+-----+          +-----+          +-----+
 *	| 0   |          | 0   |          | 0   |  0..255: nothing (user space in Sv39)
 *	: :   :          : :   :          : :   :
 *	| 511 |--------->| 511 |--------->| 260 |---> fixmap_l1: device tree, 2 MiB leaves, R
 *	+-----+          +-----+          | 352 |\
 *	                                  : :   : > direct map: 128 leaves of 1 GiB, RW
 *	                                  | 479 |/
 *	                                  | 510 |---> image_l1: the kernel, 2 MiB leaves, RWX
 *	                                  +-----+
 *
 * The direct map maps all of its 128 GiB now, devices and holes too: nothing has
 * looked for RAM yet. paging_init() (init.c) replaces it by one of RAM only, and
 * the image by one with W^X, once the device tree has been read.
 *
 * I1  Until satp is written no pointer stored in memory may be followed, and no
 *     address of a variable stored: they would be physical. Hence setup_vm() uses
 *     neither switch tables nor initialized pointers.
 * I2  swapper_l2 is what all address spaces share: by pointer in Sv48 and Sv57, by
 *     copies of its upper half in Sv39, so its entries 256..511 are final when the
 *     first process starts (paging_init() fills them).
 */
#include <linux-lite/kernel.h>
#include <asm/csr.h>
#include <asm/pgtable.h>
#include <asm/processor.h>
#include <asm/sbi.h>
#include <asm/sections.h>
#include <asm/setup.h>

unsigned long kernel_pa_offset;
unsigned long boot_hartid;
phys_addr_t dtb_pa;
/* What head.S tries, most levels first; 0: do not. */
unsigned long boot_satp[3];

pte_t swapper_l2[PTRS_PER_TABLE] __aligned(PAGE_SIZE) __section(".bss.page_aligned");
pte_t swapper_l3[PTRS_PER_TABLE] __aligned(PAGE_SIZE) __section(".bss.page_aligned");
pte_t swapper_l4[PTRS_PER_TABLE] __aligned(PAGE_SIZE) __section(".bss.page_aligned");
pte_t fixmap_l1[PTRS_PER_TABLE] __aligned(PAGE_SIZE) __section(".bss.page_aligned");
static pte_t image_l1[PTRS_PER_TABLE] __aligned(PAGE_SIZE) __section(".bss.page_aligned");

#define PROT_EARLY_IMAGE __pgprot(PAGE_KERNEL.val | _PAGE_EXEC)

static inline pte_t leaf(phys_addr_t pa, pgprot_t prot)
{
	return pfn_pte(pa >> PAGE_SHIFT, prot);
}

/* Pinned by Kconfig, or any. */
static inline bool may_use_levels(unsigned int levels)
{
	if (IS_ENABLED(CONFIG_PGTABLE_SV39))
		return levels == 3;
	if (IS_ENABLED(CONFIG_PGTABLE_SV48))
		return levels == 4;
	if (IS_ENABLED(CONFIG_PGTABLE_SV57))
		return levels == 5;
	return true;
}

/**
 * setup_vm - fill the early tables; called with the MMU off
 * @dtb: physical address of the device tree
 *
 * Context: boot hart, physical addresses (I1).
 */
void setup_vm(phys_addr_t dtb)
{
	phys_addr_t load = (phys_addr_t)_text;
	phys_addr_t pa, end = (phys_addr_t)_end;
	unsigned int i;

	dtb_pa = dtb;
	kernel_pa_offset = KERNEL_LINK_ADDR - load;

	for (pa = load, i = 0; pa < end && i < PTRS_PER_TABLE; pa += PMD_SIZE, i++)
		image_l1[i] = leaf(pa, PROT_EARLY_IMAGE);
	for (i = 0; i < DTB_MAX_SIZE / PMD_SIZE + 1; i++)
		fixmap_l1[i] = leaf((dtb & ~(PMD_SIZE - 1)) + i * PMD_SIZE, PAGE_KERNEL_RO);
	for (pa = 0; pa < DIRECT_MAP_SIZE; pa += PUD_SIZE)
		swapper_l2[level_index(PAGE_OFFSET + pa, 2)] = leaf(pa, PAGE_KERNEL);

	swapper_l2[level_index(FIXADDR_START, 2)] = table_pte((phys_addr_t)fixmap_l1);
	swapper_l2[level_index(KERNEL_LINK_ADDR, 2)] = table_pte((phys_addr_t)image_l1);
	swapper_l3[PTRS_PER_TABLE - 1] = table_pte((phys_addr_t)swapper_l2);
	swapper_l4[PTRS_PER_TABLE - 1] = table_pte((phys_addr_t)swapper_l3);

	if (may_use_levels(5))
		boot_satp[0] = make_satp(5, (phys_addr_t)swapper_l4);
	if (may_use_levels(4))
		boot_satp[1] = make_satp(4, (phys_addr_t)swapper_l3);
	if (may_use_levels(3))
		boot_satp[2] = make_satp(3, (phys_addr_t)swapper_l2);
}

/**
 * no_such_mode - the hart has none of the paging modes we may use
 *
 * Context: as setup_vm(). The firmware's console still works by physical addresses.
 */
void no_such_mode(void)
{
	static const char text[] = "linux-lite: this hart does not have the paging mode "
				   "that the kernel was configured for (CONFIG_PGTABLE_*)\n";

	for (const char *s = text; *s; s++)
		sbi_console_putchar(*s);
	sbi_system_reset(SBI_RESET_SHUTDOWN, SBI_REASON_FAILURE);
	for (;;)
		wait_for_interrupt();
}
