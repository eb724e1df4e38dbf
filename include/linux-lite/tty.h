/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tty.h - the terminal: one serial line with a line discipline between it and
 * its readers. fs/tty/.
 *
 *	uart --rx--> n_tty_receive --> read_buf --> n_tty_read --> read(2)
 *	               |  echo
 *	uart <--tx-----+----------------- opost <-- n_tty_write <-- write(2)
 *
 * There is one terminal, the console; /dev/console, /dev/ttyS0 and (for a
 * session that has it) /dev/tty are its names.
 *
 * Small cousin of Linux's include/linux/tty.h; left out: virtual and pseudo
 * terminals, other disciplines, modem lines.
 */
#ifndef LINUX_LITE_TTY_H
#define LINUX_LITE_TTY_H

#include <linux-lite/abi/termios.h>
#include <linux-lite/file.h>
#include <linux-lite/signal.h>

#define N_TTY_BUF_SIZE	4096u	/* a power of two */

/* Key: (l) lock, interrupts off  (t) tasklist_lock */
struct tty_struct {
	spinlock_t lock;		/* RANK_DRIVER */
	struct termios termios;		/* (l) */
	struct winsize winsize;		/* (l) */
	pid_t session;			/* whose controlling terminal it is; 0: nobody's (t) */
	pid_t pgrp;			/* foreground process group (t) */

	/* Input: positions run freely, tail <= canon_head <= head <= tail + size (l) */
	unsigned char read_buf[N_TTY_BUF_SIZE];
	unsigned long line_end[N_TTY_BUF_SIZE / 64];	/* this byte ends a line */
	unsigned int head;		/* next byte comes here */
	unsigned int canon_head;	/* behind the last finished line */
	unsigned int tail;		/* next byte to read */
	bool lnext;			/* ^V was typed: the next byte is just a byte (l) */
	bool stopped;			/* ^S (l) */
	unsigned int column;		/* of the cursor, for tabs and erasing (l) */
	unsigned int canon_column;	/* where the unfinished line begins (l) */

	struct mutex read_mutex;	/* RANK_TTY: one reader at a time */
	struct mutex write_mutex;	/* RANK_TTY: one writer at a time */
	wait_queue_head_t read_wait, write_wait;
};

extern struct tty_struct console_tty;
extern const struct file_operations tty_file_operations, dev_tty_file_operations,
	console_file_operations;

void tty_init(void);

/* --- fs/tty/n_tty.c: input, in interrupt context --- */
void n_tty_receive_char(char c);
/* Throw input away: TCFLSH, TCSETSF, signals. (l) */
void n_tty_flush_input(struct tty_struct *tty);
/* ICANON was switched: what is there becomes a line, or plain bytes. (l) */
void n_tty_mode_changed(struct tty_struct *tty, bool was_canon);
/* --- fs/tty/n_tty_echo.c (l) --- */
void echo_char(struct tty_struct *tty, unsigned char c);
void echo_raw(struct tty_struct *tty, unsigned char c);
void erase_chars(struct tty_struct *tty, unsigned char c);
/* One byte with output processing into @out (room for 8). Bytes put there. */
unsigned int opost_char(struct tty_struct *tty, unsigned char c, char *out);
/* --- fs/tty/n_tty_io.c --- */
ssize_t n_tty_read(struct file *file, struct iov_iter *to, loff_t *pos);
ssize_t n_tty_write(struct file *file, struct iov_iter *from, loff_t *pos);
bool n_tty_input_available(struct tty_struct *tty);
/* --- fs/tty/tty_ioctl.c, tty_jobctrl.c --- */
long tty_ioctl(struct file *file, unsigned int cmd, unsigned long arg);
void tty_kill_foreground(struct tty_struct *tty, int sig);
/* May current, perhaps in the background, do this? 0, -EIO, -ERESTARTSYS (was sent @sig). */
int tty_check_change(struct tty_struct *tty, int sig);
long tty_jobctrl_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg);
void tty_open_proc_set_tty(struct tty_struct *tty);

static inline unsigned char tty_cc(const struct tty_struct *tty, int i)
{
	return tty->termios.c_cc[i];
}

#define L_FLAG(tty, f)	((tty)->termios.c_lflag & (f))
#define I_FLAG(tty, f)	((tty)->termios.c_iflag & (f))
#define O_FLAG(tty, f)	((tty)->termios.c_oflag & (f))

static inline unsigned char read_at(const struct tty_struct *tty, unsigned int i)
{
	return tty->read_buf[i % N_TTY_BUF_SIZE];
}

static inline bool ends_line(const struct tty_struct *tty, unsigned int i)
{
	i %= N_TTY_BUF_SIZE;
	return tty->line_end[i / 64] >> i % 64 & 1;
}

#endif
