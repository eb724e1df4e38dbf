// SPDX-License-Identifier: GPL-2.0-only
/*
 * tty_io.c - the terminal as a device: /dev/console, /dev/ttyS0, /dev/tty.
 *
 * The three are one terminal. They differ in open(): /dev/console never becomes
 * anybody's controlling terminal by being opened, /dev/ttyS0 does so for a
 * session leader that has none, and /dev/tty is there only for processes whose
 * session has one.
 */
#include <linux-lite/console.h>
#include <linux-lite/poll.h>
#include <linux-lite/sched.h>
#include <linux-lite/tty.h>

struct tty_struct console_tty = {
	.lock = SPINLOCK_INIT(RANK_DRIVER, "tty"),
	.termios = {
		.c_iflag = ICRNL | IXON,
		.c_oflag = OPOST | ONLCR,
		.c_cflag = B115200 | CS8 | CREAD | HUPCL | CLOCAL,
		.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
		.c_cc = {
			[VINTR] = 3, [VQUIT] = 034, [VERASE] = 0177, [VKILL] = 025,
			[VEOF] = 4, [VTIME] = 0, [VMIN] = 1, [VSTART] = 021, [VSTOP] = 023,
			[VSUSP] = 032, [VREPRINT] = 022, [VDISCARD] = 017,
			[VWERASE] = 027, [VLNEXT] = 026,
		},
	},
	.read_mutex = MUTEX_INIT(console_tty.read_mutex, RANK_TTY),
	.write_mutex = MUTEX_INIT(console_tty.write_mutex, RANK_TTY),
	.read_wait = WAIT_QUEUE_HEAD_INIT(console_tty.read_wait),
	.write_wait = WAIT_QUEUE_HEAD_INIT(console_tty.write_wait),
};

static void tx_room(void)
{
	wake_up_all(&console_tty.write_wait);
}

/* Boot: from now on what is typed reaches somebody. */
void tty_init(void)
{
	uart_rx_fn = n_tty_receive_char;
	uart_tx_fn = tx_room;
}

static int console_open(struct inode *inode, struct file *file)
{
	file->private_data = &console_tty;
	return 0;
}

static int tty_open(struct inode *inode, struct file *file)
{
	file->private_data = &console_tty;
	if (!(file->f_flags & O_NOCTTY))
		tty_open_proc_set_tty(&console_tty);
	return 0;
}

static int dev_tty_open(struct inode *inode, struct file *file)
{
	file->private_data = current->signal->tty;
	return file->private_data ? 0 : -ENXIO;
}

static unsigned int tty_poll(struct file *file, struct poll_table *pt)
{
	struct tty_struct *tty = file->private_data;
	unsigned int events = 0;

	poll_wait(file, &tty->read_wait, pt);
	poll_wait(file, &tty->write_wait, pt);
	if (n_tty_input_available(tty))
		events |= POLLIN | POLLRDNORM;
	if (!READ_ONCE(tty->stopped) && uart_write_room())
		events |= POLLOUT | POLLWRNORM;
	return events;
}

#define TTY_OPERATIONS(open_fn) {	\
	.open = open_fn,		\
	.read_iter = n_tty_read,	\
	.write_iter = n_tty_write,	\
	.poll = tty_poll,		\
	.ioctl = tty_ioctl,		\
}

const struct file_operations console_file_operations = TTY_OPERATIONS(console_open);
const struct file_operations tty_file_operations = TTY_OPERATIONS(tty_open);
const struct file_operations dev_tty_file_operations = TTY_OPERATIONS(dev_tty_open);
