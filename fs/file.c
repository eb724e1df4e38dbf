// SPDX-License-Identifier: GPL-2.0-only
/*
 * file.c - descriptor numbers: the table from small integers to open files.
 *
 *	open_fds       1 1 1 0 1 0 0 ...   a number is taken (also while open() is busy)
 *	fd[]           f f f - f - - ...   the file, once it is open
 *	close_on_exec  0 0 0 0 1 0 0 ...
 *	next_fd              ^             no free number below
 *
 * The lowest free number is what POSIX wants: next_fd is where the search
 * starts, word by word. A table begins inside its struct, with 64 numbers, and
 * grows by doubling into memory of its own.
 *
 * Reading without the lock. fdget() looks at count: when it is 1 only current
 * uses the table, so nobody can close the file under it and no reference is
 * needed, either. Readers in /proc hold the lock while they look, and do not
 * count (lock_task_files).
 */
#include <linux-lite/bitops.h>
#include <linux-lite/file.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/vmalloc.h>

static struct kmem_cache *files_cache;
/* Guards task->files and task->fs against readers from other tasks. */
DEFINE_SPINLOCK(task_files_lock, RANK_FILES);

static void files_struct_setup(struct files_struct *files)
{
	memset(files, 0, sizeof(*files));
	atomic_set(&files->count, 1);
	spin_lock_init(&files->lock, RANK_FILES);
	files->max_fds = NR_OPEN_DEFAULT;
	files->fd = files->fd_array;
	files->open_fds = &files->open_fds_init;
	files->close_on_exec = &files->close_on_exec_init;
}

/* Boot: the cache of tables, and the first task's. */
void fdtable_init(void)
{
	static struct files_struct init_files;

	files_cache = KMEM_CACHE(files_struct, SLAB_HWCACHE_ALIGN | SLAB_PANIC);
	files_struct_setup(&init_files);
	init_task.files = &init_files;
}

/* The arrays of a table of @nr numbers lie behind each other in one piece of memory. */
static struct file **fd_arrays_alloc(unsigned int nr)
{
	return kvzalloc(nr * sizeof(struct file *) + 2 * nr / 8, GFP_KERNEL);
}

static void fd_arrays_use(struct files_struct *files, struct file **fd, unsigned int nr)
{
	files->fd = fd;
	files->open_fds = (unsigned long *)(fd + nr);
	files->close_on_exec = files->open_fds + nr / 64;
	files->max_fds = nr;
}

/**
 * files_struct_alloc - an empty table
 * @nr: numbers it must have room for
 *
 * Context: may sleep.
 * Return: the table, one user; or NULL.
 */
struct files_struct *files_struct_alloc(unsigned int nr)
{
	struct files_struct *files = kmem_cache_alloc(files_cache, GFP_KERNEL);
	unsigned int room = NR_OPEN_DEFAULT;
	struct file **arrays;

	if (!files)
		return NULL;
	files_struct_setup(files);
	while (room < nr)
		room *= 2;
	if (room > NR_OPEN_DEFAULT) {
		arrays = fd_arrays_alloc(room);
		if (!arrays) {
			kmem_cache_free(files_cache, files);
			return NULL;
		}
		fd_arrays_use(files, arrays, room);
	}
	return files;
}

/* Only the memory; its files are closed. */
void files_struct_free(struct files_struct *files)
{
	if (files->fd != files->fd_array)
		kvfree(files->fd);
	kmem_cache_free(files_cache, files);
}

/**
 * expand_files - make room for a number
 * @files: locked; the lock is dropped and taken again
 * @fd: must fit
 *
 * Context: may sleep.
 * Return: 0, -EMFILE, -ENOMEM.
 */
static int expand_files(struct files_struct *files, unsigned int fd)
{
	unsigned int nr = files->max_fds;
	struct file **arrays, **old = NULL;

	if (fd >= NR_OPEN_MAX)
		return -EMFILE;
	while (nr <= fd)
		nr *= 2;
	spin_unlock(&files->lock);
	arrays = fd_arrays_alloc(nr);
	spin_lock(&files->lock);
	if (!arrays)
		return -ENOMEM;
	if (files->max_fds >= nr) {	/* another thread was faster */
		old = arrays;
	} else {
		struct files_struct was = *files;

		old = was.fd == files->fd_array ? NULL : was.fd;
		memcpy(arrays, was.fd, was.max_fds * sizeof(*arrays));
		fd_arrays_use(files, arrays, nr);
		memcpy(files->open_fds, was.open_fds, was.max_fds / 8);
		memcpy(files->close_on_exec, was.close_on_exec, was.max_fds / 8);
	}
	if (old) {
		spin_unlock(&files->lock);
		kvfree(old);
		spin_lock(&files->lock);
	}
	return 0;
}

static unsigned int find_next_free(struct files_struct *files, unsigned int start)
{
	unsigned int word = start / 64;
	unsigned long free;

	if (start >= files->max_fds)
		return start;
	free = ~files->open_fds[word] & (~0UL << start % 64);
	while (!free) {
		if (++word == files->max_fds / 64)
			return files->max_fds;
		free = ~files->open_fds[word];
	}
	return word * 64 + __ffs(free);
}

static void set_fd_bit(unsigned long *map, unsigned int fd, bool on)
{
	if (on)
		map[fd / 64] |= 1UL << fd % 64;
	else
		map[fd / 64] &= ~(1UL << fd % 64);
}

/* Reserve the lowest free number not below @start. @flags: O_CLOEXEC or 0. -EMFILE, -ENOMEM. */
static int alloc_fd(unsigned int start, unsigned int flags)
{
	struct files_struct *files = current->files;
	unsigned long limit = current->signal->rlim[RLIMIT_NOFILE].rlim_cur;
	unsigned int fd;
	int err;

	spin_lock(&files->lock);
	for (;;) {
		fd = find_next_free(files, start > files->next_fd ? start : files->next_fd);
		err = -EMFILE;
		if (fd >= limit)
			goto out;
		if (fd < files->max_fds)
			break;
		err = expand_files(files, fd);
		if (err)
			goto out;
	}
	set_fd_bit(files->open_fds, fd, true);
	set_fd_bit(files->close_on_exec, fd, flags & O_CLOEXEC);
	if (start <= files->next_fd)
		files->next_fd = fd + 1;
	err = fd;
out:
	spin_unlock(&files->lock);
	return err;
}

/** get_unused_fd_flags - alloc_fd() from 0. Context: may sleep. */
int get_unused_fd_flags(unsigned int flags)
{
	return alloc_fd(0, flags);
}

static void __put_unused_fd(struct files_struct *files, unsigned int fd)
{
	set_fd_bit(files->open_fds, fd, false);
	if (fd < files->next_fd)
		files->next_fd = fd;
}

/** put_unused_fd - give back a number that was reserved and not installed. Context: any. */
void put_unused_fd(unsigned int fd)
{
	struct files_struct *files = current->files;

	spin_lock(&files->lock);
	__put_unused_fd(files, fd);
	spin_unlock(&files->lock);
}

/**
 * fd_install - let a reserved number be an open file
 * @fd: from alloc_fd()
 * @file: its reference goes to the table; other threads may close it at once
 *
 * Context: any.
 */
void fd_install(unsigned int fd, struct file *file)
{
	struct files_struct *files = current->files;

	spin_lock(&files->lock);
	files->fd[fd] = file;
	spin_unlock(&files->lock);
}

/* Out of the table, the table's reference to the caller; NULL: there was none. */
static struct file *take_fd(struct files_struct *files, unsigned int fd)
{
	struct file *file = NULL;

	spin_lock(&files->lock);
	if (fd < files->max_fds) {
		file = files->fd[fd];
		if (file) {
			files->fd[fd] = NULL;
			__put_unused_fd(files, fd);
		}
	}
	spin_unlock(&files->lock);
	return file;
}

/** close_fd - close(2). Context: may sleep. Return: 0 or -EBADF. */
int close_fd(unsigned int fd)
{
	struct file *file = take_fd(current->files, fd);

	return file ? filp_close(file, current->files) : -EBADF;
}

static struct fd __fdget(unsigned int fd, unsigned int hidden)
{
	struct files_struct *files = current->files;
	struct file *file = NULL;

	if (likely(atomic_read(&files->count) == 1)) {
		if (likely(fd < files->max_fds))
			file = files->fd[fd];
		if (file && file->f_mode & hidden)
			file = NULL;
		return (struct fd){ file, false };
	}
	spin_lock(&files->lock);
	if (fd < files->max_fds)
		file = files->fd[fd];
	if (file && file->f_mode & hidden)
		file = NULL;
	if (file)
		get_file(file);
	spin_unlock(&files->lock);
	return (struct fd){ file, file != NULL };
}

/**
 * fdget - a file for the length of a system call
 * @fd: number
 *
 * Context: a task's own call; fdput() ends it, before current may close anything.
 * Return: .file NULL when the number is not open, or only names a place (O_PATH).
 */
struct fd fdget(unsigned int fd)
{
	return __fdget(fd, FMODE_PATH);
}

/** fdget_raw - fdget() that takes O_PATH files, too. Context: as fdget. */
struct fd fdget_raw(unsigned int fd)
{
	return __fdget(fd, 0);
}

/** fget - a reference that outlives the call; else as fdget. NULL: not open. Context: any. */
struct file *fget(unsigned int fd)
{
	struct fd f = fdget(fd);

	return !f.file || f.need_put ? f.file : get_file(f.file);
}

/* fget() that takes O_PATH files, too. */
static struct file *fget_raw(unsigned int fd)
{
	struct fd f = fdget_raw(fd);

	return !f.file || f.need_put ? f.file : get_file(f.file);
}

/* Put a file at a number, closing what was there. The file's reference goes to the table. */
static int replace_fd(unsigned int fd, struct file *file, unsigned int flags)
{
	struct files_struct *files = current->files;
	struct file *old;
	int err = 0;

	spin_lock(&files->lock);
	if (fd >= files->max_fds)
		err = expand_files(files, fd);
	if (err) {
		spin_unlock(&files->lock);
		fput(file);
		return err;
	}
	old = files->fd[fd];
	if (!old && files->open_fds[fd / 64] >> fd % 64 & 1) {
		/* open() in another thread has reserved it and will install it. */
		spin_unlock(&files->lock);
		fput(file);
		return -EBUSY;
	}
	files->fd[fd] = file;
	set_fd_bit(files->open_fds, fd, true);
	set_fd_bit(files->close_on_exec, fd, flags & O_CLOEXEC);
	spin_unlock(&files->lock);
	if (old)
		filp_close(old, files);
	return fd;
}

SYSCALL_DEFINE1(close, unsigned int, fd)
{
	return close_fd(fd);
}

SYSCALL_DEFINE1(dup, unsigned int, oldfd)
{
	struct file *file = fget_raw(oldfd);
	int fd;

	if (!file)
		return -EBADF;
	fd = get_unused_fd_flags(0);
	if (fd < 0)
		fput(file);
	else
		fd_install(fd, file);
	return fd;
}

SYSCALL_DEFINE3(dup3, unsigned int, oldfd, unsigned int, newfd, int, flags)
{
	struct file *file;

	if (flags & ~O_CLOEXEC || oldfd == newfd)
		return -EINVAL;
	if (newfd >= current->signal->rlim[RLIMIT_NOFILE].rlim_cur)
		return -EBADF;
	file = fget_raw(oldfd);
	if (!file)
		return -EBADF;
	return replace_fd(newfd, file, flags);
}

/* fcntl(F_DUPFD): the lowest number from @start on. */
int f_dupfd(unsigned int start, struct file *file, unsigned int flags)
{
	int fd;

	if (start >= current->signal->rlim[RLIMIT_NOFILE].rlim_cur)
		return -EINVAL;
	fd = alloc_fd(start, flags);
	if (fd >= 0)
		fd_install(fd, get_file(file));
	return fd;
}

/** get_close_on_exec - FD_CLOEXEC of a number; false if it is not open. Context: any. */
bool get_close_on_exec(unsigned int fd)
{
	struct files_struct *files = current->files;
	bool set;

	spin_lock(&files->lock);
	set = fd < files->max_fds && files->close_on_exec[fd / 64] >> fd % 64 & 1;
	spin_unlock(&files->lock);
	return set;
}

/** set_close_on_exec - set FD_CLOEXEC of a number. Context: any. */
void set_close_on_exec(unsigned int fd, bool set)
{
	struct files_struct *files = current->files;

	spin_lock(&files->lock);
	if (fd < files->max_fds)
		set_fd_bit(files->close_on_exec, fd, set);
	spin_unlock(&files->lock);
}
