// SPDX-License-Identifier: GPL-2.0-only
/*
 * top [-b] [-d SECONDS] [-n TIMES]: memory, and the processes by the CPU time they took since the
 * last look, again every few seconds until q. FLT is how many page faults a second a process has:
 * the first touches of a growing program, the copies after a fork. -b: prints on, no screen.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../box.h"
#include "procfs.h"

struct row {
	const struct proc *p;
	double cpu;		/* percent of one hart */
	double faults;		/* a second */
};

static struct proc *before;
static size_t nr_before;
static double before_time;

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static const struct proc *find_before(int pid)
{
	for (size_t i = 0; i < nr_before; i++) {
		if (before[i].pid == pid)
			return &before[i];
	}
	return NULL;
}

static int compare(const void *pa, const void *pb)
{
	const struct row *a = pa, *b = pb;

	if (a->cpu != b->cpu)
		return a->cpu < b->cpu ? 1 : -1;
	if (a->p->rss_kb != b->p->rss_kb)
		return a->p->rss_kb < b->p->rss_kb ? 1 : -1;
	return a->p->pid - b->p->pid;
}

static void print_head(size_t count, size_t running)
{
	struct counters m = read_counters("/proc/meminfo");
	char *load = read_text("/proc/loadavg"), *up = read_text("/proc/uptime");
	unsigned long seconds = up ? strtoul(up, NULL, 10) : 0;

	printf("up %lu:%02lu:%02lu, load %.*s; %zu processes, %zu running\n", seconds / 3600,
	       seconds / 60 % 60, seconds % 60, load ? (int)strcspn(load, "/\n") - 2 : 1,
	       load && strlen(load) > 14 ? load : "?", count, running);
	printf("memory kB: %lu total, %lu free, %lu available, %lu cache, %lu anon, %lu slab\n\n",
	       counter(&m, "MemTotal"), counter(&m, "MemFree"), counter(&m, "MemAvailable"),
	       counter(&m, "Cached") + counter(&m, "Buffers"), counter(&m, "AnonPages"),
	       counter(&m, "Slab"));
	free(load);
	free(up);
	free(m.list);
}

static void show(int rows)
{
	double hz = (double)sysconf(_SC_CLK_TCK), time = now();
	struct proc *list;
	size_t count = read_procs(&list), running = 0;
	struct row *row;

	if (!count)
		errx(1, "nothing in /proc: is it mounted?");
	row = xmalloc(count * sizeof(*row));
	for (size_t i = 0; i < count; i++) {
		const struct proc *p = &list[i], *old = find_before(p->pid);
		double span = time - before_time;

		row[i] = (struct row){ .p = p };
		running += p->state == 'R';
		if (old && span > 0) {
			row[i].cpu = (double)(p->ticks - old->ticks) / hz / span * 100;
			row[i].faults = (double)(p->min_flt + p->maj_flt - old->min_flt -
						 old->maj_flt) / span;
		}
	}
	qsort(row, count, sizeof(*row), compare);
	print_head(count, running);
	printf("%5s %5s %c %5s %8s %8s %8s %s\n", "PID", "UID", 'S', "%CPU", "VSZ", "RSS", "FLT/s",
	       "COMMAND");
	for (size_t i = 0; i < count && (int)i < rows; i++)
		printf("%5d %5u %c %5.1f %8lu %8lu %8.0f %.40s\n", row[i].p->pid, row[i].p->uid,
		       row[i].p->state, row[i].cpu, row[i].p->vsize_kb, row[i].p->rss_kb,
		       row[i].faults, row[i].p->cmdline[0] ? row[i].p->cmdline : row[i].p->comm);
	free(row);
	free(before);
	before = list;
	nr_before = count;
	before_time = time;
}

int top_main(int argc, char **argv)
{
	bool batch = !isatty(STDOUT_FILENO);
	double delay = 2;
	long times = 1;
	int c;

	while ((c = getopt(argc, argv, "bd:n:")) != -1) {
		if (c == 'b')
			batch = true;
		else if (c == 'n')
			times = atol(optarg);
		else if (c != 'd' || !parse_delay(optarg, &delay))
			return usage("[-b] [-d SECONDS] [-n TIMES]");
	}
	if (!batch)
		return screen_loop(delay, show);
	while (times-- > 0) {
		show(1 << 30);
		fflush(stdout);
		if (times)
			sleep_seconds(delay);
	}
	free(before);
	return 0;
}
