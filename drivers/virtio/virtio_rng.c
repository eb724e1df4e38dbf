// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtio_rng.c - random bytes from the host.
 *
 * One request at boot; when its answer comes it seeds the kernel's generator,
 * whose state does not wear out, so one is enough. Nobody waits for it: the loader's
 * seed in the device tree is there before.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/init.h>
#include <linux-lite/printk.h>
#include <linux-lite/random.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/virtio.h>

#define SEED_BYTES	64

struct virtio_rng {
	struct virtqueue vq;		/* interrupt handler's, after boot */
	u8 seed[SEED_BYTES];		/* the device's until it interrupts */
};

static void virtio_rng_interrupt(struct virtio_device *dev)
{
	struct virtio_rng *rng = dev->private;
	u32 len;

	if (!virtqueue_get(&rng->vq, &len))
		return;
	if (len > SEED_BYTES)
		len = SEED_BYTES;
	add_random_seed(rng->seed, len, true);
	memzero_explicit(rng->seed, sizeof(rng->seed));
	pr_info("virtio_rng: %u bytes of seed\n", len);
}

static __init int start_rng(struct virtio_device *dev, struct virtio_rng *rng)
{
	const struct virtio_buf buf = { rng->seed, SEED_BYTES, true };
	int err = virtio_negotiate(dev, 0);

	if (!err)
		err = virtio_find_queue(dev, 0, &rng->vq);
	if (!err)
		err = virtio_ready(dev, "virtio_rng");
	if (err)
		return err;
	virtqueue_add(&rng->vq, &buf, 1, rng);
	virtqueue_kick(&rng->vq);
	return 0;
}

int __init virtio_rng_probe(struct virtio_device *dev)
{
	struct virtio_rng *rng = kzalloc(sizeof(*rng), GFP_KERNEL);
	int err;

	if (!rng)
		return -ENOMEM;
	dev->private = rng;
	dev->interrupt = virtio_rng_interrupt;
	err = start_rng(dev, rng);
	if (err) {
		pr_err("virtio_rng: does not start (error %d)\n", err);
		virtio_fail(dev);
	}
	return err;
}
