// SPDX-License-Identifier: GPL-2.0-only
/*
 * init_task.c - the first task, which nobody forked: it boots the machine and
 * then is hart 0's idle task. Everything it points at is static, so that `current'
 * works from the first instruction of C code on.
 *
 * It is not in the list of tasks and has no pid of its own (0). Kernel threads
 * and process 1 are copies of it.
 */
#include <linux-lite/cred.h>
#include <linux-lite/sched.h>
#include <linux-lite/signal.h>
#include <linux-lite/user.h>

#define NO_LIMIT	{ RLIM_INFINITY, RLIM_INFINITY }

static struct signal_struct init_signals = {
	.count = ATOMIC_INIT(1),
	.live = ATOMIC_INIT(1),
	.nr_threads = 1,
	.threads = { &init_task.thread_node, &init_task.thread_node },
	.shared_pending.list = LIST_HEAD_INIT(init_signals.shared_pending.list),
	.wait_chldexit = WAIT_QUEUE_HEAD_INIT(init_signals.wait_chldexit),
	.pgrp_node = LIST_HEAD_INIT(init_signals.pgrp_node),
	.posix_timers = LIST_HEAD_INIT(init_signals.posix_timers),
	.dumpable = true,
	.rlim = {
		[RLIMIT_CPU] = NO_LIMIT,
		[RLIMIT_FSIZE] = NO_LIMIT,
		[RLIMIT_DATA] = NO_LIMIT,
		[RLIMIT_STACK] = { MiB(8), RLIM_INFINITY },
		[RLIMIT_CORE] = { 0, RLIM_INFINITY },
		[RLIMIT_RSS] = NO_LIMIT,
		[RLIMIT_NPROC] = { 0, 0 },		/* fork_init */
		[RLIMIT_NOFILE] = { 1024, 4096 },
		[RLIMIT_MEMLOCK] = { MiB(8), MiB(8) },
		[RLIMIT_AS] = NO_LIMIT,
		[RLIMIT_LOCKS] = NO_LIMIT,
		[RLIMIT_SIGPENDING] = { 0, 0 },		/* fork_init */
		[RLIMIT_MSGQUEUE] = { 819200, 819200 },
		[RLIMIT_NICE] = { 0, 0 },
		[RLIMIT_RTPRIO] = { 0, 0 },
		[RLIMIT_RTTIME] = NO_LIMIT,
	},
};

static struct sighand_struct init_sighand = {
	.siglock = SPINLOCK_INIT(RANK_SIGHAND, "siglock"),
	.count = ATOMIC_INIT(1),
};

static struct group_info init_groups = { .usage = ATOMIC_INIT(1) };

struct task_struct init_task = {
	.state = TASK_RUNNING,
	.flags = PF_KTHREAD | PF_IDLE,
	.on_rq = true,
	.cpus_allowed = { ~0UL },
	.active_mm = &init_mm,
	.comm = "swapper/0",
	.group_info = &init_groups,
	.user = &root_user,
	.real_parent = &init_task,
	.group_leader = &init_task,
	.children = LIST_HEAD_INIT(init_task.children),
	.sibling = LIST_HEAD_INIT(init_task.sibling),
	.thread_node = { &init_signals.threads, &init_signals.threads },
	.tasks = LIST_HEAD_INIT(init_task.tasks),
	.run_list = LIST_HEAD_INIT(init_task.run_list),
	.usage = ATOMIC_INIT(2),
	.signal = &init_signals,
	.sighand = &init_sighand,
	.pending.list = LIST_HEAD_INIT(init_task.pending.list),
	.vfork_wait = WAIT_QUEUE_HEAD_INIT(init_task.vfork_wait),
};
