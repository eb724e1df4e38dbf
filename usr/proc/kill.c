// SPDX-License-Identifier: GPL-2.0-only
/* kill [-SIGNAL | -s SIGNAL] PID...; kill -l: sends a signal; a negative PID is a process group. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../box.h"

static int list_signals(void)
{
	for (int sig = 1; sig < NSIG; sig++) {
		if (signal_name(sig))
			printf("%2d %s\n", sig, signal_name(sig));
	}
	return 0;
}

int kill_main(int argc, char **argv)
{
	int sig = SIGTERM, i = 1, status = 0;

	if (argc > 1 && strcmp(argv[1], "-l") == 0)
		return list_signals();
	if (argc > 1 && argv[1][0] == '-' && strcmp(argv[1], "--") != 0) {
		bool spaced = strcmp(argv[1], "-s") == 0 && argc > 2;

		sig = parse_signal(spaced ? argv[2] : argv[1] + 1);
		i = spaced ? 3 : 2;
		if (sig < 0) {
			fprintf(stderr, "kill: %s: no such signal\n", argv[i - 1]);
			return 1;
		}
	}
	if (i < argc && strcmp(argv[i], "--") == 0)
		i++;
	if (i == argc) {
		fprintf(stderr, "usage: kill [-SIGNAL] PID... | -l\n");
		return 2;
	}
	for (; i < argc; i++) {
		char *end;
		long pid = strtol(argv[i], &end, 10);

		if (end == argv[i] || *end) {
			fprintf(stderr, "kill: %s: is not a process\n", argv[i]);
			status = 1;
		} else if (kill((pid_t)pid, sig) < 0) {
			fprintf(stderr, "kill: %s: %s\n", argv[i], strerror(errno));
			status = 1;
		}
	}
	return status;
}
