// SPDX-License-Identifier: GPL-2.0-only
/*
 * root.c - /proc itself: files about the system, and a directory for each process.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/devices.h>
#include <linux-lite/init.h>
#include <linux-lite/irq.h>
#include <linux-lite/mount.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/readdir.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/vmalloc.h>
#include <linux-lite/vmstat.h>
#include <asm/cpuinfo.h>

/* A link whose text is written here. */
static int mounts_readlink(struct inode *inode, char *buf, int size)
{
	return strscpy(buf, "self/mounts", size);
}

static const struct inode_operations mounts_link_iops = { .readlink = mounts_readlink };

static const struct proc_entry root_table[] = {
	PROC_FILE("buddyinfo", 0444, buddyinfo_show),
	PROC_FILE("cmdline", 0444, cmdline_show),
	PROC_FILE("cpuinfo", 0444, cpuinfo_show),
	PROC_FILE("devices", 0444, devices_show),
	PROC_FILE("filesystems", 0444, filesystems_show),
	PROC_FILE("interrupts", 0444, interrupts_show),
	PROC_FILE("iomem", 0444, iomem_show),
	PROC_SPECIAL("kpagecount", S_IFREG | 0400, NULL, &proc_kpagecount_fops),
	PROC_SPECIAL("kpageflags", S_IFREG | 0400, NULL, &proc_kpageflags_fops),
	PROC_FILE("loadavg", 0444, loadavg_show),
	PROC_FILE("meminfo", 0444, meminfo_show),
	PROC_LINK("mounts", mounts_link_iops),
	PROC_FILE("pagetypeinfo", 0400, pagetypeinfo_show),
	PROC_FILE("partitions", 0444, partitions_show),
	PROC_LINK("self", proc_self_iops),
	PROC_FILE("slabinfo", 0400, slabinfo_show),
	PROC_FILE("stat", 0444, stat_show),
	PROC_LINK("thread-self", proc_thread_self_iops),
	PROC_FILE("uptime", 0444, uptime_show),
	PROC_FILE("version", 0444, version_show),
	PROC_FILE("vmallocinfo", 0400, vmallocinfo_show),
	PROC_FILE("vmstat", 0444, vmstat_show),
	PROC_FILE("zoneinfo", 0444, zoneinfo_show),
};

/* Entries that live in other files of fs/proc. */
static const struct proc_entry *const more_entries[] = {
	&proc_sys_entry, &proc_sysrq_entry,
#ifdef CONFIG_PAGE_OWNER
	&proc_page_owner_entry,
#endif
#ifdef CONFIG_CRASHTEST
	&proc_crashtest_entry,
#endif
#ifdef CONFIG_BENCH
	&proc_bench_entry,
#endif
};

#define NR_ROOT		ARRAY_SIZE(root_table)
#define NR_MORE		ARRAY_SIZE(more_entries)

static const struct proc_entry root_entry = PROC_DIR("/", root_table);

static struct dentry *root_lookup(struct dentry *dir, const char *name, unsigned int len)
{
	struct dentry *d = proc_lookup_table(dir, name, len, root_table, NR_ROOT);

	for (unsigned int i = 0; i < NR_MORE && PTR_ERR(d) == -ENOENT; i++)
		d = proc_lookup_table(dir, name, len, more_entries[i], 1);
	return PTR_ERR(d) == -ENOENT ? proc_pid_lookup(dir, name, len) : d;
}

static int root_iterate(struct file *file, struct dir_context *ctx)
{
	struct proc_node *node = proc_node(file->f_inode);

	if (!dir_emit_dots(file, ctx) ||
	    !proc_readdir_table(ctx, 2, node, root_table, NR_ROOT))
		return 0;
	for (unsigned int i = 0; i < NR_MORE; i++)
		if (!proc_readdir_table(ctx, 2 + NR_ROOT + i, node, more_entries[i], 1))
			return 0;
	return proc_pid_readdir(file, ctx);
}

static const struct inode_operations root_iops = { .lookup = root_lookup };

static const struct file_operations root_fops = {
	.iterate = root_iterate,
	.llseek = dcache_dir_llseek,
};

static void proc_evict_inode(struct inode *inode)
{
	kfree(inode->i_private);
}

static void proc_statfs(struct super_block *sb, struct statfs *st)
{
	st->f_type = PROC_SUPER_MAGIC;
}

static const struct super_operations proc_super_operations = {
	.evict_inode = proc_evict_inode,
	.statfs = proc_statfs,
};

static int proc_fill_super(struct super_block *sb, char *data)
{
	struct proc_node *node = kzalloc(sizeof(*node), GFP_KERNEL);
	struct inode *inode;

	sb->s_op = &proc_super_operations;
	if (!node)
		return -ENOMEM;
	inode = new_inode(sb, S_IFDIR | 0555);
	if (!inode) {
		kfree(node);
		return -ENOMEM;
	}
	node->entry = &root_entry;
	inode->i_private = node;
	inode->i_ino = 1;
	inode->i_nlink = 2;
	inode->i_op = &root_iops;
	inode->i_fop = &root_fops;
	sb->s_root = d_alloc(NULL, "/", 1, inode);
	return sb->s_root ? 0 : -ENOMEM;
}

const struct file_system_type proc_fs_type = {
	.name = "proc", .nodev = true, .fill_super = proc_fill_super,
};

/* Boot: nothing to prepare, everything is made when it is looked up. */
void __init proc_init(void)
{
}
