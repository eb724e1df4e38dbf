// SPDX-License-Identifier: GPL-2.0-only
/* wc [-lwc] [FILE]...: counts lines, words and bytes. */
#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../box.h"

enum { LINES, WORDS, BYTES, KINDS };

static bool show[KINDS];

static void print_counts(const unsigned long n[KINDS], const char *name)
{
	const char *space = "";

	for (int i = 0; i < KINDS; i++) {
		if (!show[i])
			continue;
		printf(show[LINES] + show[WORDS] + show[BYTES] > 1 || *name ? "%s%7lu" : "%s%lu",
		       space, n[i]);
		space = " ";
	}
	printf("%s%s\n", *name ? " " : "", name);
}

static void count(FILE *f, unsigned long n[KINDS])
{
	bool in_word = false;
	int c;

	while ((c = getc_unlocked(f)) != EOF) {
		n[BYTES]++;
		n[LINES] += c == '\n';
		n[WORDS] += !isspace(c) && !in_word;
		in_word = !isspace(c);
	}
}

int wc_main(int argc, char **argv)
{
	unsigned long total[KINDS] = { 0 };
	int c, files, status = 0;

	while ((c = getopt(argc, argv, "lwc")) != -1) {
		if (c == '?')
			return usage("[-lwc] [FILE]...");
		show[c == 'l' ? LINES : c == 'w' ? WORDS : BYTES] = true;
	}
	if (!show[LINES] && !show[WORDS] && !show[BYTES])
		memset(show, true, sizeof(show));
	if (optind == argc) {
		count(stdin, total);
		print_counts(total, "");
		return 0;
	}
	for (files = argc - optind; optind < argc; optind++) {
		unsigned long n[KINDS] = { 0 };
		FILE *f = fopen(argv[optind], "r");

		if (!f) {
			warn("%s", argv[optind]);
			status = 1;
			continue;
		}
		count(f, n);
		fclose(f);
		print_counts(n, argv[optind]);
		for (int i = 0; i < KINDS; i++)
			total[i] += n[i];
	}
	if (files > 1)
		print_counts(total, "total");
	return status;
}
