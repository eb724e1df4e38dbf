// SPDX-License-Identifier: GPL-2.0-only
/*
 * inode.c - objects that names lead to: their life, their times, who may use them.
 *
 *	dentry "a" --+
 *	             +--> inode (i_count 3, i_nlink 2) --> pages
 *	dentry "b" --+      ^
 *	memfd, pipe file ---+
 *
 * i_nlink counts names and is only shown; i_count keeps the inode. The two part
 * when an open file is unlinked: no name, one reference.
 *
 * The last iput() throws the pages away. It may run below mmap_lock (munmap of
 * the last mapping of an unlinked file), so nothing here takes i_rwsem.
 */
#include <linux-lite/cred.h>
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>
#include <linux-lite/time.h>

static struct kmem_cache *inode_cache;
static const struct inode_operations no_inode_operations;
static const struct file_operations no_file_operations;

/* Boot: the cache of inodes. */
void inode_init(void)
{
	inode_cache = KMEM_CACHE(inode, SLAB_HWCACHE_ALIGN | SLAB_PANIC);
}

/**
 * new_inode - make an inode
 * @sb: its file system
 * @mode: type and permission
 *
 * Context: may sleep.
 * Return: one reference; no operations yet, one name, current's owner, times now. NULL: no memory.
 */
struct inode *new_inode(struct super_block *sb, mode_t mode)
{
	struct inode *inode = kmem_cache_alloc(inode_cache, GFP_KERNEL);

	if (!inode)
		return NULL;
	inode->i_mode = mode;
	inode->i_flags = 0;
	inode->i_uid = current->fsuid;
	inode->i_gid = current->fsgid;
	atomic_set(&inode->i_count, 1);
	inode->i_nlink = 1;
	inode->i_op = &no_inode_operations;
	inode->i_fop = &no_file_operations;
	inode->i_sb = sb;
	inode->i_ino = atomic_long_inc_return(&sb->s_next_ino);
	inode->i_rdev = 0;
	inode->i_atime = inode->i_mtime = inode->i_ctime = ktime_get_real_ns();
	atomic_set(&inode->i_writecount, 0);
	init_rwsem(&inode->i_rwsem, S_ISDIR(mode) ? RANK_INODE_DIR : RANK_INODE, "i_rwsem");
	address_space_init(&inode->i_data, inode, NULL);
	INIT_LIST_HEAD(&inode->i_locks);
	inode->i_private = NULL;
	atomic_long_inc(&sb->s_count);
	return inode;
}

/**
 * iput - drop a reference
 * @inode: with the last one its pages go, and it
 *
 * Context: may sleep.
 */
void iput(struct inode *inode)
{
	struct super_block *sb = inode->i_sb;

	if (!atomic_dec_and_test(&inode->i_count))
		return;
	if (inode->i_data.nrpages)
		truncate_inode_pages_final(&inode->i_data);
	if (sb->s_op && sb->s_op->evict_inode)
		sb->s_op->evict_inode(inode);
	kmem_cache_free(inode_cache, inode);
	sb_put(sb);
}

/*
 * Linux's "relatime": a read updates the access time only when that tells
 * something new, that is, once after each change. Otherwise every read would
 * write to the inode.
 */
void touch_atime(struct file *file)
{
	struct inode *inode = file->f_inode;

	if (inode->i_atime > inode->i_mtime && inode->i_atime > inode->i_ctime)
		return;
	if (file->f_flags & O_NOATIME || inode->i_sb->s_flags & (MS_NOATIME | MS_RDONLY))
		return;
	inode->i_atime = ktime_get_real_ns();
}

/** inode_modified - the contents changed: mtime and ctime are now. Context: any. */
void inode_modified(struct inode *inode)
{
	inode->i_mtime = inode->i_ctime = ktime_get_real_ns();
}

/** inode_owner_or_root - may current do what only owners may? Context: any. */
bool inode_owner_or_root(const struct inode *inode)
{
	return current->fsuid == 0 || current->fsuid == inode->i_uid;
}

/**
 * inode_permission - may current use an inode so?
 * @inode: any
 * @mask: MAY_*
 *
 * Context: any: it only looks.
 * Return: 0, -EACCES, -EROFS.
 */
int inode_permission(struct inode *inode, int mask)
{
	mode_t mode = inode->i_mode;

	if (mask & MAY_WRITE && inode->i_sb->s_flags & MS_RDONLY &&
	    (S_ISREG(mode) || S_ISDIR(mode) || S_ISLNK(mode)))
		return -EROFS;
	if (current->fsuid == 0) {
		/* Root may do all but execute a file that nobody may execute. */
		if (!(mask & MAY_EXEC) || S_ISDIR(mode) || mode & 0111)
			return 0;
		return -EACCES;
	}
	if (current->fsuid == inode->i_uid)
		mode >>= 6;
	else if (in_group_p(inode->i_gid))
		mode >>= 3;
	return (mask & ~mode & 7) ? -EACCES : 0;
}
