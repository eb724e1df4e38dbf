// SPDX-License-Identifier: GPL-2.0-only
/*
 * namespace.c - mount(2) and umount2(2); super.c does the work. And the calls
 * about extended attributes, which no file system here has: EOPNOTSUPP says so.
 */
#include <linux-lite/cred.h>
#include <linux-lite/dcache.h>
#include <linux-lite/mount.h>
#include <linux-lite/namei.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <asm/uaccess.h>

#define KEPT_FLAGS	(MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_NOATIME)
#define PROPAGATION	(MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE)

/* A string of mount(2): NULL stays NULL. To be freed with kfree; or ERR_PTR. */
static char *copy_mount_string(const char __user *s)
{
	char *buf;
	long len;

	if (!s)
		return NULL;
	buf = kmalloc(PAGE_SIZE, GFP_KERNEL);
	if (!buf)
		return ERR_PTR(-ENOMEM);
	len = strncpy_from_user(buf, s, PAGE_SIZE);
	if (len < 0 || len == (long)PAGE_SIZE) {
		kfree(buf);
		return ERR_PTR(len < 0 ? len : -EINVAL);
	}
	return buf;
}

static int do_remount(struct dentry *root, unsigned long flags)
{
	struct super_block *sb = root->d_inode->i_sb;

	if (root != sb->s_root)
		return -EINVAL;
	mutex_lock(&mount_mutex);
	sb->s_flags = (sb->s_flags & ~KEPT_FLAGS) | (flags & KEPT_FLAGS);
	mutex_unlock(&mount_mutex);
	return 0;
}

static int mount_at(struct dentry *where, const char *source, const char *type,
		    unsigned long flags, char *data)
{
	const struct file_system_type *fs;

	if (flags & MS_REMOUNT)
		return do_remount(where, flags);
	if (flags & PROPAGATION)
		return 0;	/* one namespace: nobody to share with, or to keep it from */
	if (flags & (MS_BIND | MS_MOVE))
		return -EINVAL;
	if (!type)
		return -EINVAL;
	fs = get_fs_type(type);
	return fs ? do_mount(source, where, fs, flags & KEPT_FLAGS, data) : -ENODEV;
}

SYSCALL_DEFINE5(mount, const char __user *, usource, const char __user *, uwhere,
		const char __user *, utype, unsigned long, flags, const void __user *, udata)
{
	char *type, *source, *data;
	struct dentry *where;
	int err;

	if ((flags & MS_MGC_MSK) == MS_MGC_VAL)
		flags &= ~MS_MGC_MSK;
	type = copy_mount_string(utype);
	if (IS_ERR(type))
		return PTR_ERR(type);
	source = copy_mount_string(usource);
	err = IS_ERR(source) ? PTR_ERR(source) : 0;
	if (err)
		goto out_type;
	data = copy_mount_string(udata);
	err = IS_ERR(data) ? PTR_ERR(data) : 0;
	if (err)
		goto out_source;
	where = user_path_at(AT_FDCWD, uwhere, LOOKUP_FOLLOW);
	err = IS_ERR(where) ? PTR_ERR(where) : 0;
	if (err)
		goto out_data;
	err = capable() ? mount_at(where, source, type, flags, data) : -EPERM;
	dput(where);
out_data:
	kfree(data);
out_source:
	kfree(source);
out_type:
	kfree(type);
	return err;
}

SYSCALL_DEFINE2(umount2, const char __user *, name, int, flags)
{
	struct dentry *root;
	int err;

	if (flags & ~(MNT_FORCE | MNT_DETACH | MNT_EXPIRE | UMOUNT_NOFOLLOW))
		return -EINVAL;
	root = user_path_at(AT_FDCWD, name, flags & UMOUNT_NOFOLLOW ? 0 : LOOKUP_FOLLOW);
	if (IS_ERR(root))
		return PTR_ERR(root);
	if (!capable())
		err = -EPERM;
	else if (flags & MNT_EXPIRE)
		err = flags & (MNT_FORCE | MNT_DETACH) ? -EINVAL : -EAGAIN;
	else
		err = do_umount(root, flags & MNT_DETACH);
	dput(root);
	return err;
}

SYSCALL_DEFINE5(setxattr, const char __user *, path, const char __user *, name,
		const void __user *, value, size_t, size, int, flags)
{
	return -EOPNOTSUPP;
}

SYSCALL_DEFINE5(lsetxattr, const char __user *, path, const char __user *, name,
		const void __user *, value, size_t, size, int, flags)
{
	return -EOPNOTSUPP;
}

SYSCALL_DEFINE5(fsetxattr, int, fd, const char __user *, name,
		const void __user *, value, size_t, size, int, flags)
{
	return -EOPNOTSUPP;
}

SYSCALL_DEFINE4(getxattr, const char __user *, path, const char __user *, name,
		void __user *, value, size_t, size)
{
	return -EOPNOTSUPP;
}

SYSCALL_DEFINE4(lgetxattr, const char __user *, path, const char __user *, name,
		void __user *, value, size_t, size)
{
	return -EOPNOTSUPP;
}

SYSCALL_DEFINE4(fgetxattr, int, fd, const char __user *, name, void __user *, value, size_t, size)
{
	return -EOPNOTSUPP;
}

SYSCALL_DEFINE3(listxattr, const char __user *, path, char __user *, list, size_t, size)
{
	return 0;
}

SYSCALL_DEFINE3(llistxattr, const char __user *, path, char __user *, list, size_t, size)
{
	return 0;
}

SYSCALL_DEFINE3(flistxattr, int, fd, char __user *, list, size_t, size)
{
	return 0;
}
