// SPDX-License-Identifier: GPL-2.0-only
/*
 * dcache.c - the tree of names; dcache.h tells the rules.
 *
 * A dentry is found by hashing its parent's address with its name:
 *
 *	bucket = mix(hash("ls") ^ address of bin's dentry)
 *
 * so one table serves all directories, and a directory with a million names is
 * searched as fast as one with three. The d_children list is only for readdir
 * and for taking a tree down; it is in order of creation, and d_cookie, which
 * grows along it, is the position that getdents64 and lseek speak of: it stays
 * good when names before it come and go.
 *
 * References. The tree holds one for each dentry in it, a dentry holds one on
 * its parent. So unlinking a file that is open leaves a dentry that still knows
 * where it was ("/tmp/x (deleted)"), and dropping it may drop its parents, up
 * to the first that is used otherwise: dput() loops instead of recursing.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/vsprintf.h>

DEFINE_SPINLOCK(dcache_lock, RANK_FS);

static struct kmem_cache *dentry_cache;
static struct hlist_head *dentry_hashtable;	/* dcache_lock */
static unsigned int dentry_hash_mask;

/**
 * dcache_init - make the hash table, sized by RAM
 *
 * One bucket for every 32 pages: a system that fills a quarter of its memory
 * with files of a page each has some eight names in a bucket.
 *
 * Context: boot, after the allocators; stops the machine without memory.
 */
void dcache_init(void)
{
	unsigned long buckets = totalram_pages() / 32;
	unsigned int order = 0, max_order = min(5, MAX_ORDER);

	while (order < max_order && (PAGE_SIZE << order) / sizeof(struct hlist_head) < buckets)
		order++;
	dentry_hashtable = __get_free_pages(GFP_KERNEL | __GFP_ZERO, order);
	if (!dentry_hashtable)
		panic("dcache_init: no memory for the name table");
	dentry_hash_mask = (PAGE_SIZE << order) / sizeof(struct hlist_head) - 1;
	dentry_cache = KMEM_CACHE(dentry, SLAB_HWCACHE_ALIGN | SLAB_PANIC);
}

static struct hlist_head *d_bucket(unsigned int hash)
{
	return &dentry_hashtable[hash & dentry_hash_mask];
}

/**
 * d_name_hash - hash value of a name in a directory
 * @parent: the directory
 * @name: @len bytes
 * @len: 1..NAME_MAX
 *
 * Context: any.
 * Return: the value that __d_lookup takes.
 */
unsigned int d_name_hash(const struct dentry *parent, const char *name, unsigned int len)
{
	unsigned long hash = (unsigned long)parent >> 6;

	while (len--)
		hash = hash * 31 + (unsigned char)*name++;
	return hash ^ (hash >> 15);
}

static bool d_same_name(const struct dentry *dentry, const char *name, unsigned int len)
{
	const char *d_name = dentry->d_name;

	if (dentry->d_len != len)
		return false;
	while (len--)
		if (*d_name++ != *name++)
			return false;
	return true;
}

/**
 * __d_lookup - find a name in the tree
 * @parent: the directory
 * @name: @len bytes
 * @len: 1..NAME_MAX
 * @hash: d_name_hash() of these three
 *
 * Context: dcache_lock held.
 * Return: the dentry, without a reference, or NULL.
 */
struct dentry *__d_lookup(const struct dentry *parent, const char *name, unsigned int len,
			  unsigned int hash)
{
	struct dentry *dentry;

	hlist_for_each_entry(dentry, d_bucket(hash), d_hash)
		if (dentry->d_hashval == hash && dentry->d_parent == parent &&
		    d_same_name(dentry, name, len))
			return dentry;
	return NULL;
}

/**
 * d_lookup - find a name in the tree, and keep it
 * @parent: the directory, referenced
 * @name: @len bytes
 * @len: 1..NAME_MAX
 *
 * Context: any; takes dcache_lock.
 * Return: a reference, or NULL.
 */
struct dentry *d_lookup(struct dentry *parent, const char *name, unsigned int len)
{
	unsigned int hash = d_name_hash(parent, name, len);
	struct dentry *dentry;

	spin_lock(&dcache_lock);
	dentry = __d_lookup(parent, name, len, hash);
	if (dentry)
		dget(dentry);
	spin_unlock(&dcache_lock);
	return dentry;
}

/* Room for a name: inside the dentry, or of its own. NULL: no memory. */
static char *d_name_alloc(struct dentry *dentry, unsigned int len)
{
	return len < DNAME_INLINE ? dentry->d_iname : kmalloc(len + 1, GFP_KERNEL);
}

static void d_name_free(struct dentry *dentry, const char *name)
{
	if (name != dentry->d_iname)
		kfree(name);
}

/**
 * d_alloc - make a dentry that is not in the tree yet
 * @parent: gets one more reference; NULL: it will be a root
 * @name: @len bytes, copied
 * @len: 0..NAME_MAX
 * @inode: its reference goes to the dentry; on failure it is dropped
 *
 * Context: may sleep.
 * Return: one reference, or NULL.
 */
struct dentry *d_alloc(struct dentry *parent, const char *name, unsigned int len,
		       struct inode *inode)
{
	struct dentry *dentry = kmem_cache_alloc(dentry_cache, GFP_KERNEL);
	char *d_name;

	if (!dentry)
		goto out_iput;
	d_name = d_name_alloc(dentry, len);
	if (!d_name)
		goto out_free;
	memcpy(d_name, name, len);
	d_name[len] = '\0';
	dentry->d_name = d_name;
	dentry->d_len = len;
	atomic_set(&dentry->d_count, 1);
	dentry->d_flags = 0;
	dentry->d_hashval = 0;
	dentry->d_inode = inode;
	dentry->d_parent = parent ? dget(parent) : dentry;
	dentry->d_mounted = NULL;
	dentry->d_cookie = 0;
	dentry->d_next_cookie = 0;
	INIT_LIST_HEAD(&dentry->d_child);
	INIT_LIST_HEAD(&dentry->d_children);
	return dentry;
out_free:
	kmem_cache_free(dentry_cache, dentry);
out_iput:
	iput(inode);
	return NULL;
}

/**
 * dput - drop a reference
 * @dentry: or NULL
 *
 * Context: may sleep when it is the last one: the inode may go, and parents after it.
 */
void dput(struct dentry *dentry)
{
	while (dentry && atomic_dec_and_test(&dentry->d_count)) {
		struct dentry *parent = dentry->d_parent;

		VM_BUG_ON(dentry->d_flags & D_TREE);
		iput(dentry->d_inode);
		d_name_free(dentry, dentry->d_name);
		kmem_cache_free(dentry_cache, dentry);
		dentry = parent != dentry ? parent : NULL;
	}
}

/* dcache_lock held; the tree's reference is the caller's business. */
static void d_link(struct dentry *dentry)
{
	struct dentry *parent = dentry->d_parent;

	dentry->d_hashval = d_name_hash(parent, dentry->d_name, dentry->d_len);
	hlist_add_head(&dentry->d_hash, d_bucket(dentry->d_hashval));
	list_add_tail(&dentry->d_child, &parent->d_children);
	dentry->d_cookie = ++parent->d_next_cookie;
	dentry->d_flags |= D_TREE;
}

static void d_unlink(struct dentry *dentry)
{
	hlist_del(&dentry->d_hash);
	list_del(&dentry->d_child);
	dentry->d_flags &= ~D_TREE;
}

/**
 * d_add - put a dentry into the tree
 * @dentry: new, referenced by the caller, who keeps that reference
 *
 * Context: the parent's i_rwsem held for writing.
 */
void d_add(struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	dget(dentry);
	d_link(dentry);
	spin_unlock(&dcache_lock);
}

/**
 * d_remove - take a dentry out of the tree
 * @dentry: in the tree, referenced by the caller: the reference dropped here is the tree's
 *
 * Context: the parent's i_rwsem held for writing; may sleep.
 */
void d_remove(struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	VM_BUG_ON(!(dentry->d_flags & D_TREE));
	d_unlink(dentry);
	dentry->d_flags |= D_UNLINKED;
	spin_unlock(&dcache_lock);
	dput(dentry);
}

/**
 * d_move - give a dentry another name, perhaps in another directory
 * @dentry: in the tree
 * @dir: its new parent
 * @name: @len bytes
 * @len: 1..NAME_MAX
 * @victim: what has that name now and gives way to it, or NULL; the caller holds a reference
 *
 * Both names change hands in one moment: nobody finds neither.
 *
 * Context: may sleep; both parents' i_rwsem held for writing.
 * Return: 0 or -ENOMEM.
 */
int d_move(struct dentry *dentry, struct dentry *dir, const char *name, unsigned int len,
	   struct dentry *victim)
{
	char *own = len < DNAME_INLINE ? NULL : kmalloc(len + 1, GFP_KERNEL);
	struct dentry *old_parent = dentry->d_parent;
	const char *old_name = dentry->d_name;
	char *to;

	if (len >= DNAME_INLINE && !own)
		return -ENOMEM;
	dget(dir);
	spin_lock(&dcache_lock);
	d_unlink(dentry);
	if (victim) {
		d_unlink(victim);
		victim->d_flags |= D_UNLINKED;
	}
	to = own ? own : dentry->d_iname;
	memcpy(to, name, len);
	to[len] = '\0';
	dentry->d_name = to;
	dentry->d_len = len;
	dentry->d_parent = dir;
	d_link(dentry);
	spin_unlock(&dcache_lock);
	if (old_name != to)
		d_name_free(dentry, old_name);
	dput(victim);
	dput(old_parent);
	return 0;
}

/**
 * d_exchange - let two dentries change places
 * @a: in the tree
 * @b: in the tree, neither above nor below @a
 *
 * Only places change: each dentry takes the other's parent and name.
 *
 * Context: both parents' i_rwsem held for writing.
 */
void d_exchange(struct dentry *a, struct dentry *b)
{
	char inline_a[DNAME_INLINE];
	const char *name_a = a->d_name;

	spin_lock(&dcache_lock);
	d_unlink(a);
	d_unlink(b);
	memcpy(inline_a, a->d_iname, DNAME_INLINE);
	memcpy(a->d_iname, b->d_iname, DNAME_INLINE);
	memcpy(b->d_iname, inline_a, DNAME_INLINE);
	name_a = name_a == a->d_iname ? b->d_iname : name_a;
	a->d_name = b->d_name == b->d_iname ? a->d_iname : b->d_name;
	b->d_name = name_a;
	swap(a->d_len, b->d_len);
	swap(a->d_parent, b->d_parent);
	d_link(a);
	d_link(b);
	spin_unlock(&dcache_lock);
}

/**
 * d_is_ancestor - is one dentry another, or above it?
 * @a: the upper one
 * @b: the lower one; mounts are looked through
 *
 * Context: dcache_lock held.
 * Return: true if @a is met on the way from @b up.
 */
bool d_is_ancestor(const struct dentry *a, const struct dentry *b)
{
	for (;;) {
		if (a == b)
			return true;
		if (b->d_parent != b) {
			b = b->d_parent;
		} else {
			b = b->d_inode->i_sb->s_mountpoint;
			if (!b)
				return false;
		}
	}
}

/* Put text before what is there. false: no room. */
static bool prepend(char **p, char *buf, const char *text, unsigned int len)
{
	if (*p - buf < (long)len)
		return false;
	*p -= len;
	memcpy(*p, text, len);
	return true;
}

/**
 * d_path - write a dentry's path
 * @dentry: referenced
 * @root: where "/" is, referenced; NULL or not above @dentry: "(unreachable)" comes first
 * @buf: @size bytes
 * @size: at least 16
 *
 * Context: any; takes dcache_lock.
 * Return: the path, at the end of @buf; ERR_PTR(-ENAMETOOLONG).
 */
char *d_path(struct dentry *dentry, struct dentry *root, char *buf, int size)
{
	char *p = buf + size - 1;
	bool ok = true, any = false;

	*p = '\0';
	spin_lock(&dcache_lock);
	if (dentry->d_flags & D_UNLINKED)
		ok = prepend(&p, buf, " (deleted)", 10);
	while (ok && dentry != root) {
		if (dentry->d_parent == dentry) {
			dentry = dentry->d_inode->i_sb->s_mountpoint;
			if (!dentry)
				break;
			continue;
		}
		ok = prepend(&p, buf, dentry->d_name, dentry->d_len) &&
		     prepend(&p, buf, "/", 1);
		any = true;
		dentry = dentry->d_parent;
	}
	if (ok && !any)
		ok = prepend(&p, buf, "/", 1);
	if (ok && !dentry)
		ok = prepend(&p, buf, "(unreachable)", 13);
	spin_unlock(&dcache_lock);
	return ok ? p : ERR_PTR(-ENAMETOOLONG);
}

/**
 * file_path - write the path of any open file, as current sees it
 * @file: referenced
 * @buf: @size bytes
 * @size: at least 32
 *
 * Context: may sleep.
 * Return: a path, or "pipe:[1]" and the like, somewhere in @buf; ERR_PTR(-ENAMETOOLONG).
 */
char *file_path(struct file *file, char *buf, int size)
{
	struct dentry *root;
	char *p;

	if (!file->f_dentry || file->f_inode->i_sb == anon_sb) {
		if (file->f_name)
			snprintf(buf, size, "%s", file->f_name);
		else
			snprintf(buf, size, "pipe:[%lu]", file->f_inode->i_ino);
		return buf;
	}
	root = get_task_root(current);
	p = d_path(file->f_dentry, root, buf, size);
	dput(root);
	return p;
}
