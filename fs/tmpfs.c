// SPDX-License-Identifier: GPL-2.0-only
/*
 * tmpfs.c - the file system that is nothing but inodes, names and page cache.
 *
 * A file's pages live in its address_space and nowhere else: no read_folio (a
 * page that is not there is a hole), no writepage (there is nowhere to write).
 * Everything a user sees is done by generic code; what is here is who pays:
 *
 *	size=      pages that the files may have in all    charged by the page cache
 *	nr_inodes= files, directories, links               charged by tmpfs_new_inode
 *
 * rootfs, ramfs (no limit) and devtmpfs (with device nodes in it) are the same
 * thing under other names.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/kstrtox.h>
#include <linux-lite/mount.h>
#include <linux-lite/readdir.h>
#include <linux-lite/sched.h>
#include <linux-lite/seq_file.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/tmpfs.h>

struct tmpfs_info {
	atomic_long_t used_pages;	/* (a) */
	unsigned long max_pages;	/* 0: no limit */
	atomic_long_t used_inodes;	/* (a) */
	unsigned long max_inodes;	/* 0: no limit */
	mode_t mode;			/* of the root directory */
	uid_t uid;
	gid_t gid;
	bool limit_shown;		/* size= or nr_inodes= was given: /proc/mounts says so */
};

static struct tmpfs_info *tmpfs_info(struct super_block *sb)
{
	return sb->s_fs_info;
}

/* The page cache takes (or gives back, negative) pages of a file. */
static int tmpfs_charge(struct address_space *mapping, long nr_pages)
{
	struct tmpfs_info *info = tmpfs_info(((struct inode *)mapping->host)->i_sb);
	long used = atomic_long_add_return(nr_pages, &info->used_pages);

	if (nr_pages <= 0 || !info->max_pages || (unsigned long)used <= info->max_pages)
		return 0;
	atomic_long_sub(nr_pages, &info->used_pages);
	return -ENOSPC;
}

static const struct address_space_operations tmpfs_aops = {
	.charge = tmpfs_charge,
};

static const struct file_operations tmpfs_file_operations = {
	.read_iter = generic_file_read_iter,
	.write_iter = generic_file_write_iter,
	.llseek = generic_file_llseek,
	.mmap = generic_file_mmap,
};

static const struct file_operations tmpfs_dir_file_operations = {
	.iterate = dcache_readdir,
	.llseek = dcache_dir_llseek,
};

static int tmpfs_setattr(struct inode *inode)
{
	return 0;
}

static struct inode *tmpfs_new_inode(struct inode *dir, mode_t mode, dev_t rdev);

static const struct inode_operations tmpfs_inode_operations = {
	.setattr = tmpfs_setattr,
};

static const struct inode_operations tmpfs_dir_inode_operations = {
	.new_inode = tmpfs_new_inode,
	.setattr = tmpfs_setattr,
};

/**
 * tmpfs_get_inode - a new inode of a tmpfs
 * @sb: the file system
 * @mode: type and permission
 * @rdev: of a device node
 *
 * Context: may sleep.
 * Return: one reference, or ERR_PTR(-ENOSPC, -ENOMEM).
 */
struct inode *tmpfs_get_inode(struct super_block *sb, mode_t mode, dev_t rdev)
{
	struct tmpfs_info *info = tmpfs_info(sb);
	struct inode *inode;

	if ((unsigned long)atomic_long_inc_return(&info->used_inodes) > info->max_inodes &&
	    info->max_inodes) {
		atomic_long_dec(&info->used_inodes);
		return ERR_PTR(-ENOSPC);
	}
	inode = new_inode(sb, mode);
	if (!inode) {
		atomic_long_dec(&info->used_inodes);
		return ERR_PTR(-ENOMEM);
	}
	inode->i_op = &tmpfs_inode_operations;
	inode->i_data.a_ops = &tmpfs_aops;
	switch (mode & S_IFMT) {
	case S_IFREG:
		inode->i_fop = &tmpfs_file_operations;
		break;
	case S_IFDIR:
		inode->i_op = &tmpfs_dir_inode_operations;
		inode->i_fop = &tmpfs_dir_file_operations;
		break;
	case S_IFLNK:
		break;
	default:
		init_special_inode(inode, mode, rdev);
	}
	return inode;
}

static struct inode *tmpfs_new_inode(struct inode *dir, mode_t mode, dev_t rdev)
{
	struct inode *inode = tmpfs_get_inode(dir->i_sb, mode, rdev);

	if (!IS_ERR(inode) && dir->i_mode & S_ISGID) {
		inode->i_gid = dir->i_gid;
		if (S_ISDIR(mode))
			inode->i_mode |= S_ISGID;
	}
	return inode;
}

static void tmpfs_evict_inode(struct inode *inode)
{
	if (S_ISLNK(inode->i_mode))
		kfree(inode->i_link);
	atomic_long_dec(&tmpfs_info(inode->i_sb)->used_inodes);
}

static void tmpfs_statfs(struct super_block *sb, struct statfs *st)
{
	struct tmpfs_info *info = tmpfs_info(sb);

	st->f_type = TMPFS_MAGIC;
	if (info->max_pages) {
		st->f_blocks = info->max_pages;
		st->f_bfree = st->f_bavail =
			info->max_pages - atomic_long_read(&info->used_pages);
	}
	if (info->max_inodes) {
		st->f_files = info->max_inodes;
		st->f_ffree = info->max_inodes - atomic_long_read(&info->used_inodes);
	}
}

static void tmpfs_show_options(struct seq_file *m, struct super_block *sb)
{
	struct tmpfs_info *info = tmpfs_info(sb);

	if (info->limit_shown) {
		seq_printf(m, ",size=%luk", info->max_pages << (PAGE_SHIFT - 10));
		seq_printf(m, ",nr_inodes=%lu", info->max_inodes);
	}
	if (info->mode != (S_IRWXUGO | S_ISVTX))
		seq_printf(m, ",mode=%03o", info->mode);
}

static void tmpfs_put_super(struct super_block *sb)
{
	kfree(sb->s_fs_info);
}

static const struct super_operations tmpfs_super_operations = {
	.evict_inode = tmpfs_evict_inode,
	.statfs = tmpfs_statfs,
	.show_options = tmpfs_show_options,
	.put_super = tmpfs_put_super,
};

/* "10m", "1g", "50%" of RAM; in pages, rounded up. */
static int parse_size(const char *value, unsigned long *pages)
{
	char *end;
	unsigned long long n = memparse(value, &end);

	if (end == value)
		return -EINVAL;
	if (*end == '%') {
		*pages = n * totalram_pages() / 100;
		end++;
	} else {
		*pages = DIV_ROUND_UP(n, PAGE_SIZE);
	}
	return *end ? -EINVAL : 0;
}

/* "1000", "10k" */
static int parse_count(const char *value, unsigned long *count)
{
	char *end;

	*count = memparse(value, &end);
	return end == value || *end ? -EINVAL : 0;
}

static int parse_option(struct tmpfs_info *info, char *option)
{
	char *value = strchr(option, '=');
	unsigned int n;

	if (!value)
		return -EINVAL;
	*value++ = '\0';
	if (!strcmp(option, "size")) {
		info->limit_shown = true;
		return parse_size(value, &info->max_pages);
	}
	if (!strcmp(option, "nr_blocks")) {
		info->limit_shown = true;
		return parse_count(value, &info->max_pages);
	}
	if (!strcmp(option, "nr_inodes")) {
		info->limit_shown = true;
		return parse_count(value, &info->max_inodes);
	}
	if (!strcmp(option, "mode")) {
		if (kstrtouint(value, 8, &n))
			return -EINVAL;
		info->mode = n & S_IALLUGO;
		return 0;
	}
	if (!strcmp(option, "uid"))
		return kstrtouint(value, 0, &info->uid);
	if (!strcmp(option, "gid"))
		return kstrtouint(value, 0, &info->gid);
	return -EINVAL;
}

static int parse_options(struct tmpfs_info *info, char *data)
{
	char *option;
	int err;

	while ((option = strsep(&data, ",")) != NULL) {
		err = *option ? parse_option(info, option) : 0;
		if (err)
			return err;
	}
	return 0;
}

/**
 * tmpfs_fill_super - set up a tmpfs
 * @sb: new; gets its root directory
 * @data: mount options, cut up; or NULL
 *
 * Context: may sleep.
 * Return: 0, -EINVAL (an option), -ENOMEM. On failure put_super frees what is there.
 */
int tmpfs_fill_super(struct super_block *sb, char *data)
{
	struct tmpfs_info *info = kzalloc(sizeof(*info), GFP_KERNEL);
	struct inode *root;
	int err;

	if (!info)
		return -ENOMEM;
	sb->s_fs_info = info;
	sb->s_op = &tmpfs_super_operations;
	info->max_pages = totalram_pages() / 2;
	info->max_inodes = totalram_pages() / 2;
	info->mode = S_IRWXUGO | S_ISVTX;
	info->uid = current->fsuid;
	info->gid = current->fsgid;
	err = parse_options(info, data);
	if (err)
		return err;
	root = tmpfs_get_inode(sb, S_IFDIR | info->mode, 0);
	if (IS_ERR(root))
		return PTR_ERR(root);
	root->i_nlink = 2;
	root->i_uid = info->uid;
	root->i_gid = info->gid;
	sb->s_root = d_alloc(NULL, "/", 1, root);
	return sb->s_root ? 0 : -ENOMEM;
}

static int ramfs_fill_super(struct super_block *sb, char *data)
{
	int err = tmpfs_fill_super(sb, NULL);

	if (!err) {
		tmpfs_info(sb)->max_pages = tmpfs_info(sb)->max_inodes = 0;
		tmpfs_info(sb)->mode |= S_ISVTX;
	}
	return err;
}

static int rootfs_fill_super(struct super_block *sb, char *data)
{
	int err = tmpfs_fill_super(sb, NULL);

	if (!err)
		sb->s_root->d_inode->i_mode = S_IFDIR | 0755;
	return err;
}

/* Linux's rootfs has no limit when it is a ramfs, and half of RAM as a tmpfs: this one's half. */
const struct file_system_type rootfs_fs_type = {
	.name = "rootfs", .nodev = true, .fill_super = rootfs_fill_super,
};

const struct file_system_type tmpfs_fs_type = {
	.name = "tmpfs", .nodev = true, .fill_super = tmpfs_fill_super,
};

const struct file_system_type ramfs_fs_type = {
	.name = "ramfs", .nodev = true, .fill_super = ramfs_fill_super,
};
