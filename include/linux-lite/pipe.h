/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pipe.h - pipes and FIFOs. fs/pipe.c (the ring), fs/fifo.c (making and opening).
 *
 * Small cousin of Linux's include/linux/pipe_fs_i.h.
 */
#ifndef LINUX_LITE_PIPE_H
#define LINUX_LITE_PIPE_H

#include <linux-lite/fs.h>

/* Key: (p) mutex; others may look with READ_ONCE  (i) the inode's i_rwsem */
struct pipe_inode_info {
	struct mutex mutex;		/* RANK_PIPE */
	unsigned long head, tail;	/* bytes written and read (p) */
	unsigned int nr_pages;		/* a power of two (p) */
	char **pages;			/* nr_pages; NULL where none was needed yet (p) */
	unsigned int readers, writers;	/* open files (p) */
	unsigned int r_counter, w_counter;	/* ... ever opened (p) */
	unsigned int files;		/* open files, either kind (i) */
	wait_queue_head_t rd_wait;	/* for bytes, or writers */
	wait_queue_head_t wr_wait;	/* for room, or readers */
};

extern const struct file_operations pipe_file_operations, fifo_file_operations;
struct pipe_inode_info *alloc_pipe_info(void);
void free_pipe_info(struct pipe_inode_info *pipe);
/* One open file less; the last frees the pipe. */
void pipe_put(struct inode *inode);
long pipe_resize(struct file *file, unsigned long size);
long pipe_get_size(struct file *file);

static inline bool is_pipe(const struct file *file)
{
	return S_ISFIFO(file->f_inode->i_mode) && file->f_op == &pipe_file_operations;
}

#endif
