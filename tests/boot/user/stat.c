// SPDX-License-Identifier: GPL-2.0-only
/*
 * stat.c - stat, statx, modes, owners, times, statfs, and what an ordinary user may not do
 */
#include "tap.h"
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

#define F	"/tmp/stat"

static struct stat st;

static void restat(void)
{
	need(stat(F, &st) == 0);
}

static void test_fields(void)
{
	struct stat other;
	struct statx stx;
	int fd;

	umask(022);
	unlink(F);
	fd = open(F, O_CREAT | O_RDWR, 0666);
	need(write(fd, "12345", 5) == 5);
	restat();
	is(st.st_mode, S_IFREG | 0644, "st_mode: a file, less the umask");
	is(st.st_size, 5, "st_size");
	is(st.st_nlink, 1, "st_nlink");
	is(st.st_uid | st.st_gid, 0, "st_uid, st_gid");
	is(st.st_blocks, 8, "st_blocks: one page in units of 512");
	is(st.st_blksize, 4096, "st_blksize");
	ok(st.st_ino && st.st_dev, "st_ino and st_dev");
	need(fstat(fd, &other) == 0);
	ok(other.st_ino == st.st_ino && other.st_dev == st.st_dev, "fstat sees the same file");
	need(stat("/tmp", &other) == 0);
	ok(S_ISDIR(other.st_mode) && other.st_ino != st.st_ino, "a directory is another one");
	need(stat("/dev/null", &other) == 0);
	ok(S_ISCHR(other.st_mode) && other.st_rdev == makedev(1, 3), "/dev/null is device 1:3");
	is(fstatat(fd, "", &other, AT_EMPTY_PATH), 0, "AT_EMPTY_PATH");
	is(statx(AT_FDCWD, F, 0, STATX_BASIC_STATS, &stx), 0, "statx");
	ok((stx.stx_mask & STATX_BASIC_STATS) == STATX_BASIC_STATS, "stx_mask");
	ok(stx.stx_size == 5 && stx.stx_mode == (S_IFREG | 0644) && stx.stx_ino == st.st_ino &&
	   stx.stx_nlink == 1 && stx.stx_blocks == 8, "says what stat says");
	is(statx(fd, "", AT_EMPTY_PATH, STATX_SIZE, &stx), 0, "statx of a descriptor");
	fails(statx(AT_FDCWD, F, 0x8000, 0, &stx), EINVAL, "statx with unknown flags");
	fails(stat("/tmp/none", &st), ENOENT, "no such file");
	fails(syscall(SYS_fstat, fd, 8), EFAULT, "bad pointer");
	fails(syscall(SYS_fstat, 999, &st), EBADF, "bad descriptor");
	unlink("/tmp/stat.link");
	need(symlink(F, "/tmp/stat.link") == 0);
	need(lstat("/tmp/stat.link", &other) == 0);
	ok(S_ISLNK(other.st_mode) && other.st_size == (off_t)strlen(F), "lstat: the link and its length");
	is(other.st_mode & 0777, 0777, "with mode 0777");
	close(fd);
}

static void test_mode(void)
{
	int fd = open(F, O_RDWR);

	is(chmod(F, 04751), 0, "chmod");
	restat();
	is(st.st_mode, S_IFREG | 04751, "st_mode");
	is(fchmod(fd, 0600), 0, "fchmod");
	restat();
	is(st.st_mode, S_IFREG | 0600, "st_mode");
	is(chown(F, 12, 34), 0, "chown");
	restat();
	ok(st.st_uid == 12 && st.st_gid == 34, "owner and group");
	is(fchown(fd, -1, 56), 0, "fchown, -1: leave it");
	restat();
	ok(st.st_uid == 12 && st.st_gid == 56, "only the group changed");
	need(chown(F, 0, 0) == 0);
	close(fd);
}

static void test_times(void)
{
	struct timespec set[2] = { { 1000, 5 }, { 2000, 7 } }, real;
	struct timespec omit[2] = { { 0, UTIME_OMIT }, { 0, UTIME_NOW } };
	int fd;

	is(utimensat(AT_FDCWD, F, set, 0), 0, "utimensat");
	restat();
	ok(st.st_atim.tv_sec == 1000 && st.st_atim.tv_nsec == 5, "atime");
	ok(st.st_mtim.tv_sec == 2000 && st.st_mtim.tv_nsec == 7, "mtime");
	clock_gettime(CLOCK_REALTIME, &real);
	ok(st.st_ctim.tv_sec >= real.tv_sec - 2 && st.st_ctim.tv_sec <= real.tv_sec, "ctime is now");
	is(utimensat(AT_FDCWD, F, omit, 0), 0, "UTIME_OMIT and UTIME_NOW");
	restat();
	is(st.st_atim.tv_sec, 1000, "atime is left");
	ok(st.st_mtim.tv_sec >= real.tv_sec, "mtime is now");
	need(utimensat(AT_FDCWD, F, set, 0) == 0);
	fd = open(F, O_WRONLY);
	is(futimens(fd, NULL), 0, "futimens of a descriptor");
	need(utimensat(AT_FDCWD, F, set, 0) == 0);
	need(write(fd, "x", 1) == 1);
	restat();
	ok(st.st_mtim.tv_sec >= real.tv_sec, "a write moves mtime");
	set[0].tv_nsec = 2000000000;
	fails(utimensat(AT_FDCWD, F, set, 0), EINVAL, "nanoseconds out of range");
	close(fd);
}

static void test_statfs(void)
{
	struct statfs fs;

	is(statfs("/tmp", &fs), 0, "statfs");
	is(fs.f_type, 0x01021994, "tmpfs' magic number");
	is(fs.f_bsize, 4096, "f_bsize");
	is(fs.f_namelen, 255, "f_namelen");
	is(statfs("/proc", &fs), 0, "statfs of /proc");
	is(fs.f_type, 0x9fa0, "proc's magic number");
	fails(statfs("/tmp/none", &fs), ENOENT, "statfs of nothing");
}

static int as_user(unused void *arg)
{
	if (setgid(1000) || setuid(1000))
		return 1;
	if (open("/tmp/stat.private", O_RDONLY) != -1 || errno != EACCES)
		return 2;
	if (open("/tmp/stat.readable", O_RDONLY) < 0)
		return 3;
	if (open("/tmp/stat.readable", O_WRONLY) != -1 || errno != EACCES)
		return 4;
	if (open("/tmp/stat.dir/file", O_RDONLY) != -1 || errno != EACCES)
		return 5;	/* a directory without x */
	if (chmod("/tmp/stat.readable", 0777) != -1 || errno != EPERM)
		return 6;
	if (setuid(0) != -1 || errno != EPERM)
		return 7;
	if (kill(1, SIGTERM) != -1 || errno != EPERM)
		return 8;
	if (access("/tmp/stat.private", R_OK) != -1 || errno != EACCES)
		return 9;
	if (getuid() != 1000 || geteuid() != 1000 || getgid() != 1000)
		return 10;
	return 0;
}

static void test_user(void)
{
	close(open("/tmp/stat.private", O_CREAT | O_WRONLY, 0600));
	close(open("/tmp/stat.readable", O_CREAT | O_WRONLY, 0644));
	mkdir("/tmp/stat.dir", 0600);
	close(open("/tmp/stat.dir/file", O_CREAT | O_WRONLY, 0644));
	is(how_it_ended(in_child(as_user, NULL)), 0, "an ordinary user is held by modes and owners");
}

int main(void)
{
	test_fields();
	test_mode();
	test_times();
	test_statfs();
	test_user();
	return done_testing();
}
