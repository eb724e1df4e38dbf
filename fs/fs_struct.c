// SPDX-License-Identifier: GPL-2.0-only
/*
 * fs_struct.c - where a task is in the tree: its root, its working directory,
 * its umask.
 *
 * root and pwd are under dcache_lock, like the tree they point into: a path
 * walk that holds it may start from them without taking a reference.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/namei.h>
#include <linux-lite/sched.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <asm/uaccess.h>

#define CLONE_FS	0x200UL

/* The first task's: its places are set once the root is mounted. */
static struct fs_struct init_fs = { .count = ATOMIC_INIT(1), .umask = 022 };

/* Boot: the first task is at the root of everything. @root: a reference for each place. */
void fs_struct_init(struct dentry *root)
{
	init_fs.root = dget(root);
	init_fs.pwd = dget(root);
	init_task.fs = &init_fs;
}

/**
 * copy_fs - fork's share of root, working directory and umask
 * @clone_flags: CLONE_FS: the same struct; else a copy
 * @p: the new task
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int copy_fs(unsigned long clone_flags, struct task_struct *p)
{
	struct fs_struct *old = current->fs, *fs;

	if (clone_flags & CLONE_FS) {
		atomic_inc(&old->count);
		p->fs = old;
		return 0;
	}
	fs = kmalloc(sizeof(*fs), GFP_KERNEL);
	if (!fs)
		return -ENOMEM;
	atomic_set(&fs->count, 1);
	fs->umask = old->umask;
	spin_lock(&dcache_lock);
	fs->root = dget(old->root);
	fs->pwd = dget(old->pwd);
	spin_unlock(&dcache_lock);
	p->fs = fs;
	return 0;
}

static void put_fs_struct(struct fs_struct *fs)
{
	if (!atomic_dec_and_test(&fs->count))
		return;
	dput(fs->root);
	dput(fs->pwd);
	kfree(fs);
}

/** exit_fs - a dying task lets go of its places. Context: may sleep. */
void exit_fs(struct task_struct *p)
{
	struct fs_struct *fs = p->fs;

	if (!fs)
		return;
	spin_lock(&dcache_lock);
	p->fs = NULL;
	spin_unlock(&dcache_lock);
	put_fs_struct(fs);
}

/* dcache_lock is what keeps p->fs there: exit_fs takes it before it lets go. */
struct dentry *get_task_pwd(struct task_struct *p)
{
	struct dentry *d;

	spin_lock(&dcache_lock);
	d = p->fs ? dget(p->fs->pwd) : NULL;
	spin_unlock(&dcache_lock);
	return d;
}

/** get_task_root - where "/" is for a task: a reference, or NULL. Context: any. */
struct dentry *get_task_root(struct task_struct *p)
{
	struct dentry *d;

	spin_lock(&dcache_lock);
	d = p->fs ? dget(p->fs->root) : NULL;
	spin_unlock(&dcache_lock);
	return d;
}

/* Replace a place by @dentry, whose reference it takes over. */
static void set_place(struct dentry **place, struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	swap(*place, dentry);
	spin_unlock(&dcache_lock);
	dput(dentry);
}

/* Be in @dentry from now on: 0 or -errno. Takes over the reference. */
static int change_place(struct dentry **place, struct dentry *dentry)
{
	int err = -ENOTDIR;

	if (S_ISDIR(dentry->d_inode->i_mode))
		err = inode_permission(dentry->d_inode, MAY_EXEC);
	if (err)
		dput(dentry);
	else
		set_place(place, dentry);
	return err;
}

SYSCALL_DEFINE1(chdir, const char __user *, path)
{
	struct dentry *dentry = user_path_at(AT_FDCWD, path, LOOKUP_FOLLOW | LOOKUP_DIRECTORY);

	return IS_ERR(dentry) ? PTR_ERR(dentry) : change_place(&current->fs->pwd, dentry);
}

SYSCALL_DEFINE1(fchdir, unsigned int, fd)
{
	struct fd f = fdget_raw(fd);
	int err = -EBADF;

	if (f.file) {
		err = -ENOTDIR;
		if (f.file->f_dentry)
			err = change_place(&current->fs->pwd, dget(f.file->f_dentry));
		fdput(f);
	}
	return err;
}

SYSCALL_DEFINE1(chroot, const char __user *, path)
{
	struct dentry *dentry = user_path_at(AT_FDCWD, path, LOOKUP_FOLLOW | LOOKUP_DIRECTORY);

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	if (current->euid) {
		dput(dentry);
		return -EPERM;
	}
	return change_place(&current->fs->root, dentry);
}

SYSCALL_DEFINE2(getcwd, char __user *, buf, unsigned long, size)
{
	struct dentry *root = get_task_root(current), *pwd = get_task_pwd(current);
	char *page = kmalloc(PATH_MAX, GFP_KERNEL);
	long ret = -ENOMEM;
	char *path;

	if (!page)
		goto out;
	path = d_path(pwd, root, page, PATH_MAX);
	if (IS_ERR(path)) {
		ret = PTR_ERR(path);
	} else if (pwd->d_flags & D_UNLINKED) {
		ret = -ENOENT;
	} else {
		ret = strlen(path) + 1;
		if ((unsigned long)ret > size)
			ret = -ERANGE;
		else if (copy_to_user(buf, path, ret))
			ret = -EFAULT;
	}
out:
	kfree(page);
	dput(pwd);
	dput(root);
	return ret;
}

SYSCALL_DEFINE1(umask, int, mask)
{
	struct fs_struct *fs = current->fs;
	mode_t old = fs->umask;

	fs->umask = mask & S_IRWXUGO;
	return old;
}

/* Of any task; 0 when it has none left. */
mode_t get_task_umask(struct task_struct *p)
{
	mode_t mask;

	spin_lock(&dcache_lock);
	mask = p->fs ? p->fs->umask : 0;
	spin_unlock(&dcache_lock);
	return mask;
}
