// SPDX-License-Identifier: GPL-2.0-only
/* cmp [-s] A B: says where two files differ first; status 0 same, 1 differ, 2 trouble. */
#include <err.h>
#include <stdio.h>
#include <string.h>

#include "../box.h"

static FILE *open_file(const char *path)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");

	if (!f)
		err(2, "%s", path);
	return f;
}

int cmp_main(int argc, char **argv)
{
	bool silent = argc > 1 && strcmp(argv[1], "-s") == 0;
	unsigned long byte = 0, line = 1;
	FILE *a, *b;
	int ca, cb;

	if (argc != 3 + silent)
		return usage("[-s] A B");
	argv += 1 + silent;
	a = open_file(argv[0]);
	b = open_file(argv[1]);
	do {
		ca = getc_unlocked(a);
		cb = getc_unlocked(b);
		byte++;
		line += ca == '\n' && ca == cb;
	} while (ca == cb && ca != EOF);
	if (ca == cb)
		return 0;
	if (!silent && (ca == EOF || cb == EOF))
		fprintf(stderr, "cmp: EOF on %s after byte %lu\n", argv[ca != EOF], byte - 1);
	else if (!silent)
		printf("%s %s differ: byte %lu, line %lu\n", argv[0], argv[1], byte, line);
	return 1;
}
