// SPDX-License-Identifier: GPL-2.0-only
/*
 * env [-i] [NAME=VALUE]... [PROGRAM ARGS]: the environment shown, or changed for a program.
 * uname [-asnrvm]: the kernel's name. clear: the screen. sleep SECONDS...: their sum.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "../box.h"

int env_main(int argc, char **argv)
{
	int i = 1;

	if (i < argc && strcmp(argv[i], "-i") == 0) {
		clearenv();
		i++;
	}
	for (; i < argc && strchr(argv[i], '='); i++)
		putenv(argv[i]);
	if (i < argc) {
		execvp(argv[i], argv + i);
		warn("%s", argv[i]);
		return errno == ENOENT ? 127 : 126;
	}
	for (char **e = environ; e && *e; e++)
		printf("%s\n", *e);
	return 0;
}

int uname_main(int argc, char **argv)
{
	static const char letters[] = "snrvm";
	const char *wanted = "s";
	struct utsname u;
	int shown = 0;

	if (argc > 1 && argv[1][0] == '-')
		wanted = strcmp(argv[1], "-a") == 0 ? letters : argv[1] + 1;
	if (strspn(wanted, letters) != strlen(wanted))
		return usage("[-asnrvm]");
	if (uname(&u) < 0)
		err(1, "uname");
	for (const char *p = letters; *p; p++) {
		const char *field[] = { u.sysname, u.nodename, u.release, u.version, u.machine };

		if (strchr(wanted, *p))
			printf("%s%s", shown++ ? " " : "", field[p - letters]);
	}
	printf("\n");
	return 0;
}

int clear_main(int argc, char **argv)
{
	printf("\033[H\033[2J");
	return 0;
}

int sleep_main(int argc, char **argv)
{
	double total = 0, seconds;

	for (int i = 1; i < argc; i++) {
		if (!parse_delay(argv[i], &seconds))
			return usage("SECONDS...");
		total += seconds;
	}
	if (argc < 2)
		return usage("SECONDS...");
	sleep_seconds(total);
	return 0;
}
