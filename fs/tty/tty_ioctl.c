// SPDX-License-Identifier: GPL-2.0-only
/*
 * tty_ioctl.c - settings of the terminal: termios, window size, flushing.
 */
#include <linux-lite/console.h>
#include <linux-lite/sched.h>
#include <linux-lite/string.h>
#include <linux-lite/tty.h>
#include <asm/uaccess.h>

/* With the speeds as numbers: newer C libraries ask for this one. */
struct termios2 {
	struct termios t;
	unsigned int c_ispeed, c_ospeed;
};

#define TCGETS2		0x802c542au
#define TCSETS2		0x402c542bu
#define TCSETSW2	0x402c542cu
#define TCSETSF2	0x402c542du
#define LINE_SPEED	115200
#define TIOCGSERIAL	0x541e
#define PORT_16550A	4

static_assert(sizeof(struct termios) == 36 && sizeof(struct termios2) == 44, "termios");

static void get_termios(struct tty_struct *tty, struct termios2 *t)
{
	spin_lock_irq(&tty->lock);
	t->t = tty->termios;
	spin_unlock_irq(&tty->lock);
	t->c_ispeed = t->c_ospeed = LINE_SPEED;
}

/* Everything written is on the line. 0 or -ERESTARTSYS. */
static int wait_until_sent(struct tty_struct *tty)
{
	return wait_event_interruptible(tty->write_wait, uart_tx_empty());
}

static int set_termios(struct tty_struct *tty, const struct termios *t, bool drain, bool flush)
{
	bool was_canon;
	int err = tty_check_change(tty, SIGTTOU);

	if (!err && drain)
		err = wait_until_sent(tty);
	if (err)
		return err;
	spin_lock_irq(&tty->lock);
	was_canon = L_FLAG(tty, ICANON);
	tty->termios = *t;
	if (flush)
		n_tty_flush_input(tty);
	n_tty_mode_changed(tty, was_canon);
	if (!I_FLAG(tty, IXON))
		tty->stopped = false;
	spin_unlock_irq(&tty->lock);
	wake_up_all(&tty->read_wait);
	wake_up_all(&tty->write_wait);
	return 0;
}

static int set_winsize(struct tty_struct *tty, const struct winsize __user *arg)
{
	struct winsize ws;
	bool changed;

	if (copy_from_user(&ws, arg, sizeof(ws)))
		return -EFAULT;
	spin_lock_irq(&tty->lock);
	changed = memcmp(&ws, &tty->winsize, sizeof(ws)) != 0;
	tty->winsize = ws;
	spin_unlock_irq(&tty->lock);
	if (changed)
		tty_kill_foreground(tty, SIGWINCH);
	return 0;
}

static int flush(struct tty_struct *tty, unsigned long queue)
{
	int err = tty_check_change(tty, SIGTTOU);

	if (err)
		return err;
	if (queue > TCIOFLUSH)
		return -EINVAL;
	if (queue != TCOFLUSH) {
		spin_lock_irq(&tty->lock);
		n_tty_flush_input(tty);
		spin_unlock_irq(&tty->lock);
	}
	return 0;
}

static int flow(struct tty_struct *tty, unsigned long what)
{
	int err = tty_check_change(tty, SIGTTOU);

	if (err)
		return err;
	switch (what) {
	case 0:		/* TCOOFF */
		tty->stopped = true;
		return 0;
	case 1:		/* TCOON */
		tty->stopped = false;
		wake_up_all(&tty->write_wait);
		return 0;
	case 2:		/* TCIOFF, TCION: the line has no other end to tell */
	case 3:
		return 0;
	}
	return -EINVAL;
}

/* Which serial line it is, as setserial asks; busybox's cttyhack finds its terminal so. */
struct serial_struct {
	int type, line;
	unsigned int port;
	int irq, flags, xmit_fifo_size;
	char rest[48];
};

static_assert(sizeof(struct serial_struct) == 72, "serial_struct");

static int get_serial(struct serial_struct __user *arg)
{
	struct serial_struct s = { .type = PORT_16550A, .xmit_fifo_size = 16 };

	return copy_to_user(arg, &s, sizeof(s)) ? -EFAULT : 0;
}

static unsigned int input_count(struct tty_struct *tty)
{
	unsigned int n;

	spin_lock_irq(&tty->lock);
	n = tty->canon_head - tty->tail;
	spin_unlock_irq(&tty->lock);
	return n;
}

/**
 * tty_ioctl - ioctl(2) on the terminal
 * @file: of the terminal
 * @cmd: TC*, TIOC*, FIONREAD
 * @arg: as the command wants it
 *
 * Context: may sleep.
 * Return: 0 or as tty_ioctl(4); -ENOTTY for commands that are not a terminal's.
 */
long tty_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct tty_struct *tty = file->private_data;
	void __user *p = (void __user *)arg;
	struct termios2 t;
	struct winsize ws;

	switch (cmd) {
	case TCGETS:
		get_termios(tty, &t);
		return copy_to_user(p, &t.t, sizeof(t.t)) ? -EFAULT : 0;
	case TCGETS2:
		get_termios(tty, &t);
		return copy_to_user(p, &t, sizeof(t)) ? -EFAULT : 0;
	case TCSETS: case TCSETSW: case TCSETSF:
		if (copy_from_user(&t.t, p, sizeof(t.t)))
			return -EFAULT;
		return set_termios(tty, &t.t, cmd != TCSETS, cmd == TCSETSF);
	case TCSETS2: case TCSETSW2: case TCSETSF2:
		if (copy_from_user(&t, p, sizeof(t)))
			return -EFAULT;
		return set_termios(tty, &t.t, cmd != TCSETS2, cmd == TCSETSF2);
	case TIOCGWINSZ:
		ws = tty->winsize;
		return copy_to_user(p, &ws, sizeof(ws)) ? -EFAULT : 0;
	case TIOCSWINSZ:
		return set_winsize(tty, p);
	case FIONREAD:
		return put_user((int)input_count(tty), (int __user *)p);
	case TIOCOUTQ:
		return put_user(uart_tx_empty() ? 0 : 1, (int __user *)p);
	case TIOCGSERIAL:
		return get_serial(p);
	case TCFLSH:
		return flush(tty, arg);
	case TCXONC:
		return flow(tty, arg);
	case TCSBRK: case TCSBRKP:
		return wait_until_sent(tty);
	}
	return tty_jobctrl_ioctl(tty, cmd, arg);
}
