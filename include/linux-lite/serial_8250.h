/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * serial_8250.h - the UART, as drivers/console.c sees it. drivers/serial_8250.c.
 */
#ifndef LINUX_LITE_SERIAL_8250_H
#define LINUX_LITE_SERIAL_8250_H

#include <linux-lite/types.h>

/* Find the UART of the device tree and take its interrupt. 0, or -ENODEV. */
int serial_8250_init(void);
/* Send one byte, waiting until there is room. Context: any. */
void serial_8250_putc(char c);
/* As uart_write() and its relations in console.h. */
size_t serial_8250_write(const char *buf, size_t size_bytes);
size_t serial_8250_write_room(void);
bool serial_8250_tx_empty(void);
void serial_8250_flush(void);
/* A panic: do not wait for the lock. */
void serial_8250_unlock(void);

#endif
