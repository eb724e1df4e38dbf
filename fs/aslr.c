// SPDX-License-Identifier: GPL-2.0-only
/*
 * aslr.c - at which random distances the parts of a program lie.
 *
 *	DEFAULT_MAP_WINDOW ----+
 *	                       |  aslr_stack_offset    1 GiB in pages: 18 bits
 *	stack top -------------+
 *	stack, gap, 1 GiB      |  aslr_mmap_offset     1 GiB in pages: 18 bits
 *	mmap area, growing down+
 *	brk                    |  aslr_brk_offset      1 GiB in pages: 18 bits
 *	program                +  a PIE's base: 2/3 of the space + aslr_mmap_offset
 *
 * 18 bits is what Linux/riscv takes for Sv39, whose whole user space has 26 bits
 * of pages. An attacker who may try as often as he likes finds a place in 2^17
 * tries; ASLR makes a guess loud, not impossible.
 *
 * randomize_va_space: 0 nothing, 1 all but brk, 2 all. "norandmaps" on the
 * command line means 0.
 */
#include <linux-lite/exec_stack.h>
#include <linux-lite/params.h>
#include <linux-lite/random.h>

#define ASLR_PAGES_MASK	((1UL << 18) - 1)

int randomize_va_space = CONFIG_RANDOMIZE_VA_SPACE;

static int norandmaps(char *value)
{
	randomize_va_space = 0;
	return 0;
}
__setup("norandmaps", norandmaps);

static unsigned long random_pages(int needed_level)
{
	if (randomize_va_space < needed_level)
		return 0;
	return (get_random_long() & ASLR_PAGES_MASK) << PAGE_SHIFT;
}

/** aslr_stack_offset - bytes between the highest stack top and this program's. Context: any. */
unsigned long aslr_stack_offset(void)
{
	return random_pages(1);
}

/** aslr_stack_max_offset - the most that this can be. Context: any. */
unsigned long aslr_stack_max_offset(void)
{
	return randomize_va_space ? ASLR_PAGES_MASK << PAGE_SHIFT : 0;
}

/** aslr_mmap_offset - bytes by which the mmap area, or a PIE, is moved. Context: any. */
unsigned long aslr_mmap_offset(void)
{
	return random_pages(1);
}

/** aslr_brk_offset - bytes between a program's end and its heap. Context: any. */
unsigned long aslr_brk_offset(void)
{
	return random_pages(2);
}

/* Two stacks with the same strings differ within the page, too. A multiple of 16. */
unsigned long aslr_sp_offset(void)
{
	return randomize_va_space ? get_random_long() & (PAGE_SIZE * 2 - 1) & ~15UL : 0;
}
