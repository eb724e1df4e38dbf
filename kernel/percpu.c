// SPDX-License-Identifier: GPL-2.0-only
/*
 * percpu.c - the copies of the percpu section for harts 1 and up; see percpu.h.
 *
 * Hart 0 keeps the section that was linked, so its variables work from the first
 * instruction on. The others' copies are made from it before anything in it has
 * changed that must not be inherited: right after memblock is up.
 *
 * Linux: mm/percpu.c, which can also allocate per-CPU memory later.
 */
#include <linux-lite/abi/errno.h>
#include <linux-lite/kernel.h>
#include <linux-lite/memblock.h>
#include <linux-lite/percpu.h>
#include <linux-lite/smp.h>
#include <linux-lite/string.h>
#include <asm/page.h>

unsigned long __per_cpu_offset[CONFIG_NR_CPUS];

int setup_per_cpu_areas(void)
{
	size_t size = __stop_percpu - __start_percpu;
	unsigned int cpu;

	for (cpu = 1; cpu < nr_cpu_ids; cpu++) {
		/* Whole pages of its own: no hart's lines in another's. */
		char *copy = memblock_alloc(ALIGN(size, PAGE_SIZE), PAGE_SIZE);

		if (!copy)
			return -ENOMEM;
		memcpy(copy, __start_percpu, size);
		__per_cpu_offset[cpu] = copy - __start_percpu;
	}
	return 0;
}
