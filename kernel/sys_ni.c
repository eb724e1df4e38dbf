// SPDX-License-Identifier: GPL-2.0-only
/*
 * sys_ni.c - system calls that are not there.
 *
 * An unknown number is -ENOSYS; with CONFIG_DEBUG_UNKNOWN_SYSCALLS it is logged,
 * once each. Calls that the configuration left out become the same, by weak
 * aliases that a real definition overrides (Linux: cond_syscall). There is no
 * network: sockets fail as on a Linux without that address family, and programs
 * that only wanted to ask a name server go on.
 */
#include <linux-lite/bitmap.h>
#include <linux-lite/printk.h>
#include <linux-lite/sched.h>
#include <linux-lite/syscalls.h>

static DECLARE_BITMAP(seen, NR_SYSCALLS);

/** sys_ni_syscall - "not implemented". Context: task. Return: -ENOSYS. */
SYSCALL_DEFINE0(ni_syscall)
{
	unsigned long nr = current_pt_regs()->a7;

	if (IS_ENABLED(CONFIG_DEBUG_UNKNOWN_SYSCALLS) && nr < NR_SYSCALLS &&
	    !test_and_set_bit(nr, seen))
		pr_info("%s[%d]: unknown system call %lu\n", current->comm, current->pid, nr);
	return -ENOSYS;
}

SYSCALL_DEFINE3(socket, int, family, int, type, int, protocol)
{
	return -EAFNOSUPPORT;
}

SYSCALL_DEFINE4(socketpair, int, family, int, type, int, protocol, int __user *, sv)
{
	return -EAFNOSUPPORT;
}

#define MAY_BE_MISSING(name) \
	long sys_##name(void); \
	long __attribute__((weak, alias("sys_ni_syscall"))) sys_##name(void)

MAY_BE_MISSING(futex);			/* CONFIG_FUTEX */
MAY_BE_MISSING(set_robust_list);
MAY_BE_MISSING(get_robust_list);
MAY_BE_MISSING(getitimer);		/* CONFIG_POSIX_TIMERS */
MAY_BE_MISSING(setitimer);
MAY_BE_MISSING(timer_create);
MAY_BE_MISSING(timer_gettime);
MAY_BE_MISSING(timer_getoverrun);
MAY_BE_MISSING(timer_settime);
MAY_BE_MISSING(timer_delete);
