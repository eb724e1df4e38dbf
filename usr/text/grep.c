// SPDX-License-Identifier: GPL-2.0-only
/*
 * grep [-civnqlEFH] {PATTERN | -e PATTERN...} [FILE]...: lines that match a regular expression
 * (-F: contain a string), or one of several: each -e has one, each line of a PATTERN is one.
 * -i any case, -v those that don't, -n with numbers, -c only how many, -l only the files' names,
 * -q only the status: 0 found, 1 not, 2 trouble.
 */
#include <err.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../box.h"

static bool opt_count, opt_invert, opt_number, opt_quiet, opt_names, opt_fixed, opt_any_case;
static struct pattern {
	const char *text;
	regex_t regex;
} *patterns;
static unsigned int nr_patterns;
static bool trouble;	/* a file could not be read */

/* One for each line of @text, which is cut up. */
static void add_patterns(char *text)
{
	while (text) {
		patterns = xrealloc(patterns, (nr_patterns + 1) * sizeof(*patterns));
		patterns[nr_patterns++].text = strsep(&text, "\n");
	}
}

static void compile_patterns(int flags)
{
	for (unsigned int i = 0; i < nr_patterns; i++) {
		int error = regcomp(&patterns[i].regex, patterns[i].text, flags);
		char text[128];

		if (error) {
			regerror(error, &patterns[i].regex, text, sizeof(text));
			errx(2, "%s: %s", patterns[i].text, text);
		}
	}
}

static bool matches_one(const struct pattern *p, const char *line)
{
	if (opt_fixed)
		return opt_any_case ? strcasestr(line, p->text) : strstr(line, p->text);
	return regexec(&p->regex, line, 0, NULL, 0) == 0;
}

static bool matches(const char *line)
{
	for (unsigned int i = 0; i < nr_patterns; i++)
		if (matches_one(&patterns[i], line))
			return !opt_invert;
	return opt_invert;
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
	static const char synopsis[] = "[-civnqlEFH] {PATTERN | -e PATTERN...} [FILE]...";
	bool found = false, show_name = false;
	int c, flags = REG_NOSUB;

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
		case 'e': add_patterns(optarg); break;
		default: return usage(synopsis);
		}
	}
	if (!nr_patterns) {
		if (optind == argc)
			return usage(synopsis);
		add_patterns(argv[optind++]);
	}
	if (!opt_fixed)
		compile_patterns(flags);
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
