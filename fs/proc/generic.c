// SPDX-License-Identifier: GPL-2.0-only
/*
 * generic.c - procfs's machinery: tables of names, and files whose text is made
 * when they are read.
 *
 *	lookup "meminfo" --> proc_entry in a table --> inode, dentry (not in the tree)
 *	open             --> nothing
 *	read at 0        --> show() into a buffer, as large as it takes
 *	read further     --> from the same buffer
 *
 * So one pass of reads sees one moment, and going back to 0 takes a new one.
 * The buffer belongs to the open file and is under f_pos_lock or, for a pread,
 * under the same lock taken here.
 *
 * No dentry of procfs is in the tree: each lookup makes one, the last dput() frees
 * it. A process that ends takes its directory with it without anybody telling.
 */
#include <linux-lite/cred.h>
#include <linux-lite/ctype.h>
#include <linux-lite/dcache.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/readdir.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/uio.h>
#include <linux-lite/kstrtox.h>
#include <linux-lite/vmalloc.h>

#define WRITE_MAX	4095

/* Text already made, and the lock that guards it. */
struct proc_text {
	struct mutex lock;		/* RANK_PROC_TEXT */
	char *buf;			/* NULL: not made yet */
	size_t len;
};

/** proc_ino - an inode number that is the name's own. Context: any. */
ino_t proc_ino(const struct proc_entry *entry, pid_t pid, int fd)
{
	/* Entries are 8-byte aligned and lie in one image: bits 3..22 tell them apart. */
	return (ino_t)pid << 32 | (((unsigned long)entry >> 3 & 0xfffff) + fd + 1);
}

/**
 * proc_name_to_int - the number that a name is, without leading zeroes; -1: none. Context: any.
 */
int proc_name_to_int(const char *name, unsigned int len)
{
	long n = 0;

	if (!len || len > 10 || (name[0] == '0' && len > 1))
		return -1;
	while (len--) {
		if (!isdigit(*name))
			return -1;
		n = n * 10 + *name++ - '0';
	}
	return n <= 0x7fffffff ? n : -1;
}

/**
 * proc_make - a dentry and inode for one entry
 * @dir: referenced
 * @name: @len bytes
 * @len: 1..NAME_MAX
 * @entry: what it is
 * @tgid: the process it is about, or 0
 * @pid: the thread, or 0: the owner is root, else the task's user
 * @fd: for /proc/PID/fd/N
 *
 * Context: may sleep.
 * Return: a reference, or ERR_PTR(-ENOMEM).
 */
struct dentry *proc_make(struct dentry *dir, const char *name, unsigned int len,
			 const struct proc_entry *entry, pid_t tgid, pid_t pid, int fd)
{
	struct proc_node *node = kmalloc(sizeof(*node), GFP_KERNEL);
	struct task_struct *p;
	struct dentry *dentry;
	struct inode *inode;

	if (!node)
		return ERR_PTR(-ENOMEM);
	*node = (struct proc_node){ .entry = entry, .pid = pid, .tgid = tgid, .fd = fd };
	inode = new_inode(dir->d_inode->i_sb, entry->mode);
	if (!inode) {
		kfree(node);
		return ERR_PTR(-ENOMEM);
	}
	inode->i_private = node;
	inode->i_ino = proc_ino(entry, pid, fd);
	inode->i_uid = inode->i_gid = 0;
	inode->i_op = entry->iops ? entry->iops :
		      S_ISDIR(entry->mode) ? &proc_dir_inode_operations :
					     &proc_file_inode_operations;
	inode->i_fop = entry->fops ? entry->fops :
		       S_ISDIR(entry->mode) ? &proc_dir_operations : &proc_file_operations;
	if (S_ISDIR(entry->mode))
		inode->i_nlink = 2;
	p = pid ? get_task_by_pid(pid) : NULL;
	if (p) {
		inode->i_uid = p->euid;
		inode->i_gid = p->egid;
		put_task_struct(p);
	}
	dentry = d_alloc(dir, name, len, inode);
	return dentry ? dentry : ERR_PTR(-ENOMEM);
}

/**
 * proc_lookup_table - look a name up in a table
 * @dir: a directory; what is found is about the same task
 * @name: @len bytes
 * @len: 1..NAME_MAX
 * @table: @n entries
 * @n: their number
 *
 * Context: may sleep.
 * Return: a reference; ERR_PTR(-ENOENT, -ENOMEM).
 */
struct dentry *proc_lookup_table(struct dentry *dir, const char *name, unsigned int len,
				 const struct proc_entry *table, unsigned int n)
{
	struct proc_node *node = proc_node(dir->d_inode);

	for (; n--; table++) {
		if (strlen(table->name) == len && !memcmp(table->name, name, len))
			return proc_make(dir, name, len, table, node->tgid, node->pid, 0);
	}
	return ERR_PTR(-ENOENT);
}

static struct dentry *proc_dir_lookup(struct dentry *dir, const char *name, unsigned int len)
{
	struct proc_node *node = proc_node(dir->d_inode);
	struct task_struct *p;

	if (node->pid) {
		p = proc_task(node);
		if (!p)
			return ERR_PTR(-ENOENT);
		put_task_struct(p);
	}
	return proc_lookup_table(dir, name, len, node->entry->sub, node->entry->nr_sub);
}

/**
 * proc_readdir_table - list a table
 * @ctx: as iterate got it
 * @first: position of the table's first entry
 * @node: the directory
 * @table: @n entries
 * @n: their number
 *
 * Context: may sleep.
 * Return: false when the reader's buffer is full.
 */
bool proc_readdir_table(struct dir_context *ctx, loff_t first, const struct proc_node *node,
			const struct proc_entry *table, unsigned int n)
{
	while (ctx->pos >= first && ctx->pos < first + n) {
		const struct proc_entry *e = &table[ctx->pos - first];

		if (!dir_emit(ctx, e->name, strlen(e->name), proc_ino(e, node->pid, 0), e->mode,
			      ctx->pos + 1))
			return false;
	}
	return true;
}

static int proc_dir_iterate(struct file *file, struct dir_context *ctx)
{
	struct proc_node *node = proc_node(file->f_inode);

	if (dir_emit_dots(file, ctx))
		proc_readdir_table(ctx, 2, node, node->entry->sub, node->entry->nr_sub);
	return 0;
}

const struct inode_operations proc_dir_inode_operations = {
	.lookup = proc_dir_lookup,
};

const struct file_operations proc_dir_operations = {
	.iterate = proc_dir_iterate,
	.llseek = dcache_dir_llseek,
};

static int proc_setattr(struct inode *inode)
{
	return -EPERM;
}

const struct inode_operations proc_file_inode_operations = {
	.setattr = proc_setattr,
};

/* What the file says now. 0 or -errno. */
static int proc_show(struct proc_node *node, struct seq_file *m)
{
	const struct proc_entry *e = node->entry;
	struct task_struct *p;
	int err;

	m->private = node;
	if (e->value) {
		seq_printf(m, "%d\n", *e->value);
		return 0;
	}
	if (e->show)
		return e->show(m);
	p = proc_task(node);
	if (!p)
		return -ESRCH;
	err = e->show_task(m, p);
	put_task_struct(p);
	return err;
}

/* Make the text, with a larger buffer until it fits. */
static int make_text(struct proc_node *node, struct proc_text *text)
{
	struct seq_file m = { .size_bytes = PAGE_SIZE };
	int err;

	for (;; m.size_bytes *= 4) {
		m.buf = kvmalloc(m.size_bytes, GFP_KERNEL);
		if (!m.buf)
			return -ENOMEM;
		m.count = 0;
		err = proc_show(node, &m);
		if (!err && !seq_overflow(&m))
			break;
		kvfree(m.buf);
		if (err)
			return err;
	}
	text->buf = m.buf;
	text->len = m.count;
	return 0;
}

static void free_text(struct proc_text *text)
{
	kvfree(text->buf);
	text->buf = NULL;
}

static ssize_t proc_read_iter(struct file *file, struct iov_iter *to, loff_t *pos)
{
	struct proc_text *text = file->private_data;
	ssize_t ret = 0;
	size_t n;

	mutex_lock(&text->lock);
	if (*pos == 0 && text->buf)
		free_text(text);
	if (!text->buf)
		ret = make_text(proc_node(file->f_inode), text);
	if (!ret && *pos < (loff_t)text->len) {
		n = min(text->len - (size_t)*pos, iov_iter_count(to));
		ret = copy_to_iter(text->buf + *pos, n, to);
		if (!ret && n)
			ret = -EFAULT;
		if (ret > 0)
			*pos += ret;
	}
	mutex_unlock(&text->lock);
	return ret;
}

static int write_value(const struct proc_entry *e, char *text)
{
	long long n;
	int err = kstrtoll(strim(text), 0, &n);

	if (err)
		return -EINVAL;
	if (n < e->min || n > e->max)
		return -EINVAL;
	WRITE_ONCE(*e->value, (int)n);
	return 0;
}

static ssize_t proc_write_iter(struct file *file, struct iov_iter *from, loff_t *pos)
{
	struct proc_node *node = proc_node(file->f_inode);
	size_t n = iov_iter_count(from);
	char *text;
	int err;

	if (!node->entry->write && !node->entry->value)
		return -EIO;
	if (n > WRITE_MAX)
		return -EINVAL;
	text = kmalloc(n + 1, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	err = -EFAULT;
	if (copy_from_iter(text, n, from) == n) {
		text[n] = '\0';
		err = node->entry->write ? node->entry->write(node, text) :
					   write_value(node->entry, text);
	}
	kfree(text);
	if (!err)
		*pos += n;
	return err ? err : (ssize_t)n;
}

static int proc_open(struct inode *inode, struct file *file)
{
	const struct proc_entry *e = proc_node(inode)->entry;
	struct proc_text *text;

	/* A knob that says nothing: not even root may read it. */
	if (file->f_mode & FMODE_READ && !e->show && !e->show_task && !e->value)
		return -EACCES;
	text = kzalloc(sizeof(*text), GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	mutex_init(&text->lock, RANK_PROC_TEXT, "proc_text");
	file->private_data = text;
	return 0;
}

static void proc_release(struct file *file)
{
	struct proc_text *text = file->private_data;

	free_text(text);
	kfree(text);
}

/* The text has no known length: SEEK_END makes no sense. */
static loff_t proc_llseek(struct file *file, loff_t offset, int whence)
{
	return dcache_dir_llseek(file, offset, whence);
}

const struct file_operations proc_file_operations = {
	.open = proc_open,
	.release = proc_release,
	.read_iter = proc_read_iter,
	.write_iter = proc_write_iter,
	.llseek = proc_llseek,
};
