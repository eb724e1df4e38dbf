/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fs.h - inodes, superblocks, and the operations that make a file a tmpfs file,
 * a pipe or a terminal. fs/inode.c, fs/super.c.
 *
 *	descriptor --> file --> dentry --> inode --> address_space --> pages
 *	 (file.h)     (file.h)  (dcache.h)  here      (pagemap.h)
 *	                           |          |
 *	                        parent     super_block
 *
 * Every file system here lives in memory, so the tree of dentries IS the file
 * system: a name exists if and only if its dentry is in the tree. There are no
 * negative dentries, no writeback of directories, and an inode lives exactly as
 * long as a dentry (or an open anonymous file) refers to it. procfs alone makes
 * its dentries when they are looked up.
 *
 * Key: (i) i_rwsem, held for writing to change   (a) atomic   (c) constant
 *      (d) dcache_lock   (m) mount_mutex
 *
 * Small cousin of Linux's include/linux/fs.h; left out: on-disk file systems,
 * mount namespaces (one mount a superblock, so a path is just a dentry),
 * security modules, extended attributes, async I/O.
 */
#ifndef LINUX_LITE_FS_H
#define LINUX_LITE_FS_H

#include <linux-lite/abi/fcntl.h>
#include <linux-lite/abi/stat.h>
#include <linux-lite/err.h>
#include <linux-lite/mutex.h>
#include <linux-lite/pagemap.h>

struct dentry;
struct dir_context;
struct file;
struct file_lock;
struct inode;
struct iov_iter;
struct mmap_request;
struct pipe_inode_info;
struct poll_table;
struct seq_file;

#define S_DEAD		0x1u	/* directory was removed: nothing may be created in it */

struct inode {
	mode_t i_mode;			/* type (c), permission bits (i) */
	unsigned int i_flags;		/* S_DEAD (i) */
	uid_t i_uid;			/* (i) */
	gid_t i_gid;			/* (i) */
	atomic_t i_count;		/* dentries, and files without one (a) */
	unsigned int i_nlink;		/* names (dcache_lock) */
	const struct inode_operations *i_op;	/* (c) */
	const struct file_operations *i_fop;	/* (c) */
	struct super_block *i_sb;	/* (c) */
	ino_t i_ino;			/* (c) */
	dev_t i_rdev;			/* of a device node (c) */
	s64 i_atime, i_mtime, i_ctime;	/* ns since 1970; whole words, last writer wins */
	atomic_t i_writecount;		/* > 0: opened for writing; < 0: being executed (a) */
	struct rw_semaphore i_rwsem;	/* RANK_INODE, directories RANK_INODE_DIR */
	struct address_space i_data;	/* i_data.size is the size (i) */
	struct list_head i_locks;	/* struct file_lock, flock_lock in fs/locks.c */
	union {
		char *i_link;		/* S_IFLNK: the text (c) */
		struct pipe_inode_info *i_pipe;	/* S_IFIFO (i) */
		void *i_private;	/* the file system's */
	};
};

static inline loff_t i_size_read(const struct inode *inode)
{
	return READ_ONCE(inode->i_data.size);
}

static inline void i_size_write(struct inode *inode, loff_t size)
{
	WRITE_ONCE(inode->i_data.size, size);
}

struct inode_operations {
	/* Name not in the tree: make its dentry (referenced, not hashed) or ERR_PTR. procfs. */
	struct dentry *(*lookup)(struct dentry *dir, const char *name, unsigned int len);
	/* A new inode for a name in @dir; ERR_PTR(-ENOSPC, ...). NULL: nothing can be created. */
	struct inode *(*new_inode)(struct inode *dir, mode_t mode, dev_t rdev);
	/* A link whose text is made up: at most @size bytes with the NUL. Length or -errno. */
	int (*readlink)(struct inode *inode, char *buf, int size);
	/* A link that leads straight to an object (/proc/PID/exe): referenced, or ERR_PTR. */
	struct dentry *(*follow)(struct inode *inode);
	/* May its owner and mode be changed? NULL: no (-EPERM). */
	int (*setattr)(struct inode *inode);
};

struct file_operations {
	int (*open)(struct inode *inode, struct file *file);
	void (*release)(struct file *file);	/* the last reference is gone; may sleep */
	ssize_t (*read_iter)(struct file *file, struct iov_iter *to, loff_t *pos);
	ssize_t (*write_iter)(struct file *file, struct iov_iter *from, loff_t *pos);
	loff_t (*llseek)(struct file *file, loff_t offset, int whence);	/* NULL: -ESPIPE */
	int (*iterate)(struct file *file, struct dir_context *ctx);
	/* Events that hold now; @pt, if not NULL, gets the queues to sleep on. Must not sleep. */
	unsigned int (*poll)(struct file *file, struct poll_table *pt);
	long (*ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	int (*mmap)(struct file *file, struct mmap_request *req);
	int (*fsync)(struct file *file);
};

struct super_operations {
	/* The last reference to the inode is gone: give back what the file system counted. */
	void (*evict_inode)(struct inode *inode);
	void (*statfs)(struct super_block *sb, struct statfs *buf);
	void (*show_options)(struct seq_file *m, struct super_block *sb);
	void (*put_super)(struct super_block *sb);
};

struct file_system_type {
	const char *name;
	bool nodev;
	/* Fill s_root, s_op, s_fs_info. 0 or -errno. @data: mount(2)'s text, or NULL. */
	int (*fill_super)(struct super_block *sb, char *data);
	int (*remount)(struct super_block *sb, char *data);
};

/* One mounted file system. */
struct super_block {
	const struct file_system_type *s_type;	/* (c) */
	const struct super_operations *s_op;	/* (c) */
	struct dentry *s_root;		/* (c) */
	struct dentry *s_mountpoint;	/* what it covers; NULL: the root (d) */
	unsigned long s_flags;		/* MS_* (m) */
	dev_t s_dev;			/* st_dev of its files (c) */
	void *s_fs_info;
	atomic_long_t s_next_ino;	/* (a) */
	atomic_long_t s_count;		/* inodes, and one for being mounted; 0: freed (a) */
	struct list_head s_list;	/* all mounts, oldest first (m) */
	char *s_source;			/* first column of /proc/mounts (c) */
};

/* A superblock that is not in the tree, e.g. of the pipes. ERR_PTR on failure. */
struct super_block *sb_alloc(const struct file_system_type *type, unsigned long flags,
			     const char *source, char *data);
void sb_put(struct super_block *sb);

/* --- inodes: fs/inode.c --- */
void inode_init(void);
/* One reference, i_nlink 1, times now, owner current's. NULL: no memory. */
struct inode *new_inode(struct super_block *sb, mode_t mode);
static inline struct inode *igrab(struct inode *inode)
{
	atomic_inc(&inode->i_count);
	return inode;
}
void iput(struct inode *inode);
/* A device, fifo or socket node: its i_fop. */
void init_special_inode(struct inode *inode, mode_t mode, dev_t rdev);
void touch_atime(struct file *file);
/* mtime and ctime are now. */
void inode_modified(struct inode *inode);

#define MAY_EXEC	1
#define MAY_WRITE	2
#define MAY_READ	4
/* 0, -EACCES, -EROFS. */
int inode_permission(struct inode *inode, int mask);
/* May current do what only the owner or root may? */
bool inode_owner_or_root(const struct inode *inode);
static inline void inode_lock(struct inode *inode)	{ down_write(&inode->i_rwsem); }
static inline void inode_unlock(struct inode *inode)	{ up_write(&inode->i_rwsem); }

/* --- anonymous inodes: pipes, memfd, eventfd --- */
extern struct super_block *anon_sb;

/* --- attributes: fs/attr.c --- */
int vfs_truncate(struct inode *inode, loff_t size);

#define MAX_LFS_FILESIZE	((loff_t)(~0UL >> 1))

/* --- device numbers --- */
#define MAJOR(dev)	((unsigned int)((dev) >> 20))
#define MINOR(dev)	((unsigned int)((dev) & 0xfffff))
#define MKDEV(ma, mi)	(((dev_t)(ma) << 20) | (mi))
/* Between our dev_t and the one in struct stat, mknod: Linux's "huge" encoding. */
static inline u64 new_encode_dev(dev_t dev)
{
	unsigned int minor = MINOR(dev);

	return (minor & 0xff) | (MAJOR(dev) << 8) | ((u64)(minor & ~0xffu) << 12);
}
static inline dev_t new_decode_dev(u32 dev)
{
	return MKDEV((dev & 0xfff00) >> 8, (dev & 0xff) | ((dev >> 12) & 0xfff00));
}

#endif
