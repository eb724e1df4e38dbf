// SPDX-License-Identifier: GPL-2.0-only
/*
 * shmem.c - shared anonymous memory: mmap(MAP_SHARED | MAP_ANONYMOUS).
 *
 * Pages that several address spaces share need one place that says which frame
 * is page i: an object. Here it is an address_space without a file; areas hold
 * it, and the last one to go frees it. (A named one is a tmpfs file.) What it may
 * come to hold is promised once, however many map it and however little of it.
 *
 *	vma (parent) --+
 *	               +--> shmem_object { count, mapping } --> pages
 *	vma (child)  --+
 *
 * Linux: shmem_zero_setup in mm/shmem.c, which makes an unlinked tmpfs file.
 */
#include <linux-lite/err.h>
#include <linux-lite/kernel.h>
#include <linux-lite/overcommit.h>
#include <linux-lite/pagemap.h>
#include <linux-lite/shmem.h>
#include <linux-lite/slab.h>
#include <linux-lite/vma.h>

struct shmem_object {
	atomic_t count;			/* areas that map it */
	unsigned long charged;		/* pages promised: all of it, or none */
	struct address_space mapping;
};

static struct shmem_object *shmem_of(struct vm_area_struct *vma)
{
	return container_of(vma->vm_mapping, struct shmem_object, mapping);
}

static void shmem_open(struct vm_area_struct *vma)
{
	atomic_inc(&shmem_of(vma)->count);
}

static void shmem_close(struct vm_area_struct *vma)
{
	struct shmem_object *obj = shmem_of(vma);

	if (!atomic_dec_and_test(&obj->count))
		return;
	truncate_inode_pages_final(&obj->mapping);
	vm_unacct_memory(obj->charged);
	kfree(obj);
}

/* Nobody else is kept out: there is no write() and no ftruncate() of such an object. */
static int shmem_punch_hole(struct vm_area_struct *vma, loff_t start, loff_t len_bytes)
{
	truncate_pagecache_range(vma->vm_mapping, start, start + len_bytes);
	return 0;
}

static const struct vm_operations_struct shmem_vm_ops = {
	.open = shmem_open,
	.close = shmem_close,
	.fault = filemap_fault,
	.punch_hole = shmem_punch_hole,
};

int shmem_zero_setup(struct vm_area_struct *vma)
{
	unsigned long charge = vma->vm_flags & VM_NORESERVE ? 0 : vma_pages(vma);
	struct shmem_object *obj;

	if (vm_enough_memory(charge))
		return -ENOMEM;
	obj = kmalloc(sizeof(*obj), GFP_KERNEL);
	if (!obj) {
		vm_unacct_memory(charge);
		return -ENOMEM;
	}
	obj->charged = charge;
	atomic_set(&obj->count, 1);
	address_space_init(&obj->mapping, obj, NULL);
	obj->mapping.size = vma->vm_end - vma->vm_start;
	vma->vm_mapping = &obj->mapping;
	vma->vm_ops = &shmem_vm_ops;
	vma->vm_pgoff = 0;
	vma->name = "/dev/zero (deleted)";
	return 0;
}
