// SPDX-License-Identifier: GPL-2.0-only
/*
 * Expansion: a word as written becomes the arguments a program gets.
 *
 *	"$a"$b~x*   substitute ~ $var ${..} $(..) $((..)) `..`, left to right
 *	            -> split what came from unquoted substitutions at $IFS
 *	            -> match file names where an unquoted * ? [ is left
 *	            -> drop the quotes
 *
 * The later steps must know where each character came from: a space from $list splits, one written
 * in quotes does not; a * in quotes matches only itself. So the substitution writes a row of cells,
 * a character with its origin, and the steps after it read those:
 *
 *	LITERAL  written without quotes: may match, does not split
 *	RESULT   from an unquoted substitution: may match, splits
 *	QUOTED   quoted or escaped: stands for itself
 *	QUOTES   no character; here were quotes, so the field exists even if it is empty
 *	BREAK    no character; between the fields of "$@"
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

enum origin { LITERAL, RESULT, QUOTED, QUOTES, BREAK };

struct cells {
	struct buf chars, origins;	/* two rows of the same length */
	bool no_args;			/* "$@" without arguments: those quotes make no field */
};

static const char *expand_dollar(struct cells *out, const char *p, bool quoted);
static void expand_text(struct cells *out, const char *p, const char *end, bool quoted,
			enum origin plain);

static void put(struct cells *out, char c, enum origin origin)
{
	buf_char(&out->chars, c);
	buf_char(&out->origins, (char)origin);
}

static void put_string(struct cells *out, const char *s, bool quoted)
{
	while (*s)
		put(out, *s++, quoted ? QUOTED : RESULT);
}

/* $@ and $*: the arguments as fields, or in quotes and with '*' as one string. */
static void put_args(struct cells *out, char which, bool quoted)
{
	const char *ifs = var_get("IFS");

	for (int i = 0; i < params.count; i++) {
		if (i && quoted && which == '*') {
			if (!ifs || *ifs)
				put(out, ifs ? *ifs : ' ', QUOTED);
		} else if (i) {
			put(out, 0, BREAK);
		}
		if (quoted)
			put(out, 0, QUOTES);
		put_string(out, params.list[i], quoted);
	}
	if (!params.count && quoted && which == '@')
		out->no_args = true;
}

/* The value of a parameter other than $@ and $*, NULL when it is not set. */
static const char *param_value(const char *name)
{
	char number[24];

	if (isdigit((unsigned char)name[0])) {
		int n = atoi(name);

		if (n == 0)
			return script_name;
		return n <= params.count ? params.list[n - 1] : NULL;
	}
	switch (name[0]) {
	case '?': snprintf(number, sizeof(number), "%d", last_status); break;
	case '#': snprintf(number, sizeof(number), "%d", params.count); break;
	case '$': snprintf(number, sizeof(number), "%d", (int)shell_pid); break;
	case '!':
		if (!last_background)
			return NULL;
		snprintf(number, sizeof(number), "%d", (int)last_background);
		break;
	case '-':
		snprintf(number, sizeof(number), "%s%s%s%s%s", options.errexit ? "e" : "",
			 interactive ? "i" : "", options.nounset ? "u" : "",
			 options.xtrace ? "x" : "", options.noglob ? "f" : "");
		break;
	default:
		return var_get(name);
	}
	return arena_strdup(number);
}

/* The length of the parameter's name at @p: x1, 12 (in braces), or one of ?#$!-@*. */
static size_t name_length(const char *p, bool braces)
{
	size_t n = 0;

	if (isdigit((unsigned char)*p)) {
		while (isdigit((unsigned char)p[n]) && (braces || n < 1))
			n++;
		return n;
	}
	if (*p && strchr("?#$!-@*", *p))
		return 1;
	while (isalnum((unsigned char)p[n]) || p[n] == '_')
		n++;
	return n;
}

/* ${x#pattern} and its kin: @value without what matches at its front or back. */
static const char *trim(const char *value, const char *pattern, bool front, bool longest)
{
	size_t len = strlen(value);

	for (size_t i = 0; i <= len; i++) {
		size_t cut = longest ? len - i : i;	/* how much to take away */

		if (front) {
			if (pattern_match(pattern, arena_strndup(value, cut)))
				return value + cut;
		} else if (pattern_match(pattern, value + len - cut)) {
			return arena_strndup(value, len - cut);
		}
	}
	return value;
}

/* Like expand_text, but the result is one string. */
static char *expand_part(const char *p, const char *end, bool pattern, bool quoted)
{
	struct cells part = { 0 };
	struct buf text = { 0 };

	expand_text(&part, p, end, quoted, LITERAL);
	for (size_t i = 0; i < part.chars.len; i++) {
		enum origin o = (enum origin)part.origins.text[i];

		if (o == BREAK)
			buf_char(&text, ' ');
		if (o >= QUOTES)
			continue;
		if (pattern && o == QUOTED)
			buf_char(&text, '\\');
		buf_char(&text, part.chars.text[i]);
	}
	return buf_text(&text);
}

/* The word after the operator of ${name<op>word}; returns false when it does not replace @value. */
static bool operate(struct cells *out, const char *name, const char *value, const char *op,
		    const char *end, bool quoted)
{
	bool unset = !value || (op[0] == ':' && !*value);
	char what = op[0] == ':' ? op[1] : op[0];
	const char *word = op + (op[0] == ':' ? 2 : 1);

	switch (what) {
	case '-':
	case '+':
		if (unset != (what == '-'))
			return what == '+';
		expand_text(out, word, end, quoted, quoted ? QUOTED : RESULT);
		return true;
	case '=':
		if (!unset)
			return false;
		if (!is_name(name, strlen(name)))
			sh_error("%s: can't be assigned", name);
		var_set(name, expand_part(word, end, false, quoted));
		put_string(out, var_get(name), quoted);
		return true;
	case '?':
		if (!unset)
			return false;
		word = expand_part(word, end, false, quoted);
		sh_error("%s: %s", name, *word ? word : "parameter not set");
	case '#':
	case '%':
		if (!value)
			return false;
		if (word < end && *word == what)
			value = trim(value, expand_part(word + 1, end, true, false),
				     what == '#', true);
		else
			value = trim(value, expand_part(word, end, true, false),
				     what == '#', false);
		put_string(out, value, quoted);
		return true;
	default:
		sh_error("${%s%s: bad substitution", name, op);
	}
}

static void check_set(const char *name, const char *value)
{
	if (!value && options.nounset)
		sh_error("%s: parameter not set", name);
}

/* @p follows "${"; returns what follows the '}'. */
static const char *expand_brace(struct cells *out, const char *p, bool quoted)
{
	const char *next = lex_brace_end(p, quoted), *end = next - 1, *value;
	bool length = *p == '#' && p + 1 < end && name_length(p + 1, true) &&
		      p + 1 + name_length(p + 1, true) == end;
	size_t len = name_length(p += length, true);
	char *name = arena_strndup(p, len);
	char number[24];

	if (!len)
		sh_error("${%s: bad substitution", p);
	p += len;
	if (strchr("@*", *name)) {
		if (length) {
			snprintf(number, sizeof(number), "%d", params.count);
			put_string(out, number, quoted);
			return next;
		}
		value = params.count ? params.list[0] : NULL;
		if (p == end || !operate(out, name, value, p, end, quoted))
			put_args(out, *name, quoted);
		return next;
	}
	value = param_value(name);
	if (length) {
		check_set(name, value);
		snprintf(number, sizeof(number), "%zu", value ? strlen(value) : 0);
		put_string(out, number, quoted);
	} else if (p == end || !operate(out, name, value, p, end, quoted)) {
		check_set(name, value);
		put_string(out, value ? value : "", quoted);
	}
	return next;
}

/* What a command prints, without the newlines at its end. */
static void put_output(struct cells *out, struct node *n, bool quoted)
{
	size_t len;
	char *text = eval_output(n, &len);

	while (len && text[len - 1] == '\n')
		text[--len] = '\0';
	put_string(out, text, quoted);
}

/* @p follows the first "`". A backslash is taken away before $ ` \ (and " in quotes). */
static const char *expand_backquote(struct cells *out, const char *p, bool quoted)
{
	const char *next = lex_backquote_end(p);
	struct buf text = { 0 };

	for (; p < next - 1; p++) {
		if (*p == '\\' && (strchr("$`\\", p[1]) || (quoted && p[1] == '"')))
			p++;
		buf_char(&text, *p);
	}
	put_output(out, parse_all(buf_text(&text)), quoted);
	return next;
}

/* @p follows a '$'; returns what follows the substitution. */
static const char *expand_dollar(struct cells *out, const char *p, bool quoted)
{
	const char *end;
	char number[24], *name;
	size_t len;

	if (*p == '{')
		return expand_brace(out, p + 1, quoted);
	if (p[0] == '(' && p[1] == '(') {
		end = lex_arith_end(p + 2);
		snprintf(number, sizeof(number), "%ld",
			 arith(expand_part(p + 2, end - 2, false, true)));
		put_string(out, number, quoted);
		return end;
	}
	if (*p == '(') {
		struct node *n = parse_substitution(p + 1, &end);

		put_output(out, n, quoted);
		return end;
	}
	len = name_length(p, false);
	if (!len) {
		put(out, '$', quoted ? QUOTED : LITERAL);
		return p;
	}
	name = arena_strndup(p, len);
	if (strchr("@*", *name)) {
		put_args(out, *name, quoted);
	} else {
		const char *value = param_value(name);

		check_set(name, value);
		put_string(out, value ? value : "", quoted);
	}
	return p + len;
}

/* The inside of "..." from @p on, to the closing quote or @end. Returns where it stopped. */
static const char *expand_double(struct cells *out, const char *p, const char *end)
{
	size_t before = out->chars.len;

	out->no_args = false;
	while (p < end && *p != '"') {
		if (*p == '\\' && p + 1 < end && strchr("$`\"\\\n", p[1])) {
			if (p[1] != '\n')
				put(out, p[1], QUOTED);
			p += 2;
		} else if (*p == '$') {
			p = expand_dollar(out, p + 1, true);
		} else if (*p == '`') {
			p = expand_backquote(out, p + 1, true);
		} else {
			put(out, *p++, QUOTED);
		}
	}
	if (out->chars.len == before && !out->no_args)
		put(out, 0, QUOTES);
	return p < end ? p + 1 : p;
}

/* ~ and ~/dir at the start of a word. Other users' homes are not known here. */
static const char *expand_tilde(struct cells *out, const char *p, const char *end)
{
	const char *home = var_get("HOME");

	if (*p != '~' || (p + 1 < end && p[1] != '/' && p[1] != ':') || !home)
		return p;
	put_string(out, home, true);
	return p + 1;
}

/*
 * Substitutes [@p, @end). @quoted: the text stands in double quotes or in a here-document, where
 * only $, ` and some \ are special. @plain: what ordinary characters count as; QUOTED is the word
 * in "${x-word}", in which a " opens quotes again, which it does not in a here-document.
 */
static void expand_text(struct cells *out, const char *p, const char *end, bool quoted,
			enum origin plain)
{
	if (!quoted)
		p = expand_tilde(out, p, end);
	while (p < end) {
		char c = *p++;

		if (c == '$') {
			p = expand_dollar(out, p, quoted);
		} else if (c == '`') {
			p = expand_backquote(out, p, quoted);
		} else if (c == '"' && !(quoted && plain == LITERAL)) {
			p = expand_double(out, p, end);
		} else if (c == '\'' && !quoted) {
			put(out, 0, QUOTES);
			while (p < end && *p != '\'')
				put(out, *p++, QUOTED);
			p++;
		} else if (c == '\\' && p < end && (!quoted || strchr("$`\\\n", *p))) {
			if (*p != '\n')
				put(out, *p, QUOTED);
			p++;
		} else {
			put(out, c, quoted ? QUOTED : plain);
		}
	}
}

void args_add(struct args *a, char *s)
{
	if (a->count + 2 > a->size) {
		char **bigger;

		a->size = a->size ? a->size * 2 : 8;
		bigger = arena_alloc((size_t)a->size * sizeof(char *));
		if (a->count)
			memcpy(bigger, a->list, (size_t)a->count * sizeof(char *));
		a->list = bigger;
	}
	a->list[a->count++] = s;
	a->list[a->count] = NULL;
}

/* One finished field, cells [from, to), as file names or as a string. */
static void add_field(struct args *out, const struct cells *cells, size_t from, size_t to)
{
	struct buf plain = { 0 }, pattern = { 0 };
	bool match = false;

	for (size_t i = from; i < to; i++) {
		enum origin o = (enum origin)cells->origins.text[i];
		char c = cells->chars.text[i];

		if (o >= QUOTES)
			continue;
		if (o == QUOTED || c == '\\')
			buf_char(&pattern, '\\');
		else if (strchr("*?[", c))
			match = true;
		buf_char(&pattern, c);
		buf_char(&plain, c);
	}
	if (!match || options.noglob || !glob_words(out, pattern.text))
		args_add(out, buf_text(&plain));
}

/*
 * Splits the row of cells into fields. White space in $IFS only separates; any other character of
 * $IFS ends a field, even an empty one, and takes the white space around it along.
 */
static void split(struct args *out, const struct cells *cells)
{
	const char *ifs = var_get("IFS");
	size_t start = 0, n = cells->chars.len;
	bool open = false, after_space = false;

	if (!ifs)
		ifs = " \t\n";
	for (size_t i = 0; i < n; i++) {
		enum origin o = (enum origin)cells->origins.text[i];
		char c = cells->chars.text[i];
		bool space = strchr(" \t\n", c);

		if (o != BREAK && !(o == RESULT && strchr(ifs, c))) {
			if (!open)
				start = i;
			open = true;
			after_space = false;
			continue;
		}
		if (open || (o == RESULT && !space && !after_space))
			add_field(out, cells, open ? start : i, i);
		after_space = o == RESULT && space && (open || after_space);
		open = false;
	}
	if (open)
		add_field(out, cells, start, n);
}

/* All steps, for a command's words. */
void expand_words(struct args *out, const struct word *words)
{
	for (; words; words = words->next) {
		struct cells cells = { 0 };

		expand_text(&cells, words->text, words->text + strlen(words->text), false, LITERAL);
		split(out, &cells);
	}
	if (!out->list) {
		args_add(out, NULL);
		out->count = 0;
	}
}

/* One string, neither split nor matched: an assignment's value, a redirection's file. */
char *expand_string(const char *raw)
{
	return expand_part(raw, raw + strlen(raw), false, false);
}

/* A pattern for pattern_match(): quoted characters carry a backslash. */
char *expand_pattern(const char *raw)
{
	return expand_part(raw, raw + strlen(raw), true, false);
}

/* A here-document (or a prompt): as in double quotes, but " is an ordinary character. */
char *expand_here(const char *raw)
{
	return expand_part(raw, raw + strlen(raw), false, true);
}
