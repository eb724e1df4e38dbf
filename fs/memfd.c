// SPDX-License-Identifier: GPL-2.0-only
/*
 * memfd.c - memfd_create(2): a tmpfs file that never had a name.
 *
 * It lives on a tmpfs that is mounted nowhere and has no limit. Its dentry is
 * not in the tree and shows in /proc/PID/fd as "/memfd:NAME (deleted)".
 * Seals (F_ADD_SEALS) are not supported: every file says that it is sealed
 * against sealing, which is what a memfd made without MFD_ALLOW_SEALING says.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/memfd.h>
#include <linux-lite/mount.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/tmpfs.h>
#include <asm/uaccess.h>

#define F_SEAL_SEAL	1

static struct super_block *memfd_sb;

/* Boot: the file system that memfds are on. */
void memfd_init(void)
{
	memfd_sb = sb_alloc(&ramfs_fs_type, 0, "memfd", NULL);
	if (IS_ERR(memfd_sb))
		panic("memfd_init: no memory");
}

/**
 * memfd_fcntl - F_ADD_SEALS and F_GET_SEALS
 * @file: any
 * @cmd: which
 * @arg: seals to add
 *
 * Context: any.
 * Return: the seals, -EPERM (to add), -EINVAL (not a memfd).
 */
long memfd_fcntl(struct file *file, unsigned int cmd, unsigned long arg)
{
	if (file->f_inode->i_sb != memfd_sb)
		return -EINVAL;
	return cmd == F_GET_SEALS ? F_SEAL_SEAL : -EPERM;
}

SYSCALL_DEFINE2(memfd_create, const char __user *, uname, unsigned int, flags)
{
	char name[NAME_MAX + 1] = "memfd:";
	struct dentry *dentry;
	struct inode *inode;
	struct file *file;
	long len;
	int fd;

	if (flags & ~(MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL | MFD_EXEC))
		return -EINVAL;
	len = strncpy_from_user(name + 6, uname, NAME_MAX - 5);
	if (len < 0)
		return len;
	if (len >= NAME_MAX - 5)
		return -EINVAL;
	inode = tmpfs_get_inode(memfd_sb, S_IFREG | 0777, 0);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	inode->i_nlink = 0;
	dentry = d_alloc(memfd_sb->s_root, name, len + 6, inode);
	if (!dentry)
		return -ENOMEM;
	dentry->d_flags |= D_UNLINKED;
	file = dentry_open(dentry, O_RDWR | O_LARGEFILE);
	dput(dentry);
	if (IS_ERR(file))
		return PTR_ERR(file);
	fd = get_unused_fd_flags(flags & MFD_CLOEXEC ? O_CLOEXEC : 0);
	if (fd < 0)
		fput(file);
	else
		fd_install(fd, file);
	return fd;
}
