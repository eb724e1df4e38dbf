// SPDX-License-Identifier: GPL-2.0-only
/*
 * poweroff, reboot: end the system through init (which stops every process first), or with -f at
 * once through reboot(2). Where process 1 is not an init (rdinit=/bin/sh) only the second works,
 * so that is what happens then.
 */
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "../box.h"

static bool pid1_is_init(void)
{
	char comm[16] = "";
	int fd = open("/proc/1/comm", O_RDONLY);

	if (fd < 0)
		return false;
	if (read(fd, comm, sizeof(comm) - 1) < 0)
		comm[0] = '\0';
	close(fd);
	return strcmp(comm, "init\n") == 0;
}

static int end_system(int argc, char **argv, int sig, int how)
{
	bool force = argc > 1 && strcmp(argv[1], "-f") == 0;

	if (argc > 1 + force)
		return usage("[-f]");
	if (!force && pid1_is_init()) {
		if (kill(1, sig) < 0)
			err(1, "asking init");
		return 0;
	}
	sync();
	if (reboot(how) < 0)
		err(1, "reboot");
	return 0;
}

int poweroff_main(int argc, char **argv)
{
	return end_system(argc, argv, SIGUSR2, RB_POWER_OFF);
}

int reboot_main(int argc, char **argv)
{
	return end_system(argc, argv, SIGTERM, RB_AUTOBOOT);
}
