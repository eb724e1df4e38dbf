// SPDX-License-Identifier: GPL-2.0-only
/*
 * mmu.c - Sv39, Sv48 and Sv57 in software, over the very tables and bits that the
 * kernel for riscv builds (asm/pgtable.h is shared).
 *
 *	for level = top .. 0:
 *	    entry = remembered, else read from the table and remembered
 *	    V=0                      -> page fault
 *	    a pointer                -> next level
 *	    a leaf: aligned? U? R/W/X for this access? A, and D for a store?
 *	                             -> physical address
 *
 * Step by step the algorithm of the privileged specification, "Virtual Address
 * Translation Process", for user mode. What it leaves out: PBMT and N, MXR, SUM.
 */
#include <linux-lite/bug.h>
#include <linux-lite/kernel.h>
#include <asm/csr.h>
#include "mmu.h"

bool mmu_hw_ad;

static unsigned long page_fault(enum mmu_access access)
{
	switch (access) {
	case MMU_FETCH:
		return EXC_INST_PAGE_FAULT;
	case MMU_LOAD:
		return EXC_LOAD_PAGE_FAULT;
	default:
		return EXC_STORE_PAGE_FAULT;
	}
}

static bool permitted(pte_t e, enum mmu_access access)
{
	if (!pte_user(e))
		return false;
	if (pte_write(e) && !(e.val & _PAGE_READ))
		return false;		/* a reserved encoding */
	switch (access) {
	case MMU_FETCH:
		return pte_exec(e);
	case MMU_LOAD:
		return e.val & _PAGE_READ;
	default:
		return pte_write(e);
	}
}

/* Set A, and D for a store, in memory, as Svadu hardware does. false: it changed under us. */
static bool update_ad(struct tlb_entry *e, pte_t want)
{
	if (!ptep_cmpxchg(e->where, e->pte, want))
		return false;
	e->pte = want;
	return true;
}

/* A leaf was found. 0, a cause, or ~0 to walk again. */
static unsigned long check_leaf(struct tlb *tlb, struct tlb_entry *e, unsigned long va,
				enum mmu_access access, phys_addr_t *pa)
{
	unsigned long offset = va & (level_size(e->level) - 1);
	pte_t want = e->pte;

	if (!permitted(e->pte, access))
		return page_fault(access);
	if (pte_pfn(e->pte) & ((level_size(e->level) >> PAGE_SHIFT) - 1))
		return page_fault(access);	/* a misaligned superpage */
	want = pte_mkyoung(want);
	if (access == MMU_STORE)
		want = pte_mkdirty(want);
	if (!pte_same(want, e->pte)) {
		if (!mmu_hw_ad)
			return page_fault(access);
		if (!update_ad(e, want)) {
			tlb_forget_page(tlb, va);
			return ~0UL;
		}
	}
	*pa = ((phys_addr_t)pte_pfn(e->pte) << PAGE_SHIFT) + offset;
	return 0;
}

/* Once from the top. */
static unsigned long walk(struct tlb *tlb, unsigned long va, enum mmu_access access,
			  phys_addr_t *pa)
{
	pte_t *table = tlb->root;
	unsigned int level = pgtable_levels;

	while (level-- > 0) {
		struct tlb_entry *e = tlb_lookup(tlb, va, level);

		if (!e) {
			pte_t *where = &table[level_index(va, level)];

			tlb_remember(tlb, va, level, ptep_get(where), where);
			e = tlb_lookup(tlb, va, level);
		}
		if (!(e->pte.val & _PAGE_PRESENT))
			return page_fault(access);
		if (!pte_table(e->pte))
			return check_leaf(tlb, e, va, access, pa);
		table = pte_to_table(e->pte);
	}
	return page_fault(access);
}

unsigned long mmu_translate(struct tlb *tlb, unsigned long va, enum mmu_access access,
			    phys_addr_t *pa)
{
	unsigned int bits = PAGE_SHIFT + 9 * pgtable_levels;
	unsigned long cause;

	if (va >> (bits - 1))		/* not canonical, or the kernel's half */
		return page_fault(access);
	do {
		spin_lock(&tlb->lock);
		cause = tlb->root ? walk(tlb, va, access, pa) : page_fault(access);
		spin_unlock(&tlb->lock);
	} while (cause == ~0UL);
	return cause;
}
