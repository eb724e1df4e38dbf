/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mm_struct.h - one address space: its areas, its page tables, its counts.
 * mm/space/mm_struct.c.
 *
 * Two counters, as in Linux: mm_users counts tasks (and /proc readers) that use
 * the user part; when it falls to 0 the areas go. mm_count keeps the struct and
 * the page-table root for those that only run on it (lazy kernel threads).
 *
 * Key: (w) mmap_lock held for writing to change, for reading to look
 *      (a) atomic  (p) page_table_lock  (c) constant after exec
 *
 * Small cousin of Linux's struct mm_struct and include/linux/sched/mm.h.
 */
#ifndef LINUX_LITE_MM_STRUCT_H
#define LINUX_LITE_MM_STRUCT_H

#include <linux-lite/rwsem.h>
#include <linux-lite/smp.h>
#include <linux-lite/vma.h>

struct file;

/* Per-mm page counts, shown as VmRSS and in oom reports. */
enum mm_counter { MM_FILEPAGES, MM_ANONPAGES, MM_SWAPENTS, MM_SHMEMPAGES, NR_MM_COUNTERS };

struct mm_struct {
	struct vm_area_struct *mmap;	/* lowest area; the list in address order (w) */
	struct rb_root mm_rb;		/* (w) */
	struct vm_area_struct *vmacache;	/* last hit of find_vma, a hint: READ_ONCE */
	pte_t *pgd;			/* the root table, direct-map address (c) */
	cpumask_t cpu_mask;		/* harts whose TLB may hold entries of it (a) */
	unsigned long asid;		/* the port's context number */
	struct rw_semaphore mmap_lock;	/* RANK_MMAP */
	spinlock_t page_table_lock;	/* RANK_MM */

	atomic_t mm_users;		/* (a) */
	atomic_t mm_count;		/* (a) */
	atomic_long_t rss[NR_MM_COUNTERS];	/* pages (a) */
	atomic_long_t pgtables_bytes;	/* (a) */
	unsigned long hiwater_rss, hiwater_vm;	/* pages */

	unsigned long mmap_base;	/* top of the mmap area: new mappings go below (c) */
	unsigned long task_size;	/* first address users cannot have (c) */
	unsigned long total_vm, locked_vm, data_vm, exec_vm, stack_vm;	/* pages (w) */
	int map_count;			/* areas (w) */
	unsigned long def_flags;	/* VM_LOCKED after mlockall(MCL_FUTURE) (w) */

	unsigned long start_code, end_code, start_data, end_data;	/* (c) */
	unsigned long start_brk, brk, start_stack;			/* brk: (w) */
	unsigned long arg_start, arg_end, env_start, env_end;		/* (c) */
	unsigned long saved_auxv[2 * 24];	/* for /proc/PID/auxv (c) */
	unsigned long vdso_base;	/* the page of code that all have (c) */
	bool oom_skip;			/* killed in vain for lack of memory: never again */
	struct file *exe_file;		/* opaque to mm/: held through mm_file_ops (c) */
};

/* fs/ counts references to files; it sets these once, before the first program runs. */
struct mm_file_ops {
	void (*get)(struct file *file);
	void (*put)(struct file *file);
};
extern const struct mm_file_ops *mm_file_ops;

extern struct mm_struct init_mm;	/* the kernel's: no user part */

/* Return: an empty address space with one user, or NULL. Context: may sleep. */
struct mm_struct *mm_alloc(void);
static inline void mmget(struct mm_struct *mm) { atomic_inc(&mm->mm_users); }
static inline bool mmget_not_zero(struct mm_struct *mm)
{
	return atomic_inc_not_zero(&mm->mm_users);
}
static inline void mmgrab(struct mm_struct *mm) { atomic_inc(&mm->mm_count); }
/* The last user gone: all areas unmapped. Context: may sleep. */
void mmput(struct mm_struct *mm);
/* The last reference gone: the root table and the struct freed. Context: any. */
void mmdrop(struct mm_struct *mm);

/**
 * dup_mm - fork's copy: areas copied, private pages shared copy-on-write
 * @oldmm: the parent's
 *
 * Context: may sleep; takes both mmap_locks.
 * Return: the copy, or NULL when memory, or the overcommit limit, is short.
 */
struct mm_struct *dup_mm(struct mm_struct *oldmm);

static inline void add_mm_counter(struct mm_struct *mm, enum mm_counter c, long nr_pages)
{
	atomic_long_add(nr_pages, &mm->rss[c]);
}

static inline unsigned long get_mm_rss(struct mm_struct *mm)
{
	long n = atomic_long_read(&mm->rss[MM_FILEPAGES]) +
		 atomic_long_read(&mm->rss[MM_ANONPAGES]) +
		 atomic_long_read(&mm->rss[MM_SHMEMPAGES]);

	return n > 0 ? n : 0;
}

static inline void mmap_read_lock(struct mm_struct *mm)  { down_read(&mm->mmap_lock); }
static inline void mmap_read_unlock(struct mm_struct *mm)  { up_read(&mm->mmap_lock); }
static inline void mmap_write_lock(struct mm_struct *mm)  { down_write(&mm->mmap_lock); }
static inline void mmap_write_unlock(struct mm_struct *mm) { up_write(&mm->mmap_lock); }

#endif
