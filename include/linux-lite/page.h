/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * page.h - struct page: what the kernel knows about one frame of RAM.
 *
 * One per frame, in an array indexed by frame number (vmemmap), 64 bytes each:
 * 1.6 % of RAM, so nothing that only some frames need may be added outside the
 * union.
 *
 *   state        who owns the frame, an enum: exactly one of them
 *   _refcount    how many references keep it from being freed; 0 = free
 *   _mapcount    how many page-table entries map it to users, minus nothing:
 *                0 = not mapped (Linux starts at -1; we prefer what a reader expects)
 *
 *   state        union member in use
 *   FREE         lru (free list)
 *   PCP          pcp_next
 *   SLAB         slab (kmem_cache's own view); all pages of a slab, not only the first
 *   TABLE        ptl, and mapping unused
 *   ANON, CACHE  lru, mapping, index, private
 *
 * Fields name their lock:
 *   (a) atomic  (z) zone->lock, or the owner hart for PCP  (o) the owner
 *   (m) mapping->i_pages lock  (p) PG_locked
 *
 * Small cousin of Linux's include/linux/mm_types.h and page-flags.h; left out:
 * folios (compound pages only), memcg, node bits in flags.
 */
#ifndef LINUX_LITE_PAGE_H
#define LINUX_LITE_PAGE_H

#include <linux-lite/atomic.h>
#include <linux-lite/bug.h>
#include <linux-lite/spinlock.h>
#include <asm/page.h>

struct address_space;
struct kmem_cache;

enum page_state {
	PGS_RESERVED,	/* firmware, kernel image, memblock: never freed */
	PGS_FREE,	/* head of a block on a buddy free list */
	PGS_FREE_TAIL,	/* not the first page of its block: free, or of alloc_pages(order > 0) */
	PGS_PCP,	/* on a hart's page cache */
	PGS_TAIL,	/* of a compound page: head in compound_head */
	PGS_SLAB,
	/* From here on: has an owner who may free it. */
	PGS_KERNEL,	/* handed out by alloc_pages, owner unknown to mm */
	PGS_TABLE,	/* a page table */
	PGS_ANON,	/* anonymous user memory */
	PGS_CACHE,	/* page cache: index'th page of mapping */
	PGS_MOVABLE,	/* as KERNEL, but its driver can move it: migrate.h */
	PGS_NR_STATES
};

/* page->flags: bits that may change on their own. */
enum page_flags {
	PG_locked,	/* under I/O or being filled: lock_page() */
	PG_uptodate,	/* holds what the file holds */
	PG_dirty,	/* must be written back or swapped before reuse */
	PG_referenced,	/* seen used since the list was last scanned */
	PG_active,	/* on the active list */
	PG_lru,		/* on an LRU list */
	PG_waiters,	/* somebody sleeps in lock_page() */
	PG_head,	/* head of a compound page, order in page->order */
	PG_arch_1,	/* the port's: no hart has old instructions of it, asm/cacheflush.h */
};

struct page {
	u8 state;			/* enum page_state (o) */
	u8 zone;			/* constant after boot */
	u8 order;			/* of the block that starts here (z)(o) */
	u8 migratetype;			/* what it was last handed out as (z)(o) */
	u32 flags;			/* BIT(PG_*) (a) */
	union {
		struct {
			atomic_t _refcount;	/* (a) */
			atomic_t _mapcount;	/* (a) */
		};
		u64 users;		/* both: 0 if nobody has the page, in one load */
	};
	union {
		struct {
			struct list_head lru;		/* (z) or LRU lock */
			struct address_space *mapping;	/* (m)(p) NULL for ANON */
			pgoff_t index;			/* (m)(p) */
			unsigned long private;		/* (o) e.g. swap entry */
		};
		struct {				/* SLAB: mm/slab only */
			struct list_head slab_list;
			struct kmem_cache *slab_cache;	/* in each page of the slab */
			void *freelist;
			u32 inuse;
			u16 objects;
			bool frozen;			/* slub.c: one hart's */
		};
		struct page *pcp_next;			/* PCP: next of a hart's list (o) */
		struct {				/* TABLE */
			spinlock_t ptl;
			struct page *table_next;	/* on a list of empty tables (o) */
		};
		struct {
			unsigned long __words[5];	/* above */
			struct page *compound_head;	/* TAIL; and in each page of a SLAB */
		};
	};
};

static_assert(sizeof(struct page) == 64, "struct page grew");	/* one cache line each */

static inline bool test_page_flag(const struct page *page, enum page_flags f)
{
	return (__atomic_load_n(&page->flags, __ATOMIC_ACQUIRE) >> f) & 1;
}

static inline void set_page_flag(struct page *page, enum page_flags f)
{
	__atomic_fetch_or(&page->flags, 1u << f, __ATOMIC_RELEASE);
}

static inline void clear_page_flag(struct page *page, enum page_flags f)
{
	__atomic_fetch_and(&page->flags, ~(1u << f), __ATOMIC_RELEASE);
}

static inline bool test_and_set_page_flag(struct page *page, enum page_flags f)
{
	return (__atomic_fetch_or(&page->flags, 1u << f, __ATOMIC_ACQUIRE) >> f) & 1;
}

static inline void *page_address(const struct page *page)
{
	return __va(page_to_pfn(page) << PAGE_SHIFT);
}

static inline phys_addr_t page_to_phys(const struct page *page)
{
	return (phys_addr_t)page_to_pfn(page) << PAGE_SHIFT;
}

/*
 * A direct-map address to its struct page. Pages and their struct pages are in the same order,
 * so that one addition replaces two (less PAGE_OFFSET, plus vmemmap): kfree() begins here.
 */
static inline struct page *virt_to_page(const void *va)
{
	return VMEMMAP_VA0 + ((long)va >> PAGE_SHIFT);
}

static inline struct page *phys_to_page(phys_addr_t pa)
{
	return pfn_to_page(pa >> PAGE_SHIFT);
}

static inline struct page *compound_head(struct page *page)
{
	return page->state == PGS_TAIL || page->state == PGS_SLAB ? page->compound_head : page;
}

static inline int page_ref_count(const struct page *page)
{
	return atomic_read(&page->_refcount);
}

static inline int page_mapcount(const struct page *page)
{
	return atomic_read(&page->_mapcount);
}

/* The caller already holds a reference, or a lock that keeps one. */
static inline void get_page(struct page *page)
{
	VM_BUG_ON(page_ref_count(page) <= 0);
	atomic_inc(&page->_refcount);
}

static inline bool __must_check try_get_page(struct page *page)
{
	return atomic_inc_not_zero(&page->_refcount);
}

static inline bool put_page_testzero(struct page *page)
{
	VM_BUG_ON(page_ref_count(page) <= 0);
	return atomic_dec_and_test(&page->_refcount);
}

/* One reference less, where the caller knows of another one that stays. */
static inline void page_ref_dec(struct page *page)
{
	VM_BUG_ON(page_ref_count(page) <= 1);
	atomic_dec(&page->_refcount);
}

/**
 * put_page - drop one reference; the last one frees the page
 *
 * Context: any. mm/frame/page_alloc.c.
 */
void put_page(struct page *page);

extern unsigned long max_pfn;		/* first frame number beyond RAM */
extern unsigned long min_pfn;		/* first frame of RAM */

static inline bool pfn_valid(unsigned long pfn)
{
	return pfn >= min_pfn && pfn < max_pfn;
}

/* One page of zeroes, mapped wherever untouched anonymous memory is read. */
extern struct page *zero_page;

#endif
