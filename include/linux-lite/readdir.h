/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * readdir.h - listing directories. fs/readdir.c.
 */
#ifndef LINUX_LITE_READDIR_H
#define LINUX_LITE_READDIR_H

#include <linux-lite/file.h>

/* One getdents64 call. */
struct dir_context {
	loff_t pos;			/* where the directory is read next */
	char __user *buf;		/* where the next entry goes */
	size_t room, done;		/* bytes left, bytes filled */
	int error;
};

bool dir_emit(struct dir_context *ctx, const char *name, unsigned int len, ino_t ino,
	      mode_t mode, loff_t next);
/* "." and ".."; positions 0 and 1. true: go on behind them. */
bool dir_emit_dots(struct file *file, struct dir_context *ctx);
int dcache_readdir(struct file *file, struct dir_context *ctx);
loff_t dcache_dir_llseek(struct file *file, loff_t offset, int whence);

#endif
