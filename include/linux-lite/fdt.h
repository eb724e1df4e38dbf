/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/fdt.h - reading a flattened device tree
 *
 * The small cousin of libfdt and of Linux's include/linux/of*.h.  Left out: writing, overlays, and
 * the unflattened tree; everything is found by walking the blob, which is small and read at boot.
 *
 * A node is named by the offset of its first token in the structure block: an int, at least 0.
 * Every function that looks for a node returns that, or -errno.  The format heads lib/fdt.c.
 */
#ifndef _LINUX_LITE_FDT_H
#define _LINUX_LITE_FDT_H

#include <linux-lite/abi/errno.h>
#include <linux-lite/types.h>

#define FDT_MAX_DEPTH	32	/* of nested nodes, the root being 1 */
#define FDT_MAX_CELLS	4	/* of an interrupt specifier */

/* A blob that fdt_init() has found sound.  Never changes, so no lock. */
struct fdt {
	const u8 *blob;
	u32 total_size;		/* bytes, header included */
	u32 struct_offset, struct_size;
	u32 strings_offset, strings_size;	/* to the last 0 in it */
	u32 rsvmap_offset;
	u32 boot_cpuid;		/* the `reg` of the hart that booted */
};

/* One interrupt of a device. */
struct fdt_irq {
	int controller;			/* node */
	u32 nr_cells;
	u32 cells[FDT_MAX_CELLS];	/* what they mean is the controller's business */
};

/* lib/fdt.c: the blob, nodes, properties */
int fdt_init(struct fdt *fdt, const void *blob, size_t max_size);
int fdt_next_node(const struct fdt *fdt, int node, int *depth);
int fdt_first_child(const struct fdt *fdt, int node);
int fdt_next_sibling(const struct fdt *fdt, int node);
int fdt_parent(const struct fdt *fdt, int node);
const char *fdt_node_name(const struct fdt *fdt, int node);
const void *fdt_getprop(const struct fdt *fdt, int node, const char *name, u32 *len);

/* lib/fdt_find.c: nodes by path, `compatible` and the like */
int fdt_path(const struct fdt *fdt, const char *path);
int fdt_find_compatible(const struct fdt *fdt, int after, const char *compatible);
int fdt_find_device_type(const struct fdt *fdt, int after, const char *type);
int fdt_find_phandle(const struct fdt *fdt, u32 phandle);
bool fdt_has_string(const struct fdt *fdt, int node, const char *prop, const char *string);
bool fdt_is_available(const struct fdt *fdt, int node);

/* lib/fdt_cells.c: what properties mean */
int fdt_read_u32(const struct fdt *fdt, int node, const char *name, u32 *value);
int fdt_read_u64(const struct fdt *fdt, int node, const char *name, u64 *value);
const char *fdt_read_string(const struct fdt *fdt, int node, const char *name);
int fdt_reg(const struct fdt *fdt, int node, unsigned int index, u64 *addr, u64 *size);
int fdt_translate(const struct fdt *fdt, int node, u64 addr, u64 *phys);
int fdt_irq(const struct fdt *fdt, int node, unsigned int index, struct fdt_irq *irq);
int fdt_reserved(const struct fdt *fdt, unsigned int index, u64 *addr, u64 *size);

/* A big-endian word of four bytes, aligned or not. */
static inline u32 fdt32_read(const void *p)
{
	const u8 *b = p;

	return (u32)b[0] << 24 | (u32)b[1] << 16 | (u32)b[2] << 8 | b[3];
}

static inline int fdt_root(const struct fdt *fdt)
{
	return 0;
}

static inline bool fdt_is_compatible(const struct fdt *fdt, int node, const char *compatible)
{
	return fdt_has_string(fdt, node, "compatible", compatible);
}

/* The children of @parent, in order. */
#define fdt_for_each_child(fdt, node, parent)			\
	for ((node) = fdt_first_child((fdt), (parent));		\
	     (node) >= 0;					\
	     (node) = fdt_next_sibling((fdt), (node)))

/* All nodes with this string in `compatible`. */
#define fdt_for_each_compatible(fdt, node, compat)		\
	for ((node) = fdt_find_compatible((fdt), -1, (compat));	\
	     (node) >= 0;					\
	     (node) = fdt_find_compatible((fdt), (node), (compat)))

#endif /* _LINUX_LITE_FDT_H */
