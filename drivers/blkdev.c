// SPDX-License-Identifier: GPL-2.0-only
/*
 * blkdev.c - the disks there are, and reading and writing them piece by piece.
 *
 * blk_read() and blk_write() cut what is asked for into requests of at most
 * bdev->max_bytes and start them all before they wait, so that the device has
 * several to work on:
 *
 *	struct transfer (on the caller's stack)
 *	  left = 1 + requests in flight      <- done() counts down, in interrupt context
 *	  requests[IN_FLIGHT]                   and wakes at 0
 *
 * Locking: the list is written at boot only. A transfer's count is atomic; the
 * waiter's stack holds it, so the last done() must be out of it before the waiter
 * goes on: `finished' is set, and the waiter woken, under t->lock, and the waiter
 * looks at it under the same lock only.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/blkdev.h>
#include <linux-lite/kernel.h>
#include <linux-lite/sched.h>
#include <linux-lite/string.h>

#define MAX_DISKS	8
#define IN_FLIGHT	8

static struct block_device *disks[MAX_DISKS];
static unsigned int nr_disks;

int blk_register(struct block_device *bdev)
{
	if (nr_disks == MAX_DISKS)
		return -ENOSPC;
	init_waitqueue_head(&bdev->room);
	disks[nr_disks++] = bdev;
	return 0;
}

struct block_device *blk_get(unsigned int i)
{
	return i < nr_disks ? disks[i] : NULL;
}

static int check_request(const struct block_device *bdev, const struct blk_request *rq)
{
	u64 nr = rq->size_bytes >> SECTOR_SHIFT;

	if (rq->op == BLK_FLUSH)
		return 0;
	if (rq->op == BLK_WRITE && bdev->read_only)
		return -EROFS;
	if (!nr || rq->size_bytes % SECTOR_SIZE || rq->size_bytes > bdev->max_bytes)
		return -EINVAL;
	return rq->sector <= bdev->nr_sectors && nr <= bdev->nr_sectors - rq->sector ? 0 : -EINVAL;
}

/* Sleeps only for room in the device's ring. 0: done() will be called; or -errno: it will not. */
static int submit(struct block_device *bdev, struct blk_request *rq)
{
	int err = check_request(bdev, rq);

	if (err)
		return err;
	wait_event(bdev->room, (err = bdev->submit(bdev, rq)) != -EAGAIN);
	return err;
}

struct transfer {
	spinlock_t lock;		/* RANK_DRIVER, interrupts off */
	bool finished;			/* lock */
	struct task_struct *task;	/* who waits; constant */
	atomic_t left;
	int error;			/* the last one; 0: none */
	struct blk_request requests[IN_FLIGHT];
};

static void put_transfer(struct transfer *t)
{
	unsigned long flags;

	if (!atomic_dec_and_test(&t->left))
		return;
	spin_lock_irqsave(&t->lock, flags);
	t->finished = true;
	wake_up_process(t->task);
	spin_unlock_irqrestore(&t->lock, flags);
}

static bool is_finished(struct transfer *t)
{
	bool finished;

	spin_lock_irq(&t->lock);
	finished = t->finished;
	spin_unlock_irq(&t->lock);
	return finished;
}

static void wait_for_transfer(struct transfer *t)
{
	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (is_finished(t))
			break;
		schedule();
	}
	set_current_state(TASK_RUNNING);
}

static void transfer_done(struct blk_request *rq)
{
	struct transfer *t = rq->private;

	if (rq->error)
		WRITE_ONCE(t->error, rq->error);
	put_transfer(t);
}

/* Up to IN_FLIGHT requests, and wait. Return: bytes moved, or -errno. */
static ssize_t transfer_some(struct block_device *bdev, enum blk_op op, u64 sector, char *buf,
			     size_t size_bytes)
{
	struct transfer t = { .lock = SPINLOCK_INIT(RANK_DRIVER, "transfer.lock"),
			      .task = current, .left = ATOMIC_INIT(1) };
	size_t done = 0;
	int err = 0;

	for (int i = 0; i < IN_FLIGHT && done < size_bytes && !err; i++) {
		struct blk_request *rq = &t.requests[i];
		size_t n = min(size_bytes - done, bdev->max_bytes);

		*rq = (struct blk_request){ .op = op, .sector = sector + (done >> SECTOR_SHIFT),
					    .buf = buf + done, .size_bytes = n,
					    .done = transfer_done, .private = &t };
		atomic_inc(&t.left);
		err = submit(bdev, rq);
		if (err)
			atomic_dec(&t.left);
		else
			done += n;
	}
	put_transfer(&t);
	wait_for_transfer(&t);
	if (t.error)
		return t.error;
	return err ? err : (ssize_t)done;
}

static int transfer_all(struct block_device *bdev, enum blk_op op, u64 sector, char *buf,
			size_t size_bytes)
{
	might_sleep();
	if (size_bytes % SECTOR_SIZE)
		return -EINVAL;
	while (size_bytes) {
		ssize_t n = transfer_some(bdev, op, sector, buf, size_bytes);

		if (n < 0)
			return n;
		sector += n >> SECTOR_SHIFT;
		buf += n;
		size_bytes -= n;
	}
	return 0;
}

int blk_read(struct block_device *bdev, u64 sector, void *buf, size_t size_bytes)
{
	return transfer_all(bdev, BLK_READ, sector, buf, size_bytes);
}

int blk_write(struct block_device *bdev, u64 sector, const void *buf, size_t size_bytes)
{
	return transfer_all(bdev, BLK_WRITE, sector, (char *)buf, size_bytes);
}

int blk_flush(struct block_device *bdev)
{
	ssize_t n;

	if (!bdev->has_flush)
		return 0;
	n = transfer_some(bdev, BLK_FLUSH, 0, NULL, SECTOR_SIZE);
	return n < 0 ? n : 0;
}
