/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/xarray.h - a sparse array of pointers, indexed by unsigned long
 *
 * The small cousin of Linux's include/linux/xarray.h.  Left out: multi-index entries, RCU readers,
 * allocation of free indices, the xas_* cursor, and the built-in lock: the array's owner names a
 * lock, and nodes come from the owner's allocator (struct xa_ops), so lib/ stays below mm/.  The
 * theory heads lib/xarray.c.
 *
 * ENTRIES.  A pointer to an object aligned to 4 bytes or more, or a value of 63 bits
 * (xa_mk_value).  NULL is what lies at every index where nothing was stored.
 *
 *	low bits 00  pointer      x1  value      10  internal: reserved slot, error code
 *
 * MARKS.  Three bits on each entry, and the search for marked entries is as fast as for any:
 * that is how writeback finds the dirty pages of a large file.
 *
 * ERRORS.  xa_store() returns the old entry or an error code: ask xa_err().
 *
 * PREPARE, THEN COMMIT.  xa_reserve() allocates whatever a store at an index may need; that store
 * can then not fail.  Until then the slot reads as NULL; xa_release() gives it up again.
 */
#ifndef _LINUX_LITE_XARRAY_H
#define _LINUX_LITE_XARRAY_H

#include <linux-lite/err.h>
#include <linux-lite/types.h>

#define XA_CHUNK_SHIFT	6
#define XA_CHUNK_SIZE	(1UL << XA_CHUNK_SHIFT)
#define XA_CHUNK_MASK	(XA_CHUNK_SIZE - 1)

typedef enum {
	XA_MARK_0,
	XA_MARK_1,
	XA_MARK_2,
	XA_PRESENT,		/* internally a mark like the others; every entry has it */
	XA_NR_MARKS,
} xa_mark_t;

/* Lock: that of the array's owner, for all fields. */
struct xa_node {
	unsigned char shift;	/* index bits below this node: 0 in a leaf, else 6, 12, ... */
	unsigned char offset;	/* this node's slot in its parent */
	unsigned char count;	/* slots in use */
	struct xa_node *parent;	/* NULL in the head */
	void *slots[XA_CHUNK_SIZE];		/* entries in a leaf, else nodes */
	unsigned long marks[XA_NR_MARKS];	/* bit n speaks of slots[n] */
};

/**
 * struct xa_ops - where an array's nodes come from
 * @node_alloc: sizeof(struct xa_node) bytes, of any contents, aligned to 8; NULL if there are none.
 *	@ctx is the array's; @gfp is what the caller of xa_store() or xa_reserve() gave
 * @node_free: take them back
 */
struct xa_ops {
	void *(*node_alloc)(void *ctx, gfp_t gfp);
	void (*node_free)(void *ctx, void *node);
};

struct xarray {
	struct xa_node *xa_head;
	const struct xa_ops *xa_ops;
	void *xa_ctx;
};

#define XARRAY_INIT(ops, ctx) { .xa_head = NULL, .xa_ops = (ops), .xa_ctx = (ctx) }

static inline void xa_init(struct xarray *xa, const struct xa_ops *ops, void *ctx)
{
	*xa = (struct xarray)XARRAY_INIT(ops, ctx);
}

static inline void *xa_mk_value(unsigned long v)
{
	return (void *)(v << 1 | 1);
}

static inline unsigned long xa_to_value(const void *entry)
{
	return (unsigned long)entry >> 1;
}

static inline bool xa_is_value(const void *entry)
{
	return (unsigned long)entry & 1;
}

static inline void *xa_mk_internal(unsigned long v)
{
	return (void *)(v << 2 | 2);
}

static inline bool xa_is_internal(const void *entry)
{
	return ((unsigned long)entry & 3) == 2;
}

/* A slot that xa_reserve() holds; never seen outside. */
#define XA_ZERO_ENTRY	xa_mk_internal(257)

static inline bool xa_is_err(const void *entry)
{
	return xa_is_internal(entry) &&
	       (unsigned long)entry >= (unsigned long)xa_mk_internal(-MAX_ERRNO);
}

/* 0, or the -errno that xa_store() returned in place of an entry. */
static inline int xa_err(const void *entry)
{
	return xa_is_err(entry) ? (int)((long)entry >> 2) : 0;
}

/* The slot of @node that leads to @index. */
static inline unsigned int xa_slot_of(const struct xa_node *node, unsigned long index)
{
	return (index >> node->shift) & XA_CHUNK_MASK;
}

/* The largest index that a head with this shift can reach. */
static inline unsigned long xa_reach(unsigned int shift)
{
	return shift + XA_CHUNK_SHIFT < 64 ? (XA_CHUNK_SIZE << shift) - 1 : ~0UL;
}

void *xa_load(const struct xarray *xa, unsigned long index);
void xa_load_many(const struct xarray *xa, unsigned long index, unsigned int nr, void **entries);
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *xa_erase(struct xarray *xa, unsigned long index);
int xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp);
void xa_release(struct xarray *xa, unsigned long index);
void xa_destroy(struct xarray *xa);

bool xa_get_mark(const struct xarray *xa, unsigned long index, xa_mark_t mark);
void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);

void *xa_find(const struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter);
void *xa_find_after(const struct xarray *xa, unsigned long *index, unsigned long max,
		    xa_mark_t filter);
long xa_check(const struct xarray *xa);

/* Has any entry this mark? */
static inline bool xa_marked(const struct xarray *xa, xa_mark_t mark)
{
	return xa->xa_head && xa->xa_head->marks[mark];
}

static inline bool xa_empty(const struct xarray *xa)
{
	return !xa_marked(xa, XA_PRESENT);
}

/* In all of these the body may erase or overwrite the entry at @index, and store elsewhere. */
#define xa_for_each_range(xa, index, entry, start, last)			\
	for ((index) = (start),							\
	     (entry) = xa_find((xa), &(index), (last), XA_PRESENT);		\
	     (entry);								\
	     (entry) = xa_find_after((xa), &(index), (last), XA_PRESENT))

#define xa_for_each_start(xa, index, entry, start) \
	xa_for_each_range(xa, index, entry, start, ~0UL)

#define xa_for_each(xa, index, entry) \
	xa_for_each_start(xa, index, entry, 0)

#define xa_for_each_marked(xa, index, entry, filter)				\
	for ((index) = 0, (entry) = xa_find((xa), &(index), ~0UL, (filter));	\
	     (entry);								\
	     (entry) = xa_find_after((xa), &(index), ~0UL, (filter)))

#endif /* _LINUX_LITE_XARRAY_H */
