// SPDX-License-Identifier: GPL-2.0-only
/* echo [-n] [WORD]...: the words, one space between; -n leaves out the newline. */
#include <stdio.h>
#include <string.h>

#include "../box.h"

int echo_main(int argc, char **argv)
{
	bool newline = true;
	int i = 1;

	if (i < argc && strcmp(argv[i], "-n") == 0) {
		newline = false;
		i++;
	}
	for (int first = i; i < argc; i++)
		printf("%s%s", i > first ? " " : "", argv[i]);
	if (newline)
		putchar('\n');
	return 0;
}
