/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * blkdev.h - disks: devices of numbered sectors. drivers/blkdev.c.
 *
 *	fs: blk_read(bdev, sector, buf, n)         sleeps
 *	      -> bdev->submit(bdev, request)       the driver's ring; several may be in flight
 *	    interrupt -> request->done(request)
 *
 * Small cousin of Linux's include/linux/blkdev.h and bio.h; left out: merging,
 * scheduling, partitions, scatter lists.
 */
#ifndef LINUX_LITE_BLKDEV_H
#define LINUX_LITE_BLKDEV_H

#include <linux-lite/wait.h>

#define SECTOR_SHIFT	9
#define SECTOR_SIZE	512u
#define BLK_NAME_LEN	16

enum blk_op { BLK_READ, BLK_WRITE, BLK_FLUSH };

/* One transfer; the submitter's memory until done() is called. */
struct blk_request {
	enum blk_op op;
	u64 sector;
	void *buf;		/* direct-map address, so contiguous for the device, too */
	size_t size_bytes;	/* a multiple of SECTOR_SIZE, at most bdev->max_bytes */
	int error;		/* 0 or -errno, valid in done() */
	void (*done)(struct blk_request *rq);	/* in interrupt context */
	void *private;		/* the submitter's */
};

struct block_device {
	char name[BLK_NAME_LEN];	/* "vda" */
	u64 nr_sectors;
	bool read_only;
	bool has_flush;			/* a cache that BLK_FLUSH empties */
	size_t max_bytes;		/* of one request */
	/* Start it. 0; -EAGAIN: the ring is full, wait on room; -EIO: the device is dead. */
	int (*submit)(struct block_device *bdev, struct blk_request *rq);
	wait_queue_head_t room;
	void *private;			/* the driver's */
};

/* Driver: a new disk. Context: boot. 0, or -ENOSPC when there are too many. */
int blk_register(struct block_device *bdev);
/* The i-th disk, NULL at the end. */
struct block_device *blk_get(unsigned int i);

/**
 * blk_read - read sectors and wait
 * @buf: direct-map memory, @size_bytes a multiple of SECTOR_SIZE, any length
 *
 * Context: may sleep; not interruptible.
 * Return: 0 or -errno (-EIO).
 */
int blk_read(struct block_device *bdev, u64 sector, void *buf, size_t size_bytes);
int blk_write(struct block_device *bdev, u64 sector, const void *buf, size_t size_bytes);
/* What was written before is on the medium. 0 or -EIO. */
int blk_flush(struct block_device *bdev);

#endif
