// SPDX-License-Identifier: GPL-2.0-only
/*
 * pipe.c - a ring of bytes between writers and readers.
 *
 *	             tail                     head
 *	   +--------+--------+--------+--------+
 *	   |        | bytes  | bytes  |        |     pages are allocated when they
 *	   +--------+--------+--------+--------+     are first written to, and kept
 *	    page 0    page 1    ...     page 15
 *
 * head and tail count bytes ever written and read; they run freely and their
 * difference is what is in the pipe:
 *
 * I1  tail <= head <= tail + size
 * I2  byte b lies in page (b / PAGE_SIZE) mod nr_pages, at b mod PAGE_SIZE
 * I3  a page between tail and head is there
 *
 * When the pipe runs empty both are set back to 0, so that a small message
 * always uses the same, cache-warm page.
 *
 * A write of at most PIPE_BUF bytes goes in as a whole: it waits until all of it
 * fits. Larger ones go in pieces as room comes. The mutex orders readers and
 * writers; sleeping is on two queues, one for each side, and a side is woken
 * only when the other side may have been waiting: the pipe was empty, or full.
 *
 * Small cousin of Linux's fs/pipe.c; left out: buffers that refer to other
 * pages (splice), packet mode.
 */
#include <linux-lite/abi/termios.h>
#include <linux-lite/file.h>
#include <linux-lite/pipe.h>
#include <linux-lite/poll.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/slab.h>
#include <linux-lite/uio.h>
#include <linux-lite/vmalloc.h>
#include <asm/uaccess.h>

#define PIPE_DEF_PAGES	16u		/* 64 KiB */

/**
 * alloc_pipe_info - an empty pipe without users
 *
 * Context: may sleep.
 * Return: the pipe, or NULL.
 */
struct pipe_inode_info *alloc_pipe_info(void)
{
	struct pipe_inode_info *pipe = kzalloc(sizeof(*pipe), GFP_KERNEL);

	if (!pipe)
		return NULL;
	pipe->pages = kcalloc(PIPE_DEF_PAGES, sizeof(*pipe->pages), GFP_KERNEL);
	if (!pipe->pages) {
		kfree(pipe);
		return NULL;
	}
	pipe->nr_pages = PIPE_DEF_PAGES;
	mutex_init(&pipe->mutex, RANK_PIPE, "pipe");
	init_waitqueue_head(&pipe->rd_wait);
	init_waitqueue_head(&pipe->wr_wait);
	return pipe;
}

/** free_pipe_info - free a pipe nobody has open, with what is left in it. Context: any. */
void free_pipe_info(struct pipe_inode_info *pipe)
{
	for (unsigned int i = 0; i < pipe->nr_pages; i++)
		free_page(pipe->pages[i]);
	kvfree(pipe->pages);
	kfree(pipe);
}

static unsigned long pipe_used(const struct pipe_inode_info *pipe)
{
	return READ_ONCE(pipe->head) - READ_ONCE(pipe->tail);
}

static unsigned long pipe_size(const struct pipe_inode_info *pipe)
{
	return (unsigned long)pipe->nr_pages * PAGE_SIZE;
}

/* Where byte @at lies, and how many lie together there. */
static char **pipe_slot(struct pipe_inode_info *pipe, unsigned long at, size_t *offset)
{
	*offset = at % PAGE_SIZE;
	return &pipe->pages[(at / PAGE_SIZE) % pipe->nr_pages];
}

/* Move bytes out; mutex held. Bytes moved, fewer than there are only after a fault. */
static size_t pipe_drain(struct pipe_inode_info *pipe, struct iov_iter *to)
{
	size_t done = 0, offset, n, copied;
	char **slot;

	while (iov_iter_count(to) && pipe->tail != pipe->head) {
		slot = pipe_slot(pipe, pipe->tail, &offset);
		n = min(PAGE_SIZE - offset, pipe_used(pipe));
		n = min(n, iov_iter_count(to));
		copied = copy_to_iter(*slot + offset, n, to);
		pipe->tail += copied;
		done += copied;
		if (copied < n)
			break;
	}
	if (pipe->tail == pipe->head)
		pipe->tail = pipe->head = 0;
	return done;
}

static ssize_t pipe_read_iter(struct file *file, struct iov_iter *to, loff_t *pos)
{
	struct pipe_inode_info *pipe = file->private_data;
	bool was_full;
	ssize_t ret;

	if (!iov_iter_count(to))
		return 0;
	mutex_lock(&pipe->mutex);
	while (pipe->head == pipe->tail) {
		ret = 0;
		if (!pipe->writers)
			goto out;
		ret = -EAGAIN;
		if (file->f_flags & O_NONBLOCK)
			goto out;
		mutex_unlock(&pipe->mutex);
		ret = wait_event_interruptible(pipe->rd_wait, pipe_used(pipe) ||
					       !READ_ONCE(pipe->writers));
		if (ret)
			return ret;
		mutex_lock(&pipe->mutex);
	}
	was_full = pipe_used(pipe) > pipe_size(pipe) - PIPE_BUF;
	ret = pipe_drain(pipe, to);
	if (!ret)
		ret = -EFAULT;
	mutex_unlock(&pipe->mutex);
	if (was_full)
		wake_up_all(&pipe->wr_wait);
	return ret;
out:
	mutex_unlock(&pipe->mutex);
	return ret;
}

/* Move bytes in, as many as there is room for; mutex held. Bytes, or -errno if none. */
static ssize_t pipe_fill(struct pipe_inode_info *pipe, struct iov_iter *from)
{
	unsigned long room = pipe_size(pipe) - pipe_used(pipe);
	size_t done = 0, offset, n, copied;
	char **slot;

	while (iov_iter_count(from) && room) {
		slot = pipe_slot(pipe, pipe->head, &offset);
		if (!*slot) {
			*slot = __get_free_page(GFP_KERNEL);
			if (!*slot)
				return done ? (ssize_t)done : -ENOMEM;
		}
		n = min(PAGE_SIZE - offset, room);
		n = min(n, iov_iter_count(from));
		copied = copy_from_iter(*slot + offset, n, from);
		pipe->head += copied;
		room -= copied;
		done += copied;
		if (copied < n)
			return done ? (ssize_t)done : -EFAULT;
	}
	return done;
}

/* Room for a write of this size to begin: all of it, or anything at all for a large one. */
static bool pipe_writable(const struct pipe_inode_info *pipe, size_t count)
{
	unsigned long room = pipe_size(pipe) - pipe_used(pipe);

	return count <= PIPE_BUF ? room >= count : room > 0;
}

static ssize_t pipe_write_iter(struct file *file, struct iov_iter *from, loff_t *pos)
{
	struct pipe_inode_info *pipe = file->private_data;
	size_t done = 0, left = iov_iter_count(from);
	ssize_t ret = 0;
	bool was_empty = false;

	if (!left)
		return 0;
	mutex_lock(&pipe->mutex);
	while (left) {
		if (!pipe->readers) {
			ret = -EPIPE;
			break;
		}
		if (pipe_writable(pipe, done ? PIPE_BUF + 1 : left)) {
			was_empty |= pipe->head == pipe->tail;
			ret = pipe_fill(pipe, from);
			if (ret < 0)
				break;
			done += ret;
			left = iov_iter_count(from);
			continue;
		}
		ret = -EAGAIN;
		if (file->f_flags & O_NONBLOCK)
			break;
		mutex_unlock(&pipe->mutex);
		wake_up_all(&pipe->rd_wait);
		was_empty = false;
		ret = wait_event_interruptible(pipe->wr_wait, !READ_ONCE(pipe->readers) ||
				pipe_writable(pipe, done ? PIPE_BUF + 1 : left));
		mutex_lock(&pipe->mutex);
		if (ret)
			break;
	}
	mutex_unlock(&pipe->mutex);
	if (was_empty)
		wake_up_all(&pipe->rd_wait);
	if (ret == -EPIPE)
		send_sig_info(SIGPIPE, NULL, current, false);
	return done ? (ssize_t)done : ret;
}

static unsigned int pipe_poll(struct file *file, struct poll_table *pt)
{
	struct pipe_inode_info *pipe = file->private_data;
	unsigned int events = 0;

	if (file->f_mode & FMODE_READ) {
		poll_wait(file, &pipe->rd_wait, pt);
		if (pipe_used(pipe))
			events |= POLLIN | POLLRDNORM;
		if (!READ_ONCE(pipe->writers) && file->f_version != pipe->w_counter)
			events |= POLLHUP;
	}
	if (file->f_mode & FMODE_WRITE) {
		poll_wait(file, &pipe->wr_wait, pt);
		if (pipe_writable(pipe, PIPE_BUF))
			events |= POLLOUT | POLLWRNORM;
		if (!READ_ONCE(pipe->readers))
			events |= POLLERR;
	}
	return events;
}

static long pipe_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	if (cmd != FIONREAD)
		return -ENOTTY;
	return put_user((int)pipe_used(file->private_data), (int __user *)arg);
}

/**
 * pipe_resize - fcntl(F_SETPIPE_SZ)
 * @file: an end of a pipe
 * @size: bytes wanted; rounded up to pages, a power of two of them
 *
 * Context: may sleep.
 * Return: the new size; -EBUSY when more is in it, -EPERM beyond 1 MiB, -ENOMEM, -EINVAL.
 */
long pipe_resize(struct file *file, unsigned long size)
{
	struct pipe_inode_info *pipe = file->private_data;
	unsigned int nr = 1, first, used;
	long ret = -EBUSY;
	char **pages;

	if (!size || size > (1UL << 31))
		return -EINVAL;
	if (size > MiB(1) && current->euid)
		return -EPERM;
	while (nr * PAGE_SIZE < size)
		nr *= 2;
	pages = kvcalloc(nr, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	mutex_lock(&pipe->mutex);
	first = pipe->tail / PAGE_SIZE;
	used = DIV_ROUND_UP(pipe->head, PAGE_SIZE) - first;
	if (used <= nr) {
		for (unsigned int i = 0; i < pipe->nr_pages; i++) {
			char *page = pipe->pages[(first + i) % pipe->nr_pages];

			if (i < nr)
				pages[i] = page;
			else
				free_page(page);
		}
		pipe->head -= (unsigned long)first * PAGE_SIZE;
		pipe->tail -= (unsigned long)first * PAGE_SIZE;
		swap(pages, pipe->pages);
		pipe->nr_pages = nr;
		ret = nr * PAGE_SIZE;
	}
	mutex_unlock(&pipe->mutex);
	wake_up_all(&pipe->wr_wait);
	kvfree(pages);
	return ret;
}

/** pipe_get_size - fcntl(F_GETPIPE_SZ): bytes. Context: any. */
long pipe_get_size(struct file *file)
{
	return pipe_size(file->private_data);
}

static void pipe_release(struct file *file)
{
	struct pipe_inode_info *pipe = file->private_data;

	mutex_lock(&pipe->mutex);
	if (file->f_mode & FMODE_READ)
		pipe->readers--;
	if (file->f_mode & FMODE_WRITE)
		pipe->writers--;
	mutex_unlock(&pipe->mutex);
	wake_up_all(&pipe->rd_wait);
	wake_up_all(&pipe->wr_wait);
	pipe_put(file->f_inode);
}

const struct file_operations pipe_file_operations = {
	.read_iter = pipe_read_iter,
	.write_iter = pipe_write_iter,
	.poll = pipe_poll,
	.ioctl = pipe_ioctl,
	.release = pipe_release,
};
