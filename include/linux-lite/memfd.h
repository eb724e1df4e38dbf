/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * memfd.h - memory with a descriptor. fs/memfd.c.
 */
#ifndef LINUX_LITE_MEMFD_H
#define LINUX_LITE_MEMFD_H

struct file;

void memfd_init(void);
/* F_ADD_SEALS, F_GET_SEALS. */
long memfd_fcntl(struct file *file, unsigned int cmd, unsigned long arg);

#endif
