/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/page.h (host) - simulated RAM and where the process has it mapped.
 *
 *	physical (simulated)                 virtual (this process)
 *	80000000 +-----------+   __va   host_page_offset + 80000000 +-----------+
 *	         |   RAM     |  ------>                             |  memfd    |
 *	         +-----------+                                      +-----------+
 *	                                     host_vmemmap[pfn]      struct page
 *	                                     VMALLOC_START..END     reserved; frames of the
 *	                                                            memfd mapped in on demand
 *
 * RAM begins at 2 GiB as on QEMU's virt machine, so that code which forgets that
 * frame numbers do not start at 0 fails here too. The vmalloc area is real: its
 * frames are the memfd's, mapped a second time, so kernel code can simply use the
 * addresses (flush_cache_vmap and flush_tlb_kernel_range follow the tables).
 *
 * The counterpart of arch/riscv/include/asm/page.h.
 */
#ifndef ASM_HOST_PAGE_H
#define ASM_HOST_PAGE_H

#include <linux-lite/types.h>

#define _AC(x, s)	(x##s)

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#define PMD_SHIFT	21
#define PMD_SIZE	(1UL << PMD_SHIFT)
#define PUD_SHIFT	30
#define PUD_SIZE	(1UL << PUD_SHIFT)

#define PGTABLE_LEVELS_AT_BOOT	1	/* host_boot() picks Sv39, Sv48 or Sv57 */

#define HOST_RAM_BASE		0x80000000UL
#define HOST_VMALLOC_SIZE	(1UL << 32)

struct page;

extern unsigned long host_page_offset;		/* set by host_boot() */
extern struct page *host_vmemmap;
extern struct page *host_vmemmap_va0;
extern unsigned long host_vmalloc_start;

#define PAGE_OFFSET	host_page_offset
#define VMALLOC_START	host_vmalloc_start
#define VMALLOC_END	(host_vmalloc_start + HOST_VMALLOC_SIZE)
#define DIRECT_MAP_SIZE	0x2000000000UL

#define __va(pa)	((void *)((unsigned long)(pa) + PAGE_OFFSET))
#define __pa(va)	((phys_addr_t)((unsigned long)(va) - PAGE_OFFSET))

#define pfn_to_page(pfn)	(host_vmemmap + (pfn))
#define page_to_pfn(p)		(((unsigned long)(p) - (unsigned long)host_vmemmap) / sizeof(*(p)))
/* The struct page that virtual address 0 would have, if the direct map reached so far. */
#define VMEMMAP_VA0		host_vmemmap_va0

void clear_page(void *page);
void copy_page(void *to, const void *from);

#endif
