// SPDX-License-Identifier: GPL-2.0-only
/* seq [FIRST [STEP]] LAST: numbers, one a line. yes [WORD]: the word again and again. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#include "../box.h"

static long number(const char *text)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end)
		errx(2, "%s: is not a whole number", text);
	return n;
}

int seq_main(int argc, char **argv)
{
	long first = 1, step = 1, last;

	if (argc < 2 || argc > 4)
		return usage("[FIRST [STEP]] LAST");
	last = number(argv[argc - 1]);
	if (argc > 2)
		first = number(argv[1]);
	if (argc > 3)
		step = number(argv[2]);
	if (!step)
		errx(2, "the step is 0");
	for (long n = first; step > 0 ? n <= last : n >= last; n += step)
		printf("%ld\n", n);
	return 0;
}

int yes_main(int argc, char **argv)
{
	while (puts(argc > 1 ? argv[1] : "y") >= 0)
		;
	err(1, "write");
}
