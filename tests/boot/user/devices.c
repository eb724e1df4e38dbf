// SPDX-License-Identifier: GPL-2.0-only
/*
 * devices.c - /dev/null, zero, full, random, urandom, and getrandom
 */
#include "tap.h"
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

static unsigned char buf[3 * PAGE];

static int all(unsigned char value, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (buf[i] != value)
			return 0;
	return 1;
}

/* Random bytes: each value turns up, no value far too often. */
static int looks_random(size_t len)
{
	int count[256] = { 0 }, most = 0;

	for (size_t i = 0; i < len; i++)
		if (++count[buf[i]] > most)
			most = count[buf[i]];
	for (int i = 0; i < 256; i++)
		if (!count[i])
			return 0;
	return most < (int)len / 64;
}

static void test_node(const char *name, int minor)
{
	char path[32];
	struct stat st;

	snprintf(path, sizeof(path), "/dev/%s", name);
	ok(!stat(path, &st) && S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, minor),
	   "%s is character device 1:%d", path, minor);
	is(st.st_mode & 0666, 0666, "%s may be read and written by all", path);
}

static void test_null_zero_full(void)
{
	int null = open("/dev/null", O_RDWR), zero = open("/dev/zero", O_RDWR);
	int full = open("/dev/full", O_RDWR);
	unsigned char *p;

	is(read(null, buf, 10), 0, "null: reads as an empty file");
	is(write(null, buf, sizeof(buf)), sizeof(buf), "null: takes everything");
	is(lseek(null, 100, SEEK_SET), 0, "null: seeks nowhere");
	memset(buf, 1, sizeof(buf));
	is(read(zero, buf, 2 * PAGE + 5), 2 * PAGE + 5, "zero: read");
	ok(all(0, 2 * PAGE + 5) && buf[2 * PAGE + 5] == 1, "zero: zeros, as many as asked for");
	is(write(zero, buf, 100), 100, "zero: takes everything");
	fails(write(full, buf, 1), ENOSPC, "full: has no room");
	memset(buf, 1, 10);
	ok(read(full, buf, 10) == 10 && all(0, 10), "full: reads as zeros");
	p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, zero, 0);
	ok(p != MAP_FAILED && p[PAGE] == 0, "zero: mapped privately it is anonymous memory");
	p[PAGE] = 7;
	ok(p[PAGE] == 7 && p[0] == 0, "zero: and can be written");
	munmap(p, 2 * PAGE);
	fails(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, null, 0), ENODEV, "null: can't be mapped");
	fails(syscall(SYS_ioctl, null, 0x5401, buf), ENOTTY, "null: is no terminal");
	is(read(zero, NULL, 0), 0, "zero: a read of nothing");
	fails(read(zero, wild(8), 10), EFAULT, "zero: a bad pointer");
	close(null);
	close(zero);
	close(full);
}

static void test_random(void)
{
	int fd = open("/dev/urandom", O_RDWR);
	unsigned char first[16];

	is(read(fd, buf, 3 * PAGE), 3 * PAGE, "urandom: read");
	ok(looks_random(3 * PAGE), "urandom: looks random");
	memcpy(first, buf, 16);
	is(read(fd, buf, 16), 16, "urandom: read again");
	ok(memcmp(first, buf, 16), "urandom: other bytes");
	is(write(fd, buf, 16), 16, "urandom: may be stirred");
	close(fd);
	memset(buf, 0, sizeof(buf));
	is(getrandom(buf, 3 * PAGE, 0), 3 * PAGE, "getrandom");
	ok(looks_random(3 * PAGE), "getrandom: looks random");
	ok(getrandom(buf, 256, GRND_NONBLOCK) == 256, "getrandom GRND_NONBLOCK");
	fails(getrandom(buf, 16, 0x100), EINVAL, "getrandom with unknown flags");
	fails(getrandom(wild(8), 16, 0), EFAULT, "getrandom to a bad pointer");
	is(getrandom(buf, 0, 0), 0, "getrandom of nothing");
}

int main(void)
{
	test_node("null", 3);
	test_node("zero", 5);
	test_node("full", 7);
	test_node("random", 8);
	test_node("urandom", 9);
	test_null_zero_full();
	test_random();
	return done_testing();
}
