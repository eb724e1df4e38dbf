// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the shell's commands come from: a terminal, a file, a pipe, or a string (-c, eval, $(...)).
 *
 * Inputs nest: `. file` and `eval` push one on top of the current one and pop it at its end. The
 * lexer takes characters from the top by input_get() and may put back the last one.
 *
 * How far ahead may one read? A script file that we opened ourselves is ours: whole blocks. But
 * standard input is shared with the commands we start (`sh < file`, where the file says `read x` or
 * `cat` and means its own next lines), so from there one byte at a time up to the newline, no more.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../box.h"
#include "sh.h"

#define BLOCK_SIZE 4096

struct input *input;

/* @private: nobody else reads @fd, so blocks may be read ahead. It is closed by input_pop(). */
void input_push_fd(struct input *in, int fd, bool private, bool terminal)
{
	*in = (struct input){ .outer = input, .fd = fd, .terminal = terminal };
	if (private)
		in->block = xmalloc(BLOCK_SIZE);
	input = in;
	lex_reset();
}

void input_push_string(struct input *in, const char *text)
{
	*in = (struct input){ .outer = input, .fd = -1, .line = text, .len = strlen(text) };
	if (input)
		in->line_number = input->line_number;
	input = in;
	lex_reset();
}

void input_pop(void)
{
	free(input->line_memory);
	if (input->block) {
		free(input->block);
		close(input->fd);
	}
	input = input->outer;
	lex_reset();
}

static int next_byte(struct input *in)
{
	unsigned char c;
	ssize_t n;

	if (in->block) {
		if (in->block_pos == in->block_len) {
			do {
				n = read(in->fd, in->block, BLOCK_SIZE);
			} while (n < 0 && errno == EINTR);
			in->block_pos = 0;
			in->block_len = n > 0 ? (size_t)n : 0;
			if (n <= 0)
				return EOF;
		}
		return (unsigned char)in->block[in->block_pos++];
	}
	for (;;) {
		n = read(in->fd, &c, 1);
		if (n == 1)
			return c;
		if (n < 0 && errno == EINTR && !interrupted)
			continue;
		return EOF;
	}
}

static char *read_line(struct input *in)
{
	size_t len = 0, size = 128;
	char *line = xmalloc(size);
	int c;

	do {
		c = next_byte(in);
		if (c == EOF)
			break;
		if (len + 2 > size)
			line = xrealloc(line, size *= 2);
		if (c)
			line[len++] = (char)c;
	} while (c != '\n');
	line[len] = '\0';
	if (len)
		return line;
	free(line);
	return NULL;
}

/* PS1 before a new command, PS2 inside one; both may hold $VAR. */
static const char *prompt(void)
{
	const char *ps = var_get(input->source.len ? "PS2" : "PS1");

	return ps ? expand_here(ps) : "";
}

static bool next_line(void)
{
	struct input *in = input;

	if (in->fd < 0 || in->at_end)
		return false;
	free(in->line_memory);
	in->line_memory = NULL;
	sh_check_interrupt();	/* ^C ended the command before: that was all it meant */
	if (in->terminal) {
		const char *term = var_get("TERM");

		jobs_report();
		if (!term || strcmp(term, "dumb") != 0) {
			in->line_memory = edit_line(prompt());
		} else {
			fputs(prompt(), stderr);
			in->line_memory = read_line(in);
		}
	} else {
		in->line_memory = read_line(in);
	}
	sh_check_interrupt();
	in->line = in->line_memory;
	in->pos = 0;
	in->len = in->line ? strlen(in->line) : 0;
	in->at_end = !in->line;
	return !in->at_end;
}

int input_get(void)
{
	char c;

	if (input->pos == input->len && !next_line())
		return EOF;
	c = input->line[input->pos++];
	if (c == '\n')
		input->line_number++;
	buf_char(&input->source, c);
	return (unsigned char)c;
}

void input_unget(int c)
{
	if (c == EOF)
		return;
	input->pos--;
	input->source.text[--input->source.len] = '\0';
	if (c == '\n')
		input->line_number--;
}

/* Forgets the text of the command before; its memory is the arena's and may be gone already. */
void input_new_command(void)
{
	input->source = (struct buf){ 0 };
	lex_reset();
}
