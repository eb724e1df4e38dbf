/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/cacheflush.h - what a hart fetches is not always what was stored.
 *
 *	hart 0 stores the instructions of a program     frame, data caches
 *	hart 1 fetches there                            its instruction cache: what the
 *	                                                frame held for its last owner
 *
 * RISC-V does not keep instruction fetches in step with stores, not even with the same
 * hart's: that takes a fence.i on the hart that fetches, after the store. Whoever stores
 * has to ask for it:
 *
 *	the kernel (execve, read, write, a copy-on-write)   flush_icache_pte(), before an
 *	                                                    entry lets user code fetch
 *	a program that makes code                           __builtin___clear_cache(), which
 *	                                                    is the call riscv_flush_icache
 *
 * To interrupt all harts for each entry would be dear, so a page remembers in PG_arch_1
 * that no hart has old instructions of it:
 *
 *	allocated        clear      the frame's last owner may have been code
 *	first mapped X   fence.i everywhere, then set: further mappings cost nothing
 *	written by us    clear      flush_dcache_page(); free clears it, too
 *
 * The fence comes before the bit: who sees the bit may let a hart fetch at once.
 *
 * QEMU's TCG hides all this: it notices stores to what it has translated, so nothing fails
 * there if a fence is missing. The host port has an instruction cache that forgets nothing
 * (arch/host/icache.c); tests/unit/cacheflush_test.c runs on that.
 *
 * Small cousin of Linux's arch/riscv/include/asm/cacheflush.h and mm/cacheflush.c, whose
 * PG_dcache_clean is this bit. Left out: the mask of harts that owe one mm a fence.i until
 * they switch to it. It would spare harts that run something else an interrupt when a
 * program makes code, and cost each switch of address spaces a look.
 */
#ifndef ASM_RISCV_CACHEFLUSH_H
#define ASM_RISCV_CACHEFLUSH_H

#include <linux-lite/page.h>
#include <asm/pgtable.h>

/* No hart fetches what was overwritten before the call. Context: any; waits for the harts. */
void flush_icache_all(void);
/* This hart only. */
static inline void local_flush_icache_all(void)
{
#ifdef __riscv
	__asm__ __volatile__("fence.i" : : : "memory");
#endif
}

/* flush_icache_pte()'s rare part. arch/riscv/mm/cacheflush.c */
void flush_icache_page(struct page *page);

/*
 * Before @e becomes an entry of user code, with a page or the X bit that was not there
 * before. The zero page never held anything else. Context: any, locks may be held.
 */
static inline void flush_icache_pte(pte_t e)
{
	if (unlikely(pte_exec(e)) && !pte_special(e) &&
	    !test_page_flag(pfn_to_page(pte_pfn(e)), PG_arch_1))
		flush_icache_page(pfn_to_page(pte_pfn(e)));
}

/* The same, where the caller knows @e's page: fault-around does this sixteen times. */
static inline void flush_icache_pte_of(pte_t e, struct page *page)
{
	if (unlikely(pte_exec(e)) && !test_page_flag(page, PG_arch_1))
		flush_icache_page(page);
}

/* The kernel has stored to a page that user code may be fetched from. */
static inline void flush_dcache_page(struct page *page)
{
	if (unlikely(test_page_flag(page, PG_arch_1)))
		clear_page_flag(page, PG_arch_1);
}

#endif
