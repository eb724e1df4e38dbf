// SPDX-License-Identifier: GPL-2.0-only
/*
 * serial_8250.c - the ns16550a UART: eight registers, two of them a byte wide pipe.
 *
 *	          read            write
 *	RBR/THR   byte received   byte to send         (16 bytes of FIFO each way)
 *	IER                       interrupt when: 1 data came, 2 there is room to send
 *	IIR/FCR   which interrupt FIFO on
 *	LCR                       8 bits, no parity
 *	MCR                       bit 3: let the interrupt out
 *	LSR       bit 0: data is there; bit 5: THR is empty; bit 6: all has been sent
 *
 * Two ways to send share the device:
 *
 *	serial_8250_write -> ring -> THR   by interrupt; IER bit 1 is on while the ring
 *	                                   is not empty
 *	serial_8250_putc -> THR            the log: waits for room, works in a panic
 *
 * Locking: hw_lock guards registers and ring, interrupts off. It takes no part in
 * the ranks, because printk comes here with any lock held; nothing is called under
 * it. A panic goes on without it.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/console.h>
#include <linux-lite/init.h>
#include <linux-lite/irq.h>
#include <linux-lite/kernel.h>
#include <linux-lite/printk.h>
#include <linux-lite/serial_8250.h>
#include <linux-lite/spinlock.h>
#include <linux-lite/string.h>
#include <linux-lite/vmalloc.h>
#include <asm/io.h>
#include <asm/setup.h>

enum { RBR = 0, THR = 0, IER = 1, FCR = 2, LCR = 3, MCR = 4, LSR = 5 };

#define IER_RX		0x01
#define IER_TX		0x02
#define FCR_ENABLE	0x07		/* FIFOs on, and empty */
#define LCR_8N1		0x03
#define MCR_OUT		0x0b		/* DTR, RTS, OUT2 */
#define LSR_DATA	0x01
#define LSR_THR_EMPTY	0x20
#define LSR_ALL_SENT	0x40

#define FIFO_BYTES	16
#define RING_BYTES	4096		/* a power of two */
#define MAX_SPINS	1000000

static DEFINE_SPINLOCK(hw_lock, RANK_UNCHECKED);
static bool no_lock;			/* a panic */
static volatile u8 *regs;		/* NULL: no UART; constant after boot */
static unsigned int reg_shift;		/* registers are 1 << reg_shift bytes apart */
static char ring[RING_BYTES];		/* hw_lock */
static unsigned int ring_in, ring_out;	/* counted on and on; in - out bytes are queued (hw_lock) */
static u8 ier;				/* hw_lock */

static inline u8 read_reg(unsigned int reg)
{
	return readb(regs + (reg << reg_shift));
}

static inline void write_reg(unsigned int reg, u8 value)
{
	writeb(value, regs + (reg << reg_shift));
}

static unsigned long lock_hw(void)
{
	unsigned long flags = local_irq_save();

	if (!no_lock)
		spin_lock(&hw_lock);
	return flags;
}

static void unlock_hw(unsigned long flags)
{
	if (!no_lock)
		spin_unlock(&hw_lock);
	local_irq_restore(flags);
}

void serial_8250_unlock(void)
{
	no_lock = true;
}

/* hw_lock held. */
static void send_and_wait(char c)
{
	/* A dead device must not stop the kernel. */
	for (int i = 0; i < MAX_SPINS && !(read_reg(LSR) & LSR_THR_EMPTY); i++)
		cpu_relax();
	write_reg(THR, c);
}

void serial_8250_putc(char c)
{
	unsigned long flags = lock_hw();

	send_and_wait(c);
	unlock_hw(flags);
}

void serial_8250_flush(void)
{
	unsigned long flags = lock_hw();

	while (ring_in != ring_out)
		send_and_wait(ring[ring_out++ % RING_BYTES]);
	unlock_hw(flags);
}

/* From ring to device, as much as it takes; the interrupt is wanted while there is more. */
static void send_more(void)
{
	u8 wanted;

	if (ring_in != ring_out && (read_reg(LSR) & LSR_THR_EMPTY))
		for (int i = 0; i < FIFO_BYTES && ring_in != ring_out; i++)
			write_reg(THR, ring[ring_out++ % RING_BYTES]);
	wanted = ring_in != ring_out ? IER_RX | IER_TX : IER_RX;
	if (wanted != ier) {
		ier = wanted;
		write_reg(IER, ier);
	}
}

size_t serial_8250_write(const char *buf, size_t size_bytes)
{
	unsigned long flags = lock_hw();
	size_t n = 0;

	while (n < size_bytes && ring_in - ring_out < RING_BYTES)
		ring[ring_in++ % RING_BYTES] = buf[n++];
	send_more();
	unlock_hw(flags);
	return n;
}

size_t serial_8250_write_room(void)
{
	return RING_BYTES - (READ_ONCE(ring_in) - READ_ONCE(ring_out));
}

bool serial_8250_tx_empty(void)
{
	return READ_ONCE(ring_in) == READ_ONCE(ring_out) && (read_reg(LSR) & LSR_ALL_SENT);
}

static void serial_8250_interrupt(unsigned int irq, void *data)
{
	char got[FIFO_BYTES];
	unsigned long flags = lock_hw();
	bool had_output = ring_in != ring_out;
	int n = 0;

	while (n < FIFO_BYTES && (read_reg(LSR) & LSR_DATA))
		got[n++] = read_reg(RBR);
	send_more();
	unlock_hw(flags);

	for (int i = 0; i < n && uart_rx_fn; i++)
		uart_rx_fn(got[i]);
	if (had_output && uart_tx_fn)
		uart_tx_fn();
}

/* The node that /chosen's stdout-path names if it is of our kind, else the first one. */
static __init int find_uart(void)
{
	int chosen = fdt_path(&device_tree, "/chosen"), node;
	const char *path = chosen < 0 ? NULL : fdt_read_string(&device_tree, chosen, "stdout-path");
	char name[64];

	if (path && strscpy(name, path, sizeof(name)) > 0) {
		name[strcspn(name, ":")] = '\0';
		node = fdt_path(&device_tree, name);
		if (node >= 0 && fdt_is_compatible(&device_tree, node, "ns16550a"))
			return node;
	}
	return fdt_find_compatible(&device_tree, -1, "ns16550a");
}

int __init serial_8250_init(void)
{
	int node = find_uart();
	u64 base, size, pa;
	unsigned int irq;

	if (node < 0 || fdt_reg(&device_tree, node, 0, &base, &size) ||
	    fdt_translate(&device_tree, node, base, &pa))
		return -ENODEV;
	fdt_read_u32(&device_tree, node, "reg-shift", &reg_shift);
	regs = ioremap(pa, size);
	if (!regs)
		return -ENODEV;
	ier = IER_RX;
	write_reg(IER, 0);
	write_reg(LCR, LCR_8N1);
	write_reg(FCR, FCR_ENABLE);
	write_reg(MCR, MCR_OUT);
	irq = irq_of_node(node);
	if (irq && request_irq(irq, serial_8250_interrupt, "ttyS0", NULL) == 0)
		write_reg(IER, ier);
	pr_info("ttyS0 at MMIO %#lx (irq = %u) is a 16550A\n", pa, irq);
	return 0;
}
