// SPDX-License-Identifier: GPL-2.0-only
/*
 * fdtable.c - whole descriptor tables: fork's copy, exec's sweep, exit's end,
 * and the looks that /proc takes at other tasks' tables. file.c tells how one
 * table works.
 */
#include <linux-lite/bitops.h>
#include <linux-lite/file.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>
#include <linux-lite/syscalls.h>

#define CLONE_FILES	0x400UL

/* The first number such that it and all above are free, rounded up to a bitmap word. */
static unsigned int count_open_files(struct files_struct *files)
{
	unsigned int word = files->max_fds / 64;

	while (word && !files->open_fds[word - 1])
		word--;
	return word * 64;
}

/* A copy that refers to the same files. NULL: no memory. */
static struct files_struct *dup_fd(struct files_struct *old)
{
	struct files_struct *files = files_struct_alloc(NR_OPEN_DEFAULT);
	unsigned int nr;

	if (!files)
		return NULL;
	spin_lock(&old->lock);
	while ((nr = count_open_files(old)) > files->max_fds) {
		spin_unlock(&old->lock);
		files_struct_free(files);
		files = files_struct_alloc(nr);
		if (!files)
			return NULL;
		spin_lock(&old->lock);
	}
	for (unsigned int word = 0; word < nr / 64; word++) {
		unsigned long bits = old->open_fds[word];

		files->close_on_exec[word] = old->close_on_exec[word];
		for (; bits; bits &= bits - 1) {
			unsigned int fd = word * 64 + __ffs(bits);
			struct file *file = old->fd[fd];

			if (!file)	/* reserved by an open() in progress */
				continue;
			files->fd[fd] = get_file(file);
			files->open_fds[word] |= bits & -bits;
		}
	}
	files->next_fd = old->next_fd;
	spin_unlock(&old->lock);
	/* A number reserved then but not taken over may be free below next_fd. */
	while (files->next_fd &&
	       !(files->open_fds[(files->next_fd - 1) / 64] >> (files->next_fd - 1) % 64 & 1))
		files->next_fd--;
	return files;
}

/**
 * copy_files - fork's share of descriptors
 * @clone_flags: CLONE_FILES: the same table; else a copy with the same files
 * @p: the new task
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int copy_files(unsigned long clone_flags, struct task_struct *p)
{
	struct files_struct *files = current->files;

	if (clone_flags & CLONE_FILES) {
		atomic_inc(&files->count);
		p->files = files;
		return 0;
	}
	p->files = dup_fd(files);
	return p->files ? 0 : -ENOMEM;
}

/* Nobody else has it: no lock. */
static void close_files(struct files_struct *files)
{
	for (unsigned int word = 0; word < files->max_fds / 64; word++) {
		unsigned long bits = files->open_fds[word];

		for (; bits; bits &= bits - 1) {
			struct file *file = files->fd[word * 64 + __ffs(bits)];

			if (file) {
				filp_close(file, files);
				cond_resched();
			}
		}
	}
}

/** put_files_struct - one user of a table less; the last closes all. Context: may sleep. */
void put_files_struct(struct files_struct *files)
{
	if (!atomic_dec_and_test(&files->count))
		return;
	close_files(files);
	files_struct_free(files);
}

/** exit_files - a dying task lets go of its table. Context: may sleep. */
void exit_files(struct task_struct *p)
{
	struct files_struct *files = p->files;

	if (!files)
		return;
	spin_lock(&task_files_lock);
	p->files = NULL;
	spin_unlock(&task_files_lock);
	put_files_struct(files);
}

/**
 * unshare_files - exec: have a table of one's own
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int unshare_files(void)
{
	struct files_struct *old = current->files;
	struct files_struct *files;

	if (atomic_read(&old->count) == 1)
		return 0;
	files = dup_fd(old);
	if (!files)
		return -ENOMEM;
	spin_lock(&task_files_lock);
	current->files = files;
	spin_unlock(&task_files_lock);
	put_files_struct(old);
	return 0;
}

/**
 * do_close_on_exec - close what exec closes
 * @files: current's alone, see unshare_files
 *
 * Context: may sleep.
 */
void do_close_on_exec(struct files_struct *files)
{
	for (unsigned int word = 0; word < files->max_fds / 64; word++) {
		unsigned long bits = files->close_on_exec[word] & files->open_fds[word];

		files->close_on_exec[word] = 0;
		for (; bits; bits &= bits - 1)
			close_fd(word * 64 + __ffs(bits));
	}
}

SYSCALL_DEFINE3(close_range, unsigned int, first, unsigned int, last, unsigned int, flags)
{
	struct files_struct *files;
	int err;

	if (flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC) || first > last)
		return -EINVAL;
	if (flags & CLOSE_RANGE_UNSHARE) {
		err = unshare_files();
		if (err)
			return err;
	}
	files = current->files;
	if (last >= files->max_fds)
		last = files->max_fds - 1;
	for (unsigned int fd = first; fd <= last; fd++) {
		if (flags & CLOSE_RANGE_CLOEXEC)
			set_close_on_exec(fd, true);
		else
			close_fd(fd);
	}
	return 0;
}

/**
 * lock_task_files - look at another task's table
 * @p: referenced
 *
 * The table's count stays as it is: to be one of its users for a moment would make the
 * owner's execve() copy it, and POSIX locks belong to the table that was left.
 *
 * Context: any. The table neither changes nor goes until unlock_task_files().
 * Return: NULL: it has none any more, and nothing is locked.
 */
struct files_struct *lock_task_files(struct task_struct *p)
{
	spin_lock(&task_files_lock);
	if (!p->files) {
		spin_unlock(&task_files_lock);
		return NULL;
	}
	spin_lock_nested(&p->files->lock);
	return p->files;
}

/** unlock_task_files - no more looks. Context: after lock_task_files(). */
void unlock_task_files(struct files_struct *files)
{
	spin_unlock(&files->lock);
	spin_unlock(&task_files_lock);
}

/**
 * fget_task - a file of another task
 * @p: referenced
 * @fd: its number there
 *
 * Context: any.
 * Return: a reference, or NULL.
 */
struct file *fget_task(struct task_struct *p, unsigned int fd)
{
	struct files_struct *files = lock_task_files(p);
	struct file *file = NULL;

	if (!files)
		return NULL;
	if (fd < files->max_fds && files->fd[fd])
		file = get_file(files->fd[fd]);
	unlock_task_files(files);
	return file;
}

/**
 * next_fd_task - go through another task's descriptors
 * @p: referenced
 * @fd: where to begin
 *
 * Context: any.
 * Return: the lowest open number that is not below @fd; -1: none.
 */
int next_fd_task(struct task_struct *p, unsigned int fd)
{
	struct files_struct *files = lock_task_files(p);
	int found = -1;

	if (!files)
		return -1;
	for (; fd < files->max_fds; fd++) {
		if (files->fd[fd]) {
			found = fd;
			break;
		}
	}
	unlock_task_files(files);
	return found;
}
