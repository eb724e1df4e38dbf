/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * memblock.h - memory before there is an allocator. mm/frame/memblock.c.
 *
 * Two sorted arrays of regions: what is RAM, and what of it is taken. The boot
 * code fills them from the device tree, takes what it needs, and mem_init()
 * hands the rest to the buddy allocator.
 *
 * Small cousin of Linux's include/linux/memblock.h.
 */
#ifndef LINUX_LITE_MEMBLOCK_H
#define LINUX_LITE_MEMBLOCK_H

#include <linux-lite/compiler.h>
#include <linux-lite/types.h>

/* 0, or -ENOMEM when an array is full and cannot grow. Regions may overlap and touch. */
int memblock_add(phys_addr_t base, phys_addr_t size_bytes);
int memblock_remove(phys_addr_t base, phys_addr_t size_bytes);
int memblock_reserve(phys_addr_t base, phys_addr_t size_bytes);
/* Undo a reservation; after mem_init the frames go to the buddy allocator. */
int memblock_phys_free(phys_addr_t base, phys_addr_t size_bytes);
/*
 * RAM that must not be mapped: it is never free, and a hole in the direct map. Marking what is no
 * RAM (yet) is fine. The second makes it usable again.
 */
int memblock_mark_nomap(phys_addr_t base, phys_addr_t size_bytes);
int memblock_clear_nomap(phys_addr_t base, phys_addr_t size_bytes);
/* Keep only the first @limit_bytes of RAM (mem=). */
void memblock_enforce_memory_limit(phys_addr_t limit_bytes);
/* Forget all that is outside: RAM, and what is reserved of it. */
void memblock_cap_memory_range(phys_addr_t base, phys_addr_t size_bytes);
/* From now on the lowest place that fits is taken, not the highest. */
void memblock_set_bottom_up(bool enable);
bool memblock_bottom_up(void);
/* Top down, zeroed. Return: physical address, or 0. */
phys_addr_t memblock_phys_alloc(phys_addr_t size_bytes, phys_addr_t align);
/* The same, not zeroed: the caller writes all of it (vmemmap). */
phys_addr_t memblock_phys_alloc_raw(phys_addr_t size_bytes, phys_addr_t align);
/* Zeroed, inside [min, max). */
phys_addr_t memblock_phys_alloc_range(phys_addr_t size_bytes, phys_addr_t align,
				      phys_addr_t min, phys_addr_t max);
/* Direct-map address of zeroed memory, or NULL. Only once the direct map is up. */
void *memblock_alloc(size_t size_bytes, size_t align);
phys_addr_t memblock_start_of_dram(void);
phys_addr_t memblock_end_of_dram(void);
phys_addr_t memblock_phys_mem_size(void);
bool memblock_is_memory(phys_addr_t pa);
bool memblock_is_map_memory(phys_addr_t pa);	/* RAM, and not nomap */
bool memblock_is_reserved(phys_addr_t pa);
/* The i-th region of RAM, of what is reserved, of nomap; false at the end. */
bool memblock_memory_region(unsigned int i, phys_addr_t *base, phys_addr_t *size_bytes);
bool memblock_reserved_region(unsigned int i, phys_addr_t *base, phys_addr_t *size_bytes);
bool memblock_nomap_region(unsigned int i, phys_addr_t *base, phys_addr_t *size_bytes);
/* The direct map is up: from now on a full array may grow. */
void memblock_allow_resize(void);
/* mem_init is done: from now on memblock_phys_free() frees to the buddy allocator. */
void memblock_discard(void);
/* The next free range at or after *pos, and move *pos behind it; false at the end. */
bool memblock_next_free(phys_addr_t *pos, phys_addr_t *start, phys_addr_t *end);
/* The same for RAM that is mapped, free or not. */
bool memblock_next_mapped(phys_addr_t *pos, phys_addr_t *start, phys_addr_t *end);

/* memblock=debug: each change of a set into the log, with who made it. memblock_debug.c */
extern bool memblock_debug;
void __memblock_dbg(const char *what, phys_addr_t base, phys_addr_t size_bytes,
		    unsigned long caller);
/* All sets into the log, if it is on. */
void memblock_dump_all(void);

#define memblock_dbg(what, base, size_bytes) do {						\
	if (unlikely(memblock_debug))								\
		__memblock_dbg(what, base, size_bytes,						\
			       (unsigned long)__builtin_return_address(0));			\
} while (0)

#endif
