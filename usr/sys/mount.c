// SPDX-License-Identifier: GPL-2.0-only
/*
 * mount [-t TYPE] [-o OPTIONS] SOURCE DIR; umount DIR...
 * Without arguments mount lists what is mounted, which the kernel tells in /proc/mounts.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "../box.h"

static const struct {
	const char *name;
	unsigned long set, clear;
} flag_options[] = {
	{ "ro", MS_RDONLY, 0 },		{ "rw", 0, MS_RDONLY },
	{ "nosuid", MS_NOSUID, 0 },	{ "nodev", MS_NODEV, 0 },
	{ "noexec", MS_NOEXEC, 0 },	{ "remount", MS_REMOUNT, 0 },
	{ "bind", MS_BIND, 0 },		{ "noatime", MS_NOATIME, 0 },
	{ "defaults", 0, 0 },
};

/* Splits "ro,size=4m": flags the kernel takes as bits, the rest is text for the file system. */
static unsigned long parse_options(char *options, char *data, size_t size)
{
	unsigned long flags = 0;

	for (char *opt = strtok(options, ","); opt; opt = strtok(NULL, ",")) {
		size_t i, n = sizeof(flag_options) / sizeof(flag_options[0]);

		for (i = 0; i < n && strcmp(opt, flag_options[i].name); i++)
			;
		if (i < n) {
			flags = (flags | flag_options[i].set) & ~flag_options[i].clear;
		} else if (strlen(data) + strlen(opt) + 2 <= size) {
			if (*data)
				strcat(data, ",");
			strcat(data, opt);
		} else {
			errx(1, "options too long");
		}
	}
	return flags;
}

static int show_mounts(void)
{
	int fd = open("/proc/mounts", O_RDONLY);

	if (fd < 0)
		err(1, "/proc/mounts");
	return copy_fd(fd, STDOUT_FILENO) ? 0 : 1;
}

int mount_main(int argc, char **argv)
{
	static const char synopsis[] = "[-t TYPE] [-o OPTIONS] SOURCE DIR";
	const char *type = NULL;
	unsigned long flags = 0;
	char data[1024] = "";
	int c;

	if (argc == 1)
		return show_mounts();
	while ((c = getopt(argc, argv, "t:o:r")) != -1) {
		if (c == 't')
			type = optarg;
		else if (c == 'o')
			flags |= parse_options(optarg, data, sizeof(data));
		else if (c == 'r')
			flags |= MS_RDONLY;
		else
			return usage(synopsis);
	}
	if (argc - optind != 2)
		return usage(synopsis);
	if (mount(argv[optind], argv[optind + 1], type, flags, data) < 0)
		err(1, "%s on %s", argv[optind], argv[optind + 1]);
	return 0;
}

int umount_main(int argc, char **argv)
{
	int status = 0;

	if (argc < 2)
		return usage("DIR...");
	for (int i = 1; i < argc; i++) {
		if (umount2(argv[i], 0) < 0) {
			warn("%s", argv[i]);
			status = 1;
		}
	}
	return status;
}
