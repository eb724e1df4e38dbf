// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/fdt_cells.c - what the properties of a device tree mean
 *
 * A value is a row of cells: big-endian words of 32 bits.  How many cells make an address or a size
 * is said by the *parent*, since it is the bus:
 *
 *	soc {
 *		#address-cells = <2>;  #size-cells = <2>;
 *		ranges;					   child addresses are ours
 *		serial@10000000 {
 *			reg = <0x0 0x10000000  0x0 0x100>;	   address, size
 *			interrupt-parent = <&plic>;		   or of an ancestor
 *			interrupts = <10>;			   plic: #interrupt-cells = <1>
 *		};
 *	};
 *
 * `ranges` ties a bus to its parent's addresses.  Empty: they are the same.  Rows of (child
 * address, parent address, size): windows.  Absent: no mapping, the addresses mean something else
 * (a hart number in /cpus), and fdt_translate() refuses.
 *
 * `interrupts-extended` has a phandle before each specifier: one device, several controllers.
 *
 * CONTEXT: any; the blob is constant, so no locks.  Format and safety: lib/fdt.c.
 *
 * Source: Devicetree Specification 0.4, chapter 2.
 */
#include <linux-lite/fdt.h>
#include <linux-lite/string.h>

#define CELL	4U

/* What the specification says for a bus that does not say. */
#define DEFAULT_ADDRESS_CELLS	2
#define DEFAULT_SIZE_CELLS	1

/* Some cells that are still to be read. */
struct cells {
	const u8 *p;
	u32 nr;
};

static u64 fdt64_read(const void *p)
{
	return (u64)fdt32_read(p) << 32 | fdt32_read((const u8 *)p + 4);
}

/* All cells of a property.  Return: false if there is no such property. */
static bool get_cells(const struct fdt *fdt, int node, const char *name, struct cells *cells)
{
	u32 len;

	cells->p = fdt_getprop(fdt, node, name, &len);
	if (!cells->p)
		return false;
	cells->nr = len / CELL;
	return true;
}

/* Skip @n cells.  Return: false if there are fewer. */
static bool skip_cells(struct cells *cells, u64 n)
{
	if (n > cells->nr)
		return false;
	cells->p += n * CELL;
	cells->nr -= n;
	return true;
}

/* Read a number of @n cells, 0 to 2.  Return: false if that is not possible. */
static bool take_number(struct cells *cells, u32 n, u64 *value)
{
	const u8 *p = cells->p;

	if (n > 2 || !skip_cells(cells, n))
		return false;
	*value = n == 2 ? fdt64_read(p) : n == 1 ? fdt32_read(p) : 0;
	return true;
}

static bool take_u32(struct cells *cells, u32 *value)
{
	u64 wide;

	if (!take_number(cells, 1, &wide))
		return false;
	*value = wide;
	return true;
}

/**
 * fdt_read_u32 - a property that is one cell
 * @fdt: blob
 * @node: a node
 * @name: of the property
 * @value: written on success only
 *
 * Return: 0; -ENOENT if there is none; -EINVAL if it has not 4 bytes.
 */
int fdt_read_u32(const struct fdt *fdt, int node, const char *name, u32 *value)
{
	u32 len;
	const void *p = fdt_getprop(fdt, node, name, &len);

	if (!p)
		return -ENOENT;
	if (len != CELL)
		return -EINVAL;
	*value = fdt32_read(p);
	return 0;
}

/**
 * fdt_read_u64 - a property that is one number of one or two cells
 * @fdt: blob
 * @node: a node
 * @name: of the property, such as "linux,initrd-start"
 * @value: written on success only
 *
 * Return: 0; -ENOENT if there is none; -EINVAL if it has neither 4 nor 8 bytes.
 */
int fdt_read_u64(const struct fdt *fdt, int node, const char *name, u64 *value)
{
	u32 len;
	const void *p = fdt_getprop(fdt, node, name, &len);

	if (!p)
		return -ENOENT;
	if (len != CELL && len != 2 * CELL)
		return -EINVAL;
	*value = len == CELL ? fdt32_read(p) : fdt64_read(p);
	return 0;
}

/**
 * fdt_read_string - a property that is a string
 * @fdt: blob
 * @node: a node
 * @name: of the property
 *
 * Return: the string (of several, the first); NULL if there is none or it does not end.
 */
const char *fdt_read_string(const struct fdt *fdt, int node, const char *name)
{
	u32 len;
	const char *s = fdt_getprop(fdt, node, name, &len);

	return s && strnlen(s, len) < len ? s : NULL;
}

/* How many cells the children of @bus use for an address and for a size. */
static void bus_cells(const struct fdt *fdt, int bus, u32 *nr_addr, u32 *nr_size)
{
	if (fdt_read_u32(fdt, bus, "#address-cells", nr_addr))
		*nr_addr = DEFAULT_ADDRESS_CELLS;
	if (fdt_read_u32(fdt, bus, "#size-cells", nr_size))
		*nr_size = DEFAULT_SIZE_CELLS;
}

/**
 * fdt_reg - a range of a node's `reg`, in the addresses of its bus
 * @fdt: blob
 * @node: a node, not the root
 * @index: which range, from 0
 * @addr: written on success only
 * @size: in bytes; 0 on a bus whose addresses have no size; may be NULL
 *
 * Return: 0; -ENOENT if there are not that many; -EINVAL if the numbers do not fit in 64 bits.
 */
int fdt_reg(const struct fdt *fdt, int node, unsigned int index, u64 *addr, u64 *size)
{
	int bus = fdt_parent(fdt, node);
	u32 nr_addr, nr_size;
	struct cells reg;
	u64 a, s;

	if (bus < 0)
		return bus;
	if (!get_cells(fdt, node, "reg", &reg))
		return -ENOENT;
	bus_cells(fdt, bus, &nr_addr, &nr_size);
	if (nr_addr > 2 || nr_size > 2 || nr_addr + nr_size == 0)
		return -EINVAL;
	if (!skip_cells(&reg, (u64)index * (nr_addr + nr_size)) ||
	    !take_number(&reg, nr_addr, &a) || !take_number(&reg, nr_size, &s))
		return -ENOENT;
	*addr = a;
	if (size)
		*size = s;
	return 0;
}

/* One step of fdt_translate(): from the addresses in @bus to those in its parent. */
static int translate_up(const struct fdt *fdt, int bus, int parent, u64 *addr)
{
	u32 nr_child, nr_parent, nr_size, unused;
	u64 child_start, parent_start, size;
	struct cells ranges;

	if (!get_cells(fdt, bus, "ranges", &ranges))
		return -ENXIO;
	if (!ranges.nr)
		return 0;
	bus_cells(fdt, bus, &nr_child, &nr_size);
	bus_cells(fdt, parent, &nr_parent, &unused);
	while (ranges.nr) {
		if (!take_number(&ranges, nr_child, &child_start) ||
		    !take_number(&ranges, nr_parent, &parent_start) ||
		    !take_number(&ranges, nr_size, &size))
			return -EINVAL;
		if (*addr - child_start < size) {
			*addr = *addr - child_start + parent_start;
			return 0;
		}
		if (!(nr_child | nr_parent | nr_size))
			return -EINVAL;		/* rows of nothing would never end */
	}
	return -ENXIO;
}

/**
 * fdt_translate - an address on a device's bus to a physical address
 * @fdt: blob
 * @node: the device
 * @addr: as fdt_reg() gave it
 * @phys: the physical address; written on success only
 *
 * Return: 0; -ENXIO if some bus on the way has no mapping for it; -EINVAL if `ranges` is broken.
 */
int fdt_translate(const struct fdt *fdt, int node, u64 addr, u64 *phys)
{
	int bus = fdt_parent(fdt, node);
	int parent, err;

	if (bus < 0)
		return -EINVAL;
	while ((parent = fdt_parent(fdt, bus)) >= 0) {
		err = translate_up(fdt, bus, parent, &addr);
		if (err)
			return err;
		bus = parent;
	}
	*phys = addr;
	return 0;
}

/* The controller for @node's `interrupts`: its own or an ancestor's interrupt-parent. */
static int interrupt_parent(const struct fdt *fdt, int node)
{
	u32 phandle;

	for (; node >= 0; node = fdt_parent(fdt, node)) {
		if (!fdt_read_u32(fdt, node, "interrupt-parent", &phandle))
			return fdt_find_phandle(fdt, phandle);
	}
	return node;
}

/* Read one specifier for irq->controller.  Return: 0, -ENOENT (no more), -EINVAL. */
static int take_specifier(const struct fdt *fdt, struct cells *cells, struct fdt_irq *irq)
{
	if (fdt_read_u32(fdt, irq->controller, "#interrupt-cells", &irq->nr_cells) ||
	    irq->nr_cells == 0 || irq->nr_cells > FDT_MAX_CELLS)
		return -EINVAL;
	for (u32 i = 0; i < irq->nr_cells; i++) {
		if (!take_u32(cells, &irq->cells[i]))
			return -ENOENT;
	}
	return 0;
}

/**
 * fdt_irq - an interrupt of a device
 * @fdt: blob
 * @node: the device
 * @index: which, from 0
 * @irq: filled in on success
 *
 * Reads `interrupts-extended` or, if there is none, `interrupts`.
 *
 * Return: 0; -ENOENT if there are not that many or there is no such controller; -EINVAL if the
 * properties are broken.
 */
int fdt_irq(const struct fdt *fdt, int node, unsigned int index, struct fdt_irq *irq)
{
	struct cells cells;
	bool extended = get_cells(fdt, node, "interrupts-extended", &cells);
	int err;

	if (!extended && !get_cells(fdt, node, "interrupts", &cells))
		return -ENOENT;
	if (!extended)
		irq->controller = interrupt_parent(fdt, node);
	do {
		u32 phandle;

		if (extended) {
			if (!take_u32(&cells, &phandle))
				return -ENOENT;
			irq->controller = fdt_find_phandle(fdt, phandle);
		}
		if (irq->controller < 0)
			return -ENOENT;
		err = take_specifier(fdt, &cells, irq);
	} while (!err && index--);
	return err;
}

/**
 * fdt_reserved - an entry of the memory reservation block
 * @fdt: blob
 * @index: which, from 0
 * @addr: physical, in bytes
 * @size: in bytes
 *
 * Return: 0; -ENOENT after the last; -EINVAL if the block does not end within the blob.
 */
int fdt_reserved(const struct fdt *fdt, unsigned int index, u64 *addr, u64 *size)
{
	u64 offset = fdt->rsvmap_offset + (u64)index * 16;

	if (offset + 16 > fdt->total_size)
		return -EINVAL;
	*addr = fdt64_read(fdt->blob + offset);
	*size = fdt64_read(fdt->blob + offset + 8);
	return *addr || *size ? 0 : -ENOENT;
}
