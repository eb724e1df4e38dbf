// SPDX-License-Identifier: GPL-2.0-only
/* find [DIR] [-name PATTERN] [-type f|d|l|c|b|p]: every name below DIR. */
#include <dirent.h>
#include <err.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../box.h"

static const char *pattern;
static char type;
static int status;

static bool type_is(mode_t mode)
{
	switch (type) {
	case 'f': return S_ISREG(mode);
	case 'd': return S_ISDIR(mode);
	case 'l': return S_ISLNK(mode);
	case 'c': return S_ISCHR(mode);
	case 'b': return S_ISBLK(mode);
	case 'p': return S_ISFIFO(mode);
	default: return !type;
	}
}

static void walk(const char *path)
{
	struct dirent *d;
	struct stat st;
	DIR *dir;

	if (lstat(path, &st) < 0) {
		warn("%s", path);
		status = 1;
		return;
	}
	if (type_is(st.st_mode) && (!pattern || fnmatch(pattern, base_name(path), 0) == 0))
		printf("%s\n", path);
	if (!S_ISDIR(st.st_mode))
		return;
	dir = opendir(path);
	if (!dir) {
		warn("%s", path);
		status = 1;
		return;
	}
	while ((d = readdir(dir))) {
		char *below;

		if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
			continue;
		below = xasprintf("%s/%s", strcmp(path, "/") ? path : "", d->d_name);
		walk(below);
		free(below);
	}
	closedir(dir);
}

int find_main(int argc, char **argv)
{
	const char *start = ".";
	int i = 1;

	if (i < argc && argv[i][0] != '-')
		start = argv[i++];
	for (; i + 1 < argc; i += 2) {
		if (strcmp(argv[i], "-name") == 0)
			pattern = argv[i + 1];
		else if (strcmp(argv[i], "-type") == 0)
			type = argv[i + 1][0];
		else
			break;
	}
	if (i < argc)
		return usage("[DIR] [-name PATTERN] [-type f|d|l|c|b|p]");
	walk(start);
	return status;
}
