/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * proc_fs.h - between the files of fs/proc/.
 *
 *	proc_entry   constant tables: what names there are, and how their text is made
 *	proc_node    one looked-up name: the entry, and which task it is about
 *
 * Small cousin of Linux's fs/proc/internal.h and include/linux/proc_fs.h.
 */
#ifndef LINUX_LITE_PROC_FS_H
#define LINUX_LITE_PROC_FS_H

#include <linux-lite/file.h>
#include <linux-lite/sched.h>
#include <linux-lite/seq_file.h>

struct proc_node;

/* One name in a directory. The members that its kind needs are set, the others 0. */
struct proc_entry {
	const char *name;
	mode_t mode;			/* type and permission */
	/* a file of the system */
	int (*show)(struct seq_file *m);
	/* a file about a task; mm is that task's, or NULL */
	int (*show_task)(struct seq_file *m, struct task_struct *p);
	/* the text written, NUL-terminated; 0 or -errno */
	int (*write)(struct proc_node *node, char *text);
	/* a directory with these in it */
	const struct proc_entry *sub;
	unsigned int nr_sub;
	/* a number that sysctl files show and set, between min and max */
	int *value;
	int min, max;
	/* what is special: a link, a directory whose names are numbers */
	const struct inode_operations *iops;
	const struct file_operations *fops;
};

/* What an inode of procfs is (inode->i_private). */
struct proc_node {
	const struct proc_entry *entry;	/* (c) */
	pid_t pid;			/* the task, a thread or process; 0: none (c) */
	pid_t tgid;			/* its process (c) */
	int fd;				/* for /proc/PID/fd/N (c) */
};

static inline struct proc_node *proc_node(const struct inode *inode)
{
	return inode->i_private;
}

#define PROC_FILE(n, m, fn)	{ .name = n, .mode = S_IFREG | (m), .show = fn }
#define PROC_TASK(n, m, fn)	{ .name = n, .mode = S_IFREG | (m), .show_task = fn }
#define PROC_LINK(n, ops)	{ .name = n, .mode = S_IFLNK | 0777, .iops = &(ops) }
#define PROC_DIR(n, table)	{ .name = n, .mode = S_IFDIR | 0555, \
				  .sub = table, .nr_sub = ARRAY_SIZE(table) }
#define PROC_SPECIAL(n, m, i, f) { .name = n, .mode = m, .iops = i, .fops = f }
#define PROC_INT(n, v, lo, hi)	{ .name = n, .mode = S_IFREG | 0644, .show_task = NULL, \
				  .value = v, .min = lo, .max = hi }

/* --- generic.c --- */
/* A dentry for @entry below @dir about the same task; or ERR_PTR. */
struct dentry *proc_make(struct dentry *dir, const char *name, unsigned int len,
			 const struct proc_entry *entry, pid_t tgid, pid_t pid, int fd);
struct dentry *proc_lookup_table(struct dentry *dir, const char *name, unsigned int len,
				 const struct proc_entry *table, unsigned int n);
/* Emit a table at positions @first ... ; false: the buffer is full. */
bool proc_readdir_table(struct dir_context *ctx, loff_t first, const struct proc_node *node,
			const struct proc_entry *table, unsigned int n);
ino_t proc_ino(const struct proc_entry *entry, pid_t pid, int fd);
/* A name that is a number, without leading zeroes: or -1. */
int proc_name_to_int(const char *name, unsigned int len);
extern const struct inode_operations proc_dir_inode_operations, proc_file_inode_operations;
extern const struct file_operations proc_dir_operations, proc_file_operations;

/* --- base.c --- */
/* The task of a node, referenced; NULL: it is gone. */
struct task_struct *proc_task(const struct proc_node *node);
struct dentry *proc_pid_lookup(struct dentry *dir, const char *name, unsigned int len);
int proc_pid_readdir(struct file *file, struct dir_context *ctx);
extern const struct inode_operations proc_self_iops, proc_thread_self_iops;
/* May current look into that task's memory and files? */
bool proc_may_access(struct task_struct *p);

/* --- text about a task --- */
int proc_pid_status(struct seq_file *m, struct task_struct *p);
int proc_pid_stat(struct seq_file *m, struct task_struct *p);
int proc_pid_statm(struct seq_file *m, struct task_struct *p);
int proc_pid_maps(struct seq_file *m, struct task_struct *p);
int proc_pid_smaps_rollup(struct seq_file *m, struct task_struct *p);
int proc_pid_cmdline(struct seq_file *m, struct task_struct *p);
int proc_pid_environ(struct seq_file *m, struct task_struct *p);
int proc_pid_auxv(struct seq_file *m, struct task_struct *p);
int proc_pid_comm(struct seq_file *m, struct task_struct *p);
int proc_pid_limits(struct seq_file *m, struct task_struct *p);
int proc_pid_wchan(struct seq_file *m, struct task_struct *p);
int proc_pid_oom_score(struct seq_file *m, struct task_struct *p);
int proc_pid_oom_score_adj(struct seq_file *m, struct task_struct *p);
int proc_pid_mounts(struct seq_file *m, struct task_struct *p);
const char *task_state_text(struct task_struct *p);
extern const struct inode_operations proc_exe_iops, proc_cwd_iops, proc_root_iops,
	proc_fd_dir_iops, proc_fdinfo_dir_iops;
extern const struct file_operations proc_fd_dir_fops, proc_mem_fops;

/* --- text about the system --- */
int meminfo_show(struct seq_file *m);
int uptime_show(struct seq_file *m);
int loadavg_show(struct seq_file *m);
int stat_show(struct seq_file *m);
int version_show(struct seq_file *m);
int cmdline_show(struct seq_file *m);
int iomem_show(struct seq_file *m);
extern const struct file_operations proc_kpagecount_fops, proc_kpageflags_fops;
extern const struct proc_entry proc_sys_entry, proc_sysrq_entry, proc_crashtest_entry,
	proc_page_owner_entry, proc_bench_entry;

#endif
