// SPDX-License-Identifier: GPL-2.0-only
/*
 * File names that match a pattern: * any characters, ? one, [a-z] one of a set; a name that starts
 * with a dot only when the pattern says so. The pattern is taken apart at its slashes and walked
 * one directory level at a time:
 *
 *	/usr/?bin/l*	"/usr/" (no pattern: append) -> read it, keep ?bin -> read those, keep l*
 *
 * In the pattern a backslash makes the next character stand for itself.
 */
#include <dirent.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sh.h"

bool pattern_match(const char *pattern, const char *s)
{
	return fnmatch(pattern, s, 0) == 0;
}

static bool is_pattern(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (p[i] == '\\')
			i++;
		else if (strchr("*?[", p[i]))
			return true;
	}
	return false;
}

static char *unescape(const char *p, size_t len)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < len; i++) {
		if (p[i] == '\\' && i + 1 < len)
			i++;
		buf_char(&b, p[i]);
	}
	return buf_text(&b);
}

static char *join(const char *dir, const char *name)
{
	struct buf b = { 0 };

	buf_add(&b, dir, strlen(dir));
	buf_add(&b, name, strlen(name));
	return buf_text(&b);
}

/* @dir: found so far, empty or with its slash at the end. @rest: pattern for what is below. */
static void walk(struct args *out, const char *dir, const char *rest)
{
	size_t len = strcspn(rest, "/"), slashes = strspn(rest + len, "/");
	const char *below = rest + len + slashes;
	char *part = arena_strndup(rest, len);
	struct dirent *d;
	struct stat st;
	DIR *stream;

	if (!is_pattern(rest, len)) {
		char *path = join(dir, unescape(rest, len + slashes));

		if (*below)
			walk(out, path, below);
		else if (lstat(path, &st) == 0)
			args_add(out, path);
		return;
	}
	stream = opendir(*dir ? dir : ".");
	if (!stream)
		return;
	while ((d = readdir(stream))) {
		char *path;

		if (fnmatch(part, d->d_name, FNM_PERIOD) != 0)
			continue;
		path = join(dir, d->d_name);
		if (!slashes) {
			args_add(out, path);
		} else if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
			path = join(path, "/");
			if (*below)
				walk(out, path, below);
			else
				args_add(out, path);
		}
	}
	closedir(stream);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Adds the names that match, sorted; false when there is none. */
bool glob_words(struct args *out, const char *pattern)
{
	int before = out->count;

	walk(out, "", pattern);
	if (out->count == before)
		return false;
	qsort(out->list + before, (size_t)(out->count - before), sizeof(char *), by_name);
	return true;
}
