// SPDX-License-Identifier: GPL-2.0-only
/*
 * seq_file.c - appending text to a bounded buffer; see seq_file.h.
 *
 * Once the text did not fit, count is size_bytes + 1 for good and nothing more
 * is written: the reader throws the buffer away and calls again.
 */
#include <linux-lite/seq_file.h>
#include <linux-lite/string.h>
#include <linux-lite/vsprintf.h>

void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;
	size_t room;
	int len;

	if (seq_overflow(m))
		return;
	room = m->size_bytes - m->count;
	va_start(args, fmt);
	len = vsnprintf(m->buf + m->count, room, fmt, args);
	va_end(args);
	/* vsnprintf keeps a byte for its NUL, so an exact fit counts as too small. */
	m->count = (size_t)len < room ? m->count + len : m->size_bytes + 1;
}

void seq_puts(struct seq_file *m, const char *s)
{
	while (*s)
		seq_putc(m, *s++);
}

void seq_putc(struct seq_file *m, char c)
{
	if (seq_overflow(m))
		return;
	if (m->count < m->size_bytes)
		m->buf[m->count] = c;
	m->count++;
}

void seq_pad(struct seq_file *m, size_t line_start, size_t column)
{
	while (!seq_overflow(m) && m->count < line_start + column)
		seq_putc(m, ' ');
}
