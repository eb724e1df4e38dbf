// SPDX-License-Identifier: GPL-2.0-only
/*
 * slabtop [-o] [-s c|a|o|n] [-d SECONDS]: the kernel's object caches, biggest first, again every
 * few seconds until q or ^C; -o once. -s sorts by: c size of the cache, a active objects, o all
 * objects, n name.
 *
 * From /proc/slabinfo: name, active objects, all objects, object size, objects a slab, pages a
 * slab; after "slabdata": active slabs, all slabs. "USE" is the part of the objects handed out.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../box.h"
#include "procfs.h"

struct cache {
	char name[64];
	unsigned long active, objects, size, per_slab, pages, slabs;
	unsigned long kb;
};

static char order = 'c';

static int compare(const void *pa, const void *pb)
{
	const struct cache *a = pa, *b = pb;
	unsigned long x = a->kb, y = b->kb;

	if (order == 'a') {
		x = a->active;
		y = b->active;
	} else if (order == 'o') {
		x = a->objects;
		y = b->objects;
	}
	if (order == 'n' || x == y)
		return strcmp(a->name, b->name);
	return x < y ? 1 : -1;
}

static size_t parse(char *text, struct cache **list)
{
	unsigned long page_kb = (unsigned long)sysconf(_SC_PAGESIZE) / 1024;
	char *save = NULL;
	size_t count = 0;

	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char *data = strstr(line, "slabdata");
		struct cache c;

		if (!data || sscanf(line, "%63s %lu %lu %lu %lu %lu", c.name, &c.active, &c.objects,
				    &c.size, &c.per_slab, &c.pages) != 6 ||
		    sscanf(data, "slabdata %*u %lu", &c.slabs) != 1)
			continue;	/* the two header lines */
		c.kb = c.slabs * c.pages * page_kb;
		*list = xrealloc(*list, (count + 1) * sizeof(c));
		(*list)[count++] = c;
	}
	return count;
}

static void show(int rows)
{
	char *text = read_text("/proc/slabinfo");
	unsigned long kb = 0, active = 0, objects = 0;
	struct cache *list = NULL;
	size_t count;

	if (!text)
		err(1, "/proc/slabinfo");
	count = parse(text, &list);
	qsort(list, count, sizeof(*list), compare);
	for (size_t i = 0; i < count; i++) {
		kb += list[i].kb;
		active += list[i].active;
		objects += list[i].objects;
	}
	printf("%zu caches, %lu kB; %lu of %lu objects in use (%lu%%)\n\n", count, kb, active,
	       objects, objects ? active * 100 / objects : 0);
	printf("%8s %8s %4s %8s %7s %9s %9s %s\n", "OBJS", "ACTIVE", "USE", "OBJ SIZE", "SLABS",
	       "OBJ/SLAB", "CACHE", "NAME");
	for (size_t i = 0; i < count && (int)i < rows; i++) {
		struct cache *c = &list[i];

		printf("%8lu %8lu %3lu%% %8lu %7lu %9lu %8luK %s\n", c->objects, c->active,
		       c->objects ? c->active * 100 / c->objects : 0, c->size, c->slabs,
		       c->per_slab, c->kb, c->name);
	}
	free(list);
	free(text);
}

int slabtop_main(int argc, char **argv)
{
	double delay = 3;
	bool once = !isatty(STDOUT_FILENO);
	int c;

	while ((c = getopt(argc, argv, "os:d:")) != -1) {
		if (c == 'o')
			once = true;
		else if (c == 's' && strchr("caon", optarg[0]))
			order = optarg[0];
		else if (c != 'd' || !parse_delay(optarg, &delay))
			return usage("[-o] [-s c|a|o|n] [-d SECONDS]");
	}
	if (once) {
		show(1 << 30);
		return 0;
	}
	return screen_loop(delay, show);
}
