// SPDX-License-Identifier: GPL-2.0-only
/*
 * open.c - from a path and flags to an open file.
 *
 *	do_filp_open
 *	  walk the whole path            the file is there: nearly always
 *	  O_CREAT and it is not there:
 *	    walk to the parent, lock it, look again, create
 *	    a symlink in the last place: start over with its text
 *	  do_dentry_open                 rights, O_TRUNC, the file's own open()
 */
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/namei.h>
#include <linux-lite/sched.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <asm/uaccess.h>

/* May current open the inode with these flags? 0 or -errno. */
static int may_open(struct inode *inode, unsigned int flags)
{
	bool writes = (flags & O_ACCMODE) != O_RDONLY;
	int mask = ((flags & O_ACCMODE) != O_WRONLY ? MAY_READ : 0) | (writes ? MAY_WRITE : 0);

	if (flags & O_TRUNC)
		mask |= MAY_WRITE;
	switch (inode->i_mode & S_IFMT) {
	case S_IFLNK:
		return -ELOOP;
	case S_IFDIR:
		if (writes || flags & (O_CREAT | O_TRUNC))
			return -EISDIR;
		break;
	case S_IFCHR:
	case S_IFBLK:
		if (inode->i_sb->s_flags & MS_NODEV)
			return -EACCES;
	}
	if (flags & O_NOATIME && !inode_owner_or_root(inode))
		return -EPERM;
	return inode_permission(inode, mask);
}

#define OPEN_ONLY_FLAGS	(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC)

/* The inode's part of an open; rights were checked. Takes over @dentry. */
static struct file *do_dentry_open(struct dentry *dentry, unsigned int flags)
{
	struct inode *inode = dentry->d_inode;
	struct file *file = alloc_empty_file(flags);
	int err = 0;

	if (IS_ERR(file)) {
		dput(dentry);
		return file;
	}
	file->f_dentry = dentry;
	file->f_inode = inode;
	file->f_mapping = &inode->i_data;
	if (flags & O_PATH) {
		file->f_mode = FMODE_PATH;
		file->f_flags &= ~OPEN_ONLY_FLAGS;
		return file;
	}
	if (S_ISREG(inode->i_mode) || S_ISDIR(inode->i_mode))
		file->f_mode |= FMODE_POS;
	if (S_ISREG(inode->i_mode) && file->f_mode & FMODE_WRITE) {
		err = get_write_access(inode);
		if (err)
			goto fail;
		file->f_mode |= FMODE_WRITER;
	}
	file->f_op = inode->i_fop;
	if (file->f_op->llseek)
		file->f_mode |= FMODE_LSEEK;
	if (file->f_op->open)
		err = file->f_op->open(inode, file);
	else if (!file->f_op->read_iter && !file->f_op->write_iter && !file->f_op->iterate)
		err = -ENXIO;
	if (err) {
		file->f_op = NULL;	/* nothing to release */
		goto fail;
	}
	file->f_flags &= ~OPEN_ONLY_FLAGS;
	return file;
fail:
	fput(file);
	return ERR_PTR(err);
}

/**
 * dentry_open - open what a dentry names; rights are the caller's business
 * @dentry: referenced; the file takes its own reference
 * @flags: O_*
 *
 * Context: may sleep.
 * Return: one reference; ERR_PTR(-ETXTBSY, -ENXIO, -ENOMEM), or what the file's open says.
 */
struct file *dentry_open(struct dentry *dentry, int flags)
{
	return do_dentry_open(dget(dentry), flags);
}

/* What is there is opened. Takes over @dentry. */
static struct file *open_existing(struct dentry *dentry, unsigned int flags)
{
	struct inode *inode = dentry->d_inode;
	struct file *file;
	int err = 0;

	if (flags & O_DIRECTORY && !S_ISDIR(inode->i_mode))
		err = -ENOTDIR;
	else if (!(flags & O_PATH))
		err = may_open(inode, flags);
	if (err) {
		dput(dentry);
		return ERR_PTR(err);
	}
	file = do_dentry_open(dentry, flags);
	if (IS_ERR(file) || !(flags & O_TRUNC) || !S_ISREG(inode->i_mode) || flags & O_PATH)
		return file;
	err = get_write_access(inode);
	if (!err) {
		err = vfs_truncate(inode, 0);
		atomic_dec(&inode->i_writecount);
	}
	if (err) {
		fput(file);
		return ERR_PTR(err);
	}
	return file;
}

/* In @dir: the file, made if need be; NULL: a symlink is there, its text is in @path now. */
static struct file *open_in(struct dentry *dir, struct last_name *last, char *path, int flags,
			    mode_t mode)
{
	struct dentry *dentry;

	if (last->is_dot)
		return ERR_PTR(flags & O_EXCL ? -EEXIST : -EISDIR);
	if (last->slash)
		return ERR_PTR(-EISDIR);
	dentry = vfs_create_at(dir, last->name, last->len,
			       S_IFREG | (mode & S_IALLUGO & ~current->fs->umask), 0);
	if (!IS_ERR(dentry))
		return do_dentry_open(dentry, flags);
	if (PTR_ERR(dentry) != -EEXIST || flags & O_EXCL)
		return ERR_PTR(PTR_ERR(dentry));
	dentry = lookup_one(dir, last->name, last->len);
	if (IS_ERR(dentry))
		return ERR_PTR(PTR_ERR(dentry));
	if (S_ISLNK(dentry->d_inode->i_mode) && !dentry->d_inode->i_op->readlink &&
	    !dentry->d_inode->i_op->follow && !(flags & O_NOFOLLOW)) {
		strscpy(path, dentry->d_inode->i_link, PATH_MAX);
		dput(dentry);
		return NULL;
	}
	return open_existing(follow_mounts(dentry), flags);
}

static struct file *open_create(int dfd, char *path, int flags, mode_t mode)
{
	struct dentry *dir, *next;
	struct file *file = NULL;
	struct last_name last;

	dir = lookup_parent(dfd, path, &last);
	for (int links = 0; !IS_ERR(dir); links++) {
		file = open_in(dir, &last, path, flags, mode);
		if (file || links == MAXSYMLINKS)
			break;
		next = lookup_parent_from(dir, path, &last);
		dput(dir);
		dir = next;
	}
	if (IS_ERR(dir))
		return ERR_PTR(PTR_ERR(dir));
	dput(dir);
	return file ? file : ERR_PTR(-ELOOP);
}

/* A file without a name, in @dentry's file system. Takes over @dentry. */
static struct file *open_tmpfile(struct dentry *dentry, int flags, mode_t mode)
{
	struct inode *dir = dentry->d_inode, *inode;
	struct dentry *anon;
	int err = S_ISDIR(dir->i_mode) ? may_create(dir) : -ENOTDIR;

	if (!err && (flags & O_ACCMODE) == O_RDONLY)
		err = -EINVAL;
	if (err) {
		dput(dentry);
		return ERR_PTR(err);
	}
	inode = dir->i_op->new_inode(dir, S_IFREG | (mode & S_IALLUGO & ~current->fs->umask), 0);
	anon = IS_ERR(inode) ? NULL : d_alloc(dentry, "#tmpfile", 8, inode);
	dput(dentry);
	if (IS_ERR(inode))
		return ERR_PTR(PTR_ERR(inode));
	if (!anon)
		return ERR_PTR(-ENOMEM);
	inode->i_nlink = 0;
	anon->d_flags |= D_UNLINKED;
	return do_dentry_open(anon, flags);
}

/* open(2) without the number. @path: PATH_MAX bytes, cut up. Return: one reference, or ERR_PTR. */
static struct file *do_filp_open(int dfd, char *path, int flags, mode_t mode)
{
	unsigned int how = flags & O_NOFOLLOW ? 0 : LOOKUP_FOLLOW;
	struct dentry *dentry;

	if (flags & O_PATH)
		flags &= O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
		return open_create(dfd, path, flags, mode);
	dentry = lookup_at(dfd, path, how);
	if (IS_ERR(dentry)) {
		if (flags & O_CREAT && PTR_ERR(dentry) == -ENOENT)
			return open_create(dfd, path, flags, mode);
		return ERR_PTR(PTR_ERR(dentry));
	}
	if (flags & __O_TMPFILE)
		return open_tmpfile(dentry, flags, mode);
	return open_existing(dentry, flags);
}

/** filp_open - do_filp_open() of a kernel string. Context: may sleep. */
struct file *filp_open(const char *name, int flags, mode_t mode)
{
	char *path = getname_kernel(name);
	struct file *file;

	if (IS_ERR(path))
		return ERR_PTR(PTR_ERR(path));
	file = do_filp_open(AT_FDCWD, path, flags, mode);
	putname(path);
	return file;
}

SYSCALL_DEFINE4(openat, int, dfd, const char __user *, name, int, flags, mode_t, mode)
{
	struct file *file;
	char *path;
	int fd;

	if ((flags & O_TMPFILE) == __O_TMPFILE)
		return -EINVAL;
	path = getname(name, 0);
	if (IS_ERR(path))
		return PTR_ERR(path);
	fd = get_unused_fd_flags(flags);
	if (fd < 0)
		goto out;
	file = do_filp_open(dfd, path, flags | O_LARGEFILE, mode);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		fd = PTR_ERR(file);
	} else {
		fd_install(fd, file);
	}
out:
	putname(path);
	return fd;
}

static int do_faccessat(int dfd, const char __user *name, int mode, int flags)
{
	uid_t fsuid = current->fsuid;
	gid_t fsgid = current->fsgid;
	struct dentry *dentry;
	unsigned int how = flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW;
	int err;

	if (mode & ~(R_OK | W_OK | X_OK) ||
	    flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (flags & AT_EMPTY_PATH)
		how |= LOOKUP_EMPTY;
	if (!(flags & AT_EACCESS)) {	/* the real ids, as access(2) promises */
		current->fsuid = current->uid;
		current->fsgid = current->gid;
	}
	dentry = user_path_at(dfd, name, how);
	err = IS_ERR(dentry) ? PTR_ERR(dentry) : 0;
	if (!err) {
		struct inode *inode = dentry->d_inode;

		static_assert(R_OK == MAY_READ && W_OK == MAY_WRITE && X_OK == MAY_EXEC, "");
		if (mode & X_OK && S_ISREG(inode->i_mode) && inode->i_sb->s_flags & MS_NOEXEC)
			err = -EACCES;
		else
			err = inode_permission(inode, mode);
		dput(dentry);
	}
	current->fsuid = fsuid;
	current->fsgid = fsgid;
	return err;
}

SYSCALL_DEFINE3(faccessat, int, dfd, const char __user *, name, int, mode)
{
	return do_faccessat(dfd, name, mode, 0);
}

SYSCALL_DEFINE4(faccessat2, int, dfd, const char __user *, name, int, mode, int, flags)
{
	return do_faccessat(dfd, name, mode, flags);
}
