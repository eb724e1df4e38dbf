// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/fdt.c - reading a flattened device tree: the blob, nodes, properties
 *
 * The firmware describes the machine by a tree of nodes with properties, packed into one blob of
 * big-endian 32-bit words and strings:
 *
 *	+----------------------+ 0
 *	| header, 40 bytes     |  magic, total size, offsets and sizes of the rest
 *	+----------------------+
 *	| reservation block    |  pairs of u64 (address, size), ended by (0, 0)
 *	+----------------------+
 *	| structure block      |  tokens, each at a multiple of 4:
 *	|  1 "cpus\0" pad      |    BEGIN_NODE name
 *	|  3 len nameoff value |    PROP, before any child node
 *	|  1 "cpu@0\0" ... 2   |    a child
 *	|  2                   |    END_NODE
 *	|  4                   |    NOP, anywhere
 *	|  9                   |    END
 *	+----------------------+
 *	| strings block        |  names of properties, shared
 *	+----------------------+
 *
 * The blob is input, perhaps broken or hostile, so fdt_init() walks all of it once:
 *
 *	I1  each block lies within the total size, and that within the memory given
 *	I2  each token, with its name or value, lies within the structure block; names end in 0
 *	I3  each property's name lies within the strings block, its final 0 included: so what
 *	    stands behind the last 0 of that block is no part of it for us
 *	I4  nodes nest properly, at most FDT_MAX_DEPTH deep; one root; properties precede children
 *	I5  the reservation block has its end mark
 *
 * The readers all go through next_token(), which checks I1 to I3 again for any offset: a wrong
 * node number gives an error, not a stray access.
 *
 * CONTEXT: any; the blob is constant, so no locks; no allocation, no recursion.
 *
 * Source: Devicetree Specification 0.4, chapter 5.
 */
#include <linux-lite/fdt.h>
#include <linux-lite/kernel.h>
#include <linux-lite/string.h>

#define FDT_MAGIC	0xd00dfeed
#define FDT_VERSION	17	/* ours: what we read is compatible with it */
#define HEADER_SIZE	40
#define TOKEN_SIZE	4

enum fdt_tag {
	FDT_BEGIN_NODE = 1,
	FDT_END_NODE = 2,
	FDT_PROP = 3,
	FDT_NOP = 4,
	FDT_END = 9,
};

struct token {
	enum fdt_tag tag;
	u32 offset;		/* where it begins in the structure block */
	const char *name;	/* of a node or property */
	const u8 *value;	/* of a property */
	u32 len;		/* of the value, in bytes */
};

/* Does [offset, offset + len) lie within [0, size)?  No sum of two u32 overflows a u64. */
static inline bool within(u64 offset, u64 len, u64 size)
{
	return offset + len <= size;
}

/* Names of properties; what stands in the strings block ends in it: usable_strings(). */
static const char *string_at(const struct fdt *fdt, u32 offset)
{
	const char *strings = (const char *)fdt->blob + fdt->strings_offset;

	return offset < fdt->strings_size ? strings + offset : NULL;
}

/* Decode a property at token->offset.  Return: the offset behind it, or -EINVAL. */
static int prop_token(const struct fdt *fdt, const u8 *block, struct token *token)
{
	u32 offset = token->offset + TOKEN_SIZE;

	if (!within(offset, 8, fdt->struct_size))
		return -EINVAL;
	token->len = fdt32_read(block + offset);
	token->value = block + offset + 8;
	token->name = string_at(fdt, fdt32_read(block + offset + 4));
	if (!token->name || !within(offset + 8, token->len, fdt->struct_size))
		return -EINVAL;
	return offset + 8 + token->len;
}

/* The name of the node at token->offset.  Return: the offset behind it, or -EINVAL. */
static int node_token(const struct fdt *fdt, const u8 *block, struct token *token)
{
	u32 offset = token->offset + TOKEN_SIZE;
	u32 room = fdt->struct_size - offset, len;

	token->name = (const char *)block + offset;
	len = strnlen(token->name, room);
	return len < room ? (int)(offset + len + 1) : -EINVAL;
}

/* Decode the token at *@offset, NOPs skipped, and move *@offset behind it.  Return: 0, -EINVAL. */
static int next_token(const struct fdt *fdt, u32 *offset, struct token *token)
{
	const u8 *block = fdt->blob + fdt->struct_offset;
	int end;

	do {
		if (*offset % TOKEN_SIZE || !within(*offset, TOKEN_SIZE, fdt->struct_size))
			return -EINVAL;
		token->offset = *offset;
		token->tag = fdt32_read(block + *offset);
		*offset += TOKEN_SIZE;
	} while (token->tag == FDT_NOP);

	switch (token->tag) {
	case FDT_BEGIN_NODE:
	case FDT_PROP:
		end = token->tag == FDT_PROP ? prop_token(fdt, block, token) :
					       node_token(fdt, block, token);
		if (end < 0)
			return end;
		*offset = ALIGN((u32)end, TOKEN_SIZE);
		return 0;
	case FDT_END_NODE:
	case FDT_END:
		return 0;
	default:
		return -EINVAL;
	}
}

/* Step into @node: *@offset becomes that of the first token in it.  Return: 0, -EINVAL. */
static int enter_node(const struct fdt *fdt, int node, u32 *offset, struct token *token)
{
	int err;

	if (node < 0)
		return -EINVAL;
	*offset = node;
	err = next_token(fdt, offset, token);
	if (err)
		return err;
	return token->tag == FDT_BEGIN_NODE ? 0 : -EINVAL;
}

/* Walk the structure block (I2, I3, I4).  Return: 0, -EINVAL. */
static int check_structure(const struct fdt *fdt)
{
	bool props_allowed = false;
	struct token token;
	u32 offset = 0;
	int depth = 0;

	do {
		if (next_token(fdt, &offset, &token))
			return -EINVAL;
		switch (token.tag) {
		case FDT_BEGIN_NODE:
			if (depth == FDT_MAX_DEPTH || (depth == 0 && token.offset != 0))
				return -EINVAL;
			depth++;
			props_allowed = true;
			break;
		case FDT_END_NODE:
			if (depth == 0)
				return -EINVAL;
			depth--;
			props_allowed = false;
			break;
		case FDT_PROP:
			if (!props_allowed)
				return -EINVAL;
			break;
		default:
			break;
		}
	} while (token.tag != FDT_END);
	return depth == 0 && token.offset != 0 ? 0 : -EINVAL;
}

/* Walk the reservation block (I5).  Return: 0, -EINVAL. */
static int check_reservations(const struct fdt *fdt)
{
	u64 addr, size;
	unsigned int i = 0;
	int err;

	do {
		err = fdt_reserved(fdt, i++, &addr, &size);
	} while (!err);
	return err == -ENOENT ? 0 : err;
}

/* I3: the strings block up to its last 0. So any offset in it is that of a string which ends. */
static u32 usable_strings(const struct fdt *fdt)
{
	u32 size = fdt->strings_size;

	while (size && fdt->blob[fdt->strings_offset + size - 1])
		size--;
	return size;
}

/**
 * fdt_init - examine a blob
 * @fdt: filled in
 * @blob: the blob; must stay as it is while @fdt is in use
 * @max_size: bytes of memory that may be read there
 *
 * Return: 0; -EINVAL if it is no device tree of version 17 (or later and compatible), is cut off,
 * or breaks an invariant.
 */
int fdt_init(struct fdt *fdt, const void *blob, size_t max_size)
{
	const u8 *header = blob;
	u32 version, compatible_with;

	if (max_size < HEADER_SIZE || fdt32_read(header) != FDT_MAGIC)
		return -EINVAL;
	version = fdt32_read(header + 20);
	compatible_with = fdt32_read(header + 24);
	*fdt = (struct fdt){
		.blob = blob,
		.total_size = fdt32_read(header + 4),
		.struct_offset = fdt32_read(header + 8),
		.strings_offset = fdt32_read(header + 12),
		.rsvmap_offset = fdt32_read(header + 16),
		.boot_cpuid = fdt32_read(header + 28),
		.strings_size = fdt32_read(header + 32),
		.struct_size = fdt32_read(header + 36),
	};

	if (version < FDT_VERSION || compatible_with > FDT_VERSION)
		return -EINVAL;
	if (fdt->total_size > max_size || fdt->total_size > (u32)__INT_MAX__ ||
	    !within(fdt->struct_offset, fdt->struct_size, fdt->total_size) ||
	    !within(fdt->strings_offset, fdt->strings_size, fdt->total_size))
		return -EINVAL;
	fdt->strings_size = usable_strings(fdt);
	if (check_reservations(fdt))
		return -EINVAL;
	return check_structure(fdt);
}

/**
 * fdt_next_node - the next node in the order of the blob: parents before their children
 * @fdt: blob
 * @node: a node
 * @depth: changed by the step: +1 to a child, 0 to a sibling, less than 0 further up; may be NULL
 *
 * Return: the node; -ENOENT after the last; -EINVAL if @node is none.
 */
int fdt_next_node(const struct fdt *fdt, int node, int *depth)
{
	struct token token;
	u32 offset;
	int level = 0;

	if (enter_node(fdt, node, &offset, &token))
		return -EINVAL;
	for (;;) {
		if (next_token(fdt, &offset, &token))
			return -EINVAL;
		switch (token.tag) {
		case FDT_BEGIN_NODE:
			if (depth)
				*depth += level + 1;
			return token.offset;
		case FDT_END_NODE:
			level--;
			break;
		case FDT_END:
			return -ENOENT;
		default:
			break;
		}
	}
}

/**
 * fdt_first_child - the first child of a node
 * @fdt: blob
 * @node: a node
 *
 * Return: the child; -ENOENT if it has none; -EINVAL if @node is none.
 */
int fdt_first_child(const struct fdt *fdt, int node)
{
	int depth = 0;
	int child = fdt_next_node(fdt, node, &depth);

	return child < 0 || depth == 1 ? child : -ENOENT;
}

/**
 * fdt_next_sibling - the next child of a node's parent
 * @fdt: blob
 * @node: a node
 *
 * Return: the sibling; -ENOENT if @node is the last; -EINVAL if @node is none.
 */
int fdt_next_sibling(const struct fdt *fdt, int node)
{
	int depth = 0;

	do {
		node = fdt_next_node(fdt, node, &depth);
	} while (node >= 0 && depth > 0);
	return node < 0 || depth == 0 ? node : -ENOENT;
}

/**
 * fdt_parent - the parent of a node
 * @fdt: blob
 * @node: a node
 *
 * The blob has no pointers upward: this walks from the root.
 *
 * Return: the parent; -ENOENT for the root; -EINVAL if @node is none.
 */
int fdt_parent(const struct fdt *fdt, int node)
{
	int ancestors[FDT_MAX_DEPTH];
	int depth = 0;
	int n = fdt_root(fdt);

	while (n >= 0 && n < node) {
		ancestors[depth] = n;
		n = fdt_next_node(fdt, n, &depth);
		if (depth < 0 || depth >= FDT_MAX_DEPTH)
			return -EINVAL;
	}
	if (n < 0 || n != node)
		return -EINVAL;
	return depth ? ancestors[depth - 1] : -ENOENT;
}

/**
 * fdt_node_name - the name of a node
 * @fdt: blob
 * @node: a node
 *
 * Return: its name with the unit address, such as "cpu@0"; "" for the root; NULL if @node is none.
 */
const char *fdt_node_name(const struct fdt *fdt, int node)
{
	struct token token;
	u32 offset;

	return enter_node(fdt, node, &offset, &token) ? NULL : token.name;
}

/**
 * fdt_getprop - a property of a node
 * @fdt: blob
 * @node: a node
 * @name: of the property
 * @len: becomes the length of the value in bytes; may be NULL
 *
 * Return: the value, big-endian and perhaps not aligned, within the blob; NULL if there is none.
 */
const void *fdt_getprop(const struct fdt *fdt, int node, const char *name, u32 *len)
{
	struct token token;
	u32 offset;

	if (enter_node(fdt, node, &offset, &token))
		return NULL;
	while (!next_token(fdt, &offset, &token) && token.tag == FDT_PROP) {
		if (strcmp(token.name, name))
			continue;
		if (len)
			*len = token.len;
		return token.value;
	}
	return NULL;
}
