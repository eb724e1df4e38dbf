// SPDX-License-Identifier: GPL-2.0-only
/*
 * grep [-civnqlEFH] PATTERN [FILE]...: lines that match a regular expression (-F: contain a
 * string). -i any case, -v those that don't, -n with numbers, -c only how many, -l only the files'
 * names, -q only the status: 0 found, 1 not, 2 trouble.
 */
#include <err.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../box.h"

static bool opt_count, opt_invert, opt_number, opt_quiet, opt_names, opt_fixed, opt_any_case;
static const char *pattern;
static regex_t regex;
static bool trouble;	/* a file could not be read */

static bool matches(const char *line)
{
	bool found;

	if (opt_fixed)
		found = opt_any_case ? strcasestr(line, pattern) : strstr(line, pattern);
	else
		found = regexec(&regex, line, 0, NULL, 0) == 0;
	return found != opt_invert;
}

static bool search(FILE *f, const char *name, bool show_name)
{
	unsigned long number = 0, found = 0;
	char *line = NULL;
	size_t size = 0;
	ssize_t len;

	while ((len = getline(&line, &size, f)) > 0) {
		number++;
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		if (!matches(line))
			continue;
		found++;
		if (opt_quiet || opt_names)
			break;
		if (opt_count)
			continue;
		if (show_name)
			printf("%s:", name);
		if (opt_number)
			printf("%lu:", number);
		printf("%s\n", line);
	}
	free(line);
	if (ferror(f)) {
		warn("%s", name);
		trouble = true;
	}
	if (opt_names && found)
		printf("%s\n", name);
	if (opt_count && !opt_quiet)
		printf(show_name ? "%s:%lu\n" : "%.0s%lu\n", name, found);
	return found;
}

int grep_main(int argc, char **argv)
{
	static const char synopsis[] = "[-civnqlEFH] PATTERN [FILE]...";
	bool found = false, show_name = false;
	int c, flags = REG_NOSUB, error;

	while ((c = getopt(argc, argv, "civnqlEFHe:")) != -1) {
		switch (c) {
		case 'c': opt_count = true; break;
		case 'i': opt_any_case = true; flags |= REG_ICASE; break;
		case 'v': opt_invert = true; break;
		case 'n': opt_number = true; break;
		case 'q': opt_quiet = true; break;
		case 'l': opt_names = true; break;
		case 'E': flags |= REG_EXTENDED; break;
		case 'F': opt_fixed = true; break;
		case 'H': show_name = true; break;
		case 'e': pattern = optarg; break;
		default: return usage(synopsis);
		}
	}
	if (!pattern) {
		if (optind == argc)
			return usage(synopsis);
		pattern = argv[optind++];
	}
	error = opt_fixed ? 0 : regcomp(&regex, pattern, flags);
	if (error) {
		char text[128];

		regerror(error, &regex, text, sizeof(text));
		errx(2, "%s: %s", pattern, text);
	}
	show_name |= argc - optind > 1;
	if (optind == argc)
		found = search(stdin, "(standard input)", show_name);
	for (; optind < argc; optind++) {
		FILE *f = fopen(argv[optind], "r");

		if (!f) {
			warn("%s", argv[optind]);
			trouble = true;
			continue;
		}
		found |= search(f, argv[optind], show_name);
		fclose(f);
	}
	return trouble ? 2 : !found;
}
