/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * virtio.h - devices that share rings of buffer descriptors with us.
 *
 *	virtio_mmio.c   finds devices, agrees on features, hands queues out
 *	virtqueue.c     one ring: buffers in, finished buffers out
 *	virtio_blk.c, virtio_rng.c: drivers
 *
 * Reference: OASIS, Virtual I/O Device (VIRTIO) Version 1.2; "legacy" is the
 * interface before 1.0, which QEMU offers by default on its virt machine.
 */
#ifndef LINUX_LITE_VIRTIO_H
#define LINUX_LITE_VIRTIO_H

#include <linux-lite/types.h>

#define VIRTQUEUE_MAX	128u		/* descriptors, a power of two */

/* --- the ring's memory: read by the device --- */

struct vring_desc {
	u64 addr;			/* physical */
	u32 len;
	u16 flags;
	u16 next;
};

#define VRING_DESC_F_NEXT	1	/* the chain goes on at next */
#define VRING_DESC_F_WRITE	2	/* the device writes this buffer */

struct vring_avail {
	u16 flags;
	u16 idx;
	u16 ring[];
};

struct vring_used_elem {
	u32 id;
	u32 len;
};

struct vring_used {
	u16 flags;
	u16 idx;
	struct vring_used_elem ring[];
};

#define VRING_USED_F_NO_NOTIFY	1

/* --- one queue; all fields are under the lock of the device's driver --- */

struct virtqueue {
	struct virtio_device *dev;	/* constant */
	unsigned int index;		/* of the device's queues; constant */
	unsigned int num;		/* descriptors; constant */
	struct vring_desc *desc;
	struct vring_avail *avail;
	struct vring_used *used;
	unsigned int nr_free;		/* descriptors in the free chain */
	u16 free_head;			/* first of them */
	u16 last_used;			/* what we have taken from used, counted on and on */
	void *token[VIRTQUEUE_MAX];	/* of the chain that begins at a descriptor */
};

/* One piece of memory for the device: a direct-map address. */
struct virtio_buf {
	void *addr;
	u32 len;
	bool device_writes;
};

/* Put a chain of buffers (those the device writes last) into the ring. 0, -ENOSPC. */
int virtqueue_add(struct virtqueue *vq, const struct virtio_buf *bufs, unsigned int nr,
		  void *token);
/* Tell the device. */
void virtqueue_kick(struct virtqueue *vq);
/* A chain the device is done with: its token, and how much was written; NULL: none. */
void *virtqueue_get(struct virtqueue *vq, u32 *len);
/* virtio_mmio.c's: set up a queue in its memory. */
void virtqueue_init(struct virtqueue *vq, struct virtio_device *dev, unsigned int index,
		    unsigned int num, void *memory);

/* --- devices --- */

enum virtio_id { VIRTIO_ID_BLOCK = 2, VIRTIO_ID_RNG = 4 };

#define VIRTIO_F_VERSION_1	(1UL << 32)

struct virtio_device {
	char *regs;			/* constant */
	bool legacy;			/* constant */
	unsigned int irq;		/* constant */
	u64 features;			/* agreed on; constant after virtio_start */
	void (*interrupt)(struct virtio_device *dev);	/* the driver's: look at your queues */
	void *private;			/* the driver's */
};

/* Agree on those of @wanted that the device has. 0, or -ENODEV. Then queues, then ready. */
int virtio_negotiate(struct virtio_device *dev, u64 wanted);
/* Make queue @index. 0, -ENOENT, -ENOMEM. */
int virtio_find_queue(struct virtio_device *dev, unsigned int index, struct virtqueue *vq);
/* Everything is set up: the device may start. 0 or -errno (its interrupt is taken). */
int virtio_ready(struct virtio_device *dev, const char *name);
/* Give the device up. */
void virtio_fail(struct virtio_device *dev);
u32 virtio_config32(struct virtio_device *dev, unsigned int offset);
void virtio_notify(struct virtio_device *dev, unsigned int queue);

/* Drivers: take the device over. 0 or -errno. Context: boot, may sleep. */
#ifdef CONFIG_VIRTIO_BLK
int virtio_blk_probe(struct virtio_device *dev);
#else
static inline int virtio_blk_probe(struct virtio_device *dev) { return -1; }
#endif
#ifdef CONFIG_VIRTIO_RNG
int virtio_rng_probe(struct virtio_device *dev);
#else
static inline int virtio_rng_probe(struct virtio_device *dev) { return -1; }
#endif

#endif
