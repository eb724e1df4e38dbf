// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtio_blk.c - disks: vda, vdb, ... in the device tree's order.
 *
 * A request is a chain of three pieces of memory; a flush has no data:
 *
 *	struct slot                     the submitter's
 *	+------------------+            +-----------+
 *	| type, sector     |<-- desc 1  | data      |<-- desc 2
 *	|   device reads   |            |   n * 512 |    read by the device to write
 *	| status           |<-- desc 3  |   bytes   |    the disk, else written
 *	|   device writes  |            +-----------+
 *	+------------------+
 *
 *	bdev->submit:  free slot -> ring -> bell          any hart, any number
 *	interrupt  -> used:    ring -> status -> slot free        at once, up to num / 3
 *	                         -> rq->done() -> wake_up(room)
 *
 * Requests are finished in the device's order; slots make that possible, each with
 * the memory of one request. There are num / 3 of them, so whoever has a slot has
 * three descriptors: the ring is never full where a slot is free (I1).
 *
 * Data must be in the direct map, where contiguous addresses are contiguous
 * frames; a kernel stack is not.
 *
 * Locking: disk->lock guards the ring and the slots' list, interrupts off. It is
 * not held while done() runs, which takes its own locks and may submit again.
 *
 * A ring that breaks (virtqueue.c) fails everything in flight and all that comes
 * later with -EIO. The device is reset first: it must not write into memory whose
 * owner has been told that the request is over.
 *
 * Source: OASIS Virtual I/O Device (VIRTIO) 1.2, section 5.2.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/blkdev.h>
#include <linux-lite/bug.h>
#include <linux-lite/init.h>
#include <linux-lite/page.h>
#include <linux-lite/printk.h>
#include <linux-lite/slab.h>
#include <linux-lite/virtio.h>

/* Features that we know. */
#define F_SIZE_MAX	1	/* a piece of data has a limit */
#define F_RO		5
#define F_FLUSH		9	/* a cache that must be flushed */

/* Offsets in the configuration. */
#define CFG_CAPACITY	0	/* u64, sectors of 512 bytes */
#define CFG_SIZE_MAX	8	/* u32, bytes */

enum { TYPE_READ = 0, TYPE_WRITE = 1, TYPE_FLUSH = 4 };
enum { STATUS_OK = 0, STATUS_NONE = 0xff };

#define MAX_NUM		256
#define MAX_BYTES	MiB(1)

struct slot {
	struct {
		u32 type;
		u32 reserved;
		u64 sector;
	} header;			/* the device reads */
	u8 status;			/* the device writes: STATUS_OK or what went wrong */
	struct blk_request *rq;		/* NULL: the slot is free (lock) */
	struct slot *next_free;		/* (lock) */
};

struct disk {
	struct block_device bdev;
	struct virtio_device *vdev;	/* constant; its ring: (lock) */
	spinlock_t lock;		/* RANK_DRIVER */
	unsigned int nr_slots;		/* constant */
	struct slot *slots;		/* constant */
	struct slot *free;		/* (lock) */
};

static unsigned int nr_disks;		/* boot */

static struct slot *take_slot(struct disk *disk, struct blk_request *rq)
{
	static const u32 types[] = {
		[BLK_READ] = TYPE_READ, [BLK_WRITE] = TYPE_WRITE, [BLK_FLUSH] = TYPE_FLUSH,
	};
	struct slot *slot = disk->free;

	if (!slot)
		return NULL;
	disk->free = slot->next_free;
	slot->rq = rq;
	slot->status = STATUS_NONE;
	slot->header.type = types[rq->op];
	slot->header.reserved = 0;
	slot->header.sector = rq->op == BLK_FLUSH ? 0 : rq->sector;
	return slot;
}

static struct blk_request *release_slot(struct disk *disk, struct slot *slot)
{
	struct blk_request *rq = slot->rq;

	slot->rq = NULL;
	slot->next_free = disk->free;
	disk->free = slot;
	return rq;
}

/* Put the slot's chain into the ring. */
static int offer(struct disk *disk, struct slot *slot)
{
	const struct blk_request *rq = slot->rq;
	unsigned int n = 0, nr_read = rq->op == BLK_WRITE ? 2 : 1;
	struct vq_segment segments[3];

	segments[n++] = (struct vq_segment){ __pa(&slot->header), sizeof(slot->header) };
	if (rq->op != BLK_FLUSH)
		segments[n++] = (struct vq_segment){ __pa(rq->buf), rq->size_bytes };
	segments[n++] = (struct vq_segment){ __pa(&slot->status), sizeof(slot->status) };
	return virtqueue_add(&disk->vdev->vq, segments, nr_read, n - nr_read, slot);
}

/* block_device.submit: 0; -EAGAIN: no slot; -EIO: broken. */
static int submit(struct block_device *bdev, struct blk_request *rq)
{
	struct disk *disk = bdev->private;
	struct slot *slot;
	unsigned long flags;
	bool notify = false;
	int err = -EAGAIN;

	VM_BUG_ON(rq->op != BLK_FLUSH && !pfn_valid(__pa(rq->buf) >> PAGE_SHIFT));
	spin_lock_irqsave(&disk->lock, flags);
	slot = take_slot(disk, rq);
	if (slot) {
		err = offer(disk, slot);
		BUG_ON(err == -ENOSPC);		/* I1 */
		if (err)
			release_slot(disk, slot);
		else
			notify = virtqueue_wants_notify(&disk->vdev->vq);
	}
	spin_unlock_irqrestore(&disk->lock, flags);
	if (notify)
		virtio_notify(disk->vdev);
	return err;
}

/* Some slot whose request will never be finished, once the ring is broken. (lock) */
static struct slot *abandoned(struct disk *disk)
{
	for (unsigned int i = 0; i < disk->nr_slots; i++)
		if (disk->slots[i].rq)
			return &disk->slots[i];
	return NULL;
}

/* The next slot whose request is over, and its outcome; NULL if there is none. (lock) */
static struct slot *next_slot(struct disk *disk, int *error)
{
	struct virtqueue *vq = &disk->vdev->vq;
	bool was_broken = vq->broken;
	struct slot *slot;
	u32 len;

	slot = virtqueue_get(vq, &len);
	if (!vq->broken) {
		*error = slot && slot->status != STATUS_OK ? -EIO : 0;
		return slot;
	}
	if (!was_broken) {
		virtio_reset(disk->vdev);
		pr_err("%s: the device broke its ring: errors from now on\n", disk->bdev.name);
	}
	*error = -EIO;
	return abandoned(disk);
}

/* Interrupt: buffers were used. */
static void used(struct virtio_device *vdev)
{
	struct disk *disk = vdev->private;
	struct blk_request *rq;
	struct slot *slot;
	unsigned long flags;
	int error;

	for (;;) {
		spin_lock_irqsave(&disk->lock, flags);
		slot = next_slot(disk, &error);
		rq = slot ? release_slot(disk, slot) : NULL;
		spin_unlock_irqrestore(&disk->lock, flags);
		if (!rq)
			break;
		rq->error = error;
		rq->done(rq);
	}
	wake_up_all(&disk->bdev.room);
}

static __init int make_slots(struct disk *disk)
{
	disk->nr_slots = disk->vdev->vq.num / 3;
	if (!disk->nr_slots)
		return -ENODEV;
	disk->slots = kcalloc(disk->nr_slots, sizeof(*disk->slots), GFP_KERNEL);
	if (!disk->slots)
		return -ENOMEM;
	for (unsigned int i = 0; i < disk->nr_slots; i++)
		release_slot(disk, &disk->slots[i]);
	return 0;
}

/* What the device says of itself. */
static __init void describe(struct disk *disk)
{
	struct virtio_device *vdev = disk->vdev;
	struct block_device *bdev = &disk->bdev;

	bdev->name[0] = 'v';
	bdev->name[1] = 'd';
	bdev->name[2] = 'a' + nr_disks;		/* blk_register knows when to stop */
	bdev->nr_sectors = virtio_config_u64(vdev, CFG_CAPACITY);
	bdev->read_only = virtio_has(vdev, F_RO);
	bdev->has_flush = virtio_has(vdev, F_FLUSH);
	bdev->max_bytes = MAX_BYTES;
	if (virtio_has(vdev, F_SIZE_MAX)) {
		size_t most = virtio_config_u32(vdev, CFG_SIZE_MAX);

		bdev->max_bytes = ALIGN_DOWN(min(MAX_BYTES, most), SECTOR_SIZE);
	}
	bdev->submit = submit;
	bdev->private = disk;
}

/* From the first word with the device to the first request it may get. */
static __init int start_disk(struct disk *disk)
{
	struct virtio_device *vdev = disk->vdev;
	int err = virtio_negotiate(vdev, BIT(F_SIZE_MAX) | BIT(F_RO) | BIT(F_FLUSH));

	if (err)
		return err;
	describe(disk);
	if (!disk->bdev.max_bytes)
		return -ENODEV;
	err = virtio_setup_queue(vdev, MAX_NUM, used);
	if (!err)
		err = make_slots(disk);
	if (err)
		return err;
	virtio_ready(vdev);
	return blk_register(&disk->bdev);
}

/**
 * virtio_blk_probe - a disk is there: start it
 * @vdev: the device
 *
 * Context: boot, may sleep.
 * Return: 0; -ENODEV: a device that makes no sense; -ENOMEM; -ENOSPC: one disk too
 * many; -EINVAL, -EBUSY: no interrupt.
 */
int __init virtio_blk_probe(struct virtio_device *vdev)
{
	struct disk *disk = kzalloc(sizeof(*disk), GFP_KERNEL);
	int err;

	if (!disk)
		return -ENOMEM;
	disk->vdev = vdev;
	vdev->private = disk;
	spin_lock_init(&disk->lock, RANK_DRIVER);
	err = start_disk(disk);
	if (err) {
		kfree(disk->slots);
		if (!vdev->vq.num)	/* else the interrupt's handler knows it */
			kfree(disk);
		return err;
	}
	nr_disks++;
	pr_info("%s: [%s] %lu 512-byte sectors (%lu MiB)%s, version %u, %u requests at once\n",
		vdev->name, disk->bdev.name, disk->bdev.nr_sectors, disk->bdev.nr_sectors >> 11,
		disk->bdev.read_only ? ", read-only" : "", vdev->version, disk->nr_slots);
	return 0;
}
