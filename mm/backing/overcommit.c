// SPDX-License-Identifier: GPL-2.0-only
/*
 * overcommit.c - how much memory may be promised.
 *
 * mmap gives addresses, not frames; frames come with the first touch. So more can be
 * promised than there is. What counts is memory that cannot be dropped and read again:
 * private writable pages of each address space, and shared anonymous ones, once for all who
 * share them (shmem.c). The sum is vm_committed(); /proc/sys/vm/overcommit_memory says what
 * to do with it:
 *
 *   0  guess: refuse only a single request that is more than all RAM and swap
 *   1  always yes
 *   2  never beyond vm_commit_limit(): overcommit_ratio percent of RAM, plus swap;
 *      then a promise is nearly one that can be kept
 *
 * The sum is kept in every mode, so that a change of mode finds it right.
 *
 * Locks: none, one atomic counter. Linux: __vm_enough_memory in mm/util.c.
 */
#include <linux-lite/atomic.h>
#include <linux-lite/err.h>
#include <linux-lite/gfp.h>
#include <linux-lite/overcommit.h>

int sysctl_overcommit_memory = 0;
int sysctl_overcommit_ratio = 50;

static atomic_long_t vm_committed_as;

unsigned long vm_commit_limit(void)
{
	return totalram_pages() / 100 * sysctl_overcommit_ratio;
}

unsigned long vm_committed(void)
{
	long n = atomic_long_read(&vm_committed_as);

	return n > 0 ? n : 0;
}

int vm_enough_memory(long nr_pages)
{
	long committed = atomic_long_add_return(nr_pages, &vm_committed_as);

	if (sysctl_overcommit_memory == 1)
		return 0;
	if (sysctl_overcommit_memory == 0 && nr_pages <= (long)totalram_pages())
		return 0;
	if (sysctl_overcommit_memory == 2 && committed <= (long)vm_commit_limit())
		return 0;
	vm_unacct_memory(nr_pages);
	return -ENOMEM;
}

void vm_unacct_memory(long nr_pages)
{
	atomic_long_sub(nr_pages, &vm_committed_as);
}
