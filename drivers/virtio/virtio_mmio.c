// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtio_mmio.c - virtio devices whose registers lie in memory: finding, starting them.
 *
 * QEMU's virt machine has eight slots of 4 KiB of registers and one interrupt
 * each, listed in the device tree whether a device is plugged in or not (its kind
 * is 0 then). Registers come in two versions: 1, "legacy", QEMU's default, and 2.
 * They differ in three ways:
 *
 *	                    1 (legacy)                  2
 *	feature bits        the low 32                  64, with bit 32, VERSION_1, and
 *	                                                the device agrees to our choice
 *	where the ring is   one page number; layout     three addresses
 *	                    by QueueAlign
 *	reset               at once                     when status reads 0
 *
 * The start of a device is a conversation by bits of its status register:
 *
 *	0 --> ACKNOWLEDGE  we have seen it
 *	    --> DRIVER     we have a driver for it
 *	      --> (features) --> FEATURES_OK, version 2: still set when read back?
 *	        --> (queue)  --> DRIVER_OK: it may work now
 *	any state --> FAILED: we give up;   0 --> reset
 *
 * An interrupt says why in one register and stays until that is acknowledged. We
 * acknowledge first and look at the ring then: whatever is used later raises a new
 * interrupt, so nothing is missed.
 *
 * Locking: none; devices are set up at boot, one after the other. Registers that
 * are used later are each written by one store, and the queue is its driver's.
 *
 * Source: OASIS Virtual I/O Device (VIRTIO) 1.2, sections 3.1 and 4.2.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/drivers.h>
#include <linux-lite/gfp.h>
#include <linux-lite/init.h>
#include <linux-lite/irq.h>
#include <linux-lite/log2.h>
#include <linux-lite/printk.h>
#include <linux-lite/slab.h>
#include <linux-lite/virtio.h>
#include <linux-lite/vmalloc.h>
#include <linux-lite/vsprintf.h>
#include <asm/io.h>
#include <asm/setup.h>

#define MAGIC			0x000	/* "virt" */
#define VERSION			0x004
#define DEVICE_ID		0x008
#define DEVICE_FEATURES		0x010
#define DEVICE_FEATURES_SEL	0x014
#define DRIVER_FEATURES		0x020
#define DRIVER_FEATURES_SEL	0x024
#define GUEST_PAGE_SIZE		0x028	/* version 1 */
#define QUEUE_SEL		0x030
#define QUEUE_NUM_MAX		0x034
#define QUEUE_NUM		0x038
#define QUEUE_ALIGN		0x03c	/* version 1 */
#define QUEUE_PFN		0x040	/* version 1 */
#define QUEUE_READY		0x044	/* version 2 */
#define QUEUE_NOTIFY		0x050
#define INTERRUPT_STATUS	0x060
#define INTERRUPT_ACK		0x064
#define STATUS			0x070
#define QUEUE_DESC		0x080	/* version 2, low word; the high one follows */
#define QUEUE_DRIVER		0x090	/* version 2, the same */
#define QUEUE_DEVICE		0x0a0	/* version 2, the same */
#define CFG_GENERATION	0x0fc	/* version 2 */
#define CONFIG			0x100

#define MAGIC_VALUE		0x74726976
#define INTERRUPT_USED		1	/* a bit of INTERRUPT_STATUS */

#define STATUS_ACKNOWLEDGE	1
#define STATUS_DRIVER		2
#define STATUS_DRIVER_OK	4
#define STATUS_FEATURES_OK	8
#define STATUS_FAILED		128

#define VIRTIO_F_VERSION_1	32
#define RESET_SPINS		1000000
/* Where the part that the device writes may begin: a line that we do not write. */
#define RING_ALIGN		SMP_CACHE_BYTES

static u32 get(struct virtio_device *vdev, unsigned int reg)
{
	return readl(vdev->regs + reg);
}

static void put(struct virtio_device *vdev, unsigned int reg, u32 value)
{
	writel(value, vdev->regs + reg);
}

static void put_address(struct virtio_device *vdev, unsigned int reg, const void *va)
{
	put(vdev, reg, __pa(va));
	put(vdev, reg + 4, __pa(va) >> 32);
}

static void add_status(struct virtio_device *vdev, u32 bits)
{
	put(vdev, STATUS, get(vdev, STATUS) | bits);
}

/**
 * virtio_reset - stop a device: it forgets its queue and touches memory no more
 * @vdev: the device
 *
 * Context: any.
 */
void virtio_reset(struct virtio_device *vdev)
{
	put(vdev, STATUS, 0);
	for (int i = 0; i < RESET_SPINS && get(vdev, STATUS); i++)
		cpu_relax();
}

/* Ring the bell: the queue has something new. Context: any. */
void virtio_notify(struct virtio_device *vdev)
{
	put(vdev, QUEUE_NOTIFY, 0);
}

/**
 * virtio_config_u32 - read a number of the device's configuration
 * @vdev: the device
 * @offset: bytes, a multiple of 4, into its kind's configuration structure
 *
 * Context: any.
 * Return: the number.
 */
u32 virtio_config_u32(struct virtio_device *vdev, unsigned int offset)
{
	return get(vdev, CONFIG + offset);
}

/**
 * virtio_config_u64 - the same of 64 bits, which are read in two pieces
 * @vdev: the device
 * @offset: bytes, a multiple of 4
 *
 * The device may change the number between the pieces. A modern one counts its
 * changes in a register; with a legacy one, two equal answers have to do.
 *
 * Context: any.
 * Return: the number.
 */
u64 virtio_config_u64(struct virtio_device *vdev, unsigned int offset)
{
	u64 value, again = ~0UL;
	u32 generation;

	do {
		value = again;
		generation = vdev->version > 1 ? get(vdev, CFG_GENERATION) : 0;
		again = virtio_config_u32(vdev, offset);
		again |= (u64)virtio_config_u32(vdev, offset + 4) << 32;
		if (vdev->version > 1 && generation == get(vdev, CFG_GENERATION))
			break;
	} while (value != again);
	return again;
}

static u64 offered_features(struct virtio_device *vdev)
{
	u64 features;

	put(vdev, DEVICE_FEATURES_SEL, 0);
	features = get(vdev, DEVICE_FEATURES);
	if (vdev->version > 1) {
		put(vdev, DEVICE_FEATURES_SEL, 1);
		features |= (u64)get(vdev, DEVICE_FEATURES) << 32;
	}
	return features;
}

/**
 * virtio_negotiate - start a device, and agree on features
 * @vdev: the device; its features are set
 * @known: BIT(n) of those that the driver can use
 *
 * Context: boot.
 * Return: 0, or -ENODEV when the device won't work with what we know.
 */
int virtio_negotiate(struct virtio_device *vdev, u64 known)
{
	virtio_reset(vdev);
	add_status(vdev, STATUS_ACKNOWLEDGE);
	add_status(vdev, STATUS_DRIVER);
	vdev->features = offered_features(vdev) & (known | BIT(VIRTIO_F_VERSION_1));
	put(vdev, DRIVER_FEATURES_SEL, 0);
	put(vdev, DRIVER_FEATURES, vdev->features);
	if (vdev->version == 1)
		return 0;
	if (!virtio_has(vdev, VIRTIO_F_VERSION_1))
		return -ENODEV;
	put(vdev, DRIVER_FEATURES_SEL, 1);
	put(vdev, DRIVER_FEATURES, vdev->features >> 32);
	add_status(vdev, STATUS_FEATURES_OK);
	return get(vdev, STATUS) & STATUS_FEATURES_OK ? 0 : -ENODEV;
}

static void virtio_interrupt(unsigned int irq, void *data)
{
	struct virtio_device *vdev = data;
	u32 why = get(vdev, INTERRUPT_STATUS);

	put(vdev, INTERRUPT_ACK, why);
	if (why & INTERRUPT_USED)
		vdev->used(vdev);
}

/* Where the ring is, in the version's way. */
static void tell_ring(struct virtio_device *vdev)
{
	struct virtqueue *vq = &vdev->vq;

	put(vdev, QUEUE_NUM, vq->num);
	if (vdev->version == 1) {
		put(vdev, GUEST_PAGE_SIZE, PAGE_SIZE);
		put(vdev, QUEUE_ALIGN, RING_ALIGN);
		put(vdev, QUEUE_PFN, __pa(vq->desc) >> PAGE_SHIFT);
		return;
	}
	put_address(vdev, QUEUE_DESC, vq->desc);
	put_address(vdev, QUEUE_DRIVER, vq->avail);
	put_address(vdev, QUEUE_DEVICE, vq->used);
	put(vdev, QUEUE_READY, 1);
}

/**
 * virtio_setup_queue - give a device its queue 0, and let it interrupt
 * @vdev: the device, negotiated
 * @max_num: descriptors at most, a power of two; the device may allow fewer only
 * @used: called in interrupt context when it has used buffers
 *
 * Context: boot, may sleep.
 * Return: 0; -ENOMEM; -ENODEV: the device has no such queue; -EINVAL, -EBUSY: its
 * interrupt can't be had.
 */
int virtio_setup_queue(struct virtio_device *vdev, unsigned int max_num,
		       void (*used)(struct virtio_device *vdev))
{
	unsigned int num;
	struct vq_slot *slots;
	void *ring;
	int err = -ENOMEM;

	put(vdev, QUEUE_SEL, 0);
	num = min(max_num, (unsigned int)get(vdev, QUEUE_NUM_MAX));
	if (!num)
		return -ENODEV;
	num = rounddown_pow_of_two(num);
	while (virtqueue_bytes(num, RING_ALIGN) > PAGE_SIZE << MAX_ORDER)
		num /= 2;
	slots = kcalloc(num, sizeof(*slots), GFP_KERNEL);
	ring = alloc_pages_exact(virtqueue_bytes(num, RING_ALIGN), GFP_KERNEL | __GFP_ZERO);
	if (!slots || !ring)
		goto out_free;
	err = virtqueue_init(&vdev->vq, num, ring, RING_ALIGN, slots);
	if (err)
		goto out_free;
	vdev->used = used;
	err = request_irq(vdev->irq, virtio_interrupt, vdev->name, vdev);
	if (err)
		goto out_free;
	tell_ring(vdev);
	return 0;

out_free:
	vdev->vq = (struct virtqueue){ .num = 0 };
	if (ring)
		free_pages_exact(ring, virtqueue_bytes(num, RING_ALIGN));
	kfree(slots);
	return err;
}

/* The driver is ready: the device may work from now on. Context: boot. */
void virtio_ready(struct virtio_device *vdev)
{
	add_status(vdev, STATUS_DRIVER_OK);
}

static __init int probe(struct virtio_device *vdev)
{
	switch (vdev->kind) {
	case VIRTIO_ID_BLOCK:
		return virtio_blk_probe(vdev);
	case VIRTIO_ID_RNG:
		return virtio_rng_probe(vdev);
	default:
		return -ENODEV;
	}
}

/* A device there is. Return: true: its registers are in use for ever. */
static __init bool start_device(const struct virtio_device *found)
{
	struct virtio_device *vdev = kmalloc(sizeof(*vdev), GFP_KERNEL);
	int err;

	if (!vdev)
		return false;
	*vdev = *found;
	err = probe(vdev);
	if (!err)
		return true;
	pr_warn("%s: kind %u, error %d: left alone\n", vdev->name, vdev->kind, err);
	virtio_reset(vdev);
	put(vdev, STATUS, STATUS_FAILED);
	if (vdev->vq.num)
		return true;		/* its interrupt has a handler, which stays */
	kfree(vdev);
	return false;
}

/* Look into the slot of a node. Return: true if there is a device. */
static __init bool probe_node(int node, unsigned int index)
{
	struct virtio_device vdev = { .irq = irq_of_node(node) };
	u64 base, size, pa;

	if (fdt_reg(&device_tree, node, 0, &base, &size) || size <= CONFIG ||
	    fdt_translate(&device_tree, node, base, &pa))
		return false;
	vdev.regs = ioremap(pa, size);
	if (!vdev.regs)
		return false;
	scnprintf(vdev.name, sizeof(vdev.name), "virtio%u", index);
	vdev.version = get(&vdev, VERSION);
	vdev.kind = get(&vdev, DEVICE_ID);
	if (get(&vdev, MAGIC) != MAGIC_VALUE || vdev.version < 1 || vdev.version > 2 ||
	    !vdev.kind) {
		iounmap(vdev.regs);
		return false;
	}
	if (!start_device(&vdev))
		iounmap(vdev.regs);
	return true;
}

/**
 * virtio_mmio_init - start every virtio device of the device tree
 *
 * Context: drivers_init, may sleep, interrupts on.
 */
void __init virtio_mmio_init(void)
{
	unsigned int nr = 0;
	int node;

	fdt_for_each_compatible(&device_tree, node, "virtio,mmio")
		if (fdt_is_available(&device_tree, node))
			nr += probe_node(node, nr);
}
