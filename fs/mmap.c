// SPDX-License-Identifier: GPL-2.0-only
/*
 * mmap.c - what a mapping of a file needs from the file.
 *
 *	mmap(2) --> file_mmap_prepare     may it be mapped so? fills the request
 *	        --> do_mmap (mm/space)    makes the area, calls vm_ops->open
 *	fault   --> vm_ops->fault         the page of the page cache
 *	munmap  --> vm_ops->close         the area's reference to the file goes
 *	MADV_REMOVE --> vm_ops->punch_hole  as fallocate(2) does it
 *
 * mm/ does not know files: it keeps vm_file as a word and calls back.
 */
#include <linux-lite/file.h>
#include <linux-lite/mman.h>
#include <linux-lite/sched.h>

/* The flags that MAP_SHARED lets pass, known or not; MAP_SHARED_VALIDATE knows these. */
#define LEGACY_MAP_MASK	(MAP_TYPE | MAP_FIXED | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_DENYWRITE | \
			 MAP_EXECUTABLE | MAP_LOCKED | MAP_NORESERVE | MAP_POPULATE | \
			 MAP_NONBLOCK | MAP_STACK | MAP_HUGETLB)

static void file_vm_open(struct vm_area_struct *vma)
{
	get_file(vma->vm_file);
}

static void file_vm_close(struct vm_area_struct *vma)
{
	fput(vma->vm_file);
}

static int file_vm_punch_hole(struct vm_area_struct *vma, loff_t start, loff_t len_bytes)
{
	return vfs_fallocate(vma->vm_file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, start,
			     len_bytes);
}

static const struct vm_operations_struct file_vm_ops = {
	.open = file_vm_open,
	.close = file_vm_close,
	.fault = filemap_fault,
	.punch_hole = file_vm_punch_hole,
};

/** generic_file_mmap - map pages of the page cache. Context: any. Return: 0. */
int generic_file_mmap(struct file *file, struct mmap_request *req)
{
	req->file = file;
	req->mapping = file->f_mapping;
	req->vm_ops = &file_vm_ops;
	touch_atime(file);
	return 0;
}

/**
 * file_mmap_prepare - the file's word on an mmap request
 * @file: referenced by the caller until do_mmap() is through; the area takes its own
 * @req: prot, flags, length and offset as asked; file, mapping, vm_ops, may_flags are set
 *
 * Context: any.
 * Return: 0; -EACCES, -EBADF, -ENODEV, -EOPNOTSUPP, -EOVERFLOW, -EPERM.
 */
int file_mmap_prepare(struct file *file, struct mmap_request *req)
{
	bool shared = (req->flags & MAP_TYPE) != MAP_PRIVATE;

	if (file->f_mode & FMODE_PATH)
		return -EBADF;
	if ((req->flags & MAP_TYPE) == MAP_SHARED_VALIDATE && req->flags & ~LEGACY_MAP_MASK)
		return -EOPNOTSUPP;
	if (req->len_bytes > (unsigned long)MAX_LFS_FILESIZE ||
	    req->pgoff > (MAX_LFS_FILESIZE - req->len_bytes) >> PAGE_SHIFT)
		return -EOVERFLOW;
	if (!(file->f_mode & FMODE_READ))
		return -EACCES;
	if (shared && req->prot & PROT_WRITE && !(file->f_mode & FMODE_WRITE))
		return -EACCES;
	req->may_flags = VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;
	if (file->f_inode->i_sb->s_flags & MS_NOEXEC) {
		if (req->prot & PROT_EXEC)
			return -EPERM;
		req->may_flags &= ~VM_MAYEXEC;
	}
	if (shared && !(file->f_mode & FMODE_WRITE))
		req->may_flags &= ~VM_MAYWRITE;
	if (!file->f_op || !file->f_op->mmap)
		return -ENODEV;
	return file->f_op->mmap(file, req);
}
