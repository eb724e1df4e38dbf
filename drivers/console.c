// SPDX-License-Identifier: GPL-2.0-only
/*
 * console.c - where text goes: to the firmware at first, then to the UART.
 *
 * The interface is console.h's; the choice is one flag, set once by
 * console_init() when the UART's driver is ready.
 */
#include <linux-lite/console.h>
#include <linux-lite/drivers.h>
#include <linux-lite/init.h>
#include <linux-lite/printk.h>
#include <linux-lite/serial_8250.h>
#include <asm/sbi.h>

void (*uart_rx_fn)(char c);
void (*uart_tx_fn)(void);

static bool have_uart;		/* constant after boot */

static void put_firmware(const char *s, size_t n)
{
	size_t line;

	while (n) {
		for (line = 0; line < n && s[line] != '\n'; line++)
			;
		sbi_console_write(s, line);
		if (line < n) {
			sbi_console_write("\r\n", 2);
			line++;
		}
		s += line;
		n -= line;
	}
}

void console_write(const char *s, size_t size_bytes)
{
	if (!have_uart) {
		put_firmware(s, size_bytes);
		return;
	}
	for (; size_bytes--; s++) {
		if (*s == '\n')
			serial_8250_putc('\r');
		serial_8250_putc(*s);
	}
}

size_t uart_write(const char *buf, size_t size_bytes)
{
	if (have_uart)
		return serial_8250_write(buf, size_bytes);
	sbi_console_write(buf, size_bytes);
	return size_bytes;
}

size_t uart_write_room(void)
{
	return have_uart ? serial_8250_write_room() : 1024;
}

bool uart_tx_empty(void)
{
	return !have_uart || serial_8250_tx_empty();
}

void console_flush(void)
{
	if (have_uart)
		serial_8250_flush();
}

void console_unlock_for_panic(void)
{
	if (have_uart)
		serial_8250_unlock();
}

/**
 * console_init - switch from the firmware's console to the UART
 *
 * Context: boot, may sleep.
 */
void __init console_init(void)
{
	have_uart = serial_8250_init() == 0;
	if (!have_uart)
		pr_warn("console: no ns16550a in the device tree: output only, by the firmware\n");
}
