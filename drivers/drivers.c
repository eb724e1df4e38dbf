// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers.c - the devices, in the order in which they are wanted.
 */
#include <linux-lite/drivers.h>
#include <linux-lite/init.h>

/**
 * drivers_init - start the devices of the device tree
 *
 * Context: kernel_init, may sleep, interrupts on.
 */
void __init drivers_init(void)
{
	console_init();
	virtio_mmio_init();
}
