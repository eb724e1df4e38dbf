// SPDX-License-Identifier: GPL-2.0-only
/*
 * attr.c - changing what stat() shows: mode, owner, times, length.
 *
 * Each call checks the caller's right first, then changes fields under i_rwsem.
 */
#include <linux-lite/cred.h>
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/namei.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/time.h>
#include <asm/uaccess.h>

/* May anything of it be changed at all? */
static int attr_allowed(struct inode *inode)
{
	if (inode->i_sb->s_flags & MS_RDONLY)
		return -EROFS;
	if (inode->i_op->setattr)
		return inode->i_op->setattr(inode);
	return 0;
}

/**
 * vfs_truncate - set a file's length
 * @inode: regular file; the right to write was checked
 * @size: bytes, not negative
 *
 * Context: may sleep; takes i_rwsem.
 * Return: 0, -EFBIG (with SIGXFSZ beyond RLIMIT_FSIZE).
 */
int vfs_truncate(struct inode *inode, loff_t size)
{
	loff_t old;

	inode_lock(inode);
	old = i_size_read(inode);
	if (size > old && (unsigned long)size > current->signal->rlim[RLIMIT_FSIZE].rlim_cur) {
		inode_unlock(inode);
		send_sig_info(SIGXFSZ, NULL, current, false);
		return -EFBIG;
	}
	if (size < old)
		truncate_pagecache(&inode->i_data, size);
	i_size_write(inode, size);
	inode_modified(inode);
	inode_unlock(inode);
	return 0;
}

SYSCALL_DEFINE2(truncate, const char __user *, name, long, size)
{
	struct dentry *dentry;
	struct inode *inode;
	int err;

	if (size < 0)
		return -EINVAL;
	dentry = user_path_at(AT_FDCWD, name, LOOKUP_FOLLOW);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	inode = dentry->d_inode;
	err = S_ISDIR(inode->i_mode) ? -EISDIR : -EINVAL;
	if (S_ISREG(inode->i_mode))
		err = inode_permission(inode, MAY_WRITE);
	if (!err)
		err = get_write_access(inode);
	if (!err) {
		err = vfs_truncate(inode, size);
		atomic_dec(&inode->i_writecount);
	}
	dput(dentry);
	return err;
}

SYSCALL_DEFINE2(ftruncate, unsigned int, fd, loff_t, size)
{
	struct fd f = fdget(fd);
	int err = -EINVAL;

	if (!f.file)
		return -EBADF;
	if (size >= 0 && S_ISREG(f.file->f_inode->i_mode) && f.file->f_mode & FMODE_WRITE)
		err = vfs_truncate(f.file->f_inode, size);
	fdput(f);
	return err;
}

static int chmod_inode(struct inode *inode, mode_t mode)
{
	int err = attr_allowed(inode);

	if (!err && !inode_owner_or_root(inode))
		err = -EPERM;
	if (err)
		return err;
	mode &= S_IALLUGO;
	if (current->fsuid && !in_group_p(inode->i_gid))
		mode &= ~S_ISGID;
	inode_lock(inode);
	inode->i_mode = (inode->i_mode & S_IFMT) | mode;
	inode->i_ctime = ktime_get_real_ns();
	inode_unlock(inode);
	return 0;
}

SYSCALL_DEFINE2(fchmod, unsigned int, fd, mode_t, mode)
{
	struct fd f = fdget(fd);
	int err;

	if (!f.file)
		return -EBADF;
	err = chmod_inode(f.file->f_inode, mode);
	fdput(f);
	return err;
}

static int do_fchmodat(int dfd, const char __user *name, mode_t mode, unsigned int how)
{
	struct dentry *dentry = user_path_at(dfd, name, how);
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	if (S_ISLNK(dentry->d_inode->i_mode))
		err = -EOPNOTSUPP;
	else
		err = chmod_inode(dentry->d_inode, mode);
	dput(dentry);
	return err;
}

SYSCALL_DEFINE3(fchmodat, int, dfd, const char __user *, name, mode_t, mode)
{
	return do_fchmodat(dfd, name, mode, LOOKUP_FOLLOW);
}

SYSCALL_DEFINE4(fchmodat2, int, dfd, const char __user *, name, mode_t, mode, unsigned int, flags)
{
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	return do_fchmodat(dfd, name, mode, (flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) |
			   (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0));
}

static int chown_inode(struct inode *inode, uid_t uid, gid_t gid)
{
	int err = attr_allowed(inode);

	if (err)
		return err;
	if (current->fsuid) {
		/* An owner may give a file to a group of his, nobody may give it away. */
		if (current->fsuid != inode->i_uid || (uid != (uid_t)-1 && uid != inode->i_uid) ||
		    (gid != (gid_t)-1 && gid != inode->i_gid && !in_group_p(gid)))
			return -EPERM;
	}
	inode_lock(inode);
	if (uid != (uid_t)-1)
		inode->i_uid = uid;
	if (gid != (gid_t)-1)
		inode->i_gid = gid;
	if (!S_ISDIR(inode->i_mode))
		inode->i_mode &= ~(S_ISUID | (inode->i_mode & 0010 ? S_ISGID : 0));
	inode->i_ctime = ktime_get_real_ns();
	inode_unlock(inode);
	return 0;
}

SYSCALL_DEFINE5(fchownat, int, dfd, const char __user *, name, uid_t, uid, gid_t, gid, int, flags)
{
	struct dentry *dentry;
	int err;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	dentry = user_path_at(dfd, name, (flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) |
			      (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0));
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = chown_inode(dentry->d_inode, uid, gid);
	dput(dentry);
	return err;
}

SYSCALL_DEFINE3(fchown, unsigned int, fd, uid_t, uid, gid_t, gid)
{
	struct fd f = fdget(fd);
	int err;

	if (!f.file)
		return -EBADF;
	err = chown_inode(f.file->f_inode, uid, gid);
	fdput(f);
	return err;
}

static bool time_valid(const struct timespec64 *ts)
{
	return ts->tv_nsec == UTIME_NOW || ts->tv_nsec == UTIME_OMIT ||
	       (ts->tv_nsec >= 0 && ts->tv_nsec < (long)NSEC_PER_SEC);
}

/* Our times reach from 1677 to 2262: what lies beyond becomes the nearest. */
#define TIME_MAX_SEC	((s64)(~0UL >> 1) / (s64)NSEC_PER_SEC - 1)

static void set_time(s64 *field, const struct timespec64 *ts, s64 now)
{
	if (ts->tv_nsec == UTIME_NOW)
		*field = now;
	else if (ts->tv_nsec != UTIME_OMIT)
		*field = clamp_t(s64, ts->tv_sec, -TIME_MAX_SEC, TIME_MAX_SEC) *
			 (s64)NSEC_PER_SEC + ts->tv_nsec;
}

/* @ts NULL: both now, which who may write may do, too. */
static int set_times(struct inode *inode, const struct timespec64 *ts)
{
	static const struct timespec64 now_now[2] = { { 0, UTIME_NOW }, { 0, UTIME_NOW } };
	s64 now = ktime_get_real_ns();
	int err = attr_allowed(inode);
	bool both_now;

	if (!ts)
		ts = now_now;
	both_now = ts[0].tv_nsec == UTIME_NOW && ts[1].tv_nsec == UTIME_NOW;
	if (!err && !inode_owner_or_root(inode))
		err = both_now ? inode_permission(inode, MAY_WRITE) : -EPERM;
	if (err)
		return err;
	inode_lock(inode);
	set_time(&inode->i_atime, &ts[0], now);
	set_time(&inode->i_mtime, &ts[1], now);
	inode->i_ctime = now;
	inode_unlock(inode);
	return 0;
}

SYSCALL_DEFINE4(utimensat, int, dfd, const char __user *, name,
		const struct timespec64 __user *, utimes, int, flags)
{
	struct timespec64 ts[2];
	struct dentry *dentry;
	struct fd f;
	int err;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (utimes) {
		if (copy_from_user(ts, utimes, sizeof(ts)))
			return -EFAULT;
		if (ts[0].tv_nsec == UTIME_OMIT && ts[1].tv_nsec == UTIME_OMIT)
			return 0;
		if (!time_valid(&ts[0]) || !time_valid(&ts[1]))
			return -EINVAL;
	}
	if (!name && dfd != AT_FDCWD) {		/* futimens() */
		f = fdget(dfd);
		if (!f.file)
			return -EBADF;
		err = set_times(f.file->f_inode, utimes ? ts : NULL);
		fdput(f);
		return err;
	}
	dentry = user_path_at(dfd, name, (flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) |
			      (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0));
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = set_times(dentry->d_inode, utimes ? ts : NULL);
	dput(dentry);
	return err;
}
