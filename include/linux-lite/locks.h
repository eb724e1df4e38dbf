/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * locks.h - advisory file locks. fs/locks.c.
 */
#ifndef LINUX_LITE_LOCKS_H
#define LINUX_LITE_LOCKS_H

#include <linux-lite/fs.h>

/**
 * fcntl_lock - fcntl(2)'s F_GETLK, F_SETLK, F_SETLKW and their F_OFD_ kin
 *
 * Context: may sleep.
 * Return: 0; -EAGAIN, -EBADF, -EINVAL, -EFAULT, -ENOMEM, -ERESTARTSYS.
 */
long fcntl_lock(struct file *file, unsigned int cmd, struct flock __user *ul);

#endif
