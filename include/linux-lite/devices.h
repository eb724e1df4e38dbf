/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * devices.h - device nodes: numbers, names, and the operations behind them.
 * fs/dev/.
 */
#ifndef LINUX_LITE_DEVICES_H
#define LINUX_LITE_DEVICES_H

#include <linux-lite/fs.h>

#define MEM_MAJOR	1
#define TTY_MAJOR	4
#define TTYAUX_MAJOR	5
#define VIRTBLK_MAJOR	254
#define VIRTBLK_MINORS	16	/* a disk: the rest of them would be partitions */

/* One character device. */
struct char_device {
	dev_t dev;
	const char *name;		/* in /dev */
	mode_t mode;
	const struct file_operations *fops;
};

extern const struct char_device char_devices[];
extern const unsigned int nr_char_devices;

extern const struct file_operations null_fops, zero_fops, full_fops, random_fops, kmsg_fops,
	blkdev_fops;

/* Make all nodes in a directory of a tmpfs. 0 or -errno. */
int devtmpfs_populate(struct dentry *dir);
unsigned long nr_blockdev_pages(void);
void drop_pagecache(void);
struct seq_file;
int devices_show(struct seq_file *m);		/* /proc/devices */
int partitions_show(struct seq_file *m);	/* /proc/partitions */

#endif
