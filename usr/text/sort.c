// SPDX-License-Identifier: GPL-2.0-only
/* sort [-nru] [-k FIELD] [FILE]...: lines in order. -n by number, -r backwards, -u each once. */
#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../box.h"

static bool opt_number, opt_reverse, opt_unique;
static int field;	/* 1.., 0: the whole line */

static char **lines;
static size_t count;

static const char *key(const char *line)
{
	for (int i = 1; i < field; i++) {
		while (isblank((unsigned char)*line))
			line++;
		while (*line && !isblank((unsigned char)*line))
			line++;
	}
	return line;
}

static int by_key(const char *a, const char *b)
{
	double na, nb;

	if (!opt_number)
		return strcmp(key(a), key(b));
	na = strtod(key(a), NULL);
	nb = strtod(key(b), NULL);
	return (na > nb) - (na < nb);
}

static int compare(const void *pa, const void *pb)
{
	const char *a = *(char *const *)pa, *b = *(char *const *)pb;
	int order = by_key(a, b);

	if (!order && !opt_unique)
		order = strcmp(a, b);
	return opt_reverse ? -order : order;
}

static void read_lines(FILE *f)
{
	static size_t size;
	char *line = NULL;
	size_t room = 0;
	ssize_t len;

	while ((len = getline(&line, &room, f)) > 0) {
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		if (count == size) {
			size = size ? size * 2 : 1024;
			lines = xrealloc(lines, size * sizeof(*lines));
		}
		lines[count++] = xstrdup(line);
	}
	free(line);
}

int sort_main(int argc, char **argv)
{
	int c, status = 0;

	while ((c = getopt(argc, argv, "nruk:")) != -1) {
		switch (c) {
		case 'n': opt_number = true; break;
		case 'r': opt_reverse = true; break;
		case 'u': opt_unique = true; break;
		case 'k': field = atoi(optarg); break;
		default: return usage("[-nru] [-k FIELD] [FILE]...");
		}
	}
	if (optind == argc)
		read_lines(stdin);
	for (; optind < argc; optind++) {
		FILE *f = fopen(argv[optind], "r");

		if (!f) {
			warn("%s", argv[optind]);
			status = 2;
			continue;
		}
		read_lines(f);
		fclose(f);
	}
	if (count)
		qsort(lines, count, sizeof(*lines), compare);
	for (size_t i = 0; i < count; i++) {
		if (!opt_unique || !i || by_key(lines[i - 1], lines[i]) != 0)
			printf("%s\n", lines[i]);
	}
	for (size_t i = 0; i < count; i++)
		free(lines[i]);
	free(lines);
	return status;
}
