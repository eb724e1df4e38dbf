/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * virtqueue.h - virtio's split ring. The theory is the head of
 * drivers/virtio/virtqueue.c.
 *
 * Small cousin of Linux's include/uapi/linux/virtio_ring.h and of
 * drivers/virtio/virtio_ring.c; left out: indirect descriptors, event indices,
 * packed rings, and mapping for an IOMMU.
 */
#ifndef LINUX_LITE_VIRTQUEUE_H
#define LINUX_LITE_VIRTQUEUE_H

#include <linux-lite/types.h>

/* --- in memory that the device reads and writes; little-endian (virtio 1.2, 2.7) --- */

#define VRING_DESC_F_NEXT	1	/* the chain goes on at desc[next] */
#define VRING_DESC_F_WRITE	2	/* the device writes here, else it reads */
#define VRING_USED_F_NO_NOTIFY	1	/* device: don't tell me of new buffers */
#define VRING_MAX_SIZE		32768	/* descriptors, so that 16-bit indices never lap */

struct vring_desc {
	u64 addr;		/* physical */
	u32 len;		/* bytes */
	u16 flags;		/* VRING_DESC_F_* */
	u16 next;
};

struct vring_avail {
	u16 flags;
	u16 idx;		/* entries ever offered, mod 2^16 */
	u16 ring[];		/* heads of chains */
};

struct vring_used_elem {
	u32 id;			/* head of a chain that the device is done with */
	u32 len;		/* bytes it wrote there */
};

struct vring_used {
	u16 flags;		/* VRING_USED_F_* */
	u16 idx;		/* entries ever used, mod 2^16 */
	struct vring_used_elem ring[];
};

static_assert(sizeof(struct vring_desc) == 16 && sizeof(struct vring_used_elem) == 8,
	      "the device's layout");

/* --- the driver's side --- */

/* One contiguous piece of memory for the device. */
struct vq_segment {
	phys_addr_t addr;
	u32 len;		/* bytes */
};

/* What we know of descriptor i, where the device can't spoil it. */
struct vq_slot {
	void *token;		/* of the chain that starts here; NULL: none does */
	u16 next;		/* the next one of its chain, or free one */
	u16 nr;			/* length of the chain that starts here */
};

/* All but the constants: the owner's lock. */
struct virtqueue {
	unsigned int num;		/* descriptors, a power of two (constant) */
	struct vring_desc *desc;	/* constant, and so are the next three */
	struct vring_avail *avail;
	struct vring_used *used;
	struct vq_slot *slots;		/* num of them */
	unsigned int nr_free;
	u16 free_head;			/* first free descriptor, when nr_free > 0 */
	u16 avail_idx;			/* what we wrote to avail->idx last */
	u16 last_used;			/* how far we have read the used ring */
	bool broken;			/* the device wrote nonsense: use it no more */
};

size_t virtqueue_bytes(unsigned int num, size_t align);
int virtqueue_init(struct virtqueue *vq, unsigned int num, void *ring, size_t align,
		   struct vq_slot *slots);
int virtqueue_add(struct virtqueue *vq, const struct vq_segment *segments, unsigned int nr_read,
		  unsigned int nr_write, void *token);
bool virtqueue_wants_notify(struct virtqueue *vq);
void *virtqueue_get(struct virtqueue *vq, u32 *len);
int virtqueue_check(const struct virtqueue *vq);

#endif
