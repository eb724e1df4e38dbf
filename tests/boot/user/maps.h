/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * maps.h - look up an address in /proc/self/maps
 */
#ifndef TESTS_BOOT_MAPS_H
#define TESTS_BOOT_MAPS_H

#include "tap.h"

struct map {
	unsigned long start, end, offset;
	char perms[5];
	char name[128];
};

/* Return: 1 and the line of /proc/self/maps that holds @addr in @map, or 0. */
static unused int map_find(const void *addr, struct map *map)
{
	FILE *f = fopen("/proc/self/maps", "re");
	char line[512];
	int found = 0;

	need(f);
	while (!found && fgets(line, sizeof(line), f)) {
		memset(map, 0, sizeof(*map));
		if (sscanf(line, "%lx-%lx %4s %lx %*s %*s %127[^\n]", &map->start, &map->end, map->perms,
			   &map->offset, map->name) < 4)
			continue;
		found = (unsigned long)addr >= map->start && (unsigned long)addr < map->end;
	}
	fclose(f);
	return found;
}

/* Return: how many lines of /proc/self/maps touch [addr, addr + len). */
static unused int map_count(const void *addr, size_t len)
{
	unsigned long lo = (unsigned long)addr, hi = lo + len, start, end;
	FILE *f = fopen("/proc/self/maps", "re");
	char line[512];
	int nr = 0;

	need(f);
	while (fgets(line, sizeof(line), f))
		nr += sscanf(line, "%lx-%lx", &start, &end) == 2 && start < hi && end > lo;
	fclose(f);
	return nr;
}

#endif
