// SPDX-License-Identifier: GPL-2.0-only
/*
 * pmap [-x] PID...: what a process has mapped, area by area (/proc/PID/maps). With -x also how much
 * of each is in memory (Rss) and how much of that was written (Dirty), from /proc/PID/smaps where
 * the kernel has it.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../box.h"
#include "procfs.h"

struct area {
	unsigned long start, end, rss, dirty;
	char perms[8], name[256];
};

static unsigned long total_kb, total_rss, total_dirty;

static void print_area(const struct area *a, bool extended)
{
	unsigned long kb = (a->end - a->start) / 1024;

	total_kb += kb;
	total_rss += a->rss;
	total_dirty += a->dirty;
	printf("%016lx %9luK", a->start, kb);
	if (extended)
		printf(" %8lu %8lu", a->rss, a->dirty);
	printf(" %s %s\n", a->perms, a->name[0] ? a->name : "  [ anon ]");
}

/* A line of maps is "start-end perms offset dev inode   name"; smaps has more lines after each. */
static bool parse_area(const char *line, struct area *a)
{
	memset(a, 0, sizeof(*a));
	return sscanf(line, "%lx-%lx %7s %*s %*s %*s %255[^\n]", &a->start, &a->end, a->perms,
		      a->name) >= 3;
}

static void print_areas(char *text, bool extended)
{
	struct area area, next;
	bool have = false;
	char *save = NULL;

	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		unsigned long kb;

		if (parse_area(line, &next)) {
			if (have)
				print_area(&area, extended);
			area = next;
			have = true;
		} else if (have && sscanf(line, "Rss: %lu", &kb) == 1) {
			area.rss = kb;
		} else if (have && (sscanf(line, "Private_Dirty: %lu", &kb) == 1 ||
				    sscanf(line, "Shared_Dirty: %lu", &kb) == 1)) {
			area.dirty += kb;
		}
	}
	if (have)
		print_area(&area, extended);
}

static int show(int pid, bool extended)
{
	char path[64], *text = NULL;
	struct proc p;

	if (!read_proc(pid, &p)) {
		warnx("%d: no such process", pid);
		return 1;
	}
	if (extended) {
		snprintf(path, sizeof(path), "/proc/%d/smaps", pid);
		text = read_text(path);
		if (!text)
			warnx("this kernel has no smaps: without Rss and Dirty");
		extended = text;
	}
	if (!text) {
		snprintf(path, sizeof(path), "/proc/%d/maps", pid);
		text = read_text(path);
	}
	if (!text) {
		warn("%s", path);
		return 1;
	}
	total_kb = total_rss = total_dirty = 0;
	printf("%d:   %s\n", pid, p.cmdline[0] ? p.cmdline : p.comm);
	if (extended)
		printf("%-16s %10s %8s %8s %s %s\n", "Address", "Kbytes", "RSS", "Dirty", "Mode",
		       "Mapping");
	print_areas(text, extended);
	if (extended)
		printf("%-16s %9luK %8lu %8lu\n", "total", total_kb, total_rss, total_dirty);
	else
		printf("%-16s %9luK\n", "total", total_kb);
	free(text);
	return 0;
}

int pmap_main(int argc, char **argv)
{
	bool extended = argc > 1 && strcmp(argv[1], "-x") == 0;
	int status = 0;

	if (argc < 2 + extended)
		return usage("[-x] PID...");
	for (int i = 1 + extended; i < argc; i++)
		status |= show(atoi(argv[i]), extended);
	return status;
}
