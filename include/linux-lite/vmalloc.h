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

/*
 * Page-aligned memory: as it is, cleared, cleared and fit to be shown to user space (whole
 * pages; "user" in /proc/vmallocinfo), with page allocation flags of one's own, and in leaves
 * of 2 MiB as far as there are such blocks. Context: may sleep. Return: the address, or NULL.
 */
void *vmalloc(unsigned long size_bytes);
void *vzalloc(unsigned long size_bytes);
void *vmalloc_user(unsigned long size_bytes);
void *__vmalloc(unsigned long size_bytes, gfp_t gfp);
void *vmalloc_huge(unsigned long size_bytes, gfp_t gfp);
/* What these gave, or NULL. Context: any; in an interrupt it is only noted down. */
void vfree(const void *addr);

#define VM_MAP	0x4u	/* vmap()'s @flags: the only one */
/* Pages of the caller's, side by side. Context: may sleep. Return: the address, or NULL. */
void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot);
/* The pages stay the caller's. */
void vunmap(const void *addr);

/*
 * kmalloc() if it has so much in one piece at hand, above a page vmalloc() if not. kvfree() frees
 * what either gave. Context: task, no spinlock held.
 */
void *kvmalloc(size_t size_bytes, gfp_t gfp);
void *kvzalloc(size_t size_bytes, gfp_t gfp);
/* NULL, too, if n * size_bytes is more than there are numbers. */
void *kvmalloc_array(size_t n, size_t size_bytes, gfp_t gfp);
void *kvcalloc(size_t n, size_t size_bytes, gfp_t gfp);
void kvfree(const void *p);

static inline bool is_vmalloc_addr(const void *p)
{
	return (unsigned long)p >= VMALLOC_START && (unsigned long)p < VMALLOC_END;
}

/* The frame behind an address that is mapped there; NULL if none is. */
struct page *vmalloc_to_page(const void *addr);
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
/* Give up the stacks that this hart keeps. Context: any. */
void kernel_stack_drain(void);
/* A hart's kept ones, pages. */
unsigned long kernel_stack_kept(unsigned int cpu);
/* Is @addr in the guard page below some kernel stack? For the oops text. */
bool vmalloc_guard_hit(unsigned long addr);
/* Pages of vmalloc() and of kernel stacks: VmallocUsed. */
unsigned long vmalloc_nr_pages(void);
/* For the owner of an area, who adds its pages, or takes them off. */
void account_vmalloc_pages(long nr);
/* Bytes of address space that vmalloc_init() prepared. */
unsigned long vmalloc_total_bytes(void);
struct seq_file;
/* /proc/vmallocinfo */
int vmallocinfo_show(struct seq_file *m);
void vmalloc_init(void);

#endif
