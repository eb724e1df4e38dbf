// SPDX-License-Identifier: GPL-2.0-only
/* head [-n N] [FILE]..., tail [-n N] [FILE]...: the first or last N lines (10). -N means -n N. */
#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "../box.h"

static void print_head(FILE *f, long lines)
{
	int c;

	while (lines && (c = getc_unlocked(f)) != EOF) {
		putchar_unlocked(c);
		lines -= c == '\n';
	}
}

/* Keeps the last @lines lines in a ring. */
static void print_tail(FILE *f, long lines)
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

static int ends(int argc, char **argv, void (*print)(FILE *, long))
{
	int i = 1, status = 0, files, shown = 0;
	long lines = 10;

	if (i < argc && strcmp(argv[i], "-n") == 0 && i + 1 < argc) {
		lines = strtol(argv[i + 1], NULL, 10);
		i += 2;
	} else if (i < argc && argv[i][0] == '-' && argv[i][1]) {	/* -5, -n5 */
		const char *number = argv[i] + 1 + (argv[i][1] == 'n');

		if (isdigit((unsigned char)*number)) {
			lines = strtol(number, NULL, 10);
			i++;
		}
	}
	if (lines < 0 || (i < argc && argv[i][0] == '-' && argv[i][1]))
		return usage("[-n N] [FILE]...");
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
