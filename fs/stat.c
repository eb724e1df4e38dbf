// SPDX-License-Identifier: GPL-2.0-only
/*
 * stat.c - what is known about a file: stat, statx, statfs, readlink.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/namei.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/time.h>
#include <asm/uaccess.h>

static void split_time(s64 ns, long *sec, long *nsec)
{
	*sec = ns / (s64)NSEC_PER_SEC;
	*nsec = ns % (s64)NSEC_PER_SEC;
	if (*nsec < 0) {
		*nsec += NSEC_PER_SEC;
		(*sec)--;
	}
}

/* Fill in every byte of @st. */
static void inode_getattr(struct inode *inode, struct stat *st)
{
	memset(st, 0, sizeof(*st));
	st->st_dev = new_encode_dev(inode->i_sb->s_dev);
	st->st_ino = inode->i_ino;
	st->st_mode = inode->i_mode;
	st->st_nlink = inode->i_nlink;
	st->st_uid = inode->i_uid;
	st->st_gid = inode->i_gid;
	st->st_rdev = new_encode_dev(inode->i_rdev);
	st->st_size = i_size_read(inode);
	st->st_blksize = PAGE_SIZE;
	st->st_blocks = inode->i_data.nrpages * (PAGE_SIZE / 512);
	split_time(inode->i_atime, &st->st_atime, &st->st_atime_nsec);
	split_time(inode->i_mtime, &st->st_mtime, &st->st_mtime_nsec);
	split_time(inode->i_ctime, &st->st_ctime, &st->st_ctime_nsec);
}

/* The inode that (dfd, name) means, referenced. AT_EMPTY_PATH may name a pipe. */
static struct inode *inode_at(int dfd, const char __user *name, int flags)
{
	unsigned int how = flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW;
	struct dentry *dentry;
	struct inode *inode;
	struct fd f;
	char first;

	if (flags & AT_EMPTY_PATH && dfd >= 0) {
		if (name && get_user(first, (char __user *)name))
			return ERR_PTR(-EFAULT);
		if (!name || !first) {
			f = fdget_raw(dfd);
			if (!f.file)
				return ERR_PTR(-EBADF);
			inode = igrab(f.file->f_inode);
			fdput(f);
			return inode;
		}
	}
	if (flags & AT_EMPTY_PATH)
		how |= LOOKUP_EMPTY;
	dentry = user_path_at(dfd, name, how);
	if (IS_ERR(dentry))
		return ERR_PTR(PTR_ERR(dentry));
	inode = igrab(dentry->d_inode);
	dput(dentry);
	return inode;
}

SYSCALL_DEFINE2(fstat, unsigned int, fd, struct stat __user *, ubuf)
{
	struct fd f = fdget_raw(fd);
	struct stat st;

	if (!f.file)
		return -EBADF;
	inode_getattr(f.file->f_inode, &st);
	fdput(f);
	return copy_to_user(ubuf, &st, sizeof(st)) ? -EFAULT : 0;
}

SYSCALL_DEFINE4(newfstatat, int, dfd, const char __user *, name, struct stat __user *, ubuf,
		int, flags)
{
	struct inode *inode;
	struct stat st;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH))
		return -EINVAL;
	inode = inode_at(dfd, name, flags);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	inode_getattr(inode, &st);
	iput(inode);
	return copy_to_user(ubuf, &st, sizeof(st)) ? -EFAULT : 0;
}

static void statx_time(struct statx_timestamp *ts, long sec, long nsec)
{
	ts->tv_sec = sec;
	ts->tv_nsec = nsec;
}

SYSCALL_DEFINE5(statx, int, dfd, const char __user *, name, unsigned int, flags,
		unsigned int, mask, struct statx __user *, ubuf)
{
	struct inode *inode;
	struct statx sx;
	struct stat st;

	if (mask & STATX__RESERVED || flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT |
						AT_EMPTY_PATH | AT_STATX_SYNC_TYPE))
		return -EINVAL;
	inode = inode_at(dfd, name, flags);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	inode_getattr(inode, &st);
	memset(&sx, 0, sizeof(sx));
	sx.stx_mask = STATX_BASIC_STATS | STATX_MNT_ID;
	sx.stx_blksize = st.st_blksize;
	sx.stx_nlink = st.st_nlink;
	sx.stx_uid = st.st_uid;
	sx.stx_gid = st.st_gid;
	sx.stx_mode = st.st_mode;
	sx.stx_ino = st.st_ino;
	sx.stx_size = st.st_size;
	sx.stx_blocks = st.st_blocks;
	statx_time(&sx.stx_atime, st.st_atime, st.st_atime_nsec);
	statx_time(&sx.stx_mtime, st.st_mtime, st.st_mtime_nsec);
	statx_time(&sx.stx_ctime, st.st_ctime, st.st_ctime_nsec);
	sx.stx_rdev_major = MAJOR(inode->i_rdev);
	sx.stx_rdev_minor = MINOR(inode->i_rdev);
	sx.stx_dev_major = MAJOR(inode->i_sb->s_dev);
	sx.stx_dev_minor = MINOR(inode->i_sb->s_dev);
	sx.stx_mnt_id = MINOR(inode->i_sb->s_dev);
	iput(inode);
	return copy_to_user(ubuf, &sx, sizeof(sx)) ? -EFAULT : 0;
}

static int do_statfs(struct inode *inode, struct statfs __user *ubuf)
{
	struct super_block *sb = inode->i_sb;
	struct statfs st;

	memset(&st, 0, sizeof(st));
	st.f_bsize = PAGE_SIZE;
	st.f_frsize = PAGE_SIZE;
	st.f_namelen = NAME_MAX;
	st.f_fsid[0] = sb->s_dev;
	st.f_flags = ST_VALID | (sb->s_flags & (MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC |
						MS_NOATIME));
	if (sb->s_op && sb->s_op->statfs)
		sb->s_op->statfs(sb, &st);
	return copy_to_user(ubuf, &st, sizeof(st)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(statfs, const char __user *, name, struct statfs __user *, ubuf)
{
	struct dentry *dentry = user_path_at(AT_FDCWD, name, LOOKUP_FOLLOW);
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = do_statfs(dentry->d_inode, ubuf);
	dput(dentry);
	return err;
}

SYSCALL_DEFINE2(fstatfs, unsigned int, fd, struct statfs __user *, ubuf)
{
	struct fd f = fdget_raw(fd);
	int err;

	if (!f.file)
		return -EBADF;
	err = do_statfs(f.file->f_inode, ubuf);
	fdput(f);
	return err;
}

/* The text of a link that leads straight to an object: the object's path. */
static int readlink_follow(struct inode *inode, char *buf, int size)
{
	struct dentry *target = inode->i_op->follow(inode), *root;
	char *path;
	int len;

	if (IS_ERR(target))
		return PTR_ERR(target);
	root = get_task_root(current);
	path = d_path(target, root, buf, size);
	dput(root);
	dput(target);
	if (IS_ERR(path))
		return PTR_ERR(path);
	len = strlen(path);
	memmove(buf, path, len + 1);
	return len;
}

SYSCALL_DEFINE4(readlinkat, int, dfd, const char __user *, name, char __user *, ubuf, int, size)
{
	struct dentry *dentry;
	struct inode *inode;
	long len = -EINVAL;
	char *buf = NULL;
	const char *text;

	if (size <= 0)
		return -EINVAL;
	dentry = user_path_at(dfd, name, LOOKUP_EMPTY);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	inode = dentry->d_inode;
	if (!S_ISLNK(inode->i_mode))
		goto out;
	text = inode->i_link;
	if (inode->i_op->readlink || inode->i_op->follow) {
		len = -ENOMEM;
		text = buf = kmalloc(PATH_MAX, GFP_KERNEL);
		if (!buf)
			goto out;
		len = inode->i_op->readlink ? inode->i_op->readlink(inode, buf, PATH_MAX) :
					      readlink_follow(inode, buf, PATH_MAX);
	} else {
		len = strlen(text);
	}
	if (len > size)
		len = size;
	if (len > 0 && copy_to_user(ubuf, text, len))
		len = -EFAULT;
out:
	kfree(buf);
	dput(dentry);
	return len;
}
