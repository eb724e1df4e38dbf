// SPDX-License-Identifier: GPL-2.0-only
/*
 * lib/rbtree.c - red-black trees
 *
 * A binary search tree answers in as many steps as it is deep, and without care it degenerates into
 * a list.  A red-black tree keeps its depth within twice the least possible by colouring the nodes:
 *
 *                 8b                  b: black, r: red
 *              /      \
 *            4r        12b            black nodes on every way from the root to a missing child: 2
 *           /  \          \
 *         2b    6b         14r        longest way 3 nodes, shortest 2
 *
 *   I1  child and parent pointers agree; the root has no parent
 *   I2  the root is black
 *   I3  a red node has no red child
 *   I4  every way from a node down to a missing child passes the same number of black nodes
 *
 * From I3 and I4: no way down is more than twice as long as another, so a tree of n nodes is at
 * most 2*log2(n+1) deep.
 *
 * ROTATION is the only change of shape.  It keeps the order of the nodes (a x b y c, read from left
 * to right) and touches three links; rotate(x, LEFT) pushes x down to the left:
 *
 *            x                  y
 *           / \                / \
 *          a   y      -->     x   c
 *             / \            / \
 *            b   c          a   b
 *
 * INSERTION hangs the new node in as a red leaf: I4 holds, I3 may not.  While the parent is red:
 *
 *   red uncle     parent and uncle turn black, the grandparent red; the trouble moves up two levels
 *   black uncle   one rotation makes node and parent lean the same way, a second one (of the
 *                 grandparent, with an exchange of colours) ends it
 *
 * REMOVAL of a node with two children first puts its successor, which has no left child, in its
 * place.  What then really leaves its place has one child at most.  If that child exists it is red
 * (I4) and turns black; if the leaver was red nothing is owed; else one side is a black node short:
 *
 *   red sibling               a rotation gives a black sibling: one of the next three
 *   both nephews black        the sibling turns red; the debt moves up one level
 *   only the near one red     a rotation of the sibling makes the far one red
 *   the far nephew red        a rotation of the parent pays the debt
 *
 * So insertion rotates at most twice and removal at most three times.  The mirrored cases are the
 * same code: rb_child[dir] is the node's own side, rb_child[!dir] the other.
 *
 * AUGMENTATION (rbtree_augmented.h): each change of shape calls back.  The plain entry points pass
 * NULL, a constant, and the compiler drops the calls.
 *
 * CONTEXT: no locks, no allocation, no recursion except in rb_check().  The owner of the root
 * serializes writers against everybody.
 *
 * Source: L. Guibas, R. Sedgewick, "A dichromatic framework for balanced trees", FOCS 1978; the
 * case analysis follows Cormen et al., "Introduction to Algorithms", chapter 13.
 */
#include <linux-lite/rbtree_augmented.h>

enum { LEFT, RIGHT };
enum { RED, BLACK };

/* No tree that fits in 64 bits of address space is deeper: 2 * log2(2^64 / sizeof(node)). */
#define RB_MAX_DEPTH	120

static inline bool is_black(const struct rb_node *node)
{
	return !node || (node->__rb_parent_color & BLACK);
}

static inline bool is_red(const struct rb_node *node)
{
	return !is_black(node);
}

static inline void set_black(struct rb_node *node)
{
	node->__rb_parent_color |= BLACK;
}

static inline void set_red(struct rb_node *node)
{
	node->__rb_parent_color &= ~(unsigned long)BLACK;
}

static inline void set_parent(struct rb_node *node, struct rb_node *parent)
{
	node->__rb_parent_color = (node->__rb_parent_color & BLACK) | (unsigned long)parent;
}

/* Which child of @parent is @node? */
static inline int side_of(const struct rb_node *node, const struct rb_node *parent)
{
	return parent->rb_child[LEFT] == node ? LEFT : RIGHT;
}

/* Let whatever pointed down to @old (its parent, or the root) point to @node. */
static inline void change_child(struct rb_node *old, struct rb_node *node, struct rb_node *parent,
				struct rb_root *root)
{
	if (parent)
		parent->rb_child[side_of(old, parent)] = node;
	else
		root->rb_node = node;
}

/* Push @node down to the side @dir; its other child takes its place.  Colours stay put. */
static __always_inline void rotate(struct rb_node *node, int dir, struct rb_root *root,
				   const struct rb_augment_callbacks *augment)
{
	struct rb_node *up = node->rb_child[!dir];
	struct rb_node *inner = up->rb_child[dir];
	struct rb_node *parent = rb_parent(node);

	node->rb_child[!dir] = inner;
	if (inner)
		set_parent(inner, node);
	up->rb_child[dir] = node;
	set_parent(up, parent);
	change_child(node, up, parent, root);
	set_parent(node, up);
	if (augment)
		augment->rotate(node, up);
}

/* Restore I2 and I3 after @node has been hung in as a red leaf. */
static __always_inline void insert_fixup(struct rb_node *node, struct rb_root *root,
					 const struct rb_augment_callbacks *augment)
{
	struct rb_node *parent, *grandparent, *uncle;
	int dir;

	while ((parent = rb_parent(node)) && is_red(parent)) {
		grandparent = rb_parent(parent);	/* exists: the root is black */
		dir = side_of(parent, grandparent);
		uncle = grandparent->rb_child[!dir];

		if (is_red(uncle)) {
			set_black(parent);
			set_black(uncle);
			set_red(grandparent);
			node = grandparent;
			continue;
		}
		if (node == parent->rb_child[!dir]) {
			rotate(parent, dir, root, augment);
			parent = node;
		}
		set_black(parent);
		set_red(grandparent);
		rotate(grandparent, !dir, root, augment);
		return;
	}
	if (!parent)
		set_black(node);
}

/*
 * Restore I4: every way down through @node, a child of @parent, is one black node short.  @node is
 * NULL at first, and has a sibling all the same: by I4 the other side had that black node too.
 */
static __always_inline void erase_fixup(struct rb_node *node, struct rb_node *parent,
					struct rb_root *root,
					const struct rb_augment_callbacks *augment)
{
	struct rb_node *sibling;
	int dir;

	while (parent && is_black(node)) {
		dir = side_of(node, parent);
		sibling = parent->rb_child[!dir];

		if (is_red(sibling)) {
			set_black(sibling);
			set_red(parent);
			rotate(parent, dir, root, augment);
			sibling = parent->rb_child[!dir];
		}
		if (is_black(sibling->rb_child[LEFT]) && is_black(sibling->rb_child[RIGHT])) {
			set_red(sibling);
			node = parent;
			parent = rb_parent(node);
			continue;
		}
		if (is_black(sibling->rb_child[!dir])) {
			set_black(sibling->rb_child[dir]);
			set_red(sibling);
			rotate(sibling, !dir, root, augment);
			sibling = parent->rb_child[!dir];
		}
		if (is_red(parent))
			set_red(sibling);
		else
			set_black(sibling);
		set_black(parent);
		set_black(sibling->rb_child[!dir]);
		rotate(parent, dir, root, augment);
		return;
	}
	set_black(node);
}

/* Take out @node, which has one child at most, and pay the debt of I4. */
static __always_inline void erase_simple(struct rb_node *node, struct rb_root *root,
					 const struct rb_augment_callbacks *augment)
{
	struct rb_node *child = node->rb_left ? node->rb_left : node->rb_right;
	struct rb_node *parent = rb_parent(node);
	bool was_black = is_black(node);

	change_child(node, child, parent, root);
	if (child)	/* was red, under a black node: takes over parent and blackness at once */
		child->__rb_parent_color = node->__rb_parent_color;
	if (augment)
		augment->propagate(parent, NULL);
	if (!child && was_black && parent)
		erase_fixup(NULL, parent, root, augment);
}

/* Take out @node, which has two children: its successor moves into its place. */
static __always_inline void erase_between(struct rb_node *node, struct rb_root *root,
					  const struct rb_augment_callbacks *augment)
{
	struct rb_node *successor = node->rb_right;
	struct rb_node *child, *parent;
	bool was_black;

	while (successor->rb_left)
		successor = successor->rb_left;
	child = successor->rb_right;
	was_black = is_black(successor);

	if (successor == node->rb_right) {
		parent = successor;
	} else {
		parent = rb_parent(successor);
		parent->rb_left = child;
		successor->rb_right = node->rb_right;
		set_parent(successor->rb_right, successor);
	}
	successor->rb_left = node->rb_left;
	set_parent(successor->rb_left, successor);
	change_child(node, successor, rb_parent(node), root);
	successor->__rb_parent_color = node->__rb_parent_color;
	if (child) {
		set_parent(child, parent);
		set_black(child);
	}

	if (augment) {
		augment->copy(node, successor);
		augment->propagate(parent, successor);
		augment->propagate(successor, NULL);
	}
	if (!child && was_black)
		erase_fixup(NULL, parent, root, augment);
}

/**
 * rb_insert_color - restore the balance after rb_link_node()
 * @node: the node just linked
 * @root: its tree
 *
 * Context: the tree's writer lock; at most two rotations, O(log n) recolourings.
 */
void rb_insert_color(struct rb_node *node, struct rb_root *root)
{
	insert_fixup(node, root, NULL);
}

/**
 * rb_insert_augmented - rb_insert_color() for a tree with summaries
 * @node: the node just linked, its summary and those above it already right
 * @root: its tree
 * @augment: the tree's callbacks
 *
 * Context: the tree's writer lock.
 */
void rb_insert_augmented(struct rb_node *node, struct rb_root *root,
			 const struct rb_augment_callbacks *augment)
{
	insert_fixup(node, root, augment);
}

/**
 * rb_erase - take a node out of its tree
 * @node: in the tree; its own words are left stale (RB_CLEAR_NODE() if anybody will ask)
 * @root: its tree
 *
 * Context: the tree's writer lock; at most three rotations.
 */
void rb_erase(struct rb_node *node, struct rb_root *root)
{
	if (node->rb_left && node->rb_right)
		erase_between(node, root, NULL);
	else
		erase_simple(node, root, NULL);
}

/**
 * rb_erase_augmented - rb_erase() for a tree with summaries
 * @node: in the tree
 * @root: its tree
 * @augment: the tree's callbacks
 *
 * Context: the tree's writer lock.
 */
void rb_erase_augmented(struct rb_node *node, struct rb_root *root,
			const struct rb_augment_callbacks *augment)
{
	if (node->rb_left && node->rb_right)
		erase_between(node, root, augment);
	else
		erase_simple(node, root, augment);
}

/**
 * rb_replace_node - put another node in a node's place, without any rebalancing
 * @victim: in the tree; left stale
 * @node: in no tree; must sort exactly where @victim did
 * @root: the tree
 *
 * Context: the tree's writer lock.
 */
void rb_replace_node(struct rb_node *victim, struct rb_node *node, struct rb_root *root)
{
	*node = *victim;
	if (node->rb_left)
		set_parent(node->rb_left, node);
	if (node->rb_right)
		set_parent(node->rb_right, node);
	change_child(victim, node, rb_parent(victim), root);
}

/* The outermost node of @root on the side @dir. */
static inline struct rb_node *outermost(const struct rb_root *root, int dir)
{
	struct rb_node *node = root->rb_node;

	while (node && node->rb_child[dir])
		node = node->rb_child[dir];
	return node;
}

/* The neighbour of @node in sorted order, on the side @dir. */
static inline struct rb_node *neighbour(const struct rb_node *node, int dir)
{
	struct rb_node *next = node->rb_child[dir];
	struct rb_node *parent;

	if (next) {		/* the nearest below: once to the side, then all the way back */
		while (next->rb_child[!dir])
			next = next->rb_child[!dir];
		return next;
	}
	while ((parent = rb_parent(node)) && node == parent->rb_child[dir])
		node = parent;
	return parent;
}

/**
 * rb_first - the leftmost node
 * @root: the tree
 *
 * Context: any lock that keeps writers out; O(log n).
 * Return: the node, or NULL if the tree is empty.
 */
struct rb_node *rb_first(const struct rb_root *root)
{
	return outermost(root, LEFT);
}

/**
 * rb_last - the rightmost node
 * @root: the tree
 *
 * Context: any lock that keeps writers out; O(log n).
 * Return: the node, or NULL if the tree is empty.
 */
struct rb_node *rb_last(const struct rb_root *root)
{
	return outermost(root, RIGHT);
}

/**
 * rb_next - the following node in sorted order
 * @node: in a tree
 *
 * Context: any lock that keeps writers out; O(1) on average over a whole walk.
 * Return: the node, or NULL after the last.
 */
struct rb_node *rb_next(const struct rb_node *node)
{
	return neighbour(node, RIGHT);
}

/**
 * rb_prev - the preceding node in sorted order
 * @node: in a tree
 *
 * Context: any lock that keeps writers out; O(1) on average over a whole walk.
 * Return: the node, or NULL before the first.
 */
struct rb_node *rb_prev(const struct rb_node *node)
{
	return neighbour(node, LEFT);
}

/* The first node in postorder below @node: some leaf. */
static struct rb_node *deepest_left(const struct rb_node *node)
{
	while (node->rb_left || node->rb_right)
		node = node->rb_left ? node->rb_left : node->rb_right;
	return (struct rb_node *)node;
}

/**
 * rb_first_postorder - the first node of a walk that visits children before parents
 * @root: the tree
 *
 * Context: any lock that keeps writers out.
 * Return: the node, or NULL if the tree is empty.
 */
struct rb_node *rb_first_postorder(const struct rb_root *root)
{
	return root->rb_node ? deepest_left(root->rb_node) : NULL;
}

/**
 * rb_next_postorder - the next node of a walk that visits children before parents
 * @node: in a tree
 *
 * Context: any lock that keeps writers out.
 * Return: the node, or NULL after the root.
 */
struct rb_node *rb_next_postorder(const struct rb_node *node)
{
	struct rb_node *parent = rb_parent(node);

	if (parent && node == parent->rb_left && parent->rb_right)
		return deepest_left(parent->rb_right);
	return parent;
}

/* The black height of a subtree, or -k if invariant Ik is broken in it. */
static long check_subtree(const struct rb_node *node, const struct rb_node *parent, int depth,
			  long *nr_nodes)
{
	long left, right;

	if (!node)
		return 0;
	if (depth > RB_MAX_DEPTH || rb_parent(node) != parent)
		return -1;
	if (!parent && is_red(node))
		return -2;
	if (is_red(node) && (is_red(node->rb_left) || is_red(node->rb_right)))
		return -3;
	(*nr_nodes)++;
	left = check_subtree(node->rb_left, node, depth + 1, nr_nodes);
	if (left < 0)
		return left;
	right = check_subtree(node->rb_right, node, depth + 1, nr_nodes);
	if (right < 0)
		return right;
	return left == right ? left + is_black(node) : -4;
}

/**
 * rb_check - walk a whole tree and verify I1 to I4
 * @root: the tree
 *
 * Context: any lock that keeps writers out; O(n), for debugging.
 * Return: the number of nodes, or -k if invariant Ik is broken.
 */
long rb_check(const struct rb_root *root)
{
	long nr_nodes = 0;
	long height = check_subtree(root->rb_node, NULL, 0, &nr_nodes);

	return height < 0 ? height : nr_nodes;
}
