/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/rbtree.h - balanced search trees whose nodes live inside the objects
 *
 * The small cousin of Linux's include/linux/rbtree.h.  Left out: RCU and latched trees.  The theory
 * (invariants, rotations, who may call what) heads lib/rbtree.c; trees whose nodes carry a summary
 * of their subtree are in rbtree_augmented.h.
 *
 * The tree does not compare keys.  A user searches and finds the place for a new node by a loop of
 * their own (or rb_add(), rb_find()), links it there, and asks for the balance to be restored:
 *
 *	struct rb_node **link = &root->rb_node, *parent = NULL;
 *
 *	while (*link) {
 *		parent = *link;
 *		link = key < rb_entry(parent, struct foo, node)->key ?
 *			&parent->rb_left : &parent->rb_right;
 *	}
 *	rb_link_node(&foo->node, parent, link);
 *	rb_insert_color(&foo->node, root);
 */
#ifndef _LINUX_LITE_RBTREE_H
#define _LINUX_LITE_RBTREE_H

#include <linux-lite/types.h>
#include <linux-lite/kernel.h>

/*
 * A node is three words.  Nodes are word aligned, so the low bits of a parent pointer are free and
 * bit 0 holds the colour.  rb_child[] names the same two words as rb_left and rb_right: code that
 * treats the sides alike indexes it (0 left, 1 right).
 */
struct rb_node {
	unsigned long __rb_parent_color;
	union {
		struct {
			struct rb_node *rb_left;
			struct rb_node *rb_right;
		};
		struct rb_node *rb_child[2];
	};
} __aligned(sizeof(long));

struct rb_root {
	struct rb_node *rb_node;
};

/* A root that also remembers its leftmost node, so that rb_first_cached() is one load. */
struct rb_root_cached {
	struct rb_root rb_root;
	struct rb_node *rb_leftmost;
};

#define RB_ROOT		((struct rb_root){ NULL })
#define RB_ROOT_CACHED	((struct rb_root_cached){ { NULL }, NULL })

#define rb_parent(node)	((struct rb_node *)((node)->__rb_parent_color & ~3UL))
#define rb_entry(ptr, type, member) container_of(ptr, type, member)
#define rb_entry_safe(ptr, type, member) ({			\
	__typeof__(ptr) ____ptr = (ptr);			\
	____ptr ? rb_entry(____ptr, type, member) : NULL;	\
})

#define RB_EMPTY_ROOT(root)	((root)->rb_node == NULL)

/* A node that is in no tree is its own parent, once RB_CLEAR_NODE() has said so. */
#define RB_EMPTY_NODE(node)	((node)->__rb_parent_color == (unsigned long)(node))
#define RB_CLEAR_NODE(node)	((node)->__rb_parent_color = (unsigned long)(node))

void rb_insert_color(struct rb_node *node, struct rb_root *root);
void rb_erase(struct rb_node *node, struct rb_root *root);
void rb_replace_node(struct rb_node *victim, struct rb_node *node, struct rb_root *root);

struct rb_node *rb_first(const struct rb_root *root);
struct rb_node *rb_last(const struct rb_root *root);
struct rb_node *rb_next(const struct rb_node *node);
struct rb_node *rb_prev(const struct rb_node *node);
struct rb_node *rb_first_postorder(const struct rb_root *root);
struct rb_node *rb_next_postorder(const struct rb_node *node);
long rb_check(const struct rb_root *root);

#define rb_first_cached(root) ((root)->rb_leftmost)

/* Hang @node, a red leaf, on *@link, the empty child pointer of @parent. */
static inline void rb_link_node(struct rb_node *node, struct rb_node *parent,
				struct rb_node **link)
{
	node->__rb_parent_color = (unsigned long)parent;
	node->rb_left = NULL;
	node->rb_right = NULL;
	*link = node;
}

/* As rb_insert_color(); @leftmost: the search for the place only ever went left. */
static inline void rb_insert_color_cached(struct rb_node *node, struct rb_root_cached *root,
					  bool leftmost)
{
	if (leftmost)
		root->rb_leftmost = node;
	rb_insert_color(node, &root->rb_root);
}

/* As rb_erase(), for a cached root. */
static inline void rb_erase_cached(struct rb_node *node, struct rb_root_cached *root)
{
	if (root->rb_leftmost == node)
		root->rb_leftmost = rb_next(node);
	rb_erase(node, &root->rb_root);
}

/* As rb_replace_node(), for a cached root. */
static inline void rb_replace_node_cached(struct rb_node *victim, struct rb_node *node,
					  struct rb_root_cached *root)
{
	if (root->rb_leftmost == victim)
		root->rb_leftmost = node;
	rb_replace_node(victim, node, &root->rb_root);
}

/* Insert @node behind all nodes that are not greater; @less(a, b) is a strict order. */
static inline void rb_add(struct rb_node *node, struct rb_root *root,
			  bool (*less)(struct rb_node *a, const struct rb_node *b))
{
	struct rb_node **link = &root->rb_node;
	struct rb_node *parent = NULL;

	while (*link) {
		parent = *link;
		link = less(node, parent) ? &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(node, parent, link);
	rb_insert_color(node, root);
}

/* As rb_add(), for a cached root. */
static inline void rb_add_cached(struct rb_node *node, struct rb_root_cached *root,
				 bool (*less)(struct rb_node *a, const struct rb_node *b))
{
	struct rb_node **link = &root->rb_root.rb_node;
	struct rb_node *parent = NULL;
	bool leftmost = true;

	while (*link) {
		parent = *link;
		if (less(node, parent)) {
			link = &parent->rb_left;
		} else {
			link = &parent->rb_right;
			leftmost = false;
		}
	}
	rb_link_node(node, parent, link);
	rb_insert_color_cached(node, root, leftmost);
}

/* Some node with @cmp(key, node) == 0, or NULL; @cmp < 0 means the key is to the left. */
static inline struct rb_node *rb_find(const void *key, const struct rb_root *root,
				      int (*cmp)(const void *key, const struct rb_node *node))
{
	struct rb_node *node = root->rb_node;

	while (node) {
		int side = cmp(key, node);

		if (!side)
			return node;
		node = side < 0 ? node->rb_left : node->rb_right;
	}
	return NULL;
}

/* Children before parents: the body may free @pos.  No rebalancing, so for whole trees only. */
#define rbtree_postorder_for_each_entry_safe(pos, n, root, field)			\
	for (pos = rb_entry_safe(rb_first_postorder(root), __typeof__(*pos), field);	\
	     pos && ({ n = rb_entry_safe(rb_next_postorder(&pos->field),		\
					 __typeof__(*pos), field); 1; });		\
	     pos = n)

#endif /* _LINUX_LITE_RBTREE_H */
