// SPDX-License-Identifier: GPL-2.0-only
/*
 * printf FORMAT [ARG]...: C's printf for scripts: %s %b %c %d %i %u %o %x %X %%, with flags, width
 * and precision (* takes them from the arguments). The format is used again while arguments are
 * left.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../box.h"

static char **arg;
static int left, status;

static const char *next_arg(void)
{
	if (!left)
		return "";
	left--;
	return *arg++;
}

static long next_number(void)
{
	const char *s = next_arg();
	char *end;
	long n;

	if (*s == '\'' || *s == '"')
		return (unsigned char)s[1];	/* 'c: the character's code */
	n = strtol(s, &end, 0);
	if (*end) {
		fprintf(stderr, "printf: %s: is not a number\n", s);
		status = 1;
	}
	return n;
}

/* The character for the escape at @p, which follows a backslash. Returns what follows it. */
static const char *escape(const char *p, bool octal_with_0)
{
	static const char letters[] = "abfnrtv\\\"'", values[] = "\a\b\f\n\r\t\v\\\"'";
	const char *known = *p ? strchr(letters, *p) : NULL;
	int value = 0, digits = 0;

	if (known) {
		putchar(values[known - letters]);
		return p + 1;
	}
	if (*p == '0' && octal_with_0)
		p++;
	while (digits < 3 && *p >= '0' && *p <= '7') {
		value = value * 8 + *p++ - '0';
		digits++;
	}
	putchar(digits ? value : '\\');
	return p;
}

/* %b: the argument with its escapes. False when a \c says to stop everything. */
static bool print_escaped(const char *s)
{
	while (*s) {
		if (*s != '\\') {
			putchar(*s++);
		} else if (s[1] == 'c') {
			return false;
		} else {
			s = escape(s + 1, true);
		}
	}
	return true;
}

/* One conversion; @p follows the '%'. Returns what follows it, NULL to stop. */
static const char *convert(const char *p)
{
	char format[64] = "%";
	size_t len = 1;

	while (*p && strchr("-+ #0123456789.*", *p) && len < sizeof(format) - 16) {
		if (*p == '*')
			len += (size_t)snprintf(format + len, 12, "%d", (int)next_number());
		else
			format[len++] = *p;
		p++;
	}
	switch (*p) {
	case '%':
		putchar('%');
		break;
	case 'b':
		if (!print_escaped(next_arg()))
			return NULL;
		break;
	case 'c':
		putchar(*next_arg());
		break;
	case 's':
		strcpy(format + len, "s");
		printf(format, next_arg());
		break;
	case 'd': case 'i': case 'u': case 'o': case 'x': case 'X':
		snprintf(format + len, 3, "l%c", *p);
		printf(format, next_number());
		break;
	default:
		fprintf(stderr, "printf: %%%c: is no conversion\n", *p);
		status = 1;
		return NULL;
	}
	return p + 1;
}

int printf_main(int argc, char **argv)
{
	if (argc < 2)
		return usage("FORMAT [ARG]...");
	arg = argv + 2;
	left = argc - 2;
	status = 0;
	for (;;) {
		int before = left;

		for (const char *p = argv[1]; *p;) {
			if (*p == '\\') {
				p = escape(p + 1, false);
			} else if (*p == '%') {
				p = convert(p + 1);
				if (!p)
					return status;
			} else {
				putchar(*p++);
			}
		}
		if (!left || left == before)
			return status;
	}
}
