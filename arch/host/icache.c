// SPDX-License-Identifier: GPL-2.0-only
/*
 * icache.c - an instruction cache that forgets nothing it is not told to forget.
 *
 * The architecture lets a hart fetch what it once fetched from a physical address, whatever
 * was stored there since, until it executes fence.i (unprivileged specification, "Zifencei").
 * Real caches are small, and QEMU's is kept in step, so a missing fence goes unnoticed; here
 * the next fetch gives the old instruction.
 *
 * A direct-mapped table as in tlb.c: two addresses that want one slot fight for it.
 */
#include <asm/cacheflush.h>
#include "harts.h"

static struct icache_line *line_of(struct icache *cache, phys_addr_t pa)
{
	unsigned long h = (pa >> 2) * 0x9e3779b97f4a7c15UL;

	return &cache->lines[(h >> 32) % ICACHE_LINES];
}

u32 icache_fetch(struct icache *cache, phys_addr_t pa)
{
	struct icache_line *line = line_of(cache, pa);
	u32 insn;

	spin_lock(&cache->lock);
	if (line->pa != pa)
		*line = (struct icache_line){ .pa = pa, .insn = *(u32 *)__va(pa) };
	insn = line->insn;
	spin_unlock(&cache->lock);
	return insn;
}

void flush_icache_all(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct icache *cache = &harts[cpu].icache;

		spin_lock(&cache->lock);
		for (unsigned int i = 0; i < ICACHE_LINES; i++)
			cache->lines[i].pa = 0;
		spin_unlock(&cache->lock);
	}
}
