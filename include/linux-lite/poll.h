/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * poll.h - waiting for several files at once. fs/select.c.
 *
 * A file's poll operation names the queues that will be woken and says what
 * holds now. It runs with the task's state already set to sleep, so it must not
 * sleep itself.
 *
 * Small cousin of Linux's include/linux/poll.h.
 */
#ifndef LINUX_LITE_POLL_H
#define LINUX_LITE_POLL_H

#include <linux-lite/abi/poll.h>
#include <linux-lite/file.h>
#include <linux-lite/wait.h>

struct poll_entry {
	struct wait_queue_entry wait;
	wait_queue_head_t *queue;
};

struct poll_table {
	unsigned int nr, room;		/* entries used, and allocated */
	struct poll_entry *entry;
	int error;			/* -ENOMEM: no room for a queue */
};

/* Called from poll operations; @pt may be NULL. */
void poll_wait(struct file *file, wait_queue_head_t *queue, struct poll_table *pt);

static inline unsigned int vfs_poll(struct file *file, struct poll_table *pt)
{
	if (!file->f_op->poll)
		return POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM;
	return file->f_op->poll(file, pt);
}

#endif
