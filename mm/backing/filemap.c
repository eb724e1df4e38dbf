// SPDX-License-Identifier: GPL-2.0-only
/*
 * filemap.c - the page cache: page `index' of an object is this frame.
 *
 *	inode -> address_space
 *	           i_pages   xarray: index -> struct page, under mapping->lock
 *	           size      bytes; page i exists for users if i * PAGE_SIZE < size
 *	           a_ops     where pages come from, if not from nothing (a hole)
 *
 *	read(2), write(2) and page faults meet here: they see the same frames, so a
 *	store through a mapping is read by read(2) at once.
 *
 * Invariants:
 *   C1  a page in i_pages has state PGS_CACHE, page->mapping = this mapping,
 *       page->index its index, and one reference that is the cache's own
 *   C2  a page leaves the cache once: mapping becomes NULL under mapping->lock, and
 *       only then are its mappings looked for and removed. A fault that got hold of
 *       the page earlier checks page->mapping under the entry's lock; so either the
 *       fault sees NULL, or the truncation finds the entry
 *   C3  PG_uptodate is set before anybody but the filler, who has PG_locked, can
 *       look into the page
 *   C4  a page that only the cache has a reference to may be replaced by a copy
 *       (filemap_migrate.c): who has it from i_pages and wants it for longer than
 *       mapping->lock is held takes a reference
 *
 * Locks: mapping->lock (spin, also taken under an entry's lock), PG_locked
 * (sleeping). find_get_page -> read_mapping_page -> a_ops->read_folio.
 *
 * Linux: mm/filemap.c; its readers need no lock, thanks to RCU.
 */
#include <linux-lite/bug.h>
#include <linux-lite/err.h>
#include <linux-lite/kernel.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/rmap.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/vmstat.h>
#include <asm/cacheflush.h>

static struct kmem_cache *xa_node_cachep;

static void *node_alloc(void *ctx, gfp_t gfp)
{
	return kmem_cache_alloc(xa_node_cachep, gfp);
}

static void node_free(void *ctx, void *node)
{
	kmem_cache_free(xa_node_cachep, node);
}

static const struct xa_ops i_pages_ops = {
	.node_alloc = node_alloc,
	.node_free = node_free,
};

void pagecache_init(void)
{
	xa_node_cachep = KMEM_CACHE(xa_node, SLAB_PANIC);
	pagecache_migrate_init();
}

/**
 * address_space_init - make an empty object
 * @mapping: embedded in its owner
 * @host: the owner, an inode mostly
 * @a_ops: where pages come from and go to, or NULL: all holes, nothing behind
 */
void address_space_init(struct address_space *mapping, void *host,
			const struct address_space_operations *a_ops)
{
	mapping->host = host;
	mapping->a_ops = a_ops;
	spin_lock_init(&mapping->lock, RANK_MAPPING);
	xa_init(&mapping->i_pages, &i_pages_ops, mapping);
	mapping->nrpages = 0;
	mapping->size = 0;
	init_rwsem(&mapping->i_mmap_rwsem, RANK_I_MMAP, "i_mmap_rwsem");
	INIT_LIST_HEAD(&mapping->i_mmap);
}

struct page *find_get_page(struct address_space *mapping, pgoff_t index)
{
	struct page *page;

	spin_lock(&mapping->lock);
	page = xa_load(&mapping->i_pages, index);
	if (page)
		get_page(page);
	spin_unlock(&mapping->lock);
	return page;
}

void find_get_cached(struct address_space *mapping, pgoff_t first, unsigned int nr,
		     struct page **pages)
{
	pgoff_t size = DIV_ROUND_UP((unsigned long)READ_ONCE(mapping->size), PAGE_SIZE);
	unsigned int i;

	spin_lock(&mapping->lock);
	xa_load_many(&mapping->i_pages, first, nr, (void **)pages);
	for (i = 0; i < nr; i++) {
		if (!pages[i])
			continue;
		if (first + i < size && test_page_flag(pages[i], PG_uptodate))
			get_page(pages[i]);
		else
			pages[i] = NULL;
	}
	spin_unlock(&mapping->lock);
}

static int charge(struct address_space *mapping, long nr_pages)
{
	return mapping->a_ops && mapping->a_ops->charge ?
	       mapping->a_ops->charge(mapping, nr_pages) : 0;
}

/* Put @page at @index (C1). 0, -EEXIST when somebody was faster, -ENOMEM. */
static int cache_insert(struct address_space *mapping, pgoff_t index, struct page *page)
{
	int tries, err = -ENOMEM;

	/* The cache's own reference, first: a truncation may drop it as soon as it finds @page. */
	get_page(page);
	page->state = PGS_CACHE;
	page->index = index;
	smp_store_release(&page->mapping, mapping);	/* pairs with guess_mapping() */
	for (tries = 0; tries < 2 && err == -ENOMEM; tries++) {
		void *node;

		spin_lock(&mapping->lock);
		err = xa_insert(&mapping->i_pages, index, page, GFP_NOWAIT | __GFP_NOWARN);
		if (!err)
			mapping->nrpages++;
		spin_unlock(&mapping->lock);
		if (err != -ENOMEM)
			break;
		/* Let the cache of nodes grow where it may sleep, and try once more. */
		node = kmem_cache_alloc(xa_node_cachep, GFP_KERNEL);
		if (!node)
			break;
		kmem_cache_free(xa_node_cachep, node);
	}
	if (err) {
		page->mapping = NULL;
		page->state = PGS_KERNEL;
		put_page(page);
		return err == -EBUSY ? -EEXIST : err;
	}
	mod_node_page_state(NR_FILE_PAGES, 1);
	return 0;
}

/* Take a page out (C2). mapping->lock held; the caller drops the cache's reference. */
static void cache_remove(struct address_space *mapping, struct page *page)
{
	xa_erase(&mapping->i_pages, page->index);
	WRITE_ONCE(page->mapping, NULL);
	mapping->nrpages--;
	mod_node_page_state(NR_FILE_PAGES, -1);
}

/* A page that is not there yet: made locked, filled, unlocked. */
static struct page *cache_fill(struct address_space *mapping, pgoff_t index)
{
	struct page *page;
	int err = charge(mapping, 1);

	if (err)
		return ERR_PTR(err);
	page = alloc_page(GFP_HIGHUSER_MOVABLE | __GFP_ZERO);
	if (!page) {
		charge(mapping, -1);
		return ERR_PTR(-ENOMEM);
	}
	set_page_flag(page, PG_locked);
	err = cache_insert(mapping, index, page);
	if (err)
		goto out_free;
	if (mapping->a_ops && mapping->a_ops->read_folio)
		err = mapping->a_ops->read_folio(mapping, page);
	if (err) {
		spin_lock(&mapping->lock);
		if (page->mapping) {
			cache_remove(mapping, page);
			spin_unlock(&mapping->lock);
			put_page(page);
		} else {
			spin_unlock(&mapping->lock);
		}
		goto out_free;
	}
	set_page_flag(page, PG_uptodate);
	unlock_page(page);
	return page;

out_free:
	unlock_page(page);
	put_page(page);
	charge(mapping, -1);
	return ERR_PTR(err);
}

struct page *read_mapping_page(struct address_space *mapping, pgoff_t index)
{
	for (;;) {
		struct page *page = find_get_page(mapping, index);

		if (!page) {
			page = cache_fill(mapping, index);
			if (PTR_ERR(page) == -EEXIST)
				continue;
			return page;
		}
		if (test_page_flag(page, PG_uptodate))
			return page;
		wait_on_page_locked(page);	/* being filled, or its filling failed */
		if (test_page_flag(page, PG_uptodate))
			return page;
		put_page(page);
	}
}

static bool beyond_end(struct address_space *mapping, pgoff_t pgoff)
{
	return pgoff >= DIV_ROUND_UP((unsigned long)READ_ONCE(mapping->size), PAGE_SIZE);
}

int filemap_fault(struct vm_area_struct *vma, pgoff_t pgoff, struct page **pagep)
{
	struct address_space *mapping = vma->vm_mapping;
	struct page *page;

	if (beyond_end(mapping, pgoff))
		return -EFAULT;
	page = read_mapping_page(mapping, pgoff);
	if (IS_ERR(page))
		return PTR_ERR(page);
	/* A truncation that had finished before the page was made does not find it. */
	if (beyond_end(mapping, pgoff)) {
		put_page(page);
		return -EFAULT;
	}
	*pagep = page;
	return 0;
}

/* Zero bytes [from, to) of one page, if it is there. */
static void zero_partial(struct address_space *mapping, pgoff_t index, unsigned int from,
			 unsigned int to)
{
	struct page *page = from < to ? find_get_page(mapping, index) : NULL;

	if (!page)
		return;
	memset((char *)page_address(page) + from, 0, to - from);
	flush_dcache_page(page);
	put_page(page);
}

/* Whole pages [first, last) leave the cache, then their mappings go. */
static void remove_pages(struct address_space *mapping, pgoff_t first, pgoff_t last)
{
	struct page *batch[32];
	pgoff_t index = first;

	while (index < last) {
		struct page *page;
		unsigned int n = 0;

		spin_lock(&mapping->lock);
		xa_for_each_range(&mapping->i_pages, index, page, index, last - 1) {
			cache_remove(mapping, page);
			batch[n++] = page;
			if (n == ARRAY_SIZE(batch))
				break;
		}
		spin_unlock(&mapping->lock);
		if (!n)
			break;
		unmap_mapping_pages(mapping, first, last - first);
		charge(mapping, -(long)n);
		while (n)
			put_page(batch[--n]);
	}
}

/**
 * truncate_pagecache - set an object's size, dropping what lies beyond
 * @mapping: the object
 * @newsize: bytes, larger or smaller than before
 *
 * The rest of the last page is zeroed, so that a later growth shows zeroes.
 * Context: may sleep; the caller keeps writers out (i_rwsem).
 */
void truncate_pagecache(struct address_space *mapping, loff_t newsize)
{
	loff_t oldsize = mapping->size;

	WRITE_ONCE(mapping->size, newsize);
	if (newsize >= oldsize)
		return;
	zero_partial(mapping, newsize >> PAGE_SHIFT, newsize & ~PAGE_MASK,
		     newsize & ~PAGE_MASK ? PAGE_SIZE : 0);
	remove_pages(mapping, DIV_ROUND_UP((unsigned long)newsize, PAGE_SIZE), ~0UL >> PAGE_SHIFT);
	unmap_mapping_pages(mapping, DIV_ROUND_UP((unsigned long)newsize, PAGE_SIZE), ~0UL);
}

void truncate_pagecache_range(struct address_space *mapping, loff_t start, loff_t end)
{
	pgoff_t first = DIV_ROUND_UP((unsigned long)start, PAGE_SIZE), last = end >> PAGE_SHIFT;

	if (first > last) {		/* within one page */
		zero_partial(mapping, last, start & ~PAGE_MASK, end & ~PAGE_MASK);
		return;
	}
	zero_partial(mapping, start >> PAGE_SHIFT, start & ~PAGE_MASK,
		     start & ~PAGE_MASK ? PAGE_SIZE : 0);
	zero_partial(mapping, last, 0, end & ~PAGE_MASK);
	if (first < last) {
		remove_pages(mapping, first, last);
		unmap_mapping_pages(mapping, first, last - first);
	}
}

/* Clean, and nobody but the cache has it: whoever finds it there takes mapping->lock. */
static bool can_invalidate(struct page *page)
{
	return page_ref_count(page) == 1 && !test_page_flag(page, PG_dirty);
}

/**
 * invalidate_mapping_pages - drop what can be read again and is not in use
 * @mapping: an object with a store behind it; a tmpfs file's pages are its only copy, and stay
 *
 * Context: may sleep.
 * Return: pages dropped.
 */
unsigned long invalidate_mapping_pages(struct address_space *mapping)
{
	struct page *batch[32], *page;
	unsigned long dropped = 0;
	pgoff_t index = 0;
	unsigned int n;

	if (!mapping->a_ops || !mapping->a_ops->read_folio)
		return 0;
	do {
		n = 0;
		spin_lock(&mapping->lock);
		xa_for_each_start(&mapping->i_pages, index, page, index) {
			if (!can_invalidate(page))
				continue;
			cache_remove(mapping, page);
			batch[n++] = page;
			if (n == ARRAY_SIZE(batch))
				break;
		}
		spin_unlock(&mapping->lock);
		dropped += n;
		for (unsigned int i = 0; i < n; i++)
			put_page(batch[i]);
	} while (n == ARRAY_SIZE(batch));
	return dropped;
}

void truncate_inode_pages_final(struct address_space *mapping)
{
	WARN_ON(!list_empty(&mapping->i_mmap));
	truncate_pagecache(mapping, 0);
	remove_pages(mapping, 0, ~0UL >> PAGE_SHIFT);
	pagecache_wait_migration(mapping);
	xa_destroy(&mapping->i_pages);
	WARN_ON(mapping->nrpages);
}
