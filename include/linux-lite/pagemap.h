/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pagemap.h - the page cache: which frame holds page `index' of an object.
 * mm/backing/filemap.c.
 *
 * An address_space is embedded in each inode (and in whatever else has pages).
 * A cached page holds one reference for the cache itself. For tmpfs the cache
 * IS the file: there is nothing to read it from again.
 *
 * Small cousin of Linux's include/linux/pagemap.h and struct address_space.
 */
#ifndef LINUX_LITE_PAGEMAP_H
#define LINUX_LITE_PAGEMAP_H

#include <linux-lite/gfp.h>
#include <linux-lite/list.h>
#include <linux-lite/rwsem.h>
#include <linux-lite/xarray.h>

struct address_space;
struct vm_area_struct;

struct address_space_operations {
	/* Fill a new, locked, cleared page from the store; NULL: it is a hole. */
	int (*read_folio)(struct address_space *mapping, struct page *page);
	/* Write one dirty locked page back; NULL: nothing behind (tmpfs). */
	int (*writepage)(struct address_space *mapping, struct page *page);
	/* May one more page be charged (tmpfs size limit)? 0, -ENOSPC. */
	int (*charge)(struct address_space *mapping, long nr_pages);
};

struct address_space {
	void *host;			/* the inode; constant */
	const struct address_space_operations *a_ops;
	spinlock_t lock;		/* RANK_MAPPING, guards i_pages and nrpages */
	struct xarray i_pages;
	unsigned long nrpages;
	loff_t size;			/* bytes; the inode's i_size: faults beyond are SIGBUS */
	struct rw_semaphore i_mmap_rwsem;
	struct list_head i_mmap;	/* VMAs that map it (i_mmap_rwsem) */
};

void address_space_init(struct address_space *mapping, void *host,
			const struct address_space_operations *a_ops);

/* Return: the page with a reference, or NULL. Context: any. */
struct page *find_get_page(struct address_space *mapping, pgoff_t index);
/*
 * For each of the pages [first, first + nr): the page with a reference, if it is cached,
 * uptodate and before the end; else NULL. Context: any.
 */
void find_get_cached(struct address_space *mapping, pgoff_t first, unsigned int nr,
		     struct page **pages);
/**
 * read_mapping_page - the page, made and filled if it is not cached
 *
 * Context: may sleep.
 * Return: a referenced, uptodate page, or ERR_PTR (-ENOMEM, -ENOSPC, -EIO).
 */
struct page *read_mapping_page(struct address_space *mapping, pgoff_t index);
/* The vm_ops->fault of everything whose pages are in its page cache. */
int filemap_fault(struct vm_area_struct *vma, pgoff_t pgoff, struct page **pagep);
/* Drop all pages at or beyond byte @newsize; zero the tail of the last; unmap them first. */
void truncate_pagecache(struct address_space *mapping, loff_t newsize);
/* Drop [start, end) bytes: FALLOC_FL_PUNCH_HOLE, MADV_REMOVE. */
void truncate_pagecache_range(struct address_space *mapping, loff_t start, loff_t end);
unsigned long invalidate_mapping_pages(struct address_space *mapping);
/* Everything, at the inode's end. No VMA may map it any more. */
void truncate_inode_pages_final(struct address_space *mapping);

void lock_page(struct page *page);
bool trylock_page(struct page *page);
void unlock_page(struct page *page);
void wait_on_page_locked(struct page *page);
/* Mark a cached page dirty. Context: the caller holds a reference. */
void set_page_dirty(struct page *page);

/* Boot: mm_cache_init() calls these. mm/backing/filemap.c, page_lock.c */
void pagecache_init(void);
void page_lock_init(void);

/* mm/backing/filemap_migrate.c */
#ifdef CONFIG_COMPACTION
/* Boot: cached pages that nobody uses may be moved from now on. */
void pagecache_migrate_init(void);
/* The mapping has no pages any more; afterwards nobody looks at it because it had. */
void pagecache_wait_migration(struct address_space *mapping);
#else
static inline void pagecache_migrate_init(void) { }
static inline void pagecache_wait_migration(struct address_space *mapping) { }
#endif

#endif
