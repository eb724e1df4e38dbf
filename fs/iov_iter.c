// SPDX-License-Identifier: GPL-2.0-only
/*
 * iov_iter.c - walking over the memory of a read or write; see uio.h.
 *
 *	iov[0]           iov[1]       iov[2]
 *	|=======|---|    |-------|    |--|        = done   - left (count bytes)
 *	        ^offset
 *
 * I1  count is the sum of what is left in the present and all later ranges.
 * I2  offset < iov->iov_len, unless count is 0 or the range is empty.
 *
 * A fault ends a copy early: what was copied counts as done, and the caller
 * makes -EFAULT of it only if it was nothing.
 */
#include <linux-lite/err.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/uio.h>
#include <linux-lite/vmalloc.h>
#include <asm/uaccess.h>

/* Where the iterator stands, and how many of @n bytes lie together there. */
static char *iov_span(struct iov_iter *i, size_t n, size_t *span)
{
	while (i->offset == i->iov->iov_len) {
		i->iov++;
		i->offset = 0;
	}
	*span = min(n, i->iov->iov_len - i->offset);
	return (char *)i->iov->iov_base + i->offset;
}

/*
 * Does something with @n bytes at @p, kernel memory or the user's, and as many at @buf + @at.
 * Return: how many were left, at a fault.
 */
typedef size_t span_fn(bool kernel, char *p, void *buf, size_t at, size_t n);

/* Up to @n bytes, span by span. Return: bytes done. */
static __always_inline size_t for_each_span(struct iov_iter *i, size_t n, void *buf, span_fn *fn)
{
	size_t done = 0, span, left = 0;

	n = min(n, i->count);
	while (done < n && !left) {
		char *p = iov_span(i, n - done, &span);

		left = fn(i->kernel, p, buf, done, span);
		span -= left;
		i->offset += span;
		i->count -= span;
		done += span;
	}
	return done;
}

static __always_inline size_t to_span(bool kernel, char *p, void *from, size_t at, size_t n)
{
	if (!kernel)
		return copy_to_user((void __user *)p, from + at, n);
	memcpy(p, from + at, n);
	return 0;
}

static __always_inline size_t from_span(bool kernel, char *p, void *to, size_t at, size_t n)
{
	if (!kernel)
		return raw_copy_from_user(to + at, (const void __user *)p, n);
	memcpy(to + at, p, n);
	return 0;
}

static __always_inline size_t zero_span(bool kernel, char *p, void *none, size_t at, size_t n)
{
	if (!kernel)
		return clear_user((void __user *)p, n);
	memset(p, 0, n);
	return 0;
}

static __always_inline size_t pass_span(bool kernel, char *p, void *none, size_t at, size_t n)
{
	return 0;
}

/**
 * copy_to_iter - hand kernel bytes to the reader
 * @from: kernel memory
 * @n: bytes there
 * @i: advanced by what was copied
 *
 * Context: may sleep when the iterator is over user memory.
 * Return: bytes copied: less than @n at the iterator's end, or at a fault.
 */
size_t copy_to_iter(const void *from, size_t n, struct iov_iter *i)
{
	return for_each_span(i, n, (void *)from, to_span);
}

/**
 * copy_from_iter - fetch bytes from the writer
 * @to: kernel memory
 * @n: bytes wanted
 * @i: advanced by what was copied
 *
 * Behind a fault @to keeps what it had: it may be a page of a file.
 *
 * Context, Return: as copy_to_iter.
 */
size_t copy_from_iter(void *to, size_t n, struct iov_iter *i)
{
	return for_each_span(i, n, to, from_span);
}

/* As copy_to_iter, from an endless supply of zeroes. */
size_t iov_iter_zero(size_t n, struct iov_iter *i)
{
	return for_each_span(i, n, NULL, zero_span);
}

/* Pass over @n bytes, at most what is left. Context: any. */
void iov_iter_advance(struct iov_iter *i, size_t n)
{
	for_each_span(i, n, NULL, pass_span);
}

/**
 * import_iovec - fetch and check the ranges of a readv(2)
 * @uvec: user memory
 * @nr: ranges
 * @fast: room for UIO_FASTIOV of them
 * @iovp: set to what is to be kvfree'd in any case, or NULL
 * @i: set up
 *
 * Context: may sleep.
 * Return: bytes in all; -EINVAL, -EFAULT, -ENOMEM.
 */
ssize_t import_iovec(const struct iovec __user *uvec, unsigned long nr, struct iovec *fast,
		     struct iovec **iovp, struct iov_iter *i)
{
	struct iovec *iov = fast;
	size_t total = 0;

	*iovp = NULL;
	if (nr > UIO_MAXIOV)
		return -EINVAL;
	if (nr > UIO_FASTIOV) {
		iov = kvmalloc_array(nr, sizeof(*iov), GFP_KERNEL);
		if (!iov)
			return -ENOMEM;
		*iovp = iov;
	}
	if (copy_from_user(iov, uvec, nr * sizeof(*iov)))
		return -EFAULT;
	for (unsigned long n = 0; n < nr; n++) {
		ssize_t len = iov[n].iov_len;

		if (len < 0)
			return -EINVAL;
		if (!access_ok((void __user *)iov[n].iov_base, len))
			return -EFAULT;
		iov[n].iov_len = min((size_t)len, MAX_RW_COUNT - total);
		total += iov[n].iov_len;
	}
	iov_iter_init(i, iov, total);
	return total;
}
