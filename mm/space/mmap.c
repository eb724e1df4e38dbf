// SPDX-License-Identifier: GPL-2.0-only
/*
 * mmap.c - giving address ranges out: mmap and brk.
 *
 *	check the words      flags, ranges, limits             -EINVAL, -ENOMEM, ...
 *	find the place       layout.c
 *	limits               before anything is lost      -EAGAIN, -ENOMEM
 *	clear the place      MAP_FIXED only: munmap.c
 *	charge the promise   overcommit.c
 *	make the area        or make a neighbour longer
 *
 * No frame is taken and no page table touched: that is the page fault's work.
 *
 * Locks: mmap_lock for writing. Linux: mm/mmap.c, mm/vma.c.
 */
#include <linux-lite/err.h>
#include <linux-lite/kernel.h>
#include <linux-lite/mman.h>
#include <linux-lite/overcommit.h>
#include <linux-lite/shmem.h>
#include <linux-lite/vma_ops.h>
#include <linux-lite/vma_tree.h>

/* PROT_* and MAP_* to VM_*. The low three bits of each are the same. */
static unsigned long calc_vm_flags(const struct mmap_request *req, unsigned long def_flags)
{
	unsigned long f = (req->prot & (PROT_READ | PROT_WRITE | PROT_EXEC)) | def_flags;

	static_assert(PROT_READ == VM_READ && PROT_WRITE == VM_WRITE && PROT_EXEC == VM_EXEC,
		      "the bits agree");
	f |= req->vm_ops ? req->may_flags : VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;
	if ((req->flags & MAP_TYPE) != MAP_PRIVATE)
		f |= VM_SHARED | VM_MAYSHARE;
	if (req->flags & MAP_GROWSDOWN)
		f |= VM_GROWSDOWN;
	if (req->flags & MAP_LOCKED)
		f |= VM_LOCKED;
	if ((req->flags & MAP_NORESERVE) && sysctl_overcommit_memory != 2)
		f |= VM_NORESERVE;
	return f;
}

/* Does the area count as promised memory? What is shared, counts where it is: in its object. */
static bool accountable(unsigned long vm_flags)
{
	return (vm_flags & (VM_NORESERVE | VM_SHARED | VM_WRITE)) == VM_WRITE;
}

/* Everything that can be refused before the address space is looked at. */
static int check_request(struct mm_struct *mm, const struct mmap_request *req, unsigned long len)
{
	unsigned long type = req->flags & MAP_TYPE;

	if (!req->len_bytes)
		return -EINVAL;
	if (!len || len > mm->task_size)
		return -ENOMEM;
	if (req->pgoff + (len >> PAGE_SHIFT) < req->pgoff)
		return -EOVERFLOW;
	if (type != MAP_SHARED && type != MAP_PRIVATE && type != MAP_SHARED_VALIDATE)
		return -EINVAL;
	if (type == MAP_SHARED_VALIDATE && !req->vm_ops)
		return -EINVAL;
	if ((req->flags & MAP_GROWSDOWN) && (req->vm_ops || type != MAP_PRIVATE))
		return -EINVAL;
	if (req->flags & MAP_HUGETLB)
		return -EINVAL;		/* no huge page pool */
	if (mm->map_count > sysctl_max_map_count)
		return -ENOMEM;
	return 0;
}

/* The place for the request; with MAP_FIXED something else may be there still. */
static unsigned long find_room(struct mm_struct *mm, const struct mmap_request *req,
			       unsigned long len)
{
	unsigned long fixed = req->flags & (MAP_FIXED | MAP_FIXED_NOREPLACE);
	unsigned long addr;

	addr = get_unmapped_area(mm, fixed ? req->addr : req->addr & PAGE_MASK, len,
				 fixed ? MAP_FIXED : 0);
	if (IS_ERR_VALUE(addr) || !fixed)
		return addr;
	if (addr < mmap_min_addr)
		return -EPERM;
	if (req->flags & MAP_FIXED_NOREPLACE)
		return find_vma_intersection(mm, addr, addr + len) ? (unsigned long)-EEXIST : addr;
	return addr;
}

/* Pages of [start, end) that are mapped, and go when MAP_FIXED clears the place. */
static unsigned long count_mapped(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma_intersection(mm, start, end);
	unsigned long n = 0;

	for (; vma && vma->vm_start < end; vma = vma->vm_next)
		n += min(vma->vm_end, end) - max(vma->vm_start, start);
	return n >> PAGE_SHIFT;
}

/* A new area at a free place; joins its neighbours if it can. */
static int insert_area(struct mm_struct *mm, const struct mmap_request *req, unsigned long addr,
		       unsigned long len, unsigned long vm_flags)
{
	struct vm_area_struct *vma = vma_alloc(mm);
	int err = 0;

	if (!vma)
		return -ENOMEM;
	vma->vm_start = addr;
	vma->vm_end = addr + len;
	vma->vm_flags = vm_flags;
	vma->vm_page_prot = vm_get_page_prot(vm_flags);
	vma->vm_pgoff = addr >> PAGE_SHIFT;
	if (req->vm_ops) {
		vma->vm_pgoff = req->pgoff;
		vma->vm_file = req->file;
		vma->vm_mapping = req->mapping;
		vma->vm_ops = req->vm_ops;
		if (vma->vm_ops->open)
			vma->vm_ops->open(vma);
	} else if (vm_flags & VM_SHARED) {
		err = shmem_zero_setup(vma);
	}
	if (err) {
		vma_free(vma);
		return err;
	}
	vma_link(mm, vma);
	vma_merge(vma);
	return 0;
}

/* One mapping with mmap_lock held: common to mmap and brk. */
static unsigned long map_locked(struct mm_struct *mm, const struct mmap_request *req,
				unsigned long len)
{
	unsigned long vm_flags = calc_vm_flags(req, mm->def_flags);
	unsigned long addr = find_room(mm, req, len);
	unsigned long nr_pages = len >> PAGE_SHIFT, gone;
	int err;

	if (IS_ERR_VALUE(addr))
		return addr;
	if ((req->flags & MAP_LOCKED) && !req->rlimit_memlock)
		return -EPERM;
	if (!mlock_future_ok(mm, vm_flags, nr_pages, req->rlimit_memlock))
		return -EAGAIN;
	gone = count_mapped(mm, addr, addr + len);
	if (!may_expand_vm(mm, vm_flags, nr_pages - gone, req->rlimit_as, req->rlimit_data))
		return -ENOMEM;
	err = unmap_range_locked(mm, addr, addr + len);
	if (err)
		return err;
	if (accountable(vm_flags)) {
		if (vm_enough_memory(nr_pages))
			return -ENOMEM;
		vm_flags |= VM_ACCOUNT;
	}
	err = insert_area(mm, req, addr, len, vm_flags);
	if (!err)
		return addr;
	if (vm_flags & VM_ACCOUNT)
		vm_unacct_memory(nr_pages);
	return err;
}

/**
 * do_mmap - mmap(2)
 * @mm: the address space
 * @req: what is asked for; file, mapping and vm_ops filled in by the file layer
 *
 * Context: may sleep; takes mmap_lock.
 * Return: the address; -EINVAL, -ENOMEM, -EEXIST (MAP_FIXED_NOREPLACE), -EAGAIN
 * (RLIMIT_MEMLOCK), -EPERM (below mmap_min_addr; may lock nothing), -EOVERFLOW.
 */
unsigned long do_mmap(struct mm_struct *mm, const struct mmap_request *req)
{
	unsigned long len = ALIGN(req->len_bytes, PAGE_SIZE), addr;
	int err = check_request(mm, req, len);

	if (err)
		return err;
	mmap_write_lock(mm);
	addr = map_locked(mm, req, len);
	mmap_write_unlock(mm);
	return addr;
}

/* brk is a private anonymous mapping whose end the program moves. */
static int grow_brk(struct mm_struct *mm, unsigned long from, unsigned long to,
		    const struct mm_limits *limits)
{
	struct mmap_request req = {
		.addr = from,
		.len_bytes = to - from,
		.prot = PROT_READ | PROT_WRITE,
		.flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE,
		.rlimit_as = limits->as, .rlimit_data = limits->data,
		.rlimit_memlock = limits->memlock,
	};
	struct vm_area_struct *next = find_vma(mm, from);
	unsigned long addr;

	/* A stack above keeps its gap, and a mapping a page of distance. */
	if (next && to + PAGE_SIZE > vm_start_gap(next))
		return -ENOMEM;
	addr = map_locked(mm, &req, to - from);
	return IS_ERR_VALUE(addr) ? (int)addr : 0;
}

/**
 * do_brk - brk(2)
 * @mm: the address space
 * @brk: the wanted end of the heap, any alignment
 * @limits: what the process may have
 *
 * Context: may sleep; takes mmap_lock.
 * Return: the end of the heap now: @brk, or the old one if it could not be moved.
 */
unsigned long do_brk(struct mm_struct *mm, unsigned long brk, const struct mm_limits *limits)
{
	unsigned long old_end, new_end, result;
	int err = 0;

	mmap_write_lock(mm);
	old_end = ALIGN(mm->brk, PAGE_SIZE);
	new_end = ALIGN(brk, PAGE_SIZE);
	if (brk < mm->start_brk || new_end < brk || new_end > mm->task_size ||
	    (limits->data != ~0UL &&
	     brk - mm->start_brk + mm->end_data - mm->start_data > limits->data))
		err = -ENOMEM;
	else if (new_end > old_end)
		err = grow_brk(mm, old_end, new_end, limits);
	else if (new_end < old_end)
		err = unmap_range_locked(mm, new_end, old_end);
	if (!err)
		mm->brk = brk;
	result = mm->brk;
	mmap_write_unlock(mm);
	return result;
}
