/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * page_owner.h - who allocated a page, and who freed it last. mm/debug/page_owner.c.
 *
 * Hooks of the page allocator. Without CONFIG_PAGE_OWNER they are nothing; with it and without
 * page_owner=on on the command line they are a load and a branch.
 *
 * Small cousin of Linux's include/linux/page_owner.h.
 */
#ifndef LINUX_LITE_PAGE_OWNER_H
#define LINUX_LITE_PAGE_OWNER_H

#include <linux-lite/gfp.h>

struct seq_file;

#ifdef CONFIG_PAGE_OWNER

extern bool page_owner_on;		/* there are records; set at boot */
extern bool page_owner_wanted;		/* page_owner=on */

void __set_page_owner(struct page *page, unsigned int order, gfp_t gfp);
void __reset_page_owner(struct page *page, unsigned int order);
void __split_page_owner(struct page *page, unsigned int order);
void __copy_page_owner(struct page *dst, const struct page *src);
void __dump_page_owner(const struct page *page);

/* Boot, between the size of RAM and the last memblock_alloc(). */
void page_owner_init(void);
/* What the frame's owner asked for, enum migratetype; -1: it has none, or nothing is known. */
int page_owner_type(unsigned long pfn);
/**
 * page_owner_show - the next page that is in use
 * @m: where to write about it
 * @pfn: from which frame on to look; becomes the next one
 *
 * Context: any; a snapshot.
 * Return: false when there is none.
 */
bool page_owner_show(struct seq_file *m, unsigned long *pfn);

#else

#define page_owner_on	false

static inline void __set_page_owner(struct page *page, unsigned int order, gfp_t gfp) { }
static inline void __reset_page_owner(struct page *page, unsigned int order) { }
static inline void __split_page_owner(struct page *page, unsigned int order) { }
static inline void __copy_page_owner(struct page *dst, const struct page *src) { }
static inline void __dump_page_owner(const struct page *page) { }
static inline void page_owner_init(void) { }
static inline int page_owner_type(unsigned long pfn) { return -1; }

#endif

/* A block of 2^@order was handed out. Context: its new owner's. */
static inline void set_page_owner(struct page *page, unsigned int order, gfp_t gfp)
{
	if (unlikely(page_owner_on))
		__set_page_owner(page, order, gfp);
}

/* It is about to be free. */
static inline void reset_page_owner(struct page *page, unsigned int order)
{
	if (unlikely(page_owner_on))
		__reset_page_owner(page, order);
}

/* It has become 2^@order pages. */
static inline void split_page_owner(struct page *page, unsigned int order)
{
	if (unlikely(page_owner_on))
		__split_page_owner(page, order);
}

/* What was in @src is in @dst now. Context: there is a reference to each. */
static inline void copy_page_owner(struct page *dst, const struct page *src)
{
	if (unlikely(page_owner_on))
		__copy_page_owner(dst, src);
}

/* Into the log: both call sites. */
static inline void dump_page_owner(const struct page *page)
{
	if (page_owner_on)
		__dump_page_owner(page);
}

#endif
