// SPDX-License-Identifier: GPL-2.0-only
/*
 * The parser: tokens to a tree, one function a rule of the grammar (POSIX XCU 2.10), each returning
 * when it meets a token that can't be its own.
 *
 *	list      and_or  { (';' | '&' | newline) and_or }
 *	and_or    pipeline { ('&&' | '||') pipeline }
 *	pipeline  ['!'] command { '|' command }
 *	command   simple | '(' list ')' | '{' list '}' | if | while | until | for | case
 *	          | name() command
 *
 * `a | b && c; d &` becomes
 *
 *	            SEQ
 *	           /   \
 *	        AND     BG
 *	       /   \      \
 *	    PIPE    c      d
 *	   /    \
 *	  a      b
 *
 * Nodes live in the arena; a function's body outlives it and is copied out with node_copy().
 */
#include <ctype.h>
#include <string.h>

#include "sh.h"

static struct node *parse_list(bool whole_lines);
static struct node *parse_one(void);

static struct node *node_new(enum node_type type, struct node *a, struct node *b)
{
	struct node *n = arena_alloc(sizeof(*n));

	*n = (struct node){ .type = type, .a = a, .b = b, .line = input->line_number };
	return n;
}

static void __attribute__((noreturn)) unexpected(void)
{
	struct token *t = lex_peek();
	static const char *const names[] = {
		[T_END] = "end of input", [T_NEWLINE] = "newline", [T_REDIR] = "redirection",
		[T_AND_IF] = "&&", [T_OR_IF] = "||", [T_AMP] = "&", [T_SEMI] = ";",
		[T_DSEMI] = ";;", [T_PIPE] = "|", [T_LPAREN] = "(", [T_RPAREN] = ")",
	};

	sh_error("syntax error: \"%s\" unexpected", t->type == T_WORD ? t->text : names[t->type]);
}

static bool accept(enum token_type type)
{
	if (lex_peek()->type != type)
		return false;
	lex_next();
	return true;
}

static void skip_newlines(void)
{
	while (accept(T_NEWLINE))
		;
}

static bool at_word(const char *word)
{
	struct token *t = lex_peek();

	return t->type == T_WORD && strcmp(t->text, word) == 0;
}

static bool accept_word(const char *word)
{
	if (!at_word(word))
		return false;
	lex_next();
	return true;
}

static void expect_word(const char *word)
{
	if (!accept_word(word))
		unexpected();
}

/* A word that ends a list, where a command could stand. */
static bool at_closer(void)
{
	static const char *const closers[] = {
		"then", "elif", "else", "fi", "do", "done", "esac", "}",
	};

	for (size_t i = 0; i < sizeof(closers) / sizeof(closers[0]); i++) {
		if (at_word(closers[i]))
			return true;
	}
	return false;
}

bool is_name(const char *s, size_t len)
{
	if (!len || isdigit((unsigned char)s[0]))
		return false;
	for (size_t i = 0; i < len; i++) {
		if (!isalnum((unsigned char)s[i]) && s[i] != '_')
			return false;
	}
	return true;
}

static struct word **add_word(struct word **end, char *text)
{
	struct word *w = arena_alloc(sizeof(*w));

	*w = (struct word){ .text = text };
	*end = w;
	return &w->next;
}

static struct redir **parse_redir(struct redir **end)
{
	struct redir *r = lex_next()->redir;

	if (lex_peek()->type != T_WORD)
		unexpected();
	if (r->type == R_HERE)
		lex_here_document(r, lex_next()->text);
	else
		r->word = lex_next()->text;
	*end = r;
	return &r->next;
}

static struct node *parse_function(char *name)
{
	struct node *n = node_new(N_FUNC, NULL, NULL);

	n->name = name;
	if (!accept(T_RPAREN))
		unexpected();
	skip_newlines();
	n->a = parse_one();
	return n;
}

static struct node *parse_simple(void)
{
	struct node *n = node_new(N_SIMPLE, NULL, NULL);
	struct word **assigns = &n->assigns, **words = &n->words;
	struct redir **redirs = &n->redirs;
	bool any = false;

	for (;; any = true) {
		struct token *t = lex_peek();

		if (t->type == T_REDIR) {
			redirs = parse_redir(redirs);
		} else if (t->type == T_WORD) {
			char *text = lex_next()->text, *eq = strchr(text, '=');

			if (!n->words && eq && is_name(text, (size_t)(eq - text)))
				assigns = add_word(assigns, text);
			else
				words = add_word(words, text);
		} else if (t->type == T_LPAREN && n->words && !n->words->next && !n->redirs) {
			lex_next();
			return parse_function(n->words->text);
		} else {
			break;
		}
	}
	if (!any)
		unexpected();
	return n;
}

static struct node *parse_block(void)
{
	struct node *n = parse_list(true);

	if (!n)
		unexpected();
	return n;
}

/* After `if` or `elif`. */
static struct node *parse_if(void)
{
	struct node *n = node_new(N_IF, NULL, NULL);

	n->a = parse_block();
	expect_word("then");
	n->b = parse_block();
	if (accept_word("elif")) {
		n->c = parse_if();
		return n;
	}
	if (accept_word("else"))
		n->c = parse_block();
	expect_word("fi");
	return n;
}

static struct node *parse_while(enum node_type type)
{
	struct node *n = node_new(type, NULL, NULL);

	n->a = parse_block();
	expect_word("do");
	n->b = parse_block();
	expect_word("done");
	return n;
}

static struct node *parse_for(void)
{
	struct node *n = node_new(N_FOR, NULL, NULL);
	struct word **words = &n->words;
	struct token *t = lex_next();

	if (t->type != T_WORD || !is_name(t->text, strlen(t->text)))
		sh_error("syntax error: bad for loop variable");
	n->name = t->text;
	skip_newlines();
	n->from_args = !accept_word("in");
	while (!n->from_args && lex_peek()->type == T_WORD)
		words = add_word(words, lex_next()->text);
	accept(T_SEMI);
	skip_newlines();
	expect_word("do");
	n->a = parse_block();
	expect_word("done");
	return n;
}

static struct node *parse_case(void)
{
	struct node *n = node_new(N_CASE, NULL, NULL);
	struct node **arms = &n->a;

	if (lex_peek()->type != T_WORD)
		unexpected();
	n->name = lex_next()->text;
	skip_newlines();
	expect_word("in");
	skip_newlines();
	while (!accept_word("esac")) {
		struct node *arm = node_new(N_ARM, NULL, NULL);
		struct word **patterns = &arm->words;

		accept(T_LPAREN);
		do {
			if (lex_peek()->type != T_WORD)
				unexpected();
			patterns = add_word(patterns, lex_next()->text);
		} while (accept(T_PIPE));
		if (!accept(T_RPAREN))
			unexpected();
		arm->a = parse_list(true);
		*arms = arm;
		arms = &arm->b;
		if (!accept(T_DSEMI)) {
			expect_word("esac");
			break;
		}
		skip_newlines();
	}
	return n;
}

/* A compound command, or NULL when none begins here. */
static struct node *parse_compound(void)
{
	struct node *n;

	if (accept(T_LPAREN)) {
		n = node_new(N_SUBSHELL, parse_block(), NULL);
		if (!accept(T_RPAREN))
			unexpected();
		return n;
	}
	if (accept_word("{")) {
		n = node_new(N_GROUP, parse_block(), NULL);
		expect_word("}");
		return n;
	}
	if (accept_word("if"))
		return parse_if();
	if (accept_word("while"))
		return parse_while(N_WHILE);
	if (accept_word("until"))
		return parse_while(N_UNTIL);
	if (accept_word("for"))
		return parse_for();
	if (accept_word("case"))
		return parse_case();
	return NULL;
}

static struct node *parse_one(void)
{
	struct node *n = parse_compound();
	struct redir **redirs;

	if (!n)
		return parse_simple();
	redirs = &n->redirs;
	while (lex_peek()->type == T_REDIR)
		redirs = parse_redir(redirs);
	return n;
}

/* The source from @start to the token before the next one. */
static char *source_text(size_t start)
{
	size_t end = lex_peek()->start;

	while (end > start && strchr(" \t\n", input->source.text[end - 1]))
		end--;
	return arena_strndup(input->source.text + start, end - start);
}

static struct node *parse_pipeline(void)
{
	bool not = accept_word("!");
	size_t start = lex_peek()->start;
	struct node *n = parse_one();

	if (accept(T_PIPE)) {
		struct node *p = node_new(N_PIPE, n, NULL), *last = p;

		for (;;) {
			skip_newlines();
			last->b = parse_one();
			if (!accept(T_PIPE))
				break;
			last->b = node_new(N_PIPE, last->b, NULL);
			last = last->b;
		}
		n = p;
	}
	n->text = source_text(start);
	return not ? node_new(N_NOT, n, NULL) : n;
}

static struct node *parse_and_or(void)
{
	size_t start = lex_peek()->start;
	struct node *n = parse_pipeline();

	for (;;) {
		enum token_type type = lex_peek()->type;

		if (type != T_AND_IF && type != T_OR_IF)
			break;
		lex_next();
		skip_newlines();
		n = node_new(type == T_AND_IF ? N_AND : N_OR, n, parse_pipeline());
	}
	n->text = source_text(start);
	return n;
}

/*
 * Commands up to a closing word or token. @whole_lines: over newlines (inside a compound command);
 * else up to the first one. NULL when there is none.
 */
static struct node *parse_list(bool whole_lines)
{
	struct node *list = NULL;

	for (;;) {
		struct node *n;
		enum token_type type;

		if (whole_lines)
			skip_newlines();
		type = lex_peek()->type;
		if (type == T_END || type == T_RPAREN || type == T_DSEMI || at_closer())
			return list;
		if (type == T_NEWLINE)
			return list;
		n = parse_and_or();
		type = lex_peek()->type;
		if (type == T_AMP) {
			char *text = n->text;

			n = node_new(N_BG, n, NULL);
			n->text = text;
		}
		list = list ? node_new(N_SEQ, list, n) : n;
		if (type == T_AMP || type == T_SEMI)
			lex_next();
		else if (type != T_NEWLINE || !whole_lines)
			return list;
	}
}

/*
 * One line's commands (more lines where a command spans them) from the current input. NULL for an
 * empty line. *@end: nothing follows, or a ')' for the caller to look at.
 */
struct node *parse_command(bool *end)
{
	struct node *n = parse_list(false);
	enum token_type type = lex_peek()->type;

	*end = type == T_END || type == T_RPAREN;
	if (!*end && type != T_NEWLINE)
		unexpected();
	if (type == T_NEWLINE)
		lex_next();
	return n;
}

/* The whole of the current input as one tree, up to its end or a ')'. */
static struct node *parse_rest(void)
{
	struct node *all = NULL;
	bool end;

	do {
		struct node *n = parse_command(&end);

		if (n)
			all = all ? node_new(N_SEQ, all, n) : n;
	} while (!end);
	return all;
}

/* @text follows "$(": its commands, and in *@end what follows the ')'. */
struct node *parse_substitution(const char *text, const char **end)
{
	struct input in;
	struct node *n;

	input_push_string(&in, text);
	n = parse_rest();
	if (lex_peek()->type != T_RPAREN)
		unexpected();
	*end = text + in.pos;
	input_pop();
	return n;
}

struct node *parse_all(const char *text)
{
	struct input in;
	struct node *n;

	input_push_string(&in, text);
	n = parse_rest();
	if (lex_peek()->type != T_END)
		unexpected();
	input_pop();
	return n;
}
