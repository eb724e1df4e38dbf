// SPDX-License-Identifier: GPL-2.0-only
/* rm [-rf] FILE..., rmdir DIR..., mkdir [-p] DIR..., touch FILE... */
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

/* A file, or a directory with all in it. Says what can't be removed; true when all is gone. */
bool remove_path(const char *path)
{
	struct dirent *d;
	bool ok = true;
	DIR *dir;

	if (unlink(path) == 0)
		return true;
	if (errno != EISDIR && errno != EPERM) {
		warn("%s", path);
		return false;
	}
	dir = opendir(path);
	while (dir && (d = readdir(dir))) {
		char *below;

		if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
			continue;
		below = xasprintf("%s/%s", path, d->d_name);
		ok &= remove_path(below);
		free(below);
	}
	if (dir)
		closedir(dir);
	if (rmdir(path) == 0)
		return ok;
	warn("%s", path);
	return false;
}

int rm_main(int argc, char **argv)
{
	bool recursive = false, force = false;
	int c, status = 0;

	while ((c = getopt(argc, argv, "rRf")) != -1) {
		if (c == '?')
			return usage("[-rf] FILE...");
		force |= c == 'f';
		recursive |= c != 'f';
	}
	if (optind == argc && !force)
		return usage("[-rf] FILE...");
	for (int i = optind; i < argc; i++) {
		struct stat st;

		if (lstat(argv[i], &st) < 0) {
			if (force && errno == ENOENT)
				continue;
			warn("%s", argv[i]);
			status = 1;
		} else if (S_ISDIR(st.st_mode) && !recursive) {
			warnx("%s: is a directory (-r removes it)", argv[i]);
			status = 1;
		} else if (!remove_path(argv[i])) {
			status = 1;
		}
	}
	return status;
}

int rmdir_main(int argc, char **argv)
{
	int status = 0;

	if (argc < 2)
		return usage("DIR...");
	for (int i = 1; i < argc; i++) {
		if (rmdir(argv[i]) < 0) {
			warn("%s", argv[i]);
			status = 1;
		}
	}
	return status;
}

static bool make_dir(char *path, bool parents)
{
	struct stat st;

	for (char *p = path + 1; parents && (p = strchr(p, '/')); p++) {
		*p = '\0';
		mkdir(path, 0777);
		*p = '/';
	}
	if (mkdir(path, 0777) == 0)
		return true;
	if (parents && errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return true;
	warn("%s", path);
	return false;
}

int mkdir_main(int argc, char **argv)
{
	bool parents = argc > 1 && strcmp(argv[1], "-p") == 0;
	int status = 0;

	if (argc < 2 + parents)
		return usage("[-p] DIR...");
	for (int i = 1 + parents; i < argc; i++) {
		if (!make_dir(argv[i], parents))
			status = 1;
	}
	return status;
}

int touch_main(int argc, char **argv)
{
	int status = 0;

	if (argc < 2)
		return usage("FILE...");
	for (int i = 1; i < argc; i++) {
		int fd;

		if (utimensat(AT_FDCWD, argv[i], NULL, 0) == 0)
			continue;
		fd = errno == ENOENT ? open(argv[i], O_WRONLY | O_CREAT, 0666) : -1;
		if (fd < 0) {
			warn("%s", argv[i]);
			status = 1;
		} else {
			close(fd);
		}
	}
	return status;
}
