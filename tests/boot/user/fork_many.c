// SPDX-License-Identifier: GPL-2.0-only
/*
 * fork_many.c - ten thousand children, five alive at a time
 *
 * Each fork builds page tables, areas, files and a kernel stack, each exit tears them down: whatever
 * is lost on the way is lost ten thousand times, and MemAvailable shows it. Slow, so it is a case of
 * its own in tests/boot/run.
 */
#include "tap.h"
#include <sys/resource.h>

enum { NR = 10000, BATCH = 5, LEEWAY_KB = 2048 };

static int batch(int code)
{
	int bad = 0, status;

	for (int j = 0; j < BATCH; j++) {
		pid_t pid = fork();

		if (pid == 0)
			_exit(code);
		bad += pid < 0;
	}
	for (int j = 0; j < BATCH; j++)
		bad += waitpid(-1, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != code;
	return bad;
}

int main(void)
{
	long before, after;
	int bad = 0;

	for (int i = 0; i < 20; i++)		/* caches fill up to what is needed at a time */
		bad += batch(i);
	before = proc_number("/proc/meminfo", "MemAvailable");
	for (int i = 0; i < NR / BATCH; i++)
		bad += batch(i & 127);
	after = proc_number("/proc/meminfo", "MemAvailable");
	is(bad, 0, "%d forks, each child with its own exit status", NR);
	if (!ok(before - after <= LEEWAY_KB, "and no memory lost"))
		diag("MemAvailable was %ld kB, is %ld kB", before, after);
	return done_testing();
}
