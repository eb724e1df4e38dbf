// SPDX-License-Identifier: GPL-2.0-only
/*
 * initramfs.c - from the archive that the boot loader left in memory to the root
 * file system.
 *
 *	initrd:  | cpio | zeroes | cpio | gzip( cpio ) | cpio | ...
 *
 * Archives follow each other in any number, compressed or not, and a later one's
 * files win. Each entry becomes a name in rootfs, with its data copied once,
 * into the page cache. A compressed piece is unpacked into memory first, so that
 * the same code reads it.
 *
 * Hard links: all entries of one file have the same (device, inode) numbers; the
 * first one makes the file, the others tie names to it, and the data comes with
 * whichever has some.
 *
 * A broken archive is said to be so and what was unpacked stays: the boot goes
 * on to find out whether there is an init.
 */
#include <linux-lite/cpio.h>
#include <linux-lite/dcache.h>
#include <linux-lite/devices.h>
#include <linux-lite/file.h>
#include <linux-lite/gunzip_mem.h>
#include <linux-lite/init.h>
#include <linux-lite/namei.h>
#include <linux-lite/printk.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/time.h>

/* A file with several names, some of which are still to come. */
struct link_target {
	struct list_head list;
	u32 major, minor, ino;
	struct dentry *dentry;		/* referenced */
};

static LIST_HEAD(link_targets);		/* used by process 1 alone */

static struct link_target *find_link(const struct cpio_entry *e)
{
	struct link_target *l;

	list_for_each_entry(l, &link_targets, list)
		if (l->ino == e->ino && l->major == e->dev_major && l->minor == e->dev_minor)
			return l;
	return NULL;
}

static int remember_link(const struct cpio_entry *e, struct dentry *dentry)
{
	struct link_target *l = kmalloc(sizeof(*l), GFP_KERNEL);

	if (!l)
		return -ENOMEM;
	l->major = e->dev_major;
	l->minor = e->dev_minor;
	l->ino = e->ino;
	l->dentry = dget(dentry);
	list_add(&l->list, &link_targets);
	return 0;
}

static void forget_links(void)
{
	while (!list_empty(&link_targets)) {
		struct link_target *l = list_first_entry(&link_targets, struct link_target, list);

		list_del(&l->list);
		dput(l->dentry);
		kfree(l);
	}
}

/* Replace the contents by the entry's. */
static int write_data(struct dentry *dentry, const struct cpio_entry *e)
{
	struct file *file;
	loff_t pos = 0;
	ssize_t n;

	if (!e->size)
		return 0;
	file = dentry_open(dentry, O_WRONLY);
	if (IS_ERR(file))
		return PTR_ERR(file);
	n = kernel_write(file, e->data, e->size, &pos);
	fput(file);
	return n < 0 ? n : n < (ssize_t)e->size ? -ENOSPC : 0;
}

static void set_owner(struct dentry *dentry, const struct cpio_entry *e)
{
	struct inode *inode = dentry->d_inode;

	inode->i_mode = (inode->i_mode & S_IFMT) | (e->mode & S_IALLUGO);
	inode->i_uid = e->uid;
	inode->i_gid = e->gid;
	inode->i_mtime = (s64)e->mtime * (s64)NSEC_PER_SEC;
}

static int unpack_regular(struct dentry *dir, struct last_name *last, const struct cpio_entry *e)
{
	struct link_target *l = e->nlink > 1 ? find_link(e) : NULL;
	struct dentry *dentry;
	int err;

	if (l) {
		err = vfs_link_at(l->dentry, dir, last->name, last->len);
		if (err)
			return err;
		dentry = dget(l->dentry);
	} else {
		dentry = vfs_create_at(dir, last->name, last->len, S_IFREG | 0600, 0);
		if (IS_ERR(dentry))
			return PTR_ERR(dentry);
		err = e->nlink > 1 ? remember_link(e, dentry) : 0;
	}
	if (!err)
		err = write_data(dentry, e);
	set_owner(dentry, e);
	dput(dentry);
	return err;
}

static int unpack_symlink(struct dentry *dir, struct last_name *last, const struct cpio_entry *e)
{
	char *target;
	int err;

	if (!e->size || e->size >= PATH_MAX)
		return -EINVAL;
	target = kmalloc(e->size + 1, GFP_KERNEL);
	if (!target)
		return -ENOMEM;
	memcpy(target, e->data, e->size);
	target[e->size] = '\0';
	err = vfs_symlink_at(dir, last->name, last->len, target);
	kfree(target);
	return err;
}

static int unpack_other(struct dentry *dir, struct last_name *last, const struct cpio_entry *e)
{
	struct dentry *dentry = vfs_create_at(dir, last->name, last->len, e->mode,
					      MKDEV(e->rdev_major, e->rdev_minor));

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	set_owner(dentry, e);
	dput(dentry);
	return 0;
}

/*
 * Something has the name already: a directory is kept, everything else gives
 * way. 0: the name is free; 1: nothing more to do; -errno.
 */
static int clean_name(struct dentry *dir, struct last_name *last, const struct cpio_entry *e)
{
	struct dentry *old = d_lookup(dir, last->name, last->len);
	bool is_dir;
	int err;

	if (!old)
		return 0;
	is_dir = S_ISDIR(old->d_inode->i_mode);
	if (is_dir && S_ISDIR(e->mode)) {
		set_owner(old, e);
		err = 1;
	} else {
		err = vfs_unlink_at(dir, last->name, last->len, is_dir);
	}
	dput(old);
	return err;
}

/* @path: a buffer of PATH_MAX. */
static int unpack_entry(const struct cpio_entry *e, char *path)
{
	struct last_name last;
	struct dentry *dir;
	int err;

	if (strscpy(path, e->name, PATH_MAX) < 0)
		return -ENAMETOOLONG;
	dir = lookup_parent(AT_FDCWD, path, &last);
	if (IS_ERR(dir))
		return PTR_ERR(dir) == -ENOENT ? 0 : PTR_ERR(dir);	/* as Linux: skip */
	err = last.is_dot ? 1 : clean_name(dir, &last, e);
	if (!err) {
		switch (e->mode & S_IFMT) {
		case S_IFREG:
			err = unpack_regular(dir, &last, e);
			break;
		case S_IFLNK:
			err = unpack_symlink(dir, &last, e);
			break;
		default:
			err = unpack_other(dir, &last, e);
		}
	}
	dput(dir);
	return err < 0 ? err : 0;
}

static const char *unpack_error(int err)
{
	switch (err) {
	case -ENOSPC:
	case -ENOMEM:
		return "write error (out of memory)";
	case -EINVAL:
		return "invalid magic at start of compressed archive";
	}
	return "junk within the archive";
}

/* Uncompressed archives up to the end, or to something else. 0: the end; 1: something else. */
static int unpack_cpio(const void *start, size_t size, size_t *used, char *path)
{
	struct cpio_entry e;
	struct cpio_iter it;
	int ret, err = 0;

	cpio_start(&it, start, size);
	while (!err && (ret = cpio_next(&it, &e)) > 0) {
		err = unpack_entry(&e, path);
		if (err)
			pr_err("Initramfs: %s: error %d\n", e.name, err);
	}
	*used = it.pos - (const u8 *)start;
	return err ? err : ret < 0;
}

/* One compressed piece. 0 or -errno. */
static int unpack_gzip(const void *start, size_t size, size_t *used, char *path)
{
	size_t unpacked_size, inner;
	void *unpacked;
	int err;

	if (!IS_ENABLED(CONFIG_INITRAMFS_GZIP))
		return -EINVAL;
	err = gunzip_to_memory(start, size, &unpacked, &unpacked_size, used);
	if (err)
		return err;
	err = unpack_cpio(unpacked, unpacked_size, &inner, path);
	gunzip_free(unpacked);
	return err > 0 ? -EBADF : err;
}

/* All pieces. 0 or -errno. */
static int unpack_to_rootfs(const char *at, const char *end)
{
	char *path = kmalloc(PATH_MAX, GFP_KERNEL);
	size_t used;
	int err = path ? 0 : -ENOMEM;

	while (!err && at < end) {
		err = unpack_cpio(at, end - at, &used, path);
		at += used;
		if (err <= 0)
			break;
		err = unpack_gzip(at, end - at, &used, path);
		at += used;
	}
	forget_links();
	kfree(path);
	return err;
}

/* What every root has, whatever is unpacked over it. */
static int __init default_rootfs(void)
{
	struct dentry *root = kern_path("/", 0), *dev, *home;
	int err;

	if (IS_ERR(root))
		return PTR_ERR(root);
	dev = vfs_create_at(root, "dev", 3, S_IFDIR | 0755, 0);
	home = vfs_create_at(root, "root", 4, S_IFDIR | 0700, 0);
	err = IS_ERR(dev) ? PTR_ERR(dev) : devtmpfs_populate(dev);
	if (!IS_ERR(dev))
		dput(dev);
	if (!IS_ERR(home))
		dput(home);
	dput(root);
	return err;
}

/**
 * populate_rootfs - unpack the initramfs, and free the memory it was in
 *
 * Context: process 1, may sleep.
 * Return: 0, or -ENOMEM when not even /dev could be made; a broken archive is
 * reported here and is no error.
 */
int __init populate_rootfs(void)
{
	void *start, *end;
	int err = default_rootfs();

	if (err || !initrd_get(&start, &end))
		return err;
	pr_info("Unpacking initramfs...\n");
	err = unpack_to_rootfs(start, end);
	if (err)
		pr_emerg("Initramfs unpacking failed: %s\n", unpack_error(err));
	initrd_free();
	return 0;
}
