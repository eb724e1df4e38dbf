// SPDX-License-Identifier: GPL-2.0-only
/*
 * disk.c - a virtio disk as /dev/vda: read, write, map, flush
 *
 * It needs the disk that the case "a virtio disk" of tests/boot/cases.py makes: 16 MiB, each sector
 * beginning with its number, a second disk that is read-only. The case looks at the file afterwards:
 * the sectors of the second half must then begin with their number's complement.
 */
#include "tap.h"
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#define SECTOR	512UL
#define SIZE	(16UL << 20)

static unsigned char buf[1 << 20];
static int disk;

static uint32_t number(const void *sector)
{
	uint32_t n;

	memcpy(&n, sector, 4);
	return n;
}

static void test_node(void)
{
	unsigned long size = 0;
	struct stat st;
	int sector = 0;

	is(stat("/dev/vda", &st), 0, "/dev/vda is there");
	ok(S_ISBLK(st.st_mode), "a block device");
	disk = open("/dev/vda", O_RDWR);
	need(disk >= 0);
	is(ioctl(disk, BLKGETSIZE64, &size), 0, "BLKGETSIZE64");
	is(size, SIZE, "16 MiB");
	is(ioctl(disk, BLKSSZGET, &sector), 0, "BLKSSZGET");
	is(sector, SECTOR, "sectors of 512 bytes");
	is(lseek(disk, 0, SEEK_END), SIZE, "SEEK_END is the size");
	lseek(disk, 0, SEEK_SET);
}

static void test_read(void)
{
	unsigned long at = 0;
	int bad = 0;
	ssize_t n;

	while ((n = read(disk, buf, sizeof(buf))) > 0)
		for (ssize_t i = 0; i < n; i += SECTOR, at += SECTOR)
			bad += number(buf + i) != at / SECTOR;
	is(at, SIZE, "16 MiB read, in pieces of 1 MiB");
	is(bad, 0, "every sector has its number");
	is(pread(disk, buf, 100, SIZE - 10), 10, "a read ends with the disk");
	is(pread(disk, buf, 100, SIZE), 0, "and there is nothing behind it");
	is(pread(disk, buf, 8, 5 * SECTOR - 4), 8, "across two sectors");
	is(number(buf + 4), 5, "is where it should be");
}

static void write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	need(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
}

/* What is clean and not in use can go, and be read again. */
static void test_drop_caches(void)
{
	long before = proc_number("/proc/meminfo", "Buffers"), after;
	volatile unsigned char *map = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, disk, 0);
	uint32_t dirty = 0x12345678;

	need(map != MAP_FAILED && map[0] == 0);
	need(pwrite(disk, &dirty, 4, SIZE - PAGE) == 4);
	ok(before >= (long)(SIZE >> 10), "the disk is in the page cache, %ld kB", before);
	write_text("/proc/sys/vm/drop_caches", "1");
	after = proc_number("/proc/meminfo", "Buffers");
	ok(after < before / 8, "drop_caches drops it, but for %ld kB", after);
	ok(after >= 8, "what is mapped or dirty stays");
	need(pread(disk, buf, SECTOR, 4000 * SECTOR) == SECTOR);
	is(number(buf), 4000, "a page that went is read again");
	need(pread(disk, buf, SECTOR, SIZE - PAGE) == SECTOR);
	is(number(buf), dirty, "a dirty one was not lost");
	is(ioctl(disk, BLKFLSBUF, 0), 0, "BLKFLSBUF");
	after = proc_number("/proc/meminfo", "Buffers");
	ok(after <= 64, "writes and drops all but what is mapped: %ld kB", after);
	need(pread(disk, buf, SECTOR, SIZE - PAGE) == SECTOR);
	is(number(buf), dirty, "and what was dirty is on the disk");
	munmap((void *)map, PAGE);
}

static void test_write(void)
{
	unsigned char *map;
	uint32_t n;
	int bad = 0;

	for (unsigned long at = SIZE / 2; at < SIZE; at += SECTOR) {
		n = ~(uint32_t)(at / SECTOR);
		bad += pwrite(disk, &n, 4, at) != 4;
	}
	is(bad, 0, "16384 small writes");
	is(fsync(disk), 0, "fsync");
	fails(pwrite(disk, buf, 1, SIZE), ENOSPC, "a write behind the end");
	map = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, disk, 0);
	need(map != MAP_FAILED);
	for (unsigned long at = 0; at < SIZE; at += SECTOR)
		bad += number(map + at) != (at < SIZE / 2 ? at / SECTOR : ~(uint32_t)(at / SECTOR));
	is(bad, 0, "a mapping of the whole disk shows it all");
	map[SIZE / 2 + 100] = 0x5a;
	is(msync(map, SIZE, MS_SYNC), 0, "msync");
	is(pread(disk, buf, 1, SIZE / 2 + 100), 1, "and what is stored there");
	is(buf[0], 0x5a, "is read");
	munmap(map, SIZE);
	is(close(disk), 0, "close");
}

static void test_read_only(void)
{
	int fd = open("/dev/vdb", O_RDONLY);

	ok(fd >= 0, "the second disk can be read");
	is(read(fd, buf, SECTOR), SECTOR, "a sector");
	is(number(buf), 0, "its first");
	close(fd);
	fails(open("/dev/vdb", O_RDWR), EACCES, "but not be opened for writing");
}

/* Readers and a writer at the same time, on all harts, with more requests than the ring has room. */
static int reader(void *arg)
{
	int fd = open("/dev/vda", O_RDONLY);
	unsigned int seed = (long)arg;

	for (int i = 0; i < 200; i++) {
		unsigned long at = (seed = seed * 1103515245 + 12345) / 16 % (SIZE / 2 / PAGE) * PAGE;

		if (pread(fd, buf, PAGE, at) != (ssize_t)PAGE || number(buf) != at / SECTOR)
			return 1;
		posix_fadvise(fd, at, PAGE, POSIX_FADV_DONTNEED);
	}
	return 0;
}

static void test_parallel(void)
{
	int bad = 0, status;

	for (long i = 0; i < 8; i++)
		if (fork() == 0)
			_exit(reader((void *)i));
	while (wait(&status) > 0)
		bad += status != 0;
	is(bad, 0, "eight readers at a time");
}

int main(void)
{
	test_node();
	test_read();
	test_drop_caches();
	test_write();
	test_read_only();
	test_parallel();
	return done_testing();
}
