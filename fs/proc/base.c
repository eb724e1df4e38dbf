// SPDX-License-Identifier: GPL-2.0-only
/*
 * base.c - /proc/PID: which names there are, and whose they are.
 *
 *	/proc/self            -> PID of who looks
 *	/proc/PID/            the process: its leader's thread
 *	/proc/PID/task/TID/   one thread
 *
 * A node remembers numbers, not the task: each use looks the task up again, so
 * an open directory of a process that is gone says -ESRCH or shows nothing, and
 * keeps nothing alive. (If the number has been given to a new process meanwhile,
 * the old directory shows the new one; Linux avoids that with struct pid.)
 */
#include <linux-lite/dcache.h>
#include <linux-lite/kstrtox.h>
#include <linux-lite/namei.h>
#include <linux-lite/oom.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/readdir.h>
#include <linux-lite/string.h>
#include <linux-lite/task.h>
#include <linux-lite/vsprintf.h>

/* Positions in /proc and .../task: numbers begin here. */
#define FIRST_PID_POS	0x100

static int write_comm(struct proc_node *node, char *text)
{
	struct task_struct *p = proc_task(node);

	if (!p)
		return -ESRCH;
	if (p->tgid != current->tgid) {
		put_task_struct(p);
		return -EINVAL;
	}
	text[strcspn(text, "\n")] = '\0';
	strscpy(p->comm, text, sizeof(p->comm));
	put_task_struct(p);
	return 0;
}

static int write_oom_score_adj(struct proc_node *node, char *text)
{
	struct task_struct *p = proc_task(node);
	long long adj;
	int err;

	if (!p)
		return -ESRCH;
	err = kstrtoll(strim(text), 0, &adj) ? -EINVAL : set_oom_score_adj(p, adj);
	put_task_struct(p);
	return err;
}

static const struct inode_operations task_dir_iops;
static const struct file_operations task_dir_fops;

#define COMM_ENTRY { .name = "comm", .mode = S_IFREG | 0644, .show_task = proc_pid_comm, \
		     .write = write_comm }
#define OOM_ADJ_ENTRY { .name = "oom_score_adj", .mode = S_IFREG | 0644, \
			.show_task = proc_pid_oom_score_adj, .write = write_oom_score_adj }

/* What a process and a thread have in common. */
#define THREAD_ENTRIES						\
	PROC_TASK("auxv", 0400, proc_pid_auxv),			\
	PROC_TASK("cmdline", 0444, proc_pid_cmdline),		\
	COMM_ENTRY,						\
	PROC_LINK("cwd", proc_cwd_iops),			\
	PROC_TASK("environ", 0400, proc_pid_environ),		\
	PROC_LINK("exe", proc_exe_iops),			\
	PROC_SPECIAL("fd", S_IFDIR | 0500, &proc_fd_dir_iops, &proc_fd_dir_fops),	\
	PROC_SPECIAL("fdinfo", S_IFDIR | 0555, &proc_fdinfo_dir_iops, &proc_fd_dir_fops),	\
	PROC_TASK("limits", 0444, proc_pid_limits),		\
	PROC_TASK("maps", 0444, proc_pid_maps),			\
	PROC_SPECIAL("mem", S_IFREG | 0600, NULL, &proc_mem_fops),	\
	PROC_TASK("mounts", 0444, proc_pid_mounts),		\
	PROC_TASK("oom_score", 0444, proc_pid_oom_score),	\
	OOM_ADJ_ENTRY,						\
	PROC_LINK("root", proc_root_iops),			\
	PROC_TASK("smaps_rollup", 0444, proc_pid_smaps_rollup),	\
	PROC_TASK("stat", 0444, proc_pid_stat),			\
	PROC_TASK("statm", 0444, proc_pid_statm),		\
	PROC_TASK("status", 0444, proc_pid_status),		\
	PROC_TASK("wchan", 0444, proc_pid_wchan)

static const struct proc_entry tid_table[] = { THREAD_ENTRIES };

static const struct proc_entry tgid_table[] = {
	THREAD_ENTRIES,
	PROC_SPECIAL("task", S_IFDIR | 0555, &task_dir_iops, &task_dir_fops),
};

static const struct proc_entry tid_entry = PROC_DIR("TID", tid_table);
static const struct proc_entry tgid_entry = PROC_DIR("PID", tgid_table);

/** proc_task - the task a node is about, referenced; NULL: it is gone. Context: any. */
struct task_struct *proc_task(const struct proc_node *node)
{
	struct task_struct *p = get_task_by_pid(node->pid);

	if (p && p->tgid != node->tgid) {
		put_task_struct(p);
		p = NULL;
	}
	return p;
}

/** proc_may_access - may current look into that task's memory and files? Context: any. */
bool proc_may_access(struct task_struct *p)
{
	return current->tgid == p->tgid || current->fsuid == 0 ||
	       (current->fsuid == p->euid && current->fsuid == p->suid &&
		current->fsuid == p->uid && p->signal->dumpable);
}

/**
 * proc_pid_lookup - a number in /proc
 * @dir: the root of procfs
 * @name: @len bytes
 * @len: 1..NAME_MAX
 *
 * Context: may sleep.
 * Return: a reference; ERR_PTR(-ENOENT, -ENOMEM).
 */
struct dentry *proc_pid_lookup(struct dentry *dir, const char *name, unsigned int len)
{
	int pid = proc_name_to_int(name, len);
	struct task_struct *p = pid > 0 ? get_task_by_pid(pid) : NULL;
	struct dentry *d;

	if (!p)
		return ERR_PTR(-ENOENT);
	d = proc_make(dir, name, len, &tgid_entry, p->tgid, pid, 0);
	put_task_struct(p);
	return d;
}

/** proc_pid_readdir - list the processes. Context: may sleep. Return: 0. */
int proc_pid_readdir(struct file *file, struct dir_context *ctx)
{
	struct task_struct *p;
	char name[12];

	ctx->pos = max(ctx->pos, (loff_t)FIRST_PID_POS);
	while ((p = next_tgid(ctx->pos - FIRST_PID_POS)) != NULL) {
		pid_t pid = p->tgid;
		int len = snprintf(name, sizeof(name), "%d", pid);

		put_task_struct(p);
		ctx->pos = FIRST_PID_POS + pid;
		if (!dir_emit(ctx, name, len, proc_ino(&tgid_entry, pid, 0), S_IFDIR,
			      FIRST_PID_POS + pid + 1))
			break;
	}
	return 0;
}

static int self_readlink(struct inode *inode, char *buf, int size)
{
	return scnprintf(buf, size, "%d", current->tgid);
}

static int thread_self_readlink(struct inode *inode, char *buf, int size)
{
	return scnprintf(buf, size, "%d/task/%d", current->tgid, current->pid);
}

const struct inode_operations proc_self_iops = { .readlink = self_readlink };
const struct inode_operations proc_thread_self_iops = { .readlink = thread_self_readlink };

/* --- /proc/PID/task --- */

static struct dentry *task_lookup(struct dentry *dir, const char *name, unsigned int len)
{
	struct proc_node node = *proc_node(dir->d_inode);
	int tid = proc_name_to_int(name, len);
	struct task_struct *p;

	node.pid = tid;
	p = tid > 0 ? proc_task(&node) : NULL;
	if (!p)
		return ERR_PTR(-ENOENT);
	put_task_struct(p);
	return proc_make(dir, name, len, &tid_entry, node.tgid, tid, 0);
}

/* The smallest thread number of a process that is at least @min; 0: none. */
static pid_t next_tid(pid_t tgid, pid_t min)
{
	struct task_struct *leader, *t;
	pid_t found = 0;

	spin_lock_irq(&tasklist_lock);
	leader = find_task_by_pid(tgid);
	if (leader) {
		list_for_each_entry(t, &leader->signal->threads, thread_node)
			if (t->pid >= min && (!found || t->pid < found))
				found = t->pid;
	}
	spin_unlock_irq(&tasklist_lock);
	return found;
}

static int task_iterate(struct file *file, struct dir_context *ctx)
{
	struct proc_node *node = proc_node(file->f_inode);
	char name[12];
	pid_t tid;

	if (!dir_emit_dots(file, ctx))
		return 0;
	ctx->pos = max(ctx->pos, (loff_t)FIRST_PID_POS);
	while ((tid = next_tid(node->tgid, ctx->pos - FIRST_PID_POS)) != 0) {
		int len = snprintf(name, sizeof(name), "%d", tid);

		ctx->pos = FIRST_PID_POS + tid;
		if (!dir_emit(ctx, name, len, proc_ino(&tid_entry, tid, 0), S_IFDIR,
			      FIRST_PID_POS + tid + 1))
			break;
	}
	return 0;
}

static const struct inode_operations task_dir_iops = { .lookup = task_lookup };

static const struct file_operations task_dir_fops = {
	.iterate = task_iterate,
	.llseek = dcache_dir_llseek,
};
