// SPDX-License-Identifier: GPL-2.0-only
/*
 * kthread.c - tasks of the kernel's own.
 *
 * A kernel thread is a process without user memory: it borrows the page tables of
 * whoever ran before it (active_mm). All are children of the boot task and ignore
 * signals. Its first instruction is the port's ret_from_fork, which calls
 * kthread_fn and, should that return, goes on to user mode: process 1 does just
 * that, after it has loaded a program. Any other kernel thread that returns exits.
 */
#include <linux-lite/abi/sched.h>
#include <linux-lite/err.h>
#include <linux-lite/sched.h>
#include <linux-lite/sched_rq.h>
#include <linux-lite/string.h>
#include <linux-lite/task.h>
#include <linux-lite/vsprintf.h>

/* A new thread that would run @fn; not started. */
static struct task_struct *make_kthread(int (*fn)(void *), void *arg, const char *name)
{
	struct kernel_clone_args args = {
		.flags = CLONE_FS | CLONE_FILES,
		.exit_signal = SIGCHLD,
		.kthread_fn = fn,
		.kthread_arg = arg,
	};
	struct task_struct *p = copy_process(&args);

	if (!IS_ERR(p))
		strscpy(p->comm, name, sizeof(p->comm));
	return p;
}

/**
 * kthread_run - start a thread of the kernel
 * @fn: what it does; when it returns the thread ends (see above for process 1)
 * @arg: handed to @fn
 * @name: shown by ps, at most 15 bytes
 *
 * Context: may sleep; current is a kernel thread.
 * Return: the task, or ERR_PTR(-EAGAIN, -ENOMEM).
 */
struct task_struct *kthread_run(int (*fn)(void *), void *arg, const char *name)
{
	struct task_struct *p = make_kthread(fn, arg, name);

	if (!IS_ERR(p))
		wake_up_new_task(p);
	return p;
}

/**
 * fork_idle - the idle task of a hart that is about to start
 * @cpu: its logical number
 *
 * It is in no list and has pid 0, as the boot task, of which it is a copy.
 * Context: may sleep.
 * Return: the task, already its run queue's current one; NULL: no memory.
 */
struct task_struct *fork_idle(unsigned int cpu)
{
	struct task_struct *p = dup_task_struct(&init_task);

	if (!p)
		return NULL;
	snprintf(p->comm, sizeof(p->comm), "swapper/%u", cpu);
	atomic_inc(&p->signal->count);
	p->group_leader = p;
	p->active_mm = &init_mm;
	mmgrab(&init_mm);
	p->thread_info.flags = 0;
	p->sum_exec_ns = 0;
	p->held.nr = 0;
	init_idle(p, cpu);
	return p;
}
