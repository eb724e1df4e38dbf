// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lexer: characters to tokens.
 *
 * A word keeps its quotes and dollars as written: `a"$b c"` is one token, because only expand.c,
 * when the command runs, knows what $b is and which characters were quoted. The lexer merely has to
 * see where a word ends, and so must step over everything in which a space or a ')' does not end
 * it: '...', "...", \x, `...`, ${...}, $((...)) and $(...). The last holds a whole command, in
 * which a ')' may stand in a case pattern or a quote, so it is parsed to find its end; what counts
 * later is its text.
 *
 * Reserved words (if, do, }...) are words here: they are reserved only where a command may begin,
 * which is the parser's knowledge.
 *
 * A here-document's text starts on the line after its <<, so those seen are kept in a list and read
 * when the newline token is met.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sh.h"

static struct token token;
static bool have_token;
static bool in_double;	/* inside "...", where ' is an ordinary character even in ${...} */

struct here {
	struct here *next;
	struct redir *redir;
	char *delimiter;
};

static struct here *heres, **heres_end = &heres;

void lex_reset(void)
{
	have_token = false;
	in_double = false;
	heres = NULL;
	heres_end = &heres;
}

static int must_get(const char *what)
{
	int c = input_get();

	if (c == EOF)
		sh_error("syntax error: %s is not closed", what);
	return c;
}

static void lex_dollar(struct buf *word);

static void lex_single(struct buf *word)
{
	int c;

	do {
		c = must_get("'");
		buf_char(word, (char)c);
	} while (c != '\'');
}

/* Up to and with the closing @end, stepping over \x. In double quotes also over $... and `...`. */
static void lex_backquote(struct buf *word)
{
	int c;

	do {
		c = must_get("`");
		buf_char(word, (char)c);
		if (c == '\\')
			buf_char(word, (char)must_get("`"));
	} while (c != '`');
}

static void lex_double(struct buf *word)
{
	bool outer = in_double;

	in_double = true;
	for (;;) {
		int c = must_get("\"");

		buf_char(word, (char)c);
		if (c == '"')
			break;
		if (c == '\\')
			buf_char(word, (char)must_get("\""));
		else if (c == '$')
			lex_dollar(word);
		else if (c == '`')
			lex_backquote(word);
	}
	in_double = outer;
}

/* After "${": up to its '}'. */
static void lex_brace(struct buf *word)
{
	for (;;) {
		int c = must_get("${");

		buf_char(word, (char)c);
		if (c == '}')
			return;
		if (c == '\\')
			buf_char(word, (char)must_get("${"));
		else if (c == '\'' && !in_double)
			lex_single(word);
		else if (c == '"')
			lex_double(word);
		else if (c == '$')
			lex_dollar(word);
		else if (c == '`')
			lex_backquote(word);
	}
}

/* After "$((": up to its "))". */
static void lex_arith(struct buf *word)
{
	int depth = 2;

	while (depth) {
		int c = must_get("$((");

		buf_char(word, (char)c);
		if (c == '$')
			lex_dollar(word);
		else if (c == '`')
			lex_backquote(word);
		depth += (c == '(') - (c == ')');
	}
}

/* After "$(": parses a command to find its end, and takes the text that was read meanwhile. */
static void lex_command(struct buf *word)
{
	struct token saved = token;
	struct here *saved_heres = heres, **saved_end = heres_end;
	size_t start = input->source.len;
	bool outer = in_double;
	struct token *t;

	lex_reset();
	in_double = false;
	do {
		bool end;

		parse_command(&end);
		t = lex_peek();
		if (end && t->type != T_RPAREN)
			sh_error("syntax error: $( is not closed");
	} while (t->type != T_RPAREN);
	buf_add(word, input->source.text + start, input->source.len - start);
	in_double = outer;
	token = saved;
	have_token = false;
	heres = saved_heres;
	heres_end = saved_heres ? saved_end : &heres;
}

/* After a '$' that is already in @word. */
static void lex_dollar(struct buf *word)
{
	int c = input_get();

	if (c == '{') {
		buf_char(word, '{');
		lex_brace(word);
	} else if (c == '(') {
		buf_char(word, '(');
		c = input_get();
		if (c == '(') {
			buf_char(word, '(');
			lex_arith(word);
		} else {
			input_unget(c);
			lex_command(word);
		}
	} else {
		input_unget(c);
	}
}

/* The end functions: expand.c has such a construct as text and asks where it ends. */
static const char *span(const char *text, void (*lex)(struct buf *), bool quoted)
{
	struct token saved = token;
	bool had = have_token, outer = in_double;
	struct here *saved_heres = heres, **saved_end = heres_end;
	struct input in;
	struct buf skipped = { 0 };

	input_push_string(&in, text);
	in_double = quoted;
	lex(&skipped);
	input_pop();
	in_double = outer;
	token = saved;
	have_token = had;
	heres = saved_heres;
	heres_end = saved_heres ? saved_end : &heres;
	return text + in.pos;
}

/* @text starts after "${"; returns what follows the '}'. @quoted: it stands in double quotes. */
const char *lex_brace_end(const char *text, bool quoted)
{
	return span(text, lex_brace, quoted);
}

const char *lex_backquote_end(const char *text)
{
	return span(text, lex_backquote, false);
}

const char *lex_arith_end(const char *text)
{
	return span(text, lex_arith, false);
}

static void skip_blanks(void)
{
	for (;;) {
		int c = input_get();

		if (c == '\\') {
			c = input_get();
			if (c == '\n')
				continue;
			input_unget(c);
			input_unget('\\');
			return;
		}
		if (c == '#') {
			while (c != '\n' && c != EOF)
				c = input_get();
		}
		if (c != ' ' && c != '\t') {
			input_unget(c);
			return;
		}
	}
}

static bool next_is(int wanted)
{
	int c = input_get();

	if (c == wanted)
		return true;
	input_unget(c);
	return false;
}

static void lex_redir(int c, int fd)
{
	struct redir *r = arena_alloc(sizeof(*r));

	*r = (struct redir){ .fd = fd >= 0 ? fd : c == '>' };
	token.type = T_REDIR;
	token.redir = r;
	if (c == '>') {
		r->type = next_is('>') ? R_APPEND : next_is('&') ? R_DUP : R_WRITE;
		if (r->type == R_WRITE)
			next_is('|');
		return;
	}
	if (next_is('<')) {
		r->type = R_HERE;
		r->strip_tabs = next_is('-');
	} else {
		r->type = next_is('&') ? R_DUP : next_is('>') ? R_RDWR : R_READ;
	}
}

static void lex_word(int c)
{
	struct buf word = { 0 };

	for (; c != EOF && !strchr(" \t\n;&|<>()", c); c = input_get()) {
		if (c == '\\') {
			int next = input_get();

			if (next == '\n')
				continue;
			buf_char(&word, '\\');
			if (next != EOF)
				buf_char(&word, (char)next);
			continue;
		}
		buf_char(&word, (char)c);
		if (c == '\'')
			lex_single(&word);
		else if (c == '"')
			lex_double(&word);
		else if (c == '`')
			lex_backquote(&word);
		else if (c == '$')
			lex_dollar(&word);
	}
	input_unget(c);
	token.type = T_WORD;
	token.text = buf_text(&word);
	if ((c == '<' || c == '>') && word.len && word.len < 4 &&
	    strspn(word.text, "0123456789") == word.len)
		lex_redir(input_get(), atoi(word.text));
}

/* Notes that the text up to a line @delimiter, after the present line, belongs to @r. */
void lex_here_document(struct redir *r, const char *delimiter)
{
	struct here *h = arena_alloc(sizeof(*h));
	struct buf plain = { 0 };

	r->expand = true;
	for (const char *p = delimiter; *p; p++) {
		if (strchr("'\"\\", *p)) {
			r->expand = false;	/* quoted, even in part: taken as it stands */
			if (*p == '\\' && p[1])
				buf_char(&plain, *++p);
			continue;
		}
		buf_char(&plain, *p);
	}
	*h = (struct here){ .redir = r, .delimiter = buf_text(&plain) };
	*heres_end = h;
	heres_end = &h->next;
}

static void read_here(struct here *h)
{
	struct buf text = { 0 };

	for (;;) {
		struct buf line = { 0 };
		int c = input_get();

		while (h->redir->strip_tabs && c == '\t')
			c = input_get();
		for (; c != '\n' && c != EOF; c = input_get())
			buf_char(&line, (char)c);
		if (strcmp(buf_text(&line), h->delimiter) == 0 || (c == EOF && !line.len))
			break;
		buf_add(&text, line.text, line.len);
		buf_char(&text, '\n');
		if (c == EOF)
			break;
	}
	h->redir->word = buf_text(&text);
}

static void lex_newline(void)
{
	token.type = T_NEWLINE;
	for (struct here *h = heres; h; h = h->next)
		read_here(h);
	heres = NULL;
	heres_end = &heres;
}

static void lex(void)
{
	int c;

	skip_blanks();
	token = (struct token){ .start = input->source.len };
	c = input_get();
	switch (c) {
	case EOF:	token.type = T_END; break;
	case '\n':	lex_newline(); break;
	case ';':	token.type = next_is(';') ? T_DSEMI : T_SEMI; break;
	case '&':	token.type = next_is('&') ? T_AND_IF : T_AMP; break;
	case '|':	token.type = next_is('|') ? T_OR_IF : T_PIPE; break;
	case '(':	token.type = T_LPAREN; break;
	case ')':	token.type = T_RPAREN; break;
	case '<':
	case '>':	lex_redir(c, -1); break;
	default:	lex_word(c); break;
	}
}

/* The token that comes next, which stays next. */
struct token *lex_peek(void)
{
	if (!have_token) {
		lex();
		have_token = true;
	}
	return &token;
}

struct token *lex_next(void)
{
	lex_peek();
	have_token = false;
	return &token;
}
