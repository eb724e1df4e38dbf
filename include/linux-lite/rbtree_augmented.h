/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/rbtree_augmented.h - trees whose nodes carry a summary of their subtree
 *
 * The small cousin of Linux's include/linux/rbtree_augmented.h.
 *
 * Example: an address space wants the lowest gap of at least n bytes.  Each node stores
 * `max_gap`, the largest gap in its subtree; a search then turns away from every subtree whose
 * max_gap is too small and needs O(log n) steps instead of O(n).
 *
 *                 [gap 3, max 9]
 *                  /          \
 *       [gap 4, max 4]    [gap 1, max 9]         I_aug: max(n) = f(n, max(left), max(right))
 *                                    \
 *                               [gap 9, max 9]
 *
 * Whoever changes what a node's own value is computed from must restore I_aug up to the root, by
 * x_propagate(&node->rb, NULL).  For an insertion:
 *
 *	rb_link_node(&foo->rb, parent, link);
 *	foo->max_gap = foo->gap;
 *	foo_callbacks.propagate(parent, NULL);		first the path ...
 *	rb_insert_augmented(&foo->rb, root, &foo_callbacks);	... then the balance
 *
 * The three callbacks; RB_DECLARE_CALLBACKS_MAX() writes them for the commonest f:
 *
 *	propagate	recompute from @node upward, until @stop or until nothing changes
 *	copy		@node takes @old's place: it inherits @old's summary
 *	rotate		@node rose above @old: it inherits @old's summary, @old's is recomputed
 */
#ifndef _LINUX_LITE_RBTREE_AUGMENTED_H
#define _LINUX_LITE_RBTREE_AUGMENTED_H

#include <linux-lite/rbtree.h>

struct rb_augment_callbacks {
	void (*propagate)(struct rb_node *node, struct rb_node *stop);
	void (*copy)(struct rb_node *old, struct rb_node *node);
	void (*rotate)(struct rb_node *old, struct rb_node *node);
};

void rb_insert_augmented(struct rb_node *node, struct rb_root *root,
			 const struct rb_augment_callbacks *augment);
void rb_erase_augmented(struct rb_node *node, struct rb_root *root,
			const struct rb_augment_callbacks *augment);

static inline void rb_insert_augmented_cached(struct rb_node *node, struct rb_root_cached *root,
					      bool leftmost,
					      const struct rb_augment_callbacks *augment)
{
	if (leftmost)
		root->rb_leftmost = node;
	rb_insert_augmented(node, &root->rb_root, augment);
}

static inline void rb_erase_augmented_cached(struct rb_node *node, struct rb_root_cached *root,
					     const struct rb_augment_callbacks *augment)
{
	if (root->rb_leftmost == node)
		root->rb_leftmost = rb_next(node);
	rb_erase_augmented(node, &root->rb_root, augment);
}

/**
 * RB_DECLARE_CALLBACKS - define `name`, a struct rb_augment_callbacks, for any summary
 * @storage: `static` or nothing
 * @name: the name of the struct; name_propagate() etc. are its functions
 * @type: the object, e.g. struct foo
 * @field: its struct rb_node
 * @summary: its summary field
 * @compute: `bool compute(type *obj, bool exit)`: recompute obj->summary from obj and its two
 *	children; when @exit is set and the value did not change, return true, else false
 */
#define RB_DECLARE_CALLBACKS(storage, name, type, field, summary, compute)		\
static inline void name##_propagate(struct rb_node *rb, struct rb_node *stop)		\
{											\
	while (rb != stop) {								\
		type *obj = rb_entry(rb, type, field);					\
											\
		if (compute(obj, true))							\
			break;								\
		rb = rb_parent(&obj->field);						\
	}										\
}											\
static inline void name##_copy(struct rb_node *old, struct rb_node *node)		\
{											\
	rb_entry(node, type, field)->summary = rb_entry(old, type, field)->summary;	\
}											\
static inline void name##_rotate(struct rb_node *old, struct rb_node *node)		\
{											\
	name##_copy(old, node);								\
	compute(rb_entry(old, type, field), false);					\
}											\
storage const struct rb_augment_callbacks name = {					\
	.propagate = name##_propagate,							\
	.copy = name##_copy,								\
	.rotate = name##_rotate,							\
}

/**
 * RB_DECLARE_CALLBACKS_MAX - callbacks for "the maximum of a value over the subtree"
 * @storage: `static` or nothing
 * @name: the name of the struct
 * @type: the object, e.g. struct foo
 * @field: its struct rb_node
 * @valtype: the value's type, e.g. unsigned long
 * @summary: its summary field, of type @valtype
 * @value: `valtype value(type *obj)`: the object's own value
 */
#define RB_DECLARE_CALLBACKS_MAX(storage, name, type, field, valtype, summary, value)	\
static inline bool name##_compute_max(type *obj, bool exit)				\
{											\
	valtype max = value(obj);							\
	int side;									\
											\
	for (side = 0; side < 2; side++) {						\
		struct rb_node *rb = obj->field.rb_child[side];				\
											\
		if (rb && rb_entry(rb, type, field)->summary > max)			\
			max = rb_entry(rb, type, field)->summary;			\
	}										\
	if (exit && obj->summary == max)						\
		return true;								\
	obj->summary = max;								\
	return false;									\
}											\
RB_DECLARE_CALLBACKS(storage, name, type, field, summary, name##_compute_max)

#endif /* _LINUX_LITE_RBTREE_AUGMENTED_H */
