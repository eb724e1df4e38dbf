// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtqueue.c - a ring of buffers between driver and device ("split virtqueue").
 *
 *	desc[]   addr len flags next     buffers, chained by next; free ones too
 *	avail    idx | ring[]            we write: heads of chains for the device
 *	used     idx | ring[]            the device writes: heads it is done with
 *
 *	driver: fill a chain, avail->ring[idx % num] = head, idx++, notify
 *	device: work, used->ring[idx % num] = { head, bytes written }, idx++, interrupt
 *	driver: take heads from last_used up to used->idx, chain back to the free ones
 *
 * Both idx count on and on, modulo 2^16. An entry is written before the idx that
 * publishes it, and read after it: the barriers below.
 *
 * I1  Each descriptor is in the free chain or in exactly one chain of the device.
 * I2  nr_free is the length of the free chain.
 *
 * Locking: the driver's lock, for everything.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/atomic.h>
#include <linux-lite/kernel.h>
#include <linux-lite/virtio.h>
#include <asm/page.h>

/**
 * virtqueue_init - lay a queue out in its memory
 * @vq: to be filled in
 * @dev: its device
 * @index: of the device's queues
 * @num: descriptors, a power of two up to VIRTQUEUE_MAX
 * @memory: zeroed, page aligned, two pages: used begins on the second (legacy's rule)
 *
 * Context: boot.
 */
void virtqueue_init(struct virtqueue *vq, struct virtio_device *dev, unsigned int index,
		    unsigned int num, void *memory)
{
	static_assert(VIRTQUEUE_MAX * (sizeof(struct vring_desc) + 2) + 6 <= PAGE_SIZE, "desc");

	vq->dev = dev;
	vq->index = index;
	vq->num = num;
	vq->desc = memory;
	vq->avail = (struct vring_avail *)(vq->desc + num);
	vq->used = (struct vring_used *)((char *)memory + PAGE_SIZE);
	vq->nr_free = num;
	vq->free_head = 0;
	vq->last_used = 0;
	for (unsigned int i = 0; i < num; i++)
		vq->desc[i].next = i + 1;
}

int virtqueue_add(struct virtqueue *vq, const struct virtio_buf *bufs, unsigned int nr,
		  void *token)
{
	u16 head = vq->free_head, at = head, last = head;

	if (vq->nr_free < nr)
		return -ENOSPC;
	for (unsigned int i = 0; i < nr; i++) {
		struct vring_desc *d = &vq->desc[at];

		d->addr = __pa(bufs[i].addr);
		d->len = bufs[i].len;
		d->flags = VRING_DESC_F_NEXT | (bufs[i].device_writes ? VRING_DESC_F_WRITE : 0);
		last = at;
		at = d->next;
	}
	vq->desc[last].flags &= ~VRING_DESC_F_NEXT;
	vq->free_head = at;
	vq->nr_free -= nr;
	vq->token[head] = token;
	vq->avail->ring[vq->avail->idx % vq->num] = head;
	smp_store_release(&vq->avail->idx, (u16)(vq->avail->idx + 1));
	return 0;
}

void virtqueue_kick(struct virtqueue *vq)
{
	smp_mb();		/* avail->idx is out before we look whether it is wanted */
	if (!(READ_ONCE(vq->used->flags) & VRING_USED_F_NO_NOTIFY))
		virtio_notify(vq->dev, vq->index);
}

/* The chain that begins at @head back to the free ones. */
static void free_chain(struct virtqueue *vq, u16 head)
{
	u16 last = head;

	vq->nr_free++;
	while (vq->desc[last].flags & VRING_DESC_F_NEXT) {
		last = vq->desc[last].next;
		vq->nr_free++;
	}
	vq->desc[last].next = vq->free_head;
	vq->free_head = head;
}

void *virtqueue_get(struct virtqueue *vq, u32 *len)
{
	struct vring_used_elem *elem;
	u32 head;

	if (vq->last_used == smp_load_acquire(&vq->used->idx))
		return NULL;
	elem = &vq->used->ring[vq->last_used++ % vq->num];
	head = elem->id % vq->num;
	*len = elem->len;
	free_chain(vq, head);
	return vq->token[head];
}
