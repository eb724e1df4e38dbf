// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtio_mmio.c - virtio devices behind a page of registers each.
 *
 * The device tree names the slots ("virtio,mmio"); an empty slot has device id 0.
 * Bringing one up is a conversation over the status register:
 *
 *	0 (reset), ACKNOWLEDGE, DRIVER, features, [FEATURES_OK], queues, DRIVER_OK
 *
 * Version 2 is VIRTIO 1.x: 64 feature bits, three addresses a queue. Version 1
 * ("legacy", QEMU's default): 32 feature bits, no FEATURES_OK, and the queue's three
 * parts lie in one piece whose page number is given. We use that layout for both.
 *
 * Locking: none here; devices are brought up one after the other at boot.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/drivers.h>
#include <linux-lite/gfp.h>
#include <linux-lite/init.h>
#include <linux-lite/irq.h>
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/slab.h>
#include <linux-lite/virtio.h>
#include <linux-lite/vmalloc.h>
#include <asm/io.h>
#include <asm/setup.h>

enum {
	MAGIC = 0x000, VERSION = 0x004, DEVICE_ID = 0x008,
	DEVICE_FEATURES = 0x010, DEVICE_FEATURES_SEL = 0x014,
	DRIVER_FEATURES = 0x020, DRIVER_FEATURES_SEL = 0x024,
	GUEST_PAGE_SIZE = 0x028,			/* legacy */
	QUEUE_SEL = 0x030, QUEUE_NUM_MAX = 0x034, QUEUE_NUM = 0x038,
	QUEUE_ALIGN = 0x03c, QUEUE_PFN = 0x040,		/* legacy */
	QUEUE_READY = 0x044, QUEUE_NOTIFY = 0x050,
	INTERRUPT_STATUS = 0x060, INTERRUPT_ACK = 0x064, STATUS = 0x070,
	QUEUE_DESC = 0x080, QUEUE_DRIVER = 0x090, QUEUE_DEVICE = 0x0a0,
	CONFIG = 0x100,
};

#define MAGIC_VALUE	0x74726976u	/* "virt" */

#define S_ACKNOWLEDGE	1u
#define S_DRIVER	2u
#define S_DRIVER_OK	4u
#define S_FEATURES_OK	8u
#define S_FAILED	128u

static inline u32 get(struct virtio_device *dev, unsigned int reg)
{
	return readl(dev->regs + reg);
}

static inline void put(struct virtio_device *dev, unsigned int reg, u32 value)
{
	writel(value, dev->regs + reg);
}

static void add_status(struct virtio_device *dev, u32 bits)
{
	put(dev, STATUS, get(dev, STATUS) | bits);
}

void virtio_notify(struct virtio_device *dev, unsigned int queue)
{
	put(dev, QUEUE_NOTIFY, queue);
}

u32 virtio_config32(struct virtio_device *dev, unsigned int offset)
{
	return get(dev, CONFIG + offset);
}

void virtio_fail(struct virtio_device *dev)
{
	add_status(dev, S_FAILED);
}

static u64 device_features(struct virtio_device *dev)
{
	u64 features;

	put(dev, DEVICE_FEATURES_SEL, 0);
	features = get(dev, DEVICE_FEATURES);
	if (dev->legacy)
		return features;
	put(dev, DEVICE_FEATURES_SEL, 1);
	return features | (u64)get(dev, DEVICE_FEATURES) << 32;
}

int virtio_negotiate(struct virtio_device *dev, u64 wanted)
{
	put(dev, STATUS, 0);
	add_status(dev, S_ACKNOWLEDGE);
	add_status(dev, S_DRIVER);
	if (!dev->legacy)
		wanted |= VIRTIO_F_VERSION_1;
	dev->features = device_features(dev) & wanted;
	put(dev, DRIVER_FEATURES_SEL, 0);
	put(dev, DRIVER_FEATURES, dev->features);
	if (dev->legacy) {
		put(dev, GUEST_PAGE_SIZE, PAGE_SIZE);
		return 0;
	}
	put(dev, DRIVER_FEATURES_SEL, 1);
	put(dev, DRIVER_FEATURES, dev->features >> 32);
	add_status(dev, S_FEATURES_OK);
	return get(dev, STATUS) & S_FEATURES_OK ? 0 : -ENODEV;
}

static void put_address(struct virtio_device *dev, unsigned int reg, const void *p)
{
	put(dev, reg, __pa(p));
	put(dev, reg + 4, __pa(p) >> 32);
}

int virtio_find_queue(struct virtio_device *dev, unsigned int index, struct virtqueue *vq)
{
	unsigned int max;
	void *memory;

	put(dev, QUEUE_SEL, index);
	max = get(dev, QUEUE_NUM_MAX);
	if (!max)
		return -ENOENT;
	memory = __get_free_pages(GFP_KERNEL | __GFP_ZERO, 1);
	if (!memory)
		return -ENOMEM;
	virtqueue_init(vq, dev, index, min(max, VIRTQUEUE_MAX), memory);
	put(dev, QUEUE_NUM, vq->num);
	if (dev->legacy) {
		put(dev, QUEUE_ALIGN, PAGE_SIZE);
		put(dev, QUEUE_PFN, __pa(memory) >> PAGE_SHIFT);
		return 0;
	}
	put_address(dev, QUEUE_DESC, vq->desc);
	put_address(dev, QUEUE_DRIVER, vq->avail);
	put_address(dev, QUEUE_DEVICE, vq->used);
	put(dev, QUEUE_READY, 1);
	return 0;
}

static void virtio_interrupt(unsigned int irq, void *data)
{
	struct virtio_device *dev = data;

	put(dev, INTERRUPT_ACK, get(dev, INTERRUPT_STATUS));
	dev->interrupt(dev);
}

int virtio_ready(struct virtio_device *dev, const char *name)
{
	int err = request_irq(dev->irq, virtio_interrupt, name, dev);

	if (!err)
		add_status(dev, S_DRIVER_OK);
	return err;
}

static __init int start_driver(struct virtio_device *dev)
{
	switch (get(dev, DEVICE_ID)) {
	case VIRTIO_ID_BLOCK:
		return virtio_blk_probe(dev);
	case VIRTIO_ID_RNG:
		return virtio_rng_probe(dev);
	}
	return -ENODEV;
}

/* True: a driver has it. */
static __init bool probe_slot(char *regs, unsigned int irq)
{
	struct virtio_device probe = { .regs = regs, .irq = irq }, *dev;

	if (get(&probe, MAGIC) != MAGIC_VALUE || !get(&probe, DEVICE_ID))
		return false;
	probe.legacy = get(&probe, VERSION) == 1;
	dev = kmalloc(sizeof(*dev), GFP_KERNEL);
	if (!dev)
		return false;
	*dev = probe;
	if (start_driver(dev) == 0)
		return true;
	kfree(dev);
	return false;
}

/**
 * virtio_mmio_init - find the virtio devices and start their drivers
 *
 * Context: drivers_init(), may sleep.
 */
void __init virtio_mmio_init(void)
{
	u64 base, size, pa;
	int node;

	fdt_for_each_compatible(&device_tree, node, "virtio,mmio") {
		char *regs;

		if (fdt_reg(&device_tree, node, 0, &base, &size) ||
		    fdt_translate(&device_tree, node, base, &pa))
			continue;
		regs = ioremap(pa, size);
		if (regs && !probe_slot(regs, irq_of_node(node)))
			iounmap(regs);
	}
}
