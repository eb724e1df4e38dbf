/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * namei.h - from a path to a dentry. fs/namei.c.
 *
 * Small cousin of Linux's include/linux/namei.h.
 */
#ifndef LINUX_LITE_NAMEI_H
#define LINUX_LITE_NAMEI_H

#include <linux-lite/dcache.h>

#define LOOKUP_FOLLOW		0x1u	/* follow the last component if it is a symlink */
#define LOOKUP_DIRECTORY	0x2u	/* it must be a directory */
#define LOOKUP_EMPTY		0x4u	/* "" means the starting point itself */

#define MAXSYMLINKS	40

/* A path name in kernel memory: PATH_MAX bytes of the names cache. */
/* ERR_PTR: -ENAMETOOLONG, -EFAULT, -ENOMEM, and -ENOENT for "" unless LOOKUP_EMPTY. */
char *getname(const char __user *name, unsigned int flags);
char *getname_kernel(const char *name);
void putname(char *name);
void namei_init(void);

/**
 * user_path_at - what a user's path names
 * @dfd: directory a relative path starts at, or AT_FDCWD
 * Return: referenced dentry, or ERR_PTR(-errno).
 */
struct dentry *user_path_at(int dfd, const char __user *name, unsigned int flags);
struct dentry *kern_path(const char *name, unsigned int flags);
struct dentry *lookup_at(int dfd, const char *name, unsigned int flags);

/* The last component of a path that is to be made, removed or renamed. */
struct last_name {
	char *name;		/* NUL-terminated, at the start of the path's buffer */
	unsigned int len;
	bool is_dot;		/* ".", ".." or "/" itself */
	bool slash;		/* there was a slash behind it: only a directory will do */
};
/**
 * lookup_parent - walk to the directory that the last component is in
 * @dfd: directory a relative path starts at, or AT_FDCWD
 * @path: PATH_MAX bytes; overwritten with the last component
 * @last: filled in
 *
 * Return: the directory, referenced, or ERR_PTR(-errno).
 */
struct dentry *lookup_parent(int dfd, char *path, struct last_name *last);
/* The same from a directory that the caller holds. */
struct dentry *lookup_parent_from(struct dentry *start, char *path, struct last_name *last);
/* The same with a path in user memory; put_parent() lets go of both. */
struct dentry *user_parent(int dfd, const char __user *name, struct last_name *last);
void put_parent(struct dentry *dir, struct last_name *last);
/* One component, in or made up by a directory: referenced, or ERR_PTR(-ENOENT, ...). */
struct dentry *lookup_one(struct dentry *dir, const char *name, unsigned int len);
/* What covers @dentry, if anything does; takes over the reference. */
struct dentry *follow_mounts(struct dentry *dentry);

/* Rights to change a directory; its i_rwsem is held. fs/dirops.c */
int may_create(struct inode *dir);
int may_delete(struct inode *dir, struct dentry *victim, bool isdir);
int dir_bury(struct dentry *dentry);

/* Kernel-side creation (initramfs, devtmpfs). @dir referenced. 0 or -errno. */
struct dentry *vfs_create_at(struct dentry *dir, const char *name, unsigned int len,
			     mode_t mode, dev_t rdev);
int vfs_symlink_at(struct dentry *dir, const char *name, unsigned int len, const char *target);
int vfs_link_at(struct dentry *old, struct dentry *dir, const char *name, unsigned int len);
int vfs_unlink_at(struct dentry *dir, const char *name, unsigned int len, bool rmdir);

#endif
