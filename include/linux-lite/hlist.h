/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/hlist.h - hash chains: lists whose head is one word
 *
 * The small cousin of the second half of Linux's include/linux/list.h (list.h includes this, so
 * that is true here as well).  Left out: RCU variants, hlist_bl, hlist_nulls.
 *
 * A `struct hlist_head` is half the size of a list_head, which counts for a hash table with
 * thousands of mostly empty buckets.  The price is no O(1) tail.  A node points back at *the
 * pointer that points to it*: the head's `first`, or the predecessor's `next`.  So removal needs
 * neither the head nor a special case for the first node.
 *
 *	head          object A             object B
 *	+-------+     +-------------+      +-------------+
 *	| first |---->| .hash.next  |----->| .hash.next  |---> NULL
 *	+-------+     | .hash.pprev |      | .hash.pprev |
 *	    ^         +------|------+      +------|------+
 *	    +----------------+  ^ of A.next       |
 *				+-----------------+
 *
 *   I1  for every chained node n: *n->pprev == n
 *   I2  n->pprev == NULL: n is on no chain
 *
 * LOCKING: none here.  Whoever owns the head names the lock in its own struct.
 */
#ifndef _LINUX_LITE_HLIST_H
#define _LINUX_LITE_HLIST_H

#include <linux-lite/kernel.h>
#include <linux-lite/types.h>

#define HLIST_HEAD_INIT { .first = NULL }
#define HLIST_HEAD(name) struct hlist_head name = HLIST_HEAD_INIT

static inline void INIT_HLIST_NODE(struct hlist_node *node)
{
	node->next = NULL;
	node->pprev = NULL;
}

static inline bool hlist_unhashed(const struct hlist_node *node)
{
	return !node->pprev;
}

static inline bool hlist_empty(const struct hlist_head *head)
{
	return !head->first;
}

static inline void hlist_add_head(struct hlist_node *node, struct hlist_head *head)
{
	struct hlist_node *first = head->first;

	node->next = first;
	if (first)
		first->pprev = &node->next;
	head->first = node;
	node->pprev = &head->first;
}

/* Insert @node before @next, which is on a chain. */
static inline void hlist_add_before(struct hlist_node *node, struct hlist_node *next)
{
	node->pprev = next->pprev;
	node->next = next;
	next->pprev = &node->next;
	*node->pprev = node;
}

/* Insert @node behind @prev, which is on a chain. */
static inline void hlist_add_behind(struct hlist_node *node, struct hlist_node *prev)
{
	node->next = prev->next;
	prev->next = node;
	node->pprev = &prev->next;
	if (node->next)
		node->next->pprev = &node->next;
}

static inline void __hlist_del(struct hlist_node *node)
{
	struct hlist_node *next = node->next;

	*node->pprev = next;
	if (next)
		next->pprev = node->pprev;
}

/* Take @node off its chain; it then counts as unhashed. */
static inline void hlist_del_init(struct hlist_node *node)
{
	if (hlist_unhashed(node))
		return;
	__hlist_del(node);
	INIT_HLIST_NODE(node);
}

/* Take @node, which must be on a chain, off it. */
static inline void hlist_del(struct hlist_node *node)
{
	__hlist_del(node);
	INIT_HLIST_NODE(node);
}

#define hlist_entry(ptr, type, member) container_of(ptr, type, member)

#define hlist_entry_safe(ptr, type, member) ({				\
	__typeof__(ptr) ____ptr = (ptr);				\
	____ptr ? hlist_entry(____ptr, type, member) : NULL;		\
})

#define hlist_for_each_entry(pos, head, member)					\
	for (pos = hlist_entry_safe((head)->first, __typeof__(*(pos)), member);	\
	     pos;								\
	     pos = hlist_entry_safe((pos)->member.next, __typeof__(*(pos)), member))

/* @n is a struct hlist_node *: the body may remove @pos. */
#define hlist_for_each_entry_safe(pos, n, head, member)				\
	for (pos = hlist_entry_safe((head)->first, __typeof__(*(pos)), member);	\
	     pos && ({ n = pos->member.next; 1; });				\
	     pos = hlist_entry_safe(n, __typeof__(*(pos)), member))

#endif /* _LINUX_LITE_HLIST_H */
