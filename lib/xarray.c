// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/xarray.c - a sparse array of pointers
 *
 * A radix tree: six bits of the index choose one of the 64 slots of a node, from the top down, as
 * the hardware does with the bits of an address in a page table.  Only nodes with something below
 * them exist, and the tree is just as high as its largest index asks for.
 *
 *   index 0x0041 = 000001 000001        marks: one bit a slot and kind of mark
 *
 *	 head (shift 6, covers 0..4095)
 *	+---+---+---+-...-+---+            dirty 0100...0   present 1100...0
 *	| . | . |   |     |   |
 *	+-|-+-|-+---+-...-+---+
 *	  |   +------------------.
 *	+---+---+-...-+---+     +---+---+-...-+---+
 *	| A |   |     | Z |     |   | B |     |   |   leaves (shift 0)
 *	+---+---+-...-+---+     +---+---+-...-+---+
 *	 0            63         64  65
 *	 present 10...0          dirty 010...0  present 010...0
 *	 (Z is reserved)
 *
 *   I1  a child's parent and offset point back to its slot; its shift is its parent's less 6
 *   I2  count = slots in use: entries and reservations in a leaf, nodes further up
 *   I3  no node has count 0
 *   I4  the head is no higher than needed: above a leaf, some slot other than 0 is in use
 *   I5  in a leaf, bit n of `present` is set if and only if slot n holds an entry (not: a
 *       reservation), and each other mark is a subset of it
 *   I6  further up, bit n of any mark is set if and only if that mark is not all 0 in child n
 *
 * By I6, looking for the next entry with a certain mark skips every subtree that has none; "is
 * present" is itself a mark, so there is one search, not two.
 *
 * PREPARE, THEN COMMIT: a store first counts the nodes that its path lacks and allocates all of
 * them, chained through `parent`; only then does it touch the tree, and nothing can fail any more.
 *
 * LOCKING: none here.  The owner's lock excludes writers from everything; readers may share.
 */
#include <linux-lite/bitops.h>
#include <linux-lite/string.h>
#include <linux-lite/xarray.h>

/* What the user sees of a slot: a reservation reads as NULL. */
static inline void *visible(void *slot)
{
	return slot == XA_ZERO_ENTRY ? NULL : slot;
}

/* The leaf that has the slot of @index, or NULL. */
static struct xa_node *find_leaf(const struct xarray *xa, unsigned long index)
{
	struct xa_node *node = xa->xa_head;

	if (!node || index > xa_reach(node->shift))
		return NULL;
	while (node && node->shift)
		node = node->slots[xa_slot_of(node, index)];
	return node;
}

static void set_mark(struct xa_node *node, unsigned int offset, xa_mark_t mark)
{
	while (node && !(node->marks[mark] & BIT(offset))) {
		node->marks[mark] |= BIT(offset);
		offset = node->offset;
		node = node->parent;
	}
}

static void clear_mark(struct xa_node *node, unsigned int offset, xa_mark_t mark)
{
	while (node && (node->marks[mark] & BIT(offset))) {
		node->marks[mark] &= ~BIT(offset);
		if (node->marks[mark])
			return;
		offset = node->offset;
		node = node->parent;
	}
}

static void free_chain(struct xarray *xa, struct xa_node *chain)
{
	while (chain) {
		struct xa_node *next = chain->parent;

		xa->xa_ops->node_free(xa->xa_ctx, chain);
		chain = next;
	}
}

/* The shift that a head needs to reach @index. */
static unsigned int shift_for(unsigned long index)
{
	unsigned int shift = 0;

	while (index > xa_reach(shift))
		shift += XA_CHUNK_SHIFT;
	return shift;
}

/* How many nodes the path to @index lacks. */
static unsigned int nodes_missing(const struct xarray *xa, unsigned long index)
{
	const struct xa_node *node = xa->xa_head;
	unsigned int shift = shift_for(index);

	if (!node)
		return shift / XA_CHUNK_SHIFT + 1;
	if (shift > node->shift)	/* new heads above, and all nodes below the uppermost */
		return (shift - node->shift) / XA_CHUNK_SHIFT + shift / XA_CHUNK_SHIFT;
	while (node->shift) {
		const struct xa_node *child = node->slots[xa_slot_of(node, index)];

		if (!child)
			return node->shift / XA_CHUNK_SHIFT;
		node = child;
	}
	return 0;
}

/* Take the first node off a chain and make it ready. */
static struct xa_node *take_node(struct xa_node **chain, unsigned int shift,
				 struct xa_node *parent, unsigned int offset)
{
	struct xa_node *node = *chain;

	*chain = node->parent;
	memset(node, 0, sizeof(*node));
	node->shift = shift;
	node->parent = parent;
	node->offset = offset;
	return node;
}

/* Put one more head above the present one. */
static void grow(struct xarray *xa, struct xa_node **chain)
{
	struct xa_node *old = xa->xa_head;
	struct xa_node *head = take_node(chain, old->shift + XA_CHUNK_SHIFT, NULL, 0);

	head->slots[0] = old;
	head->count = 1;
	for (int mark = 0; mark < XA_NR_MARKS; mark++) {
		if (old->marks[mark])
			head->marks[mark] = BIT(0);
	}
	old->parent = head;
	old->offset = 0;
	xa->xa_head = head;
}

/* Make sure that the leaf of @index exists.  Return: the leaf, or NULL (and nothing changed). */
static struct xa_node *make_leaf(struct xarray *xa, unsigned long index, gfp_t gfp)
{
	unsigned int missing = nodes_missing(xa, index);
	struct xa_node *chain = NULL;
	struct xa_node *node;

	for (; missing; missing--) {
		node = xa->xa_ops->node_alloc(xa->xa_ctx, gfp);
		if (!node) {
			free_chain(xa, chain);
			return NULL;
		}
		node->parent = chain;
		chain = node;
	}

	if (!xa->xa_head)
		xa->xa_head = take_node(&chain, shift_for(index), NULL, 0);
	while (index > xa_reach(xa->xa_head->shift))
		grow(xa, &chain);
	node = xa->xa_head;
	while (node->shift) {
		unsigned int offset = xa_slot_of(node, index);

		if (!node->slots[offset]) {
			node->slots[offset] = take_node(&chain, node->shift - XA_CHUNK_SHIFT,
							node, offset);
			node->count++;
		}
		node = node->slots[offset];
	}
	return node;
}

/* Free @node and what is above it as far as nothing is below (I3), and spare heads (I4). */
static void prune(struct xarray *xa, struct xa_node *node)
{
	struct xa_node *head;

	while (node && !node->count) {
		struct xa_node *parent = node->parent;

		if (parent) {
			parent->slots[node->offset] = NULL;
			parent->count--;
		} else {
			xa->xa_head = NULL;
		}
		xa->xa_ops->node_free(xa->xa_ctx, node);
		node = parent;
	}

	while ((head = xa->xa_head) && head->shift && head->count == 1 && head->slots[0]) {
		xa->xa_head = head->slots[0];
		xa->xa_head->parent = NULL;
		xa->xa_ops->node_free(xa->xa_ctx, head);
	}
}

/* Empty a slot of a leaf, whatever it holds. */
static void clear_slot(struct xarray *xa, struct xa_node *leaf, unsigned int offset)
{
	for (int mark = 0; mark < XA_NR_MARKS; mark++)
		clear_mark(leaf, offset, mark);
	leaf->slots[offset] = NULL;
	leaf->count--;
	prune(xa, leaf);
}

/**
 * xa_load - read an entry
 * @xa: array
 * @index: any
 *
 * Context: the owner's lock, shared.
 * Return: the entry, or NULL.
 */
void *xa_load(const struct xarray *xa, unsigned long index)
{
	struct xa_node *leaf = find_leaf(xa, index);

	return leaf ? visible(leaf->slots[xa_slot_of(leaf, index)]) : NULL;
}

/**
 * xa_load_many - read consecutive entries
 * @xa: array
 * @index: of the first
 * @nr: how many
 * @entries: filled in; NULL where there is none
 *
 * One descent for each leaf, where xa_load() makes one for each entry.
 *
 * Context: the owner's lock, shared.
 */
void xa_load_many(const struct xarray *xa, unsigned long index, unsigned int nr, void **entries)
{
	while (nr) {
		struct xa_node *leaf = find_leaf(xa, index);
		unsigned long offset = index & XA_CHUNK_MASK;
		unsigned long n = min_t(unsigned long, nr, XA_CHUNK_SIZE - offset);

		for (unsigned long i = 0; i < n; i++)
			entries[i] = leaf ? visible(leaf->slots[offset + i]) : NULL;
		entries += n;
		index += n;
		nr -= n;
	}
}

/**
 * xa_store - write an entry
 * @xa: array
 * @index: any
 * @entry: a pointer aligned to 4, or xa_mk_value(); NULL erases
 * @gfp: for node_alloc()
 *
 * Overwriting an entry keeps its marks; erasing clears them.
 *
 * Context: the owner's lock; may sleep if node_alloc(gfp) may.  Cannot fail if there is an entry
 * or a reservation at @index.
 * Return: the old entry or NULL; xa_err() of it is -ENOMEM if there was no node, and nothing
 * changed.
 */
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	struct xa_node *leaf;
	unsigned int offset;
	void *old;

	if (!entry)
		return xa_erase(xa, index);
	leaf = make_leaf(xa, index, gfp);
	if (!leaf)
		return xa_mk_internal(-ENOMEM);

	offset = xa_slot_of(leaf, index);
	old = leaf->slots[offset];
	leaf->slots[offset] = entry;
	if (!old)
		leaf->count++;
	set_mark(leaf, offset, XA_PRESENT);
	return visible(old);
}

/**
 * xa_insert - write an entry where there is none
 * @xa: array
 * @index: any
 * @entry: not NULL
 * @gfp: for node_alloc()
 *
 * Context: as xa_store().
 * Return: 0, -EBUSY if there is an entry, -ENOMEM.
 */
int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	if (xa_load(xa, index))
		return -EBUSY;
	return xa_err(xa_store(xa, index, entry, gfp));
}

/**
 * xa_erase - remove an entry, or a reservation
 * @xa: array
 * @index: any
 *
 * Context: the owner's lock; frees nodes, never allocates.
 * Return: the old entry, or NULL.
 */
void *xa_erase(struct xarray *xa, unsigned long index)
{
	struct xa_node *leaf = find_leaf(xa, index);
	unsigned int offset;
	void *old;

	if (!leaf)
		return NULL;
	offset = xa_slot_of(leaf, index);
	old = leaf->slots[offset];
	if (old)
		clear_slot(xa, leaf, offset);
	return visible(old);
}

/**
 * xa_reserve - make sure that a later store cannot fail
 * @xa: array
 * @index: where
 * @gfp: for node_alloc()
 *
 * An entry that is already there is left alone.  The reservation ends with xa_store() at @index,
 * xa_release() or xa_erase().
 *
 * Context: as xa_store().
 * Return: 0 or -ENOMEM.
 */
int xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp)
{
	struct xa_node *leaf = make_leaf(xa, index, gfp);
	unsigned int offset;

	if (!leaf)
		return -ENOMEM;
	offset = xa_slot_of(leaf, index);
	if (!leaf->slots[offset]) {
		leaf->slots[offset] = XA_ZERO_ENTRY;
		leaf->count++;
	}
	return 0;
}

/**
 * xa_release - give up a reservation
 * @xa: array
 * @index: where; an entry stored meanwhile stays
 *
 * Context: the owner's lock; frees nodes, never allocates.
 */
void xa_release(struct xarray *xa, unsigned long index)
{
	struct xa_node *leaf = find_leaf(xa, index);

	if (leaf && leaf->slots[xa_slot_of(leaf, index)] == XA_ZERO_ENTRY)
		clear_slot(xa, leaf, xa_slot_of(leaf, index));
}

/**
 * xa_destroy - free all nodes
 * @xa: array; empty and usable afterwards.  The entries are the owner's business
 *
 * Context: the owner's lock.
 */
void xa_destroy(struct xarray *xa)
{
	struct xa_node *node = xa->xa_head;
	unsigned int offset = 0;

	while (node) {		/* postorder, by way of parent and offset: no recursion */
		struct xa_node *parent = node->parent;

		while (node->shift && offset < XA_CHUNK_SIZE && !node->slots[offset])
			offset++;
		if (node->shift && offset < XA_CHUNK_SIZE) {
			node = node->slots[offset];
			offset = 0;
			continue;
		}
		offset = node->offset + 1;
		xa->xa_ops->node_free(xa->xa_ctx, node);
		node = parent;
	}
	xa->xa_head = NULL;
}

/**
 * xa_get_mark - has an entry a mark?
 * @xa: array
 * @index: of the entry
 * @mark: XA_MARK_0 to XA_MARK_2
 *
 * Context: the owner's lock, shared.
 * Return: true if there is an entry and it has the mark.
 */
bool xa_get_mark(const struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	struct xa_node *leaf = find_leaf(xa, index);

	return leaf && (leaf->marks[mark] & BIT(xa_slot_of(leaf, index)));
}

/**
 * xa_set_mark - mark an entry
 * @xa: array
 * @index: of the entry; nothing happens if there is none
 * @mark: XA_MARK_0 to XA_MARK_2
 *
 * Context: the owner's lock.
 */
void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	struct xa_node *leaf = find_leaf(xa, index);

	if (leaf && visible(leaf->slots[xa_slot_of(leaf, index)]))
		set_mark(leaf, xa_slot_of(leaf, index), mark);
}

/**
 * xa_clear_mark - take a mark off an entry
 * @xa: array
 * @index: of the entry
 * @mark: XA_MARK_0 to XA_MARK_2
 *
 * Context: the owner's lock.
 */
void xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	struct xa_node *leaf = find_leaf(xa, index);

	if (leaf)
		clear_mark(leaf, xa_slot_of(leaf, index), mark);
}
