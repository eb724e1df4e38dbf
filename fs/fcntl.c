// SPDX-License-Identifier: GPL-2.0-only
/*
 * fcntl.c - what can be asked of an open file: fcntl(2), ioctl(2), fsync and
 * its kin, and the calls about extended attributes, which no file system here has.
 */
#include <linux-lite/abi/termios.h>
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/locks.h>
#include <linux-lite/memfd.h>
#include <linux-lite/namei.h>
#include <linux-lite/pipe.h>
#include <linux-lite/sched.h>
#include <linux-lite/syscalls.h>
#include <asm/uaccess.h>

#define SETFL_MASK	(O_APPEND | O_NONBLOCK | O_NOATIME | FASYNC | O_DIRECT)

static int setfl(struct file *file, unsigned int flags)
{
	if (flags & O_NOATIME && !(file->f_flags & O_NOATIME) &&
	    !inode_owner_or_root(file->f_inode))
		return -EPERM;
	file->f_flags = (file->f_flags & ~SETFL_MASK) | (flags & SETFL_MASK);
	return 0;
}

static long do_fcntl(unsigned int fd, unsigned int cmd, unsigned long arg, struct file *file)
{
	switch (cmd) {
	case F_DUPFD:
		return f_dupfd(arg, file, 0);
	case F_DUPFD_CLOEXEC:
		return f_dupfd(arg, file, O_CLOEXEC);
	case F_GETFD:
		return get_close_on_exec(fd) ? FD_CLOEXEC : 0;
	case F_SETFD:
		set_close_on_exec(fd, arg & FD_CLOEXEC);
		return 0;
	case F_GETFL:
		return file->f_flags;
	}
	if (file->f_mode & FMODE_PATH)
		return -EBADF;
	switch (cmd) {
	case F_SETFL:
		return setfl(file, arg);
	case F_GETLK: case F_SETLK: case F_SETLKW:
	case F_OFD_GETLK: case F_OFD_SETLK: case F_OFD_SETLKW:
		return fcntl_lock(file, cmd, (struct flock __user *)arg);
	case F_GETPIPE_SZ:
		return is_pipe(file) ? pipe_get_size(file) : -EBADF;
	case F_SETPIPE_SZ:
		return is_pipe(file) ? pipe_resize(file, arg) : -EBADF;
	case F_ADD_SEALS: case F_GET_SEALS:
		return memfd_fcntl(file, cmd, arg);
	case F_GETOWN:
	case F_SETOWN:		/* accepted, no SIGIO is ever sent */
		return 0;
	}
	return -EINVAL;
}

SYSCALL_DEFINE3(fcntl, unsigned int, fd, unsigned int, cmd, unsigned long, arg)
{
	struct fd f = fdget_raw(fd);
	long ret;

	if (!f.file)
		return -EBADF;
	ret = do_fcntl(fd, cmd, arg, f.file);
	fdput(f);
	return ret;
}

static long ioctl_nonblock(struct file *file, unsigned long arg)
{
	int on;

	if (get_user(on, (int __user *)arg))
		return -EFAULT;
	if (on)
		file->f_flags |= O_NONBLOCK;
	else
		file->f_flags &= ~O_NONBLOCK;
	return 0;
}

static long do_ioctl(unsigned int fd, struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case FIOCLEX:
	case FIONCLEX:
		set_close_on_exec(fd, cmd == FIOCLEX);
		return 0;
	case FIONBIO:
		return ioctl_nonblock(file, arg);
	case FIONREAD:
		if (S_ISREG(file->f_inode->i_mode))
			return put_user((int)(i_size_read(file->f_inode) - file->f_pos),
					(int __user *)arg);
	}
	return file->f_op->ioctl ? file->f_op->ioctl(file, cmd, arg) : -ENOTTY;
}

SYSCALL_DEFINE3(ioctl, unsigned int, fd, unsigned int, cmd, unsigned long, arg)
{
	struct fd f = fdget(fd);
	long ret;

	if (!f.file)
		return -EBADF;
	ret = do_ioctl(fd, f.file, cmd, arg);
	fdput(f);
	return ret;
}

static int do_fsync(unsigned int fd)
{
	struct fd f = fdget(fd);
	int err = -EINVAL;

	if (!f.file)
		return -EBADF;
	if (f.file->f_op->fsync)
		err = f.file->f_op->fsync(f.file);
	else if (S_ISREG(f.file->f_inode->i_mode) || S_ISDIR(f.file->f_inode->i_mode))
		err = 0;	/* memory is where the file is */
	fdput(f);
	return err;
}

SYSCALL_DEFINE1(fsync, unsigned int, fd)
{
	return do_fsync(fd);
}

SYSCALL_DEFINE1(fdatasync, unsigned int, fd)
{
	return do_fsync(fd);
}

SYSCALL_DEFINE4(sync_file_range, int, fd, loff_t, offset, loff_t, nbytes, unsigned int, flags)
{
	return offset < 0 || nbytes < 0 ? -EINVAL : do_fsync(fd);
}

SYSCALL_DEFINE1(syncfs, int, fd)
{
	struct fd f = fdget(fd);

	if (!f.file)
		return -EBADF;
	fdput(f);
	return 0;
}

SYSCALL_DEFINE4(fadvise64, int, fd, loff_t, offset, loff_t, len, int, advice)
{
	struct fd f = fdget(fd);
	int err = 0;

	if (!f.file)
		return -EBADF;
	if (S_ISFIFO(f.file->f_inode->i_mode))
		err = -ESPIPE;
	else if (advice < 0 || advice > 5 || len < 0)
		err = -EINVAL;
	fdput(f);
	return err;
}

SYSCALL_DEFINE3(readahead, int, fd, loff_t, offset, size_t, count)
{
	struct fd f = fdget(fd);
	int err = 0;

	if (!f.file)
		return -EBADF;
	if (!(f.file->f_mode & FMODE_READ))
		err = -EBADF;
	else if (!S_ISREG(f.file->f_inode->i_mode))
		err = -EINVAL;
	fdput(f);
	return err;
}
