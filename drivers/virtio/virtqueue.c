// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtqueue.c - a ring in memory through which a driver and a device trade buffers.
 *
 * A buffer is a chain of descriptors: pieces of memory that the device reads,
 * then pieces that it writes. Three arrays hold all there is to say:
 *
 *	          desc[num]                    the pieces
 *	          +------+------+------+------+------+------+
 *	          | addr | addr | free | addr | addr | free |
 *	          | next-->     |      | next-->     |      |
 *	          +--^---+------+------+--^---+------+------+
 *	   avail     |                    |             used
 *	   +-----+---+-+                  |             +-----+-------------+
 *	   | idx | 0 3 |------------------+             | idx | {0, 512}    |
 *	   +-----+-----+                                +-----+-------------+
 *	   driver writes: "take chain 0, take chain 3"  device writes: "chain 0
 *	                                                is done, 512 bytes written"
 *
 *	virtqueue_add --> avail --> device works, in any order --> used --> virtqueue_get
 *
 * Both rings have num entries. Their indices count entries since the start, in
 * 16 bits, and wrap from 65535 to 0 by themselves; entry number i is ring[i % num],
 * and num divides 65536, so the wrap is no seam. How many entries are new is
 * idx - last, in 16 bits, always at most num: nobody can offer more chains than
 * there are descriptors.
 *
 * Invariants (virtqueue_check):
 *  I1  each descriptor is in the free list, nr_free long from free_head, or in
 *      exactly one chain that the device has: nr_free + their lengths = num
 *  I2  slots[i].token is set if and only if such a chain starts at i
 *  I3  avail_idx - last_used, mod 2^16, is the number of those chains
 *  I4  avail->idx == avail_idx: what is added is offered at once
 *
 * Links are kept twice: in desc[].next for the device, in slots[].next for us. We
 * believe our own only, and of what the device writes the index, the id and the
 * length: an id that it can't mean sets broken, and that is all it can do to us.
 *
 * Memory order. Driver and device share memory and no lock, so each hands over
 * by writing its index last, and takes over by reading that first:
 *
 *	driver                                device
 *	------                                ------
 *	write desc[], avail->ring[i]
 *	   -- release --
 *	write avail->idx = i + 1              read avail->idx
 *	                                         -- acquire --
 *	                                      read avail->ring[i], desc[]; work
 *	                                      write the data, used->ring[j]
 *	                                         -- release --
 *	read used->idx                        write used->idx = j + 1
 *	   -- acquire --
 *	read used->ring[j], the data
 *
 * Without the first release the device could see the new index and an old entry;
 * without the acquire at the bottom, we old data. On RISC-V a release is "fence
 * rw,w" before the store, and fences order memory for devices as for harts
 * (unprivileged ISA, "FENCE"). Registers are I/O and not memory: writel() has the
 * "fence w,o" that keeps the doorbell behind the ring.
 *
 * A device that is busy says so in used->flags and is spared the doorbell, which
 * costs an exit to the hypervisor:
 *
 *	driver                                device, out of work
 *	------                                ------
 *	write avail->idx                      write used->flags = 0
 *	   -- full fence --                      -- full fence --
 *	read used->flags: ring?               read avail->idx: more after all?
 *
 * Each writes one word, then reads the other's. With the fences at least one of
 * them sees the other's write; with a release only, both may miss it (the store
 * waits in the hart's store buffer while the load goes ahead), and the request
 * is never served.
 *
 * Locking: none here; the owner's lock for every call. Pure: knows no registers,
 * no interrupts, no allocator. drivers/virtio/virtio_mmio.c has those.
 *
 * Source: OASIS Virtual I/O Device (VIRTIO) 1.2, sections 2.6 and 2.7.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/atomic.h>
#include <linux-lite/bug.h>
#include <linux-lite/kernel.h>
#include <linux-lite/log2.h>
#include <linux-lite/virtqueue.h>

/* Both rings end in one more u16, an index for events that we don't use. */
static size_t avail_bytes(unsigned int num)
{
	return sizeof(struct vring_avail) + num * sizeof(u16) + sizeof(u16);
}

static size_t used_bytes(unsigned int num)
{
	return sizeof(struct vring_used) + num * sizeof(struct vring_used_elem) + sizeof(u16);
}

static size_t used_offset(unsigned int num, size_t align)
{
	return ALIGN(num * sizeof(struct vring_desc) + avail_bytes(num), align);
}

/**
 * virtqueue_bytes - size of the memory for a ring
 * @num: descriptors, a power of two
 * @align: bytes, a power of two, at least 4: where the used ring may start
 *
 * Context: any.
 * Return: bytes, a multiple of @align.
 */
size_t virtqueue_bytes(unsigned int num, size_t align)
{
	return ALIGN(used_offset(num, align) + used_bytes(num), align);
}

/**
 * virtqueue_init - lay out an empty ring
 * @vq: the queue
 * @num: descriptors, a power of two, 1..VRING_MAX_SIZE
 * @ring: virtqueue_bytes() of zeroed memory, aligned to @align
 * @align: bytes, as for virtqueue_bytes(); a legacy device knows the layout by it
 * @slots: @num of them, the queue's from now on
 *
 * Context: any.
 * Return: 0, or -EINVAL for a @num that is not allowed.
 */
int virtqueue_init(struct virtqueue *vq, unsigned int num, void *ring, size_t align,
		   struct vq_slot *slots)
{
	if (!is_power_of_2(num) || num > VRING_MAX_SIZE)
		return -EINVAL;
	*vq = (struct virtqueue){
		.num = num,
		.desc = ring,
		.avail = ring + num * sizeof(struct vring_desc),
		.used = ring + used_offset(num, align),
		.slots = slots,
		.nr_free = num,
	};
	for (unsigned int i = 0; i < num; i++)
		slots[i] = (struct vq_slot){ .next = i + 1 };
	return 0;
}

/* Fill @nr free descriptors. Return: the free one after them. */
static u16 write_chain(struct virtqueue *vq, const struct vq_segment *segments,
		       unsigned int nr_read, unsigned int nr)
{
	u16 i = vq->free_head;

	for (unsigned int n = 0; n < nr; n++) {
		struct vring_desc *desc = &vq->desc[i];

		desc->addr = segments[n].addr;
		desc->len = segments[n].len;
		desc->flags = n < nr_read ? 0 : VRING_DESC_F_WRITE;
		if (n + 1 < nr)
			desc->flags |= VRING_DESC_F_NEXT;
		desc->next = vq->slots[i].next;
		i = vq->slots[i].next;
	}
	return i;
}

/**
 * virtqueue_add - offer a buffer to the device
 * @vq: the queue
 * @segments: its pieces: first @nr_read that the device reads, then @nr_write that it
 *	writes; together at least one
 * @nr_read: how many are to be read
 * @nr_write: how many are to be written
 * @token: what virtqueue_get() will answer, not NULL
 *
 * The device may start at once, or only when it is notified: ask
 * virtqueue_wants_notify() after one or several of these.
 *
 * Context: any; the owner's lock.
 * Return: 0; -ENOSPC: too few free descriptors; -EIO: the queue is broken.
 */
int virtqueue_add(struct virtqueue *vq, const struct vq_segment *segments, unsigned int nr_read,
		  unsigned int nr_write, void *token)
{
	unsigned int nr = nr_read + nr_write;
	u16 head = vq->free_head;

	BUG_ON(!nr || !token);
	if (vq->broken)
		return -EIO;
	if (nr > vq->nr_free)
		return -ENOSPC;
	vq->free_head = write_chain(vq, segments, nr_read, nr);
	vq->nr_free -= nr;
	vq->slots[head].token = token;
	vq->slots[head].nr = nr;

	vq->avail->ring[vq->avail_idx % vq->num] = head;
	vq->avail_idx++;
	smp_store_release(&vq->avail->idx, vq->avail_idx);
	return 0;
}

/**
 * virtqueue_wants_notify - does the device have to be told of what was added?
 * @vq: the queue
 *
 * Context: any; the owner's lock.
 * Return: true: ring its bell. False: it is at work and will look by itself.
 */
bool virtqueue_wants_notify(struct virtqueue *vq)
{
	smp_mb();	/* avail->idx is written before used->flags is read: see the head */
	return !(READ_ONCE(vq->used->flags) & VRING_USED_F_NO_NOTIFY);
}

/* The chain goes to the front of the free list. */
static void free_chain(struct virtqueue *vq, u16 head)
{
	u16 last = head;

	for (unsigned int n = 1; n < vq->slots[head].nr; n++)
		last = vq->slots[last].next;
	vq->slots[last].next = vq->free_head;
	vq->free_head = head;
	vq->nr_free += vq->slots[head].nr;
	vq->slots[head].token = NULL;
}

/**
 * virtqueue_get - take a buffer back that the device is done with
 * @vq: the queue
 * @len: set to the bytes that the device says it wrote: check it
 *
 * Buffers come back in the order in which the device finished them.
 *
 * Context: any; the owner's lock.
 * Return: the token of virtqueue_add(); NULL: none is done, or the queue is broken.
 */
void *virtqueue_get(struct virtqueue *vq, u32 *len)
{
	struct vring_used_elem *elem = &vq->used->ring[vq->last_used % vq->num];
	void *token;
	u32 id;

	if (vq->broken || smp_load_acquire(&vq->used->idx) == vq->last_used)
		return NULL;
	id = READ_ONCE(elem->id);
	*len = READ_ONCE(elem->len);
	if (id >= vq->num || !vq->slots[id].token) {
		vq->broken = true;
		return NULL;
	}
	token = vq->slots[id].token;
	free_chain(vq, id);
	vq->last_used++;
	return token;
}

/**
 * virtqueue_check - walk the invariants
 * @vq: the queue
 *
 * Context: any; the owner's lock. Time: num.
 * Return: 0, or the number of the invariant that does not hold.
 */
int virtqueue_check(const struct virtqueue *vq)
{
	unsigned int nr_out = 0, chains = 0;
	u16 i = vq->free_head;

	for (unsigned int n = 0; n < vq->nr_free; n++) {
		if (i >= vq->num || vq->nr_free > vq->num)
			return 1;
		if (vq->slots[i].token)
			return 2;
		i = vq->slots[i].next;
	}
	for (unsigned int head = 0; head < vq->num; head++) {
		if (vq->slots[head].token) {
			nr_out += vq->slots[head].nr;
			chains++;
		}
	}
	if (vq->nr_free + nr_out != vq->num)
		return 1;
	if ((u16)(vq->avail_idx - vq->last_used) != chains)
		return 3;
	return READ_ONCE(vq->avail->idx) == vq->avail_idx ? 0 : 4;
}
