/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * uio.h - where the bytes of a read or write go: one user range, several
 * (readv), or kernel memory. fs/iov_iter.c.
 *
 * Small cousin of Linux's include/linux/uio.h.
 */
#ifndef LINUX_LITE_UIO_H
#define LINUX_LITE_UIO_H

#include <linux-lite/abi/fcntl.h>
#include <linux-lite/compiler.h>

/* The longest transfer of one call: what fits an int, in whole pages. */
#define MAX_RW_COUNT	((size_t)(0x7fffffff & ~0xfff))

struct iov_iter {
	size_t count;			/* bytes left */
	size_t offset;			/* done in *iov */
	const struct iovec *iov;	/* the present range */
	bool kernel;			/* the ranges are kernel memory */
};

static inline size_t iov_iter_count(const struct iov_iter *i)
{
	return i->count;
}

static inline void iov_iter_init(struct iov_iter *i, const struct iovec *iov, size_t count)
{
	i->count = count;
	i->offset = 0;
	i->iov = iov;
	i->kernel = false;
}

static inline void iov_iter_kernel(struct iov_iter *i, const struct iovec *iov, size_t count)
{
	iov_iter_init(i, iov, count);
	i->kernel = true;
}

/* Each returns the bytes done: fewer than @n only at the end, or after a fault. May sleep. */
size_t copy_to_iter(const void *from, size_t n, struct iov_iter *i);
size_t copy_from_iter(void *to, size_t n, struct iov_iter *i);
size_t iov_iter_zero(size_t n, struct iov_iter *i);
void iov_iter_advance(struct iov_iter *i, size_t n);

/**
 * import_iovec - fetch and check the ranges of readv(2)
 * @fast: room for UIO_FASTIOV ranges on the caller's stack
 * @iovp: what to kfree afterwards (NULL when fast was enough)
 * Return: total bytes, or -EINVAL, -EFAULT, -ENOMEM.
 */
#define UIO_FASTIOV	8
ssize_t import_iovec(const struct iovec __user *uvec, unsigned long nr, struct iovec *fast,
		     struct iovec **iovp, struct iov_iter *i);

#endif
