// SPDX-License-Identifier: GPL-2.0-only
/*
 * file.c - a regular file on tmpfs: open's flags, offsets, holes, length, and a full file system
 */
#include "tap.h"
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>

#define F	"/tmp/file"

static void test_open(void)
{
	int fd;

	unlink(F);
	fails(open(F, O_RDONLY), ENOENT, "no such file");
	fd = open(F, O_CREAT | O_EXCL | O_RDWR, 0640);
	ok(fd >= 0, "O_CREAT | O_EXCL makes it");
	fails(open(F, O_CREAT | O_EXCL | O_RDWR, 0640), EEXIST, "and only once");
	is(write(fd, "0123456789", 10), 10, "write");
	close(fd);
	fd = open(F, O_WRONLY | O_APPEND);
	is(lseek(fd, 0, SEEK_SET), 0, "O_APPEND: offset 0");
	is(write(fd, "ab", 2), 2, "write");
	is(lseek(fd, 0, SEEK_CUR), 12, "went to the end all the same");
	close(fd);
	fd = open(F, O_RDONLY | O_TRUNC);
	is(lseek(fd, 0, SEEK_END), 0, "O_TRUNC empties");
	fails(write(fd, "x", 1), EBADF, "O_RDONLY can't write");
	close(fd);
	fails(open("/tmp", O_WRONLY), EISDIR, "a directory can't be opened for writing");
	fails(open(F, O_RDONLY | O_DIRECTORY), ENOTDIR, "O_DIRECTORY wants a directory");
	fails(open(F "/x", O_RDONLY), ENOTDIR, "a file is no directory");
	fails(open("/tmp/nodir/x", O_CREAT | O_WRONLY, 0600), ENOENT, "the directory must be there");
	fails(read(999, NULL, 0), EBADF, "no such descriptor");
	fails(open((char *)8, O_RDONLY), EFAULT, "a bad pointer");
}

static void test_offsets(void)
{
	struct iovec iov[2];
	char buf[32] = "", c;
	int fd = open(F, O_CREAT | O_RDWR | O_TRUNC, 0600), dupfd, other;

	need(write(fd, "0123456789", 10) == 10);
	is(lseek(fd, -3, SEEK_END), 7, "SEEK_END");
	is(read(fd, buf, 20), 3, "a read ends with the file");
	is(read(fd, buf, 20), 0, "then there is nothing");
	fails(lseek(fd, -1, SEEK_SET), EINVAL, "a negative offset");
	fails(lseek(fd, 0, 99), EINVAL, "no such whence");
	is(pread(fd, buf, 2, 4), 2, "pread");
	ok(!memcmp(buf, "45", 2), "reads there");
	is(pwrite(fd, "XY", 2, 4), 2, "pwrite");
	is(lseek(fd, 0, SEEK_CUR), 10, "neither moves the offset");
	fails(pread(fd, buf, 1, -1), EINVAL, "pread at a negative offset");
	lseek(fd, 3, SEEK_SET);
	dupfd = dup(fd);
	is(read(dupfd, &c, 1), 1, "a dup");
	is(lseek(fd, 0, SEEK_CUR), 4, "shares the offset");
	other = open(F, O_RDONLY);
	is(lseek(other, 0, SEEK_CUR), 0, "another open has its own");
	iov[0] = (struct iovec){ buf, 3 };
	iov[1] = (struct iovec){ buf + 3, 20 };
	is(readv(other, iov, 2), 10, "readv");
	ok(!memcmp(buf, "0123XY6789", 10), "fills one after the other");
	fails(syscall(SYS_readv, other, iov, -1), EINVAL, "readv with a negative count");
	is(fcntl(fd, F_DUPFD, 100), 100, "F_DUPFD takes the first free from 100 on");
	is(dup2(fd, 101), 101, "dup2");
	fails(dup3(fd, fd, 0), EINVAL, "dup3 onto itself");
	is(dup2(fd, fd), fd, "dup2 onto itself");
	close(100);
	close(101);
	close(dupfd);
	close(other);
	close(fd);
	fails(close(fd), EBADF, "closed twice");
}

/* read, write and their kin: what they refuse, and in which order they look. */
static void test_refused(void)
{
	struct iovec iov = { wild(8), 1 };
	int fd = open(F, O_RDWR), fds[2];
	char buf[4];

	need(pipe(fds) == 0);
	fails(pread(fds[0], buf, 1, 0), ESPIPE, "pread of a pipe");
	fails(pwrite(fds[1], buf, 1, 0), ESPIPE, "pwrite of a pipe");
	fails(pread(999, wild(8), 1, 0), EBADF, "pread of no file, to a bad pointer");
	fails(pread(fd, wild(8), 1, 0), EFAULT, "pread to a bad pointer");
	fails(pwrite(fd, buf, 1, -1), EINVAL, "pwrite at a negative offset");
	fails(readv(fd, &iov, 1), EFAULT, "readv to a bad pointer");
	fails(syscall(SYS_readv, 999, 8, 1), EBADF, "readv of no file");
	fails(preadv(fd, &iov, 1, -1), EINVAL, "preadv at a negative offset");
	fails(preadv(fds[0], &iov, 1, 0), ESPIPE, "preadv of a pipe");
	fails(write(fds[0], buf, 1), EBADF, "write to a pipe's reading end");
	close(fds[0]);
	close(fds[1]);
	close(fd);
}

static void test_copies(void)
{
	int from = open(F, O_CREAT | O_RDWR | O_TRUNC, 0600), to, fds[2];
	off_t in = 2, out = 1;
	char buf[16] = "";

	need(write(from, "0123456789", 10) == 10);
	to = open(F "2", O_CREAT | O_RDWR | O_TRUNC, 0600);
	is(sendfile(to, from, &in, 3), 3, "sendfile from an offset");
	is(in, 5, "moves the offset");
	is(lseek(from, 0, SEEK_CUR), 10, "and not the file's own");
	is(lseek(to, 0, SEEK_CUR), 3, "but the other file's");
	lseek(from, 8, SEEK_SET);
	is(sendfile(to, from, NULL, 100), 2, "sendfile to the end");
	is(lseek(from, 0, SEEK_CUR), 10, "moves the file's own");
	is(pread(to, buf, 16, 0), 5, "it is all there");
	ok(!memcmp(buf, "23489", 5), "in its place");
	in = 0;
	is(copy_file_range(from, &in, to, &out, 2, 0), 2, "copy_file_range");
	ok(in == 2 && out == 3, "moves both offsets");
	ok(pread(to, buf, 5, 0) == 5 && !memcmp(buf, "20189", 5), "writes there");
	is(lseek(to, 0, SEEK_CUR), 5, "and leaves the file's own");
	need(pipe(fds) == 0);
	lseek(from, 0, SEEK_SET);
	is(sendfile(fds[1], from, NULL, 4), 4, "sendfile to a pipe");
	fails(sendfile(to, fds[0], NULL, 4), EINVAL, "sendfile from a pipe");
	fails(copy_file_range(from, NULL, fds[1], NULL, 4, 0), EINVAL, "copy_file_range to a pipe");
	fails(copy_file_range(from, NULL, to, NULL, 4, 1), EINVAL, "copy_file_range with flags");
	fails(sendfile(999, from, NULL, 4), EBADF, "sendfile to nothing");
	in = -1;
	fails(sendfile(to, from, &in, 4), EINVAL, "sendfile from a negative offset");
	fcntl(to, F_SETFL, O_APPEND);
	fails(sendfile(to, from, NULL, 4), EINVAL, "sendfile to O_APPEND");
	fails(copy_file_range(from, NULL, to, NULL, 4, 0), EBADF, "copy_file_range to O_APPEND");
	close(fds[0]);
	close(fds[1]);
	close(to);
	close(from);
	unlink(F "2");
}

static void test_holes(void)
{
	int fd = open(F, O_CREAT | O_RDWR | O_TRUNC, 0600);
	struct stat st;
	char buf[16];

	is(pwrite(fd, "end", 3, 1L << 30), 3, "a write at 1 GiB");
	fstat(fd, &st);
	is(st.st_size, (1L << 30) + 3, "st_size");
	ok(st.st_blocks * 512 <= 64 * 1024, "st_blocks: hardly any memory");
	memset(buf, 1, sizeof(buf));
	is(pread(fd, buf, 16, 1L << 29), 16, "a hole can be read");
	ok(!buf[0] && !memcmp(buf, buf + 1, 15), "as zeros");
	is(lseek(fd, 0, SEEK_DATA), 1L << 30, "SEEK_DATA finds the page");
	is(lseek(fd, 0, SEEK_HOLE), 0, "SEEK_HOLE the hole before it");
	fails(lseek(fd, 1L << 40, SEEK_DATA), ENXIO, "SEEK_DATA behind the end");
	is(ftruncate(fd, 5000), 0, "shorter");
	fstat(fd, &st);
	is(st.st_size, 5000, "st_size");
	is(ftruncate(fd, 100000), 0, "longer");
	is(pread(fd, buf, 16, 99990), 10, "up to the new end");
	fails(ftruncate(fd, -1), EINVAL, "a negative length");
	close(fd);
	fd = open(F, O_RDONLY);
	fails(ftruncate(fd, 0), EINVAL, "a file not open for writing");
	close(fd);
	is(truncate(F, 7), 0, "truncate by name");
	fails(truncate("/tmp", 7), EISDIR, "truncate of a directory");
}

/* What is written is what is read: all alignments around page boundaries. */
static void test_pattern(void)
{
	static unsigned char model[5 * PAGE], buf[5 * PAGE];
	int fd = open(F, O_CREAT | O_RDWR | O_TRUNC, 0600), bad = 0;
	unsigned int seed = 12345;
	size_t size = 0;

	for (int i = 0; i < 400; i++) {
		size_t at = (seed = seed * 1103515245 + 12345) / 7 % (4 * PAGE);
		size_t len = (seed = seed * 1103515245 + 12345) / 7 % PAGE;

		memset(buf, i + 1, len);
		memset(model + at, i + 1, len);
		if (len && at + len > size)
			size = at + len;
		bad += pwrite(fd, buf, len, at) != (ssize_t)len;
		bad += pread(fd, buf, sizeof(buf), 0) != (ssize_t)size || memcmp(buf, model, size);
		if (i % 50 == 49) {
			size_t cut = size * 2 / 3;

			bad += ftruncate(fd, cut) != 0;
			memset(model + cut, 0, sizeof(model) - cut);
			size = cut;
		}
	}
	is(bad, 0, "400 random writes and cuts read back as a byte array would");
	close(fd);
	unlink(F);
}

static void test_full(void)
{
	static char block[65536];
	char name[64];
	long written = 0, n, first;
	int fd, made = 0;

	mkdir("/tmp/full", 0755);
	if (mount("tmpfs", "/tmp/full", "tmpfs", 0, "size=1m")) {
		ok(0, "mount of a tmpfs of 1 MiB");
		return;
	}
	for (int round = 0; round < 2; round++) {
		fd = open("/tmp/full/a", O_CREAT | O_WRONLY | O_TRUNC, 0600);
		need(fd >= 0);
		for (written = 0; (n = write(fd, block, sizeof(block))) > 0; written += n)
			;
		ok(n == -1 && errno == ENOSPC, "a full tmpfs: ENOSPC");
		if (round == 0)
			first = written;
		close(fd);
		unlink("/tmp/full/a");
	}
	ok(first > 900 << 10 && first <= 1 << 20, "holds its megabyte");
	is(written, first, "and after unlink the same again");
	for (made = 0; made < 100; made++) {
		snprintf(name, sizeof(name), "/tmp/full/%d", made);
		fd = open(name, O_CREAT | O_WRONLY, 0600);
		if (fd < 0 || write(fd, block, 50000) != 50000)
			break;
		close(fd);
	}
	ok(made >= 15 && made < 21, "many files fill it too");
	close(fd);
	is(umount("/tmp/full"), 0, "umount");
	is(access("/tmp/full/0", F_OK), -1, "its files are gone");
}

int main(void)
{
	test_open();
	test_offsets();
	test_refused();
	test_copies();
	test_holes();
	test_pattern();
	test_full();
	return done_testing();
}
