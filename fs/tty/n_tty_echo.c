// SPDX-License-Identifier: GPL-2.0-only
/*
 * n_tty_echo.c - what the terminal shows: output processing, echo, erasing.
 *
 * Echo goes into the line's output ring from interrupt context, where nobody can
 * wait: when the ring is full (somebody writes a lot), echo is lost, as on a
 * real terminal that is too slow.
 *
 * Erasing must know how wide things are: ^X takes two columns, a tab up to
 * eight, a UTF-8 character one however many bytes it has (IUTF8). So the column
 * is followed through everything that is put out.
 */
#include <linux-lite/console.h>
#include <linux-lite/ctype.h>
#include <linux-lite/tty.h>

static bool is_continuation(const struct tty_struct *tty, unsigned char c)
{
	return I_FLAG(tty, IUTF8) && (c & 0xc0) == 0x80;
}

/**
 * opost_char - one byte through output processing
 * @tty: lock held
 * @c: the byte
 * @out: room for 8
 *
 * Return: bytes put there, 0 to 2.
 */
unsigned int opost_char(struct tty_struct *tty, unsigned char c, char *out)
{
	unsigned int n = 0;

	if (!O_FLAG(tty, OPOST)) {
		out[0] = c;
		return 1;
	}
	switch (c) {
	case '\n':
		if (O_FLAG(tty, ONLRET))
			tty->column = 0;
		if (O_FLAG(tty, ONLCR)) {
			out[n++] = '\r';
			tty->column = 0;
		}
		tty->canon_column = tty->column;
		break;
	case '\r':
		if (O_FLAG(tty, ONOCR) && tty->column == 0)
			return 0;
		if (O_FLAG(tty, OCRNL)) {
			c = '\n';
			break;
		}
		tty->canon_column = tty->column = 0;
		break;
	case '\t':
		tty->column = (tty->column | 7) + 1;
		break;
	case '\b':
		if (tty->column > 0)
			tty->column--;
		break;
	default:
		if (!iscntrl(c) && !is_continuation(tty, c))
			tty->column++;
	}
	out[n++] = c;
	return n;
}

/** echo_raw - echo a byte as it is, but for output processing. Context: lock held. */
void echo_raw(struct tty_struct *tty, unsigned char c)
{
	char out[8];
	unsigned int n = opost_char(tty, c, out);

	uart_write(out, n);
}

/* A typed character: control characters as ^X, if the user wants it so. */
void echo_char(struct tty_struct *tty, unsigned char c)
{
	if (L_FLAG(tty, ECHOCTL) && iscntrl(c) && c != '\t' && c != '\n') {
		echo_raw(tty, '^');
		echo_raw(tty, c ^ 0100);
	} else {
		echo_raw(tty, c);
	}
}

static void step_back(struct tty_struct *tty)
{
	uart_write("\b \b", 3);
	if (tty->column > 0)
		tty->column--;
}

/* The column of the cursor if the unfinished line were what is there now. */
static unsigned int line_column(const struct tty_struct *tty)
{
	unsigned int column = tty->canon_column;

	for (unsigned int i = tty->canon_head; i != tty->head; i++) {
		unsigned char c = read_at(tty, i);

		if (c == '\t')
			column = (column | 7) + 1;
		else if (iscntrl(c))
			column += L_FLAG(tty, ECHOCTL) ? 2 : 0;
		else if (!is_continuation(tty, c))
			column++;
	}
	return column;
}

/* The last character was taken off the buffer: take it off the screen, too. */
static void erase_shown(struct tty_struct *tty, unsigned char c)
{
	if (!L_FLAG(tty, ECHO))
		return;
	if (!L_FLAG(tty, ECHOE)) {
		echo_char(tty, tty_cc(tty, VERASE));
		return;
	}
	if (c == '\t') {
		unsigned int column = line_column(tty);

		while (tty->column > column) {
			uart_write("\b", 1);
			tty->column--;
		}
		return;
	}
	if (!iscntrl(c))
		step_back(tty);
	else if (L_FLAG(tty, ECHOCTL)) {
		step_back(tty);
		step_back(tty);
	}
}

/* Take one character (of one or more bytes) off the unfinished line. Its first byte. */
static unsigned char erase_one(struct tty_struct *tty)
{
	unsigned char c;

	do {
		c = read_at(tty, --tty->head);
	} while (is_continuation(tty, c) && tty->head != tty->canon_head);
	erase_shown(tty, c);
	return c;
}

static bool is_word(unsigned char c)
{
	return isalnum(c) || c == '_' || c >= 0x80;
}

/**
 * erase_chars - VERASE, VWERASE, VKILL
 * @tty: (l)
 * @c: which of them was typed
 *
 * Context: interrupt.
 */
void erase_chars(struct tty_struct *tty, unsigned char c)
{
	bool word = c == tty_cc(tty, VWERASE), line = c == tty_cc(tty, VKILL), seen = false;

	if (line && !(L_FLAG(tty, ECHOK) && L_FLAG(tty, ECHOKE) && L_FLAG(tty, ECHOE))) {
		tty->head = tty->canon_head;
		if (L_FLAG(tty, ECHO)) {
			echo_char(tty, c);
			if (L_FLAG(tty, ECHOK))
				echo_raw(tty, '\n');
		}
		return;
	}
	while (tty->head != tty->canon_head) {
		if (word) {
			bool in_word = is_word(read_at(tty, tty->head - 1));

			if (seen && !in_word)
				break;
			seen |= in_word;
		}
		erase_one(tty);
		if (!word && !line)
			break;
	}
}
