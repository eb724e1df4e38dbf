/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * virtio.h - between virtio's drivers and the transport, drivers/virtio/virtio_mmio.c.
 *
 *	virtio_mmio_init: for each device of the device tree
 *	    -> virtio_blk_probe(vdev), virtio_rng_probe(vdev)     by its kind
 *	         virtio_negotiate(vdev, what the driver knows)    -> vdev->features
 *	         virtio_setup_queue(vdev, size, used)             -> vdev->vq
 *	         virtio_ready(vdev)                               it is live
 *	interrupt -> vdev->used(vdev): virtqueue_get(&vdev->vq), until NULL
 *
 * Small cousin of Linux's include/linux/virtio.h and virtio_config.h; left out:
 * several queues a device, other transports, removal, changes of configuration.
 */
#ifndef LINUX_LITE_VIRTIO_H
#define LINUX_LITE_VIRTIO_H

#include <linux-lite/abi/errno.h>
#include <linux-lite/kernel.h>
#include <linux-lite/virtqueue.h>

/* Kinds of devices (virtio 1.2, 5). */
#define VIRTIO_ID_BLOCK		2
#define VIRTIO_ID_RNG		4

/* Constant after boot, but for the queue's state: that is under the driver's lock. */
struct virtio_device {
	char *regs;			/* from ioremap() */
	char name[12];			/* virtio0, virtio1, ... in the device tree's order */
	unsigned int version;		/* 1: legacy; 2: modern */
	unsigned int kind;		/* VIRTIO_ID_* */
	unsigned int irq;
	u64 features;			/* BIT(n): what both sides know */
	struct virtqueue vq;		/* queue 0 */
	void (*used)(struct virtio_device *vdev);	/* in interrupt context */
	void *private;			/* the driver's */
};

static inline bool virtio_has(const struct virtio_device *vdev, unsigned int feature)
{
	return vdev->features & BIT(feature);
}

int virtio_negotiate(struct virtio_device *vdev, u64 known);
int virtio_setup_queue(struct virtio_device *vdev, unsigned int max_num,
		       void (*used)(struct virtio_device *vdev));
void virtio_ready(struct virtio_device *vdev);
void virtio_notify(struct virtio_device *vdev);
void virtio_reset(struct virtio_device *vdev);
u32 virtio_config_u32(struct virtio_device *vdev, unsigned int offset);
u64 virtio_config_u64(struct virtio_device *vdev, unsigned int offset);

/* drivers/virtio/virtio_blk.c, virtio_rng.c: 0, or -errno: the device is left alone. */
#ifdef CONFIG_VIRTIO_BLK
int virtio_blk_probe(struct virtio_device *vdev);
#else
static inline int virtio_blk_probe(struct virtio_device *vdev) { return -ENODEV; }
#endif
#ifdef CONFIG_VIRTIO_RNG
int virtio_rng_probe(struct virtio_device *vdev);
#else
static inline int virtio_rng_probe(struct virtio_device *vdev) { return -ENODEV; }
#endif

#endif
