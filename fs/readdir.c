// SPDX-License-Identifier: GPL-2.0-only
/*
 * readdir.c - listing a directory.
 *
 *	getdents64 --> f_op->iterate(file, ctx) --> dir_emit(ctx, name, ino, type) each
 *
 * Positions: 0 is ".", 1 is "..", then each child's d_cookie + 1. The position
 * says "everything after this cookie", so it stays good while names come and go.
 * d_off of an entry is the position behind it.
 */
#include <linux-lite/abi/dirent.h>
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/readdir.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <asm/uaccess.h>

/**
 * dir_emit - hand one entry to the reader
 * @ctx: as iterate got it; ctx->pos is where the entry stands
 * @name: @len bytes
 * @len: 1..NAME_MAX
 * @ino: inode number, not 0
 * @mode: its type
 * @next: the position behind it
 *
 * Context: may sleep.
 * Return: false when the buffer is full: stop, the position stays.
 */
bool dir_emit(struct dir_context *ctx, const char *name, unsigned int len, ino_t ino,
	      mode_t mode, loff_t next)
{
	size_t reclen = ALIGN(offsetof(struct linux_dirent64, d_name) + len + 1, 8);
	char entry[sizeof(struct linux_dirent64) + NAME_MAX + 9] __aligned(8);
	struct linux_dirent64 *d = (struct linux_dirent64 *)entry;

	if (reclen > ctx->room) {
		if (!ctx->done)
			ctx->error = -EINVAL;
		return false;
	}
	if (ctx->done && signal_pending(current))
		return false;
	d->d_ino = ino;
	d->d_off = next;
	d->d_reclen = reclen;
	d->d_type = DT_OF_MODE(mode);
	memcpy(d->d_name, name, len);
	memset(d->d_name + len, 0, reclen - offsetof(struct linux_dirent64, d_name) - len);
	if (copy_to_user(ctx->buf, entry, reclen)) {
		ctx->error = -EFAULT;
		return false;
	}
	ctx->buf += reclen;
	ctx->room -= reclen;
	ctx->done += reclen;
	ctx->pos = next;
	return true;
}

/* "." and ".."; true: go on behind them. */
bool dir_emit_dots(struct file *file, struct dir_context *ctx)
{
	ino_t parent;

	if (ctx->pos == 0 && !dir_emit(ctx, ".", 1, file->f_inode->i_ino, S_IFDIR, 1))
		return false;
	if (ctx->pos == 1) {
		spin_lock(&dcache_lock);
		parent = file->f_dentry->d_parent->d_inode->i_ino;
		spin_unlock(&dcache_lock);
		if (!dir_emit(ctx, "..", 2, parent, S_IFDIR, 2))
			return false;
	}
	return true;
}

/* The first child whose cookie is at least @cookie, referenced; or NULL. */
static struct dentry *child_from(struct dentry *dir, u64 cookie, struct dentry *after)
{
	struct dentry *child;

	spin_lock(&dcache_lock);
	/* In the usual case the one before is still there: go on from it. */
	if (after && after->d_flags & D_TREE && after->d_parent == dir)
		child = list_next_entry(after, d_child);
	else
		child = list_first_entry(&dir->d_children, struct dentry, d_child);
	while (!list_entry_is_head(child, &dir->d_children, d_child) && child->d_cookie < cookie)
		child = list_next_entry(child, d_child);
	if (list_entry_is_head(child, &dir->d_children, d_child))
		child = NULL;
	else
		dget(child);
	spin_unlock(&dcache_lock);
	return child;
}

/* iterate for file systems whose names are all in the tree. */
int dcache_readdir(struct file *file, struct dir_context *ctx)
{
	struct dentry *dir = file->f_dentry, *child = NULL, *next;

	if (!dir_emit_dots(file, ctx))
		return 0;
	for (;;) {
		next = child_from(dir, ctx->pos - 1, child);
		dput(child);
		child = next;
		if (!child)
			break;
		if (!dir_emit(ctx, child->d_name, child->d_len, child->d_inode->i_ino,
			      child->d_inode->i_mode, child->d_cookie + 2))
			break;
	}
	dput(child);
	return 0;
}

/**
 * dcache_dir_llseek - lseek(2) on a directory, to a place that getdents64 gave
 * @file: f_pos is moved
 * @offset: bytes are not meant; 0 is the beginning
 * @whence: SEEK_SET, SEEK_CUR
 *
 * Context: any.
 * Return: the new position; -EINVAL, -EOVERFLOW.
 */
loff_t dcache_dir_llseek(struct file *file, loff_t offset, int whence)
{
	if (whence != SEEK_SET && whence != SEEK_CUR)
		return -EINVAL;
	if (whence == SEEK_CUR && __builtin_add_overflow(offset, file->f_pos, &offset))
		return -EOVERFLOW;
	if (offset < 0)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}

SYSCALL_DEFINE3(getdents64, unsigned int, fd, struct linux_dirent64 __user *, dirent,
		unsigned int, count)
{
	struct fd f = fdget(fd);
	struct dir_context ctx = { .buf = (char __user *)dirent, .room = count };
	int err = -ENOTDIR;

	if (!f.file)
		return -EBADF;
	if (!f.file->f_op->iterate)
		goto out;
	mutex_lock(&f.file->f_pos_lock);
	/* Renames move names between positions, and not while this is held. */
	down_read(&f.file->f_inode->i_rwsem);
	ctx.pos = f.file->f_pos;
	err = f.file->f_inode->i_flags & S_DEAD ? -ENOENT : f.file->f_op->iterate(f.file, &ctx);
	f.file->f_pos = ctx.pos;
	up_read(&f.file->f_inode->i_rwsem);
	mutex_unlock(&f.file->f_pos_lock);
	touch_atime(f.file);
	if (!err)
		err = ctx.done ? (int)ctx.done : ctx.error;
out:
	fdput(f);
	return err;
}
