// SPDX-License-Identifier: GPL-2.0-only
/*
 * test EXPR, [ EXPR ]: files, strings and numbers compared; true is status 0, false 1, nonsense 2.
 *
 *	expr: and { -o and }    and: not { -a not }    not: [!] primary
 *	primary: ( expr ) | -f FILE | -n STRING | A = B | N -lt M | STRING
 *
 * With up to three words POSIX decides by their number, so that `[ "$x" = y ]` is right even when
 * $x is "(" or "!": a binary operator in the middle is looked for first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../box.h"

static char **arg;
static int left;
static bool bad;

static bool expression(void);

static bool file_test(char op, const char *path)
{
	struct stat st;

	switch (op) {
	case 'r': return access(path, R_OK) == 0;
	case 'w': return access(path, W_OK) == 0;
	case 'x': return access(path, X_OK) == 0;
	case 't': return isatty(atoi(path));
	case 'L':
	case 'h': return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
	}
	if (stat(path, &st) < 0)
		return false;
	switch (op) {
	case 'e': return true;
	case 'f': return S_ISREG(st.st_mode);
	case 'd': return S_ISDIR(st.st_mode);
	case 'c': return S_ISCHR(st.st_mode);
	case 'b': return S_ISBLK(st.st_mode);
	case 'p': return S_ISFIFO(st.st_mode);
	default: return st.st_size > 0;		/* -s */
	}
}

static long number(const char *s)
{
	char *end;
	long n = strtol(s, &end, 10);

	while (*end == ' ')
		end++;
	if (end == s || *end) {
		fprintf(stderr, "test: %s: is not a number\n", s);
		bad = true;
	}
	return n;
}

static bool newer(const char *a, const char *b)
{
	struct stat sa, sb;

	if (stat(a, &sa) < 0)
		return false;
	if (stat(b, &sb) < 0)
		return true;
	return sa.st_mtim.tv_sec > sb.st_mtim.tv_sec ||
	       (sa.st_mtim.tv_sec == sb.st_mtim.tv_sec &&
		sa.st_mtim.tv_nsec > sb.st_mtim.tv_nsec);
}

static bool is_binary(const char *op)
{
	static const char *const ops[] = {
		"=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "<", ">",
	};

	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		if (strcmp(ops[i], op) == 0)
			return true;
	}
	return false;
}

static bool binary(const char *a, const char *op, const char *b)
{
	if (op[0] == '=')
		return strcmp(a, b) == 0;
	if (op[0] == '!')
		return strcmp(a, b) != 0;
	if (op[0] == '<')
		return strcmp(a, b) < 0;
	if (op[0] == '>')
		return strcmp(a, b) > 0;
	if (strcmp(op, "-nt") == 0)
		return newer(a, b);
	if (strcmp(op, "-ot") == 0)
		return newer(b, a);
	if (strcmp(op, "-eq") == 0)
		return number(a) == number(b);
	if (strcmp(op, "-ne") == 0)
		return number(a) != number(b);
	if (op[1] == 'l')
		return op[2] == 't' ? number(a) < number(b) : number(a) <= number(b);
	return op[2] == 't' ? number(a) > number(b) : number(a) >= number(b);
}

static void take(int count)
{
	arg += count;
	left -= count;
}

static bool primary(void)
{
	char **a = arg;
	bool value;

	if (left >= 3 && is_binary(a[1])) {
		take(3);
		return binary(a[0], a[1], a[2]);
	}
	if (left >= 2 && strcmp(a[0], "!") == 0) {
		take(1);
		return !primary();
	}
	if (left >= 3 && strcmp(a[0], "(") == 0) {
		take(1);
		value = expression();
		if (!left || strcmp(arg[0], ")") != 0)
			bad = true;
		take(1);
		return value;
	}
	if (left >= 2 && a[0][0] == '-' && a[0][1] && !a[0][2]) {
		if (strchr("zn", a[0][1])) {
			take(2);
			return (a[1][0] == '\0') == (a[0][1] == 'z');
		}
		if (strchr("rwxtLhefdcbps", a[0][1])) {
			take(2);
			return file_test(a[0][1], a[1]);
		}
	}
	if (!left) {
		bad = true;
		return false;
	}
	take(1);
	return a[0][0] != '\0';
}

static bool expression(void)
{
	bool any = false, all = true;

	for (;;) {
		bool value = primary();

		all = all && value;
		if (left > 1 && strcmp(arg[0], "-a") == 0) {
			take(1);
			continue;
		}
		any = any || all;
		all = true;
		if (left > 1 && strcmp(arg[0], "-o") == 0) {
			take(1);
			continue;
		}
		return any;
	}
}

int test_main(int argc, char **argv)
{
	bool value;

	if (strcmp(base_name(argv[0]), "[") == 0) {
		if (strcmp(argv[argc - 1], "]") != 0) {
			fprintf(stderr, "[: missing ]\n");
			return 2;
		}
		argc--;
	}
	if (argc == 1)
		return 1;
	arg = argv + 1;
	left = argc - 1;
	bad = false;
	value = expression();
	if (left > 0) {
		fprintf(stderr, "test: %s: unexpected\n", arg[0]);
		bad = true;
	}
	return bad ? 2 : !value;
}
