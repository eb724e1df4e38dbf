/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * match.h - lines against patterns, for the tests of /proc. Include tap.h first.
 */
#ifndef TESTS_BOOT_MATCH_H
#define TESTS_BOOT_MATCH_H

#include <regex.h>

/* Return: 1 when the extended regular expression is found in @line. */
static int matches(const char *line, const char *pattern)
{
	regex_t re;
	int good;

	need(regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB) == 0);
	good = !regexec(&re, line, 0, NULL, 0);
	regfree(&re);
	return good;
}

#endif
