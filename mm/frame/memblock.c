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
 * and a third one, of RAM that the firmware wants to have for itself to the point that we may
 * not even map it (no-map in the device tree): nomap. It is RAM, and never free. Linux has a
 * flag in each range of memory for it; as a set it needs no rule for neighbours that differ.
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
 * and huge leaves want. memblock_set_bottom_up() turns it round, for memory at the top that is
 * to be given away as a whole later.
 *
 * Locking: none. Boot runs on one hart; after mem_init the sets only change in memblock_phys_free()
 * (initrd, .init), from one task.
 *
 * Small cousin of Linux's mm/memblock.c; left out: NUMA, flags (hotplug,
 * mirror), physmem.
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

static struct region memory_init[INIT_REGIONS], reserved_init[INIT_REGIONS],
	nomap_init[INIT_REGIONS];
static struct region_set memory = { memory_init, 0, INIT_REGIONS, false };
static struct region_set reserved = { reserved_init, 0, INIT_REGIONS, false };
static struct region_set nomap = { nomap_init, 0, INIT_REGIONS, false };
static bool bottom_up;
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

/* memblock_dbg() tells only with memblock=debug on the command line, which the host has not. */
int memblock_add(phys_addr_t base, phys_addr_t size_bytes)
{
	int err = 0;

	memblock_dbg("memblock_add", base, size_bytes);
	if (!bad_range(base, size_bytes))
		err = set_add(&memory, base, base + size_bytes);
	set_grow(&memory);
	return err;
}

int memblock_remove(phys_addr_t base, phys_addr_t size_bytes)
{
	int err = 0;

	memblock_dbg("memblock_remove", base, size_bytes);
	if (!bad_range(base, size_bytes))
		err = set_subtract(&memory, base, base + size_bytes);
	set_grow(&memory);
	return err;
}

int memblock_reserve(phys_addr_t base, phys_addr_t size_bytes)
{
	int err = 0;

	memblock_dbg("memblock_reserve", base, size_bytes);
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

int memblock_phys_free(phys_addr_t base, phys_addr_t size_bytes)
{
	int err;

	memblock_dbg("memblock_phys_free", base, size_bytes);
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

int memblock_mark_nomap(phys_addr_t base, phys_addr_t size_bytes)
{
	int err = 0;

	memblock_dbg("memblock_mark_nomap", base, size_bytes);
	if (!bad_range(base, size_bytes))
		err = set_add(&nomap, base, base + size_bytes);
	set_grow(&nomap);
	return err;
}

int memblock_clear_nomap(phys_addr_t base, phys_addr_t size_bytes)
{
	int err = 0;

	if (!bad_range(base, size_bytes))
		err = set_subtract(&nomap, base, base + size_bytes);
	set_grow(&nomap);
	return err;
}

/* Cutting at the ends of the address space needs no place. */
static void cap_set(struct region_set *set, phys_addr_t base, phys_addr_t end)
{
	if (base)
		WARN_ON(set_subtract(set, 0, base));
	if (end != ~0UL)
		WARN_ON(set_subtract(set, end, ~0UL));
}

void memblock_cap_memory_range(phys_addr_t base, phys_addr_t size_bytes)
{
	phys_addr_t end = base + size_bytes < base ? ~0UL : base + size_bytes;

	cap_set(&memory, base, end);
	cap_set(&reserved, base, end);
	cap_set(&nomap, base, end);
}

void memblock_enforce_memory_limit(phys_addr_t limit_bytes)
{
	phys_addr_t sum = 0;

	for (unsigned int i = 0; i < memory.nr; i++) {
		struct region r = memory.region[i];

		if (sum + (r.end - r.base) > limit_bytes) {
			memblock_cap_memory_range(0, r.base + (limit_bytes - sum));
			return;
		}
		sum += r.end - r.base;
	}
}

/* The first address from @at that is in no range of @set; *next: where the next one begins. */
static phys_addr_t outside(const struct region_set *set, phys_addr_t at, phys_addr_t *next)
{
	unsigned int i = set_first(set, at + 1);

	if (i < set->nr && set->region[i].base <= at)
		at = set->region[i++].end;
	*next = i < set->nr ? set->region[i].base : ~0UL;
	return at;
}

/* The next range of RAM from *pos that is in neither of two sets. */
static bool next_outside(phys_addr_t *pos, phys_addr_t *start, phys_addr_t *end,
			 const struct region_set *a, const struct region_set *b)
{
	phys_addr_t at = *pos, next_a, next_b, before;

	for (unsigned int i = set_first(&memory, at + 1); i < memory.nr; i++) {
		at = max(at, memory.region[i].base);
		do {
			before = at;
			at = outside(a, at, &next_a);
			at = outside(b, at, &next_b);
		} while (at != before);
		if (at >= memory.region[i].end)
			continue;
		*start = at;
		*end = min(memory.region[i].end, min(next_a, next_b));
		*pos = *end;
		return true;
	}
	return false;
}

bool memblock_next_free(phys_addr_t *pos, phys_addr_t *start, phys_addr_t *end)
{
	return next_outside(pos, start, end, &reserved, &nomap);
}

bool memblock_next_mapped(phys_addr_t *pos, phys_addr_t *start, phys_addr_t *end)
{
	return next_outside(pos, start, end, &nomap, &nomap);
}

/*
 * An aligned place for @size inside a free range of [lo, hi), or 0: the highest, or the lowest
 * with bottom_up.
 */
static phys_addr_t find_place(phys_addr_t size, phys_addr_t align, phys_addr_t lo,
			      phys_addr_t hi)
{
	phys_addr_t pos = lo, start, end, found = 0;

	while (memblock_next_free(&pos, &start, &end) && start < hi) {
		phys_addr_t first = ALIGN(start, align);

		end = min(end, hi);
		/* ALIGN may wrap around, and so may first + size. */
		if (first < start || end < first || end - first < size)
			continue;
		if (bottom_up)
			return first;
		found = ALIGN_DOWN(end - size, align);
	}
	return found;
}

static phys_addr_t alloc_range(phys_addr_t size, phys_addr_t align, phys_addr_t lo,
			       phys_addr_t hi)
{
	phys_addr_t pa;

	BUG_ON(discarded);		/* too late: these are the page allocator's frames */
	/* Address 0 is the answer "none". */
	pa = find_place(size, max(align, (phys_addr_t)1), max(lo, (phys_addr_t)1), hi);
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

static bool set_has(const struct region_set *set, phys_addr_t pa)
{
	unsigned int i = set_first(set, pa + 1);

	return i < set->nr && set->region[i].base <= pa;
}

bool memblock_is_memory(phys_addr_t pa)
{
	return set_has(&memory, pa);
}

bool memblock_is_map_memory(phys_addr_t pa)
{
	return set_has(&memory, pa) && !set_has(&nomap, pa);
}

bool memblock_is_reserved(phys_addr_t pa)
{
	return set_has(&reserved, pa);
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

bool memblock_nomap_region(unsigned int i, phys_addr_t *base, phys_addr_t *size_bytes)
{
	return set_get(&nomap, i, base, size_bytes);
}

void memblock_set_bottom_up(bool enable)
{
	bottom_up = enable;
}

bool memblock_bottom_up(void)
{
	return bottom_up;
}

void memblock_allow_resize(void)
{
	can_resize = true;
}

void memblock_discard(void)
{
	discarded = true;
}
