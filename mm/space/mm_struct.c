// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm_struct.c - the life of an address space.
 *
 *	mm_alloc (exec), dup_mm (fork)      users = 1, count = 1
 *	   mmget / mmput                    tasks that use it, /proc readers
 *	   mmgrab / mmdrop                  kernel threads that merely run on it
 *	users 1 -> 0: exit_mmap, the areas and pages go; drops the users' one count
 *	count 1 -> 0: the root table and the struct go
 *
 * Two counts, because a kernel thread scheduled after a task has died may still
 * have the dead task's root table loaded: the table must live until that hart
 * switches away, but the memory need not.
 *
 * Linux: kernel/fork.c.
 */
#include <linux-lite/bug.h>
#include <linux-lite/init.h>
#include <linux-lite/mman.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/pagetable.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/vma_ops.h>

static struct kmem_cache *mm_cachep;

const struct mm_file_ops *mm_file_ops;

struct mm_struct init_mm = {
	.mmap_lock = RWSEM_INIT(init_mm.mmap_lock, RANK_MMAP),
	.page_table_lock = SPINLOCK_INIT(RANK_KERNEL_MAP, "init_mm.page_table_lock"),
	.mm_users = ATOMIC_INIT(2),
	.mm_count = ATOMIC_INIT(1),
};

void mm_cache_init(void)
{
	mm_cachep = KMEM_CACHE(mm_struct, SLAB_HWCACHE_ALIGN | SLAB_PANIC);
	vma_cache_init();
	pagecache_init();
	page_lock_init();
}

/* What a new address space has of its own, whatever the rest is copied from. */
static bool mm_init(struct mm_struct *mm)
{
	int i;

	mm->mmap = NULL;
	mm->mm_rb = (struct rb_root){ NULL };
	mm->vmacache = NULL;
	mm->map_count = 0;
	mm->cpu_mask.bits = 0;
	mm->asid = 0;
	init_rwsem(&mm->mmap_lock, RANK_MMAP, "mmap_lock");
	spin_lock_init(&mm->page_table_lock, RANK_MM);
	atomic_set(&mm->mm_users, 1);
	atomic_set(&mm->mm_count, 1);
	for (i = 0; i < NR_MM_COUNTERS; i++)
		atomic_long_set(&mm->rss[i], 0);
	atomic_long_set(&mm->pgtables_bytes, 0);
	mm->hiwater_rss = mm->hiwater_vm = 0;
	mm->total_vm = mm->locked_vm = mm->data_vm = mm->exec_vm = mm->stack_vm = 0;
	mm->task_size = TASK_SIZE;
	mm->oom_skip = false;
	mm->pgd = pgd_alloc(mm);
	return mm->pgd;
}

struct mm_struct *mm_alloc(void)
{
	struct mm_struct *mm = kmem_cache_zalloc(mm_cachep, GFP_KERNEL);

	if (mm && !mm_init(mm)) {
		kmem_cache_free(mm_cachep, mm);
		return NULL;
	}
	return mm;
}

/* fork's beginning: limits, layout and file as in @old, no areas. NULL: no memory. */
struct mm_struct *mm_copy_empty(const struct mm_struct *old)
{
	struct mm_struct *mm = kmem_cache_alloc(mm_cachep, GFP_KERNEL);

	if (!mm)
		return NULL;
	memcpy(mm, old, sizeof(*mm));
	mm->def_flags = 0;		/* mlockall(MCL_FUTURE) is not inherited */
	if (!mm_init(mm)) {
		kmem_cache_free(mm_cachep, mm);
		return NULL;
	}
	if (mm->exe_file)
		mm_file_ops->get(mm->exe_file);
	return mm;
}

void mmput(struct mm_struct *mm)
{
	if (!atomic_dec_and_test(&mm->mm_users))
		return;
	might_sleep();
	exit_mmap(mm);
	if (mm->exe_file)
		mm_file_ops->put(mm->exe_file);
	mm->exe_file = NULL;
	mmdrop(mm);
}

void mmdrop(struct mm_struct *mm)
{
	if (!atomic_dec_and_test(&mm->mm_count))
		return;
	BUG_ON(mm == &init_mm);
	WARN_ON(get_mm_rss(mm));
	pgd_free(mm, mm->pgd);
	kmem_cache_free(mm_cachep, mm);
}
