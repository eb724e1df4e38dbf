// SPDX-License-Identifier: GPL-2.0-only
/*
 * ls [-1aAdilFC] [PATH]...: lists directories. -l long, -a all, -A all but . and .., -d the
 * directory itself, -i inode numbers, -F a mark for the type, -1 one name a line, -C columns (as on
 * a terminal).
 */
#include <dirent.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "../box.h"

static bool opt_long, opt_all, opt_almost, opt_dir, opt_inode, opt_mark, opt_column;

struct entry {
	char *name;	/* as shown */
	char *path;	/* as given to lstat */
};

struct listing {
	struct entry *entries;
	size_t count;
};

static void add_entry(struct listing *list, const char *dir, const char *name)
{
	struct entry *e;

	list->entries = xrealloc(list->entries, (list->count + 1) * sizeof(*e));
	e = &list->entries[list->count++];
	e->name = xstrdup(name);
	e->path = dir ? xasprintf("%s/%s", dir, name) : xstrdup(name);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static char type_letter(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:	return 'd';
	case S_IFLNK:	return 'l';
	case S_IFCHR:	return 'c';
	case S_IFBLK:	return 'b';
	case S_IFIFO:	return 'p';
	case S_IFSOCK:	return 's';
	default:	return '-';
	}
}

static char type_mark(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:	return '/';
	case S_IFLNK:	return '@';
	case S_IFIFO:	return '|';
	case S_IFREG:	return mode & 0111 ? '*' : '\0';
	default:	return '\0';
	}
}

static void mode_text(mode_t mode, char text[11])
{
	static const char letters[] = "rwxrwxrwx";

	text[0] = type_letter(mode);
	for (int i = 0; i < 9; i++)
		text[1 + i] = mode & (0400 >> i) ? letters[i] : '-';
	if (mode & S_ISUID)
		text[3] = mode & 0100 ? 's' : 'S';
	if (mode & S_ISGID)
		text[6] = mode & 0010 ? 's' : 'S';
	if (mode & S_ISVTX)
		text[9] = mode & 0001 ? 't' : 'T';
	text[10] = '\0';
}

static void print_name(const struct entry *e, const struct stat *st)
{
	fputs(e->name, stdout);
	if (opt_mark && type_mark(st->st_mode))
		putchar(type_mark(st->st_mode));
}

static void print_long(const struct entry *e, const struct stat *st)
{
	char mode[11], when[32], link[4096];
	ssize_t n;

	mode_text(st->st_mode, mode);
	strftime(when, sizeof(when), "%Y-%m-%d %H:%M", localtime(&st->st_mtime));
	printf("%s %3lu %5u %5u ", mode, (unsigned long)st->st_nlink, st->st_uid, st->st_gid);
	if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode))
		printf("%4u,%4u", major(st->st_rdev), minor(st->st_rdev));
	else
		printf("%9lld", (long long)st->st_size);
	printf(" %s ", when);
	print_name(e, st);
	if (S_ISLNK(st->st_mode)) {
		n = readlink(e->path, link, sizeof(link));
		if (n >= 0)
			printf(" -> %.*s", (int)n, link);
	}
	putchar('\n');
}

/* Names in columns of equal width, down then across, as many as the terminal's width takes. */
static void print_columns(const struct listing *list, const struct stat *st)
{
	struct winsize ws = { .ws_col = 80 };
	size_t width = 1, columns, rows;

	ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws);
	for (size_t i = 0; i < list->count; i++) {
		size_t len = strlen(list->entries[i].name) + 2 + opt_mark;

		if (len > width)
			width = len;
	}
	columns = ws.ws_col > width ? ws.ws_col / width : 1;
	rows = (list->count + columns - 1) / columns;
	for (size_t row = 0; row < rows; row++) {
		for (size_t i = row; i < list->count; i += rows) {
			char mark = opt_mark ? type_mark(st[i].st_mode) : '\0';
			int pad = (int)(width - strlen(list->entries[i].name) - (mark != 0));

			print_name(&list->entries[i], &st[i]);
			printf("%*s", i + rows < list->count ? pad : 0, "");
		}
		putchar('\n');
	}
}

static int print_listing(struct listing *list)
{
	struct stat *st = xmalloc(list->count * sizeof(*st));
	size_t kept = 0;
	int status = 0;

	qsort(list->entries, list->count, sizeof(struct entry), by_name);
	for (size_t i = 0; i < list->count; i++) {
		if (lstat(list->entries[i].path, &st[kept]) < 0) {
			warn("%s", list->entries[i].path);
			free(list->entries[i].name);
			free(list->entries[i].path);
			status = 1;
			continue;
		}
		list->entries[kept++] = list->entries[i];
	}
	list->count = kept;
	if (opt_column && !opt_long && !opt_inode)
		print_columns(list, st);
	for (size_t i = 0; i < list->count; i++) {
		if (!opt_column || opt_long || opt_inode) {
			if (opt_inode)
				printf("%8lu ", (unsigned long)st[i].st_ino);
			if (opt_long)
				print_long(&list->entries[i], &st[i]);
			else
				print_name(&list->entries[i], &st[i]), putchar('\n');
		}
		free(list->entries[i].name);
		free(list->entries[i].path);
	}
	free(list->entries);
	free(st);
	return status;
}

static int list_dir(const char *path)
{
	struct listing list = { 0 };
	struct dirent *d;
	DIR *dir = opendir(path);

	if (!dir) {
		warn("%s", path);
		return 1;
	}
	while ((d = readdir(dir))) {
		bool dots = strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0;

		if (d->d_name[0] != '.' || opt_all || (opt_almost && !dots))
			add_entry(&list, path, d->d_name);
	}
	closedir(dir);
	return print_listing(&list);
}

/* Non-directories first, then each directory, under its name when there are several. */
static int list_paths(int count, char **paths)
{
	struct listing files = { 0 };
	int status = 0, nr_dirs = 0;
	bool *is_dir = xmalloc(count);

	for (int i = 0; i < count; i++) {
		struct stat st;

		is_dir[i] = false;
		if (lstat(paths[i], &st) < 0) {
			warn("%s", paths[i]);
			status = 1;
			continue;
		}
		if (S_ISLNK(st.st_mode) && !opt_long)
			stat(paths[i], &st);
		is_dir[i] = S_ISDIR(st.st_mode) && !opt_dir;
		if (is_dir[i])
			nr_dirs++;
		else
			add_entry(&files, NULL, paths[i]);
	}
	if (files.count) {
		status |= print_listing(&files);
		if (nr_dirs)
			putchar('\n');
	}
	for (int i = 0, shown = 0; i < count; i++) {
		if (!is_dir[i])
			continue;
		if (count > 1)
			printf("%s%s:\n", shown++ ? "\n" : "", paths[i]);
		status |= list_dir(paths[i]);
	}
	free(is_dir);
	return status;
}

int ls_main(int argc, char **argv)
{
	char *here[] = { "." };
	int c;

	opt_column = isatty(STDOUT_FILENO);
	while ((c = getopt(argc, argv, "1aAdilFC")) != -1) {
		switch (c) {
		case '1': opt_column = false; break;
		case 'C': opt_column = true; break;
		case 'a': opt_all = true; break;
		case 'A': opt_almost = true; break;
		case 'd': opt_dir = true; break;
		case 'i': opt_inode = true; break;
		case 'l': opt_long = true; break;
		case 'F': opt_mark = true; break;
		default: return usage("[-1aAdilFC] [PATH]...");
		}
	}
	if (optind == argc)
		return list_paths(1, here);
	return list_paths(argc - optind, argv + optind);
}
