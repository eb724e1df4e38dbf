/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mount.h - mounting and unmounting. fs/super.c, fs/namespace.c.
 *
 * Small cousin of Linux's include/linux/mount.h.
 */
#ifndef LINUX_LITE_MOUNT_H
#define LINUX_LITE_MOUNT_H

#include <linux-lite/fs.h>

extern struct list_head super_blocks;		/* oldest first; mount_mutex */
extern struct mutex mount_mutex;		/* RANK_MOUNT */
extern const struct file_system_type rootfs_fs_type, tmpfs_fs_type, ramfs_fs_type,
	devtmpfs_fs_type, proc_fs_type;

const struct file_system_type *get_fs_type(const char *name);
/**
 * do_mount - make a file system and put it into the tree
 * @source: what /proc/mounts shows first
 * @where: the directory to cover; NULL: it becomes the root
 * @type: its kind
 * @flags: MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_NOATIME
 * @data: options, cut up; or NULL
 *
 * Context: may sleep.
 * Return: 0; -ENOTDIR, -EBUSY, -ENOENT for @where; -ENOMEM, -EINVAL from the file system.
 */
int do_mount(const char *source, struct dentry *where, const struct file_system_type *type,
	     unsigned long flags, char *data);
int do_umount(struct dentry *root, bool detach);

/* /proc/filesystems, /proc/mounts */
int filesystems_show(struct seq_file *m);
int mounts_show(struct seq_file *m);

#endif
