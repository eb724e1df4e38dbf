// SPDX-License-Identifier: GPL-2.0-only
/*
 * layout.c - where a new mapping goes when the caller does not insist.
 *
 *	TASK_SIZE ---------------------------------------
 *	            stack        grows down, its start random (fs/exec)
 *	            gap          RLIMIT_STACK, 128 MiB at least, 5/6 at most
 *	mmap_base --------------------------------------- less a random part
 *	            mappings     new ones below the old ones, highest hole first
 *	            ...
 *	            ...          brk grows up
 *	            heap         start random
 *	            program
 *	mmap_min_addr -----------------------------------
 *	0           never mapped: a null pointer must fault
 *
 * Top down, so that the heap and the mappings share one hole and whichever needs
 * it has it. Where nothing fits below mmap_base, the search goes bottom up over
 * everything. Addresses above DEFAULT_MAP_WINDOW (2^47) are given only to a
 * program whose hint lies there: many keep tags in the upper bits.
 *
 * Locks: mmap_lock for writing. Linux: mm/mmap.c (get_unmapped_area,
 * arch_get_unmapped_area_topdown), mm/util.c (mmap_base).
 */
#include <linux-lite/err.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mman.h>
#include <linux-lite/vma_ops.h>
#include <linux-lite/vma_tree.h>

#define MIN_GAP		MiB(128)

/**
 * arch_pick_mmap_layout - set mmap_base of a new program
 * @mm: its address space, task_size set
 * @rlimit_stack: bytes, or RLIM_INFINITY
 * @random_bytes: page-aligned bytes to go below, 0 without ASLR
 *
 * Context: exec, nobody else sees @mm.
 */
void arch_pick_mmap_layout(struct mm_struct *mm, unsigned long rlimit_stack,
			   unsigned long random_bytes)
{
	unsigned long top = min(mm->task_size, DEFAULT_MAP_WINDOW);
	unsigned long gap = rlimit_stack + STACK_GUARD_GAP;

	if (gap < rlimit_stack)		/* RLIM_INFINITY */
		gap = ~0UL;
	gap = clamp_t(unsigned long, gap, MIN_GAP, top / 6 * 5);
	mm->mmap_base = ALIGN_DOWN(top - gap - random_bytes, PAGE_SIZE);
}

/* May [addr, addr + len) be mapped: free, and no stack's guard gap in it? */
static bool range_is_free(struct mm_struct *mm, unsigned long addr, unsigned long len)
{
	struct vm_area_struct *vma = find_vma(mm, addr);

	return !vma || addr + len <= vm_start_gap(vma);
}

unsigned long get_unmapped_area(struct mm_struct *mm, unsigned long addr, unsigned long len,
				unsigned long flags)
{
	unsigned long window = min(mm->task_size, DEFAULT_MAP_WINDOW), high, found;

	if (len > mm->task_size)
		return -ENOMEM;
	if (flags & MAP_FIXED) {
		if (addr & ~PAGE_MASK)
			return -EINVAL;
		return addr > mm->task_size - len ? (unsigned long)-ENOMEM : addr;
	}
	if (addr) {
		addr = max(ALIGN(addr, PAGE_SIZE), mmap_min_addr);
		if (addr <= mm->task_size - len && range_is_free(mm, addr, len))
			return addr;
	}
	high = addr > window ? mm->task_size : mm->mmap_base;
	found = vma_tree_gap_below(mm, len, mmap_min_addr, high);
	if (!found)
		found = vma_tree_gap_above(mm, len, mmap_min_addr,
					   addr > window ? mm->task_size : window);
	return found ? found : (unsigned long)-ENOMEM;
}
