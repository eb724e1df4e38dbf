/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vmalloc.h - kernel memory that is contiguous in virtual addresses only, and
 * the mapping of devices. mm/table/vmalloc.c.
 *
 * Every area is followed by an unmapped guard page.
 *
 * Small cousin of Linux's include/linux/vmalloc.h.
 */
#ifndef LINUX_LITE_VMALLOC_H
#define LINUX_LITE_VMALLOC_H

#include <linux-lite/gfp.h>
#include <asm/pgtable.h>

/* Context: may sleep. Return: page-aligned memory, or NULL. */
void *vmalloc(unsigned long size_bytes);
void *vzalloc(unsigned long size_bytes);
void vfree(const void *addr);
/* Map device registers [pa, pa + size). Return: the address of @pa, or NULL. */
void *ioremap(phys_addr_t pa, unsigned long size_bytes);
void iounmap(void *addr);
/*
 * A kernel stack of 2^order pages, aligned to its size; as much unmapped space below it.
 * The address has bit (PAGE_SHIFT + order) set and the guard has it clear, so one test of
 * sp tells an overflow. Context: alloc may sleep; free: any. Return: lowest address, or NULL.
 */
void *alloc_kernel_stack(unsigned int order);
void free_kernel_stack(void *stack, unsigned int order);
/* Is @addr in the guard page below some kernel stack? For the oops text. */
bool vmalloc_guard_hit(unsigned long addr);
/* Bytes of address space in use, and in all: VmallocUsed, VmallocTotal. */
unsigned long vmalloc_used_bytes(void);
unsigned long vmalloc_total_bytes(void);
struct seq_file;
/* /proc/vmallocinfo */
int vmallocinfo_show(struct seq_file *m);
void vmalloc_init(void);

#endif
