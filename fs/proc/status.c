// SPDX-License-Identifier: GPL-2.0-only
/*
 * status.c - /proc/PID/status: a task for people to read.
 *
 * Line by line as Linux prints it, without the lines about what does not exist
 * here (seccomp filters, NUMA nodes, speculation). Root has all capabilities,
 * others none.
 */
#include <linux-lite/cred.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/task.h>
#include <linux-lite/user.h>

#define ALL_CAPS	0x1ffffffffffUL		/* CAP_LAST_CAP is 40 */

static void show_groups(struct seq_file *m, struct task_struct *p)
{
	struct group_info *g = get_group_info(p);

	seq_puts(m, "Groups:\t");
	for (unsigned int i = 0; i < g->ngroups; i++)
		seq_printf(m, i ? " %u" : "%u", g->gid[i]);
	seq_puts(m, " \n");
	put_group_info(g);
}

/* How many descriptors the task's table has room for. */
static unsigned int fd_size(struct task_struct *p)
{
	struct files_struct *files = lock_task_files(p);
	unsigned int size = files ? files->max_fds : 0;

	if (files)
		unlock_task_files(files);
	return size;
}

static void show_ids(struct seq_file *m, struct task_struct *p)
{
	pid_t ppid, pgid = 0, sid = 0;

	spin_lock_irq(&tasklist_lock);
	ppid = p->real_parent ? p->real_parent->tgid : 0;
	if (p->signal) {
		pgid = p->signal->pgid;
		sid = p->signal->sid;
	}
	spin_unlock_irq(&tasklist_lock);
	seq_printf(m, "State:\t%s\nTgid:\t%d\nNgid:\t0\nPid:\t%d\nPPid:\t%d\nTracerPid:\t0\n",
		   task_state_text(p), p->tgid, p->pid, ppid);
	seq_printf(m, "Uid:\t%u\t%u\t%u\t%u\n", p->uid, p->euid, p->suid, p->fsuid);
	seq_printf(m, "Gid:\t%u\t%u\t%u\t%u\n", p->gid, p->egid, p->sgid, p->fsgid);
	seq_printf(m, "FDSize:\t%u\n", fd_size(p));
	show_groups(m, p);
	seq_printf(m, "NStgid:\t%d\nNSpid:\t%d\nNSpgid:\t%d\nNSsid:\t%d\n", p->tgid, p->pid, pgid,
		   sid);
	seq_printf(m, "Kthread:\t%d\n", !!(p->flags & PF_KTHREAD));
}

static unsigned long kb(long pages)
{
	return pages > 0 ? (unsigned long)pages << (PAGE_SHIFT - 10) : 0;
}

static void show_mem(struct seq_file *m, struct mm_struct *mm)
{
	long anon = atomic_long_read(&mm->rss[MM_ANONPAGES]);
	long file = atomic_long_read(&mm->rss[MM_FILEPAGES]);
	long shmem = atomic_long_read(&mm->rss[MM_SHMEMPAGES]);
	unsigned long rss = get_mm_rss(mm);
	unsigned long text = (ALIGN(mm->end_code, PAGE_SIZE) - (mm->start_code & PAGE_MASK)) >> 10;
	unsigned long exec = kb(mm->exec_vm), lib;

	text = min(text, exec);
	lib = exec - text;
	seq_printf(m, "VmPeak:\t%8lu kB\n", kb(max(mm->hiwater_vm, mm->total_vm)));
	seq_printf(m, "VmSize:\t%8lu kB\n", kb(mm->total_vm));
	seq_printf(m, "VmLck:\t%8lu kB\n", kb(mm->locked_vm));
	seq_printf(m, "VmPin:\t%8lu kB\n", 0UL);
	seq_printf(m, "VmHWM:\t%8lu kB\n", kb(max(mm->hiwater_rss, rss)));
	seq_printf(m, "VmRSS:\t%8lu kB\n", kb(rss));
	seq_printf(m, "RssAnon:\t%8lu kB\n", kb(anon));
	seq_printf(m, "RssFile:\t%8lu kB\n", kb(file));
	seq_printf(m, "RssShmem:\t%8lu kB\n", kb(shmem));
	seq_printf(m, "VmData:\t%8lu kB\n", kb(mm->data_vm));
	seq_printf(m, "VmStk:\t%8lu kB\n", kb(mm->stack_vm));
	seq_printf(m, "VmExe:\t%8lu kB\n", text);
	seq_printf(m, "VmLib:\t%8lu kB\n", lib);
	seq_printf(m, "VmPTE:\t%8lu kB\n", atomic_long_read(&mm->pgtables_bytes) >> 10);
	seq_printf(m, "VmSwap:\t%8lu kB\n", kb(atomic_long_read(&mm->rss[MM_SWAPENTS])));
	seq_puts(m, "CoreDumping:\t0\nTHP_enabled:\t0\n");
}

static void show_signals(struct seq_file *m, struct task_struct *p)
{
	unsigned long pending = 0, shared = 0, blocked = 0, ignored = 0, caught = 0;
	unsigned long limit = 0;
	int threads = 0, queued = 0;

	spin_lock_irq(&tasklist_lock);
	if (p->sighand && p->signal) {
		spin_lock(&p->sighand->siglock);
		pending = p->pending.signal.sig;
		shared = p->signal->shared_pending.signal.sig;
		blocked = p->blocked.sig;
		threads = p->signal->nr_threads;
		limit = p->signal->rlim[RLIMIT_SIGPENDING].rlim_cur;
		queued = p->user ? atomic_read(&p->user->sigpending) : 0;
		for (int i = 0; i < _NSIG; i++) {
			unsigned long handler = p->sighand->action[i].sa_handler;

			if (handler == SIG_IGN)
				ignored |= 1UL << i;
			else if (handler != SIG_DFL)
				caught |= 1UL << i;
		}
		spin_unlock(&p->sighand->siglock);
	}
	spin_unlock_irq(&tasklist_lock);
	seq_printf(m, "Threads:\t%d\nSigQ:\t%d/%lu\n", threads, queued, limit);
	seq_printf(m, "SigPnd:\t%016lx\nShdPnd:\t%016lx\nSigBlk:\t%016lx\n", pending, shared, blocked);
	seq_printf(m, "SigIgn:\t%016lx\nSigCgt:\t%016lx\n", ignored, caught);
}

static void show_caps(struct seq_file *m, struct task_struct *p)
{
	unsigned long caps = p->euid == 0 ? ALL_CAPS : 0;

	seq_printf(m, "CapInh:\t%016lx\nCapPrm:\t%016lx\nCapEff:\t%016lx\n", 0UL, caps, caps);
	seq_printf(m, "CapBnd:\t%016lx\nCapAmb:\t%016lx\n", ALL_CAPS, 0UL);
	seq_printf(m, "NoNewPrivs:\t%d\nSeccomp:\t0\n", p->signal && p->signal->no_new_privs);
}

static void show_cpus(struct seq_file *m, struct task_struct *p)
{
	unsigned long mask = p->cpus_allowed.bits & cpu_online_mask.bits;
	bool first = true;

	seq_printf(m, "Cpus_allowed:\t%lx\nCpus_allowed_list:\t", mask);
	for (unsigned int cpu = 0; cpu < 64; cpu++) {
		unsigned int last = cpu;

		if (!(mask >> cpu & 1))
			continue;
		while (last < 63 && mask >> (last + 1) & 1)
			last++;
		seq_printf(m, first ? "%u" : ",%u", cpu);
		if (last > cpu)
			seq_printf(m, "-%u", last);
		first = false;
		cpu = last;
	}
	seq_putc(m, '\n');
}

/** proc_pid_status - /proc/PID/status. Context: may sleep. Return: 0. */
int proc_pid_status(struct seq_file *m, struct task_struct *p)
{
	struct mm_struct *mm = get_task_mm(p);

	seq_printf(m, "Name:\t%s\nUmask:\t%04o\n", p->comm, get_task_umask(p));
	show_ids(m, p);
	if (mm) {
		show_mem(m, mm);
		mmput(mm);
	}
	show_signals(m, p);
	show_caps(m, p);
	show_cpus(m, p);
	seq_printf(m, "voluntary_ctxt_switches:\t%lu\nnonvoluntary_ctxt_switches:\t%lu\n",
		   p->nvcsw, p->nivcsw);
	return 0;
}
