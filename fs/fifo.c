// SPDX-License-Identifier: GPL-2.0-only
/*
 * fifo.c - making pipes: pipe2(2), and opening a FIFO by its name.
 *
 * A pipe hangs off its inode for as long as it has open files. pipe2() makes the
 * inode, two files and no name; a FIFO has a name, and its first open makes the
 * pipe, its last close throws it away with what was left in it.
 *
 * Opening a FIFO waits for the other side, that is, until somebody HAS opened it
 * (r_counter, w_counter): he may be gone again by the time we run.
 */
#include <linux-lite/file.h>
#include <linux-lite/pipe.h>
#include <linux-lite/sched.h>
#include <linux-lite/syscalls.h>
#include <asm/uaccess.h>

/**
 * pipe_put - one open file less on a pipe's inode; the last frees the pipe. Context: may sleep.
 */
void pipe_put(struct inode *inode)
{
	struct pipe_inode_info *pipe = inode->i_pipe;
	bool last;

	inode_lock(inode);
	last = --pipe->files == 0;
	if (last)
		inode->i_pipe = NULL;
	inode_unlock(inode);
	if (last)
		free_pipe_info(pipe);
}

/* The pipe of a FIFO's inode, made if need be, one file counted. NULL: no memory. */
static struct pipe_inode_info *pipe_get(struct inode *inode)
{
	struct pipe_inode_info *pipe;

	inode_lock(inode);
	if (!inode->i_pipe)
		inode->i_pipe = alloc_pipe_info();
	pipe = inode->i_pipe;
	if (pipe)
		pipe->files++;
	inode_unlock(inode);
	return pipe;
}

/* Count the file on its sides; wake who waits in open() for that. */
static void pipe_open_sides(struct pipe_inode_info *pipe, struct file *file)
{
	mutex_lock(&pipe->mutex);
	if (file->f_mode & FMODE_READ) {
		pipe->readers++;
		pipe->r_counter++;
	}
	if (file->f_mode & FMODE_WRITE) {
		pipe->writers++;
		pipe->w_counter++;
	}
	mutex_unlock(&pipe->mutex);
	wake_up_all(&pipe->rd_wait);
	wake_up_all(&pipe->wr_wait);
}

/*
 * @seen: the other side's counter, read before we were counted: an open after that, which may
 * have found us and be closed again, is one that we need not wait for.
 */
static int fifo_wait(struct pipe_inode_info *pipe, struct file *file, unsigned int seen)
{
	if (file->f_mode & FMODE_READ) {
		if (READ_ONCE(pipe->writers))
			return 0;
		if (file->f_flags & O_NONBLOCK) {
			file->f_version = seen;	/* no POLLHUP before a writer came */
			return 0;
		}
		return wait_event_interruptible(pipe->rd_wait, READ_ONCE(pipe->w_counter) != seen);
	}
	if (READ_ONCE(pipe->readers))
		return 0;
	return wait_event_interruptible(pipe->wr_wait, READ_ONCE(pipe->r_counter) != seen);
}

static int fifo_open(struct inode *inode, struct file *file)
{
	struct pipe_inode_info *pipe = pipe_get(inode);
	bool only_write = !(file->f_mode & FMODE_READ), only_read = !(file->f_mode & FMODE_WRITE);
	bool fifo = inode->i_sb != anon_sb;	/* a pipe had its other side from the start */
	unsigned int seen;
	int err = 0;

	if (!pipe)
		return -ENOMEM;
	file->private_data = pipe;
	seen = only_write ? READ_ONCE(pipe->r_counter) : READ_ONCE(pipe->w_counter);
	if (fifo && only_write && file->f_flags & O_NONBLOCK && !READ_ONCE(pipe->readers)) {
		pipe_put(inode);
		return -ENXIO;
	}
	pipe_open_sides(pipe, file);
	file->f_op = &pipe_file_operations;
	file->f_version = pipe->w_counter - 1;
	if (fifo && (only_read || only_write))
		err = fifo_wait(pipe, file, seen);
	if (err)
		pipe_file_operations.release(file);
	return err;
}

const struct file_operations fifo_file_operations = {
	.open = fifo_open,
};

/* The two ends. 0 or -errno. */
static int create_pipe_files(struct file *ends[2], int flags)
{
	struct inode *inode = new_inode(anon_sb, S_IFIFO | 0600);
	struct pipe_inode_info *pipe;

	if (!inode)
		return -ENFILE;
	pipe = pipe_get(inode);
	if (!pipe) {
		iput(inode);
		return -ENOMEM;
	}
	inode->i_fop = &fifo_file_operations;	/* for /proc/PID/fd/N being opened */
	ends[0] = alloc_file_anon(inode, O_RDONLY | (flags & O_NONBLOCK), &pipe_file_operations,
				  NULL);
	if (IS_ERR(ends[0])) {
		free_pipe_info(pipe);
		return PTR_ERR(ends[0]);
	}
	ends[0]->private_data = pipe;
	pipe_open_sides(pipe, ends[0]);
	ends[1] = alloc_file_anon(igrab(inode), O_WRONLY | (flags & (O_NONBLOCK | O_DIRECT)),
				  &pipe_file_operations, NULL);
	if (IS_ERR(ends[1])) {
		fput(ends[0]);
		return PTR_ERR(ends[1]);
	}
	ends[1]->private_data = pipe;
	inode_lock(inode);
	pipe->files++;
	inode_unlock(inode);
	pipe_open_sides(pipe, ends[1]);
	ends[0]->f_version = pipe->w_counter - 1;
	return 0;
}

SYSCALL_DEFINE2(pipe2, int __user *, ufds, int, flags)
{
	struct file *ends[2] = { NULL, NULL };
	int fd[2], err;

	if (flags & ~(O_CLOEXEC | O_NONBLOCK))
		return -EINVAL;
	err = create_pipe_files(ends, flags);
	if (err)
		return err;
	err = fd[0] = get_unused_fd_flags(flags);
	if (err < 0)
		goto out_files;
	err = fd[1] = get_unused_fd_flags(flags);
	if (err < 0)
		goto out_fd0;
	err = -EFAULT;
	if (copy_to_user(ufds, fd, sizeof(fd)))
		goto out_fd1;
	fd_install(fd[0], ends[0]);
	fd_install(fd[1], ends[1]);
	return 0;
out_fd1:
	put_unused_fd(fd[1]);
out_fd0:
	put_unused_fd(fd[0]);
out_files:
	fput(ends[0]);
	fput(ends[1]);
	return err;
}
