// SPDX-License-Identifier: GPL-2.0-only
/*
 * block_dev.c - disks as files: /dev/vda through the page cache.
 *
 *	read(2)  --> page of bdev's address_space  --miss--> read_folio  --> blk_read
 *	write(2) --> same page, dirty  ......  fsync, sync, last close --> blk_write
 *
 * All nodes of one disk share one address_space (struct bdev_inode), whatever
 * file system the node lies in: file->f_mapping points there and not into the
 * node's own inode.
 *
 * Dirty pages are written when somebody asks (fsync, sync, the last close, power
 * off); there is no daemon that does it by itself yet. They are found by walking
 * over the pages by index.
 */
#include <linux-lite/abi/termios.h>
#include <linux-lite/blkdev.h>
#include <linux-lite/cred.h>
#include <linux-lite/devices.h>
#include <linux-lite/file.h>
#include <linux-lite/sched.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/uio.h>
#include <asm/uaccess.h>

#define MAX_DISKS	16

static struct bdev_inode {
	struct inode *inode;		/* carries the pages; NULL until first opened */
	struct block_device *bdev;
	unsigned int openers;
} disks[MAX_DISKS];			/* bdev_mutex */
static DEFINE_MUTEX(bdev_mutex, RANK_MOUNT);

/* How much of a page lies on the disk: the last page may be cut short. */
static size_t page_bytes(struct address_space *mapping, struct page *page)
{
	loff_t start = (loff_t)page->index << PAGE_SHIFT;

	return min_t(loff_t, PAGE_SIZE, mapping->size - start);
}

static struct block_device *mapping_bdev(struct address_space *mapping)
{
	struct inode *inode = mapping->host;

	return ((struct bdev_inode *)inode->i_private)->bdev;
}

static u64 page_sector(struct page *page)
{
	return (u64)page->index << (PAGE_SHIFT - SECTOR_SHIFT);
}

static int blkdev_read_folio(struct address_space *mapping, struct page *page)
{
	return blk_read(mapping_bdev(mapping), page_sector(page), page_address(page),
			page_bytes(mapping, page));
}

static int blkdev_writepage(struct address_space *mapping, struct page *page)
{
	return blk_write(mapping_bdev(mapping), page_sector(page), page_address(page),
			 page_bytes(mapping, page));
}

static const struct address_space_operations blkdev_aops = {
	.read_folio = blkdev_read_folio,
	.writepage = blkdev_writepage,
};

/* The next dirty page at or after *@index, referenced, its bit cleared; NULL at the end. */
static struct page *next_dirty(struct address_space *mapping, pgoff_t *index)
{
	struct page *page;

	spin_lock(&mapping->lock);
	xa_for_each_start(&mapping->i_pages, *index, page, *index) {
		if (test_page_flag(page, PG_dirty)) {
			clear_page_flag(page, PG_dirty);
			get_page(page);
			break;
		}
	}
	spin_unlock(&mapping->lock);
	return page;
}

/* Write everything dirty. 0 or the first error. */
static int write_mapping(struct address_space *mapping)
{
	struct page *page;
	pgoff_t index = 0;
	int err, first = 0;

	while ((page = next_dirty(mapping, &index)) != NULL) {
		lock_page(page);
		err = blkdev_writepage(mapping, page);
		unlock_page(page);
		/* Stores through a shared mapping are not seen: while there is one, assume some. */
		if (err || page_mapcount(page))
			set_page_dirty(page);
		first = first ? first : err;
		put_page(page);
		index++;
	}
	return first;
}

static int sync_disk(struct bdev_inode *disk)
{
	int err = write_mapping(&disk->inode->i_data);
	int flush = disk->bdev->read_only ? 0 : blk_flush(disk->bdev);

	return err ? err : flush;
}

/* All disks. Errors stay with the pages, which stay dirty: fsync() on the disk reports them. */
SYSCALL_DEFINE0(sync)
{
	mutex_lock(&bdev_mutex);
	for (unsigned int i = 0; i < MAX_DISKS; i++)
		if (disks[i].inode)
			sync_disk(&disks[i]);
	mutex_unlock(&bdev_mutex);
	return 0;
}

/**
 * drop_pagecache - let go the clean pages of all disks that nobody uses: drop_caches
 *
 * Context: may sleep.
 */
void drop_pagecache(void)
{
	mutex_lock(&bdev_mutex);
	for (unsigned int i = 0; i < MAX_DISKS; i++)
		if (disks[i].inode)
			invalidate_mapping_pages(&disks[i].inode->i_data);
	mutex_unlock(&bdev_mutex);
}

/* BLKFLSBUF: what is dirty is written, what is clean goes. */
static int flush_buffers(struct bdev_inode *disk)
{
	int err = sync_disk(disk);

	invalidate_mapping_pages(&disk->inode->i_data);
	return err;
}

/* Pages of all disks in the page cache: /proc/meminfo's Buffers. */
unsigned long nr_blockdev_pages(void)
{
	unsigned long n = 0;

	for (unsigned int i = 0; i < MAX_DISKS; i++)
		if (disks[i].inode)
			n += disks[i].inode->i_data.nrpages;
	return n;
}

/* bdev_mutex held. The inode that carries the disk's pages: made once, kept for good. */
static int get_disk(struct bdev_inode *disk, struct block_device *bdev)
{
	if (disk->inode)
		return 0;
	disk->inode = new_inode(anon_sb, S_IFBLK | 0600);
	if (!disk->inode)
		return -ENOMEM;
	disk->bdev = bdev;
	disk->inode->i_private = disk;
	disk->inode->i_data.a_ops = &blkdev_aops;
	i_size_write(disk->inode, (loff_t)bdev->nr_sectors << SECTOR_SHIFT);
	return 0;
}

static int blkdev_open(struct inode *inode, struct file *file)
{
	unsigned int i = MINOR(inode->i_rdev) / VIRTBLK_MINORS;
	struct block_device *bdev = NULL;
	int err;

	if (MAJOR(inode->i_rdev) == VIRTBLK_MAJOR && MINOR(inode->i_rdev) % VIRTBLK_MINORS == 0 &&
	    i < MAX_DISKS)
		bdev = blk_get(i);
	if (!bdev)
		return -ENXIO;
	if (bdev->read_only && file->f_mode & FMODE_WRITE)
		return -EACCES;
	mutex_lock(&bdev_mutex);
	err = get_disk(&disks[i], bdev);
	if (!err) {
		disks[i].openers++;
		file->private_data = &disks[i];
		file->f_mapping = &disks[i].inode->i_data;
		file->f_mode |= FMODE_POS | FMODE_LSEEK;
	}
	mutex_unlock(&bdev_mutex);
	return err;
}

static void blkdev_release(struct file *file)
{
	struct bdev_inode *disk = file->private_data;

	if (__atomic_sub_fetch(&disk->openers, 1, __ATOMIC_SEQ_CST) == 0)
		sync_disk(disk);
}

static int blkdev_fsync(struct file *file)
{
	return sync_disk(file->private_data);
}

/* A disk does not grow: what goes beyond its end is ENOSPC. */
static ssize_t blkdev_write_iter(struct file *file, struct iov_iter *from, loff_t *pos)
{
	loff_t size = file->f_mapping->size;

	if (!iov_iter_count(from))
		return 0;
	if (*pos >= size)
		return -ENOSPC;
	from->count = min_t(loff_t, from->count, size - *pos);
	return generic_file_write_iter(file, from, pos);
}

static long blkdev_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct bdev_inode *disk = file->private_data;
	struct block_device *bdev = disk->bdev;

	switch (cmd) {
	case BLKGETSIZE:
		return put_user((unsigned long)bdev->nr_sectors, (unsigned long __user *)arg);
	case BLKGETSIZE64:
		return put_user((u64)bdev->nr_sectors << SECTOR_SHIFT, (u64 __user *)arg);
	case BLKSSZGET:
		return put_user((int)SECTOR_SIZE, (int __user *)arg);
	case BLKROGET:
		return put_user((int)bdev->read_only, (int __user *)arg);
	case BLKFLSBUF:
		return capable() ? flush_buffers(disk) : -EACCES;
	}
	return -ENOTTY;
}

const struct file_operations blkdev_fops = {
	.open = blkdev_open,
	.release = blkdev_release,
	.read_iter = generic_file_read_iter,
	.write_iter = blkdev_write_iter,
	.llseek = generic_file_llseek,
	.fsync = blkdev_fsync,
	.ioctl = blkdev_ioctl,
	.mmap = generic_file_mmap,
};
