// SPDX-License-Identifier: GPL-2.0-only
/*
 * super.c - file systems and where they are mounted.
 *
 *	dentry "proc" in rootfs          super_block          root dentry of procfs
 *	   d_mounted ------------------>    s_root  ------------->
 *	                  <------------  s_mountpoint
 *
 * Each mount makes a superblock of its own, so a place in the tree is one
 * pointer, a dentry, where Linux needs a pair (mount, dentry). The price: no
 * bind mounts, and mounting a disk twice would be two file systems. All we have
 * live in memory, where that is what one expects.
 *
 * I1  sb->s_mountpoint->d_mounted == sb for each mounted sb but the root
 * I2  a mountpoint is referenced by what is mounted on it, so it counts as busy
 * I3  s_count is the number of the superblock's inodes, plus one while mounted
 *
 * A file system is busy when a dentry has more references than the tree
 * accounts for: one for being in it, one for each child. umount looks at all of
 * them under dcache_lock; that is slow, rare, and costs nothing elsewhere.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/mount.h>
#include <linux-lite/file.h>
#include <linux-lite/sched.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>


DEFINE_MUTEX(mount_mutex, RANK_MOUNT);
LIST_HEAD(super_blocks);

static const struct file_system_type *const fs_types[] = {
	&rootfs_fs_type, &tmpfs_fs_type, &ramfs_fs_type, &devtmpfs_fs_type,
#ifdef CONFIG_PROC_FS
	&proc_fs_type,
#endif
};

/**
 * get_fs_type - find a file system by the name that mount(2) is given
 * @name: "tmpfs", "proc", ...
 *
 * Context: any.
 * Return: the type, or NULL.
 */
const struct file_system_type *get_fs_type(const char *name)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(fs_types); i++)
		if (!strcmp(fs_types[i]->name, name))
			return fs_types[i];
	return NULL;
}

/** filesystems_show - /proc/filesystems. Context: any. Return: 0. */
int filesystems_show(struct seq_file *m)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(fs_types); i++)
		seq_printf(m, "%s\t%s\n", fs_types[i]->nodev ? "nodev" : "", fs_types[i]->name);
	return 0;
}

/**
 * sb_alloc - make a file system that is not mounted yet
 * @type: its kind
 * @flags: MS_RDONLY, MS_NOEXEC, ...
 * @source: what /proc/mounts shows first; copied
 * @data: mount options, cut up; or NULL
 *
 * Context: may sleep.
 * Return: one count, or ERR_PTR(-ENOMEM, -EINVAL).
 */
struct super_block *sb_alloc(const struct file_system_type *type, unsigned long flags,
			     const char *source, char *data)
{
	static atomic_t next_minor;
	struct super_block *sb = kzalloc(sizeof(*sb), GFP_KERNEL);
	int err = -ENOMEM;

	if (!sb)
		return ERR_PTR(-ENOMEM);
	sb->s_type = type;
	sb->s_flags = flags;
	sb->s_dev = MKDEV(0, atomic_inc_return(&next_minor));
	atomic_long_set(&sb->s_count, 1);
	INIT_LIST_HEAD(&sb->s_list);
	sb->s_source = kstrdup(source && *source ? source : "none", GFP_KERNEL);
	if (!sb->s_source)
		goto fail;
	if (type && type->fill_super) {
		err = type->fill_super(sb, data);
		if (err)
			goto fail;
	}
	return sb;
fail:
	sb_put(sb);
	return ERR_PTR(err);
}

/** sb_put - one count less, see I3; the last frees the superblock. Context: may sleep. */
void sb_put(struct super_block *sb)
{
	if (!atomic_long_dec_and_test(&sb->s_count))
		return;
	if (sb->s_op && sb->s_op->put_super)
		sb->s_op->put_super(sb);
	kfree(sb->s_source);
	kfree(sb);
}

/* dcache_lock held. References that the tree itself holds on @dentry. */
static int tree_references(const struct dentry *dentry)
{
	const struct dentry *child;
	int n = dentry->d_flags & D_TREE ? 1 : 0;

	list_for_each_entry(child, &dentry->d_children, d_child)
		n++;
	return n;
}

/* dcache_lock held. @root: one reference is the superblock's, one the caller's. */
static bool tree_busy(struct dentry *root)
{
	struct dentry *d = root;

	for (;;) {
		if (atomic_read(&d->d_count) != tree_references(d) + (d == root ? 2 : 0))
			return true;
		if (!list_empty(&d->d_children)) {
			d = list_first_entry(&d->d_children, struct dentry, d_child);
			continue;
		}
		while (d != root && list_is_last(&d->d_child, &d->d_parent->d_children))
			d = d->d_parent;
		if (d == root)
			return false;
		d = list_next_entry(d, d_child);
	}
}

/* Take the whole tree down, leaves first. Nobody new can come: it is not mounted. */
static void shrink_tree(struct dentry *root)
{
	struct dentry *d;

	for (;;) {
		spin_lock(&dcache_lock);
		d = root;
		while (!list_empty(&d->d_children)) {
			d->d_inode->i_flags |= S_DEAD;
			d = list_first_entry(&d->d_children, struct dentry, d_child);
		}
		if (d != root)
			dget(d);
		spin_unlock(&dcache_lock);
		if (d == root)
			return;
		d_remove(d);
		dput(d);
	}
}

/* Unmount and free; s_root's last references go here. mount_mutex held. */
static void sb_kill(struct super_block *sb)
{
	list_del(&sb->s_list);
	sb->s_root->d_inode->i_flags |= S_DEAD;
	shrink_tree(sb->s_root);
	dput(sb->s_root);
	sb_put(sb);
}

/**
 * do_mount - make a file system and put it into the tree
 * @source: what /proc/mounts shows first
 * @where: the directory to cover; NULL: it becomes the root
 * @type: its kind
 * @flags: MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_NOATIME
 * @data: options, cut up; or NULL
 *
 * Context: may sleep.
 * Return: 0; -ENOTDIR, -EBUSY, -ENOENT for @where; -ENOMEM, -EINVAL from the file system.
 */
int do_mount(const char *source, struct dentry *where, const struct file_system_type *type,
	     unsigned long flags, char *data)
{
	struct super_block *sb;
	int err = 0;

	if (where && !S_ISDIR(where->d_inode->i_mode))
		return -ENOTDIR;
	sb = sb_alloc(type, flags, source, data);
	if (IS_ERR(sb))
		return PTR_ERR(sb);
	mutex_lock(&mount_mutex);
	spin_lock(&dcache_lock);
	if (where && where->d_mounted)
		err = -EBUSY;
	else if (where && (where->d_flags & D_UNLINKED || where->d_inode->i_flags & S_DEAD))
		err = -ENOENT;
	else if (where) {
		where->d_mounted = sb;
		sb->s_mountpoint = dget(where);
	}
	spin_unlock(&dcache_lock);
	list_add_tail(&sb->s_list, &super_blocks);
	if (err)
		sb_kill(sb);
	mutex_unlock(&mount_mutex);
	return err;
}

/**
 * do_umount - take away what is mounted
 * @root: the root of what is mounted; the caller's is the only reference from outside
 * @detach: MNT_DETACH: also if it is in use; its users keep their open files
 *
 * Context: may sleep.
 * Return: 0, -EINVAL when @root is not a mount's root, -EBUSY.
 */
int do_umount(struct dentry *root, bool detach)
{
	struct super_block *sb = root->d_inode->i_sb;
	struct dentry *where;
	int err = 0;

	mutex_lock(&mount_mutex);
	spin_lock(&dcache_lock);
	where = sb->s_mountpoint;
	if (root != sb->s_root || !where)
		err = -EINVAL;
	else if (tree_busy(root) && !detach)
		err = -EBUSY;
	else {
		where->d_mounted = NULL;
		sb->s_mountpoint = NULL;
	}
	spin_unlock(&dcache_lock);
	if (!err) {
		sb_kill(sb);
		dput(where);
	}
	mutex_unlock(&mount_mutex);
	return err;
}

static void show_flags(struct seq_file *m, unsigned long flags)
{
	static const struct { unsigned long flag; const char *text; } names[] = {
		{ MS_NOSUID, ",nosuid" }, { MS_NODEV, ",nodev" }, { MS_NOEXEC, ",noexec" },
		{ MS_NOATIME, ",noatime" },
	};

	seq_puts(m, flags & MS_RDONLY ? "ro" : "rw");
	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++)
		if (flags & names[i].flag)
			seq_puts(m, names[i].text);
	if (!(flags & MS_NOATIME))
		seq_puts(m, ",relatime");
}

/* A field of /proc/mounts: blanks and backslashes as octal numbers. */
static void seq_escape(struct seq_file *m, const char *s)
{
	for (; *s; s++) {
		if (strchr(" \t\n\\#", *s))
			seq_printf(m, "\\%03o", (unsigned char)*s);
		else
			seq_putc(m, *s);
	}
}

/**
 * mounts_show - /proc/mounts, as seen from current's root. Return: 0 or -ENOMEM. Context: may
 * sleep.
 */
int mounts_show(struct seq_file *m)
{
	char *buf = kmalloc(PATH_MAX, GFP_KERNEL);
	struct dentry *root;
	struct super_block *sb;

	if (!buf)
		return -ENOMEM;
	root = get_task_root(current);
	mutex_lock(&mount_mutex);
	list_for_each_entry(sb, &super_blocks, s_list) {
		const char *path = d_path(sb->s_root, root, buf, PATH_MAX);

		if (IS_ERR(path) || *path != '/')
			continue;
		seq_escape(m, sb->s_source);
		seq_putc(m, ' ');
		seq_escape(m, path);
		seq_printf(m, " %s ", sb->s_type->name);
		show_flags(m, sb->s_flags);
		if (sb->s_op->show_options)
			sb->s_op->show_options(m, sb);
		seq_puts(m, " 0 0\n");
	}
	mutex_unlock(&mount_mutex);
	dput(root);
	kfree(buf);
	return 0;
}
