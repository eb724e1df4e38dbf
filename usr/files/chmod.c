// SPDX-License-Identifier: GPL-2.0-only
/* chmod MODE FILE...: MODE is octal, or like u+x, go-w, a=r, +x. */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../box.h"

/* Changes *@mode as one clause of the text says; false when it makes no sense. */
static bool apply_clause(const char *p, mode_t *mode)
{
	mode_t who = 0, bits = 0;
	char op;

	for (; *p && strchr("ugoa", *p); p++)
		who |= *p == 'u' ? 0700 : *p == 'g' ? 0070 : *p == 'o' ? 0007 : 0777;
	if (!who)
		who = 0777;
	op = *p++;
	for (; *p; p++) {
		if (!strchr("rwx", *p))
			return false;
		bits |= *p == 'r' ? 0444 : *p == 'w' ? 0222 : 0111;
	}
	if (op == '+')
		*mode |= bits & who;
	else if (op == '-')
		*mode &= ~(bits & who);
	else if (op == '=')
		*mode = (*mode & ~who) | (bits & who);
	else
		return false;
	return true;
}

static bool new_mode(const char *text, mode_t *mode)
{
	char *copy, *end;
	unsigned long octal = strtoul(text, &end, 8);

	if (end != text && !*end) {
		*mode = (mode_t)octal;
		return octal <= 07777;
	}
	copy = xstrdup(text);
	for (char *clause = strtok(copy, ","); clause; clause = strtok(NULL, ",")) {
		if (!apply_clause(clause, mode)) {
			free(copy);
			return false;
		}
	}
	free(copy);
	return true;
}

int chmod_main(int argc, char **argv)
{
	int status = 0;

	if (argc < 3)
		return usage("MODE FILE...");
	for (int i = 2; i < argc; i++) {
		struct stat st;
		mode_t mode;

		if (stat(argv[i], &st) < 0) {
			warn("%s", argv[i]);
			status = 1;
			continue;
		}
		mode = st.st_mode & 07777;
		if (!new_mode(argv[1], &mode))
			errx(2, "%s: is no mode", argv[1]);
		if (chmod(argv[i], mode) < 0) {
			warn("%s", argv[i]);
			status = 1;
		}
	}
	return status;
}
