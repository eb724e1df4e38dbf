// SPDX-License-Identifier: GPL-2.0-only
/*
 * free [-b|-k|-m]: how the machine's memory is used, from /proc/meminfo.
 *
 * Memory that no one uses is wasted, so a healthy system has little "free": file pages stay in the
 * page cache until someone needs the frame. "available" is the kernel's estimate of what programs
 * can still get: free frames plus the part of cache and slabs that can be dropped.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../box.h"
#include "procfs.h"

static unsigned long multiply = 1, divide = 1;

static unsigned long unit(unsigned long kb)
{
	return kb * multiply / divide;
}

int free_main(int argc, char **argv)
{
	struct counters m;
	unsigned long total, avail, cache;
	int c;

	while ((c = getopt(argc, argv, "bkm")) != -1) {
		multiply = c == 'b' ? 1024 : 1;
		divide = c == 'm' ? 1024 : 1;
		if (c == '?')
			return usage("[-b|-k|-m]");
	}
	m = read_counters("/proc/meminfo");
	if (!m.count)
		err(1, "/proc/meminfo");
	total = counter(&m, "MemTotal");
	avail = counter(&m, "MemAvailable");
	cache = counter(&m, "Buffers") + counter(&m, "Cached") + counter(&m, "SReclaimable");
	printf("%-6s %12s %12s %12s %12s %12s %12s\n",
	       "", "total", "used", "free", "shared", "buff/cache", "available");
	printf("%-6s %12lu %12lu %12lu %12lu %12lu %12lu\n", "Mem:",
	       unit(total), unit(total - avail), unit(counter(&m, "MemFree")),
	       unit(counter(&m, "Shmem")), unit(cache), unit(avail));
	printf("%-6s %12lu %12lu %12lu\n", "Swap:", unit(counter(&m, "SwapTotal")),
	       unit(counter(&m, "SwapTotal") - counter(&m, "SwapFree")),
	       unit(counter(&m, "SwapFree")));
	free(m.list);
	return 0;
}
