// SPDX-License-Identifier: GPL-2.0-only
/*
 * read_write.c - the system calls that move bytes, and the file position.
 *
 *	read(fd, buf, n)    one range       \
 *	readv(fd, iov, k)   several ranges   >  iov_iter --> f_op->read_iter(file, iter, &pos)
 *	pread(.., pos)      own position    /
 *
 * read, write, lseek on one regular file take turns on f_pos_lock, so that two
 * processes sharing an open file don't write over each other's bytes. A file
 * that nobody shares needs no lock, and pipes and terminals have no position.
 */
#include <linux-lite/file.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/slab.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/uio.h>
#include <linux-lite/vmalloc.h>
#include <asm/uaccess.h>

static bool pos_lock(struct file *file)
{
	if (!(file->f_mode & FMODE_POS) || atomic_read(&file->f_count) == 1)
		return false;
	mutex_lock(&file->f_pos_lock);
	return true;
}

static void pos_unlock(struct file *file, bool locked)
{
	if (locked)
		mutex_unlock(&file->f_pos_lock);
}

static ssize_t vfs_iter_read(struct file *file, struct iov_iter *iter, loff_t *pos)
{
	if (unlikely(!(file->f_mode & FMODE_READ)))
		return -EBADF;
	if (unlikely(!file->f_op->read_iter))
		return S_ISDIR(file->f_inode->i_mode) ? -EISDIR : -EINVAL;
	return file->f_op->read_iter(file, iter, pos);
}

static ssize_t vfs_iter_write(struct file *file, struct iov_iter *iter, loff_t *pos)
{
	if (unlikely(!(file->f_mode & FMODE_WRITE)))
		return -EBADF;
	if (unlikely(!file->f_op->write_iter))
		return -EINVAL;
	return file->f_op->write_iter(file, iter, pos);
}

/**
 * kernel_read - read into kernel memory
 * @file: open for reading
 * @buf: @count bytes
 * @count: wanted
 * @pos: where from; the file's own position stays
 *
 * Context: may sleep.
 * Return: bytes, fewer at the end; or as read(2).
 */
ssize_t kernel_read(struct file *file, void *buf, size_t count, loff_t pos)
{
	struct iovec iov = { buf, count };
	struct iov_iter iter;

	if (!file->f_op->read_iter)
		return -EINVAL;
	iov_iter_kernel(&iter, &iov, count);
	return file->f_op->read_iter(file, &iter, &pos);
}

/**
 * kernel_write - write from kernel memory
 * @file: open for writing
 * @buf: @count bytes
 * @count: how many
 * @pos: where to; moved on
 *
 * Context: may sleep.
 * Return: bytes, or as write(2).
 */
ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos)
{
	struct iovec iov = { (void *)buf, count };
	struct iov_iter iter;

	if (!file->f_op->write_iter)
		return -EINVAL;
	iov_iter_kernel(&iter, &iov, count);
	return file->f_op->write_iter(file, &iter, pos);
}

enum rw_dir { RW_READ, RW_WRITE };

/* What to read or write. @pos NULL: at the file's own position. */
static __always_inline int rw_begin(unsigned int fd, const loff_t *pos, struct fd *f)
{
	if (pos && *pos < 0)
		return -EINVAL;
	*f = fdget(fd);
	if (unlikely(!f->file))
		return -EBADF;
	if (!pos || f->file->f_mode & FMODE_LSEEK)
		return 0;
	fdput(*f);
	return -ESPIPE;
}

/* What all of them come to. */
static __always_inline ssize_t rw_iter(struct file *file, struct iov_iter *iter, loff_t *pos,
				       enum rw_dir dir)
{
	bool locked = false;
	ssize_t ret;

	if (!pos) {
		locked = pos_lock(file);
		pos = &file->f_pos;
	}
	ret = dir == RW_READ ? vfs_iter_read(file, iter, pos) : vfs_iter_write(file, iter, pos);
	pos_unlock(file, locked);
	return ret;
}

static __always_inline ssize_t rw_user(unsigned int fd, const void __user *buf, size_t count,
				       loff_t *pos, enum rw_dir dir)
{
	struct iovec iov = { (void *)buf, min(count, MAX_RW_COUNT) };
	struct iov_iter iter;
	struct fd f;
	ssize_t ret = rw_begin(fd, pos, &f);

	if (unlikely(ret))
		return ret;
	ret = -EFAULT;
	if (likely(access_ok(buf, count))) {
		iov_iter_init(&iter, &iov, iov.iov_len);
		ret = rw_iter(f.file, &iter, pos, dir);
	}
	fdput(f);
	return ret;
}

SYSCALL_DEFINE3(read, unsigned int, fd, char __user *, buf, size_t, count)
{
	return rw_user(fd, buf, count, NULL, RW_READ);
}

SYSCALL_DEFINE3(write, unsigned int, fd, const char __user *, buf, size_t, count)
{
	return rw_user(fd, buf, count, NULL, RW_WRITE);
}

SYSCALL_DEFINE4(pread64, unsigned int, fd, char __user *, buf, size_t, count, loff_t, pos)
{
	return rw_user(fd, buf, count, &pos, RW_READ);
}

SYSCALL_DEFINE4(pwrite64, unsigned int, fd, const char __user *, buf, size_t, count, loff_t, pos)
{
	return rw_user(fd, buf, count, &pos, RW_WRITE);
}

static ssize_t rw_vec(unsigned int fd, const struct iovec __user *vec, unsigned long nr,
		      loff_t *pos, enum rw_dir dir)
{
	struct iovec fast[UIO_FASTIOV], *iov;
	struct iov_iter iter;
	struct fd f;
	ssize_t ret = rw_begin(fd, pos, &f);

	if (ret)
		return ret;
	ret = import_iovec(vec, nr, fast, &iov, &iter);
	if (ret >= 0)
		ret = rw_iter(f.file, &iter, pos, dir);
	kvfree(iov);
	fdput(f);
	return ret;
}

SYSCALL_DEFINE3(readv, unsigned int, fd, const struct iovec __user *, vec, unsigned long, nr)
{
	return rw_vec(fd, vec, nr, NULL, RW_READ);
}

SYSCALL_DEFINE3(writev, unsigned int, fd, const struct iovec __user *, vec, unsigned long, nr)
{
	return rw_vec(fd, vec, nr, NULL, RW_WRITE);
}

/* On 64-bit machines the whole position is in pos_l. */
SYSCALL_DEFINE5(preadv, unsigned int, fd, const struct iovec __user *, vec, unsigned long, nr,
		unsigned long, pos_l, unsigned long, pos_h)
{
	loff_t pos = pos_l;

	return rw_vec(fd, vec, nr, &pos, RW_READ);
}

SYSCALL_DEFINE5(pwritev, unsigned int, fd, const struct iovec __user *, vec, unsigned long, nr,
		unsigned long, pos_l, unsigned long, pos_h)
{
	loff_t pos = pos_l;

	return rw_vec(fd, vec, nr, &pos, RW_WRITE);
}

SYSCALL_DEFINE6(preadv2, unsigned int, fd, const struct iovec __user *, vec, unsigned long, nr,
		unsigned long, pos_l, unsigned long, pos_h, int, flags)
{
	loff_t pos = pos_l;

	if (flags)
		return -EOPNOTSUPP;
	return rw_vec(fd, vec, nr, pos == -1 ? NULL : &pos, RW_READ);
}

SYSCALL_DEFINE6(pwritev2, unsigned int, fd, const struct iovec __user *, vec, unsigned long, nr,
		unsigned long, pos_l, unsigned long, pos_h, int, flags)
{
	loff_t pos = pos_l;

	if (flags)
		return -EOPNOTSUPP;
	return rw_vec(fd, vec, nr, pos == -1 ? NULL : &pos, RW_WRITE);
}

/** noop_llseek - lseek() that is allowed and means nothing: /dev/null. Context: any. */
loff_t noop_llseek(struct file *file, loff_t offset, int whence)
{
	return file->f_pos;
}

SYSCALL_DEFINE3(lseek, unsigned int, fd, loff_t, offset, unsigned int, whence)
{
	struct fd f = fdget(fd);
	loff_t ret = -ESPIPE;
	bool locked;

	if (!f.file)
		return -EBADF;
	if (whence > SEEK_HOLE) {
		ret = -EINVAL;
	} else if (f.file->f_op->llseek) {
		locked = pos_lock(f.file);
		ret = f.file->f_op->llseek(f.file, offset, whence);
		pos_unlock(f.file, locked);
	}
	fdput(f);
	return ret;
}

/* Between two files, through a page of kernel memory. */
static ssize_t copy_between(struct file *in, loff_t *in_pos, struct file *out, loff_t *out_pos,
			    size_t count)
{
	char *buf = get_zeroed_page(GFP_KERNEL);
	ssize_t total = 0, got = 0, put;

	if (!buf)
		return -ENOMEM;
	while (count) {
		got = kernel_read(in, buf, min(count, PAGE_SIZE), *in_pos);
		if (got <= 0)
			break;
		put = kernel_write(out, buf, got, out_pos);
		if (put > 0) {
			*in_pos += put;
			total += put;
			count -= put;
		}
		if (put < got) {
			got = put;
			break;
		}
		if (signal_pending(current))
			break;
	}
	free_page(buf);
	return total ? total : got;
}

/*
 * Copy from where @in_off says, or from the file's own position, to where @out_off says; and
 * say there where it ended. @regular: only between regular files, and never to append.
 */
static ssize_t copy_fds(int in_fd, loff_t __user *in_off, int out_fd, loff_t __user *out_off,
			size_t count, bool regular)
{
	struct fd in = fdget(in_fd), out = fdget(out_fd);
	loff_t in_pos, out_pos;
	ssize_t ret = -EBADF;

	if (!in.file || !out.file || !(in.file->f_mode & FMODE_READ) ||
	    !(out.file->f_mode & FMODE_WRITE))
		goto out;
	if (out.file->f_flags & O_APPEND) {
		ret = regular ? -EBADF : -EINVAL;
		goto out;
	}
	ret = -EINVAL;
	if (regular ? !S_ISREG(in.file->f_inode->i_mode) || !S_ISREG(out.file->f_inode->i_mode) :
		      !(in.file->f_mode & FMODE_LSEEK))
		goto out;
	in_pos = in.file->f_pos;
	out_pos = out.file->f_pos;
	ret = -EFAULT;
	if ((in_off && get_user(in_pos, in_off)) || (out_off && get_user(out_pos, out_off)))
		goto out;
	ret = -EINVAL;
	if (in_pos < 0 || out_pos < 0)
		goto out;
	ret = copy_between(in.file, &in_pos, out.file, &out_pos, min(count, MAX_RW_COUNT));
	if (!in_off)
		in.file->f_pos = in_pos;
	if (!out_off)
		out.file->f_pos = out_pos;
	if ((in_off && put_user(in_pos, in_off)) || (out_off && put_user(out_pos, out_off)))
		ret = -EFAULT;
out:
	if (in.file)
		fdput(in);
	if (out.file)
		fdput(out);
	return ret;
}

SYSCALL_DEFINE4(sendfile, int, out_fd, int, in_fd, loff_t __user *, offset, size_t, count)
{
	return copy_fds(in_fd, offset, out_fd, NULL, count, false);
}

SYSCALL_DEFINE6(copy_file_range, int, in_fd, loff_t __user *, in_off, int, out_fd,
		loff_t __user *, out_off, size_t, count, unsigned int, flags)
{
	return flags ? -EINVAL : copy_fds(in_fd, in_off, out_fd, out_off, count, true);
}
