// SPDX-License-Identifier: GPL-2.0-only
/*
 * time PROGRAM [ARGS]: runs it and says what it took, from the rusage that wait4() returns.
 *
 * max RSS is the most memory it had at once. A minor fault was served from memory (a first touch, a
 * copy on write, a page that is in the page cache); a major one had to wait for a device.
 */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../box.h"

static double seconds(struct timeval tv)
{
	return (double)tv.tv_sec + (double)tv.tv_usec / 1e6;
}

int time_main(int argc, char **argv)
{
	struct timespec start, end;
	struct rusage usage_of;
	int status;
	pid_t pid;

	if (argc < 2)
		return usage("PROGRAM [ARGS]...");
	clock_gettime(CLOCK_MONOTONIC, &start);
	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (!pid) {
		execvp(argv[1], argv + 1);
		warn("%s", argv[1]);
		_exit(errno == ENOENT ? 127 : 126);
	}
	signal(SIGINT, SIG_IGN);	/* ^C ends the program, and we tell its time */
	signal(SIGQUIT, SIG_IGN);
	while (wait4(pid, &status, 0, &usage_of) < 0) {
		if (errno != EINTR)
			err(1, "wait");
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	if (WIFSIGNALED(status))
		warnx("%s: %s", argv[1], strsignal(WTERMSIG(status)));
	fprintf(stderr, "real %.3f s   user %.3f s   sys %.3f s\n",
		(double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9,
		seconds(usage_of.ru_utime), seconds(usage_of.ru_stime));
	fprintf(stderr, "max RSS %ld kB   faults: %ld minor, %ld major\n", usage_of.ru_maxrss,
		usage_of.ru_minflt, usage_of.ru_majflt);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
