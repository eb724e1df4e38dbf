// SPDX-License-Identifier: GPL-2.0-only
/*
 * devtmpfs.c - /dev: a tmpfs with a node for each device in it.
 *
 * The same nodes are made in the initramfs's own /dev before it is unpacked, so
 * that init finds its console there even if nobody mounts anything.
 *
 * Unlike Linux's, the links fd, stdin, stdout, stderr are there from the start:
 * no udev will come and make them.
 */
#include <linux-lite/blkdev.h>
#include <linux-lite/dcache.h>
#include <linux-lite/devices.h>
#include <linux-lite/mount.h>
#include <linux-lite/namei.h>
#include <linux-lite/string.h>
#include <linux-lite/tmpfs.h>

static int make_node(struct dentry *dir, const char *name, mode_t mode, dev_t dev)
{
	struct dentry *d = vfs_create_at(dir, name, strlen(name), mode, dev);

	if (!IS_ERR(d))
		dput(d);
	else if (PTR_ERR(d) != -EEXIST)
		return PTR_ERR(d);
	return 0;
}

static int make_link(struct dentry *dir, const char *name, const char *target)
{
	int err = vfs_symlink_at(dir, name, strlen(name), target);

	return err == -EEXIST ? 0 : err;
}

/**
 * devtmpfs_populate - make nodes for all devices there are
 * @dir: in a tmpfs; names that are there already are left alone
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM, -ENOSPC.
 */
int devtmpfs_populate(struct dentry *dir)
{
	const struct char_device *c = char_devices;
	struct block_device *bdev;
	int err = 0;

	for (unsigned int i = 0; i < nr_char_devices && !err; i++, c++)
		err = make_node(dir, c->name, S_IFCHR | c->mode, c->dev);
	for (unsigned int i = 0; !err && (bdev = blk_get(i)) != NULL; i++)
		err = make_node(dir, bdev->name, S_IFBLK | 0660,
				MKDEV(VIRTBLK_MAJOR, i * VIRTBLK_MINORS));
	if (!err)
		err = make_link(dir, "fd", "/proc/self/fd");
	if (!err)
		err = make_link(dir, "stdin", "/proc/self/fd/0");
	if (!err)
		err = make_link(dir, "stdout", "/proc/self/fd/1");
	if (!err)
		err = make_link(dir, "stderr", "/proc/self/fd/2");
	return err;
}

static int devtmpfs_fill_super(struct super_block *sb, char *data)
{
	int err = tmpfs_fill_super(sb, data);

	if (err)
		return err;
	sb->s_root->d_inode->i_mode = S_IFDIR | 0755;
	return devtmpfs_populate(sb->s_root);
}

const struct file_system_type devtmpfs_fs_type = {
	.name = "devtmpfs", .nodev = true, .fill_super = devtmpfs_fill_super,
};
