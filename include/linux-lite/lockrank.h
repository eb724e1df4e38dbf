/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lockrank.h - the order in which locks may be taken, in one list.
 *
 * A lock may be taken only while every lock already held has a LOWER rank; two
 * locks of one rank never nest unless the place says so (spin_lock_nested and
 * its like, with the reason). Sleeping locks come first: nothing may sleep
 * under a spinlock. CONFIG_DEBUG_LOCKS checks both rules on every acquisition
 * (kernel/lockdep.c), a small cousin of Linux's lockdep: Linux learns the order
 * at run time, we state it, because the statement is worth reading.
 */
#ifndef LINUX_LITE_LOCKRANK_H
#define LINUX_LITE_LOCKRANK_H

#include <linux-lite/compiler.h>
#include <linux-lite/types.h>

enum lock_rank {
	RANK_UNCHECKED,		/* takes no part (early boot, the panic path) */

	/* --- sleeping locks --- */
	RANK_FILE_POS,		/* file->f_pos_lock: a read or write takes it first */
	RANK_PROC_TEXT,		/* one open /proc file's text, while it is made */
	RANK_MOUNT,		/* the mount table */
	RANK_RENAME,		/* one rename at a time in the whole tree */
	RANK_INODE_DIR,		/* inode->i_rwsem of a directory (parents first: nested) */
	RANK_INODE,		/* inode->i_rwsem of a file */
	RANK_PIPE,		/* one pipe's buffer */
	RANK_TTY,		/* one terminal's reader side */
	RANK_MMAP,		/* mm->mmap_lock; user memory is touched above it only */
	RANK_I_MMAP,		/* address_space->i_mmap_rwsem, anon_vma later */
	RANK_VMAP_PURGE,	/* one purge of the kernel's lazily freed areas at a time */
	RANK_LAST_SLEEPING = RANK_VMAP_PURGE,

	/* --- spinlocks --- */
	RANK_TASKLIST,		/* the tree of tasks, pids, process groups */
	RANK_FUTEX,		/* one futex hash bucket */
	RANK_SIGHAND,		/* signal state of one process (nested under tasklist) */
	RANK_FILES,		/* a file-descriptor table */
	RANK_FS,		/* cwd, root, dentries, superblock lists */
	RANK_ITIMER,		/* POSIX timers of one process */
	RANK_MM,		/* mm->page_table_lock: upper page-table levels */
	RANK_PTE,		/* one leaf page table (page->ptl) */
	RANK_MIGRATE,		/* keeps the mapping of a page that moves from being freed */
	RANK_MAPPING,		/* address_space->i_pages */
	RANK_VMALLOC,		/* the kernel's area tree */
	RANK_KERNEL_MAP,	/* the kernel's page tables */
	RANK_SLAB_DEPOT,	/* magazines of one cache */
	RANK_SLAB,		/* slabs of one cache */
	RANK_SLAB_FREELIST,	/* free objects of one slab (slub.c) */
	RANK_ZONE,		/* free lists of one zone */
	RANK_STACK_DEPOT,	/* backtraces: who allocates may hold any of the above */
	RANK_DRIVER,		/* a device's registers and rings */
	RANK_WAITQ,		/* a wait queue */
	RANK_USERS,		/* the table of user_structs */
	RANK_RQ,		/* a run queue, and its tasks' scheduling state */
	RANK_TIMER,		/* one hart's timer queue */
	RANK_RANDOM,		/* the random generator: any code may want random bits */
	RANK_LOG,		/* the kernel log and console: printk works anywhere */
	RANK_NR
};

/* kernel/lockdep.c; empty unless CONFIG_DEBUG_LOCKS. */
void lock_rank_acquire(enum lock_rank rank, const char *name, const void *lock, bool nested);
void lock_rank_release(enum lock_rank rank, const char *name, const void *lock);
/* Complain when a spinlock is held or interrupts are off: the caller may sleep. */
void __might_sleep(const char *file, int line);

#define might_sleep() \
	do { if (IS_ENABLED(CONFIG_DEBUG_LOCKS)) __might_sleep(__FILE__, __LINE__); } while (0)

#endif
