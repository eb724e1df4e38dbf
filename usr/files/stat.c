// SPDX-License-Identifier: GPL-2.0-only
/* stat FILE...: what the kernel knows about a file. sync: writes everything out. */
#include <err.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "../box.h"

static const char *type_name(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:	return "directory";
	case S_IFLNK:	return "symbolic link";
	case S_IFCHR:	return "character device";
	case S_IFBLK:	return "block device";
	case S_IFIFO:	return "fifo";
	case S_IFSOCK:	return "socket";
	default:	return "regular file";
	}
}

static void print_time(const char *name, struct timespec ts)
{
	char text[32];

	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", gmtime(&ts.tv_sec));
	printf("%s: %s.%09ld UTC\n", name, text, ts.tv_nsec);
}

int stat_main(int argc, char **argv)
{
	int status = 0;

	if (argc < 2)
		return usage("FILE...");
	for (int i = 1; i < argc; i++) {
		struct stat st;

		if (lstat(argv[i], &st) < 0) {
			warn("%s", argv[i]);
			status = 1;
			continue;
		}
		printf("  File: %s\n", argv[i]);
		printf("  Size: %lld\tBlocks: %lld\tIO Block: %ld\t%s\n", (long long)st.st_size,
		       (long long)st.st_blocks, (long)st.st_blksize, type_name(st.st_mode));
		printf("Device: %u:%u\tInode: %lu\tLinks: %lu", major(st.st_dev), minor(st.st_dev),
		       (unsigned long)st.st_ino, (unsigned long)st.st_nlink);
		if (S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode))
			printf("\tDevice type: %u:%u", major(st.st_rdev), minor(st.st_rdev));
		printf("\nAccess: %04o\tUid: %u\tGid: %u\n", st.st_mode & 07777, st.st_uid,
		       st.st_gid);
		print_time("Access", st.st_atim);
		print_time("Modify", st.st_mtim);
		print_time("Change", st.st_ctim);
	}
	return status;
}

int sync_main(int argc, char **argv)
{
	sync();
	return 0;
}
