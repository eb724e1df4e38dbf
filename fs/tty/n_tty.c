// SPDX-License-Identifier: GPL-2.0-only
/*
 * n_tty.c - the line discipline's input side: one byte at a time, from the
 * serial line's interrupt.
 *
 *	byte -> ICRNL & co -> ^V? -> signal? ^C ^\ ^Z -> flow ^S ^Q
 *	     -> canonical: edit ^? ^U ^W ^R, end of line \n ^D  -> buffer -> reader woken
 *	     -> raw:       into the buffer                      -> reader woken
 *
 *	read_buf   . . l s \n p s . . .
 *	               ^tail  ^canon_head  ^head       canonical: a reader gets "ls\n",
 *	                                               "ps" can still be edited
 *
 * I1  tail <= canon_head <= head <= tail + N_TTY_BUF_SIZE, in canonical mode
 * I2  bit i of line_end is set if and only if byte i ends a line, for tail <= i <
 *     canon_head; ^D is kept as a 0 byte with the bit set, and never read
 *
 * Signals are sent after the lock is dropped: tasklist_lock ranks below it.
 *
 * Small cousin of Linux's drivers/tty/n_tty.c.
 */
#include <linux-lite/string.h>
#include <linux-lite/tty.h>

static void set_line_end(struct tty_struct *tty, unsigned int i, bool on)
{
	unsigned long bit;

	i %= N_TTY_BUF_SIZE;
	bit = 1UL << i % 64;
	if (on)
		tty->line_end[i / 64] |= bit;
	else
		tty->line_end[i / 64] &= ~bit;
}

static void put_char(struct tty_struct *tty, unsigned char c, bool line_end)
{
	tty->read_buf[tty->head % N_TTY_BUF_SIZE] = c;
	set_line_end(tty, tty->head, line_end);
	tty->head++;
}

static unsigned int room(const struct tty_struct *tty)
{
	return N_TTY_BUF_SIZE - (tty->head - tty->tail);
}

/** n_tty_flush_input - throw away what was typed. Context: lock held. */
void n_tty_flush_input(struct tty_struct *tty)
{
	tty->tail = tty->canon_head = tty->head;
	tty->lnext = false;
}

/**
 * n_tty_mode_changed - ICANON may have been switched
 * @tty: lock held; the new termios is in place
 * @was_canon: what it was before
 *
 * What is there becomes one line, or plain bytes.
 */
void n_tty_mode_changed(struct tty_struct *tty, bool was_canon)
{
	bool canon = L_FLAG(tty, ICANON);

	if (canon == was_canon)
		return;
	for (unsigned int i = tty->tail; i != tty->head; i++)
		set_line_end(tty, i, false);
	tty->canon_head = tty->head;
	/* What was typed ahead in raw mode can be read as one line, as on Linux. */
	if (canon && tty->head != tty->tail)
		set_line_end(tty, tty->head - 1, true);
	tty->lnext = false;
}

/* The signal that this character stands for, or 0. */
static int signal_of(const struct tty_struct *tty, unsigned char c)
{
	if (!L_FLAG(tty, ISIG) || !c)
		return 0;
	if (c == tty_cc(tty, VINTR))
		return SIGINT;
	if (c == tty_cc(tty, VQUIT))
		return SIGQUIT;
	if (c == tty_cc(tty, VSUSP))
		return SIGTSTP;
	return 0;
}

/* ^S, ^Q. true: that was it. */
static bool flow_control(struct tty_struct *tty, unsigned char c)
{
	if (!I_FLAG(tty, IXON))
		return false;
	if (c == tty_cc(tty, VSTOP))
		tty->stopped = true;
	else if (c == tty_cc(tty, VSTART))
		tty->stopped = false;
	else if (tty->stopped && I_FLAG(tty, IXANY))
		tty->stopped = false;
	return c == tty_cc(tty, VSTOP) || c == tty_cc(tty, VSTART);
}

static void reprint(struct tty_struct *tty)
{
	if (!L_FLAG(tty, ECHO))
		return;
	echo_char(tty, tty_cc(tty, VREPRINT));
	echo_raw(tty, '\n');
	for (unsigned int i = tty->canon_head; i != tty->head; i++)
		echo_char(tty, read_at(tty, i));
}

/* Editing of the unfinished line. true: that was it. */
static bool edit_char(struct tty_struct *tty, unsigned char c)
{
	if (!c)
		return false;
	if (c == tty_cc(tty, VERASE) || c == tty_cc(tty, VKILL) ||
	    (c == tty_cc(tty, VWERASE) && L_FLAG(tty, IEXTEN))) {
		erase_chars(tty, c);
		return true;
	}
	if (!L_FLAG(tty, IEXTEN))
		return false;
	if (c == tty_cc(tty, VLNEXT)) {
		tty->lnext = true;
		if (L_FLAG(tty, ECHO) && L_FLAG(tty, ECHOCTL)) {
			echo_raw(tty, '^');
			echo_raw(tty, '\b');
		}
		return true;
	}
	if (c == tty_cc(tty, VREPRINT)) {
		reprint(tty);
		return true;
	}
	return false;
}

/* Does it end a line? Then it is in the buffer, and the line with it. */
static bool end_line(struct tty_struct *tty, unsigned char c)
{
	bool eof = c && c == tty_cc(tty, VEOF);

	if (c != '\n' && !eof &&
	    (!c || (c != tty_cc(tty, VEOL) &&
		    (c != tty_cc(tty, VEOL2) || !L_FLAG(tty, IEXTEN)))))
		return false;
	if (!room(tty))
		return true;
	if (c == '\n' && (L_FLAG(tty, ECHO) || L_FLAG(tty, ECHONL)))
		echo_raw(tty, '\n');
	else if (!eof && c != '\n' && L_FLAG(tty, ECHO))
		echo_char(tty, c);
	put_char(tty, eof ? 0 : c, true);
	tty->canon_head = tty->head;
	tty->canon_column = tty->column;
	return true;
}

/* A byte that is meant as such. */
static void plain_char(struct tty_struct *tty, unsigned char c)
{
	/* The last place is for the end of the line. */
	if (room(tty) <= (L_FLAG(tty, ICANON) ? 1 : 0)) {
		if (I_FLAG(tty, IMAXBEL))
			echo_raw(tty, '\a');
		return;
	}
	if (L_FLAG(tty, ECHO)) {
		if (tty->head == tty->canon_head)
			tty->canon_column = tty->column;
		echo_char(tty, c);
	}
	put_char(tty, c, false);
}

/* Lock held. The signal to send, or 0. */
static int receive_locked(struct tty_struct *tty, unsigned char c)
{
	int sig;

	if (I_FLAG(tty, ISTRIP))
		c &= 0x7f;
	if (tty->lnext) {
		tty->lnext = false;
		plain_char(tty, c);
		return 0;
	}
	if (c == '\r') {
		if (I_FLAG(tty, IGNCR))
			return 0;
		if (I_FLAG(tty, ICRNL))
			c = '\n';
	} else if (c == '\n' && I_FLAG(tty, INLCR)) {
		c = '\r';
	}
	sig = signal_of(tty, c);
	if (sig) {
		if (L_FLAG(tty, ECHO))
			echo_char(tty, c);
		if (!L_FLAG(tty, NOFLSH))
			n_tty_flush_input(tty);
		tty->stopped = false;
		return sig;
	}
	if (flow_control(tty, c))
		return 0;
	if (!L_FLAG(tty, ICANON)) {
		plain_char(tty, c);
		tty->canon_head = tty->head;
		return 0;
	}
	if (!edit_char(tty, c) && !end_line(tty, c))
		plain_char(tty, c);
	return 0;
}

/**
 * n_tty_receive_char - a byte came over the line
 * @c: the byte
 *
 * Context: interrupt, no lock held.
 */
void n_tty_receive_char(char c)
{
	struct tty_struct *tty = &console_tty;
	unsigned long flags;
	bool readable, was_stopped;
	int sig;

	spin_lock_irqsave(&tty->lock, flags);
	was_stopped = tty->stopped;
	sig = receive_locked(tty, c);
	readable = tty->canon_head != tty->tail;
	was_stopped = was_stopped && !tty->stopped;
	spin_unlock_irqrestore(&tty->lock, flags);
	if (sig)
		tty_kill_foreground(tty, sig);
	if (readable)
		wake_up_all(&tty->read_wait);
	if (was_stopped)
		wake_up_all(&tty->write_wait);
}
