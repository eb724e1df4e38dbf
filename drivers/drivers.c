// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers.c - the devices, in the order in which they are wanted.
 */
#include <linux-lite/drivers.h>
#include <linux-lite/init.h>
#include <linux-lite/random.h>
#include <asm/setup.h>

/* The loader's random bytes (QEMU: from its host): the first seed there is. */
static __init void use_boot_seed(void)
{
	int chosen = fdt_path(&device_tree, "/chosen");
	const void *seed;
	u32 len;

	if (chosen < 0)
		return;
	seed = fdt_getprop(&device_tree, chosen, "rng-seed", &len);
	if (seed && len)
		add_random_seed(seed, len, true);
}

/**
 * drivers_init - start the devices of the device tree
 *
 * Context: kernel_init, may sleep, interrupts on.
 */
void __init drivers_init(void)
{
	use_boot_seed();
	console_init();
	virtio_mmio_init();
}
