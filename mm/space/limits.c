// SPDX-License-Identifier: GPL-2.0-only
/*
 * limits.c - how large one address space may become: resource limits, and how many areas.
 *
 * How much all of them together may be promised is another matter: mm/backing/overcommit.c.
 *
 * Linux: may_expand_vm in mm/vma.c, mlock_future_ok in mm/mmap.c.
 */
#include <linux-lite/mman.h>
#include <linux-lite/vma_ops.h>

int sysctl_max_map_count = 65530;
unsigned long mmap_min_addr = 65536;
const struct mm_limits no_mm_limits = { ~0UL, ~0UL, ~0UL, ~0UL };

bool may_expand_vm(struct mm_struct *mm, unsigned long vm_flags, unsigned long nr_pages,
		   unsigned long rlimit_as, unsigned long rlimit_data)
{
	if (nr_pages > (rlimit_as >> PAGE_SHIFT) ||
	    mm->total_vm > (rlimit_as >> PAGE_SHIFT) - nr_pages)
		return false;
	return !is_data_mapping(vm_flags) ||
	       mm->data_vm + nr_pages <= rlimit_data >> PAGE_SHIFT;
}

bool mlock_future_ok(struct mm_struct *mm, unsigned long vm_flags, unsigned long nr_pages,
		     unsigned long rlimit_memlock)
{
	return !(vm_flags & VM_LOCKED) || mm->locked_vm + nr_pages <= rlimit_memlock >> PAGE_SHIFT;
}
