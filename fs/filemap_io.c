// SPDX-License-Identifier: GPL-2.0-only
/*
 * filemap_io.c - read, write, seek and fallocate on a file whose pages are in
 * the page cache.
 *
 *	read(pos, n)                         write(pos, n)      [i_rwsem]
 *	  page cached?  copy_to_iter           read_mapping_page (made if missing)
 *	  not cached:   tmpfs: it is a hole,   copy_from_iter
 *	                zeroes; a disk: read   set_page_dirty, i_size grows
 *
 * The very same pages are mapped by mmap(): a store through a mapping is seen by
 * the next read(), with nothing to keep in step.
 *
 * Reading takes no lock. It sees each page as it is at that moment; a truncate
 * that runs beside it may leave it a page that is out of the file already,
 * which is as if the read had come first.
 */
#include <linux-lite/file.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/uio.h>
#include <asm/cacheflush.h>

/* A page to read from; NULL: a hole. */
static struct page *page_to_read(struct address_space *mapping, pgoff_t index)
{
	struct page *page = find_get_page(mapping, index);

	if (page && (test_page_flag(page, PG_uptodate) || !mapping->a_ops->read_folio))
		return page;
	if (page)
		put_page(page);
	if (!mapping->a_ops->read_folio)
		return NULL;
	return read_mapping_page(mapping, index);
}

/**
 * generic_file_read_iter - read from the page cache
 * @file: f_mapping is what is read
 * @to: where to
 * @pos: where from; moved on
 *
 * Context: may sleep.
 * Return: bytes, 0 at the end; if none: -EFAULT, -EIO, -ENOMEM.
 */
ssize_t generic_file_read_iter(struct file *file, struct iov_iter *to, loff_t *pos)
{
	struct address_space *mapping = file->f_mapping;
	loff_t at = *pos;
	ssize_t done = 0, err = 0;

	while (iov_iter_count(to)) {
		loff_t size = READ_ONCE(mapping->size);
		size_t offset = at & ~PAGE_MASK;
		size_t n = min(iov_iter_count(to), PAGE_SIZE - offset);
		struct page *page;
		size_t copied;

		if (at >= size)
			break;
		n = min(n, (size_t)(size - at));
		page = page_to_read(mapping, at >> PAGE_SHIFT);
		if (IS_ERR(page)) {
			err = PTR_ERR(page);
			break;
		}
		if (page) {
			copied = copy_to_iter((char *)page_address(page) + offset, n, to);
			put_page(page);
		} else {
			copied = iov_iter_zero(n, to);
		}
		at += copied;
		done += copied;
		if (copied < n) {
			err = -EFAULT;
			break;
		}
	}
	*pos = at;
	touch_atime(file);
	return done ? done : err;
}

/* RLIMIT_FSIZE and the largest offset: how much of *@count may be written at @pos. */
static int write_limits(struct file *file, loff_t pos, size_t *count)
{
	unsigned long limit = current->signal->rlim[RLIMIT_FSIZE].rlim_cur;

	if (!S_ISREG(file->f_inode->i_mode))
		limit = RLIM_INFINITY;
	if ((unsigned long)pos >= limit) {
		send_sig_info(SIGXFSZ, NULL, current, false);
		return -EFBIG;
	}
	if (*count > limit - pos)
		*count = limit - pos;
	if (pos >= MAX_LFS_FILESIZE)
		return -EFBIG;
	*count = min(*count, (size_t)(MAX_LFS_FILESIZE - pos));
	return 0;
}

/* i_rwsem held. Bytes written, or -errno if none. */
static ssize_t write_pages(struct address_space *mapping, struct iov_iter *from, loff_t pos,
			   size_t count)
{
	struct inode *inode = mapping->host;
	ssize_t done = 0, err = 0;

	while ((size_t)done < count) {
		size_t offset = pos & ~PAGE_MASK;
		size_t n = min(count - done, PAGE_SIZE - offset);
		struct page *page = read_mapping_page(mapping, pos >> PAGE_SHIFT);
		size_t copied;

		if (IS_ERR(page)) {
			err = PTR_ERR(page);
			break;
		}
		copied = copy_from_iter((char *)page_address(page) + offset, n, from);
		if (copied) {
			flush_dcache_page(page);
			set_page_dirty(page);
		}
		put_page(page);
		pos += copied;
		done += copied;
		if (pos > mapping->size)
			i_size_write(inode, pos);
		if (copied < n) {
			err = -EFAULT;
			break;
		}
		if (fatal_signal_pending(current)) {
			err = -EINTR;
			break;
		}
	}
	return done ? done : err;
}

/**
 * generic_file_write_iter - write to the page cache
 * @file: f_mapping is what is written
 * @from: where from
 * @pos: where to, but for O_APPEND; moved on
 *
 * Context: may sleep; takes i_rwsem.
 * Return: bytes; if none: -EFAULT, -EFBIG (with SIGXFSZ), -ENOSPC, -ENOMEM, -EIO, -EINTR.
 */
ssize_t generic_file_write_iter(struct file *file, struct iov_iter *from, loff_t *pos)
{
	struct inode *inode = file->f_mapping->host;
	size_t count = iov_iter_count(from);
	ssize_t done;
	loff_t at;

	if (!count)
		return 0;
	inode_lock(inode);
	at = file->f_flags & O_APPEND ? i_size_read(inode) : *pos;
	done = write_limits(file, at, &count);
	if (!done) {
		if (inode->i_mode & (S_ISUID | S_ISGID) && current->fsuid && S_ISREG(inode->i_mode))
			inode->i_mode &= ~(S_ISUID | S_ISGID);
		done = write_pages(file->f_mapping, from, at, count);
	}
	if (done > 0) {
		*pos = at + done;
		inode_modified(file->f_inode);
	}
	inode_unlock(inode);
	return done;
}

/* From @offset on, the first page that is (@data) or is not there; bytes, at most @size. */
static loff_t seek_hole_data(struct address_space *mapping, loff_t offset, loff_t size, bool data)
{
	unsigned long index = offset >> PAGE_SHIFT;
	struct page *page;

	if (data) {		/* at once: a hole may be of 2^50 pages */
		spin_lock(&mapping->lock);
		page = xa_find(&mapping->i_pages, &index, (size - 1) >> PAGE_SHIFT, XA_PRESENT);
		spin_unlock(&mapping->lock);
		return page ? max(offset, (loff_t)(index << PAGE_SHIFT)) : -ENXIO;
	}
	for (; offset < size; offset = (offset & PAGE_MASK) + PAGE_SIZE) {
		page = find_get_page(mapping, offset >> PAGE_SHIFT);
		if (!page)
			return offset;
		put_page(page);
		cond_resched();
	}
	return size;
}

/**
 * generic_file_llseek - lseek(2) on a file of known size
 * @file: f_pos is moved
 * @offset: relative to what @whence says
 * @whence: SEEK_*, also DATA and HOLE
 *
 * Context: may sleep; f_pos_lock held if the file is shared.
 * Return: the new position; -EINVAL, -EOVERFLOW, -ENXIO.
 */
loff_t generic_file_llseek(struct file *file, loff_t offset, int whence)
{
	loff_t size = READ_ONCE(file->f_mapping->size);

	switch (whence) {
	case SEEK_SET:
		break;
	case SEEK_CUR:
		if (__builtin_add_overflow(offset, file->f_pos, &offset))
			return -EOVERFLOW;
		break;
	case SEEK_END:
		if (__builtin_add_overflow(offset, size, &offset))
			return -EOVERFLOW;
		break;
	case SEEK_DATA:
	case SEEK_HOLE:
		if (offset < 0 || offset >= size)
			return -ENXIO;
		offset = seek_hole_data(file->f_mapping, offset, size, whence == SEEK_DATA);
		if (offset < 0)
			return offset;
		break;
	default:
		return -EINVAL;
	}
	if (offset < 0)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}

/* posix_fallocate: have pages for [start, end). i_rwsem held. */
static int fill_range(struct address_space *mapping, loff_t start, loff_t end)
{
	for (pgoff_t i = start >> PAGE_SHIFT; i < DIV_ROUND_UP((pgoff_t)end, PAGE_SIZE); i++) {
		struct page *page = read_mapping_page(mapping, i);

		if (IS_ERR(page))
			return PTR_ERR(page);
		set_page_dirty(page);
		put_page(page);
		if (signal_pending(current))
			return -EINTR;
	}
	return 0;
}

static int do_fallocate(struct file *file, int mode, loff_t offset, loff_t len)
{
	struct inode *inode = file->f_inode;
	bool punch = mode & (FALLOC_FL_PUNCH_HOLE | FALLOC_FL_ZERO_RANGE);
	size_t count = len;
	int err = 0;

	inode_lock(inode);
	if (punch)
		truncate_pagecache_range(&inode->i_data, offset, offset + len);
	if (!(mode & FALLOC_FL_PUNCH_HOLE)) {
		if (offset + len > i_size_read(inode) && !(mode & FALLOC_FL_KEEP_SIZE)) {
			err = write_limits(file, offset, &count);
			if (!err && count < (size_t)len)
				err = -EFBIG;
		}
		if (!err)
			err = fill_range(&inode->i_data, offset, offset + len);
		if (!err && !(mode & FALLOC_FL_KEEP_SIZE) && offset + len > i_size_read(inode))
			i_size_write(inode, offset + len);
	}
	if (!err)
		inode_modified(inode);
	inode_unlock(inode);
	return err;
}

/**
 * vfs_fallocate - have room in a file, or have none
 * @file: open for writing
 * @mode: FALLOC_FL_*
 * @offset: byte
 * @len: bytes, > 0
 *
 * Context: may sleep; takes i_rwsem, so not under mmap_lock.
 * Return: 0; -EINVAL, -EOPNOTSUPP, -EBADF, -ESPIPE, -ENODEV, -EFBIG, -ENOSPC, -ENOMEM, -EINTR.
 */
int vfs_fallocate(struct file *file, int mode, loff_t offset, loff_t len)
{
	if (offset < 0 || len <= 0)
		return -EINVAL;
	if (mode & ~(FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE | FALLOC_FL_ZERO_RANGE) ||
	    ((mode & FALLOC_FL_PUNCH_HOLE) && mode != (FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE)))
		return -EOPNOTSUPP;
	if (!(file->f_mode & FMODE_WRITE))
		return -EBADF;
	if (!S_ISREG(file->f_inode->i_mode))
		return S_ISFIFO(file->f_inode->i_mode) ? -ESPIPE : -ENODEV;
	if (len > MAX_LFS_FILESIZE - offset)
		return -EFBIG;
	return do_fallocate(file, mode, offset, len);
}

SYSCALL_DEFINE4(fallocate, int, fd, int, mode, loff_t, offset, loff_t, len)
{
	struct fd f = fdget(fd);
	int err;

	if (!f.file)
		return -EBADF;
	err = vfs_fallocate(f.file, mode, offset, len);
	fdput(f);
	return err;
}
