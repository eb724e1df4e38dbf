/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linux-lite/list.h - doubly linked lists whose links live inside the objects
 *
 * The small cousin of Linux's include/linux/list.h.  Left out: RCU variants, debug poisoning,
 * the "careful" lockless tests, and the dozen rarely used iterators.  Hash chains: hlist.h.
 *
 * THE LIST.  A `struct list_head` is embedded in every object and once more, alone, as the head.
 * All of them form one ring, so there is no null pointer and no special case anywhere:
 *
 *        head            object A                object B
 *      +------+        +-----------+           +-----------+
 *  +-->| next |------->| .link.next|---------->| .link.next|---+
 *  | +-| prev |<-------| .link.prev|<----------| .link.prev|   |
 *  | | +------+        |  payload  |           |  payload  |   |
 *  | |                 +-----------+           +-----------+   |
 *  | +---------------------- last: B ----------------^         |
 *  +-----------------------------------------------------------+
 *
 * From a link back to its object: subtract the offset of the member (list_entry = container_of).
 *
 *   I1  for every node n of the ring: n->next->prev == n and n->prev->next == n
 *   I2  an empty list (and a node after list_del_init()) points at itself
 *   I3  after plain list_del() a node's links are NULL: touching it again faults at once
 *
 * LOCKING: none here.  Whoever owns the head names the lock in its own struct.
 */
#ifndef _LINUX_LITE_LIST_H
#define _LINUX_LITE_LIST_H

#include <linux-lite/hlist.h>
#include <linux-lite/kernel.h>
#include <linux-lite/types.h>

#define LIST_HEAD_INIT(name) { &(name), &(name) }
#define LIST_HEAD(name) struct list_head name = LIST_HEAD_INIT(name)

/* Make @list an empty list (I2). */
static inline void INIT_LIST_HEAD(struct list_head *list)
{
	list->next = list;
	list->prev = list;
}

/* Insert @node between two known neighbours. */
static inline void __list_add(struct list_head *node, struct list_head *prev,
			      struct list_head *next)
{
	next->prev = node;
	node->next = next;
	node->prev = prev;
	prev->next = node;
}

/* Insert @node right after @head: a stack. */
static inline void list_add(struct list_head *node, struct list_head *head)
{
	__list_add(node, head, head->next);
}

/* Insert @node right before @head, at the end of the list: a queue. */
static inline void list_add_tail(struct list_head *node, struct list_head *head)
{
	__list_add(node, head->prev, head);
}

/* Make two neighbours forget what stood between them. */
static inline void __list_del(struct list_head *prev, struct list_head *next)
{
	next->prev = prev;
	prev->next = next;
}

/* Take @entry off its list, leaving its own links as they are. */
static inline void __list_del_entry(struct list_head *entry)
{
	__list_del(entry->prev, entry->next);
}

/* Take @entry off its list; it may not be used again before an add (I3). */
static inline void list_del(struct list_head *entry)
{
	__list_del_entry(entry);
	entry->next = NULL;
	entry->prev = NULL;
}

/* Take @entry off its list and make it an empty list, so that list_empty(entry) answers. */
static inline void list_del_init(struct list_head *entry)
{
	__list_del_entry(entry);
	INIT_LIST_HEAD(entry);
}

/* Put @node in the place of @old; @old's links are left as they were. */
static inline void list_replace(struct list_head *old, struct list_head *node)
{
	node->next = old->next;
	node->next->prev = node;
	node->prev = old->prev;
	node->prev->next = node;
}

/* Put @node in the place of @old and leave @old empty. */
static inline void list_replace_init(struct list_head *old, struct list_head *node)
{
	list_replace(old, node);
	INIT_LIST_HEAD(old);
}

/* Move @entry from its list to the front of @head. */
static inline void list_move(struct list_head *entry, struct list_head *head)
{
	__list_del_entry(entry);
	list_add(entry, head);
}

/* Move @entry from its list to the end of @head. */
static inline void list_move_tail(struct list_head *entry, struct list_head *head)
{
	__list_del_entry(entry);
	list_add_tail(entry, head);
}

static inline bool list_empty(const struct list_head *head)
{
	return head->next == head;
}

static inline bool list_is_first(const struct list_head *entry, const struct list_head *head)
{
	return entry->prev == head;
}

static inline bool list_is_last(const struct list_head *entry, const struct list_head *head)
{
	return entry->next == head;
}

static inline bool list_is_head(const struct list_head *entry, const struct list_head *head)
{
	return entry == head;
}

static inline bool list_is_singular(const struct list_head *head)
{
	return !list_empty(head) && head->next == head->prev;
}

/* Insert the whole non-empty ring of @list between @prev and @next. */
static inline void __list_splice(const struct list_head *list, struct list_head *prev,
				 struct list_head *next)
{
	struct list_head *first = list->next;
	struct list_head *last = list->prev;

	first->prev = prev;
	prev->next = first;
	last->next = next;
	next->prev = last;
}

/* Join @list at the front of @head; @list itself is left stale. */
static inline void list_splice(const struct list_head *list, struct list_head *head)
{
	if (!list_empty(list))
		__list_splice(list, head, head->next);
}

/* Join @list at the end of @head; @list itself is left stale. */
static inline void list_splice_tail(const struct list_head *list, struct list_head *head)
{
	if (!list_empty(list))
		__list_splice(list, head->prev, head);
}

/* Join @list at the front of @head and leave @list empty. */
static inline void list_splice_init(struct list_head *list, struct list_head *head)
{
	list_splice(list, head);
	INIT_LIST_HEAD(list);
}

/* Join @list at the end of @head and leave @list empty. */
static inline void list_splice_tail_init(struct list_head *list, struct list_head *head)
{
	list_splice_tail(list, head);
	INIT_LIST_HEAD(list);
}

/* Move the entries from the first up to and including @entry from @head to the empty @list. */
static inline void list_cut_position(struct list_head *list, struct list_head *head,
				     struct list_head *entry)
{
	struct list_head *rest = entry->next;

	INIT_LIST_HEAD(list);
	if (entry == head)
		return;
	list->next = head->next;
	list->next->prev = list;
	list->prev = entry;
	entry->next = list;
	head->next = rest;
	rest->prev = head;
}

/**
 * list_check - walk a ring and verify I1
 * @head: the list's head
 *
 * Return: the number of entries, or -1 when a link is broken.
 */
static inline long list_check(const struct list_head *head)
{
	const struct list_head *pos = head;
	long count = 0;

	do {
		if (!pos->next || pos->next->prev != pos)
			return -1;
		pos = pos->next;
		count++;
	} while (pos != head);
	return count - 1;
}

/* From links to objects. */
#define list_entry(ptr, type, member)		container_of(ptr, type, member)
#define list_first_entry(ptr, type, member)	list_entry((ptr)->next, type, member)
#define list_last_entry(ptr, type, member)	list_entry((ptr)->prev, type, member)
#define list_first_entry_or_null(ptr, type, member) \
	(list_empty(ptr) ? NULL : list_first_entry(ptr, type, member))
#define list_next_entry(pos, member) \
	list_entry((pos)->member.next, __typeof__(*(pos)), member)
#define list_prev_entry(pos, member) \
	list_entry((pos)->member.prev, __typeof__(*(pos)), member)
#define list_entry_is_head(pos, head, member)	(&(pos)->member == (head))

/*
 * Iterators.  In the plain forms the body must not remove @pos; in the _safe forms it may, since
 * @n already holds the next one (but it may not remove @n).
 */
#define list_for_each(pos, head) \
	for (pos = (head)->next; pos != (head); pos = pos->next)

#define list_for_each_entry(pos, head, member)				\
	for (pos = list_first_entry(head, __typeof__(*pos), member);	\
	     !list_entry_is_head(pos, head, member);			\
	     pos = list_next_entry(pos, member))

#define list_for_each_entry_reverse(pos, head, member)			\
	for (pos = list_last_entry(head, __typeof__(*pos), member);	\
	     !list_entry_is_head(pos, head, member);			\
	     pos = list_prev_entry(pos, member))

/* Go on after @pos, which stays where it is. */
#define list_for_each_entry_continue(pos, head, member)			\
	for (pos = list_next_entry(pos, member);			\
	     !list_entry_is_head(pos, head, member);			\
	     pos = list_next_entry(pos, member))

#define list_for_each_entry_safe(pos, n, head, member)			\
	for (pos = list_first_entry(head, __typeof__(*pos), member),	\
	     n = list_next_entry(pos, member);				\
	     !list_entry_is_head(pos, head, member);			\
	     pos = n, n = list_next_entry(n, member))

#define list_for_each_entry_safe_reverse(pos, n, head, member)		\
	for (pos = list_last_entry(head, __typeof__(*pos), member),	\
	     n = list_prev_entry(pos, member);				\
	     !list_entry_is_head(pos, head, member);			\
	     pos = n, n = list_prev_entry(n, member))

#endif /* _LINUX_LITE_LIST_H */
