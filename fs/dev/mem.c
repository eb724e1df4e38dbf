// SPDX-License-Identifier: GPL-2.0-only
/*
 * mem.c - /dev/null, /dev/zero, /dev/full.
 *
 * Mapping /dev/zero is how programs got anonymous memory before MAP_ANONYMOUS,
 * and it means just that: the area has no file.
 */
#include <linux-lite/devices.h>
#include <linux-lite/file.h>
#include <linux-lite/mman.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/uio.h>

static ssize_t null_read(struct file *file, struct iov_iter *to, loff_t *pos)
{
	return 0;
}

static ssize_t null_write(struct file *file, struct iov_iter *from, loff_t *pos)
{
	size_t n = iov_iter_count(from);

	iov_iter_advance(from, n);
	return n;
}

static ssize_t full_write(struct file *file, struct iov_iter *from, loff_t *pos)
{
	return -ENOSPC;
}

static ssize_t zero_read(struct file *file, struct iov_iter *to, loff_t *pos)
{
	size_t want, got, done = 0;

	while ((want = min(iov_iter_count(to), PAGE_SIZE)) != 0) {
		got = iov_iter_zero(want, to);
		done += got;
		if (got < want)
			return done ? (ssize_t)done : -EFAULT;
		if (signal_pending(current))
			break;
		cond_resched();
	}
	return done;
}

static int zero_mmap(struct file *file, struct mmap_request *req)
{
	req->pgoff = 0;
	return 0;	/* no file, no mapping: anonymous memory */
}

const struct file_operations null_fops = {
	.read_iter = null_read,
	.write_iter = null_write,
	.llseek = noop_llseek,
};

const struct file_operations zero_fops = {
	.read_iter = zero_read,
	.write_iter = null_write,
	.llseek = noop_llseek,
	.mmap = zero_mmap,
};

const struct file_operations full_fops = {
	.read_iter = zero_read,
	.write_iter = full_write,
	.llseek = noop_llseek,
};
