// SPDX-License-Identifier: GPL-2.0-only
/*
 * parsers.c - the readers of what comes from outside, given anything.
 *
 * libFuzzer hands over a heap copy of exactly @size bytes, so Address Sanitizer sees a read one
 * byte past the end. What the readers return must lie in the input; that is touched, too.
 */
#include "fuzz.h"

#include <linux-lite/cpio.h>
#include <linux-lite/fdt.h>
#include <linux-lite/inflate.h>

#include <stdlib.h>
#include <string.h>

/* Where reads go that only happen so that a sanitizer sees them. */
static volatile u8 sink;

static void touch(const void *p, size_t size)
{
	if (!size)
		return;
	sink = ((const u8 *)p)[0];
	sink = ((const u8 *)p)[size - 1];
}

static void fuzz_fdt_node(const struct fdt *fdt, int node)
{
	static const char *const names[] = { "reg", "compatible", "interrupts", "phandle" };
	u64 addr, bytes, phys;
	struct fdt_irq irq;
	u32 len;

	sink = strlen(fdt_node_name(fdt, node));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const void *value = fdt_getprop(fdt, node, names[i], &len);

		if (value)
			touch(value, len);
	}
	if (!fdt_reg(fdt, node, 0, &addr, &bytes))
		fdt_translate(fdt, node, addr, &phys);
	fdt_reg(fdt, node, 1, &addr, &bytes);
	fdt_irq(fdt, node, 0, &irq);
	fdt_is_available(fdt, node);
	fdt_is_compatible(fdt, node, "riscv");
	if (fdt_parent(fdt, node) >= node)
		abort();		/* parents come first */
}

void fuzz_fdt(const u8 *data, size_t size)
{
	int node, depth = 0;
	u64 addr, bytes;
	struct fdt fdt;

	if (fdt_init(&fdt, data, size))
		return;
	for (unsigned int i = 0; i < 16 && !fdt_reserved(&fdt, i, &addr, &bytes); i++)
		;
	for (node = fdt_root(&fdt); node >= 0; node = fdt_next_node(&fdt, node, &depth))
		fuzz_fdt_node(&fdt, node);
	fdt_path(&fdt, "/cpus/cpu@0");
	fdt_find_phandle(&fdt, 1);
}

void fuzz_cpio(const u8 *data, size_t size)
{
	struct cpio_entry entry;
	struct cpio_iter it;

	cpio_start(&it, data, size);
	/* An entry has a header, so this many are too many. */
	for (size_t nr = 0; cpio_next(&it, &entry) > 0; nr++) {
		if (nr > size || it.pos > it.end)
			abort();
		sink = strlen(entry.name);
		touch(entry.data, entry.size);
	}
}

/* Ends what would be a bomb: a few bytes unpack to 1032 times as much. */
#define MAX_OUTPUT	(1 << 20)

static int count(void *ctx, const void *data, size_t len)
{
	size_t *total = ctx;

	if (len > INFLATE_WINDOW)
		abort();
	touch(data, len);
	*total += len;
	return *total > MAX_OUTPUT ? -ENOSPC : 0;
}

void fuzz_inflate(const u8 *data, size_t size)
{
	static struct inflate inf;
	size_t total = 0, consumed = 0;

	if (!gunzip(&inf, data, size, count, &total, &consumed) && consumed > size)
		abort();
}
