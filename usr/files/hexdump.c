// SPDX-License-Identifier: GPL-2.0-only
/*
 * hexdump [-n COUNT] [-s SKIP] [FILE]: offset, bytes in hex, bytes as characters. Lines that repeat
 * the one before are shown as a single "*": a page of zeroes is three lines.
 */
#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../box.h"

#define WIDTH 16

static void print_line(unsigned long offset, const unsigned char *bytes, size_t count)
{
	printf("%08lx ", offset);
	for (size_t i = 0; i < WIDTH; i++) {
		if (i % 8 == 0)
			putchar(' ');
		if (i < count)
			printf("%02x ", bytes[i]);
		else
			printf("   ");
	}
	printf(" |");
	for (size_t i = 0; i < count; i++)
		putchar(isprint(bytes[i]) ? bytes[i] : '.');
	printf("|\n");
}

int hexdump_main(int argc, char **argv)
{
	static const char synopsis[] = "[-n COUNT] [-s SKIP] [FILE]";
	unsigned char line[WIDTH], before[WIDTH];
	unsigned long left = -1ul, offset = 0, skip = 0;
	bool have_before = false, starred = false;
	FILE *f = stdin;
	int c;

	while ((c = getopt(argc, argv, "Cn:s:")) != -1) {
		if (c == 'n')
			left = strtoul(optarg, NULL, 0);
		else if (c == 's')
			skip = strtoul(optarg, NULL, 0);
		else if (c != 'C')
			return usage(synopsis);
	}
	if (optind < argc && !(f = fopen(argv[optind], "r")))
		err(1, "%s", argv[optind]);
	setvbuf(f, NULL, _IONBF, 0);	/* a device gives what it was asked for, no more */
	if (skip && fseek(f, (long)skip, SEEK_SET) < 0)
		err(1, "skip");
	for (offset = skip; left;) {
		size_t n = fread(line, 1, left < WIDTH ? left : WIDTH, f);

		if (!n)
			break;
		if (have_before && n == WIDTH && memcmp(line, before, WIDTH) == 0) {
			if (!starred)
				printf("*\n");
			starred = true;
		} else {
			print_line(offset, line, n);
			starred = false;
		}
		memcpy(before, line, WIDTH);
		have_before = n == WIDTH;
		offset += n;
		left -= n;
	}
	printf("%08lx\n", offset);
	if (ferror(f))
		err(1, "read");
	return 0;
}
