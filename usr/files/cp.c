// SPDX-License-Identifier: GPL-2.0-only
/* cp [-r] FROM... TO, mv FROM... TO, ln [-sf] TARGET [NAME]. TO may be a directory. */
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../box.h"

static bool recursive;

static bool copy_path(const char *from, const char *to);

static bool copy_file(const char *from, const char *to, const struct stat *st)
{
	int in = open(from, O_RDONLY), out;
	bool ok;

	if (in < 0) {
		warn("%s", from);
		return false;
	}
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, st->st_mode & 0777);
	ok = out >= 0 && copy_fd(in, out);
	if (out >= 0 && close(out) < 0)
		ok = false;
	if (!ok)
		warn("%s to %s", from, to);
	close(in);
	return ok;
}

static bool copy_dir(const char *from, const char *to, const struct stat *st)
{
	struct dirent *d;
	bool ok = true;
	DIR *dir;

	if (mkdir(to, (st->st_mode & 0777) | 0700) < 0 && errno != EEXIST) {
		warn("%s", to);
		return false;
	}
	dir = opendir(from);
	if (!dir) {
		warn("%s", from);
		return false;
	}
	while ((d = readdir(dir))) {
		char *a, *b;

		if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
			continue;
		a = xasprintf("%s/%s", from, d->d_name);
		b = xasprintf("%s/%s", to, d->d_name);
		ok &= copy_path(a, b);
		free(a);
		free(b);
	}
	closedir(dir);
	return ok;
}

static bool copy_path(const char *from, const char *to)
{
	struct stat st, other;
	char target[4096];
	ssize_t n;

	if ((recursive ? lstat : stat)(from, &st) < 0) {
		warn("%s", from);
		return false;
	}
	if (stat(to, &other) == 0 && st.st_dev == other.st_dev && st.st_ino == other.st_ino) {
		warnx("%s and %s are the same file", from, to);
		return false;
	}
	if (S_ISLNK(st.st_mode)) {
		n = readlink(from, target, sizeof(target) - 1);
		target[n < 0 ? 0 : n] = '\0';
		unlink(to);
		if (n >= 0 && symlink(target, to) == 0)
			return true;
		warn("%s to %s", from, to);
		return false;
	}
	if (!S_ISDIR(st.st_mode))
		return copy_file(from, to, &st);
	if (recursive)
		return copy_dir(from, to, &st);
	warnx("%s is a directory (-r copies it)", from);
	return false;
}

/* Renaming moves no data; across file systems it can't be done, so copy and remove. */
static bool move_path(const char *from, const char *to)
{
	if (rename(from, to) == 0)
		return true;
	if (errno != EXDEV) {
		warn("%s to %s", from, to);
		return false;
	}
	recursive = true;
	return copy_path(from, to) && remove_path(from);
}

/* Calls @one for each of the sources and the place it goes to. */
static int each(int count, char **paths, bool (*one)(const char *from, const char *to))
{
	const char *to = paths[count - 1];
	struct stat st;
	int status = 0;

	if (count > 2 && (stat(to, &st) < 0 || !S_ISDIR(st.st_mode)))
		errx(1, "%s: is not a directory", to);
	for (int i = 0; i < count - 1; i++) {
		char *target = target_path(paths[i], to);

		if (!one(paths[i], target))
			status = 1;
		free(target);
	}
	return status;
}

int cp_main(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "raRp")) != -1) {
		if (c == '?')
			return usage("[-r] FROM... TO");
		recursive |= c != 'p';
	}
	if (argc - optind < 2)
		return usage("[-r] FROM... TO");
	return each(argc - optind, argv + optind, copy_path);
}

int mv_main(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "f")) != -1) {
		if (c == '?')
			return usage("FROM... TO");
	}
	if (argc - optind < 2)
		return usage("FROM... TO");
	return each(argc - optind, argv + optind, move_path);
}

int ln_main(int argc, char **argv)
{
	bool symbolic = false, force = false;
	const char *from;
	char *to;
	int c;

	while ((c = getopt(argc, argv, "sfn")) != -1) {
		symbolic |= c == 's';
		force |= c == 'f';
		if (c == '?')
			return usage("[-sf] TARGET [NAME]");
	}
	if (argc - optind < 1 || argc - optind > 2)
		return usage("[-sf] TARGET [NAME]");
	from = argv[optind];
	to = target_path(from, argc - optind == 2 ? argv[optind + 1] : ".");
	if (force)
		unlink(to);
	if ((symbolic ? symlink : link)(from, to) < 0)
		err(1, "%s", to);
	free(to);
	return 0;
}
