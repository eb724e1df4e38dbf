// SPDX-License-Identifier: GPL-2.0-only
/*
 * init.c - bringing files up: the caches, the root, the first task's places.
 *
 *	vfs_init          one hart, nothing may sleep yet; no user of files exists
 *	populate_rootfs   (initramfs.c) in process 1
 *	console_on_rootfs descriptors 0, 1, 2 of process 1
 */
#include <linux-lite/dcache.h>
#include <linux-lite/file.h>
#include <linux-lite/init.h>
#include <linux-lite/memfd.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/mount.h>
#include <linux-lite/namei.h>
#include <linux-lite/printk.h>
#include <linux-lite/tty.h>

struct super_block *anon_sb;

/* mm/ holds the file of a running program without knowing what a file is. */
static void mm_get_file(struct file *file)
{
	get_file(file);
}

static const struct mm_file_ops file_ops = {
	.get = mm_get_file,
	.put = fput,
};

/**
 * vfs_init - make files possible
 *
 * Context: boot, after the allocators; stops the machine without memory.
 */
void __init vfs_init(void)
{
	struct super_block *root;

	dcache_init();
	inode_init();
	files_init();
	namei_init();
	mm_file_ops = &file_ops;
	anon_sb = sb_alloc(NULL, 0, "anon", NULL);
	if (IS_ERR(anon_sb) || do_mount("rootfs", NULL, &rootfs_fs_type, 0, NULL))
		panic("vfs_init: cannot mount the root");
	root = list_first_entry(&super_blocks, struct super_block, s_list);
	fs_struct_init(root->s_root);
	memfd_init();
	tty_init();
}

/**
 * console_on_rootfs - open the console as descriptors 0, 1 and 2
 *
 * Context: process 1, before it is a program.
 * Return: 0, or as open(2).
 */
int console_on_rootfs(void)
{
	struct file *file = filp_open("/dev/console", O_RDWR, 0);

	if (IS_ERR(file))
		return PTR_ERR(file);
	for (int fd = 0; fd < 3; fd++) {
		int got = get_unused_fd_flags(0);

		if (got < 0) {
			fput(file);
			return got;
		}
		fd_install(got, get_file(file));
	}
	fput(file);
	return 0;
}
