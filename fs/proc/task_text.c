// SPDX-License-Identifier: GPL-2.0-only
/*
 * task_text.c - smaller files of /proc/PID: cmdline, environ, auxv, comm, limits.
 */
#include <linux-lite/fault.h>
#include <linux-lite/mount.h>
#include <linux-lite/oom.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/vmstat.h>

/* Append a range of a task's memory. */
static void show_memory(struct seq_file *m, struct mm_struct *mm, unsigned long start,
			unsigned long end)
{
	char buf[128];

	while (start < end && !seq_overflow(m)) {
		int n = min_t(unsigned long, sizeof(buf), end - start);

		n = access_remote_vm(mm, start, buf, n, false);
		if (!n)
			return;
		for (int i = 0; i < n; i++)
			seq_putc(m, buf[i]);
		start += n;
	}
}

/** proc_pid_cmdline - /proc/PID/cmdline. Context: may sleep. Return: 0 or -errno. */
int proc_pid_cmdline(struct seq_file *m, struct task_struct *p)
{
	struct mm_struct *mm = get_task_mm(p);

	if (mm) {
		show_memory(m, mm, mm->arg_start, mm->arg_end);
		mmput(mm);
	}
	return 0;
}

/** proc_pid_environ - /proc/PID/environ. Context: may sleep. Return: 0 or -errno. */
int proc_pid_environ(struct seq_file *m, struct task_struct *p)
{
	struct mm_struct *mm;

	if (!proc_may_access(p))
		return -EACCES;
	mm = get_task_mm(p);
	if (mm) {
		show_memory(m, mm, mm->env_start, mm->env_end);
		mmput(mm);
	}
	return 0;
}

/** proc_pid_auxv - /proc/PID/auxv. Context: may sleep. Return: 0 or -errno. */
int proc_pid_auxv(struct seq_file *m, struct task_struct *p)
{
	struct mm_struct *mm;
	unsigned int n = 0;

	if (!proc_may_access(p))
		return -EACCES;
	mm = get_task_mm(p);
	if (!mm)
		return 0;
	while (n + 2 < ARRAY_SIZE(mm->saved_auxv) && mm->saved_auxv[n])
		n += 2;
	for (unsigned int i = 0; i < (n + 2) * sizeof(long); i++)
		seq_putc(m, ((char *)mm->saved_auxv)[i]);
	mmput(mm);
	return 0;
}

/** proc_pid_comm - /proc/PID/comm. Context: may sleep. Return: 0 or -errno. */
int proc_pid_comm(struct seq_file *m, struct task_struct *p)
{
	seq_printf(m, "%s\n", p->comm);
	return 0;
}

/** proc_pid_mounts - /proc/PID/mounts. Context: may sleep. Return: 0 or -errno. */
int proc_pid_mounts(struct seq_file *m, struct task_struct *p)
{
	return mounts_show(m);
}

/** proc_pid_wchan - /proc/PID/wchan. Context: may sleep. Return: 0 or -errno. */
int proc_pid_wchan(struct seq_file *m, struct task_struct *p)
{
	seq_putc(m, '0');
	return 0;
}

/**
 * proc_pid_oom_score - /proc/PID/oom_score: badness as Linux shows it
 *
 * 0..2000, of which 666 stands for no memory and no adjustment; 0: never to be killed.
 * Context: may sleep. Return: 0 or -errno.
 */
int proc_pid_oom_score(struct seq_file *m, struct task_struct *p)
{
	long total = totalram_pages(), points;

	spin_lock_irq(&tasklist_lock);
	points = oom_badness(p, total);
	spin_unlock_irq(&tasklist_lock);
	if (points != OOM_NEVER)
		points = (1000 + points * 1000 / total) * 2 / 3;
	seq_printf(m, "%ld\n", points == OOM_NEVER ? 0 : max(points, 0L));
	return 0;
}

/** proc_pid_oom_score_adj - /proc/PID/oom_score_adj. Context: may sleep. Return: 0 or -errno. */
int proc_pid_oom_score_adj(struct seq_file *m, struct task_struct *p)
{
	seq_printf(m, "%d\n", p->signal->oom_score_adj);
	return 0;
}

static const struct {
	const char *name, *unit;
} limit_names[RLIM_NLIMITS] = {
	[RLIMIT_CPU] = { "Max cpu time", "seconds" },
	[RLIMIT_FSIZE] = { "Max file size", "bytes" },
	[RLIMIT_DATA] = { "Max data size", "bytes" },
	[RLIMIT_STACK] = { "Max stack size", "bytes" },
	[RLIMIT_CORE] = { "Max core file size", "bytes" },
	[RLIMIT_RSS] = { "Max resident set", "bytes" },
	[RLIMIT_NPROC] = { "Max processes", "processes" },
	[RLIMIT_NOFILE] = { "Max open files", "files" },
	[RLIMIT_MEMLOCK] = { "Max locked memory", "bytes" },
	[RLIMIT_AS] = { "Max address space", "bytes" },
	[RLIMIT_LOCKS] = { "Max file locks", "locks" },
	[RLIMIT_SIGPENDING] = { "Max pending signals", "signals" },
	[RLIMIT_MSGQUEUE] = { "Max msgqueue size", "bytes" },
	[RLIMIT_NICE] = { "Max nice priority", "" },
	[RLIMIT_RTPRIO] = { "Max realtime priority", "" },
	[RLIMIT_RTTIME] = { "Max realtime timeout", "us" },
};

static void show_limit(struct seq_file *m, unsigned long v)
{
	if (v == RLIM_INFINITY)
		seq_printf(m, "%-20s ", "unlimited");
	else
		seq_printf(m, "%-20lu ", v);
}

/** proc_pid_limits - /proc/PID/limits. Context: may sleep. Return: 0 or -errno. */
int proc_pid_limits(struct seq_file *m, struct task_struct *p)
{
	seq_printf(m, "%-25s %-20s %-20s %-10s\n", "Limit", "Soft Limit", "Hard Limit", "Units");
	for (unsigned int i = 0; i < RLIM_NLIMITS; i++) {
		seq_printf(m, "%-25s ", limit_names[i].name);
		show_limit(m, p->signal->rlim[i].rlim_cur);
		show_limit(m, p->signal->rlim[i].rlim_max);
		if (*limit_names[i].unit)
			seq_printf(m, "%-10s\n", limit_names[i].unit);
		else
			seq_putc(m, '\n');
	}
	return 0;
}
