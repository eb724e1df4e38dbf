// SPDX-License-Identifier: GPL-2.0-only
/*
 * Line editing and history.
 *
 * Usually the terminal driver edits lines (canonical mode): it echoes, obeys backspace, and gives
 * read() whole lines only. That knows no arrow keys. So while it reads a command line the shell
 * switches the terminal to raw mode, gets every key by itself, and draws the line itself; before
 * the command runs, the old mode is back.
 *
 * Drawing is one operation, used after every key but a plain one at the line's end: return to the
 * line's start, prompt, the part of the text that fits the width, clear to the end, put the cursor.
 * That takes two control sequences, which every terminal since the VT100 knows. With TERM=dumb
 * input.c does not come here and leaves the editing to the terminal driver.
 *
 *	left right ^B ^F  ^A ^E home end  move	     up down ^P ^N  history
 *	backspace del ^D ^K ^U ^W  delete	     ^L  clear screen   tab  complete a file name
 *	^C  drop the line   ^D on an empty line  end of input
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "../box.h"
#include "sh.h"

#define HISTORY_SIZE	200
#define LINE_SIZE	4096
#undef CTRL				/* a libc header has one for other uses */
#define CTRL(c)		((c) & 31)

enum key { KEY_UP = 256, KEY_DOWN, KEY_LEFT, KEY_RIGHT, KEY_HOME, KEY_END, KEY_DELETE, KEY_NONE };

static char *history[HISTORY_SIZE];
static int history_len, history_total;

static struct {
	char text[LINE_SIZE];
	size_t len, cursor;
	const char *prompt;
	int shown;		/* index into history; history_len: the new line */
	char *draft;		/* the new line, while an old one is shown */
} line;

static void out(const char *s, size_t len)
{
	write_all(STDERR_FILENO, s, len);
}

/* How much of the text fits behind the prompt. */
static size_t text_width(void)
{
	struct winsize ws = { .ws_col = 80 };
	size_t prompt = strlen(line.prompt), width;

	ioctl(STDIN_FILENO, TIOCGWINSZ, &ws);
	width = ws.ws_col ? ws.ws_col : 80;
	return width > prompt + 8 ? width - prompt - 1 : 8;
}

static void redraw(void)
{
	size_t width = text_width(), prompt = strlen(line.prompt), from = 0, count;
	struct buf b = { 0 };
	char move[24];

	if (line.cursor >= width)	/* too long: show the part around the cursor */
		from = line.cursor - width + 1;
	count = line.len - from < width ? line.len - from : width;
	buf_add(&b, "\r", 1);
	buf_add(&b, line.prompt, prompt);
	buf_add(&b, line.text + from, count);
	buf_add(&b, "\033[K\r", 4);
	snprintf(move, sizeof(move), "\033[%zuC", prompt + line.cursor - from);
	if (prompt + line.cursor - from)
		buf_add(&b, move, strlen(move));
	out(b.text, b.len);
}

static void replace(const char *text)
{
	line.len = strnlen(text, LINE_SIZE - 2);
	memcpy(line.text, text, line.len);
	line.cursor = line.len;
}

static void insert(const char *s, size_t len)
{
	if (line.len + len > LINE_SIZE - 2)
		return;
	memmove(line.text + line.cursor + len, line.text + line.cursor, line.len - line.cursor);
	memcpy(line.text + line.cursor, s, len);
	line.len += len;
	line.cursor += len;
}

/* Deletes [from, to). */
static void cut(size_t from, size_t to)
{
	memmove(line.text + from, line.text + to, line.len - to);
	line.len -= to - from;
	line.cursor = from;
}

static int get_byte(void)
{
	unsigned char c;
	ssize_t n;

	do {
		n = read(STDIN_FILENO, &c, 1);
	} while (n < 0 && errno == EINTR && !interrupted);
	return n == 1 ? c : EOF;
}

/* One key: a byte, or an escape sequence (ESC [ A, ESC O A, ESC [ 3 ~) as one number. */
static int get_key(void)
{
	int c = get_byte(), number = 0;

	if (c != 27)
		return c;
	c = get_byte();
	if (c != '[' && c != 'O')
		return KEY_NONE;
	for (c = get_byte(); c >= '0' && c <= ';'; c = get_byte())
		number = c <= '9' ? c - '0' : number;
	switch (c) {
	case 'A': return KEY_UP;
	case 'B': return KEY_DOWN;
	case 'C': return KEY_RIGHT;
	case 'D': return KEY_LEFT;
	case 'H': return KEY_HOME;
	case 'F': return KEY_END;
	case '~':
		return number == 3 ? KEY_DELETE : number == 1 || number == 7 ? KEY_HOME :
		       number == 4 || number == 8 ? KEY_END : KEY_NONE;
	default: return KEY_NONE;
	}
}

static void show_history(int step)
{
	int next = line.shown + step;

	if (next < 0 || next > history_len)
		return;
	if (line.shown == history_len) {
		free(line.draft);
		line.text[line.len] = '\0';
		line.draft = xstrdup(line.text);
	}
	line.shown = next;
	replace(next == history_len ? line.draft : history[next]);
}

static void remember(const char *text)
{
	if (!*text || *text == ' ' ||
	    (history_len && strcmp(history[history_len - 1], text) == 0))
		return;
	if (history_len == HISTORY_SIZE) {
		free(history[0]);
		memmove(history, history + 1, (HISTORY_SIZE - 1) * sizeof(char *));
		history_len--;
	}
	history[history_len++] = xstrdup(text);
	history_total++;
}

/* Completes the file name before the cursor as far as it is certain. */
static void complete(void)
{
	size_t start = line.cursor, count = 0, common = 0, typed;
	char *word, *slash, *dir, *match = NULL;
	struct dirent *d;
	struct stat st;
	DIR *stream;

	while (start && !strchr(" ;|&<>('\"=", line.text[start - 1]))
		start--;
	word = arena_strndup(line.text + start, line.cursor - start);
	slash = strrchr(word, '/');
	dir = slash ? arena_strndup(word, (size_t)(slash - word) + 1) : ".";
	word = slash ? slash + 1 : word;
	typed = strlen(word);
	stream = opendir(dir);
	while (stream && (d = readdir(stream))) {
		if (strncmp(d->d_name, word, typed) != 0 || (d->d_name[0] == '.' && *word != '.'))
			continue;
		if (!count++) {
			match = arena_strdup(d->d_name);
			common = strlen(match);
		}
		for (size_t i = typed; i < common; i++) {
			if (match[i] != d->d_name[i])
				common = i;
		}
	}
	if (stream)
		closedir(stream);
	if (!count)
		return;
	insert(match + typed, common - typed);
	if (count == 1) {
		struct buf path = { 0 };

		buf_add(&path, dir, strlen(dir));
		buf_char(&path, '/');
		buf_add(&path, match, strlen(match));
		insert(stat(path.text, &st) == 0 && S_ISDIR(st.st_mode) ? "/" : " ", 1);
	}
}

static void delete_word(void)
{
	size_t from = line.cursor;

	while (from && line.text[from - 1] == ' ')
		from--;
	while (from && line.text[from - 1] != ' ')
		from--;
	cut(from, line.cursor);
}

static void move_or_delete(int key)
{
	char c = (char)key;

	switch (key) {
	case KEY_LEFT: case CTRL('B'): line.cursor -= line.cursor > 0; break;
	case KEY_RIGHT: case CTRL('F'): line.cursor += line.cursor < line.len; break;
	case KEY_HOME: case CTRL('A'): line.cursor = 0; break;
	case KEY_END: case CTRL('E'): line.cursor = line.len; break;
	case KEY_UP: case CTRL('P'): show_history(-1); break;
	case KEY_DOWN: case CTRL('N'): show_history(1); break;
	case CTRL('K'): cut(line.cursor, line.len); break;
	case CTRL('U'): cut(0, line.cursor); break;
	case CTRL('W'): delete_word(); break;
	case CTRL('L'): out("\033[H\033[2J", 7); break;
	case CTRL('I'): complete(); break;
	case KEY_DELETE: case CTRL('D'):
		if (line.cursor < line.len)
			cut(line.cursor, line.cursor + 1);
		break;
	case CTRL('H'): case 127:
		if (line.cursor)
			cut(line.cursor - 1, line.cursor);
		break;
	default:
		if (key >= 32 && key < 256)
			insert(&c, 1);
	}
}

/* A plain character at the line's end needs no drawing but itself. */
static bool append(int key)
{
	char c = (char)key;

	if (key < 32 || key > 126 || line.cursor != line.len || line.len + 1 >= text_width())
		return false;
	insert(&c, 1);
	out(&c, 1);
	return true;
}

/* Reads keys until the line is done. False at the end of input. */
static bool edit(void)
{
	redraw();
	for (;;) {
		int key = get_key();

		if (append(key))
			continue;
		if (key == CTRL('C') || interrupted) {
			interrupted = 1;
			out("^C\r\n", 4);
			return false;
		}
		if (key == EOF || (key == CTRL('D') && !line.len)) {
			out("\r\n", 2);
			return false;
		}
		if (key == '\r' || key == '\n') {
			line.cursor = line.len;
			redraw();
			out("\r\n", 2);
			return true;
		}
		move_or_delete(key);
		redraw();
	}
}

/* A line with its newline (malloced), or NULL at the end of input or at ^C (see interrupted). */
char *edit_line(const char *prompt)
{
	struct termios cooked, raw;
	bool got;

	line.len = line.cursor = 0;
	line.prompt = prompt;
	line.shown = history_len;
	if (tcgetattr(STDIN_FILENO, &cooked) < 0)
		return NULL;
	raw = cooked;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
	raw.c_iflag &= ~(tcflag_t)(IXON | ICRNL);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
	got = edit();
	tcsetattr(STDIN_FILENO, TCSADRAIN, &cooked);
	if (!got)
		return NULL;
	line.text[line.len] = '\0';
	remember(line.text);
	line.text[line.len] = '\n';
	line.text[line.len + 1] = '\0';
	return xstrdup(line.text);
}

int builtin_history(int argc, char **argv)
{
	for (int i = 0; i < history_len; i++)
		printf("%5d  %s\n", history_total - history_len + i + 1, history[i]);
	return 0;
}
