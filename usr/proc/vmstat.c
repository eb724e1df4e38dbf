// SPDX-License-Identifier: GPL-2.0-only
/*
 * vmstat [SECONDS [COUNT]]: memory now, and what happened a second: the first line since boot, each
 * further one since the line before. vmstat -s: every counter of /proc/vmstat.
 *
 *	procs	r: running now			memory	in kB
 *	faults	min: served from memory, maj: waited for a device
 *	pages	alloc, free: frames taken from and given back to the page allocator
 *	cpu	us, sy, id: percent of the time in programs, in the kernel, idle; cs: switches
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../box.h"
#include "procfs.h"

struct sample {
	unsigned long running, uptime_ms;
	unsigned long free, cached, slab, anon;			/* kB */
	unsigned long faults, majfaults, alloc, freed;		/* counts since boot */
	unsigned long user, system, idle, total, switches;
};

/* pgalloc_dma32, pgalloc_normal...: one counter a zone. */
static unsigned long sum(const struct counters *set, const char *prefix)
{
	unsigned long total = 0;

	for (size_t i = 0; i < set->count; i++) {
		if (strncmp(set->list[i].name, prefix, strlen(prefix)) == 0)
			total += set->list[i].value;
	}
	return total;
}

static void take_cpu(struct sample *s)
{
	unsigned long t[8] = { 0 };
	char *text = read_text("/proc/stat"), *line;

	if (!text)
		return;
	sscanf(text, "cpu %lu %lu %lu %lu %lu %lu %lu %lu", &t[0], &t[1], &t[2], &t[3], &t[4],
	       &t[5], &t[6], &t[7]);
	s->user = t[0] + t[1];
	s->system = t[2] + t[5] + t[6];
	s->idle = t[3] + t[4];
	s->total = s->user + s->system + s->idle + t[7];
	line = strstr(text, "\nctxt ");
	if (line)
		s->switches = strtoul(line + 6, NULL, 10);
	line = strstr(text, "\nprocs_running ");
	if (line)
		s->running = strtoul(line + 15, NULL, 10);
	free(text);
}

static void take_sample(struct sample *s)
{
	struct counters m = read_counters("/proc/meminfo"), v = read_counters("/proc/vmstat");
	char *uptime = read_text("/proc/uptime");

	memset(s, 0, sizeof(*s));
	s->free = counter(&m, "MemFree");
	s->cached = counter(&m, "Cached") + counter(&m, "Buffers");
	s->slab = counter(&m, "Slab");
	s->anon = counter(&m, "AnonPages");
	s->faults = counter(&v, "pgfault");
	s->majfaults = counter(&v, "pgmajfault");
	s->alloc = sum(&v, "pgalloc_");
	s->freed = counter(&v, "pgfree");
	s->uptime_ms = uptime ? (unsigned long)(strtod(uptime, NULL) * 1000) : 0;
	take_cpu(s);
	free(uptime);
	free(m.list);
	free(v.list);
}

static unsigned long rate(unsigned long now, unsigned long before, unsigned long ms)
{
	return ms ? (now - before) * 1000 / ms : 0;
}

static unsigned long percent(unsigned long now, unsigned long before, unsigned long total)
{
	return total ? (now - before) * 100 / total : 0;
}

static void print_sample(const struct sample *s, const struct sample *old)
{
	unsigned long ms = s->uptime_ms - old->uptime_ms, total = s->total - old->total;

	printf("%2lu %9lu %9lu %7lu %9lu %7lu %5lu %7lu %7lu %7lu %3lu %3lu %3lu\n", s->running,
	       s->free, s->cached, s->slab, s->anon,
	       rate(s->faults, old->faults, ms), rate(s->majfaults, old->majfaults, ms),
	       rate(s->alloc, old->alloc, ms), rate(s->freed, old->freed, ms),
	       rate(s->switches, old->switches, ms), percent(s->user, old->user, total),
	       percent(s->system, old->system, total), percent(s->idle, old->idle, total));
	fflush(stdout);
}

static int print_all(void)
{
	struct counters v = read_counters("/proc/vmstat");

	if (!v.count)
		err(1, "/proc/vmstat");
	for (size_t i = 0; i < v.count; i++)
		printf("%12lu %s\n", v.list[i].value, v.list[i].name);
	free(v.list);
	return 0;
}

int vmstat_main(int argc, char **argv)
{
	struct sample old = { 0 }, now;
	double delay = 0;
	long count = argc > 2 ? atol(argv[2]) : -1;

	if (argc == 2 && strcmp(argv[1], "-s") == 0)
		return print_all();
	if (argc > 3 || (argc > 1 && (!parse_delay(argv[1], &delay) || delay < 0.01)))
		return usage("[SECONDS [COUNT]] | -s");
	printf("%2s %35s %22s %15s %7s %11s\n", "", "---------- memory kB ----------",
	       "--- faults/s", "pages/s ---", "switch", "--- cpu % -");
	printf("%2s %9s %9s %7s %9s %7s %5s %7s %7s %7s %3s %3s %3s\n", "r", "free", "cached",
	       "slab", "anon", "min", "maj", "alloc", "free", "cs", "us", "sy", "id");
	for (;;) {
		take_sample(&now);
		print_sample(&now, &old);
		if (argc == 1 || --count == 0)
			return 0;
		old = now;
		sleep_seconds(delay);
	}
}
