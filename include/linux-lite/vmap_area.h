/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vmap_area.h - who has which addresses between VMALLOC_START and VMALLOC_END.
 * mm/table/vmap_area.c; users want vmalloc.h.
 *
 * Small cousin of Linux's struct vmap_area and vm_struct.
 */
#ifndef LINUX_LITE_VMAP_AREA_H
#define LINUX_LITE_VMAP_AREA_H

#include <linux-lite/list.h>
#include <linux-lite/rbtree.h>
#include <linux-lite/types.h>

struct page;

/* DYING: somebody has said that it shall go, and nobody else may say so. */
enum vmap_kind { VMAP_ALLOC, VMAP_MAP, VMAP_IOREMAP, VMAP_STACK, VMAP_DYING };

/* Key: (v) vmap_lock  (c) constant while the area is busy */
struct vmap_area {
	unsigned long start, end;	/* bytes, guard included (v) */
	struct rb_node node;		/* in the busy or the free tree, by start (v) */
	unsigned long subtree_max;	/* free: the largest of this subtree, bytes (v) */
	struct list_head list;		/* lazy: waits for the flush (v); dying: its killer's */

	/* busy */
	enum vmap_kind kind;		/* (v) */
	bool user;			/* VMAP_ALLOC: may be shown to user space (c) */
	unsigned long mapped;		/* first byte of what is mapped (c) */
	unsigned long mapped_bytes;	/* (c) */
	struct page **pages;		/* VMAP_ALLOC: nr_pages of them (c) */
	unsigned int nr_pages;		/* ALLOC, STACK: its own (c) */
	phys_addr_t phys;		/* IOREMAP: where it leads (c) */
	void *caller;			/* who asked (c) */
};

/**
 * vmap_area_alloc - take the lowest free addresses
 * @size_bytes: pages, guard included
 * @align: a power of two, at least PAGE_SIZE
 * @kind: what for
 *
 * Context: may sleep.
 * Return: the area, nothing mapped; NULL: no memory or no room.
 */
struct vmap_area *vmap_area_alloc(unsigned long size_bytes, unsigned long align,
				  enum vmap_kind kind);
/* The busy area that contains @addr, guard included; NULL. Context: any. */
struct vmap_area *vmap_area_find(unsigned long addr);
/*
 * The area of @kind whose mapping begins at @addr, for its one and only freeing: it is DYING
 * from now on. NULL: there is none. Context: any.
 */
struct vmap_area *vmap_area_claim(unsigned long addr, enum vmap_kind kind);
/* Its entries are cleared; its addresses are used again after a flush. Context: any. */
void vmap_area_free(struct vmap_area *va);
/* Flush what is unmapped, make its addresses free: one flush for all. Context: may sleep. */
void vm_unmap_aliases(void);
/* The same for who is short of memory, under whatever lock: nothing while somebody is at it. */
void vmap_area_shrink(void);
/* What waits for the flush. */
unsigned long vmap_area_lazy_bytes(void);
/* Copy the first busy area at or above @addr. Return: false if there is none. Context: any. */
bool vmap_area_next(unsigned long addr, struct vmap_area *copy);
/* Call @fn for each area that waits for the flush, under the lock: it must be short. */
void vmap_area_for_each_lazy(void (*fn)(const struct vmap_area *va, void *arg), void *arg);
/* Bytes of address space that are somebody's. */
unsigned long vmap_area_used_bytes(void);
void vmap_area_init(unsigned long start, unsigned long end);
/* Return: 0, or the number of the first invariant broken. */
int vmap_area_check(void);

#endif
