// SPDX-License-Identifier: GPL-2.0-only
/*
 * exec.c - replacing a process's program.
 *
 *	execve(path, argv, envp)
 *	  open the file                        may be run? nobody writes it?
 *	  a new mm with a stack                exec_stack.c: strings go there at once
 *	  loader: script?  -> another file, longer argv, again
 *	          ELF?     -> checks
 *	  --- point of no return: begin_new_exec() ---
 *	  other threads die, the new mm is in place, close-on-exec, signals reset
 *	  loader maps the segments, builds the first stack frame
 *	  start_thread(entry, sp)
 *
 * Before that line every failure is an errno and nothing has happened. Behind it
 * there is no program to return to: the process dies of SIGSEGV.
 *
 * I1  bprm->mm is ours alone until exec_mmap() hands it to current
 * I2  bprm->file keeps writers out for as long as it is open, and mm->exe_file
 *     refers to it: a running program cannot be changed (ETXTBSY)
 *
 * Small cousin of Linux's fs/exec.c.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/exec.h>
#include <linux-lite/exec_stack.h>
#include <linux-lite/init.h>
#include <linux-lite/mman.h>
#include <linux-lite/namei.h>
#include <linux-lite/posix_timers.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/vsprintf.h>
#include <asm/uaccess.h>

/**
 * open_exec - open a file to run it
 * @dfd: where a relative path starts
 * @name: the path, in a buffer of PATH_MAX
 * @flags: AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH
 *
 * Context: may sleep.
 * Return: the file, writers kept out; ERR_PTR(-EACCES: not a regular file, no right, or
 * noexec; -ETXTBSY: it is being written; or as open).
 */
struct file *open_exec(int dfd, const char *name, int flags)
{
	struct dentry *dentry = lookup_at(dfd, name,
					  (flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) |
					  (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0));
	struct file *file;
	struct inode *inode;
	int err;

	if (IS_ERR(dentry))
		return ERR_PTR(PTR_ERR(dentry));
	inode = dentry->d_inode;
	err = S_ISLNK(inode->i_mode) ? -ELOOP : -EACCES;
	if (S_ISREG(inode->i_mode) && !(inode->i_sb->s_flags & MS_NOEXEC))
		err = inode_permission(inode, MAY_EXEC);
	file = err ? ERR_PTR(err) : dentry_open(dentry, O_RDONLY | O_LARGEFILE);
	dput(dentry);
	if (IS_ERR(file))
		return file;
	err = deny_write_access(file);
	if (err) {
		fput(file);
		return ERR_PTR(err);
	}
	return file;
}

/* Read the file's first bytes, zeroes behind its end. */
static int prepare_buf(struct linux_binprm *bprm)
{
	ssize_t n;

	memset(bprm->buf, 0, BINPRM_BUF_SIZE);
	n = kernel_read(bprm->file, bprm->buf, BINPRM_BUF_SIZE, 0);
	return n < 0 ? n : 0;
}

/* Set-id bits: who the new program will be. */
static void prepare_ids(struct linux_binprm *bprm)
{
	struct inode *inode = bprm->file->f_inode;

	bprm->euid = current->euid;
	bprm->egid = current->egid;
	if (!(inode->i_sb->s_flags & MS_NOSUID) && !current->signal->no_new_privs) {
		if (inode->i_mode & S_ISUID)
			bprm->euid = inode->i_uid;
		if ((inode->i_mode & (S_ISGID | 0010)) == (S_ISGID | 0010))
			bprm->egid = inode->i_gid;
	}
	bprm->secure = bprm->euid != current->uid || bprm->egid != current->gid;
}

static void commit_ids(struct linux_binprm *bprm)
{
	if (bprm->secure)
		current->pdeath_signal = 0;	/* its parent may not signal it any more */
	current->euid = current->suid = current->fsuid = bprm->euid;
	current->egid = current->sgid = current->fsgid = bprm->egid;
}

/* The name ps shows: the last part of the file's path. */
static void set_comm(const char *filename)
{
	const char *slash = strrchr(filename, '/');
	char comm[TASK_COMM_LEN] = { 0 };

	strscpy(comm, slash ? slash + 1 : filename, sizeof(comm));
	memcpy(current->comm, comm, sizeof(comm));
}

/**
 * begin_new_exec - cross the point of no return
 * @bprm: checked by its loader
 *
 * Context: may sleep.
 * Return: 0, or -errno while there was still a way back.
 */
int begin_new_exec(struct linux_binprm *bprm)
{
	int err = unshare_files();		/* may fail, and does no harm */

	if (!err)
		err = de_thread();
	if (err)
		return err;
	bprm->past_return = true;
	bprm->mm->exe_file = get_file(bprm->file);
	exec_mmap(bprm->mm);
	bprm->mm = NULL;
	flush_thread();
	flush_signal_handlers(current);
	current->sas_ss_sp = current->sas_ss_size = 0;
	current->sas_ss_flags = SS_DISABLE;
	current->robust_list = NULL;
	current->clear_child_tid = NULL;
	current->flags &= ~(PF_FORKNOEXEC | PF_KTHREAD);
	do_close_on_exec(current->files);
	set_comm(bprm->filename);
	commit_ids(bprm);
	return 0;
}

static int load_binary(struct linux_binprm *bprm)
{
	int err;

	for (bprm->depth = 0; bprm->depth <= MAX_SCRIPTS; bprm->depth++) {
		err = prepare_buf(bprm);
		if (err)
			return err;
		prepare_ids(bprm);
		err = load_script(bprm);
		if (err == -ENOEXEC)
			return load_elf_binary(bprm);
		if (err)
			return err;
	}
	return -ELOOP;
}

static void free_bprm(struct linux_binprm *bprm)
{
	bprm_put_page(bprm);
	if (bprm->mm)
		mmput(bprm->mm);
	if (bprm->file)
		fput(bprm->file);
	kfree(bprm->interp_buf);
	kfree(bprm->fd_path);
	kfree(bprm);
}

static int exec_with(struct linux_binprm *bprm, struct user_strings argv, struct user_strings envp)
{
	int err = bprm_init_stack(bprm);

	if (err)
		return err;
	err = bprm->argc = count_strings(argv);
	if (err < 0)
		return err;
	err = bprm->envc = count_strings(envp);
	if (err < 0)
		return err;
	err = bprm_arg_limits(bprm);
	if (!err)
		err = bprm_put_string_kernel(bprm, bprm->filename);
	if (!err) {
		bprm->exec_fn = bprm->p;
		err = bprm_put_strings(bprm, envp, bprm->envc);
	}
	if (!err)
		err = bprm_put_strings(bprm, argv, bprm->argc);
	if (!err && !bprm->argc) {
		/* Programs take argv[0] for granted: give them an empty one, as Linux does. */
		err = bprm_put_string_kernel(bprm, "");
		bprm->argc = 1;
	}
	return err ? err : load_binary(bprm);
}

static int do_execveat(int dfd, const char *filename, struct user_strings argv,
		       struct user_strings envp, int flags)
{
	struct linux_binprm *bprm = kzalloc(sizeof(*bprm), GFP_KERNEL);
	int err = -ENOMEM;

	if (!bprm)
		return err;
	bprm->filename = bprm->interp = filename;
	bprm->file = open_exec(dfd, filename, flags);
	if (IS_ERR(bprm->file)) {
		err = PTR_ERR(bprm->file);
		bprm->file = NULL;
		goto out;
	}
	if (dfd != AT_FDCWD && *filename != '/') {
		/* A script's interpreter must find it again: by its descriptor. */
		bprm->fd_path = kmalloc(PATH_MAX, GFP_KERNEL);
		if (!bprm->fd_path)
			goto out;
		snprintf(bprm->fd_path, PATH_MAX, *filename ? "/dev/fd/%d/%s" : "/dev/fd/%d%s",
			 dfd, filename);
		bprm->filename = bprm->interp = bprm->fd_path;
	}
	err = exec_with(bprm, argv, envp);
	if (err && bprm->past_return && !fatal_signal_pending(current))
		force_sigsegv(SIGSEGV);
out:
	free_bprm(bprm);
	return err;
}

SYSCALL_DEFINE5(execveat, int, dfd, const char __user *, filename,
		const char __user *const __user *, argv,
		const char __user *const __user *, envp, int, flags)
{
	char *path;
	int err;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	path = getname(filename, flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0);
	if (IS_ERR(path))
		return PTR_ERR(path);
	err = do_execveat(dfd, path, (struct user_strings){ .user = argv },
			  (struct user_strings){ .user = envp }, flags);
	putname(path);
	return err;
}

SYSCALL_DEFINE3(execve, const char __user *, filename, const char __user *const __user *, argv,
		const char __user *const __user *, envp)
{
	char *path = getname(filename, 0);
	int err;

	if (IS_ERR(path))
		return PTR_ERR(path);
	err = do_execveat(AT_FDCWD, path, (struct user_strings){ .user = argv },
			  (struct user_strings){ .user = envp }, 0);
	putname(path);
	return err;
}

/**
 * kernel_execve - turn a kernel thread into a program
 * @filename: in kernel memory, as are the others
 * @argv: NULL at the end
 * @envp: NULL at the end
 *
 * Context: process 1, may sleep.
 * Return: 0: returning from the thread's function leads to user mode; else as execve(2).
 */
int kernel_execve(const char *filename, const char *const *argv, const char *const *envp)
{
	return do_execveat(AT_FDCWD, filename, (struct user_strings){ .kernel = argv },
			   (struct user_strings){ .kernel = envp }, 0);
}
