// SPDX-License-Identifier: GPL-2.0-only
/*
 * filemap_migrate.c - a page of the page cache moves to another frame.
 *
 *	mapping->i_pages[7] ----> src [ data ]	2 references: the cache's, the migrator's
 *	                    \
 *	                     `--> dst [ data ]	and now the cache's is here
 *
 * Everybody comes to a cached page through i_pages, under mapping->lock, and takes a reference
 * before leaving the lock; so does who maps it. Hence, with the lock held and no reference but
 * these two, nobody is looking, and nobody can begin to: the contents are copied right there. A
 * page that is mapped, read, written or filled at the moment is left alone.
 *
 * The migrator comes from the other side, from the frame to the page to its mapping, and must not
 * find a mapping that was freed meanwhile:
 *
 *	migrator                                truncate_inode_pages_final
 *	  lock moving                             every page: mapping = NULL
 *	  page->mapping: not NULL                 lock moving, unlock
 *	  lock mapping->lock                      lock mapping->lock, unlock
 *	  unlock moving                           the mapping may be freed
 *	  is the page in i_pages?
 *
 * If the migrator was first, the other waits for it; if not, it reads NULL.
 *
 * Locks: moving, then mapping->lock.
 *
 * Linux: filemap_migrate_folio in mm/migrate.c, which also unmaps and maps again what is mapped,
 * and leaves a migration entry for faults to wait at meanwhile. It keeps the mapping by PG_locked,
 * which truncation takes there for each page.
 */
#include <linux-lite/bitops.h>
#include <linux-lite/err.h>
#include <linux-lite/migrate.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/string.h>

/* Flags that say something of the contents. */
#define FLAGS_MOVE	(BIT(PG_uptodate) | BIT(PG_dirty) | BIT(PG_referenced) | BIT(PG_active))

static DEFINE_SPINLOCK(moving, RANK_MIGRATE);

static bool cache_isolate_page(struct page *page)
{
	return page_ref_count(page) == 2;	/* a hint; cache_migrate_page() makes sure */
}

/* We have one, the cache has one. Acquires what the others wrote before they dropped theirs. */
static bool nobody_else_has(const struct page *page)
{
	return smp_load_acquire(&page->_refcount.counter) == 2;
}

/*
 * Without mapping->lock it is a guess: somebody may just be putting the page into a new cache,
 * whose lock was not seen yet by anybody. But who does has a reference, taken before page->mapping
 * was set (cache_insert), and it is asked for after that.
 */
static __no_sanitize_thread struct address_space *guess_mapping(struct page *page, pgoff_t *index)
{
	struct address_space *mapping = smp_load_acquire(&page->mapping);

	*index = *(volatile pgoff_t *)&page->index;
	return mapping && nobody_else_has(page) ? mapping : NULL;
}

/* mapping->lock held. */
static int replace_page(struct address_space *mapping, pgoff_t index, struct page *dst,
			struct page *src)
{
	if (xa_load(&mapping->i_pages, index) != src || !nobody_else_has(src))
		return -EAGAIN;
	memcpy(page_address(dst), page_address(src), PAGE_SIZE);
	dst->flags = src->flags & FLAGS_MOVE;
	dst->index = index;
	dst->mapping = mapping;
	WRITE_ONCE(dst->state, PGS_CACHE);
	get_page(dst);
	xa_store(&mapping->i_pages, index, dst, 0);	/* over another one: needs no memory */
	WRITE_ONCE(src->mapping, NULL);
	return 0;
}

static int cache_migrate_page(struct page *dst, struct page *src)
{
	struct address_space *mapping;
	pgoff_t index;
	int err;

	spin_lock(&moving);
	mapping = guess_mapping(src, &index);
	if (!mapping) {
		spin_unlock(&moving);
		return -EAGAIN;
	}
	spin_lock(&mapping->lock);
	spin_unlock(&moving);
	err = replace_page(mapping, index, dst, src);
	spin_unlock(&mapping->lock);
	if (!err)
		put_page(src);
	return err;
}

static void cache_putback_page(struct page *page)
{
}

void pagecache_wait_migration(struct address_space *mapping)
{
	spin_lock(&moving);
	spin_unlock(&moving);
	spin_lock(&mapping->lock);
	spin_unlock(&mapping->lock);
}

static const struct movable_operations cache_movable_ops = {
	.isolate_page = cache_isolate_page,
	.migrate_page = cache_migrate_page,
	.putback_page = cache_putback_page,
};

void pagecache_migrate_init(void)
{
	set_movable_ops(&cache_movable_ops, PGS_CACHE);
}
