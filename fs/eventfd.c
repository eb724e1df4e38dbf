// SPDX-License-Identifier: GPL-2.0-only
/*
 * eventfd.c - eventfd2(2): a 64-bit counter with a descriptor.
 *
 *	write(8 bytes)   counter += value       waits while it would pass 2^64 - 2
 *	read(8 bytes)    value = counter, 0     waits while it is 0
 *	                 (EFD_SEMAPHORE: value = 1, counter -= 1)
 */
#include <linux-lite/poll.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/uio.h>

struct eventfd {
	spinlock_t lock;		/* RANK_DRIVER, interrupts off */
	u64 count;			/* lock */
	bool semaphore;			/* (c) */
	wait_queue_head_t wait;
};

static bool eventfd_take(struct eventfd *e, u64 *value)
{
	spin_lock_irq(&e->lock);
	*value = e->semaphore && e->count ? 1 : e->count;
	e->count -= *value;
	spin_unlock_irq(&e->lock);
	return *value;
}

static bool eventfd_add(struct eventfd *e, u64 value)
{
	bool fits;

	spin_lock_irq(&e->lock);
	fits = value < ~0UL - e->count;
	if (fits)
		e->count += value;
	spin_unlock_irq(&e->lock);
	return fits;
}

static ssize_t eventfd_read(struct file *file, struct iov_iter *to, loff_t *pos)
{
	struct eventfd *e = file->private_data;
	u64 value;
	int err;

	if (iov_iter_count(to) < sizeof(value))
		return -EINVAL;
	while (!eventfd_take(e, &value)) {
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		err = wait_event_interruptible(e->wait, READ_ONCE(e->count) > 0);
		if (err)
			return err;
	}
	wake_up_all(&e->wait);
	return copy_to_iter(&value, sizeof(value), to) == sizeof(value) ?
	       (ssize_t)sizeof(value) : -EFAULT;
}

static ssize_t eventfd_write(struct file *file, struct iov_iter *from, loff_t *pos)
{
	struct eventfd *e = file->private_data;
	u64 value;
	int err;

	if (iov_iter_count(from) < sizeof(value))
		return -EINVAL;
	if (copy_from_iter(&value, sizeof(value), from) != sizeof(value))
		return -EFAULT;
	if (value == ~0UL)
		return -EINVAL;
	while (!eventfd_add(e, value)) {
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		err = wait_event_interruptible(e->wait, value < ~0UL - READ_ONCE(e->count));
		if (err)
			return err;
	}
	wake_up_all(&e->wait);
	return sizeof(value);
}

static unsigned int eventfd_poll(struct file *file, struct poll_table *pt)
{
	struct eventfd *e = file->private_data;
	u64 count;

	poll_wait(file, &e->wait, pt);
	count = READ_ONCE(e->count);
	return (count ? POLLIN | POLLRDNORM : 0) | (count < ~0UL - 1 ? POLLOUT | POLLWRNORM : 0);
}

static void eventfd_release(struct file *file)
{
	kfree(file->private_data);
}

static const struct file_operations eventfd_fops = {
	.read_iter = eventfd_read,
	.write_iter = eventfd_write,
	.poll = eventfd_poll,
	.release = eventfd_release,
};

SYSCALL_DEFINE2(eventfd2, unsigned int, count, int, flags)
{
	struct eventfd *e;
	struct inode *inode;
	struct file *file;
	int fd;

	if (flags & ~(EFD_SEMAPHORE | EFD_CLOEXEC | EFD_NONBLOCK))
		return -EINVAL;
	e = kzalloc(sizeof(*e), GFP_KERNEL);
	if (!e)
		return -ENOMEM;
	spin_lock_init(&e->lock, RANK_DRIVER);
	init_waitqueue_head(&e->wait);
	e->count = count;
	e->semaphore = flags & EFD_SEMAPHORE;
	inode = new_inode(anon_sb, 0600);
	file = inode ? alloc_file_anon(inode, O_RDWR | (flags & EFD_NONBLOCK), &eventfd_fops,
				       "anon_inode:[eventfd]") : ERR_PTR(-ENOMEM);
	if (IS_ERR(file)) {
		kfree(e);
		return PTR_ERR(file);
	}
	file->private_data = e;
	fd = get_unused_fd_flags(flags & EFD_CLOEXEC ? O_CLOEXEC : 0);
	if (fd < 0)
		fput(file);
	else
		fd_install(fd, file);
	return fd;
}
