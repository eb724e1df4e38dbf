// SPDX-License-Identifier: GPL-2.0-only
/*
 * demo-aslr [RUNS]: where things are, in one run after the other (8 unless given).
 *
 * An attacker who knows where code and data lie can aim at them, so execve() places what it can at
 * random (address space layout randomisation): the stack's top, the heap's start, and the base from
 * which mmap goes down. A statically linked program that is not position independent (as this one
 * is in the initramfs) was linked for fixed addresses: its own code can't move.
 *
 * The program runs itself and lets each run tell its addresses through a pipe. With `norandmaps` on
 * the kernel's command line, or 0 in /proc/sys/kernel/randomize_va_space, all runs must be alike.
 */
#include <sys/wait.h>

#include "demo.h"

enum { CODE, HEAP, MMAP, STACK, KINDS };

static const char *const names[] = { "code", "heap", "mmap", "stack" };

#define MAX_RUNS 64

static int tell(void)
{
	unsigned long at[KINDS];
	char here;

	at[CODE] = (unsigned long)&tell;
	at[HEAP] = (unsigned long)sbrk(0);
	at[MMAP] = (unsigned long)map_pages(1);
	at[STACK] = (unsigned long)&here;
	return write(STDOUT_FILENO, at, sizeof(at)) != sizeof(at);
}

static void run(char *self, unsigned long at[KINDS])
{
	char *args[] = { self, "--tell", NULL };
	int fds[2], status;
	pid_t pid;

	if (pipe(fds) < 0)
		err(1, "pipe");
	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (!pid) {
		dup2(fds[1], STDOUT_FILENO);
		execvp(self, args);
		warn("%s", self);
		_exit(127);
	}
	close(fds[1]);
	if (read(fds[0], at, KINDS * sizeof(at[0])) != KINDS * sizeof(at[0]))
		errx(1, "%s told nothing", self);
	close(fds[0]);
	waitpid(pid, &status, 0);
}

static bool file_has(const char *path, const char *text)
{
	FILE *f = fopen(path, "r");
	char line[4096];
	bool found = f && fgets(line, sizeof(line), f) && strstr(line, text);

	if (f)
		fclose(f);
	return found;
}

/* Which bits differ between any two runs, and how many values there were. */
static int spread(unsigned long at[][KINDS], int runs, int kind, unsigned long *bits)
{
	int values = 0;

	*bits = 0;
	for (int i = 0; i < runs; i++) {
		bool seen = false;

		*bits |= at[i][kind] ^ at[0][kind];
		for (int j = 0; j < i; j++)
			seen |= at[j][kind] == at[i][kind];
		values += !seen;
	}
	return values;
}

int main(int argc, char **argv)
{
	static unsigned long at[MAX_RUNS][KINDS];
	int runs = argc > 1 ? atoi(argv[1]) : 8;
	bool off = file_has("/proc/cmdline", "norandmaps") ||
		   file_has("/proc/sys/kernel/randomize_va_space", "0");

	if (argc > 1 && strcmp(argv[1], "--tell") == 0)
		return tell();
	if (runs < 2 || runs > MAX_RUNS) {
		fprintf(stderr, "usage: demo-aslr [RUNS]	(2 to %d)\n", MAX_RUNS);
		return 2;
	}
	printf("%4s %18s %18s %18s %18s\n", "run", names[0], names[1], names[2], names[3]);
	for (int i = 0; i < runs; i++) {
		run(argv[0], at[i]);
		printf("%4d %#18lx %#18lx %#18lx %#18lx\n", i + 1, at[i][CODE], at[i][HEAP],
		       at[i][MMAP], at[i][STACK]);
	}
	printf("randomisation is %s\n", off ? "off" : "on");
	for (int kind = HEAP; kind < KINDS; kind++) {
		unsigned long bits;
		int values = spread(at, runs, kind, &bits);

		if (off)
			check(values == 1, "%s: the same in all runs", names[kind]);
		else	/* the birthday paradox: two of few runs may agree, all can't */
			check(values > 1, "%s: %d places in %d runs, differing in bits %#lx",
			      names[kind], values, runs, bits);
	}
	return finish();
}
