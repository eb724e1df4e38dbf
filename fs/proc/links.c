// SPDX-License-Identifier: GPL-2.0-only
/*
 * links.c - links in /proc/PID that lead straight to an object: exe, cwd, root.
 *
 * Following one does not walk its text: it goes to the dentry itself, which may
 * have been unlinked or lie outside the caller's root. readlink() shows the path
 * all the same.
 */
#include <linux-lite/dcache.h>
#include <linux-lite/mm_struct.h>
#include <linux-lite/proc_fs.h>

static struct dentry *follow_task(struct inode *inode,
				  struct dentry *(*get)(struct task_struct *p))
{
	struct task_struct *p = proc_task(proc_node(inode));
	struct dentry *d = ERR_PTR(-EACCES);

	if (!p)
		return ERR_PTR(-ENOENT);
	if (proc_may_access(p)) {
		d = get(p);
		if (!d)
			d = ERR_PTR(-ENOENT);
	}
	put_task_struct(p);
	return d;
}

static struct dentry *get_exe(struct task_struct *p)
{
	struct mm_struct *mm = get_task_mm(p);
	struct dentry *d = NULL;

	if (!mm)
		return NULL;
	if (mm->exe_file)
		d = dget(mm->exe_file->f_dentry);
	mmput(mm);
	return d;
}

static struct dentry *exe_follow(struct inode *inode)
{
	return follow_task(inode, get_exe);
}

static struct dentry *cwd_follow(struct inode *inode)
{
	return follow_task(inode, get_task_pwd);
}

static struct dentry *root_follow(struct inode *inode)
{
	return follow_task(inode, get_task_root);
}

const struct inode_operations proc_exe_iops = { .follow = exe_follow };
const struct inode_operations proc_cwd_iops = { .follow = cwd_follow };
const struct inode_operations proc_root_iops = { .follow = root_follow };
