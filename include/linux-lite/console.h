/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * console.h - the machine's serial line, from both of its sides.
 *
 *	printk ---> console_write()   polled: works anywhere, even in a panic
 *	tty    ---> uart_write()      into a ring, sent by interrupt
 *	tty    <--- uart_rx_fn        each byte received, in interrupt context
 *
 * Before drivers_init() finds the UART, console_write() goes through the
 * firmware (SBI), and uart_write() does the same as console_write().
 *
 * drivers/console.c, drivers/serial_8250.c. Small cousin of Linux's
 * include/linux/console.h and serial_core.h.
 */
#ifndef LINUX_LITE_CONSOLE_H
#define LINUX_LITE_CONSOLE_H

#include <linux-lite/types.h>

/**
 * console_write - put text on the console and wait until the device has it
 * @s: text; "\n" is sent as "\r\n"
 * @size_bytes: its length
 *
 * Context: any, any lock held. Concurrent writers' bytes may mix: printk's
 * lock keeps its lines whole.
 */
void console_write(const char *s, size_t size_bytes);

/**
 * uart_write - queue bytes for the serial line, as they are
 *
 * Context: any. Never waits.
 * Return: how many fit, 0..@size_bytes.
 */
size_t uart_write(const char *buf, size_t size_bytes);
/* Bytes that uart_write() would take now. */
size_t uart_write_room(void);
/* Has everything queued been sent? (tcdrain) */
bool uart_tx_empty(void);

/*
 * The terminal's: set before the first byte can come (vfs_init). Both run in
 * interrupt context on the hart that takes the UART's interrupt.
 */
extern void (*uart_rx_fn)(char c);
/* The ring has room again: wake writers. */
extern void (*uart_tx_fn)(void);

/* Send what uart_write() has queued, and wait: before the machine stops. Context: any. */
void console_flush(void);

/* A panic: the holder of the device's lock may be dead, so take no lock. */
void console_unlock_for_panic(void);

#endif
