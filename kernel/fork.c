// SPDX-License-Identifier: GPL-2.0-only
/*
 * fork.c - making a task from the running one.
 *
 *	copy_process()                         flag     set: share   not set: copy
 *	  dup_task_struct  struct and stack    FILES    files        fd table
 *	  copy_files, copy_fs                  FS       fs           cwd, umask
 *	  copy_sighand                         SIGHAND  handlers     handlers
 *	  copy_signal                          THREAD   process      new process
 *	  copy_mm                              VM       memory       dup_mm: COW
 *	  copy_thread      registers (the port)
 *	  alloc_pid
 *	  ---- nothing fails from here on ----
 *	  link_task        lists, groups, parent          under tasklist_lock
 *	kernel_clone()
 *	  wake_up_new_task, wait for a vfork child
 *
 * Nobody else knows the new task before link_task(), so all above it needs no
 * lock and is undone in reverse order. A process of its own belongs to the list
 * of its parent's LEADER, whichever thread forked (Linux keeps a list for each
 * thread; only wait4(__WNOTHREAD) could tell).
 *
 * Limits: RLIMIT_NPROC for each user but root, max_threads for all (a quarter of
 * RAM in stacks and structs), the numbers of pid.c. Each ends in EAGAIN.
 *
 * Small cousin of Linux's kernel/fork.c; left out: namespaces, cgroups, pidfds.
 */
#include <linux-lite/abi/sched.h>
#include <linux-lite/cred.h>
#include <linux-lite/err.h>
#include <linux-lite/fork.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/kernel_stat.h>
#include <linux-lite/pid.h>
#include <linux-lite/resource.h>
#include <linux-lite/signal.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/task.h>
#include <linux-lite/task_files.h>
#include <linux-lite/time.h>
#include <linux-lite/user.h>

/* Combinations that make no sense (Linux's list). */
static int check_flags(u64 flags)
{
	if (flags & (CLONE_NEW_ANY | CLONE_PIDFD | CLONE_INTO_CGROUP))
		return -EINVAL;			/* not here */
	if (flags & CLONE_THREAD && !(flags & CLONE_SIGHAND))
		return -EINVAL;
	if (flags & CLONE_SIGHAND && !(flags & CLONE_VM))
		return -EINVAL;
	if (flags & CLONE_PARENT && current->signal->flags & SIGNAL_UNKILLABLE)
		return -EINVAL;
	if (flags & CLONE_SIGHAND && flags & CLONE_CLEAR_SIGHAND)
		return -EINVAL;
	return 0;
}

static int check_limits(void)
{
	if ((unsigned long)atomic_read(&current->user->processes) >= rlimit(RLIMIT_NPROC) &&
	    current->user != &root_user && !capable())
		return -EAGAIN;
	return READ_ONCE(nr_tasks) >= max_threads ? -EAGAIN : 0;
}

/* The clean parts of a new task struct: what must not be the parent's. */
static void reset_task(struct task_struct *p, struct kernel_clone_args *args)
{
	p->thread_info.flags = 0;
	p->state = TASK_UNINTERRUPTIBLE;	/* until wake_up_new_task() */
	p->flags = (args->kthread_fn ? PF_KTHREAD : 0) | PF_FORKNOEXEC;
	p->on_rq = false;
	if (args->kthread_fn)
		p->cpus_allowed.bits = ~0UL;	/* the boot task is bound to its hart */
	p->slice_left_ns = 0;
	p->sum_exec_ns = 0;
	p->exec_start_ns = 0;
	p->user_ticks = p->kernel_ticks = 0;
	p->start_time_ns = ktime_get_ns();
	p->nvcsw = p->nivcsw = p->min_flt = p->maj_flt = 0;
	p->exit_state = p->exit_code = 0;
	p->pdeath_signal = 0;
	p->restore_sigmask = false;
	p->stop_pending = false;
	p->restart_block.fn = NULL;
	p->robust_list = NULL;
	p->vfork_active = args->flags & CLONE_VFORK;
	p->set_child_tid = args->flags & CLONE_CHILD_SETTID ? args->child_tid : NULL;
	p->clear_child_tid = args->flags & CLONE_CHILD_CLEARTID ? args->child_tid : NULL;
	p->kthread_fn = args->kthread_fn;
	p->kthread_arg = args->kthread_arg;
	p->held.nr = 0;
	if ((args->flags & (CLONE_VM | CLONE_VFORK)) == CLONE_VM) {
		p->sas_ss_sp = 0;
		p->sas_ss_size = 0;
		p->sas_ss_flags = SS_DISABLE;
	}
}

static int copy_sighand(u64 flags, struct task_struct *p)
{
	struct sighand_struct *s = current->sighand;

	if (flags & CLONE_SIGHAND) {
		atomic_inc(&s->count);
		return 0;
	}
	p->sighand = kmem_cache_alloc(sighand_cache, GFP_KERNEL);
	if (!p->sighand)
		return -ENOMEM;
	spin_lock_init(&p->sighand->siglock, RANK_SIGHAND);
	atomic_set(&p->sighand->count, 1);
	spin_lock_irq(&s->siglock);
	memcpy(p->sighand->action, s->action, sizeof(s->action));
	spin_unlock_irq(&s->siglock);
	if (flags & CLONE_CLEAR_SIGHAND)
		for (int i = 0; i < _NSIG; i++)
			if (p->sighand->action[i].sa_handler != SIG_IGN)
				p->sighand->action[i] = (struct k_sigaction){ 0 };
	return 0;
}

static int copy_signal(u64 flags, struct task_struct *p)
{
	struct signal_struct *old = current->signal, *sig;

	if (flags & CLONE_THREAD) {
		atomic_inc(&old->count);
		return 0;
	}
	sig = kmem_cache_zalloc(signal_cache, GFP_KERNEL);
	if (!sig)
		return -ENOMEM;
	p->signal = sig;
	atomic_set(&sig->count, 1);
	INIT_LIST_HEAD(&sig->threads);
	init_sigpending(&sig->shared_pending);
	init_waitqueue_head(&sig->wait_chldexit);
	INIT_LIST_HEAD(&sig->pgrp_node);
	INIT_LIST_HEAD(&sig->posix_timers);
	sig->dumpable = old->dumpable;
	sig->no_new_privs = old->no_new_privs;
	sig->oom_score_adj = old->oom_score_adj;
	sig->oom_score_adj_min = old->oom_score_adj_min;
	memcpy(sig->rlim, old->rlim, sizeof(sig->rlim));
	return 0;
}

static int copy_mm(u64 flags, struct task_struct *p)
{
	struct mm_struct *mm = current->mm;

	p->mm = NULL;
	p->active_mm = NULL;
	if (p->flags & PF_KTHREAD)
		return 0;
	if (flags & CLONE_VM)
		mmget(mm);
	else
		mm = dup_mm(mm);
	if (!mm)
		return -ENOMEM;
	p->mm = mm;
	p->active_mm = mm;
	return 0;
}

/* Who is told when it ends, and where it stands in the family. (t) */
static void adopt(struct task_struct *p, struct kernel_clone_args *args)
{
	struct task_struct *leader = current->group_leader;

	if (args->kthread_fn)
		leader = &init_task;
	if (args->flags & CLONE_THREAD) {
		p->group_leader = leader;
		p->tgid = leader->pid;
		p->exit_signal = -1;
		p->real_parent = leader->real_parent;
		return;
	}
	p->group_leader = p;
	p->tgid = p->pid;
	if (args->flags & CLONE_PARENT) {
		p->real_parent = leader->real_parent;
		p->exit_signal = leader->exit_signal;
	} else {
		p->real_parent = leader;
		p->exit_signal = args->exit_signal;
	}
}

/* Make it known. 0; -EINTR: current is being killed, so its process must not grow. */
static int link_task(struct task_struct *p, struct kernel_clone_args *args)
{
	struct signal_struct *sig = p->signal, *mine = current->signal;

	spin_lock_irq(&tasklist_lock);
	adopt(p, args);
	spin_lock(&current->sighand->siglock);
	if (fatal_signal_pending(current) || mine->flags & SIGNAL_GROUP_EXIT ||
	    mine->group_exec_task) {
		spin_unlock(&current->sighand->siglock);
		spin_unlock_irq(&tasklist_lock);
		return -EINTR;
	}
	if (thread_group_leader(p)) {
		list_add_tail(&p->sibling, &p->real_parent->children);
		WRITE_ONCE(sig->ppid, p->real_parent->tgid);
		list_add_tail(&p->tasks, &init_task.tasks);
		attach_pgrp(sig, mine->pgid, mine->sid);
		sig->tty = mine->tty;
	} else if (current->stop_pending || mine->group_stop_count) {
		p->stop_pending = true;
		mine->group_stop_count++;
		set_tsk_flag(p, _TIF_SIGPENDING);
	}
	sig->nr_threads++;
	atomic_inc(&sig->live);
	list_add_tail(&p->thread_node, &sig->threads);
	pid_slot(p->pid)->task = p;
	nr_tasks++;
	nr_forks++;
	spin_unlock(&current->sighand->siglock);
	spin_unlock_irq(&tasklist_lock);
	return 0;
}

static void drop_pid(pid_t pid)
{
	spin_lock_irq(&tasklist_lock);
	put_pid(pid);
	spin_unlock_irq(&tasklist_lock);
}

/**
 * copy_process - make a task like current
 * @args: what it shares, where its stack is
 *
 * Context: may sleep.
 * Return: the task, known to all but not running yet; or ERR_PTR: -EINVAL (flags),
 * -EAGAIN (a limit), -ENOMEM, -EINTR (current is being killed).
 */
struct task_struct *copy_process(struct kernel_clone_args *args)
{
	struct task_struct *p;
	int err;

	err = check_flags(args->flags) ?: check_limits();
	if (err)
		return ERR_PTR(err);
	p = dup_task_struct(current);
	if (!p)
		return ERR_PTR(-ENOMEM);
	reset_task(p, args);
	err = copy_files(args->flags, p);
	if (err)
		goto out_task;
	err = copy_fs(args->flags, p);
	if (err)
		goto out_files;
	err = copy_sighand(args->flags, p);
	if (err)
		goto out_fs;
	err = copy_signal(args->flags, p);
	if (err)
		goto out_sighand;
	err = copy_mm(args->flags, p);
	if (err)
		goto out_signal;
	err = copy_thread(p, args);
	if (err)
		goto out_mm;
	err = alloc_pid();
	if (err < 0)
		goto out_mm;
	p->pid = err;
	err = link_task(p, args);
	if (!err)
		return p;
	drop_pid(p->pid);
out_mm:
	if (p->mm)
		mmput(p->mm);
out_signal:
	put_signal_struct(p->signal);
out_sighand:
	put_sighand(p->sighand);
out_fs:
	exit_fs(p);
out_files:
	exit_files(p);
out_task:
	free_task(p);
	return ERR_PTR(err);
}

/* CLONE_VFORK: the child has our memory, so wait until it has its own, or is dead. */
static void wait_for_vfork_done(struct task_struct *child)
{
	struct wait_queue_entry w;

	init_wait_entry(&w, false);
	for (;;) {
		prepare_to_wait(&child->vfork_wait, &w, TASK_KILLABLE);
		if (!READ_ONCE(child->vfork_active) || fatal_signal_pending(current))
			break;
		schedule();
	}
	finish_wait(&child->vfork_wait, &w);
}

/**
 * kernel_clone - make a task and let it run
 * @args: as clone3(2)'s
 *
 * Context: may sleep.
 * Return: the new task's pid, or -errno as copy_process().
 */
pid_t kernel_clone(struct kernel_clone_args *args)
{
	struct task_struct *p = copy_process(args);
	pid_t pid;

	if (IS_ERR(p))
		return PTR_ERR(p);
	pid = p->pid;
	if (args->flags & CLONE_PARENT_SETTID)
		fork_put_tid(pid, args->parent_tid);
	if (!(args->flags & CLONE_VFORK)) {
		wake_up_new_task(p);
		return pid;
	}
	get_task_struct(p);
	wake_up_new_task(p);
	wait_for_vfork_done(p);
	put_task_struct(p);
	return pid;
}

/** nr_threads - tasks, without the idle ones. Context: any. */
int nr_threads(void)
{
	return READ_ONCE(nr_tasks);
}

/** total_forks - tasks made since boot. Context: any. */
unsigned long total_forks(void)
{
	return READ_ONCE(nr_forks);
}

/** fork_init - caches, and limits by the size of memory. Context: boot. */
void __init fork_init(void)
{
	/* What a task costs at least: a stack, its struct, tables and pages of its own. */
	unsigned long task_pages = (THREAD_SIZE + sizeof(struct task_struct)) / PAGE_SIZE + 3;
	struct rlimit *rlim = init_task.signal->rlim;

	task_cache_init();
	max_threads = clamp_t(unsigned long, totalram_pages() / 4 / task_pages, 64,
			      PID_MAX_DEFAULT - RESERVED_PIDS);
	rlim[RLIMIT_NPROC].rlim_cur = rlim[RLIMIT_NPROC].rlim_max = max_threads / 2;
	rlim[RLIMIT_SIGPENDING] = rlim[RLIMIT_NPROC];
}
