// SPDX-License-Identifier: GPL-2.0-only
/*
 * trigger.c - the init of boots that are meant to end badly: write a word to a file
 *
 *	rdinit=/tests/trigger -- /proc/sysrq-trigger c			a panic at will
 *	rdinit=/tests/trigger -- /proc/crashtest stack-overflow		(linux-lite, CONFIG_CRASHTEST)
 *	rdinit=/tests/trigger -- exit					init ends: the kernel panics
 *	rdinit=/tests/trigger -- FILE WORD eat				init takes all memory afterwards
 *
 * It is no test: runner.c passes it over.
 */
#include "tap.h"
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <termios.h>

/* Init, which the OOM killer spares, takes all there is. */
static void eat(void)
{
	for (;;) {
		char *p = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (p == MAP_FAILED)
			return;
		memset(p, 1, 1 << 20);
	}
}

int main(int argc, char **argv)
{
	int fd;

	if (getpid() != 1) {
		diag("only as init: it would bring the machine down");
		return 1;
	}
	mkdir("/proc", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	if (argc == 2 && !strcmp(argv[1], "exit"))
		return 3;
	if (argc == 2 && !strcmp(argv[1], "segv"))
		return *(volatile char *)wild(8);
	if (argc >= 3) {
		diag("trigger: %s > %s", argv[2], argv[1]);
		fd = open(argv[1], O_WRONLY);
		if (fd < 0 || write(fd, argv[2], strlen(argv[2])) < 0)
			diag("trigger: %s", strerror(errno));
	}
	if (argc == 4)
		eat();
	diag("trigger: still alive");
	tcdrain(1);
	reboot(RB_POWER_OFF);
	return 0;
}
