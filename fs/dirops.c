// SPDX-License-Identifier: GPL-2.0-only
/*
 * dirops.c - making and removing names: mknod, mkdir, symlink, link, unlink, rmdir.
 *
 * Each of them is: walk to the parent, lock it, look whether the name is there,
 * check rights, allocate everything, and only then touch the tree. The tree IS
 * the file system, so a file system takes part only by supplying the inode
 * (i_op->new_inode); one that has none cannot be written to.
 *
 * I1  a directory's i_nlink is 2 plus the number of its subdirectories
 * I2  S_DEAD is set under the removed directory's own i_rwsem: who holds that
 *     and sees it clear may still create
 */
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/namei.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <asm/uaccess.h>

/**
 * may_create - may a name be made in a directory?
 * @dir: i_rwsem held
 *
 * Context: any.
 * Return: 0, -ENOENT (removed, or not a place for files), -EROFS, -EACCES.
 */
int may_create(struct inode *dir)
{
	if (dir->i_flags & S_DEAD)
		return -ENOENT;
	if (!dir->i_op->new_inode)
		return dir->i_op->lookup ? -ENOENT : -EPERM;
	return inode_permission(dir, MAY_WRITE | MAY_EXEC);
}

/**
 * may_delete - may a name be taken away?
 * @dir: its directory, i_rwsem held
 * @victim: what it names
 * @isdir: the caller removes directories, or else everything but those
 *
 * Context: any.
 * Return: 0, -EPERM (sticky, or a file system without removal), -EACCES, -EROFS,
 * -ENOTDIR, -EISDIR, -EBUSY (mounted on).
 */
int may_delete(struct inode *dir, struct dentry *victim, bool isdir)
{
	struct inode *inode = victim->d_inode;
	int err;

	if (!dir->i_op->new_inode)
		return -EPERM;
	err = inode_permission(dir, MAY_WRITE | MAY_EXEC);
	if (err)
		return err;
	if (dir->i_mode & S_ISVTX && current->fsuid && current->fsuid != inode->i_uid &&
	    current->fsuid != dir->i_uid)
		return -EPERM;
	if (isdir != S_ISDIR(inode->i_mode))
		return isdir ? -ENOTDIR : -EISDIR;
	return d_mountpoint(victim) ? -EBUSY : 0;
}

/* @dir is locked: may a file get this name? As may_create(), and -EEXIST. */
static int may_create_name(struct dentry *dir, const char *name, unsigned int len)
{
	struct dentry *there = d_lookup(dir, name, len);

	dput(there);
	return there ? -EEXIST : may_create(dir->d_inode);
}

/* Everything checked, the name free, @dir locked: make it. A new reference, or ERR_PTR. */
static struct dentry *create_locked(struct dentry *dir, const char *name, unsigned int len,
				    mode_t mode, dev_t rdev, char *link)
{
	struct inode *inode = dir->d_inode->i_op->new_inode(dir->d_inode, mode, rdev);
	struct dentry *dentry;

	if (IS_ERR(inode))
		return ERR_PTR(PTR_ERR(inode));
	dentry = d_alloc(dir, name, len, inode);
	if (!dentry)
		return ERR_PTR(-ENOMEM);
	if (link) {		/* the inode's only now: on failure it is still the caller's */
		inode->i_link = link;
		i_size_write(inode, strlen(link));
	}
	if (S_ISDIR(mode)) {
		inode->i_nlink = 2;
		dir->d_inode->i_nlink++;
	}
	d_add(dentry);
	inode_modified(dir->d_inode);
	return dentry;
}

/**
 * vfs_create_at - make a file, directory or node in a directory
 * @dir: referenced
 * @name: @len bytes
 * @len: 1..NAME_MAX
 * @mode: type and permission, the umask applied
 * @rdev: of a device node
 *
 * Context: may sleep; takes i_rwsem of @dir.
 * Return: a reference to the new name; ERR_PTR(-EEXIST, -ENOENT, -EPERM, -EACCES, -EROFS, -ENOSPC,
 * -ENOMEM).
 */
struct dentry *vfs_create_at(struct dentry *dir, const char *name, unsigned int len,
			     mode_t mode, dev_t rdev)
{
	struct dentry *dentry;
	int err;

	inode_lock(dir->d_inode);
	err = may_create_name(dir, name, len);
	dentry = err ? ERR_PTR(err) : create_locked(dir, name, len, mode, rdev, NULL);
	inode_unlock(dir->d_inode);
	return dentry;
}

/**
 * vfs_symlink_at - make a symbolic link
 * @dir: referenced
 * @name: @len bytes
 * @len: 1..NAME_MAX
 * @target: its text, copied
 *
 * Context, Return: as vfs_create_at, without the reference: 0 or -errno.
 */
int vfs_symlink_at(struct dentry *dir, const char *name, unsigned int len, const char *target)
{
	char *text = kstrdup(target, GFP_KERNEL);
	struct dentry *dentry;
	int err;

	if (!text)
		return -ENOMEM;
	inode_lock(dir->d_inode);
	err = may_create_name(dir, name, len);
	if (!err) {
		dentry = create_locked(dir, name, len, S_IFLNK | 0777, 0, text);
		err = IS_ERR(dentry) ? PTR_ERR(dentry) : 0;
		if (!err) {
			text = NULL;	/* the inode's now */
			dput(dentry);
		}
	}
	inode_unlock(dir->d_inode);
	kfree(text);
	return err;
}

/**
 * vfs_link_at - give a file one more name
 * @old: a name it has
 * @dir: referenced
 * @name: @len bytes
 * @len: 1..NAME_MAX
 *
 * Context: may sleep; takes i_rwsem of @dir.
 * Return: 0; -EXDEV, -EPERM (a directory), -EEXIST, -ENOENT (the last name went meanwhile), and
 * as vfs_create_at.
 */
int vfs_link_at(struct dentry *old, struct dentry *dir, const char *name, unsigned int len)
{
	struct inode *inode = old->d_inode;
	struct dentry *dentry;
	int err;

	if (inode->i_sb != dir->d_inode->i_sb)
		return -EXDEV;
	if (S_ISDIR(inode->i_mode))
		return -EPERM;
	inode_lock(dir->d_inode);
	err = may_create_name(dir, name, len);
	if (!err && !inode->i_nlink)
		err = -ENOENT;
	if (!err) {
		dentry = d_alloc(dir, name, len, igrab(inode));
		err = dentry ? 0 : -ENOMEM;
	}
	if (!err) {
		__atomic_fetch_add(&inode->i_nlink, 1, __ATOMIC_RELAXED);
		inode_modified(dir->d_inode);
		inode->i_ctime = dir->d_inode->i_ctime;
		d_add(dentry);
		dput(dentry);
	}
	inode_unlock(dir->d_inode);
	return err;
}

/* Is nothing in it? Its i_rwsem held, so that stays true. */
static bool dir_empty(struct dentry *dentry)
{
	bool empty;

	spin_lock(&dcache_lock);
	empty = list_empty(&dentry->d_children);
	spin_unlock(&dcache_lock);
	return empty;
}

/**
 * dir_bury - make sure that a directory is empty and stays so
 * @dentry: a directory that is about to lose its name; its parent is locked
 *
 * Context: may sleep; takes its i_rwsem below the parent's.
 * Return: 0 or -ENOTEMPTY.
 */
int dir_bury(struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;
	int err = 0;

	down_write_nested(&inode->i_rwsem);
	if (dir_empty(dentry)) {
		inode->i_flags |= S_DEAD;
		inode->i_nlink = 0;
	} else {
		err = -ENOTEMPTY;
	}
	inode_unlock(inode);
	return err;
}

/**
 * vfs_unlink_at - take a name away
 * @dir: referenced
 * @name: @len bytes
 * @len: 1..NAME_MAX
 * @rmdir: an empty directory is wanted, else anything but a directory
 *
 * Context: may sleep; takes i_rwsem of @dir, and of the directory that goes.
 * Return: 0; -ENOENT, -ENOTEMPTY, and as may_delete.
 */
int vfs_unlink_at(struct dentry *dir, const char *name, unsigned int len, bool rmdir)
{
	struct dentry *dentry;
	struct inode *inode;
	int err;

	inode_lock(dir->d_inode);
	dentry = lookup_one(dir, name, len);
	err = IS_ERR(dentry) ? PTR_ERR(dentry) : may_delete(dir->d_inode, dentry, rmdir);
	if (!err && rmdir)
		err = dir_bury(dentry);
	if (!err) {
		inode = dentry->d_inode;
		inode_modified(dir->d_inode);
		inode->i_ctime = dir->d_inode->i_ctime;
		if (rmdir)
			dir->d_inode->i_nlink--;
		else
			__atomic_fetch_sub(&inode->i_nlink, 1, __ATOMIC_RELAXED);
		d_remove(dentry);
	}
	inode_unlock(dir->d_inode);
	if (!IS_ERR(dentry))
		dput(dentry);
	return err;
}

/* May a path end like this whose last name is to be that of a new file, no directory? */
static int may_make_file(struct dentry *dir, struct last_name *last)
{
	struct dentry *there;

	if (last->is_dot)
		return -EEXIST;
	if (!last->slash)
		return 0;
	there = lookup_one(dir, last->name, last->len);
	if (IS_ERR(there))
		return -ENOENT;
	dput(there);
	return -EEXIST;
}

static int do_mknodat(int dfd, const char __user *name, mode_t mode, dev_t rdev)
{
	struct dentry *dir, *dentry;
	struct last_name last;
	int err;

	dir = user_parent(dfd, name, &last);
	if (IS_ERR(dir))
		return PTR_ERR(dir);
	if (S_ISDIR(mode))
		last.slash = false;	/* as it should be */
	err = may_make_file(dir, &last);
	if (!err) {
		dentry = vfs_create_at(dir, last.name, last.len, mode & ~current->fs->umask, rdev);
		err = IS_ERR(dentry) ? PTR_ERR(dentry) : 0;
		if (!err)
			dput(dentry);
	}
	put_parent(dir, &last);
	return err;
}

SYSCALL_DEFINE4(mknodat, int, dfd, const char __user *, name, mode_t, mode, unsigned int, dev)
{
	switch (mode & S_IFMT) {
	case 0:
		mode |= S_IFREG;
		break;
	case S_IFREG: case S_IFIFO: case S_IFSOCK:
		break;
	case S_IFCHR: case S_IFBLK:
		if (current->euid)
			return -EPERM;
		break;
	case S_IFDIR:
		return -EPERM;
	default:
		return -EINVAL;
	}
	return do_mknodat(dfd, name, mode, new_decode_dev(dev));
}

SYSCALL_DEFINE3(mkdirat, int, dfd, const char __user *, name, mode_t, mode)
{
	return do_mknodat(dfd, name, S_IFDIR | (mode & (S_IRWXUGO | S_ISVTX)), 0);
}

SYSCALL_DEFINE3(symlinkat, const char __user *, target, int, dfd, const char __user *, name)
{
	char *text = getname(target, 0);
	struct last_name last;
	struct dentry *dir;
	int err;

	if (IS_ERR(text))
		return PTR_ERR(text);
	dir = user_parent(dfd, name, &last);
	if (IS_ERR(dir)) {
		err = PTR_ERR(dir);
	} else {
		err = may_make_file(dir, &last);
		if (!err)
			err = vfs_symlink_at(dir, last.name, last.len, text);
		put_parent(dir, &last);
	}
	putname(text);
	return err;
}

SYSCALL_DEFINE5(linkat, int, olddfd, const char __user *, oldname, int, newdfd,
		const char __user *, newname, int, flags)
{
	unsigned int how = flags & AT_SYMLINK_FOLLOW ? LOOKUP_FOLLOW : 0;
	struct dentry *old, *dir;
	struct last_name last;
	int err;

	if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (flags & AT_EMPTY_PATH)
		how |= LOOKUP_EMPTY;
	old = user_path_at(olddfd, oldname, how);
	if (IS_ERR(old))
		return PTR_ERR(old);
	dir = user_parent(newdfd, newname, &last);
	if (IS_ERR(dir)) {
		err = PTR_ERR(dir);
	} else {
		err = may_make_file(dir, &last);
		if (!err)
			err = vfs_link_at(old, dir, last.name, last.len);
		put_parent(dir, &last);
	}
	dput(old);
	return err;
}

/* unlink(2) of "name/" is refused, whatever is there. */
static int refuse_slash(struct dentry *dir, struct last_name *last)
{
	struct dentry *there = lookup_one(dir, last->name, last->len);
	int err;

	if (IS_ERR(there))
		return PTR_ERR(there);
	err = S_ISDIR(there->d_inode->i_mode) ? -EISDIR : -ENOTDIR;
	dput(there);
	return err;
}

SYSCALL_DEFINE3(unlinkat, int, dfd, const char __user *, name, int, flags)
{
	bool rmdir = flags & AT_REMOVEDIR;
	struct last_name last;
	struct dentry *dir;
	int err;

	if (flags & ~AT_REMOVEDIR)
		return -EINVAL;
	dir = user_parent(dfd, name, &last);
	if (IS_ERR(dir))
		return PTR_ERR(dir);
	if (last.is_dot && rmdir)
		err = !last.len ? -EBUSY : last.len == 1 ? -EINVAL : -ENOTEMPTY;
	else if (last.is_dot)
		err = -EISDIR;
	else if (last.slash && !rmdir)
		err = refuse_slash(dir, &last);
	else
		err = vfs_unlink_at(dir, last.name, last.len, rmdir);
	put_parent(dir, &last);
	return err;
}
