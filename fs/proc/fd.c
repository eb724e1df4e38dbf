// SPDX-License-Identifier: GPL-2.0-only
/*
 * fd.c - /proc/PID/fd and fdinfo: a task's open files by number.
 *
 * fd/N is a link to the file: opening it opens the file anew (with a position of
 * its own), also one that has no name any more. Pipes and the like have no
 * dentry to go to, so they get one for the occasion: bash's <(command) opens a
 * pipe as /dev/fd/63.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/readdir.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/vsprintf.h>

static struct file *node_file(const struct proc_node *node)
{
	struct task_struct *p = proc_task(node);
	struct file *file = NULL;

	if (!p)
		return NULL;
	if (proc_may_access(p))
		file = fget_task(p, node->fd);
	put_task_struct(p);
	return file;
}

static struct dentry *fd_follow(struct inode *inode)
{
	struct file *file = node_file(proc_node(inode));
	struct dentry *d = ERR_PTR(-ENOENT);

	if (!file)
		return d;
	d = file->f_dentry ? dget(file->f_dentry) : d_alloc(NULL, "", 0, igrab(file->f_inode));
	fput(file);
	return d ? d : ERR_PTR(-ENOMEM);
}

static int fd_readlink(struct inode *inode, char *buf, int size)
{
	struct file *file = node_file(proc_node(inode));
	char *path;
	int len;

	if (!file)
		return -ENOENT;
	path = file_path(file, buf, size);
	fput(file);
	if (IS_ERR(path))
		return PTR_ERR(path);
	len = strlen(path);
	memmove(buf, path, len + 1);
	return len;
}

/* Both: following goes to the file, reading the link shows its path or "pipe:[1]". */
static const struct inode_operations fd_link_iops = {
	.follow = fd_follow,
	.readlink = fd_readlink,
};

static int fdinfo_show(struct seq_file *m, struct task_struct *p)
{
	struct proc_node *node = m->private;
	struct file *file = fget_task(p, node->fd);

	if (!file)
		return -ENOENT;
	seq_printf(m, "pos:\t%ld\nflags:\t0%o\nmnt_id:\t%u\nino:\t%lu\n", file->f_pos,
		   file->f_flags, MINOR(file->f_inode->i_sb->s_dev), file->f_inode->i_ino);
	fput(file);
	return 0;
}

static const struct proc_entry fd_entry = {
	.name = "N", .mode = S_IFLNK | 0700, .iops = &fd_link_iops,
};
static const struct proc_entry fdinfo_entry = PROC_TASK("N", 0400, fdinfo_show);

static const struct proc_entry *entry_in(struct inode *dir)
{
	return proc_node(dir)->entry->iops == &proc_fd_dir_iops ? &fd_entry : &fdinfo_entry;
}

static struct dentry *fd_lookup(struct dentry *dir, const char *name, unsigned int len)
{
	struct proc_node node = *proc_node(dir->d_inode);
	struct file *file;
	struct dentry *d;

	node.fd = proc_name_to_int(name, len);
	file = node.fd >= 0 ? node_file(&node) : NULL;
	if (!file)
		return ERR_PTR(-ENOENT);
	d = proc_make(dir, name, len, entry_in(dir->d_inode), node.tgid, node.pid, node.fd);
	/* The link's permission bits tell how the file is open. */
	if (!IS_ERR(d) && S_ISLNK(d->d_inode->i_mode))
		d->d_inode->i_mode = S_IFLNK | 0100 | (file->f_mode & FMODE_READ ? 0400 : 0) |
				     (file->f_mode & FMODE_WRITE ? 0200 : 0);
	fput(file);
	return d;
}

static int fd_iterate(struct file *file, struct dir_context *ctx)
{
	struct proc_node *node = proc_node(file->f_inode);
	const struct proc_entry *entry = entry_in(file->f_inode);
	struct task_struct *p;
	char name[12];
	int fd, len;

	if (!dir_emit_dots(file, ctx))
		return 0;
	p = proc_task(node);
	if (!p)
		return -ENOENT;
	while (proc_may_access(p) && (fd = next_fd_task(p, ctx->pos - 2)) >= 0) {
		len = snprintf(name, sizeof(name), "%d", fd);
		ctx->pos = fd + 2;
		if (!dir_emit(ctx, name, len, proc_ino(entry, node->pid, fd), entry->mode,
			      fd + 3))
			break;
	}
	put_task_struct(p);
	return 0;
}

const struct inode_operations proc_fd_dir_iops = { .lookup = fd_lookup };
const struct inode_operations proc_fdinfo_dir_iops = { .lookup = fd_lookup };

const struct file_operations proc_fd_dir_fops = {
	.iterate = fd_iterate,
	.llseek = dcache_dir_llseek,
};
