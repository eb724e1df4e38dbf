// SPDX-License-Identifier: GPL-2.0-only
/*
 * memblock.c - the model of memblock: three arrays of bool, one place for each 256 bytes. Host
 * only: on a machine that runs, memblock has done its work.
 *
 *	unit      0   1   2   3   4   5   6   ...
 *	is_ram    1   1   1   1   0   0   1
 *	is_taken  0   1   1   0   0   1   1
 *	is_nomap  0   0   0   1   0   0   0
 *
 * Claims:
 *   B1  each set says what its array says, in sorted ranges that neither meet nor are empty
 *   B2  an allocation is the highest place there is, or the lowest when it goes bottom up:
 *       aligned, RAM, not taken, mapped, inside its bounds; none is refused that would fit
 *   B3  what fails with -ENOMEM has changed nothing; it may do so only with nearly 128 ranges,
 *       and not at all when arrays may grow (world->may_fail is false)
 *   B4  a grown array lies in memory that was free, and nobody else gets that
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/kernel.h>
#include <linux-lite/memblock.h>
#include <linux-lite/string.h>
#include "model.h"

#define UNITS		4096u
#define UNIT		256u
#define BASE		0x80000000UL
#define PA(unit)	(BASE + (unsigned long)(unit) * UNIT)
#define NR_FIXED	128u		/* ranges that each set has room for without growing */

struct memblock_hart {
	struct model_hart h;
	bool is_ram[UNITS], is_taken[UNITS], is_nomap[UNITS];
	bool bottom_up;
	bool is_array[UNITS];		/* taken by memblock for itself */
};

static u8 arena[UNITS * UNIT] __aligned(MiB(1));

static struct memblock_hart *mine(struct model_hart *h)
{
	return container_of(h, struct memblock_hart, h);
}

/* ---- the oracle ----------------------------------------------------------------------- */

typedef bool (*get_region)(unsigned int i, phys_addr_t *base, phys_addr_t *size_bytes);

/* B4: a range that nobody asked for. */
static const char *learn_array(struct model_hart *h, unsigned int first, unsigned int end)
{
	struct memblock_hart *m = mine(h);

	for (unsigned int i = first; i < end; i++) {
		if (h->world->may_fail || !m->is_ram[i] || m->is_taken[i] || m->is_nomap[i])
			return model_violated(h, "unit %u is reserved, and nobody asked", i);
		m->is_taken[i] = m->is_array[i] = true;
	}
	if (end - first < NR_FIXED * 2 * 16 / UNIT)
		return model_violated(h, "an array of only %u units", end - first);
	model_tell(h, " (array at %u..%u)", first, end);
	return NULL;
}

/* B1 of one set. */
static const char *compare(struct model_hart *h, const char *name, get_region get,
			   const bool *model)
{
	phys_addr_t base, size, last = 0;
	unsigned int unit = 0;

	for (unsigned int i = 0; get(i, &base, &size); i++) {
		unsigned int first = (base - BASE) / UNIT, end = first + size / UNIT;

		if (!size || base % UNIT || size % UNIT || base < BASE || end > UNITS ||
		    (i && base <= last))
			return model_violated(h, "%s range %u is %#lx+%#lx", name, i,
					      (unsigned long)base, (unsigned long)size);
		for (; unit < end; unit++)
			if (model[unit] != (unit >= first))
				return model_violated(h, "%s is wrong about unit %u", name, unit);
		last = base + size;
	}
	for (; unit < UNITS; unit++)
		if (model[unit])
			return model_violated(h, "%s has lost unit %u", name, unit);
	return NULL;
}

/* What memblock reserved beyond what it was told becomes known: its own arrays. */
static const char *learn(struct model_hart *h)
{
	struct memblock_hart *m = mine(h);
	phys_addr_t base, size;
	const char *why = NULL;

	for (unsigned int i = 0; memblock_reserved_region(i, &base, &size) && !why; i++) {
		unsigned int unit = (base - BASE) / UNIT, end = unit + size / UNIT, first;

		for (; unit < end && unit < UNITS && !why; unit++) {
			for (first = unit; unit < end && unit < UNITS && !m->is_taken[unit]; unit++)
				;
			if (unit > first)
				why = learn_array(h, first, unit);
		}
	}
	return why;
}

static const char *check_all(struct model_hart *h)
{
	const char *why = learn(h);
	struct memblock_hart *m = mine(h);

	if (!why)
		why = compare(h, "memory", memblock_memory_region, m->is_ram);
	if (!why)
		why = compare(h, "reserved", memblock_reserved_region, m->is_taken);
	if (!why)
		why = compare(h, "nomap", memblock_nomap_region, m->is_nomap);
	return why;
}

static unsigned int nr_ranges(const bool *model)
{
	unsigned int nr = 0;

	for (unsigned int i = 0; i < UNITS; i++)
		nr += model[i] && (i == 0 || !model[i - 1]);
	return nr;
}

static bool touches_array(struct model_hart *h, unsigned int first, unsigned int nr)
{
	for (unsigned int i = first; i < first + nr; i++)
		if (mine(h)->is_array[i])
			return true;
	return false;
}

/* ---- verbs ---------------------------------------------------------------------------- */

static const struct {
	const char *name;
	int (*fn)(phys_addr_t base, phys_addr_t size_bytes);
	size_t array;			/* in struct memblock_hart */
	bool value;
} changes[] = {
	{ "add", memblock_add, offsetof(struct memblock_hart, is_ram), true },
	{ "remove", memblock_remove, offsetof(struct memblock_hart, is_ram), false },
	{ "reserve", memblock_reserve, offsetof(struct memblock_hart, is_taken), true },
	{ "free", memblock_phys_free, offsetof(struct memblock_hart, is_taken), false },
	{ "nomap", memblock_mark_nomap, offsetof(struct memblock_hart, is_nomap), true },
	{ "map", memblock_clear_nomap, offsetof(struct memblock_hart, is_nomap), false },
};

static const char *change(struct model_hart *h, struct model_op op, unsigned int which)
{
	unsigned int first = (op.a << 4 | op.b >> 4) % UNITS;
	unsigned int nr = op.c < 128 ? op.c % 4 : op.c < 240 ? op.c - 127 : (op.c - 239) * 128;
	bool *model = (bool *)((char *)mine(h) + changes[which].array);
	unsigned int full = h->world->may_fail ? NR_FIXED - 2 : ~0u;
	int err;

	nr = min(nr, UNITS - first);
	model_tell(h, "%s %u..%u", changes[which].name, first, first + nr);
	if (touches_array(h, first, nr))
		return NULL;
	err = changes[which].fn(PA(first), nr * UNIT);
	if (err && (err != -ENOMEM || nr_ranges(model) < full))
		return model_violated(h, "%s gives %d with %u ranges", changes[which].name, err,
				      nr_ranges(model));
	if (err)
		model_tell(h, ": refused");
	else
		memset(model + first, changes[which].value, nr);
	return check_all(h);
}

static const char *add(struct model_hart *h, struct model_op op) { return change(h, op, 0); }
static const char *cut(struct model_hart *h, struct model_op op) { return change(h, op, 1); }
static const char *reserve(struct model_hart *h, struct model_op op) { return change(h, op, 2); }
static const char *release(struct model_hart *h, struct model_op op) { return change(h, op, 3); }
static const char *hide(struct model_hart *h, struct model_op op) { return change(h, op, 4); }
static const char *unhide(struct model_hart *h, struct model_op op) { return change(h, op, 5); }

static bool is_free(struct model_hart *h, unsigned int first, unsigned int nr)
{
	for (unsigned int i = first; i < first + nr; i++)
		if (!mine(h)->is_ram[i] || mine(h)->is_taken[i] || mine(h)->is_nomap[i])
			return false;
	return true;
}

/* B2: the unit, a multiple of @align, in [lo, hi), or UNITS. */
static unsigned int place(struct model_hart *h, unsigned int nr, unsigned int align,
			  unsigned int lo, unsigned int hi)
{
	for (unsigned int i = 0; i < UNITS; i++) {
		unsigned int unit = mine(h)->bottom_up ? i : UNITS - 1 - i;

		if (unit % align == 0 && unit >= lo && unit + nr <= hi && is_free(h, unit, nr))
			return unit;
	}
	return UNITS;
}

static const char *alloc(struct model_hart *h, struct model_op op)
{
	unsigned int nr = op.a % 40 + 1, align = 1u << op.b % 6;
	unsigned int lo = op.c % 4 == 3 ? op.c * 16u : 0, hi = lo ? min(lo + 512, UNITS) : UNITS;
	unsigned int want = place(h, nr, align, lo, hi), got;
	bool raw = op.b & 64;
	phys_addr_t pa;

	model_tell(h, "%u units, align %u, in %u..%u%s", nr, align, lo, hi, raw ? ", raw" : "");
	if (lo)
		pa = memblock_phys_alloc_range(nr * UNIT, align * UNIT, PA(lo), PA(hi));
	else if (raw)
		pa = memblock_phys_alloc_raw(nr * UNIT, align * UNIT);
	else
		pa = memblock_phys_alloc(nr * UNIT, align * UNIT);
	got = pa ? (pa - BASE) / UNIT : UNITS;
	if (!pa && h->world->may_fail && nr_ranges(mine(h)->is_taken) >= NR_FIXED - 2)
		return check_all(h);
	model_tell(h, ": %u", got);
	if (pa % UNIT || got != want)
		return model_violated(h, "%u units align %u: unit %u, not %u", nr, align, got, want);
	if (!pa)
		return check_all(h);
	memset(mine(h)->is_taken + got, true, nr);
	if ((lo || !raw) && model_not_byte(arena + got * UNIT, nr * UNIT, 0) != nr * UNIT)
		return model_violated(h, "unit %u was to be zeroed", got);
	if (raw && !lo && model_not_byte(arena + got * UNIT, UNIT, 0xa5) != UNIT)
		return model_violated(h, "unit %u was written to", got);
	/* What is freed later should not be all zeroes by luck. */
	memset(arena + got * UNIT, 0xa5, nr * UNIT);
	return check_all(h);
}

/* memblock_next_free() walks exactly what is RAM and not taken. */
static const char *walk(struct model_hart *h, struct model_op op)
{
	phys_addr_t pos = PA(op.a * 16u), start, end;
	unsigned int unit = op.a * 16u;

	while (memblock_next_free(&pos, &start, &end)) {
		for (; unit < (start - BASE) / UNIT; unit++)
			if (is_free(h, unit, 1))
				return model_violated(h, "unit %u is free, and left out", unit);
		for (; unit < (end - BASE) / UNIT; unit++)
			if (!is_free(h, unit, 1))
				return model_violated(h, "unit %u is not free", unit);
		if (start >= end || pos != end)
			return model_violated(h, "a free range of nothing at unit %u", unit);
	}
	for (; unit < UNITS; unit++)
		if (is_free(h, unit, 1))
			return model_violated(h, "unit %u is free, and left out", unit);
	return NULL;
}

static const char *sums(struct model_hart *h, struct model_op op)
{
	unsigned int nr = 0, first = UNITS, end = 0, unit = (op.a << 4 | op.b >> 4) % UNITS;
	const bool *is_ram = mine(h)->is_ram;

	for (unsigned int i = 0; i < UNITS; i++) {
		nr += is_ram[i];
		first = is_ram[i] ? min(first, i) : first;
		end = is_ram[i] ? i + 1 : end;
	}
	if (memblock_phys_mem_size() != nr * UNIT ||
	    memblock_start_of_dram() != (nr ? PA(first) : 0) ||
	    memblock_end_of_dram() != (nr ? PA(end) : 0))
		return model_violated(h, "RAM is %u units in %u..%u", nr, first, end);
	if (memblock_is_memory(PA(unit)) != is_ram[unit] ||
	    memblock_is_memory(PA(unit) + UNIT - 1) != is_ram[unit])
		return model_violated(h, "unit %u: RAM or not?", unit);
	if (memblock_is_map_memory(PA(unit)) != (is_ram[unit] && !mine(h)->is_nomap[unit]) ||
	    memblock_is_reserved(PA(unit)) != mine(h)->is_taken[unit])
		return model_violated(h, "unit %u: mapped, reserved or not?", unit);
	return NULL;
}

/* memblock_next_mapped(): RAM, taken or not. */
static const char *mapped(struct model_hart *h, struct model_op op)
{
	phys_addr_t pos = PA(op.a * 16u), start, end;
	unsigned int unit = op.a * 16u;
	struct memblock_hart *m = mine(h);

	while (memblock_next_mapped(&pos, &start, &end)) {
		if (start >= end || pos != end)
			return model_violated(h, "a mapped range of nothing at unit %u", unit);
		for (; unit < (end - BASE) / UNIT; unit++)
			if ((m->is_ram[unit] && !m->is_nomap[unit]) !=
			    (unit >= (start - BASE) / UNIT))
				return model_violated(h, "unit %u: mapped or not?", unit);
	}
	for (; unit < UNITS; unit++)
		if (m->is_ram[unit] && !m->is_nomap[unit])
			return model_violated(h, "unit %u is mapped, and left out", unit);
	return NULL;
}

static const char *direction(struct model_hart *h, struct model_op op)
{
	mine(h)->bottom_up = op.a & 1;
	memblock_set_bottom_up(op.a & 1);
	model_tell(h, "%s", op.a & 1 ? "bottom up" : "top down");
	return memblock_bottom_up() == (op.a & 1) ? NULL : model_violated(h, "not the direction");
}

/* Only [first, first + nr) is left of anything. */
static const char *cap(struct model_hart *h, struct model_op op)
{
	unsigned int first = op.a, nr = UNITS - op.a - op.b;
	struct memblock_hart *m = mine(h);

	if (touches_array(h, 0, first) || touches_array(h, first + nr, UNITS - first - nr))
		return NULL;
	model_tell(h, "%u..%u", first, first + nr);
	memblock_cap_memory_range(PA(first), nr * UNIT);
	for (unsigned int i = 0; i < UNITS; i++)
		if (i < first || i >= first + nr)
			m->is_ram[i] = m->is_taken[i] = m->is_nomap[i] = false;
	return check_all(h);
}

/* So many units of RAM, counted from the lowest, and nothing behind them. */
static const char *limit(struct model_hart *h, struct model_op op)
{
	struct memblock_hart *m = mine(h);
	unsigned int nr = UNITS - op.a, sum = 0, unit = 0;

	while (unit < UNITS && sum + m->is_ram[unit] <= nr)
		sum += m->is_ram[unit++];
	if (touches_array(h, unit, UNITS - unit))
		return NULL;
	model_tell(h, "to %u units", nr);
	memblock_enforce_memory_limit(nr * UNIT);
	/* Where nothing had to go, nothing of the others did. */
	for (; unit < UNITS; unit++)
		m->is_ram[unit] = m->is_taken[unit] = m->is_nomap[unit] = false;
	return check_all(h);
}

/* Empty again, as at boot: a fuzzer's process runs one world after the other. */
static const char *begin(struct model_hart *h)
{
	host_page_offset = (unsigned long)arena - BASE;
	memset(arena, 0xa5, sizeof(arena));
	memblock_remove(0, ~0UL);
	memblock_phys_free(0, ~0UL);
	memblock_clear_nomap(0, ~0UL);
	memblock_set_bottom_up(false);
	if (!h->world->may_fail)
		memblock_allow_resize();
	return check_all(h);
}

static const struct model_verb verbs[] = {
	{ "add", 20, add }, { "remove", 12, cut }, { "reserve", 16, reserve },
	{ "free", 16, release }, { "alloc", 20, alloc }, { "walk", 3, walk }, { "sums", 3, sums },
	{ "nomap", 6, hide }, { "map", 4, unhide }, { "mapped", 2, mapped },
	{ "direction", 2, direction }, { "cap", 1, cap }, { "limit", 1, limit },
};

const struct model memblock_model = {
	.name = "memblock", .hart_bytes = sizeof(struct memblock_hart),
	.verbs = verbs, .nr_verbs = ARRAY_SIZE(verbs), .begin = begin, .end = check_all,
};
