// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtio_blk.c - disks.
 *
 * A request is a chain of three buffers:
 *
 *	header { type, sector }   device reads
 *	data                      device reads or writes
 *	status, one byte          device writes: 0 is good
 *
 * Header and status must be in the direct map, and our callers' structures need
 * not be (kernel stacks are in vmalloc space), so each disk has a table of slots
 * for them, as many as chains fit into the ring.
 *
 * Locking: blk->lock (RANK_DRIVER, interrupts off) guards ring and slots. done()
 * is called without it.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/blkdev.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/slab.h>
#include <linux-lite/spinlock.h>
#include <linux-lite/string.h>
#include <linux-lite/virtio.h>

#define F_RO		(1UL << 5)
#define F_FLUSH		(1UL << 9)
#define CONFIG_CAPACITY	0		/* sectors, 64 bits */
#define MAX_BYTES	(1u << 20)
#define NR_SLOTS	(VIRTQUEUE_MAX / 3)

enum { T_IN, T_OUT, T_FLUSH = 4 };

struct slot {
	struct {
		u32 type, reserved;
		u64 sector;
	} header;
	u8 status;
	struct blk_request *rq;		/* NULL: the slot is free */
};

struct virtio_blk {
	spinlock_t lock;
	struct virtio_device *dev;	/* constant */
	struct block_device bdev;
	struct virtqueue vq;		/* lock */
	struct slot slots[NR_SLOTS];	/* lock; what the device reads and writes: its own */
};

static unsigned int nr_disks;		/* boot */

static struct slot *find_free_slot(struct virtio_blk *blk)
{
	for (unsigned int i = 0; i < NR_SLOTS; i++)
		if (!blk->slots[i].rq)
			return &blk->slots[i];
	return NULL;
}

/* Fill the slot and the ring. 0, or -ENOSPC. lock held. */
static int start_request(struct virtio_blk *blk, struct slot *slot, struct blk_request *rq)
{
	static const u32 types[] = {
		[BLK_READ] = T_IN, [BLK_WRITE] = T_OUT, [BLK_FLUSH] = T_FLUSH,
	};
	struct virtio_buf bufs[3];
	unsigned int nr = 0;
	int err;

	slot->header.type = types[rq->op];
	slot->header.reserved = 0;
	slot->header.sector = rq->op == BLK_FLUSH ? 0 : rq->sector;
	slot->status = 0xff;
	bufs[nr++] = (struct virtio_buf){ &slot->header, sizeof(slot->header), false };
	if (rq->op != BLK_FLUSH)
		bufs[nr++] = (struct virtio_buf){ rq->buf, rq->size_bytes, rq->op == BLK_READ };
	bufs[nr++] = (struct virtio_buf){ &slot->status, 1, true };
	err = virtqueue_add(&blk->vq, bufs, nr, slot);
	if (!err)
		slot->rq = rq;
	return err;
}

static int virtio_blk_submit(struct block_device *bdev, struct blk_request *rq)
{
	struct virtio_blk *blk = bdev->private;
	struct slot *slot;
	unsigned long flags;
	int err = -EAGAIN;

	spin_lock_irqsave(&blk->lock, flags);
	slot = find_free_slot(blk);
	if (slot && start_request(blk, slot, rq) == 0) {
		virtqueue_kick(&blk->vq);
		err = 0;
	}
	spin_unlock_irqrestore(&blk->lock, flags);
	return err;
}

/* The next request that is finished, its slot free again; NULL: none. */
static struct blk_request *take_finished(struct virtio_blk *blk)
{
	struct blk_request *rq = NULL;
	struct slot *slot;
	unsigned long flags;
	u32 len;

	spin_lock_irqsave(&blk->lock, flags);
	slot = virtqueue_get(&blk->vq, &len);
	if (slot) {
		rq = slot->rq;
		rq->error = slot->status ? -EIO : 0;
		slot->rq = NULL;
	}
	spin_unlock_irqrestore(&blk->lock, flags);
	return rq;
}

static void virtio_blk_interrupt(struct virtio_device *dev)
{
	struct virtio_blk *blk = dev->private;
	struct blk_request *rq;
	bool any = false;

	while ((rq = take_finished(blk))) {
		rq->done(rq);
		any = true;
	}
	if (any)
		wake_up_all(&blk->bdev.room);
}

static __init int start_disk(struct virtio_blk *blk)
{
	struct block_device *bdev = &blk->bdev;
	struct virtio_device *dev = blk->dev;
	int err = virtio_negotiate(dev, F_RO | F_FLUSH);

	if (err)
		return err;
	err = virtio_find_queue(dev, 0, &blk->vq);
	if (err)
		return err;
	strscpy(bdev->name, "vda", sizeof(bdev->name));
	bdev->name[2] += nr_disks;
	bdev->nr_sectors = virtio_config32(dev, CONFIG_CAPACITY) |
			   (u64)virtio_config32(dev, CONFIG_CAPACITY + 4) << 32;
	bdev->read_only = dev->features & F_RO;
	bdev->has_flush = dev->features & F_FLUSH;
	bdev->max_bytes = MAX_BYTES;
	bdev->submit = virtio_blk_submit;
	bdev->private = blk;
	err = blk_register(bdev);
	return err ? err : virtio_ready(dev, bdev->name);
}

int __init virtio_blk_probe(struct virtio_device *dev)
{
	struct virtio_blk *blk = kzalloc(sizeof(*blk), GFP_KERNEL);
	int err;

	if (!blk)
		return -ENOMEM;
	spin_lock_init(&blk->lock, RANK_DRIVER);
	blk->dev = dev;
	dev->private = blk;
	dev->interrupt = virtio_blk_interrupt;
	err = start_disk(blk);
	if (err) {
		pr_err("virtio_blk: a disk does not start (error %d)\n", err);
		virtio_fail(dev);
		return err;
	}
	nr_disks++;
	pr_info("virtio_blk: %s: %lu sectors (%lu MiB)%s%s\n", blk->bdev.name,
		blk->bdev.nr_sectors, blk->bdev.nr_sectors >> 11,
		blk->bdev.read_only ? ", read-only" : "", dev->legacy ? ", legacy" : "");
	return 0;
}
