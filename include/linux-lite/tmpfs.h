/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tmpfs.h - what other parts of fs/ build on tmpfs. fs/tmpfs.c, memfd.c, devtmpfs.c.
 */
#ifndef LINUX_LITE_TMPFS_H
#define LINUX_LITE_TMPFS_H

#include <linux-lite/fs.h>

int tmpfs_fill_super(struct super_block *sb, char *data);
struct inode *tmpfs_get_inode(struct super_block *sb, mode_t mode, dev_t rdev);

#endif
