// SPDX-License-Identifier: GPL-2.0-only
/*
 * names.c - directories and names: mkdir, rename, link, symlink, unlink, getdents64, path walking
 */
#include "tap.h"
#include <dirent.h>
#include <limits.h>
#include <sys/stat.h>

#define D	"/tmp/names"

static void touch(const char *path, const char *text)
{
	int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0644);

	need(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
}

static int holds(const char *path, const char *text)
{
	char buf[256];

	return slurp(path, buf, sizeof(buf)) >= 0 && !strcmp(buf, text);
}

static int links(const char *path)
{
	struct stat st;

	return lstat(path, &st) ? -1 : (int)st.st_nlink;
}

static void test_dirs(void)
{
	char cwd[PATH_MAX];

	is(mkdir(D, 0755), 0, "mkdir");
	fails(mkdir(D, 0755), EEXIST, "mkdir again");
	fails(mkdir("/tmp/none/x", 0755), ENOENT, "mkdir without its parent");
	is(links(D), 2, "a new directory has two links");
	is(mkdir(D "/a", 0755), 0, "mkdir inside");
	is(links(D), 3, "a subdirectory is a third");
	fails(rmdir(D), ENOTEMPTY, "rmdir of a full directory");
	touch(D "/f", "f");
	fails(rmdir(D "/f"), ENOTDIR, "rmdir of a file");
	fails(unlink(D "/a"), EISDIR, "unlink of a directory");
	fails(rmdir(D "/a/."), EINVAL, "rmdir of .");
	fails(rmdir(D "/a/.."), ENOTEMPTY, "rmdir of ..");
	is(chdir(D "/a"), 0, "chdir");
	ok(getcwd(cwd, sizeof(cwd)) && !strcmp(cwd, D "/a"), "getcwd");
	is(access("../f", F_OK), 0, "a path with ..");
	is(access("../../../../../../../tmp/./names//f", F_OK), 0, "the root's .. is the root");
	fails(syscall(SYS_getcwd, cwd, 5), ERANGE, "getcwd into too small a buffer");
	is(rmdir(D "/a"), 0, "rmdir of the current directory");
	fails(open("x", O_CREAT | O_WRONLY, 0600), ENOENT, "nothing can be made in it");
	ok(!getcwd(cwd, sizeof(cwd)) && errno == ENOENT, "getcwd: ENOENT");
	need(chdir("/tmp") == 0);
	is(links(D), 2, "back to two links");
	fails(chdir(D "/f"), ENOTDIR, "chdir to a file");
}

static void test_rename(void)
{
	touch(D "/x", "x");
	touch(D "/y", "y");
	mkdir(D "/d1", 0755);
	mkdir(D "/d2", 0755);
	is(rename(D "/x", D "/y"), 0, "rename onto a file");
	ok(holds(D "/y", "x") && access(D "/x", F_OK), "replaces it");
	is(rename(D "/y", D "/d1/y"), 0, "rename into another directory");
	ok(holds(D "/d1/y", "x"), "keeps the contents");
	fails(rename(D "/none", D "/z"), ENOENT, "rename of nothing");
	fails(rename(D "/d1/y", D "/d2"), EISDIR, "a file onto a directory");
	fails(rename(D "/d1", D "/f"), ENOTDIR, "a directory onto a file");
	fails(rename(D "/d1", D "/d1/sub"), EINVAL, "a directory into itself");
	fails(rename(D "/d2", D "/d1"), ENOTEMPTY, "onto a directory that is not empty");
	is(rename(D "/d1", D "/d2"), 0, "onto an empty one");
	ok(holds(D "/d2/y", "x"), "takes its place");
	touch(D "/z", "z");
	fails(syscall(SYS_renameat2, AT_FDCWD, D "/z", AT_FDCWD, D "/d2/y", 1), EEXIST, "RENAME_NOREPLACE");
	is(syscall(SYS_renameat2, AT_FDCWD, D "/z", AT_FDCWD, D "/d2/y", 2), 0, "RENAME_EXCHANGE");
	ok(holds(D "/z", "x") && holds(D "/d2/y", "z"), "swaps the two");
	is(rename(D "/z", D "/z"), 0, "onto itself is nothing to do");
	is(links(D), 3, "the directory's link count is right after all this");
}

static void test_links(void)
{
	char target[64];
	int fd;

	touch(D "/one", "one");
	is(link(D "/one", D "/two"), 0, "link");
	is(links(D "/one"), 2, "two names");
	fails(link(D "/one", D "/two"), EEXIST, "link onto a name that exists");
	fails(link(D, D "/dirlink"), EPERM, "link of a directory");
	touch(D "/two", "changed");
	ok(holds(D "/one", "changed"), "one file");
	is(unlink(D "/one"), 0, "unlink one name");
	is(links(D "/two"), 1, "leaves the other");
	fd = open(D "/two", O_RDWR);
	is(unlink(D "/two"), 0, "unlink the last");
	is(pwrite(fd, "still here", 10, 0), 10, "an open file lives on");
	is(pread(fd, target, 10, 0), 10, "and can be read");
	close(fd);
	fails(unlink(D "/two"), ENOENT, "unlink of nothing");
	is(symlink("f", D "/sym"), 0, "symlink");
	ok(holds(D "/sym", "f"), "is followed");
	is(readlink(D "/sym", target, sizeof(target)), 1, "readlink");
	is(readlink(D "/sym", target, 0), -1, "readlink with no room");
	fails(readlink(D "/f", target, sizeof(target)), EINVAL, "readlink of a file");
	(void)!symlink("nowhere", D "/dangling");
	fails(open(D "/dangling", O_RDONLY), ENOENT, "a dangling link");
	fd = open(D "/dangling", O_CREAT | O_WRONLY, 0600);
	ok(fd >= 0 && !access(D "/nowhere", F_OK), "O_CREAT makes its target");
	close(fd);
	fails(open(D "/sym", O_RDONLY | O_NOFOLLOW), ELOOP, "O_NOFOLLOW");
	(void)!symlink("loop2", D "/loop1");
	(void)!symlink("loop1", D "/loop2");
	fails(open(D "/loop1", O_RDONLY), ELOOP, "two links in a circle");
	(void)!symlink(".", D "/dot");
	is(access(D "/dot/dot/dot/dot/dot/f", F_OK), 0, "links in the middle of a path");
	is(rename(D "/sym", D "/sym2"), 0, "rename moves the link");
	is(access(D "/f", F_OK), 0, "not its target");
	is(unlink(D "/sym2"), 0, "unlink, too");
}

/* A slash at the end: only a directory will do. */
static void test_slashes(void)
{
	is(mkdir(D "/dir/", 0755), 0, "mkdir of name/");
	fails(unlink(D "/f/"), ENOTDIR, "unlink of file/");
	ok(holds(D "/f", "f"), "leaves the file");
	fails(unlink(D "/dir/"), EISDIR, "unlink of directory/");
	fails(unlink(D "/none/"), ENOENT, "unlink of nothing/");
	fails(symlink("f", D "/f/"), EEXIST, "symlink to a name that is there, /");
	fails(symlink("f", D "/none/"), ENOENT, "symlink to a new name/");
	fails(link(D "/f", D "/none/"), ENOENT, "link to a new name/");
	fails(mknod(D "/dir/", S_IFREG | 0600, 0), EEXIST, "mknod of directory/");
	fails(mknod(D "/none/", S_IFREG | 0600, 0), ENOENT, "mknod of a new name/");
	fails(rename(D "/f", D "/none/"), ENOTDIR, "rename of a file to name/");
	fails(rename(wild(8), D "/none"), EFAULT, "rename from a bad pointer");
	fails(rename(D "/f", wild(8)), EFAULT, "rename to a bad pointer");
	is(rmdir(D "/dir/"), 0, "rmdir of name/");
}

/* 300 names: getdents64 in small pieces shows every one once, also when some vanish meanwhile. */
static void test_readdir(void)
{
	enum { NR = 300 };
	static char seen[NR];
	char path[300], buf[200];
	struct dirent *e;
	int fd, twice = 0, missing = 0, dots = 0, n;
	DIR *dir;

	mkdir(D "/many", 0755);
	for (int i = 0; i < NR; i++) {
		snprintf(path, sizeof(path), D "/many/file-%d", i);
		touch(path, "");
	}
	fd = open(D "/many", O_RDONLY | O_DIRECTORY);
	while ((n = syscall(SYS_getdents64, fd, buf, sizeof(buf))) > 0) {
		for (int at = 0; at < n; at += e->d_reclen) {
			int nr = -1;

			e = wild((long)buf + at);
			if (e->d_name[0] == '.') {
				dots += e->d_type == DT_DIR;
				continue;
			}
			if (sscanf(e->d_name, "file-%d", &nr) != 1 || e->d_type != DT_REG)
				nr = 0;
			twice += seen[nr];
			seen[nr] = 1;
		}
	}
	for (int i = 0; i < NR; i++)
		missing += !seen[i];
	is(dots, 2, "getdents64: . and ..");
	is(missing, 0, "every name");
	is(twice, 0, "once");
	lseek(fd, 0, SEEK_SET);
	fails(syscall(SYS_getdents64, fd, buf, 10), EINVAL, "too small a buffer");
	close(fd);
	fd = open(D "/f", O_RDONLY);
	fails(syscall(SYS_getdents64, fd, buf, sizeof(buf)), ENOTDIR, "getdents64 of a file");
	close(fd);
	dir = opendir(D "/many");
	n = 0;
	while ((e = readdir(dir)))
		if (e->d_name[0] != '.') {
			snprintf(path, sizeof(path), D "/many/%s", e->d_name);
			n += unlink(path) == 0;
		}
	closedir(dir);
	is(n, NR, "unlinking while reading misses none");
	is(rmdir(D "/many"), 0, "the directory is empty");
}

static void test_lengths(void)
{
	char name[300] = D "/", deep[PATH_MAX + 10];

	memset(name + strlen(name), 'n', 255);
	is(mkdir(name, 0755), 0, "a name of 255 bytes");
	is(rmdir(name), 0, "and gone");
	strcat(name, "n");
	fails(mkdir(name, 0755), ENAMETOOLONG, "a name of 256 bytes");
	memset(deep, '/', sizeof(deep));
	deep[PATH_MAX] = 0;
	fails(access(deep, F_OK), ENAMETOOLONG, "a path of 4096 bytes");
	deep[PATH_MAX - 1] = 0;
	is(access(deep, F_OK), 0, "a path of 4095 slashes is the root");
	fails(access("", F_OK), ENOENT, "an empty path");
}

static void test_at(void)
{
	int dir = open(D, O_RDONLY | O_DIRECTORY), fd = openat(dir, "at", O_CREAT | O_RDWR, 0600);

	ok(fd >= 0, "openat relative to a directory");
	is(faccessat(dir, "at", F_OK, 0), 0, "faccessat");
	fails(openat(fd, "x", O_RDONLY), ENOTDIR, "openat relative to a file");
	fails(openat(999, "x", O_RDONLY), EBADF, "relative to nothing");
	is(openat(999, "/tmp", O_RDONLY) >= 0, 1, "an absolute path needs no directory");
	is(mkdirat(dir, "sub", 0755), 0, "mkdirat");
	is(unlinkat(dir, "sub", AT_REMOVEDIR), 0, "unlinkat AT_REMOVEDIR");
	is(unlinkat(dir, "at", 0), 0, "unlinkat");
	fails(unlinkat(dir, "at", 0x40), EINVAL, "unlinkat with unknown flags");
	is(fchdir(dir), 0, "fchdir");
	is(access("f", F_OK), 0, "and relative names are there");
	need(chdir("/tmp") == 0);
	close(fd);
	close(dir);
}

int main(void)
{
	test_dirs();
	test_rename();
	test_links();
	test_slashes();
	test_readdir();
	test_lengths();
	test_at();
	return done_testing();
}
