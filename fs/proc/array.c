// SPDX-License-Identifier: GPL-2.0-only
/*
 * array.c - /proc/PID/stat: one line of numbers for ps and top.
 *
 * proc(5) tells what each of the 52 fields is. Some of what they speak of does
 * not exist here and is 0. Times are in ticks of 10 ms (AT_CLKTCK).
 */
#include <linux-lite/pid.h>
#include <linux-lite/proc_fs.h>
#include <linux-lite/resource.h>
#include <linux-lite/task.h>
#include <linux-lite/tty.h>

#define NS_PER_TICK	10000000UL

static char task_state_char(struct task_struct *p)
{
	unsigned int state = READ_ONCE(p->state);

	if (p->exit_state == EXIT_ZOMBIE)
		return 'Z';
	if (p->exit_state == EXIT_DEAD)
		return 'X';
	if (state & TASK_STOPPED)
		return 'T';
	if (state & TASK_UNINTERRUPTIBLE)
		return 'D';
	return state & TASK_INTERRUPTIBLE ? 'S' : 'R';
}

/** task_state_text - the same as /proc/PID/status has it. Context: any. */
const char *task_state_text(struct task_struct *p)
{
	switch (task_state_char(p)) {
	case 'Z':
		return "Z (zombie)";
	case 'X':
		return "X (dead)";
	case 'T':
		return "T (stopped)";
	case 'D':
		return "D (disk sleep)";
	case 'S':
		return "S (sleeping)";
	}
	return "R (running)";
}

/* What must be read under tasklist_lock. */
struct stat_family {
	pid_t ppid, pgid, sid, tty_pgrp;
	int tty_nr, nr_threads;
	unsigned long pending, blocked, ignored, caught;
	unsigned long cmin_flt, cmaj_flt;
	u64 ut, st, cut, cst;
};

static void get_signals(struct task_struct *p, struct stat_family *f)
{
	if (!p->sighand)
		return;
	spin_lock(&p->sighand->siglock);
	f->pending = p->pending.signal.sig;
	f->blocked = p->blocked.sig;
	for (int i = 0; i < _NSIG; i++) {
		unsigned long handler = p->sighand->action[i].sa_handler;

		if (handler == SIG_IGN)
			f->ignored |= 1UL << i;
		else if (handler != SIG_DFL)
			f->caught |= 1UL << i;
	}
	spin_unlock(&p->sighand->siglock);
}

static void get_family(struct task_struct *p, struct stat_family *f)
{
	struct signal_struct *sig = p->signal;

	*f = (struct stat_family){ .tty_pgrp = -1 };
	spin_lock_irq(&tasklist_lock);
	f->ppid = p->real_parent ? p->real_parent->tgid : 0;
	if (sig) {
		f->pgid = sig->pgid;
		f->sid = sig->sid;
		f->nr_threads = sig->nr_threads;
		f->cmin_flt = sig->cmin_flt;
		f->cmaj_flt = sig->cmaj_flt;
		f->cut = sig->cutime_ns;
		f->cst = sig->cstime_ns;
		if (sig->tty) {
			f->tty_nr = new_encode_dev(MKDEV(4, 64));
			f->tty_pgrp = sig->tty->pgrp;
		}
		if (thread_group_leader(p))
			process_cputime_locked(p, &f->ut, &f->st);
		else
			task_cputime(p, &f->ut, &f->st);
	}
	get_signals(p, f);
	spin_unlock_irq(&tasklist_lock);
}

/** proc_pid_stat - /proc/PID/stat. Context: may sleep. Return: 0. */
int proc_pid_stat(struct seq_file *m, struct task_struct *p)
{
	bool may = proc_may_access(p);
	struct mm_struct *mm = get_task_mm(p);
	struct stat_family f;

	get_family(p, &f);
	seq_printf(m, "%d (%s) %c %d %d %d %d %d %u", p->pid, p->comm, task_state_char(p), f.ppid,
		   f.pgid, f.sid, f.tty_nr, f.tty_pgrp, p->flags);
	seq_printf(m, " %lu %lu %lu %lu %lu %lu %ld %ld", p->min_flt, f.cmin_flt, p->maj_flt,
		   f.cmaj_flt, f.ut / NS_PER_TICK, f.st / NS_PER_TICK,
		   (long)(f.cut / NS_PER_TICK), (long)(f.cst / NS_PER_TICK));
	seq_printf(m, " %d %d %d 0 %lu", 20 + p->nice, p->nice, f.nr_threads,
		   p->start_time_ns / NS_PER_TICK);
	seq_printf(m, " %lu %lu %lu", mm ? mm->total_vm << PAGE_SHIFT : 0,
		   mm ? get_mm_rss(mm) : 0,
		   p->signal ? p->signal->rlim[RLIMIT_RSS].rlim_cur : 0);
	seq_printf(m, " %lu %lu %lu 0 0", mm ? (may ? mm->start_code : 1) : 0,
		   mm ? (may ? mm->end_code : 1) : 0, mm && may ? mm->start_stack : 0);
	/* Only the first 31 signals fit these old fields. */
	seq_printf(m, " %lu %lu %lu %lu", f.pending & 0x7fffffff, f.blocked & 0x7fffffff,
		   f.ignored & 0x7fffffff, f.caught & 0x7fffffff);
	seq_printf(m, " %d 0 0 %d %lu 0 %d 0 0 0", !mm || task_state_char(p) == 'S',
		   p->exit_signal, p->thread_info.cpu, p->policy);
	if (mm && may)
		seq_printf(m, " %lu %lu %lu %lu %lu %lu %lu %d\n", mm->start_data, mm->end_data,
			   mm->start_brk, mm->arg_start, mm->arg_end, mm->env_start, mm->env_end,
			   p->exit_code);
	else
		seq_puts(m, " 0 0 0 0 0 0 0 0\n");
	if (mm)
		mmput(mm);
	return 0;
}
