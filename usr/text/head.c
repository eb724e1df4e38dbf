// SPDX-License-Identifier: GPL-2.0-only
/*
 * head [-n N | -c N] [FILE]..., tail [-n N | -c N] [FILE]...: the first or last N lines (10), or
 * bytes (-c). -N means -n N.
 */
#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "../box.h"

static bool opt_bytes;

static void print_head(FILE *f, long n)
{
	int c;

	while (n && (c = getc_unlocked(f)) != EOF) {
		putchar_unlocked(c);
		n -= opt_bytes || c == '\n';
	}
}

/* Keeps the last @n bytes in a ring. */
static void print_tail_bytes(FILE *f, long n)
{
	char *ring = xmalloc((size_t)n + 1);
	long total = 0;
	int c;

	while (n && (c = getc_unlocked(f)) != EOF)
		ring[total++ % n] = (char)c;
	for (long i = total < n ? 0 : total - n; i < total; i++)
		putchar_unlocked(ring[i % n]);
	free(ring);
}

/* Keeps the last @lines lines in a ring. */
static void print_tail_lines(FILE *f, long lines)
{
	char **ring = calloc((size_t)lines + 1, sizeof(char *));
	size_t *sizes = calloc((size_t)lines + 1, sizeof(size_t));
	long at = 0, total = 0;

	if (!ring || !sizes)
		errx(1, "out of memory");
	while (lines && getline(&ring[at], &sizes[at], f) > 0) {
		at = (at + 1) % lines;
		total++;
	}
	for (long i = total < lines ? 0 : at, n = total < lines ? total : lines; n > 0; n--) {
		fputs(ring[i], stdout);
		i = (i + 1) % lines;
	}
	for (long i = 0; i <= lines; i++)
		free(ring[i]);
	free(ring);
	free(sizes);
}

static void print_tail(FILE *f, long n)
{
	if (opt_bytes)
		print_tail_bytes(f, n);
	else
		print_tail_lines(f, n);
}

static int ends(int argc, char **argv, void (*print)(FILE *, long))
{
	int i = 1, status = 0, files, shown = 0;
	long lines = 10;

	for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		const char *number = argv[i] + 1;		/* -5, -n5, -n 5, -c5, -c 5 */

		if (*number == 'n' || *number == 'c') {
			opt_bytes = *number++ == 'c';
			if (!*number && i + 1 < argc)
				number = argv[++i];
		}
		if (!isdigit((unsigned char)*number))
			return usage("[-n N | -c N] [FILE]...");
		lines = strtol(number, NULL, 10);
	}
	if (i == argc)
		print(stdin, lines);
	for (files = argc - i; i < argc; i++) {
		FILE *f = fopen(argv[i], "r");

		if (!f) {
			warn("%s", argv[i]);
			status = 1;
			continue;
		}
		if (files > 1)
			printf("%s==> %s <==\n", shown++ ? "\n" : "", argv[i]);
		print(f, lines);
		fclose(f);
	}
	return status;
}

int head_main(int argc, char **argv)
{
	return ends(argc, argv, print_head);
}

int tail_main(int argc, char **argv)
{
	return ends(argc, argv, print_tail);
}
