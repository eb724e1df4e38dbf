/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * seq_file.h - text of a /proc file, written into a buffer its reader owns.
 * lib/seq_file.c.
 *
 * Any floor can describe itself: `int buddyinfo_show(struct seq_file *m)'. fs/proc
 * gives the buffer; when it was too small (seq_overflow) it calls again with a
 * larger one. A show function must therefore have no side effect.
 *
 * Small cousin of Linux's include/linux/seq_file.h.
 */
#ifndef LINUX_LITE_SEQ_FILE_H
#define LINUX_LITE_SEQ_FILE_H

#include <linux-lite/compiler.h>
#include <linux-lite/types.h>

struct seq_file {
	char *buf;
	size_t size_bytes;
	size_t count;		/* bytes written; size_bytes + 1 once it overflowed */
	void *private;		/* the entry's own, e.g. a task */
};

void seq_printf(struct seq_file *m, const char *fmt, ...) __printf(2, 3);
void seq_puts(struct seq_file *m, const char *s);
void seq_putc(struct seq_file *m, char c);
/* Blanks up to @column of this line, counted from @line_start (a value of m->count). */
void seq_pad(struct seq_file *m, size_t line_start, size_t column);

static inline bool seq_overflow(const struct seq_file *m)
{
	return m->count > m->size_bytes;
}

#endif
