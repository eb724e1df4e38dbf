/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dcache.h - names: the tree of directory entries. fs/dcache.c.
 *
 *	        root                    hash table: (parent, name) -> dentry
 *	       /    \                   +---+    +---------+
 *	    bin      tmp  <== mounted   | . | -> | bin     |
 *	    / \        \\  superblock   | . |    +---------+
 *	  sh   ls       root of it
 *
 * I1  A dentry in the tree (D_TREE) is on its parent's d_children, in the hash
 *     table, and holds one reference to itself on behalf of the tree.
 * I2  Every dentry except a root holds a reference to its parent.
 * I3  d_inode is never NULL and never changes: to replace a name is to replace
 *     its dentry.
 * I4  Whoever changes the tree below a directory holds that directory's i_rwsem
 *     for writing, and dcache_lock for the moment of the change.
 *
 * One spinlock guards the shape of the tree: a path walk takes it once, walks
 * all components that are in the tree, and takes one reference at the end.
 * (Linux walks under RCU for the same reason: no reference for what is only
 * passed through.)
 *
 * Key: (d) dcache_lock  (a) atomic  (c) constant
 *
 * Small cousin of Linux's include/linux/dcache.h; left out: negative entries,
 * the LRU (names of a memory file system can't be recomputed), RCU.
 */
#ifndef LINUX_LITE_DCACHE_H
#define LINUX_LITE_DCACHE_H

#include <linux-lite/fs.h>

#define D_TREE		0x1u	/* see I1 */
#define D_UNLINKED	0x2u	/* was in the tree once: shown as "(deleted)" */

#define DNAME_INLINE	32

struct dentry {
	atomic_t d_count;		/* (a) */
	unsigned int d_flags;		/* (d) */
	unsigned int d_hashval;		/* of parent and name (d) */
	unsigned int d_len;		/* of the name (d) */
	const char *d_name;		/* d_iname, or kmalloc'ed; NUL at the end (d) */
	struct inode *d_inode;		/* (c) */
	struct dentry *d_parent;	/* itself for a root (d) */
	struct super_block *d_mounted;	/* covers this directory (d) */
	struct hlist_node d_hash;	/* (d) */
	struct list_head d_child;	/* in the parent's d_children (d) */
	struct list_head d_children;	/* oldest first (d) */
	u64 d_cookie;			/* its place in the directory: grows along the list (d) */
	u64 d_next_cookie;		/* for the next child (d) */
	char d_iname[DNAME_INLINE];
};

extern spinlock_t dcache_lock;		/* RANK_FS */

void dcache_init(void);
/**
 * d_alloc - a dentry that is not in the tree yet
 * @parent: gets one more reference; NULL for a root
 * @name: @len bytes, copied
 * @inode: its reference goes to the dentry, also when d_alloc fails
 *
 * Context: may sleep.
 * Return: one reference, or NULL.
 */
struct dentry *d_alloc(struct dentry *parent, const char *name, unsigned int len,
		       struct inode *inode);
static inline struct dentry *dget(struct dentry *dentry)
{
	atomic_inc(&dentry->d_count);
	return dentry;
}
/* Context: may sleep when it is the last reference. NULL is fine. */
void dput(struct dentry *dentry);

unsigned int d_name_hash(const struct dentry *parent, const char *name, unsigned int len);
/* The child of that name in the tree, without a reference; or NULL. dcache_lock held. */
struct dentry *__d_lookup(const struct dentry *parent, const char *name, unsigned int len,
			  unsigned int hash);
/* The same with a reference. */
struct dentry *d_lookup(struct dentry *parent, const char *name, unsigned int len);
/* Into the tree; the caller keeps its own reference. Parent's i_rwsem held. */
void d_add(struct dentry *dentry);
/* Out of the tree; drops the tree's reference (which is not the last: the caller has one). */
void d_remove(struct dentry *dentry);
/* Another name and place; fs/rename.c. */
int d_move(struct dentry *dentry, struct dentry *dir, const char *name, unsigned int len,
	   struct dentry *victim);
void d_exchange(struct dentry *a, struct dentry *b);
/* Is @a @b or above it? dcache_lock held. Looks through mounts. */
bool d_is_ancestor(const struct dentry *a, const struct dentry *b);
/* Is anything mounted on it? */
static inline bool d_mountpoint(const struct dentry *dentry)
{
	return READ_ONCE(dentry->d_mounted) != NULL;
}
/**
 * d_path - the path of a dentry as seen from a root
 * @dentry: referenced
 * @root: where "/" is; paths outside of it begin with "(unreachable)"
 * @buf: @size bytes; the text is at its END
 *
 * Return: the text inside buf, or ERR_PTR(-ENAMETOOLONG).
 */
char *d_path(struct dentry *dentry, struct dentry *root, char *buf, int size);
/* The same for any file, also pipes and the like, from current's root. */
char *file_path(struct file *file, char *buf, int size);

#endif
