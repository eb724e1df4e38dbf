// SPDX-License-Identifier: GPL-2.0-only
/*
 * $((...)): C's integer expressions over longs. Variables need no $.
 *
 * Precedence climbing: level(n) reads operands by level(n + 1) and joins those which the operators
 * of level n connect; one table of operators instead of ten nearly equal functions. What && || ?:
 * skip is still parsed, with `idle` raised so that it neither assigns nor divides.
 */
#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sh.h"

static const char *at;
static int idle;	/* > 0: only parse */

/* By level, loosest first; within a level, longer operators before their prefixes. */
static const char *const operators[][5] = {
	{ "||" }, { "&&" }, { "|" }, { "^" }, { "&" }, { "==", "!=" },
	{ "<=", ">=", "<", ">" }, { "<<", ">>" }, { "+", "-" }, { "*", "/", "%" },
};

#define NR_LEVELS (sizeof(operators) / sizeof(operators[0]))

static long assignment(void);

static void skip_space(void)
{
	while (isspace((unsigned char)*at))
		at++;
}

static bool take(const char *s)
{
	skip_space();
	if (strncmp(at, s, strlen(s)) != 0)
		return false;
	at += strlen(s);
	return true;
}

static long variable(const char *name)
{
	const char *value = var_get(name);

	return value ? strtol(value, NULL, 0) : 0;
}

static size_t name_here(void)
{
	size_t n = 0;

	skip_space();
	while (isalnum((unsigned char)at[n]) || at[n] == '_')
		n++;
	return is_name(at, n) ? n : 0;
}

static long primary(void)
{
	size_t len = name_here();
	char *end;
	long value;

	if (take("(")) {
		value = assignment();
		if (!take(")"))
			sh_error("arithmetic: \")\" missing at \"%s\"", at);
		return value;
	}
	if (len) {
		value = variable(arena_strndup(at, len));
		at += len;
		return value;
	}
	value = strtol(at, &end, 0);
	if (end == at)
		sh_error("arithmetic: a number is missing at \"%s\"", at);
	at = end;
	return value;
}

static long unary(void)
{
	if (take("!"))
		return !unary();
	if (take("~"))
		return ~unary();
	if (take("-"))
		return (long)(0ul - (unsigned long)unary());
	if (take("+"))
		return unary();
	return primary();
}

/* Unsigned where C leaves signed overflow undefined: here it wraps, as on the machine. */
static long apply(const char *op, long a, long b)
{
	unsigned long ua = (unsigned long)a, ub = (unsigned long)b;

	switch (op[0]) {
	case '+': return (long)(ua + ub);
	case '-': return (long)(ua - ub);
	case '*': return (long)(ua * ub);
	case '^': return a ^ b;
	case '=': return a == b;
	case '!': return a != b;
	case '|': return op[1] == '|' ? a || b : a | b;
	case '&': return op[1] == '&' ? a && b : a & b;
	case '<': return op[1] == '<' ? (long)(ua << (ub & 63)) : op[1] ? a <= b : a < b;
	case '>': return op[1] == '>' ? a >> (ub & 63) : op[1] ? a >= b : a > b;
	}
	if (idle)
		return 0;
	if (!b)
		sh_error("arithmetic: division by zero");
	if (b == -1)	/* LONG_MIN / -1 traps on some machines */
		return op[0] == '/' ? (long)(0ul - ua) : 0;
	return op[0] == '/' ? a / b : a % b;
}

/* The operator of @level that stands here, but not a longer one (`&&` where level wants `&`). */
static const char *operator_here(size_t level)
{
	skip_space();
	for (int i = 0; i < 5 && operators[level][i]; i++) {
		const char *op = operators[level][i];
		size_t len = strlen(op);
		char next = at[len < strlen(at) ? len : strlen(at)];

		if (strncmp(at, op, len) != 0)
			continue;
		if (len == 1 && (next == op[0] || next == '=') && strchr("|&<>=", op[0]))
			continue;
		if (next == '=' && !strchr("<>=!", op[0]))
			continue;	/* an assignment: += */
		return op;
	}
	return NULL;
}

static long binary(size_t level)
{
	const char *op;
	long value;

	if (level == NR_LEVELS)
		return unary();
	value = binary(level + 1);
	while ((op = operator_here(level))) {
		bool skip = (strcmp(op, "&&") == 0 && !value) || (strcmp(op, "||") == 0 && value);
		long right;

		at += strlen(op);
		idle += skip;
		right = binary(level + 1);
		idle -= skip;
		value = apply(op, value, right);
	}
	return value;
}

static long conditional(void)
{
	long value = binary(0), yes, no;

	if (!take("?"))
		return value;
	idle += !value;
	yes = assignment();
	idle -= !value;
	if (!take(":"))
		sh_error("arithmetic: \":\" missing at \"%s\"", at);
	idle += value != 0;
	no = assignment();
	idle -= value != 0;
	return value ? yes : no;
}

static long assignment(void)
{
	static const char *const ops[] = {
		"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=",
	};
	size_t len = name_here();
	const char *start = at;
	char number[24], *name;
	long value;

	if (!len)
		return conditional();
	name = arena_strndup(at, len);
	at += len;
	skip_space();
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		if ((i == 0 && at[1] == '=') || !take(ops[i]))
			continue;
		value = assignment();
		if (i)
			value = apply(ops[i], variable(name), value);
		snprintf(number, sizeof(number), "%ld", value);
		if (!idle)
			var_set(name, number);
		return value;
	}
	at = start;
	return conditional();
}

long arith(const char *text)
{
	const char *outer = at;
	long value = 0;

	at = text;
	skip_space();
	if (*at) {
		idle = 0;
		value = assignment();
		skip_space();
		if (*at)
			sh_error("arithmetic: can't make sense of \"%s\"", at);
	}
	at = outer;
	return value;
}
