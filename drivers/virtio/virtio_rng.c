// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtio_rng.c - random bytes from outside: the machine's own are too predictable.
 *
 *	buffer --> ring --> device fills it --> interrupt --> add_random_seed()
 *	   ^                                                       |
 *	   +---------------- a timer, in RESEED_NS <---------------+
 *
 * The device is asked for SEED_BYTES at boot, and again every few minutes: what
 * was guessed of the generator's state is worth nothing then. The kernel's
 * generator stretches each seed; nobody else is given the device's bytes.
 *
 * At boot nobody waits for it if the boot loader has left a seed; else we do, for
 * a second, because the first program's address space is laid out by random bytes.
 *
 * Locking: the one buffer goes round: device, interrupt, timer; whoever has it
 * touches the ring, so nobody needs a lock. One device is used, the first.
 *
 * Source: OASIS Virtual I/O Device (VIRTIO) 1.2, section 5.4.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/init.h>
#include <linux-lite/printk.h>
#include <linux-lite/random.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/time.h>
#include <linux-lite/virtio.h>
#include <linux-lite/wait.h>

#define SEED_BYTES	64
#define RESEED_NS	(300 * NSEC_PER_SEC)
#define RETRY_NS	NSEC_PER_SEC	/* when it gave nothing */
#define BOOT_WAIT_NS	((s64)NSEC_PER_SEC)

static struct virtio_device *rng;	/* constant after boot */
static u8 *buffer;			/* SEED_BYTES, for the device; constant after boot */
static struct timer reseed_timer;
static DECLARE_WAIT_QUEUE_HEAD(seeded);

/* Hand the buffer to the device. A broken ring takes it no more. */
static void ask(void)
{
	const struct vq_segment segment = { __pa(buffer), SEED_BYTES };

	int err = virtqueue_add(&rng->vq, &segment, 0, 1, buffer);

	if (!err && virtqueue_wants_notify(&rng->vq))
		virtio_notify(rng);
}

static void reseed(struct timer *timer)
{
	ask();
}

/* Interrupt: the buffer is back. */
static void used(struct virtio_device *vdev)
{
	u32 len;

	if (!virtqueue_get(&vdev->vq, &len))
		return;
	len = min(len, (u32)SEED_BYTES);
	if (len)
		add_random_seed(buffer, len, len >= SEED_BYTES / 2);
	memzero_explicit(buffer, SEED_BYTES);
	wake_up_all(&seeded);
	timer_start(&reseed_timer, ktime_get_ns() + (len ? RESEED_NS : RETRY_NS));
}

/**
 * virtio_rng_probe - a source of random bytes is there: use it
 * @vdev: the device
 *
 * Context: boot, may sleep.
 * Return: 0; -EBUSY: another one is used already, or the interrupt is; -EINVAL: no
 * interrupt; -ENOMEM, -ENODEV.
 */
int __init virtio_rng_probe(struct virtio_device *vdev)
{
	int err;

	if (rng)
		return -EBUSY;
	err = virtio_negotiate(vdev, 0);
	if (err)
		return err;
	buffer = kzalloc(SEED_BYTES, GFP_KERNEL);
	if (!buffer)
		return -ENOMEM;
	err = virtio_setup_queue(vdev, 1, used);
	if (err) {
		kfree(buffer);
		return err;
	}
	rng = vdev;
	timer_init(&reseed_timer, reseed);
	virtio_ready(vdev);
	ask();
	if (!random_ready())
		wait_event_interruptible_timeout_ns(seeded, random_ready(), BOOT_WAIT_NS);
	pr_info("%s: random number generator%s\n", vdev->name,
		random_ready() ? "" : ", slow to answer");
	return 0;
}
