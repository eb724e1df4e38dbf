/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * file.h - open files, and the table that gives them numbers. fs/file_table.c,
 * fs/file.c.
 *
 *	task -> files_struct          struct file         (one open())
 *	        fd[0] ------------->  f_pos, f_flags  --> dentry, inode
 *	        fd[1] -----------/    f_count = 2
 *
 * A table that one task uses alone is read without a lock: only that task could
 * change it (fdget). Linux does the same.
 *
 * Key: (l) files_struct.lock  (a) atomic  (c) constant  (p) f_pos_lock
 *
 * Small cousin of Linux's include/linux/file.h, fdtable.h and struct file.
 */
#ifndef LINUX_LITE_FILE_H
#define LINUX_LITE_FILE_H

#include <linux-lite/fs.h>
#include <linux-lite/task_files.h>

#define FMODE_READ	0x01u
#define FMODE_WRITE	0x02u
#define FMODE_LSEEK	0x04u	/* has a position: lseek, pread, pwrite */
#define FMODE_PATH	0x08u	/* O_PATH: only a place in the tree */
#define FMODE_POS	0x10u	/* regular or directory: the position needs f_pos_lock */
#define FMODE_EXEC	0x20u	/* opened to be executed: keeps writers out */
#define FMODE_WRITER	0x40u	/* counted in i_writecount */

struct file {
	atomic_t f_count;		/* (a) */
	unsigned int f_mode;		/* FMODE_* (c) */
	unsigned int f_flags;		/* O_*: F_SETFL changes some */
	const struct file_operations *f_op;	/* (c) */
	struct inode *f_inode;		/* (c) */
	struct dentry *f_dentry;	/* NULL: pipes and others without a name (c) */
	struct address_space *f_mapping;	/* whose pages it reads (c) */
	loff_t f_pos;			/* (p) */
	struct mutex f_pos_lock;	/* RANK_FILE_POS */
	void *private_data;		/* the operations' own */
	unsigned int f_version;		/* the operations' own, e.g. a FIFO's writers when opened */
	const char *f_name;		/* without a dentry: for /proc/PID/fd; or NULL */
};

#define NR_OPEN_DEFAULT	64
#define NR_OPEN_MAX	65536u

struct files_struct {
	atomic_t count;			/* tasks (a) */
	spinlock_t lock;		/* RANK_FILES */
	unsigned int max_fds;		/* slots in fd[], a multiple of 64 (l) */
	unsigned int next_fd;		/* none below it is free (l) */
	struct file **fd;		/* (l) */
	unsigned long *open_fds;	/* bitmap: taken numbers (l) */
	unsigned long *close_on_exec;	/* bitmap (l) */
	struct file *fd_array[NR_OPEN_DEFAULT];
	unsigned long open_fds_init, close_on_exec_init;
};

struct fs_struct {
	atomic_t count;			/* tasks (a) */
	mode_t umask;			/* one word, last writer wins */
	struct dentry *root, *pwd;	/* dcache_lock: a walk starts there without a reference */
};

/* A file for the length of a system call, and whether a reference was taken for it. */
struct fd {
	struct file *file;
	bool need_put;
};

/* Return: .file NULL when there is no such descriptor (-EBADF), or it is O_PATH. */
struct fd fdget(unsigned int fd);
struct fd fdget_raw(unsigned int fd);	/* O_PATH too */
static inline void fdput(struct fd f)
{
	if (f.need_put)
		fput(f.file);
}
/* With a reference of its own; NULL: no such descriptor. */
struct file *fget(unsigned int fd);
/* Of another task: /proc/PID/fd. */
struct file *fget_task(struct task_struct *p, unsigned int fd);
/* The lowest taken number >= fd, or -1. */
int next_fd_task(struct task_struct *p, unsigned int fd);
struct files_struct *lock_task_files(struct task_struct *p);
void unlock_task_files(struct files_struct *files);
void put_files_struct(struct files_struct *files);
void fs_struct_init(struct dentry *root);
/* cwd and root of another task; referenced, or NULL. */
struct dentry *get_task_pwd(struct task_struct *p);
struct dentry *get_task_root(struct task_struct *p);
mode_t get_task_umask(struct task_struct *p);

/**
 * get_unused_fd_flags - reserve the lowest free number
 * @flags: O_CLOEXEC or 0
 * Return: the number; -EMFILE (RLIMIT_NOFILE), -ENOMEM. fd_install or put_unused_fd follows.
 */
int get_unused_fd_flags(unsigned int flags);
void put_unused_fd(unsigned int fd);
/* The number takes over the caller's reference. */
void fd_install(unsigned int fd, struct file *file);
int close_fd(unsigned int fd);
void do_close_on_exec(struct files_struct *files);

int f_dupfd(unsigned int start, struct file *file, unsigned int flags);
bool get_close_on_exec(unsigned int fd);
void set_close_on_exec(unsigned int fd, bool set);
int unshare_files(void);

void files_init(void);
void fdtable_init(void);
extern spinlock_t task_files_lock;	/* task->files and fs, for readers from other tasks */
struct files_struct *files_struct_alloc(unsigned int nr);
void files_struct_free(struct files_struct *files);
int get_write_access(struct inode *inode);
int deny_write_access(struct file *file);
/* A file with no operations yet, one reference. ERR_PTR(-ENFILE, -ENOMEM). */
struct file *alloc_empty_file(unsigned int flags);
/* An open file without a name: @inode's reference goes to it, also on failure. */
struct file *alloc_file_anon(struct inode *inode, unsigned int flags,
			     const struct file_operations *fop, const char *name);
/* close(2)'s part before the last reference: POSIX locks. */
int filp_close(struct file *file, struct files_struct *owner);
unsigned long nr_open_files(void);
/* Drop all of current's POSIX locks on the file; and flock's of the file itself. */
void locks_remove_posix(struct file *file, struct files_struct *owner);
void locks_remove_flock(struct file *file);

/* Open by kernel-space name. ERR_PTR(-errno). */
struct file *filp_open(const char *name, int flags, mode_t mode);
/* Open what a dentry names (a new reference is taken). */
struct file *dentry_open(struct dentry *dentry, int flags);
/* Bytes read at @pos into kernel memory, or -errno. */
ssize_t kernel_read(struct file *file, void *buf, size_t count, loff_t pos);
ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos);

/* --- mmap: fs/mmap.c --- */
/**
 * file_mmap_prepare - fill in the file's part of an mmap request
 * @file: referenced by the caller, who drops it after do_mmap (the area takes its own)
 * @req: prot and flags as given; file, mapping, vm_ops, may_flags are set here
 *
 * Return: 0; -EACCES (opened in a mode that does not allow it), -ENODEV (cannot be mapped),
 * -EPERM (mount is noexec), -EOVERFLOW.
 */
int file_mmap_prepare(struct file *file, struct mmap_request *req);
int generic_file_mmap(struct file *file, struct mmap_request *req);
/* The caller of do_mmap undoes nothing else: vm_ops->open was called by do_mmap. */

/* --- generic page-cache file operations: fs/filemap_io.c --- */
ssize_t generic_file_read_iter(struct file *file, struct iov_iter *to, loff_t *pos);
ssize_t generic_file_write_iter(struct file *file, struct iov_iter *from, loff_t *pos);
int vfs_fallocate(struct file *file, int mode, loff_t offset, loff_t len);
loff_t generic_file_llseek(struct file *file, loff_t offset, int whence);
loff_t noop_llseek(struct file *file, loff_t offset, int whence);

#endif
