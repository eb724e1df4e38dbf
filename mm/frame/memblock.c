// SPDX-License-Identifier: GPL-2.0-only
/*
 * memblock.c - who has which bytes of RAM before struct page exists.
 *
 * Two sets of physical ranges, each a sorted array:
 *
 *	memory     |#########################|    |###########|     what is RAM
 *	reserved       |====|      |==|                  |==|       what is taken
 *	free       |##|      |####|    |#####|    |######|    |##|  memory minus reserved
 *
 * The arrays start in .bss with 128 places each, which no device tree that we know fills.
 * One that does get full is moved to a larger array, taken from memblock itself.
 *
 *   I1  a set's ranges are sorted and disjoint, and two of them never touch: adding a range
 *       swallows all that it meets, so that the array says each thing in one way only
 *   I2  no range is empty, none wraps around the end of the address space
 *   I3  two places are free in each array before an operation begins, unless growing failed:
 *       one for the operation, one to reserve a larger array's own memory. Only without them
 *       can an operation answer -ENOMEM.
 *
 * Growing comes after a change and not before it, so that the new array is looked for when
 * the sets already say what the caller has just taken.
 *
 * Allocation is top down: what is taken early stays for ever, and low memory is what devices
 * and huge leaves want.
 *
 * Locking: none. Boot runs on one hart; after mem_init the sets only change in memblock_free()
 * (initrd, .init), from one task.
 *
 * Small cousin of Linux's mm/memblock.c; left out: NUMA, flags (hotplug, mirror, nomap).
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/bug.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/memblock.h>
#include <linux-lite/page_alloc.h>
#include <linux-lite/string.h>

#define INIT_REGIONS	128

struct region {
	phys_addr_t base, end;		/* half open */
};

struct region_set {
	struct region *region;
	unsigned int nr, max;
	bool growing;
};

static struct region memory_init[INIT_REGIONS], reserved_init[INIT_REGIONS];
static struct region_set memory = { memory_init, 0, INIT_REGIONS, false };
static struct region_set reserved = { reserved_init, 0, INIT_REGIONS, false };
static bool can_resize;		/* the direct map is up */
static bool discarded;		/* the buddy allocator has what was free */

/* The first range that ends at or behind @pa: where a change at @pa begins. */
static unsigned int set_first(const struct region_set *set, phys_addr_t pa)
{
	unsigned int i = 0;

	while (i < set->nr && set->region[i].end < pa)
		i++;
	return i;
}

/* Make ranges [i, j) one slot, or @slots of them; the caller fills them. */
static void set_resize_at(struct region_set *set, unsigned int i, unsigned int j,
			  unsigned int slots)
{
	memmove(set->region + i + slots, set->region + j, (set->nr - j) * sizeof(struct region));
	set->nr = set->nr - (j - i) + slots;
}

/* Restore I3 if we can. */
static void set_grow(struct region_set *set)
{
	unsigned int max = set->max * 2;
	phys_addr_t pa;

	if (set->nr + 1 < set->max || set->growing || !can_resize || discarded)
		return;
	set->growing = true;		/* reserving the array comes here again */
	pa = memblock_phys_alloc(max * sizeof(struct region), sizeof(struct region));
	set->growing = false;
	if (!pa)
		return;
	memcpy(__va(pa), set->region, set->nr * sizeof(struct region));
	set->region = __va(pa);
	set->max = max;
}

static int set_add(struct region_set *set, phys_addr_t base, phys_addr_t end)
{
	unsigned int i = set_first(set, base), j = i;

	while (j < set->nr && set->region[j].base <= end) {
		base = min(base, set->region[j].base);
		end = max(end, set->region[j].end);
		j++;
	}
	if (i == j && set->nr == set->max)
		return -ENOMEM;
	set_resize_at(set, i, j, 1);
	set->region[i] = (struct region){ base, end };
	return 0;
}

static int set_subtract(struct region_set *set, phys_addr_t base, phys_addr_t end)
{
	unsigned int i = set_first(set, base), j = i, n = 0;
	struct region left[2];

	while (j < set->nr && set->region[j].base < end) {
		struct region r = set->region[j++];

		if (r.base < base)
			left[n++] = (struct region){ r.base, min(r.end, base) };
		if (r.end > end)
			left[n++] = (struct region){ end, r.end };
	}
	if (set->nr - (j - i) + n > set->max)
		return -ENOMEM;
	set_resize_at(set, i, j, n);
	memcpy(set->region + i, left, n * sizeof(struct region));
	return 0;
}

static bool bad_range(phys_addr_t base, phys_addr_t size_bytes)
{
	return size_bytes == 0 || base + size_bytes < base;
}

int memblock_add(phys_addr_t base, phys_addr_t size_bytes)
{
	int err = 0;

	if (!bad_range(base, size_bytes))
		err = set_add(&memory, base, base + size_bytes);
	set_grow(&memory);
	return err;
}

int memblock_remove(phys_addr_t base, phys_addr_t size_bytes)
{
	int err = 0;

	if (!bad_range(base, size_bytes))
		err = set_subtract(&memory, base, base + size_bytes);
	set_grow(&memory);
	return err;
}

int memblock_reserve(phys_addr_t base, phys_addr_t size_bytes)
{
	int err = 0;

	if (!bad_range(base, size_bytes))
		err = set_add(&reserved, base, base + size_bytes);
	set_grow(&reserved);
	return err;
}

/* Whole frames of what boot had taken go to the buddy allocator. */
static void free_late(phys_addr_t base, phys_addr_t end)
{
	unsigned long pfn = DIV_ROUND_UP(base, PAGE_SIZE);

	for (; pfn < end >> PAGE_SHIFT; pfn++)
		free_reserved_page(pfn_to_page(pfn));
}

int memblock_free(phys_addr_t base, phys_addr_t size_bytes)
{
	int err;

	if (bad_range(base, size_bytes))
		return 0;
	err = set_subtract(&reserved, base, base + size_bytes);
	if (err)
		return err;
	if (discarded)
		free_late(base, base + size_bytes);
	set_grow(&reserved);
	return 0;
}

void memblock_enforce_memory_limit(phys_addr_t limit_bytes)
{
	phys_addr_t sum = 0;

	for (unsigned int i = 0; i < memory.nr; i++) {
		struct region *r = &memory.region[i];
		phys_addr_t size = r->end - r->base;

		if (sum + size > limit_bytes) {
			r->end = r->base + (limit_bytes - sum);
			memory.nr = r->end > r->base ? i + 1 : i;
			return;
		}
		sum += size;
	}
}

bool memblock_next_free(phys_addr_t *pos, phys_addr_t *start, phys_addr_t *end)
{
	phys_addr_t at = *pos;

	for (unsigned int i = 0, j = 0; i < memory.nr; ) {
		struct region m = memory.region[i];

		at = max(at, m.base);
		while (j < reserved.nr && reserved.region[j].end <= at)
			j++;
		if (at >= m.end) {
			i++;
		} else if (j < reserved.nr && reserved.region[j].base <= at) {
			at = reserved.region[j].end;
		} else {
			*start = at;
			*end = j < reserved.nr ? min(m.end, reserved.region[j].base) : m.end;
			*pos = *end;
			return true;
		}
	}
	return false;
}

/* The highest aligned place for @size inside a free range of [lo, hi), or 0. */
static phys_addr_t find_top_down(phys_addr_t size, phys_addr_t align, phys_addr_t lo,
				 phys_addr_t hi)
{
	phys_addr_t pos = lo, start, end, found = 0;

	while (memblock_next_free(&pos, &start, &end) && start < hi) {
		end = min(end, hi);
		if (end - start < size)
			continue;
		end = ALIGN_DOWN(end - size, align);
		if (end >= start)
			found = end;
	}
	return found;
}

static phys_addr_t alloc_range(phys_addr_t size, phys_addr_t align, phys_addr_t lo,
			       phys_addr_t hi)
{
	phys_addr_t pa;

	BUG_ON(discarded);		/* too late: these are the page allocator's frames */
	/* Address 0 is the answer "none". */
	pa = find_top_down(size, max(align, (phys_addr_t)1), max(lo, (phys_addr_t)1), hi);
	if (pa && memblock_reserve(pa, size))
		return 0;
	return pa;
}

phys_addr_t memblock_phys_alloc_raw(phys_addr_t size_bytes, phys_addr_t align)
{
	return alloc_range(size_bytes, align, 0, ~0UL);
}

phys_addr_t memblock_phys_alloc_range(phys_addr_t size_bytes, phys_addr_t align,
				      phys_addr_t min, phys_addr_t max)
{
	phys_addr_t pa = alloc_range(size_bytes, align, min, max);

	if (pa)
		memset(__va(pa), 0, size_bytes);
	return pa;
}

phys_addr_t memblock_phys_alloc(phys_addr_t size_bytes, phys_addr_t align)
{
	return memblock_phys_alloc_range(size_bytes, align, 0, ~0UL);
}

void *memblock_alloc(size_t size_bytes, size_t align)
{
	phys_addr_t pa = memblock_phys_alloc(size_bytes, align);

	return pa ? __va(pa) : NULL;
}

phys_addr_t memblock_start_of_dram(void)
{
	return memory.nr ? memory.region[0].base : 0;
}

phys_addr_t memblock_end_of_dram(void)
{
	return memory.nr ? memory.region[memory.nr - 1].end : 0;
}

phys_addr_t memblock_phys_mem_size(void)
{
	phys_addr_t sum = 0;

	for (unsigned int i = 0; i < memory.nr; i++)
		sum += memory.region[i].end - memory.region[i].base;
	return sum;
}

bool memblock_is_memory(phys_addr_t pa)
{
	unsigned int i = set_first(&memory, pa + 1);

	return i < memory.nr && memory.region[i].base <= pa;
}

static bool set_get(const struct region_set *set, unsigned int i, phys_addr_t *base,
		    phys_addr_t *size_bytes)
{
	if (i >= set->nr)
		return false;
	*base = set->region[i].base;
	*size_bytes = set->region[i].end - set->region[i].base;
	return true;
}

bool memblock_memory_region(unsigned int i, phys_addr_t *base, phys_addr_t *size_bytes)
{
	return set_get(&memory, i, base, size_bytes);
}

bool memblock_reserved_region(unsigned int i, phys_addr_t *base, phys_addr_t *size_bytes)
{
	return set_get(&reserved, i, base, size_bytes);
}

void memblock_allow_resize(void)
{
	can_resize = true;
}

void memblock_discard(void)
{
	discarded = true;
}
