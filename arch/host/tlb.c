// SPDX-License-Identifier: GPL-2.0-only
/*
 * tlb.c - a TLB that forgets nothing it is not told to forget.
 *
 * Real hardware evicts entries all the time, so a missing sfence.vma goes
 * unnoticed until it does not. The architecture allows a hart to keep, for as long
 * as it likes,
 *
 *	leaf entries                translations
 *	pointers to tables          a walk may start from them, even when the table
 *	                            has been freed and is something else now
 *	invalid entries             "not mapped" may be remembered too
 *
 * and this one does. What an sfence.vma must make it forget is as little as the
 * specification says: with an address, leaf and invalid entries of that address
 * but no pointers; without, everything. (Privileged specification,
 * "Supervisor Memory-Management Fence Instruction".)
 *
 * A hash table, direct mapped: two entries that want one slot fight for it, which
 * is the only forgetting of its own accord. tlb_entries of host_config makes it
 * smaller, so that eviction is tested as well.
 */
#include "mmu.h"

static struct tlb_entry *slot_of(struct tlb *tlb, unsigned long key, unsigned int level)
{
	unsigned long h = (key * 8 + level) * 0x9e3779b97f4a7c15UL;

	return &tlb->slots[(h >> 32) & (tlb->nr_slots - 1)];
}

static unsigned long key_of(unsigned long va, unsigned int level)
{
	return (va >> level_shift(level)) + 1;
}

struct tlb_entry *tlb_lookup(struct tlb *tlb, unsigned long va, unsigned int level)
{
	unsigned long key = key_of(va, level);
	struct tlb_entry *e = slot_of(tlb, key, level);

	if (e->key != key || e->level != level)
		return NULL;
	tlb->hits++;
	return e;
}

void tlb_remember(struct tlb *tlb, unsigned long va, unsigned int level, pte_t pte, pte_t *where)
{
	unsigned long key = key_of(va, level);

	*slot_of(tlb, key, level) = (struct tlb_entry){
		.key = key, .level = level, .pte = pte, .where = where,
	};
}

void tlb_forget_page(struct tlb *tlb, unsigned long va)
{
	unsigned int level;

	for (level = 0; level < pgtable_levels; level++) {
		unsigned long key = key_of(va, level);
		struct tlb_entry *e = slot_of(tlb, key, level);

		if (e->key == key && e->level == level && !pte_table(e->pte))
			e->key = 0;
	}
}

void tlb_forget_all(struct tlb *tlb)
{
	unsigned int i;

	for (i = 0; i < tlb->nr_slots; i++)
		tlb->slots[i].key = 0;
}
