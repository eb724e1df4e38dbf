/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/tlbflush.h - telling every hart that a translation has changed.
 *
 * The architecture lets a hart keep any entry it has read, valid or not yet
 * evicted, for as long as it likes, until that hart executes sfence.vma. So:
 *
 *   taking away (unmap, fewer rights, other frame): flush on each hart that may
 *       hold it, BEFORE the frame or table is given to anybody else;
 *   giving (invalid -> valid, more rights): nothing, if a spurious fault is
 *       harmless; update_mmu_cache() flushes locally where it would not be.
 *
 * Which harts may hold it: mm->cpu_mask (set by switch_mm, never cleared while
 * the hart's satp still points to the mm).
 *
 * Small cousin of Linux's arch/riscv/include/asm/tlbflush.h.
 */
#ifndef ASM_RISCV_TLBFLUSH_H
#define ASM_RISCV_TLBFLUSH_H

#include <linux-lite/types.h>

struct mm_struct;
struct task_struct;

/* Everything of one address space. Context: any; waits for the other harts. */
void flush_tlb_mm(struct mm_struct *mm);
/* [start, end) of one address space. */
void flush_tlb_range(struct mm_struct *mm, unsigned long start, unsigned long end);
void flush_tlb_page(struct mm_struct *mm, unsigned long addr);
/* [start, end) of the kernel's half, on all harts; pointers to tables, too, if it is 2 MiB. */
void flush_tlb_kernel_range(unsigned long start, unsigned long end);
/*
 * Kernel mappings of [start, end) went from invalid to valid: a hart may have
 * remembered "not mapped". map_kernel_range() calls it once the system runs.
 */
void flush_cache_vmap(unsigned long start, unsigned long end);
/* This hart only: a leaf that went from invalid to valid, or gained rights. */
void update_mmu_cache(unsigned long addr);
/* riscv: switch_to()'s part of changing address spaces. */
void lazy_mm(struct task_struct *prev, struct task_struct *next);
void forget_stale_vmap(void);
/* This hart only, kernel's half and all. */
static inline void local_flush_tlb_all(void)
{
	__asm__ __volatile__("sfence.vma" : : : "memory");
}

#endif
