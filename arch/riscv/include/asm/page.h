/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/page.h - the map of the kernel's addresses, and physical <-> virtual.
 *
 * The kernel lives in the top 256 GiB, which are canonical in Sv39, Sv48 and
 * Sv57 alike, so ONE layout of constants serves the three modes: an address
 * computation needs no variable, and a pointer printed in one mode means the
 * same in another. (Linux moves its regions with the mode, to map more RAM.)
 *
 *   ffffffff_ffffffff +--------------------------------------------+
 *                     | kernel image, last 2 GiB (medany code)     |
 *   ffffffff_80000000 +--------------------------------------------+ KERNEL_LINK_ADDR
 *                     | hole                                       |
 *   fffffff8_00000000 +--------------------------------------------+
 *                     | direct map: physical p at PAGE_OFFSET + p  |
 *                     | 128 GiB, so RAM must end below 128 GiB     |
 *   ffffffd8_00000000 +--------------------------------------------+ PAGE_OFFSET
 *                     | hole                                       |
 *   ffffffd2_00000000 +--------------------------------------------+ VMALLOC_END
 *                     | vmalloc, ioremap, kernel stacks  64 GiB    |
 *   ffffffc2_00000000 +--------------------------------------------+ VMALLOC_START
 *                     | fixmap: early device tree and console      |
 *   ffffffc1_00000000 +--------------------------------------------+ FIXADDR_START
 *                     | vmemmap: struct page of frame n at [n]     |
 *   ffffffc0_00000000 +--------------------------------------------+ VMEMMAP_START
 *                     | (Sv48/57: nothing; then the hole)          |
 *                     +--------------------------------------------+
 *                     | user: 256 GiB (Sv39), 128 TiB, 64 PiB      |
 *                     +--------------------------------------------+ 0
 *
 * Small cousin of Linux's arch/riscv/include/asm/page.h.
 */
#ifndef ASM_RISCV_PAGE_H
#define ASM_RISCV_PAGE_H

#ifdef __ASSEMBLER__
#define _AC(x, s)	x
#else
#define _AC(x, s)	(x##s)
#endif

#define PAGE_SHIFT	12
#define PAGE_SIZE	(_AC(1, UL) << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))

#define PMD_SHIFT	21		/* a leaf one level up: 2 MiB */
#define PMD_SIZE	(_AC(1, UL) << PMD_SHIFT)
#define PUD_SHIFT	30		/* two levels up: 1 GiB */
#define PUD_SIZE	(_AC(1, UL) << PUD_SHIFT)

#define VMEMMAP_START		_AC(0xffffffc000000000, UL)
#define FIXADDR_START		_AC(0xffffffc100000000, UL)
#define VMALLOC_START		_AC(0xffffffc200000000, UL)
#define VMALLOC_END		_AC(0xffffffd200000000, UL)
#define PAGE_OFFSET		_AC(0xffffffd800000000, UL)
#define DIRECT_MAP_SIZE		_AC(0x2000000000, UL)	/* 128 GiB */
#define KERNEL_LINK_ADDR	_AC(0xffffffff80000000, UL)

#ifndef __ASSEMBLER__
#include <linux-lite/types.h>

/*
 * __va/__pa know the direct map only; an address inside the kernel image goes
 * through __pa_symbol (arch/riscv/mm/init.c sets kernel_pa_offset).
 */
#define __va(pa)	((void *)((unsigned long)(pa) + PAGE_OFFSET))
#define __pa(va)	((phys_addr_t)((unsigned long)(va) - PAGE_OFFSET))

extern unsigned long kernel_pa_offset;	/* KERNEL_LINK_ADDR - where we were loaded */
#define __pa_symbol(x)	((phys_addr_t)((unsigned long)(x) - kernel_pa_offset))

#define pfn_to_page(pfn)	((struct page *)VMEMMAP_START + (pfn))
#define page_to_pfn(p)	((unsigned long)((p) - (struct page *)VMEMMAP_START))
/* The struct page that virtual address 0 would have, if the direct map reached so far. */
#define VMEMMAP_VA0	(pfn_to_page(0) - ((long)PAGE_OFFSET >> PAGE_SHIFT))

/* PAGE_SIZE bytes, page aligned, direct map addresses. arch/riscv/lib/page.S */
void clear_page(void *page);
void copy_page(void *to, const void *from);
#endif

#endif
