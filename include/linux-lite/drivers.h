/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * drivers.h - what drivers_init() starts, in its order. drivers/drivers.c.
 */
#ifndef LINUX_LITE_DRIVERS_H
#define LINUX_LITE_DRIVERS_H

/* drivers/console.c */
void console_init(void);
/* drivers/virtio/virtio_mmio.c */
#ifdef CONFIG_VIRTIO
void virtio_mmio_init(void);
#else
static inline void virtio_mmio_init(void) { }
#endif

#endif
