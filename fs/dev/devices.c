// SPDX-License-Identifier: GPL-2.0-only
/*
 * devices.c - which device a node's number means.
 *
 *	inode S_IFCHR, 1:3  --init_special_inode-->  i_fop = null_fops
 *
 * The numbers are Linux's (Documentation/admin-guide/devices.txt), and a table
 * is all there is: nothing is registered at run time, except that disks appear.
 */
#include <linux-lite/blkdev.h>
#include <linux-lite/devices.h>
#include <linux-lite/file.h>
#include <linux-lite/pipe.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/tty.h>

const struct char_device char_devices[] = {
	{ MKDEV(MEM_MAJOR, 3), "null", 0666, &null_fops },
	{ MKDEV(MEM_MAJOR, 5), "zero", 0666, &zero_fops },
	{ MKDEV(MEM_MAJOR, 7), "full", 0666, &full_fops },
	{ MKDEV(MEM_MAJOR, 8), "random", 0666, &random_fops },
	{ MKDEV(MEM_MAJOR, 9), "urandom", 0666, &random_fops },
	{ MKDEV(MEM_MAJOR, 11), "kmsg", 0644, &kmsg_fops },
	{ MKDEV(TTY_MAJOR, 64), "ttyS0", 0660, &tty_file_operations },
	{ MKDEV(TTYAUX_MAJOR, 0), "tty", 0666, &dev_tty_file_operations },
	{ MKDEV(TTYAUX_MAJOR, 1), "console", 0600, &console_file_operations },
};

const unsigned int nr_char_devices = ARRAY_SIZE(char_devices);

/* A node whose device is not there, or a socket. */
static int no_device_open(struct inode *inode, struct file *file)
{
	return -ENXIO;
}

static const struct file_operations no_device_fops = {
	.open = no_device_open,
};

static const struct file_operations *char_fops(dev_t dev)
{
	for (unsigned int i = 0; i < nr_char_devices; i++)
		if (char_devices[i].dev == dev)
			return char_devices[i].fops;
	return &no_device_fops;
}

/**
 * init_special_inode - make an inode a device, a FIFO or a socket
 * @inode: new
 * @mode: says which of them
 * @rdev: the device's number
 *
 * Context: any. A number that means no device is found out by open(): -ENXIO.
 */
void init_special_inode(struct inode *inode, mode_t mode, dev_t rdev)
{
	inode->i_rdev = rdev;
	switch (mode & S_IFMT) {
	case S_IFCHR:
		inode->i_fop = char_fops(rdev);
		break;
	case S_IFBLK:
		inode->i_fop = &blkdev_fops;
		break;
	case S_IFIFO:
		inode->i_rdev = 0;
		inode->i_fop = &fifo_file_operations;
		break;
	default:
		inode->i_rdev = 0;
		inode->i_fop = &no_device_fops;
	}
}

/** devices_show - /proc/devices. Context: any. Return: 0. */
int devices_show(struct seq_file *m)
{
	seq_puts(m, "Character devices:\n  1 mem\n  4 ttyS\n  5 /dev/tty\n  5 /dev/console\n");
	seq_printf(m, "\nBlock devices:\n%3d virtblk\n", VIRTBLK_MAJOR);
	return 0;
}

/** partitions_show - /proc/partitions. Context: any. Return: 0. */
int partitions_show(struct seq_file *m)
{
	struct block_device *bdev;

	seq_puts(m, "major minor  #blocks  name\n\n");
	for (unsigned int i = 0; (bdev = blk_get(i)) != NULL; i++)
		seq_printf(m, "%4d  %7d %10lu %s\n", VIRTBLK_MAJOR, (int)(i * VIRTBLK_MINORS),
			   bdev->nr_sectors / 2, bdev->name);
	return 0;
}
