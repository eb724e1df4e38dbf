/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mmu.h - the software MMU. arch/host/mmu.c (walker), tlb.c (what a hart remembers).
 */
#ifndef ARCH_HOST_MMU_H
#define ARCH_HOST_MMU_H

#include <linux-lite/spinlock.h>
#include <asm/pgtable.h>

enum mmu_access { MMU_LOAD, MMU_STORE, MMU_FETCH };

/* One remembered entry, of any level: V=0 ones and pointers to tables are kept too. */
struct tlb_entry {
	unsigned long key;	/* va >> level_shift(level), + 1; 0: empty slot */
	unsigned int level;
	pte_t pte;
	pte_t *where;		/* in memory, for the update of A and D */
};

/* One hart's memory of page tables. */
struct tlb {
	spinlock_t lock;	/* others flush it: their sfence.vma by SBI */
	pte_t *root;		/* satp */
	unsigned int nr_slots;	/* a power of two */
	struct tlb_entry *slots;	/* (lock) */
	unsigned long hits;
};

/* The remembered entry, or NULL. tlb->lock held, as for all of these. */
struct tlb_entry *tlb_lookup(struct tlb *tlb, unsigned long va, unsigned int level);
void tlb_remember(struct tlb *tlb, unsigned long va, unsigned int level, pte_t pte, pte_t *where);
/* sfence.vma va: leaves and invalid entries for that address; pointers may stay. */
void tlb_forget_page(struct tlb *tlb, unsigned long va);
/* sfence.vma x0: everything. */
void tlb_forget_all(struct tlb *tlb);

/**
 * mmu_translate - what the hardware does with a virtual address
 * @tlb: the hart's
 * @va: any address
 * @access: load, store or fetch, from user mode
 * @pa: where to, on success
 *
 * Return: 0, or the scause of the page fault (12, 13, 15).
 */
unsigned long mmu_translate(struct tlb *tlb, unsigned long va, enum mmu_access access,
			    phys_addr_t *pa);

extern bool mmu_hw_ad;		/* Svadu: the walker sets A and D */

/* This hart's TLB, and any hart's. arch/host/smp.c */
struct tlb *this_tlb(void);
struct tlb *hart_tlb(unsigned int hart);

#endif
