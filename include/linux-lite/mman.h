/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mman.h - what the memory system calls ask of an address space. mm/space/.
 *
 * Each takes mmap_lock itself, checks first and changes then; each returns
 * Linux's errno. The system calls themselves (kernel/sys_mm.c) only fetch
 * arguments and files.
 *
 * Small cousin of Linux's include/linux/mm.h, mm/mmap.c and its neighbours.
 */
#ifndef LINUX_LITE_MMAN_H
#define LINUX_LITE_MMAN_H

#include <linux-lite/abi/mman.h>
#include <linux-lite/mm_struct.h>

/* Everything one mmap(2) asks for. */
struct mmap_request {
	unsigned long addr;		/* hint, or the address with MAP_FIXED */
	unsigned long len_bytes;
	unsigned long prot;		/* PROT_* */
	unsigned long flags;		/* MAP_* */
	pgoff_t pgoff;			/* in pages */
	/* filled in by the file layer; all NULL for anonymous memory */
	struct file *file;
	struct address_space *mapping;
	const struct vm_operations_struct *vm_ops;
	unsigned long may_flags;	/* VM_MAY* that the file's mode permits, not VM_SHARED */
	/* limits of the caller, bytes */
	unsigned long rlimit_as, rlimit_data, rlimit_memlock;
};

/* What the caller may have, bytes: RLIMIT_AS and so on; ~0: as much as it likes. */
struct mm_limits {
	unsigned long as, data, memlock, stack;
};
extern const struct mm_limits no_mm_limits;

/* Return: the address, or -errno. Context: mm is current's or a new one; may sleep. */
unsigned long do_mmap(struct mm_struct *mm, const struct mmap_request *req);
int do_munmap(struct mm_struct *mm, unsigned long addr, unsigned long len_bytes);
int do_mprotect(struct mm_struct *mm, unsigned long addr, unsigned long len_bytes,
		unsigned long prot);
/* Return: the new address, or -errno. */
unsigned long do_mremap(struct mm_struct *mm, unsigned long addr, unsigned long old_len,
			unsigned long new_len, unsigned long flags, unsigned long new_addr,
			const struct mm_limits *limits);
/* Return: the break after the call, as brk(2). */
unsigned long do_brk(struct mm_struct *mm, unsigned long brk, const struct mm_limits *limits);
int do_madvise(struct mm_struct *mm, unsigned long addr, unsigned long len_bytes, int advice);
int do_mincore(struct mm_struct *mm, unsigned long addr, unsigned long nr_pages,
	       unsigned char *vec);
int do_msync(struct mm_struct *mm, unsigned long addr, unsigned long len_bytes, int flags);
int do_mlock(struct mm_struct *mm, unsigned long addr, unsigned long len_bytes, bool lock,
	     unsigned long rlimit_memlock);
int do_mlockall(struct mm_struct *mm, int flags, unsigned long rlimit_memlock);
int do_munlockall(struct mm_struct *mm);

/* exec: the first stack, [top - size, top), growing down. Caller owns mm. 0 or -errno. */
int setup_stack_vma(struct mm_struct *mm, unsigned long stack_top, unsigned long size_bytes,
		    unsigned long vm_flags);
/* exec: where mmap starts below the stack; @random_bytes of the gap from ASLR. */
void arch_pick_mmap_layout(struct mm_struct *mm, unsigned long rlimit_stack,
			   unsigned long random_bytes);

/* /proc/sys/vm. mm/space/limits.c */
extern int sysctl_max_map_count;
extern unsigned long mmap_min_addr;

#endif
