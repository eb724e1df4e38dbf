// SPDX-License-Identifier: GPL-2.0-only
/*
 * vma.c - areas: made, cut, joined.
 *
 * Every change of an address space is put together from four moves:
 *
 *	link     ......            ->  ..[vvvv]..
 *	split    ..[vvvvvvvv]..    ->  ..[vvv][vvvvv]..
 *	flags    ..[vvv][vvvvv]..  ->  ..[vvv][wwwww]..
 *	merge    ..[www][wwwww]..  ->  ..[wwwwwwww]..
 *
 * mprotect of the middle of an area, say, is split, split, flags, merge. What may
 * fail (a struct for a split, the overcommit charge) comes before what changes
 * anything: "prepare, then commit".
 *
 * An area of an object is also on mapping->i_mmap, by which truncation finds the
 * page tables that map a page. Whoever moves the ends of such an area holds
 * i_mmap_rwsem for writing, since the reader computes addresses from them.
 *
 * Invariants I1..I5 stand in vma.h. Locks: mmap_lock for writing, then
 * i_mmap_rwsem. Linux: mm/vma.c (mm/mmap.c before 6.10).
 */
#include <linux-lite/bug.h>
#include <linux-lite/err.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mman.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/slab.h>
#include <linux-lite/vma_ops.h>
#include <linux-lite/vma_tree.h>

static struct kmem_cache *vma_cachep;


void vma_cache_init(void)
{
	vma_cachep = KMEM_CACHE(vm_area_struct, SLAB_PANIC);
}

struct vm_area_struct *vma_alloc(struct mm_struct *mm)
{
	struct vm_area_struct *vma = kmem_cache_zalloc(vma_cachep, GFP_KERNEL);

	if (vma)
		vma->vm_mm = mm;
	return vma;
}

struct vm_area_struct *vma_dup(const struct vm_area_struct *vma)
{
	struct vm_area_struct *new = kmem_cache_alloc(vma_cachep, GFP_KERNEL);

	if (!new)
		return NULL;
	*new = *vma;
	if (new->vm_ops && new->vm_ops->open)
		new->vm_ops->open(new);
	return new;
}

void vma_free(struct vm_area_struct *vma)
{
	if (vma->vm_ops && vma->vm_ops->close)
		vma->vm_ops->close(vma);
	kmem_cache_free(vma_cachep, vma);
}

/* Keep I5 true: @nr_pages of such an area come (or go, negative). */
static void account(struct mm_struct *mm, unsigned long vm_flags, long nr_pages)
{
	mm->total_vm += nr_pages;
	if (mm->total_vm > mm->hiwater_vm)
		mm->hiwater_vm = mm->total_vm;
	if (vm_flags & VM_GROWSDOWN)
		mm->stack_vm += nr_pages;
	else if ((vm_flags & (VM_EXEC | VM_WRITE | VM_GROWSDOWN)) == VM_EXEC)
		mm->exec_vm += nr_pages;
	else if (is_data_mapping(vm_flags))
		mm->data_vm += nr_pages;
	if (vm_flags & VM_LOCKED)
		mm->locked_vm += nr_pages;
}

static void i_mmap_write_lock(struct vm_area_struct *vma)
{
	if (vma->vm_mapping)
		down_write(&vma->vm_mapping->i_mmap_rwsem);
}

static void i_mmap_write_unlock(struct vm_area_struct *vma)
{
	if (vma->vm_mapping)
		up_write(&vma->vm_mapping->i_mmap_rwsem);
}

/* The __ ones: i_mmap_rwsem is held for writing by the caller. */
static void __vma_link(struct mm_struct *mm, struct vm_area_struct *vma)
{
	vma_tree_insert(mm, vma);
	if (vma->vm_mapping)
		list_add_tail(&vma->i_mmap_node, &vma->vm_mapping->i_mmap);
	account(mm, vma->vm_flags, vma_pages(vma));
}

static void __vma_unlink(struct mm_struct *mm, struct vm_area_struct *vma)
{
	vma_tree_erase(mm, vma);
	if (vma->vm_mapping)
		list_del(&vma->i_mmap_node);
	account(mm, vma->vm_flags, -(long)vma_pages(vma));
}

static void __vma_resize(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct mm_struct *mm = vma->vm_mm;

	account(mm, vma->vm_flags, -(long)vma_pages(vma));
	vma->vm_pgoff += (long)(start - vma->vm_start) >> PAGE_SHIFT;
	vma->vm_start = start;
	vma->vm_end = end;
	vma_tree_moved(mm, vma);
	account(mm, vma->vm_flags, vma_pages(vma));
}

void vma_link(struct mm_struct *mm, struct vm_area_struct *vma)
{
	i_mmap_write_lock(vma);
	__vma_link(mm, vma);
	i_mmap_write_unlock(vma);
}

void vma_unlink(struct mm_struct *mm, struct vm_area_struct *vma)
{
	i_mmap_write_lock(vma);
	__vma_unlink(mm, vma);
	i_mmap_write_unlock(vma);
}

void vma_resize(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	i_mmap_write_lock(vma);
	__vma_resize(vma, start, end);
	i_mmap_write_unlock(vma);
}

/*
 * Cut an area in two at a page boundary inside it; @vma becomes the lower part. mmap_lock for
 * writing. Return: the upper part, or ERR_PTR(-ENOMEM), and nothing has changed.
 */
static struct vm_area_struct *vma_split(struct vm_area_struct *vma, unsigned long addr)
{
	struct mm_struct *mm = vma->vm_mm;
	struct vm_area_struct *upper;

	VM_BUG_ON(addr <= vma->vm_start || addr >= vma->vm_end);
	if (mm->map_count >= sysctl_max_map_count)
		return ERR_PTR(-ENOMEM);
	upper = vma_dup(vma);
	if (!upper)
		return ERR_PTR(-ENOMEM);
	upper->vm_start = addr;
	upper->vm_pgoff = linear_page_index(vma, addr);
	/* In one go: a truncation in between would miss the pages of the upper part. */
	i_mmap_write_lock(vma);
	__vma_resize(vma, vma->vm_start, addr);
	__vma_link(mm, upper);
	i_mmap_write_unlock(vma);
	return upper;
}

int vma_split_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	unsigned long at[2] = { start, end };
	int i;

	for (i = 0; i < 2; i++) {
		struct vm_area_struct *vma = vma_lookup(mm, at[i]);

		if (vma && vma->vm_start < at[i] && IS_ERR(vma_split(vma, at[i])))
			return -ENOMEM;
	}
	return 0;
}

/* I3: is @b, which begins where @a ends, the same thing going on? */
static bool can_vma_merge(const struct vm_area_struct *a, const struct vm_area_struct *b)
{
	return a->vm_end == b->vm_start && a->vm_flags == b->vm_flags &&
	       a->vm_file == b->vm_file && a->vm_mapping == b->vm_mapping &&
	       a->vm_ops == b->vm_ops && a->name == b->name &&
	       a->vm_pgoff + vma_pages(a) == b->vm_pgoff;
}

/* @lower takes over what @upper covers. */
static void merge_up(struct vm_area_struct *lower, struct vm_area_struct *upper)
{
	unsigned long end = upper->vm_end;

	lower->has_anon |= upper->has_anon;
	i_mmap_write_lock(lower);		/* in one go, as vma_split */
	__vma_unlink(lower->vm_mm, upper);
	__vma_resize(lower, lower->vm_start, end);
	i_mmap_write_unlock(lower);
	vma_free(upper);
}

struct vm_area_struct *vma_merge(struct vm_area_struct *vma)
{
	struct vm_area_struct *prev = vma->vm_prev, *next = vma->vm_next;

	if (next && can_vma_merge(vma, next))
		merge_up(vma, next);
	if (prev && can_vma_merge(prev, vma)) {
		merge_up(prev, vma);
		vma = prev;
	}
	return vma;
}

void vma_set_flags(struct vm_area_struct *vma, unsigned long vm_flags)
{
	account(vma->vm_mm, vma->vm_flags, -(long)vma_pages(vma));
	vma->vm_flags = vm_flags;
	vma->vm_page_prot = vm_get_page_prot(vm_flags);
	account(vma->vm_mm, vm_flags, vma_pages(vma));
}

/**
 * vm_get_page_prot - the entry bits that an area's pages start with
 * @vm_flags: VM_READ, VM_WRITE, VM_EXEC, VM_SHARED
 *
 * A private area's entries begin without the write bit: the first write makes
 * the page its own (mm/fault/cow.c). The hardware has no write without read
 * (a reserved encoding), so PROT_WRITE alone can read, as on Linux/riscv.
 *
 * Return: the bits; without _PAGE_PRESENT for PROT_NONE.
 */
pgprot_t vm_get_page_prot(unsigned long vm_flags)
{
	unsigned long prot = _PAGE_BASE;

	if (!(vm_flags & VM_ACCESS_FLAGS))
		return __pgprot(PAGE_NONE_BITS);
	if (vm_flags & (VM_READ | VM_WRITE))
		prot |= _PAGE_READ;
	if (vm_flags & VM_EXEC)
		prot |= _PAGE_EXEC;
	if ((vm_flags & VM_WRITE) && (vm_flags & VM_SHARED))
		prot |= _PAGE_WRITE | _PAGE_DIRTY;
	return __pgprot(prot);
}

void vma_check(struct mm_struct *mm)
{
	unsigned long total = 0, data = 0, exec = 0, stack = 0, locked = 0;
	struct vm_area_struct *vma;

	vma_tree_check(mm);
	for_each_vma(mm, vma) {
		unsigned long n = vma_pages(vma), f = vma->vm_flags;

		BUG_ON(vma->vm_next && can_vma_merge(vma, vma->vm_next));	/* I3 */
		BUG_ON(vma->vm_page_prot.val != vm_get_page_prot(f).val);
		total += n;
		locked += f & VM_LOCKED ? n : 0;
		if (f & VM_GROWSDOWN)
			stack += n;
		else if ((f & (VM_EXEC | VM_WRITE)) == VM_EXEC)
			exec += n;
		else if (is_data_mapping(f))
			data += n;
	}
	BUG_ON(total != mm->total_vm || data != mm->data_vm || exec != mm->exec_vm ||	/* I5 */
	       stack != mm->stack_vm || locked != mm->locked_vm);
}
