// SPDX-License-Identifier: GPL-2.0-only
/*
 * file_table.c - open files: struct file, from open() to the last fput().
 *
 *	open() ----> f_count 1 <---- dup(), fork(): +1 each
 *	               |  ^---- a system call in progress: +1 (if the table is shared)
 *	               |  ^---- an mmap'ed area: +1
 *	close() -----> 0: release(), the inode's writer count, the dentry
 *
 * fput() does all that at once, in whoever drops the last reference; Linux
 * puts it off until the return to user mode. So release operations may not take
 * a lock that ranks below mmap_lock, since munmap() may be the last to let go.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>

static struct kmem_cache *filp_cache;
static atomic_long_t nr_files;

/* Boot: the caches of files and tables. */
void files_init(void)
{
	filp_cache = KMEM_CACHE(file, SLAB_HWCACHE_ALIGN | SLAB_PANIC);
	fdtable_init();
}

/** nr_open_files - struct files in use: /proc/sys/fs/file-nr. Context: any. */
unsigned long nr_open_files(void)
{
	return atomic_long_read(&nr_files);
}

/**
 * alloc_empty_file - a file that is not open to anything yet
 * @flags: O_*: the access mode becomes FMODE_READ and FMODE_WRITE
 *
 * Context: may sleep.
 * Return: one reference; fput() undoes it. ERR_PTR(-ENOMEM).
 */
struct file *alloc_empty_file(unsigned int flags)
{
	struct file *file = kmem_cache_alloc(filp_cache, GFP_KERNEL);

	if (!file)
		return ERR_PTR(-ENOMEM);
	atomic_set(&file->f_count, 1);
	/* O_RDONLY, O_WRONLY, O_RDWR are 0, 1, 2; plus one they are bits. */
	file->f_mode = (flags + 1) & O_ACCMODE;
	file->f_flags = flags;
	file->f_op = NULL;
	file->f_inode = NULL;
	file->f_dentry = NULL;
	file->f_mapping = NULL;
	file->f_pos = 0;
	mutex_init(&file->f_pos_lock, RANK_FILE_POS, "f_pos_lock");
	file->private_data = NULL;
	file->f_version = 0;
	file->f_name = NULL;
	atomic_long_inc(&nr_files);
	return file;
}

/**
 * alloc_file_anon - an open file without a name
 * @inode: its reference goes to the file; on failure it is dropped
 * @flags: O_*
 * @fop: what it does
 * @name: shown in /proc/PID/fd, lives as long as the kernel; NULL: it is a pipe
 *
 * Context: may sleep.
 * Return: one reference, or ERR_PTR(-ENOMEM).
 */
struct file *alloc_file_anon(struct inode *inode, unsigned int flags,
			     const struct file_operations *fop, const char *name)
{
	struct file *file = alloc_empty_file(flags);

	if (IS_ERR(file)) {
		iput(inode);
		return file;
	}
	file->f_inode = inode;
	file->f_mapping = &inode->i_data;
	file->f_op = fop;
	file->f_name = name;
	return file;
}

/** get_file - one more reference. Context: any. Return: @f. */
struct file *get_file(struct file *f)
{
	atomic_inc(&f->f_count);
	return f;
}

static void __fput(struct file *file)
{
	struct inode *inode = file->f_inode;

	if (inode && !list_empty(&inode->i_locks))
		locks_remove_flock(file);
	if (file->f_op && file->f_op->release)
		file->f_op->release(file);
	if (file->f_mode & FMODE_WRITER)
		atomic_dec(&inode->i_writecount);
	if (file->f_mode & FMODE_EXEC)
		atomic_inc(&inode->i_writecount);
	if (file->f_dentry)
		dput(file->f_dentry);
	else if (inode)
		iput(inode);
	kmem_cache_free(filp_cache, file);
	atomic_long_dec(&nr_files);
}

/** fput - one reference less; the last closes the file. Context: may sleep, see above. */
void fput(struct file *f)
{
	if (atomic_dec_and_test(&f->f_count))
		__fput(f);
}

/**
 * filp_close - what a close means before the last one: POSIX locks go with any
 * @file: the reference is dropped
 * @owner: the table it was in
 *
 * Context: may sleep.
 * Return: 0.
 */
int filp_close(struct file *file, struct files_struct *owner)
{
	if (!list_empty(&file->f_inode->i_locks))
		locks_remove_posix(file, owner);
	fput(file);
	return 0;
}

/**
 * get_write_access - count one more writer of a file's contents
 * @inode: regular file
 *
 * i_writecount is the number of writers, or minus the number of those that
 * execute the file: the two exclude each other.
 *
 * Context: any.
 * Return: 0 or -ETXTBSY.
 */
int get_write_access(struct inode *inode)
{
	int n = atomic_read(&inode->i_writecount);
	int seen;

	for (;; n = seen) {
		if (n < 0)
			return -ETXTBSY;
		seen = atomic_cmpxchg(&inode->i_writecount, n, n + 1);
		if (seen == n)
			return 0;
	}
}

/* The opposite: nobody may write while this file is open. 0 or -ETXTBSY. */
int deny_write_access(struct file *file)
{
	atomic_t *count = &file->f_inode->i_writecount;
	int n = atomic_read(count);
	int seen;

	for (;; n = seen) {
		if (n > 0)
			return -ETXTBSY;
		seen = atomic_cmpxchg(count, n, n - 1);
		if (seen == n)
			break;
	}
	file->f_mode |= FMODE_EXEC;
	return 0;
}
